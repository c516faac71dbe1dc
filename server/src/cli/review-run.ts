/** One server at work for one `review`: started, asked as often as needed, within the time that was allowed, and ended. */

import { directoryOf, neverCancelled } from '../base/index.ts';
import { ESCAPES_REQUEST, FILES_REQUEST, pathOfUri, type ReviewSummary, SUMMARY_REQUEST } from '../lsp/index.ts';
import { createNodeFileSystem } from '../node/index.ts';
import { FORMATS, forTerminal } from '../report/index.ts';
import { createSession, type EscapeRecord, type Review } from '../review/index.ts';
import { Client } from './client.ts';
import { type Collected, collectDiagnostics } from './diagnostics.ts';
import { findingsOfFile } from './findings.ts';
import { type Io, UsageError } from './io.ts';
import { type Link, linkCommand, linkInProcess } from './link.ts';
import type { ReviewOptions } from './options.ts';
import type { Plan } from './plan.ts';
import { startProgress } from './progress.ts';
import { homeOf } from './targets.ts';

export class ReviewRun {
  private constructor(
    private readonly client: Client,
    private readonly deadline: Deadline,
    private readonly plan: Plan,
    private readonly options: ReviewOptions,
    private readonly io: Io,
  ) {}

  /** Rejects with UsageError when the server does not come up in time. */
  static async start(plan: Plan, options: ReviewOptions, io: Io): Promise<ReviewRun> {
    const onLog = options.detail === 'verbose' ? (message: string) => void io.stderr.write(`${forTerminal(message)}\n`) : () => {};
    const deadline = startDeadline(options.timeoutSeconds);
    const opened = openLink(options, io, onLog);
    const link: Link = { ...opened, failed: Promise.race([opened.failed, deadline.passed]) };
    link.failed.catch(() => {});
    const { settings, texts, targets, only } = plan;
    const roots = [...new Set(targets.map(homeOf))];
    try {
      const client = await Client.start(link, {
        version: io.version,
        roots,
        targets: targets.map(({ path }) => path),
        only,
        settings,
        texts,
        onLog,
      });
      const run = new ReviewRun(client, deadline, plan, options, io);
      if (plan.stdinPath !== undefined) await run.show([plan.stdinPath]);
      return run;
    } catch (error) {
      deadline.clear();
      await link.close();
      throw error;
    }
  }

  /** Of the texts as they are now. Rejects with UsageError when time is up or the server ends. */
  async review(): Promise<Review> {
    const withFixes = wantsFixes(this.options);
    const progress = startProgress(this.io, this.options.detail);
    try {
      const collected = await collectDiagnostics(this.client, () => this.files(), progress.report);
      const files = await Promise.all(collected.files.map((file) => findingsOfFile(this.client, file, withFixes)));
      const summary = await this.summary(collected);
      return {
        findings: files.flatMap((file) => file.findings),
        faults: [...summary.faults, ...files.flatMap((file) => file.faults)],
        files: summary.files,
        skipped: summary.skipped,
      };
    } finally {
      progress.stop();
    }
  }

  /** Lets the server see the texts of these files instead of the files. */
  async show(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      const bytes = this.plan.texts.bytes(path);
      if (bytes !== undefined) await this.client.show(path, bytes);
    }
  }

  /** Files under the targets, each with the verdicts on what it allocates; asked a few at a time, given in order. */
  async *escapes(): AsyncGenerator<{ readonly path: string; readonly records: readonly EscapeRecord[] }> {
    const { connection } = this.client;
    const { uris } = await this.client.ask(() => connection.sendRequest<{ uris: readonly string[] }>(FILES_REQUEST));
    const ask = (uri: string): Promise<Answered> => this.client.ask(() => connection.sendRequest<Answered>(ESCAPES_REQUEST, { uri }));
    const asked: Promise<Answered>[] = [];
    for (let i = 0; i < uris.length; i++) {
      while (asked.length < Math.min(uris.length, i + AHEAD)) asked.push(ask(uris[asked.length]));
      const { records } = await asked[i];
      yield { path: pathOfUri(uris[i]) ?? uris[i], records };
    }
  }

  async stop(): Promise<void> {
    this.deadline.clear();
    await this.client.stop();
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
    return only === undefined ? files : files.filter((path) => only.includes(directoryOf(path)));
  }

  private async summary({ files, silent }: Collected): Promise<Omit<Review, 'findings'>> {
    const faults = silent.map((path) => ({ path, ruleId: undefined, message: 'the server said nothing about this file' }));
    try {
      const summary: ReviewSummary = await this.client.ask(() => this.client.connection.sendRequest(SUMMARY_REQUEST));
      return fromSummary(summary);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      return { files: files.length, faults, skipped: [] };
    }
  }
}

function wantsFixes({ fix, detail, outputs }: ReviewOptions): boolean {
  return fix !== undefined || outputs.some(({ format }) => FORMATS[format].showsFixes(detail));
}

type Answered = { readonly records: readonly EscapeRecord[] };

/** Requests that are under way at once: enough for all workers, too few to fill memory. */
const AHEAD = 32;

interface Deadline {
  /** Rejects when time is up; never resolves. */
  readonly passed: Promise<never>;
  clear(): void;
}

function startDeadline(seconds: number | undefined): Deadline {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<never>((_, reject) => {
    if (seconds === undefined) return;
    const late = new UsageError(`not finished within ${seconds} s; give --timeout more, or review fewer paths`);
    timer = setTimeout(() => reject(late), seconds * 1000);
  });
  return { passed, clear: () => clearTimeout(timer) };
}

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
