/** What a pool of workers is made of, and what it offers beyond the review. */
import type { Logger } from '../base/index.ts';
import type { ProvidedFiles } from '../lsp/index.ts';
import type { ReviewService, Skipped } from '../review/index.ts';
import type { Deadlines } from './deadlines.ts';
import type { PoolFiles } from './pool-files.ts';
import type { Journal } from './quarantine.ts';
import type { WorkerEvents, WorkerThread } from './worker.ts';

export interface WorkerPoolOptions {
  readonly startWorker: (events: WorkerEvents) => WorkerThread;
  readonly logger: Logger;
  /** Most workers at once, one at least; they start when there is work for them. */
  readonly workers: number;
  readonly deadlines: Deadlines;
  /** Absent where workers read all files themselves. */
  readonly files?: PoolFiles;
  /** Keeps what is put aside beyond the process; none by default. */
  readonly journal?: Journal;
  /** Processor time for one file, three times that for the first of its package. Default 10,000. */
  readonly deadlineMs?: number;
}

export interface WorkerService extends ReviewService {
  quarantined(): readonly Skipped[];
  /** Tells all workers what was read for them. */
  provide(files: ProvidedFiles): void;
  /** Reviews a file again that was put aside. */
  readmit(path: string): void;
  /** Threads alive, and threads replaced so far. */
  readonly threads: { readonly alive: number; readonly replaced: number };
}
