/**
 * The analysis on the server's own thread, in the guise of a worker, for where workers can start none. Nothing can stop it, so
 * that deadlines do not hold there, and messages wait while it works.
 */
import type { ToWorker } from '../host/index.ts';
import { type AnalysisStart, startAnalysis } from './analysis.ts';
import type { BrowserWorker, BrowserWorkerEvents } from './platform.ts';

export class SameThread implements BrowserWorker {
  private receive: ((message: ToWorker) => void) | undefined;
  private isGone = false;

  constructor(private readonly events: BrowserWorkerEvents) {}

  postMessage(message: AnalysisStart | ToWorker): void {
    // In an iteration of its own, as from another thread.
    setTimeout(() => this.take(message));
  }

  terminate(): void {
    this.isGone = true;
  }

  private take(message: AnalysisStart | ToWorker): void {
    if (this.isGone) return;
    if (!('role' in message)) this.receive?.(message);
    else this.receive = startAnalysis(message, { postMessage: (data) => this.answer(data), close: () => this.terminate() });
  }

  private answer(data: unknown): void {
    setTimeout(() => {
      if (!this.isGone) this.events.onMessage(data);
    });
  }
}
