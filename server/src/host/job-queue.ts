/** What waits for a worker, and the requests it belongs to. A request is done when all its jobs are. */
import { Cancelled, directoryOf } from '../base/index.ts';
import type { FileListener, Review } from '../review/index.ts';
import { mergeReviews } from './merge.ts';

/** Files of one directory that one worker reviews one after the other. */
export interface Job {
  readonly id: number;
  readonly request: ReviewRequest;
  readonly directory: string;
  readonly paths: readonly string[];
  /** Somebody looks at the file right now. */
  readonly isUrgent: boolean;
  /** Number of paths that have their result. */
  done: number;
}

/** Files in one job: enough to share a package's model, few enough to spread over workers. */
const JOB_FILES = 16;

export class ReviewRequest {
  private readonly parts: Review[] = [];
  private readonly settle: { readonly resolve: (review: Review) => void; readonly reject: (error: Error) => void };
  readonly result: Promise<Review>;
  isOver = false;
  /** Jobs that are not finished. */
  pending = 0;

  constructor(private readonly onFile: FileListener = () => {}) {
    const { promise, resolve, reject } = withResolvers<Review>();
    this.result = promise;
    this.settle = { resolve, reject };
  }

  add(part: Review): void {
    this.parts.push(part);
  }

  addFile(path: string, review: Review): void {
    this.add(review);
    if (!this.isOver) this.onFile(path, review);
  }

  finishJob(): void {
    this.pending--;
    if (this.pending > 0 || this.isOver) return;
    this.isOver = true;
    this.settle.resolve(mergeReviews(this.parts));
  }

  cancel(): void {
    this.fail(new Cancelled());
  }

  fail(error: Error): void {
    if (this.isOver) return;
    this.isOver = true;
    this.settle.reject(error);
  }
}

export class JobQueue {
  private readonly urgent: Job[] = [];
  private readonly patient: Job[] = [];
  private lastId = 0;

  get length(): number {
    return this.urgent.length + this.patient.length;
  }

  /** Directory of the urgent job that is next. */
  get urgentDirectory(): string | undefined {
    this.dropOver(this.urgent);
    return this.urgent[0]?.directory;
  }

  /** Splits the files by directory and queues them. */
  add(request: ReviewRequest, paths: readonly string[]): void {
    const isUrgent = paths.length === 1;
    for (const part of partition(paths)) this.put(request, part, isUrgent);
  }

  /** Queues what a job has not done, in front of all others. */
  putBack(job: Job, from: number = job.done): void {
    const paths = job.paths.slice(from);
    if (paths.length === 0) return;
    const lane = job.isUrgent ? this.urgent : this.patient;
    lane.unshift({ ...job, id: this.nextId(), paths, done: 0 });
    job.request.pending++;
  }

  /**
   * The next job for a worker: urgent ones first, then one of a directory it has in its caches, then one of a directory that
   * nobody has. Undefined when the rest is better left to the workers that know it.
   */
  take(familiarity: (directory: string) => 'own' | 'none' | 'other'): Job | undefined {
    this.dropOver(this.urgent);
    this.dropOver(this.patient);
    if (this.urgent.length > 0) return this.urgent.shift();
    const ahead = this.patient.slice(0, LOOK_AHEAD).map(({ directory }) => familiarity(directory));
    const own = ahead.indexOf('own');
    const index = own >= 0 ? own : ahead.indexOf('none');
    if (index >= 0) return this.patient.splice(index, 1)[0];
    return this.patient.length >= WORTH_TAKING_OVER ? this.patient.pop() : undefined;
  }

  /** Empties the queue; the caller fails the requests. */
  clear(): readonly Job[] {
    return [...this.urgent.splice(0), ...this.patient.splice(0)];
  }

  nextId(): number {
    return ++this.lastId;
  }

  private put(request: ReviewRequest, paths: readonly string[], isUrgent: boolean): void {
    const lane = isUrgent ? this.urgent : this.patient;
    lane.push({ id: this.nextId(), request, directory: directoryOf(paths[0]), paths, isUrgent, done: 0 });
    request.pending++;
  }

  private dropOver(jobs: Job[]): void {
    while (jobs.length > 0 && jobs[0].request.isOver) jobs.shift();
  }
}

/** Looking further would cost more than a cold cache. */
const LOOK_AHEAD = 64;
/** A second worker must read a package anew before it helps; for fewer jobs the first one is done earlier alone. */
const WORTH_TAKING_OVER = 4;

function partition(paths: readonly string[]): string[][] {
  const byDirectory = new Map<string, string[]>();
  for (const path of paths) {
    const directory = directoryOf(path);
    const group = byDirectory.get(directory);
    if (group === undefined) byDirectory.set(directory, [path]);
    else group.push(path);
  }
  return [...byDirectory.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / JOB_FILES) }, (_, i) => group.slice(i * JOB_FILES, (i + 1) * JOB_FILES)),
  );
}

export function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (error: Error) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (error: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
