/**
 * `workspace/diagnostic`. A client that takes partial results and tells what it has is parked when it has everything: the
 * answer comes when something changed (editors ask again two seconds after every answer). One that wants a single answer gets it at once.
 */
import {
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkDoneProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { CancellationSource, type CancellationToken, Cancelled, throwIfCancelled } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import type { FileReview } from '../reviews.ts';
import { pathOfUri } from '../uri.ts';

/** Work after the last change begins when nothing has changed for this long. */
const QUIET_MS = 400;
/** Scans that take longer show progress in the client. */
const PROGRESS_AFTER_MS = 500;

type Stream = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>;

export class WorkspaceDiagnostics {
  /** The request that waits for a change; a newer one takes its place. */
  private parked = new CancellationSource();

  constructor(private readonly context: ServerContext) {}

  async answer(
    params: WorkspaceDiagnosticParams,
    token: CancellationToken,
    workDone: WorkDoneProgressReporter | undefined,
    stream: Stream | undefined,
  ): Promise<WorkspaceDiagnosticReport> {
    const { settings, reviews, client, workspace } = this.context;
    this.supersede();
    const superseded = this.parked.token;
    const held = new Map((params.previousResultIds ?? []).map(({ uri, value }) => [pathOfUri(uri) ?? uri, { uri, value }]));
    if (!client().watchesFiles) workspace.distrustFiles();
    await settings.ready();
    for (;;) {
      const revision = reviews.revision;
      const items = await this.collect(held, token, workDone, stream);
      const hasNews = items.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full);
      const mayPark = stream !== undefined && (held.size > 0 || settings.scope === 'openFiles');
      if (hasNews || !mayPark || superseded.isCancelled) return { items: stream === undefined ? items : [] };
      await this.change(revision, token, superseded);
      if (superseded.isCancelled) return { items: [] };
    }
  }

  /** Ends the parked request; also at shutdown. */
  supersede(): void {
    this.parked.cancel();
    this.parked = new CancellationSource();
  }

  /** Reports of all files, by path; what the client holds already is reported as unchanged, and to a streaming client not at all. */
  private async collect(
    held: ReadonlyMap<string, { readonly uri: string; readonly value: string }>,
    token: CancellationToken,
    workDone: WorkDoneProgressReporter | undefined,
    stream: Stream | undefined,
  ): Promise<WorkspaceDocumentDiagnosticReport[]> {
    const seen = new Set<string>();
    const items = new Map<string, WorkspaceDocumentDiagnosticReport>();
    const add = (reviews: readonly FileReview[]): void => {
      const news: WorkspaceDocumentDiagnosticReport[] = [];
      for (const review of reviews) {
        seen.add(review.path);
        const report = toReport(review, held.get(review.path)?.value);
        if (stream !== undefined && report.kind === DocumentDiagnosticReportKind.Unchanged) continue;
        items.set(review.path, report);
        news.push(report);
      }
      if (news.length > 0) stream?.report({ items: news });
    };
    await this.reviewAll(token, workDone, add);
    const gone = [...held].filter(([path]) => !seen.has(path) && !this.isOpen(path));
    const cleared = gone.map(
      ([, { uri }]): WorkspaceDocumentDiagnosticReport => ({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] }),
    );
    gone.forEach(([path], i) => void items.set(path, cleared[i]));
    if (cleared.length > 0) stream?.report({ items: cleared });
    return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, report]) => report);
  }

  private async reviewAll(
    token: CancellationToken,
    workDone: WorkDoneProgressReporter | undefined,
    add: (reviews: readonly FileReview[]) => void,
  ): Promise<void> {
    const { settings, documents, reviews, workspace } = this.context;
    if (settings.scope === 'openFiles' && workspace.targets.length === 0) {
      for (const { path } of documents.all().filter(isGo)) add(await reviews.files([path], token));
      return;
    }
    const progress = new ScanProgress(this.context, workDone);
    try {
      await workspace.scan(both(token, progress.token), { onReviews: add, onProgress: (done, total) => progress.report(done, total) });
    } finally {
      progress.end();
    }
  }

  private isOpen(path: string): boolean {
    return this.context.documents.at(path) !== undefined;
  }

  /** Resolves when results may differ from those of `revision` and nothing has changed for a moment, or at cancellation. */
  private async change(revision: number, token: CancellationToken, superseded: Required<CancellationToken>): Promise<void> {
    const { reviews } = this.context;
    for (let from = revision; ; from = reviews.revision) {
      if (from === reviews.revision) await nextChange(reviews, token, superseded);
      throwIfCancelled(token);
      if (superseded.isCancelled) return;
      const settling = reviews.revision;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      if (settling === reviews.revision) return;
    }
  }
}

function toReport(review: FileReview, heldId: string | undefined): WorkspaceDocumentDiagnosticReport {
  const { uri, version, resultId } = review;
  if (heldId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId };
  return { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items: [...review.shown] };
}

function nextChange(reviews: ServerContext['reviews'], token: CancellationToken, superseded: Required<CancellationToken>): Promise<void> {
  return new Promise((resolve) => {
    const forget: (() => void)[] = [];
    const end = (): void => {
      for (const one of forget) one();
      resolve();
    };
    forget.push(reviews.onChange(end));
    forget.push(superseded.onCancelled(end));
    const forgetToken = token.onCancelled?.(end);
    if (forgetToken !== undefined) forget.push(forgetToken);
  });
}

function both(a: CancellationToken, b: CancellationToken): CancellationToken {
  const source = new CancellationSource();
  a.onCancelled?.(() => source.cancel());
  b.onCancelled?.(() => source.cancel());
  return source.token;
}

/** Progress in the token the client gave, or in one of our own when the scan takes long. */
class ScanProgress {
  private readonly cancelled = new CancellationSource();
  private reporter: WorkDoneProgressReporter | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private hasEnded = false;

  constructor(context: ServerContext, given: WorkDoneProgressReporter | undefined) {
    if (given !== undefined) this.begin(given);
    else if (context.client().showsProgress) this.timer = setTimeout(() => void this.create(context), PROGRESS_AFTER_MS);
  }

  get token(): CancellationToken {
    return this.cancelled.token;
  }

  report(done: number, total: number): void {
    this.reporter?.report(Math.floor((100 * done) / Math.max(1, total)), `${done} of ${total} files`);
  }

  end(): void {
    this.hasEnded = true;
    clearTimeout(this.timer);
    this.reporter?.done();
  }

  private async create({ connection, host }: ServerContext): Promise<void> {
    try {
      const reporter = await connection.window.createWorkDoneProgress();
      if (this.hasEnded) {
        reporter.done();
        return;
      }
      reporter.token.onCancellationRequested(() => this.cancelled.cancel());
      this.begin(reporter);
    } catch (error) {
      if (!(error instanceof Cancelled)) host.logger.warn(`no progress: ${String(error)}`);
    }
  }

  private begin(reporter: WorkDoneProgressReporter): void {
    reporter.begin('Escapement: reviewing', 0, undefined, true);
    this.reporter = reporter;
  }
}
