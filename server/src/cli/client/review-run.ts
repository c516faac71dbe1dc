/** One server at work for one `review`: started, asked as often as needed, within the time that was allowed, and ended. */

import { DidChangeWatchedFilesNotification, type FileEvent } from 'vscode-languageserver-protocol/node';
import { directoryOf, neverCancelled } from '../../base/index.ts';
import {
  ESCAPES_REQUEST,
  FACES_REQUEST,
  FILES_REQUEST,
  NARROW_REQUEST,
  type NarrowParams,
  pathOfUri,
  type ReviewSummary,
  SUMMARY_REQUEST,
  uriOfPath,
  WIDEN_REQUEST,
} from '../../lsp/index.ts';
import { createNodeFileSystem } from '../../node/index.ts';
import { FORMATS, forTerminal } from '../../report/index.ts';
import {
  createSession,
  type EscapeRecord,
  type FaceDetail,
  type Finding,
  type FunctionFace,
  type Incomplete,
  type Review,
  type ReviewedParts,
} from '../../review/index.ts';
import { homeOf } from '../files/targets.ts';
import { type Io, UsageError } from '../io.ts';
import type { ReviewOptions } from '../options.ts';
import { plural } from '../outputs.ts';
import type { Plan } from '../plan.ts';
import { startProgress } from '../progress.ts';
import { Client } from './client.ts';
import { type Deadline, startDeadline, TimeIsUp } from './deadline.ts';
import { type Collected, collectDiagnostics, diagnosticsOf, type FileDiagnostics } from './diagnostics.ts';
import { type FileReview, findingsOfFile, type WantsFixes } from './findings.ts';
import { type Link, linkCommand, linkInProcess } from './link.ts';

export class ReviewRun {
  /** What was told in the last review, by file. */
  private diagnostics: ReadonlyMap<string, FileDiagnostics> = new Map();

  private constructor(
    private readonly client: Client,
    private deadline: Deadline,
    private readonly plan: Plan,
    private readonly options: ReviewOptions,
    private readonly io: Io,
  ) {}

  /** Rejects with TimeIsUp when the server does not come up in time, and with UsageError when it does not come up at all. */
  static async start(plan: Plan, options: ReviewOptions, io: Io, deadline = startDeadline(options.timeout)): Promise<ReviewRun> {
    const onLog = options.detail === 'verbose' ? (message: string) => void io.stderr.write(`${forTerminal(message)}\n`) : () => {};
    const link = openLink(options, io, onLog);
    link.failed.catch(() => {});
    const { settings, configurationFiles, texts, targets, only } = plan;
    const roots = [...new Set(targets.map(homeOf))];
    try {
      const client = await Client.start(link, {
        version: io.version,
        roots,
        targets: targets.map(({ path }) => path),
        only,
        settings,
        configured: configurationFiles.nested.map(directoryOf),
        takesSuppressed: options.showSuppressed,
        texts,
        deadline,
        onLog,
      });
      const run = new ReviewRun(client, deadline, plan, options, io);
      if (plan.stdinPath !== undefined) await run.show([plan.stdinPath]);
      return run;
    } catch (error) {
      await link.close();
      throw error;
    }
  }

  /**
   * Of the texts as they are now; when time is up, of what was reviewed until then. With the fixes that the reports show, or with none. Rejects with
   * UsageError when the server ends.
   */
  async review(fixes: 'shown' | 'none' = 'shown'): Promise<Review> {
    const progress = startProgress(this.io, this.options.detail);
    try {
      const collected = await collectDiagnostics(this.client, () => this.files(), progress.report);
      const wants: WantsFixes = () => fixes === 'shown' && wantsFixes(this.options);
      const files = await Promise.all(collected.files.map((file) => this.findingsOf(file, wants)));
      this.diagnostics = new Map(collected.files.map((file) => [file.path, file]));
      const summary = await this.summary(collected);
      const incomplete = await this.incomplete(
        collected,
        files.some(({ isCut }) => isCut),
      );
      return {
        findings: files.flatMap((file) => file.findings),
        faults: [...summary.faults, ...files.flatMap((file) => file.faults)],
        files: summary.files,
        skipped: summary.skipped,
        ...(this.options.showSuppressed && { suppressed: files.flatMap((file) => file.suppressed) }),
        ...(incomplete === undefined ? {} : { incomplete }),
      };
    } finally {
      progress.stop();
    }
  }

  /** What is left of the last review, with the fixes that the reports show. */
  async withFixes(review: Review): Promise<Review> {
    if (!wantsFixes(this.options)) return review;
    const left = new Set(review.findings.map(keyOf));
    const paths = new Set(review.findings.map(({ path }) => path));
    const told = [...paths].flatMap((path) => this.diagnostics.get(path) ?? []);
    const files = await Promise.all(told.map((file) => this.findingsOf(file, (finding) => left.has(keyOf(finding)))));
    const fixed = new Map(files.flatMap(({ findings }) => findings.map(({ fixes, ...finding }) => [keyOf(finding), fixes] as const)));
    const isCut = files.some((file) => file.isCut) && review.incomplete === undefined;
    return {
      ...review,
      findings: review.findings.map((finding) => ({ ...finding, fixes: fixed.get(keyOf(finding)) ?? finding.fixes })),
      faults: [...review.faults, ...files.flatMap(({ faults }) => faults)],
      ...(isCut && { incomplete: this.lackingFixes }),
    };
  }

  /** Without fixes where time was up before they were known. */
  private async findingsOf(file: FileDiagnostics, wants: WantsFixes): Promise<FileReview & { readonly isCut: boolean }> {
    try {
      return { ...(await findingsOfFile(this.client, file, wants)), isCut: false };
    } catch (error) {
      if (!(error instanceof TimeIsUp)) throw error;
      return { ...(await findingsOfFile(this.client, file, () => false)), isCut: true };
    }
  }

  private get lackingFixes(): Incomplete {
    return { why: `stopped after ${this.deadline.allowed} (--timeout) before all fixes were worked out`, unreviewed: [] };
  }

  private async incomplete({ files, isCut }: Collected, lacksFixes: boolean): Promise<Incomplete | undefined> {
    const stopped = `stopped after ${this.deadline.allowed} (--timeout)`;
    if (!isCut) return lacksFixes ? this.lackingFixes : undefined;
    const reviewed = new Set(files.map(({ path }) => path));
    const { connection } = this.client;
    const known = await this.client.askLate(() => connection.sendRequest<{ uris: readonly string[] }>(FILES_REQUEST));
    const verb = reviewed.size === 1 ? 'was' : 'were';
    if (known === undefined) return { why: `${stopped}: ${plural(reviewed.size, 'file')} ${verb} reviewed`, unreviewed: [] };
    const unreviewed = known.uris.map((uri) => pathOfUri(uri) ?? uri).filter((path) => !reviewed.has(path));
    return { why: `${stopped}: ${reviewed.size} of ${plural(known.uris.length, 'file')} ${verb} reviewed`, unreviewed };
  }

  /** Lets the server see the texts of these files instead of the files. */
  async show(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const bytes = this.plan.texts.bytes(path);
      if (bytes !== undefined) await this.client.show(path, bytes);
    }
  }

  /**
   * Asks while these texts stand for files that no fix has changed, by absolute path, and then brings back what there was: as documents, so that what was
   * found out about the rest of their packages stands.
   */
  async during<T>(texts: ReadonlyMap<string, Uint8Array>, ask: () => Promise<T>): Promise<T> {
    const paths = [...texts.keys()];
    for (const [path, bytes] of texts) this.plan.texts.replace(path, bytes);
    await this.show(paths);
    try {
      return await ask();
    } finally {
      this.plan.texts.restore();
      for (const path of paths) if (this.plan.texts.bytes(path) === undefined) await this.client.hide(path);
      await this.show(paths);
    }
  }

  /** What is found in these files, be they under review or not, without fixes. Rejects with TimeIsUp. */
  async findingsIn(paths: readonly string[]): Promise<readonly Finding[]> {
    const files = await Promise.all(
      (await diagnosticsOf(this.client, paths)).map((file) => findingsOfFile(this.client, file, () => false)),
    );
    return files.flatMap(({ findings }) => findings);
  }

  /** From now on these files (absolute) are reviewed too. */
  widen(paths: readonly string[]): Promise<void> {
    return this.client.ask(() => this.client.connection.sendRequest(WIDEN_REQUEST, { uris: paths.map(uriOfPath) }));
  }

  /** From now on no more than these parts are reviewed, by absolute path. */
  narrow(parts: ReviewedParts): Promise<void> {
    const files: NarrowParams['files'] = [...parts].map(([path, each]) => ({ uri: uriOfPath(path), ...each }));
    return this.client.ask(() => this.client.connection.sendRequest(NARROW_REQUEST, { files }));
  }

  /** What functions are to their callers, by the byte offsets of their names; none where the analysis gave up on the file. */
  async faces(path: string, offsets: readonly number[], detail: FaceDetail): Promise<readonly (FunctionFace | null)[]> {
    const send = (): Promise<Faces> => this.client.connection.sendRequest(FACES_REQUEST, { uri: uriOfPath(path), offsets, detail });
    try {
      return (await this.client.ask(send)).faces;
    } catch (error) {
      if (error instanceof UsageError) throw error;
      return [];
    }
  }

  /** Absolute paths of the files under the targets, those that are left out of the review among them. */
  async held(): Promise<readonly string[]> {
    const { uris } = await this.targets();
    return uris.map((uri) => pathOfUri(uri) ?? uri);
  }

  /** Files under the targets, each with the verdicts on what it allocates; asked a few at a time, given in order. Rejects with TimeIsUp. */
  async *escapes(): AsyncGenerator<{ readonly path: string; readonly records: readonly EscapeRecord[] }> {
    const { connection } = this.client;
    const { uris } = await this.targets();
    const ask = (uri: string): Promise<Answered> => {
      const answer = this.client.ask(() => connection.sendRequest<Answered>(ESCAPES_REQUEST, { uri }));
      // Nobody waits any more for those behind one that fails.
      answer.catch(() => {});
      return answer;
    };
    const asked: Promise<Answered>[] = [];
    for (let i = 0; i < uris.length; i++) {
      while (asked.length < Math.min(uris.length, i + AHEAD)) asked.push(ask(uris[asked.length]));
      const { records } = await asked[i];
      yield { path: pathOfUri(uris[i]) ?? uris[i], records };
    }
  }

  /** From now on this deadline holds. */
  allow(deadline: Deadline): void {
    this.deadline = deadline;
    this.client.deadline = deadline;
  }

  /** Lets the server know that files changed, came or went. */
  tell(changes: readonly FileEvent[]): Promise<void> {
    return this.client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [...changes] });
  }

  private targets(): Promise<{ readonly uris: readonly string[] }> {
    return this.client.ask(() => this.client.connection.sendRequest<{ uris: readonly string[] }>(FILES_REQUEST));
  }

  stop(): Promise<void> {
    return this.client.stop();
  }

  /** For servers that must be told which files to look at. */
  private async files(): Promise<readonly string[]> {
    const { targets, only, stdinPath } = this.plan;
    if (stdinPath !== undefined) return [stdinPath];
    const session = createSession(createNodeFileSystem());
    const { files } = session.discover(
      targets.map(({ path }) => path),
      neverCancelled,
    );
    return only === undefined ? files : files.filter((path) => only.includes(path));
  }

  private async summary({ files, silent }: Collected): Promise<Omit<Review, 'findings'>> {
    const faults = silent.map((path) => ({ path, ruleId: undefined, message: 'the server said nothing about this file' }));
    const send = (): Promise<ReviewSummary> => this.client.connection.sendRequest(SUMMARY_REQUEST);
    try {
      const summary = await (this.deadline.isOver ? this.client.askLate(send) : this.client.ask(send));
      if (summary !== undefined) return fromSummary(summary);
    } catch (error) {
      if (error instanceof UsageError && !(error instanceof TimeIsUp)) throw error;
    }
    return { files: files.length, faults, skipped: [] };
  }
}

function keyOf({ path, fingerprint }: Pick<Finding, 'path' | 'fingerprint'>): string {
  return `${path}\0${fingerprint}`;
}

function wantsFixes({ fix, detail, outputs }: ReviewOptions): boolean {
  return fix !== undefined || outputs.some(({ format }) => FORMATS[format].showsFixes(detail));
}

type Faces = { readonly faces: readonly (FunctionFace | null)[] };
type Answered = { readonly records: readonly EscapeRecord[] };

/** Requests that are under way at once: enough for all workers, too few to fill memory. */
const AHEAD = 32;

function fromSummary({ files, faults, skipped }: ReviewSummary): Omit<Review, 'findings'> {
  return {
    files,
    faults: faults.map(({ uri, rule, message }) => ({ path: pathOfUri(uri) ?? uri, ruleId: rule, message })),
    skipped: skipped.map(({ uri, why }) => ({ path: pathOfUri(uri) ?? uri, why })),
  };
}

function openLink({ server, jobs, detail }: ReviewOptions, io: Io, onLog: (message: string) => void): Link {
  if (server !== undefined) return linkCommand(server, io.cwd, io.env, detail === 'verbose');
  return linkInProcess({ version: io.version, jobs, onLog });
}
