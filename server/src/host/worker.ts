/** A worker as the pool sees it, whatever kind of thread it is: started, told things, given one job at a time, killed. */
import type { FromWorker, ToWorker } from './worker-protocol.ts';

export interface WorkerEvents {
  onMessage(message: FromWorker): void;
  /** Once, when the worker is gone for any reason but `kill` or `stop`; the reason is a phrase. */
  onLost(reason: string): void;
}

export interface WorkerThread {
  /** It said that it is ready. */
  readonly isReady: boolean;
  send(message: ToWorker): void;
  /** The worker stops the job as soon as it notices. */
  cancel(job: number): void;
  /** The worker stops after the file it is at. */
  pause(job: number): void;
  /** Lets the worker end by itself, after the job that it may be about to finish; ends it when that takes too long. */
  stop(job: number | undefined): Promise<void>;
  /** Ends the worker wherever it is. */
  kill(): Promise<void>;
}
