/** The analysis in worker threads of Node. */
import { availableParallelism } from 'node:os';
import type { Logger } from '../base/index.ts';
import { createWorkerPool, Deadlines, type Journal, type PoolFiles, type WorkerService } from '../host/index.ts';
import type { Assets } from './session.ts';
import { NodeWorker } from './worker-thread.ts';

export interface WorkerServiceOptions {
  /** The worker's bundle. */
  readonly workerFile: string;
  readonly assets: Assets;
  readonly logger: Logger;
  /** Most threads at once. Default: `defaultWorkers()`. */
  readonly workers?: number;
  /** Keeps what is put aside beyond the process; none by default. */
  readonly journal?: Journal;
  /** Processor time for one file, three times that for the first of its package. Default 10,000. */
  readonly deadlineMs?: number;
  /** Files that are on no disk. */
  readonly files?: PoolFiles;
}

export function createWorkerService({
  workerFile,
  assets,
  logger,
  workers,
  journal,
  deadlineMs,
  files,
}: WorkerServiceOptions): WorkerService {
  return createWorkerPool({
    startWorker: (events) => new NodeWorker(workerFile, assets, events),
    logger,
    workers: workers ?? defaultWorkers(),
    deadlines: new Deadlines(processorTime),
    journal,
    deadlineMs,
    files,
  });
}

/** One processor is left to the editor; more threads than four only multiply memory. */
export function defaultWorkers(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}

/** Of all threads of this process, in milliseconds. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
