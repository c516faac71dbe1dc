/** The bundle in the role of an analysis worker: the worker's side of the pool, on files that it is provided with. */
import { MemoryFiles, type Signals, type ToWorker, WorkerSide } from '../host/index.ts';
import type { WebAssets } from '../lsp/index.ts';
import { createWebSession } from './assets.ts';
import type { WorkerScope } from './platform.ts';

/** The first message to the worker. */
export interface AnalysisStart {
  readonly role: 'analysis';
  readonly assets: WebAssets;
}

/** Gives what to do with each further message; those that come before the analysis is made wait. */
export function startAnalysis({ assets }: AnalysisStart, scope: WorkerScope): (message: ToWorker) => void {
  const files = new MemoryFiles({ readsPackages: true });
  const signals = new MessageSignals();
  const early: ToWorker[] = [];
  let receive = (message: ToWorker): void => void early.push(message);
  createWebSession(files, assets).then(
    (session) => {
      const port = { send: (message: unknown) => scope.postMessage(message), close: () => scope.close() };
      const side = new WorkerSide(session, port, signals, files);
      receive = (message) => side.receive(message);
      scope.postMessage({ kind: 'ready' });
      for (const message of early.splice(0)) receive(message);
    },
    (error: unknown) => {
      // Outside of the promise it is an error of the worker, which is what the pool has to hear.
      queueMicrotask(() => {
        throw error;
      });
    },
  );
  return (message) => {
    if (!signals.take(message)) receive(message);
  };
}

/** Signals that come as messages, heard between two files: browsers share memory only with pages that ask for it. */
class MessageSignals implements Signals {
  private cancelled = 0;
  private paused = 0;
  private readonly iteration = new MessageChannel();

  /** Whether the message was one. */
  take(message: ToWorker): boolean {
    if (message.kind === 'cancel') this.cancelled = message.job;
    else if (message.kind === 'pause') this.paused = message.job;
    else return false;
    return true;
  }

  isCancelled(job: number): boolean {
    return this.cancelled === job;
  }

  isPaused(job: number): boolean {
    return this.paused === job;
  }

  /** A message to oneself comes after those that are here already, and without the delay that browsers put on timers. */
  listen(): Promise<void> {
    return new Promise((resolve) => {
      this.iteration.port1.onmessage = () => resolve();
      this.iteration.port2.postMessage(undefined);
    });
  }
}
