/** What every host of the server does alike: the pool of workers with its deadlines, a worker's side of it, settings, rule pages. */
export { cautiousSession } from './cautious-session.ts';
export { Deadlines } from './deadlines.ts';
export { createLocalService } from './local-service.ts';
export { connectionLogger, silentLogger } from './logger.ts';
export { MemoryFiles } from './memory-files.ts';
export type { PoolFiles } from './pool-files.ts';
export type { WorkerService } from './pool-options.ts';
export type { Journal } from './quarantine.ts';
export { explainRule } from './rule-page.ts';
export { createSettler } from './settle.ts';
export { shareFiles, withForeignFiles } from './shared-files.ts';
export type { WorkerEvents, WorkerThread } from './worker.ts';
export { createWorkerPool } from './worker-pool.ts';
export type { FromWorker, ToWorker } from './worker-protocol.ts';
export { type Signals, WorkerSide } from './worker-side.ts';
