/** The pool's worker as a worker that the server's own worker starts. */
import type { FromWorker, ToWorker, WorkerEvents, WorkerThread } from '../host/index.ts';
import type { WebAssets } from '../lsp/index.ts';
import type { AnalysisStart } from './analysis.ts';
import type { BrowserWorker, BrowserWorkerEvents } from './platform.ts';

export class AnalysisWorker implements WorkerThread {
  private readonly worker: BrowserWorker;
  private isGone = false;
  isReady = false;

  constructor(start: (events: BrowserWorkerEvents) => BrowserWorker, assets: WebAssets, events: WorkerEvents) {
    this.worker = start({
      onMessage: (data) => this.receive(data as FromWorker, events),
      onError: (reason) => {
        if (this.isGone) return;
        this.end();
        events.onLost(reason);
      },
    });
    const first: AnalysisStart = { role: 'analysis', assets };
    this.worker.postMessage(first);
  }

  send(message: ToWorker): void {
    this.worker.postMessage(message);
  }

  cancel(job: number): void {
    this.send({ kind: 'cancel', job });
  }

  pause(job: number): void {
    this.send({ kind: 'pause', job });
  }

  /** A browser keeps nothing, so there is nothing to wait for. */
  async stop(): Promise<void> {
    this.end();
  }

  async kill(): Promise<void> {
    this.end();
  }

  private receive(message: FromWorker, events: WorkerEvents): void {
    if (this.isGone) return;
    if (message.kind === 'ready') this.isReady = true;
    events.onMessage(message);
  }

  private end(): void {
    this.isGone = true;
    this.worker.terminate();
  }
}
