/** A place for one worker thread in the pool, and what the worker in it is doing. */
import type { Job } from './job-queue.ts';
import type { Asked } from './question-queue.ts';
import type { WorkerThread } from './worker.ts';

/** A place for a worker, and what it does. */
export interface Lane {
  worker: WorkerThread | undefined;
  job: Job | undefined;
  asked: Asked | undefined;
  stopClock: () => void;
  isPaused: boolean;
}

export function emptyLane(): Lane {
  return { worker: undefined, job: undefined, asked: undefined, stopClock: () => {}, isPaused: false };
}
