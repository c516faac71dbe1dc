/** A worker's side: does with its session what it is told, one message at a time and in order. */
import { type CancellationToken, Cancelled, errorMessage } from '../base/index.ts';
import type { Discovery, Session } from '../review/index.ts';
import type { MemoryFiles } from './memory-files.ts';
import type { Answer, Asking, FromWorker, ToWorker } from './worker-protocol.ts';

/** How a busy worker hears that a job is wanted no more. */
export interface Signals {
  isCancelled(job: number): boolean;
  isPaused(job: number): boolean;
  /** Lets messages in before each file; absent where signals are no messages. */
  listen?(): Promise<void>;
}

export interface WorkerPort {
  send(message: FromWorker): void;
  /** No message will come any more. */
  close(): void;
}

const IDLE_MS = 2000;
/** How often somebody who waits may take the worker from a file before it is reviewed to the end: a scan must come to its own. */
const MOST_INTERRUPTIONS = 3;

export class WorkerSide {
  private readonly inbox: ToWorker[] = [];
  private isBusy = false;
  private idle: ReturnType<typeof setTimeout> | undefined;
  /** How often patient work was left undone: the file's review, or a walk over these targets. */
  private readonly interruptions = new Map<string, number>();

  constructor(
    private readonly session: Session,
    private readonly port: WorkerPort,
    private readonly signals: Signals,
    /** What the session reads, where somebody else provides it. */
    private readonly files?: MemoryFiles,
  ) {}

  receive(message: ToWorker): void {
    this.inbox.push(message);
    if (this.isBusy) return;
    this.isBusy = true;
    this.workOff().catch((error: unknown) => {
      // Outside of the promise it ends the worker, which is what the pool has to hear.
      queueMicrotask(() => {
        throw error;
      });
    });
  }

  private async workOff(): Promise<void> {
    for (let message = this.inbox.shift(); message !== undefined; message = this.inbox.shift()) {
      if (message.kind === 'review') await this.review(message.job, message.paths);
      else this.handle(message);
    }
    this.isBusy = false;
  }

  private handle(message: Exclude<ToWorker, { readonly kind: 'review' }>): void {
    const { session } = this;
    switch (message.kind) {
      case 'configure':
        session.configure(message.settings);
        break;
      case 'open':
        session.open(message.document);
        break;
      case 'change':
        session.change(message.document);
        break;
      case 'close':
        session.close(message.path);
        break;
      case 'hold':
        this.session.hold(message.text);
        break;
      case 'invalidate':
        session.invalidate(message.paths);
        break;
      case 'narrow':
        session.narrow(message.parts);
        break;
      case 'provide':
        session.invalidate(this.files?.provide(message.files) ?? []);
        break;
      case 'cancel':
      case 'pause':
        // Too late: what it speaks of is done, or the signals would have known.
        break;
      case 'stop':
        clearTimeout(this.idle);
        session.keep();
        this.port.close();
        break;
      default:
        this.answer(message);
    }
  }

  private answer(message: Asking): void {
    const { job } = message;
    try {
      this.port.send({ kind: 'answered', job, answer: this.find(message) });
    } catch (error) {
      if (!(error instanceof Cancelled)) this.port.send({ kind: 'failed', job, message: errorMessage(error) });
    }
    this.finish(job);
  }

  /** Does it with a token that a pause cancels as well, unless that happened too often. Throws what it throws. */
  private patiently<T>(job: number, what: string, work: (token: CancellationToken) => T): T {
    const before = this.interruptions.get(what) ?? 0;
    this.interruptions.delete(what);
    try {
      return work(before < MOST_INTERRUPTIONS ? this.pausableTokenOf(job) : this.tokenOf(job));
    } catch (error) {
      if (error instanceof Cancelled && !this.signals.isCancelled(job)) this.interruptions.set(what, before + 1);
      throw error;
    }
  }

  private find(message: Asking): Answer {
    const { session } = this;
    switch (message.kind) {
      case 'discover':
        return { kind: 'discover', discovery: this.discover(message.job, message.targets) };
      case 'suppress':
        return { kind: 'suppress', edits: session.suppression(message.finding, message.reason) };
      case 'allocations':
        return { kind: 'allocations', functions: session.allocations(message.path) };
      case 'escapes':
        return { kind: 'escapes', records: session.escapes(message.path) };
      case 'faces':
        return { kind: 'faces', faces: session.faces(message.path, message.offsets, message.detail) };
      case 'refute':
        return { kind: 'refute', fixes: session.refutedFixes(message.path, this.tokenOf(message.job)) };
      case 'explanations':
        return { kind: 'explanations', explanations: session.explanations(message.path, message.offset) };
    }
  }

  private discover(job: number, targets: readonly string[]): Discovery {
    return this.patiently(job, targets.join('\n'), (token) => this.session.discover(targets, token));
  }

  /** What was worked out is kept when nothing else is asked for a while. */
  private finish(job: number): void {
    this.tellSoundTexts();
    const wanted = this.files?.takeWanted();
    if (wanted !== undefined) this.port.send({ kind: 'wanted', wanted });
    this.port.send({ kind: 'done', job });
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.useTheTime(), IDLE_MS);
  }

  private useTheTime(): void {
    this.session.keep();
    this.tellSoundTexts();
  }

  private tellSoundTexts(): void {
    const texts = this.session.soundTexts();
    if (texts.length > 0) this.port.send({ kind: 'sound', texts });
  }

  private async review(job: number, paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      await this.signals.listen?.();
      if (this.signals.isCancelled(job) || this.signals.isPaused(job)) break;
      if (!this.reviewOne(job, path)) break;
    }
    this.finish(job);
  }

  private reviewOne(job: number, path: string): boolean {
    try {
      const review = this.patiently(job, path, (token) => this.session.review([path], token));
      this.port.send({ kind: 'reviewed', job, review });
    } catch (error) {
      if (error instanceof Cancelled) return false;
      // A broken WebAssembly heap silently spoils the next parse too: only a new worker is sound.
      if (error instanceof Error && error.name === 'RuntimeError') throw error;
      this.port.send({ kind: 'failed', job, message: errorMessage(error) });
    }
    return true;
  }

  private pausableTokenOf(job: number): CancellationToken {
    const { signals } = this;
    return {
      get isCancelled() {
        return signals.isCancelled(job) || signals.isPaused(job);
      },
    };
  }

  private tokenOf(job: number): CancellationToken {
    const { signals } = this;
    return {
      get isCancelled() {
        return signals.isCancelled(job);
      },
    };
  }
}
