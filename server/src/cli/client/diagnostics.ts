/** The three ways in which servers give diagnostics: all in one answer, per document, or published when they like. */
import {
  CancellationTokenSource,
  type Diagnostic,
  DocumentDiagnosticRequest,
  WorkDoneProgress,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { pathOfUri, SUMMARY_REQUEST, uriOfPath } from '../../lsp/index.ts';
import type { Client } from './client.ts';
import { TimeIsUp } from './deadline.ts';

export interface FileDiagnostics {
  readonly path: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Collected {
  /** By path. */
  readonly files: readonly FileDiagnostics[];
  /** Files about which the server said nothing in time. */
  readonly silent: readonly string[];
  /** Time was up before the server had said all. */
  readonly isCut: boolean;
}

export type ProgressListener = (percentage: number, message: string) => void;

/** How long a publishing server may be silent before what is still missing counts as missing. */
const SILENCE_MS = 5000;

/**
 * `files` gives the Go files under review, for servers that must be told. When time is up, what came until then. Rejects with the
 * server's error.
 */
export async function collectDiagnostics(
  client: Client,
  files: () => Promise<readonly string[]>,
  onProgress: ProgressListener,
): Promise<Collected> {
  const provider = client.capabilities.diagnosticProvider;
  if (provider?.workspaceDiagnostics === true) return askForAll(client, provider.identifier, onProgress);
  const paths = await files();
  await showAll(client, paths);
  return provider === undefined ? awaitPublished(client, paths, onProgress) : askForEach(client, provider.identifier, paths, onProgress);
}

/** Of these files alone, from a server that is asked for each. Rejects with TimeIsUp. */
export async function diagnosticsOf(client: Client, paths: readonly string[]): Promise<readonly FileDiagnostics[]> {
  const { files, isCut } = await askForEach(client, client.capabilities.diagnosticProvider?.identifier, paths, () => {});
  if (isCut) throw new TimeIsUp('not finished in time');
  return files;
}

const PROGRESS_TOKEN = 'review';
const RESULT_TOKEN = 'findings';

async function askForAll(client: Client, identifier: string | undefined, onProgress: ProgressListener): Promise<Collected> {
  const { connection } = client;
  const byPath = new Map<string, readonly Diagnostic[]>();
  const hear = ({ items }: WorkspaceDiagnosticReportPartialResult): void => {
    for (const item of items) {
      const path = pathOfUri(item.uri);
      if (path !== undefined && item.kind === 'full') byPath.set(path, item.items);
    }
  };
  const listening = [
    connection.onProgress(WorkDoneProgress.type, PROGRESS_TOKEN, (value) => {
      if (value.kind === 'report') onProgress(value.percentage ?? 0, value.message ?? '');
    }),
    connection.onProgress(WorkspaceDiagnosticRequest.partialResult, RESULT_TOKEN, hear),
  ];
  const cancellation = new CancellationTokenSource();
  const params = { identifier, previousResultIds: [], workDoneToken: PROGRESS_TOKEN, partialResultToken: RESULT_TOKEN };
  let answer: Promise<WorkspaceDiagnosticReport> = Promise.resolve({ items: [] });
  const send = (): Promise<WorkspaceDiagnosticReport> => {
    answer = connection.sendRequest(WorkspaceDiagnosticRequest.type, params, cancellation.token);
    return answer;
  };
  try {
    const isCut = await untilTimeIsUp(async () => hear(await client.ask(send)));
    cancellation.cancel();
    if (isCut) await client.askLate(() => answer.catch(() => {}));
    // Our server answers a cancellation at once, and tells what was done until then before it answers anything else.
    if (isCut) await client.askLate(() => connection.sendRequest(SUMMARY_REQUEST).catch(() => {}));
    return { files: sorted(byPath), silent: [], isCut };
  } finally {
    for (const each of listening) each.dispose();
  }
}

/** Answers whether time was up before the work was done. */
async function untilTimeIsUp(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof TimeIsUp) return true;
    throw error;
  }
}

async function askForEach(
  client: Client,
  identifier: string | undefined,
  paths: readonly string[],
  onProgress: ProgressListener,
): Promise<Collected> {
  const byPath = new Map<string, readonly Diagnostic[]>();
  const isCut = await untilTimeIsUp(async () => {
    for (const [i, path] of paths.entries()) {
      const params = { identifier, textDocument: { uri: uriOfPath(path) } };
      const report = await client.ask(() => client.connection.sendRequest(DocumentDiagnosticRequest.type, params));
      if (report.kind === 'full') byPath.set(path, report.items);
      onProgress((100 * (i + 1)) / paths.length, `${i + 1} of ${paths.length} files`);
    }
  });
  return { files: sorted(byPath), silent: [], isCut };
}

/** Nothing published is not the same as nothing found, so each file is waited for. */
async function awaitPublished(client: Client, paths: readonly string[], onProgress: ProgressListener): Promise<Collected> {
  const missing = (): readonly string[] => paths.filter((path) => !client.published.has(path));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const allHeard = (): Promise<void> =>
    new Promise((resolve) => {
      const heard = (): void => {
        const left = missing().length;
        onProgress((100 * (paths.length - left)) / Math.max(1, paths.length), `${paths.length - left} of ${paths.length} files`);
        clearTimeout(timer);
        if (left === 0) resolve();
        else timer = setTimeout(resolve, SILENCE_MS);
      };
      client.onPublish(heard);
      heard();
    });
  const isCut = await untilTimeIsUp(() => client.ask(allHeard));
  clearTimeout(timer);
  client.onPublish(() => {});
  const byPath = new Map(paths.flatMap((path) => (client.published.has(path) ? [[path, client.published.get(path) ?? []] as const] : [])));
  return { files: sorted(byPath), silent: isCut ? [] : missing(), isCut };
}

async function showAll(client: Client, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const bytes = client.options.texts.bytes(path);
    if (bytes !== undefined && !client.isShown(path)) await client.show(path, bytes);
  }
}

function sorted(byPath: ReadonlyMap<string, readonly Diagnostic[]>): readonly FileDiagnostics[] {
  return [...byPath].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, diagnostics]) => ({ path, diagnostics }));
}
