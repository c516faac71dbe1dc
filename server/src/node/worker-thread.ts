/** The pool's worker as a thread of Node. */

import { Worker } from 'node:worker_threads';
import { errorMessage } from '../base/index.ts';
import type { FromWorker, ToWorker, WorkerEvents, WorkerThread } from '../host/index.ts';
import type { Assets } from './session.ts';
import { Signal, type WorkerData } from './worker-data.ts';

/**
 * Megabytes of objects beyond which a worker is lost, and not the whole process with it. Below 2 GB the engine also lets less
 * garbage pile up before it collects (its heap at most doubles between two collections).
 */
const WORKER_HEAP = 2000;
/** More than a worker needs to keep what it worked out. */
const STOP_MS = 1000;

export class NodeWorker implements WorkerThread {
  private readonly signals = new SharedArrayBuffer(4 * Signal.cells);
  private readonly thread: Worker;
  private isGone = false;
  isReady = false;

  constructor(file: string, assets: Assets, events: WorkerEvents) {
    const data: WorkerData = { assets, signals: this.signals };
    this.thread = new Worker(file, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP } });
    this.thread.on('message', (message: FromWorker) => {
      if (this.isGone) return;
      if (message.kind === 'ready') this.isReady = true;
      events.onMessage(message);
    });
    const lose = (reason: string): void => {
      if (this.isGone) return;
      this.isGone = true;
      events.onLost(reason);
    };
    this.thread.on('error', (error) => lose(errorMessage(error)));
    this.thread.on('exit', (code) => lose(`exit code ${code}`));
  }

  send(message: ToWorker): void {
    this.thread.postMessage(message);
  }

  cancel(job: number): void {
    this.signal(Signal.cancelledJob, job);
  }

  pause(job: number): void {
    this.signal(Signal.pausedJob, job);
  }

  async stop(job: number | undefined): Promise<void> {
    if (!this.isReady || this.isGone) return this.kill();
    this.isGone = true;
    if (job !== undefined) this.cancel(job);
    const ended = new Promise((resolve) => this.thread.once('exit', resolve));
    this.send({ kind: 'stop' });
    const timer = setTimeout(() => void this.thread.terminate(), STOP_MS);
    await ended;
    clearTimeout(timer);
  }

  async kill(): Promise<void> {
    this.isGone = true;
    await this.thread.terminate();
  }

  private signal(cell: number, job: number): void {
    Atomics.store(new Int32Array(this.signals), cell, job);
  }
}
