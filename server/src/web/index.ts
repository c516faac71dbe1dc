/** Escapement in a browser: a worker that serves, and workers of its own that analyse. */
export { type AnalysisStart, startAnalysis } from './analysis.ts';
export type { BrowserWorker, BrowserWorkerEvents, Platform } from './platform.ts';
export { serve } from './serve.ts';
