/** A worker's side: makes a session and does what it is told, one message at a time. */

import type { MessagePort } from 'node:worker_threads';
import { parentPort, workerData } from 'node:worker_threads';
import { type CancellationToken, Cancelled } from '../base/index.ts';
import type { Session } from '../review/index.ts';
import { createNodeFileSystem } from './file-system.ts';
import type { SessionFactory } from './session.ts';
import { type Answer, type FromWorker, Signal, type ToWorker, type WorkerData } from './worker-protocol.ts';

/** Runs until the worker is terminated. Rejects, and so ends the worker, when the session cannot be made. */
export async function runWorker(createSession: SessionFactory): Promise<void> {
  if (parentPort === null) throw new Error('not a worker thread');
  const data: WorkerData = workerData;
  const session = await createSession(createNodeFileSystem(), data.assets);
  const worker = new WorkerSide(session, parentPort, new Int32Array(data.signals));
  parentPort.on('message', (message: ToWorker) => worker.receive(message));
  worker.send({ kind: 'ready' });
}

const IDLE_MS = 2000;

class WorkerSide {
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: Session,
    private readonly port: MessagePort,
    private readonly signals: Int32Array,
  ) {}

  send(message: FromWorker): void {
    this.port.postMessage(message);
  }

  receive(message: ToWorker): void {
    switch (message.kind) {
      case 'configure':
        this.session.configure(message.settings);
        break;
      case 'open':
        this.session.open(message.document);
        break;
      case 'change':
        this.session.change(message.document);
        break;
      case 'close':
        this.session.close(message.path);
        break;
      case 'invalidate':
        this.session.invalidate(message.paths);
        break;
      case 'stop':
        clearTimeout(this.idle);
        this.session.keep();
        this.port.close();
        break;
      case 'discover':
        this.answer(message.job, () => ({
          kind: 'discover',
          discovery: this.session.discover(message.targets, this.tokenOf(message.job)),
        }));
        break;
      case 'suppress':
        this.answer(message.job, () => ({ kind: 'suppress', edits: this.session.suppression(message.finding, message.reason) }));
        break;
      case 'allocations':
        this.answer(message.job, () => ({ kind: 'allocations', functions: this.session.allocations(message.path) }));
        break;
      case 'escapes':
        this.answer(message.job, () => ({ kind: 'escapes', records: this.session.escapes(message.path) }));
        break;
      case 'refute':
        this.answer(message.job, () => ({
          kind: 'refute',
          fixes: this.session.refutedFixes(message.path, this.tokenOf(message.job)),
        }));
        break;
      case 'explanations':
        this.answer(message.job, () => ({ kind: 'explanations', explanations: this.session.explanations(message.path, message.offset) }));
        break;
      case 'review':
        this.review(message.job, message.paths);
        break;
    }
  }

  private answer(job: number, find: () => Answer): void {
    try {
      this.send({ kind: 'answered', job, answer: find() });
    } catch (error) {
      if (!(error instanceof Cancelled)) this.send({ kind: 'failed', job, message: messageOf(error) });
    }
    this.finish(job);
  }

  /** What was worked out is kept when nothing else is asked for a while. */
  private finish(job: number): void {
    this.send({ kind: 'done', job });
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.session.keep(), IDLE_MS).unref();
  }

  private review(job: number, paths: readonly string[]): void {
    const token = this.tokenOf(job);
    for (const path of paths) {
      if (token.isCancelled || Atomics.load(this.signals, Signal.pausedJob) === job) break;
      if (!this.reviewOne(job, path, token)) break;
    }
    this.finish(job);
  }

  private reviewOne(job: number, path: string, token: CancellationToken): boolean {
    try {
      this.send({ kind: 'reviewed', job, review: this.session.review([path], token) });
    } catch (error) {
      if (error instanceof Cancelled) return false;
      // A broken WebAssembly heap silently spoils the next parse too: only a new worker is sound.
      if (error instanceof Error && error.name === 'RuntimeError') throw error;
      this.send({ kind: 'failed', job, message: messageOf(error) });
    }
    return true;
  }

  private tokenOf(job: number): CancellationToken {
    const { signals } = this;
    return {
      get isCancelled() {
        return Atomics.load(signals, Signal.cancelledJob) === job;
      },
    };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
