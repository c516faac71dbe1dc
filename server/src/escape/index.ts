/** Where values live: escape analysis after the Go compiler's, with the reason for every answer. */
export type { SiteKind } from './batch.ts';

export type { CaptureReason, ReferenceCapture } from './closures.ts';
export {
  type CompilerMessage,
  type CompilerPlace,
  type CompilerSaying,
  readCompilerMessages,
} from './compiler/messages.ts';
export { type LogProblem, type Optimization, type OptimizationLog, readOptimizationLog } from './compiler/optimization-log.ts';
export { type CompilerVerdict, joinVerdicts, placeKey } from './compiler/verdicts.ts';
export type { Allocates, Cost } from './costs.ts';
export type { Sink, Step } from './explain.ts';
export { isNeverInlined } from './inlining.ts';
export type { Allocation, EscapeSite, Verdict } from './judgement.ts';
export { isLoopVariable, loopDepth } from './loop-depth.ts';
export type { Outline } from './outline.ts';
export {
  type CapturedVariable,
  escapeOf,
  type PackageEscape,
} from './package-escape.ts';
export type { ParameterLeak, ParameterVerdict } from './parameter-verdicts.ts';
export { verdictOffset } from './places.ts';
export { keepSummaries } from './stored-summaries.ts';
export type { FunctionSummary, Leaks, ParameterSummary } from './summaries.ts';
