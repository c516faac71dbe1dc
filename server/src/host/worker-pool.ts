/**
 * The analysis in workers. Only one that can be killed makes a deadline sound, so every file has one: a worker that overruns it,
 * or dies, is replaced, told everything anew, and the file is tried once more alone before it is put aside. Deadlines count
 * processor time, see `Deadlines`.
 */
import { type CancellationToken, Cancelled, neverCancelled } from '../base/index.ts';
import type { ReviewSettings } from '../config/index.ts';
import type { ProvidedFiles } from '../lsp/index.ts';
import type { FileListener, OpenDocument, Review, ReviewedParts, Skipped, SoundText } from '../review/index.ts';
import { Briefing } from './briefing.ts';
import { type Job, JobQueue, ReviewRequest, withResolvers } from './job-queue.ts';
import { emptyLane, type Lane } from './lane.ts';
import type { WorkerPoolOptions, WorkerService } from './pool-options.ts';
import { Quarantine } from './quarantine.ts';
import { type Asked, conclude, isPatient, QuestionQueue } from './question-queue.ts';
import type { WorkerThread } from './worker.ts';
import type { Answer, FromWorker, Question, ToWorker } from './worker-protocol.ts';

const DEFAULT_DEADLINE_MS = 10_000;
const FIRST_FILE_FACTOR = 3;
/** A walk over a whole tree. */
const DISCOVERY_DEADLINE_MS = 120_000;
const START_DEADLINE_MS = 30_000;
/** How many times slower than alone a worker may be, on a slow disk or among many processes. */
const WALL_FACTOR = 10;
const MAX_FAILED_STARTS = 3;
/** Waiting jobs per thread from which one more thread is worth its start. */
const JOBS_PER_THREAD = 3;
/** The same where only parts of files are reviewed: each thread begins by reading what all of them rest on. */
const NARROW_JOBS_PER_THREAD = 24;

export function createWorkerPool(options: WorkerPoolOptions): WorkerService {
  return new WorkerPool(options);
}

class WorkerPool implements WorkerService {
  private readonly queue = new JobQueue();
  private readonly questions = new QuestionQueue();
  private readonly lanes: Lane[];
  private readonly briefing = new Briefing();
  private readonly quarantine: Quarantine;
  /** Which lane has a directory's package in its caches. */
  private readonly homes = new Map<string, Lane>();
  private readonly deadlineMs: number;
  private failedStarts = 0;
  private replaced = 0;
  private broken: Error | undefined;

  constructor(private readonly options: WorkerPoolOptions) {
    this.deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
    this.quarantine = new Quarantine((path) => this.briefing.textOf(path), options.journal);
    this.lanes = Array.from({ length: Math.max(1, options.workers) }, emptyLane);
    this.start(this.lanes[0]);
  }

  get threads(): { readonly alive: number; readonly replaced: number } {
    return { alive: this.lanes.filter(({ worker }) => worker !== undefined).length, replaced: this.replaced };
  }

  readmit(path: string): void {
    this.quarantine.readmit(path);
  }

  quarantined(): readonly Skipped[] {
    return this.quarantine.all();
  }

  async configure(settings: ReviewSettings): Promise<void> {
    this.briefing.settings = settings;
    this.broadcast({ kind: 'configure', settings });
  }

  open(document: OpenDocument): void {
    this.briefing.open(document);
    this.quarantine.forgive(document.path);
    this.broadcast({ kind: 'open', document });
  }

  change(document: OpenDocument): void {
    this.briefing.change(document);
    this.quarantine.forgive(document.path);
    this.broadcast({ kind: 'change', document });
  }

  close(path: string): void {
    this.briefing.close(path);
    this.quarantine.forgive(path);
    this.broadcast({ kind: 'close', path });
  }

  invalidate(paths: readonly string[]): void {
    for (const path of paths) this.quarantine.forgive(path);
    const { files } = this.options;
    files?.reconsider(paths.filter((path) => files.holds(path)));
    const own = paths.filter((path) => files?.holds(path) !== true);
    if (own.length > 0) this.broadcast({ kind: 'invalidate', paths: own });
  }

  narrow(parts: ReviewedParts): void {
    this.briefing.parts = parts;
    this.broadcast({ kind: 'narrow', parts });
  }

  provide(files: ProvidedFiles): void {
    this.broadcast({ kind: 'provide', files });
  }

  discover: WorkerService['discover'] = async (targets, token) =>
    (await this.ask({ kind: 'discover', targets }, token))?.discovery ?? { files: [], skipped: [], modules: [], configured: [] };
  suppression: WorkerService['suppression'] = async (finding, reason) =>
    (await this.ask({ kind: 'suppress', finding, reason }, neverCancelled))?.edits ?? [];
  allocations: WorkerService['allocations'] = async (path, token) =>
    (await this.ask({ kind: 'allocations', path }, token))?.functions ?? [];
  escapes: WorkerService['escapes'] = async (path, token) => (await this.ask({ kind: 'escapes', path }, token))?.records ?? [];
  faces: WorkerService['faces'] = async (path, offsets, detail, token) =>
    (await this.ask({ kind: 'faces', path, offsets, detail }, token))?.faces ?? [];
  refutedFixes: WorkerService['refutedFixes'] = async (path, token) => (await this.ask({ kind: 'refute', path }, token))?.fixes ?? [];
  explanations: WorkerService['explanations'] = async (path, offset, token) =>
    (await this.ask({ kind: 'explanations', path, offset }, token))?.explanations ?? [];

  async review(paths: readonly string[], token: CancellationToken, onFile?: FileListener): Promise<Review> {
    if (this.broken !== undefined) throw this.broken;
    if (token.isCancelled) throw new Cancelled();
    const request = new ReviewRequest(onFile);
    const skipped = paths.flatMap((path) => this.quarantine.skipped(path) ?? []);
    const sound = skipped.length === 0 ? paths : paths.filter((path) => this.quarantine.skipped(path) === undefined);
    request.add({ findings: [], faults: [], files: 0, skipped });
    if (sound.length === 0) {
      request.pending++;
      request.finishJob();
      return request.result;
    }
    this.queue.add(request, sound);
    const forget = token.onCancelled?.(() => this.cancel(request));
    this.dispatch();
    return request.result.finally(() => forget?.());
  }

  async dispose(): Promise<void> {
    this.failAll(new Cancelled());
    this.broken ??= new Cancelled();
    await Promise.all(this.lanes.map((lane) => this.vacate(lane)?.stop(lane.job?.id ?? lane.asked?.id)));
  }

  /** Undefined for a question about a file that was put aside. */
  private async ask<Kind extends Question['kind']>(
    question: Extract<Question, { readonly kind: Kind }>,
    token: CancellationToken,
  ): Promise<Extract<Answer, { readonly kind: Kind }> | undefined> {
    if ('path' in question && this.quarantine.skipped(question.path) !== undefined) return undefined;
    const answer = await this.enqueue(question, token);
    return isAnswerTo(question.kind, answer) ? answer : undefined;
  }

  private async enqueue(question: Question, token: CancellationToken): Promise<Answer> {
    if (this.broken !== undefined) throw this.broken;
    if (token.isCancelled) throw new Cancelled();
    const { promise, resolve, reject } = withResolvers<Answer>();
    const asked: Asked = { id: 0, question, resolve, reject, isOver: false };
    this.questions.add(asked);
    const forget = token.onCancelled?.(() => {
      asked.isOver = true;
      reject(new Cancelled());
      this.lanes.find((lane) => lane.asked === asked)?.worker?.cancel(asked.id);
    });
    this.dispatch();
    return promise.finally(() => forget?.());
  }

  private cancel(request: ReviewRequest): void {
    request.cancel();
    for (const lane of this.lanes) if (lane.job?.request === request) lane.worker?.cancel(lane.job.id);
  }

  private broadcast(message: ToWorker): void {
    for (const { worker } of this.lanes) worker?.send(message);
  }

  /** Gives waiting work to idle workers, starts more where it pays, and makes room for what is urgent. */
  private dispatch(): void {
    if (this.broken !== undefined) return;
    this.startWhatPays();
    const home = this.homes.get(this.queue.urgentDirectory ?? '');
    for (const lane of home === undefined ? this.lanes : [home, ...this.lanes]) {
      if (lane.worker === undefined || lane.job !== undefined || lane.asked !== undefined) continue;
      if (!this.giveQuestion(lane)) this.giveJob(lane);
    }
    if (this.queue.urgentDirectory !== undefined || this.questions.isUrgent) this.makeRoom();
  }

  private startWhatPays(): void {
    const alive = this.lanes.filter(({ worker }) => worker !== undefined).length;
    const perThread = (this.briefing.parts?.size ?? 0) > 0 ? NARROW_JOBS_PER_THREAD : JOBS_PER_THREAD;
    const wanted = Math.max(1, Math.ceil((this.queue.length + this.questions.length) / perThread));
    for (const lane of this.lanes.filter(({ worker }) => worker === undefined).slice(0, Math.max(0, wanted - alive))) this.start(lane);
  }

  private giveQuestion(lane: Lane): boolean {
    const asked = this.questions.take(this.queue.urgentDirectory !== undefined);
    if (asked === undefined) return false;
    asked.id = this.queue.nextId();
    lane.asked = asked;
    lane.isPaused = false;
    this.arm(lane);
    lane.worker?.send({ job: asked.id, ...asked.question });
    return true;
  }

  private giveJob(lane: Lane): void {
    const job = this.queue.take((directory) => {
      const home = this.homes.get(directory);
      return home === undefined ? 'none' : home === lane ? 'own' : 'other';
    });
    if (job === undefined) return;
    lane.job = job;
    lane.isPaused = false;
    this.homes.set(job.directory, lane);
    this.arm(lane);
    lane.worker?.send({ kind: 'review', job: job.id, paths: job.paths });
  }

  /** Everyone is busy while someone waits before the screen: patient work is left, even the file in hand, and goes on later. */
  private makeRoom(): void {
    if (this.lanes.some(({ isPaused }) => isPaused)) return;
    const lane = this.lanes.find(({ job, asked }) => job?.isUrgent === false || (asked !== undefined && isPatient(asked.question)));
    if (lane === undefined) return;
    lane.isPaused = true;
    lane.worker?.pause(lane.job?.id ?? lane.asked?.id ?? 0);
  }

  private start(lane: Lane): void {
    const worker = this.options.startWorker({
      onMessage: (message) => this.receive(lane, message),
      onLost: (reason) => this.lost(lane, reason),
    });
    lane.worker = worker;
    if (this.options.files !== undefined) worker.send({ kind: 'provide', files: this.options.files.snapshot() });
    for (const message of this.briefing.messages()) worker.send(message);
  }

  private receive(lane: Lane, message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.failedStarts = 0;
        this.arm(lane);
        break;
      case 'sound':
        this.share(lane, message.texts);
        break;
      case 'wanted':
        this.options.files?.want(message.wanted);
        break;
      case 'answered':
        conclude(lane.asked, ({ resolve }) => resolve(message.answer));
        break;
      case 'reviewed':
        this.fileDone(lane, message.review);
        break;
      case 'failed':
        conclude(lane.asked, ({ reject }) => reject(new Error(message.message)));
        this.fileDone(lane, faultOf(lane.job, message.message));
        break;
      case 'done':
        this.jobDone(lane);
        break;
    }
  }

  private share(from: Lane, texts: readonly SoundText[]): void {
    for (const text of texts.filter((each) => this.briefing.hold(each))) {
      for (const lane of this.lanes) if (lane !== from) lane.worker?.send({ kind: 'hold', text });
    }
  }

  private fileDone(lane: Lane, review: Review): void {
    if (lane.job === undefined) return;
    lane.job.request.addFile(lane.job.paths[lane.job.done], review);
    lane.job.done++;
    this.arm(lane);
  }

  private jobDone(lane: Lane): void {
    const { job, asked } = lane;
    lane.stopClock();
    lane.job = undefined;
    lane.asked = undefined;
    lane.isPaused = false;
    if (asked?.isOver === false) this.questions.add(asked);
    if (job !== undefined && !job.request.isOver) this.queue.putBack(job);
    job?.request.finishJob();
    this.dispatch();
  }

  /** Starts the clock for what the lane does next; a thread that is not up yet has its own. */
  private arm(lane: Lane): void {
    lane.stopClock();
    if (lane.job === undefined && lane.asked === undefined) return;
    const ms = this.patienceFor(lane);
    const stop = this.options.deadlines.start({ processor: ms, wall: WALL_FACTOR * ms }, () => this.overrun(lane, ms));
    const unwatch = this.quarantine.watch(lane.worker?.isReady === true ? lane.job?.paths[lane.job.done] : undefined);
    lane.stopClock = () => {
      stop();
      unwatch();
      lane.stopClock = () => {};
    };
  }

  /** Milliseconds of processor time. The first file of a job may have to wait until its package and what that imports are read. */
  private patienceFor({ worker, asked, job }: Lane): number {
    if (worker?.isReady !== true) return START_DEADLINE_MS;
    if (asked?.question.kind === 'discover') return DISCOVERY_DEADLINE_MS;
    return job?.done === 0 ? FIRST_FILE_FACTOR * this.deadlineMs : this.deadlineMs;
  }

  private overrun(lane: Lane, ms: number): void {
    const worker = this.vacate(lane);
    void worker?.kill();
    this.replace(lane, worker?.isReady === true, `took longer than ${ms / 1000} s`);
  }

  private lost(lane: Lane, reason: string): void {
    const worker = this.vacate(lane);
    this.options.logger.error(`a worker was lost: ${reason}`);
    this.replace(lane, worker?.isReady === true, `crashed the analysis (${reason})`);
  }

  private vacate(lane: Lane): WorkerThread | undefined {
    const { worker } = lane;
    for (const [directory, home] of this.homes) if (home === lane) this.homes.delete(directory);
    lane.stopClock();
    lane.worker = undefined;
    return worker;
  }

  private replace(lane: Lane, wasReady: boolean, reason: string): void {
    const { job, asked } = lane;
    lane.job = undefined;
    lane.asked = undefined;
    lane.isPaused = false;
    this.replaced++;
    conclude(asked, ({ reject }) => reject(new Error(`the question ${reason}`)));
    if (wasReady && asked !== undefined && 'path' in asked.question) this.quarantine.strike(asked.question.path, reason);
    if (!wasReady) this.failedStarts++;
    if (this.failedStarts >= MAX_FAILED_STARTS) {
      this.giveUp(reason, job);
      return;
    }
    if (job !== undefined) this.retry(job, wasReady, reason);
    this.dispatch();
  }

  /** The file at which the worker died is tried again alone, or put aside; the others go on without it. */
  private retry(job: Job, wasReady: boolean, reason: string): void {
    const culprit = job.paths.at(job.done);
    if (!job.request.isOver && culprit !== undefined) {
      const isOut = wasReady && this.quarantine.strike(culprit, reason);
      if (wasReady) this.queue.putBack(job, job.done + 1);
      if (!wasReady) this.queue.putBack(job);
      else if (isOut)
        job.request.add({ findings: [], faults: [], files: 0, skipped: this.quarantine.all().filter(({ path }) => path === culprit) });
      else this.queue.putBack({ ...job, paths: [culprit], done: 0 });
    }
    job.request.finishJob();
  }

  private giveUp(reason: string, job: Job | undefined): void {
    this.broken = new Error(`the analysis does not start: ${reason}`);
    job?.request.fail(this.broken);
    this.failAll(this.broken);
  }

  private failAll(error: Error): void {
    for (const job of this.queue.clear()) job.request.fail(error);
    for (const asked of this.questions.clear()) asked.reject(error);
    for (const lane of this.lanes) {
      lane.job?.request.fail(error);
      lane.asked?.reject(error);
    }
  }
}

function isAnswerTo<Kind extends Question['kind']>(kind: Kind, answer: Answer): answer is Extract<Answer, { readonly kind: Kind }> {
  return answer.kind === kind;
}

function faultOf(job: Job | undefined, message: string): Review {
  const path = job?.paths[job.done];
  return { findings: [], faults: path === undefined ? [] : [{ path, ruleId: undefined, message }], files: 0, skipped: [] };
}
