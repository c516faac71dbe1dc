/**
 * The language server: one handler per method, joined here. It analyses nothing; a host gives it the analysis. Every request
 * is answered exactly once, whatever happens inside: with a result, or an error that says what went wrong and holds no source text.
 */
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  type DidOpenTextDocumentParams,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  type CancellationToken as LspToken,
  ResponseError,
  WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { type CancellationToken, Cancelled, errorMessage } from '../base/index.ts';
import { Allocations } from './allocations.ts';
import { type Client, readClient } from './client.ts';
import { ClientFiles } from './client-files.ts';
import type { ServerContext } from './context.ts';
import { DocumentStore, type Snapshot } from './documents.ts';
import type { PositionEncoding } from './encoding.ts';
import { codeActions } from './handlers/code-action.ts';
import { resolveCodeAction } from './handlers/code-action-edit.ts';
import { codeLenses } from './handlers/code-lens.ts';
import { documentDiagnostic } from './handlers/document-diagnostic.ts';
import { executeCommand } from './handlers/execute-command.ts';
import { hover } from './handlers/hover.ts';
import { initializeResult } from './handlers/initialize.ts';
import { inlayHints, resolveInlayHint } from './handlers/inlay-hint.ts';
import { allocationMarks, debugInformation, escapes, explain, faces, files, narrow, summary, widen } from './handlers/own-requests.ts';
import { retry, sayPutAside } from './handlers/put-aside.ts';
import { didChange, didClose, didOpen, didSave } from './handlers/text-sync.ts';
import { didChangeWatchedFiles, registerWatchers } from './handlers/watched-files.ts';
import { WorkspaceDiagnostics } from './handlers/workspace-diagnostic.ts';
import type { ServerHost } from './host.ts';
import { MAX_SHOWN } from './notices.ts';
import {
  ALLOCATIONS_REQUEST,
  DEBUG_REQUEST,
  ESCAPES_REQUEST,
  EXPLAIN_REQUEST,
  FACES_REQUEST,
  FILES_REQUEST,
  NARROW_REQUEST,
  RETRY_COMMAND,
  SUMMARY_REQUEST,
  WIDEN_REQUEST,
} from './protocol.ts';
import { Pusher } from './push.ts';
import { Outdated, Reviews } from './reviews.ts';
import { SettingsStore, settingsAmong } from './settings.ts';
import { StatusReporter } from './status.ts';
import { pathOfUri, uriOfPath } from './uri.ts';
import { Workspace } from './workspace.ts';

type Phase = 'created' | 'running' | 'shutDown';

/** Registers all handlers and begins to listen. The connection's owner ends the process; `host.service` is disposed at shutdown. */
export function startServer(connection: Connection, host: ServerHost): void {
  const server = new Server(connection, host);
  server.register();
  connection.listen();
}

class Server {
  private phase: Phase = 'created';
  private client: Client = readClient({ processId: null, rootUri: null, capabilities: {} });
  private readonly context: ServerContext;
  private readonly pusher: Pusher;
  private readonly status: StatusReporter;
  /** Paths of files of which it was said that they are put aside. */
  private readonly saidPutAside = new Set<string>();
  private readonly workspaceDiagnostics: WorkspaceDiagnostics;
  private readonly clientFiles: ClientFiles;

  constructor(
    private readonly connection: Connection,
    private readonly host: ServerHost,
  ) {
    const client = (): Client => this.client;
    const documents = new DocumentStore(() => this.client.encoding, host.logger);
    const roots = (): readonly string[] =>
      workspace.targets.length > 0 && workspace.roots.length === 0 ? workspace.targets : workspace.roots;
    const settings = new SettingsStore(connection, host, documents, client, roots, host.logger);
    const { service, fileSystem } = host;
    const ruleUrl = (rule: string): string => host.ruleUrl(rule);
    const encoding = (): PositionEncoding => this.client.encoding;
    const limit = (): number => (this.client.options.takesAllFindings ? Number.POSITIVE_INFINITY : MAX_SHOWN);
    const takesSuppressed = (): boolean => this.client.options.takesSuppressed === true;
    const reviews = new Reviews({ service, documents, fileSystem, ruleUrl, settings, encoding, limit, takesSuppressed });
    const workspace = new Workspace(host, reviews, (directories) => settings.hold(directories));
    const allocations = new Allocations(service, documents, reviews);
    this.context = { connection, host, documents, reviews, allocations, settings, workspace, client };
    this.pusher = new Pusher(this.context);
    this.workspaceDiagnostics = new WorkspaceDiagnostics(this.context);
    this.clientFiles = new ClientFiles({ connection, host, documents, client, roots, onProvided: () => this.filesProvided() });
    reviews.onChange(() => this.pusher.schedule());
    reviews.onPutAside((path, why) => this.putAside(path, why));
    settings.onChange(() => this.settingsChanged());
    this.status = new StatusReporter(this.context);
  }

  register(): void {
    const { connection, context } = this;
    connection.onInitialize((params) => this.initialize(params));
    connection.onInitialized(() => this.safely('initialized', () => this.initialized()));
    connection.onShutdown(() => this.shutDown());
    connection.onRequest((method: string) => {
      throw this.refusal() ?? new ResponseError(ErrorCodes.MethodNotFound, `no such method: ${method}`);
    });

    connection.onDidOpenTextDocument((params) => this.safely('didOpen', () => this.opened(params)));
    connection.onDidChangeTextDocument((params) => this.safely('didChange', () => void didChange(context, params)));
    connection.onDidSaveTextDocument((params) => this.safely('didSave', () => didSave(context, params)));
    connection.onDidCloseTextDocument((params) => this.safely('didClose', () => this.closed(didClose(context, params))));
    connection.onDidChangeConfiguration(({ settings }) => this.safely('didChangeConfiguration', () => this.configurationChanged(settings)));
    connection.onDidChangeWatchedFiles((params) =>
      this.safely('didChangeWatchedFiles', () => {
        if (didChangeWatchedFiles(context, params)) this.refresh();
      }),
    );

    connection.languages.diagnostics.on((params, token) => this.answer(token, (ours) => documentDiagnostic(context, params, ours)));
    connection.languages.diagnostics.onWorkspace((params, token, workDone, stream) => {
      const progress = WorkDoneProgressReporter.isNullInstance(workDone) ? undefined : workDone;
      return this.answer(token, (ours) => this.workspaceDiagnostics.answer(params, ours, progress, stream));
    });
    connection.onCodeAction((params, token) => this.answer(token, (ours) => codeActions(context, params, ours)));
    connection.onCodeActionResolve((action, token) => this.answer(token, (ours) => resolveCodeAction(context, action, ours)));
    connection.onHover((params, token) => this.answer(token, (ours) => hover(context, params, ours)));
    connection.languages.inlayHint.on((params, token) => this.answer(token, (ours) => inlayHints(context, params, ours)));
    connection.languages.inlayHint.resolve((hint, token) => this.answer(token, (ours) => resolveInlayHint(context, hint, ours)));
    connection.onCodeLens((params, token) => this.answer(token, (ours) => codeLenses(context, params, ours)));
    connection.onExecuteCommand((params, token) =>
      this.answer(token, async (ours) => {
        const result = await executeCommand(context, params, ours);
        if (params.command === RETRY_COMMAND) this.retried();
        return result;
      }),
    );
    connection.onRequest(SUMMARY_REQUEST, (...given: unknown[]) => this.answer(tokenOf(given), async () => summary(context)));
    connection.onRequest(EXPLAIN_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), async () => explain(context, params)),
    );
    connection.onRequest(FILES_REQUEST, (...given: unknown[]) => this.answer(tokenOf(given), (ours) => files(context, ours)));
    connection.onRequest(ESCAPES_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), (ours) => escapes(context, params, ours)),
    );
    connection.onRequest(FACES_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), (ours) => faces(context, params, ours)),
    );
    connection.onRequest(WIDEN_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), async () => widen(context, params)),
    );
    connection.onRequest(NARROW_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), async () => narrow(context, params)),
    );
    connection.onRequest(ALLOCATIONS_REQUEST, (params: unknown, ...rest: unknown[]) =>
      this.answer(tokenOf(rest), (ours) => allocationMarks(context, params, ours)),
    );
    connection.onRequest(DEBUG_REQUEST, (...given: unknown[]) => this.answer(tokenOf(given), async () => debugInformation(context)));
  }

  private initialize(params: InitializeParams): ReturnType<typeof initializeResult> {
    if (this.phase !== 'created') throw new ResponseError(ErrorCodes.InvalidRequest, 'initialize comes once, and first');
    this.client = readClient(params);
    this.phase = 'running';
    const { workspace, settings } = this.context;
    workspace.roots = this.client.roots;
    const { targets = [], only } = this.client.options;
    workspace.targets = targets.flatMap((uri) => pathOfUri(uri) ?? []);
    workspace.only = only === undefined ? undefined : new Set(only.flatMap((uri) => pathOfUri(uri) ?? []));
    this.clientFiles.start();
    void settings.accept(this.client.options.settings);
    return initializeResult(this.client, this.host.version);
  }

  private async initialized(): Promise<void> {
    const { connection, context } = this;
    if (this.client.answersConfiguration) void context.settings.pull();
    // Before anything is awaited, because a change that comes meanwhile is told only once.
    if (this.client.changesFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => this.foldersChanged(added.map(uriOf), removed.map(uriOf)));
    if (this.client.registersConfigurationChanges)
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'escapement' });
    await registerWatchers(context);
  }

  private foldersChanged(added: readonly string[], removed: readonly string[]): void {
    const { workspace, settings, reviews } = this.context;
    const gone = new Set(removed.map(pathOfUri));
    workspace.roots = [...workspace.roots.filter((root) => !gone.has(root)), ...added.flatMap((uri) => pathOfUri(uri) ?? [])];
    workspace.forgetFiles();
    this.clientFiles.reconsider();
    reviews.touchAll();
    void settings.refold();
  }

  private async configurationChanged(sent: unknown): Promise<void> {
    const { settings } = this.context;
    if (this.client.answersConfiguration) return settings.pull();
    const section = settingsAmong(sent);
    if (section !== undefined) await settings.accept(section);
  }

  private filesProvided(): void {
    const { settings, workspace, reviews } = this.context;
    workspace.forgetFiles();
    reviews.touchAll();
    void settings.refold();
    this.refresh();
  }

  private settingsChanged(): void {
    this.context.reviews.touchAll();
    this.status.tell();
    this.refresh();
  }

  private putAside(path: string, why: string): void {
    this.status.tell();
    if (this.saidPutAside.has(path)) return;
    this.saidPutAside.add(path);
    this.safely('put aside', async () => {
      if (!(await sayPutAside(this.context, path, why))) return;
      retry(this.context, uriOfPath(path));
      this.retried();
    });
  }

  private retried(): void {
    this.saidPutAside.clear();
    this.status.tell();
    this.refresh();
  }

  /** Asks the client to pull again; one that cannot be asked is published to by the pusher, or asks when it likes. */
  private refresh(): void {
    if (this.phase !== 'running') return;
    const { pulls, refreshesDiagnostics, refreshesHints, refreshesLenses } = this.client;
    const { connection, host } = this;
    const asked = [
      ...(pulls && refreshesDiagnostics ? [connection.languages.diagnostics.refresh()] : []),
      ...(refreshesHints ? [connection.languages.inlayHint.refresh()] : []),
      ...(refreshesLenses ? [connection.sendRequest(CodeLensRefreshRequest.type)] : []),
    ];
    for (const each of asked) each.catch((error: unknown) => host.logger.warn(`refresh: ${errorMessage(error)}`));
  }

  private opened(params: DidOpenTextDocumentParams): void {
    if (didOpen(this.context, params) !== undefined) this.clientFiles.reconsider();
  }

  private closed(snapshot: Snapshot | undefined): void {
    if (snapshot === undefined) return;
    this.context.allocations.forget(snapshot.path);
    this.pusher.closed(snapshot.uri);
  }

  private async shutDown(): Promise<void> {
    const refusal = this.refusal();
    if (refusal !== undefined) throw refusal;
    this.phase = 'shutDown';
    this.workspaceDiagnostics.supersede();
    this.pusher.dispose();
    this.context.reviews.dispose();
    this.status.dispose();
    await this.host.service.dispose();
  }

  /** A notification has nobody to tell of an error but the log. */
  private safely(what: string, act: () => void | Promise<void>): void {
    if (this.phase !== 'running') return;
    const fail = (error: unknown): void => this.host.logger.error(`${what}: ${errorMessage(error)}`);
    try {
      Promise.resolve(act()).catch(fail);
    } catch (error) {
      fail(error);
    }
  }

  /** What every request but `initialize` is answered outside of the time between that and `shutdown`. */
  private refusal(): ResponseError | undefined {
    if (this.phase === 'created') return new ResponseError(ErrorCodes.ServerNotInitialized, 'not initialized');
    return this.phase === 'shutDown' ? new ResponseError(ErrorCodes.InvalidRequest, 'shut down') : undefined;
  }

  /** At cancellation the answer goes out at once; the work behind it ends when it next looks at its token. */
  private answer<Result>(token: LspToken, work: (token: CancellationToken) => Promise<Result>): Promise<Result> {
    const refusal = this.refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    const ours = toToken(token);
    return new Promise((resolve, reject) => {
      const cancel = (): void => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled'));
      const forget = ours.onCancelled(cancel);
      Promise.resolve()
        .then(() => work(ours))
        .then(resolve, (error: unknown) => reject(this.toResponseError(error)))
        .finally(forget);
    });
  }

  private toResponseError(error: unknown): ResponseError {
    if (error instanceof ResponseError) return error;
    if (error instanceof Cancelled) return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    // Nothing failed: who types makes the answer worthless, and clients ask again by themselves.
    if (error instanceof Outdated) return new ResponseError(LSPErrorCodes.ContentModified, error.message);
    this.host.logger.error(`request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return new ResponseError(LSPErrorCodes.RequestFailed, errorMessage(error));
  }
}

function toToken(token: LspToken): Required<CancellationToken> {
  return {
    get isCancelled() {
      return token.isCancellationRequested;
    },
    onCancelled(listener) {
      if (token.isCancellationRequested) {
        listener();
        return () => {};
      }
      const subscription = token.onCancellationRequested(listener);
      return () => subscription.dispose();
    },
  };
}

/** Parameters of our own requests are optional, so the token stands where it stands. */
function tokenOf(given: readonly unknown[]): LspToken {
  const token = given.at(-1);
  return isLspToken(token) ? token : NEVER;
}

const NEVER: LspToken = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

function isLspToken(value: unknown): value is LspToken {
  return typeof value === 'object' && value !== null && 'isCancellationRequested' in value && 'onCancellationRequested' in value;
}

function uriOf({ uri }: { readonly uri: string }): string {
  return uri;
}
