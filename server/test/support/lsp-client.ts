/** A language client for tests, joined to a real server in memory: what it sends and gets is what an editor would. */
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import type { FileSystem } from '../../src/base/index.ts';
import { createLocalService } from '../../src/host/index.ts';
import { type InitializationOptions, type ServerHost, type Settings, startServer } from '../../src/lsp/index.ts';
import { createInProcessConnection } from '../../src/node/index.ts';
import type { ReviewService } from '../../src/review/index.ts';
import { createBugSession } from './bug-session.ts';
import { memoryFiles } from './files.ts';

export interface TestClientOptions {
  readonly files?: Readonly<Record<string, string>>;
  readonly fileSystem?: FileSystem;
  readonly service?: ReviewService;
  readonly host?: Partial<ServerHost>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: InitializationOptions;
  /** What the client answers to `workspace/configuration`. */
  readonly settings?: Settings;
  /** Folders of the workspace. */
  readonly root?: string;
  readonly roots?: readonly string[];
  /** What the client answers for a folder, by its path, in place of `settings`. */
  readonly folderSettings?: Readonly<Record<string, Settings>>;
}

/** Every editor of today knows them. */
export const ACTION_LITERALS = { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'source'] } } };

/** What VS Code can do, as far as we use it. */
export const EDITOR: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
  },
  textDocument: {
    diagnostic: {},
    codeAction: {
      ...ACTION_LITERALS,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
      isPreferredSupport: true,
    },
  },
};

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly log: string[];
  readonly published: PublishDiagnosticsParams[];
  /** Number of times the server asked to pull again. */
  refreshes: number;
  settings: Settings;
  open(uri: string, text: string, version?: number): void;
  edit(uri: string, version: number, text: string, range?: Range): void;
  close(uri: string): void;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Items of a full report. */
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  workspace(previousResultIds?: { uri: string; value: string }[]): Promise<readonly WorkspaceDocumentDiagnosticReport[]>;
  actions(uri: string, range: Range, only?: string[]): Promise<readonly CodeAction[]>;
  resolve(action: CodeAction): Promise<CodeAction>;
  dispose(): Promise<void>;
}

export function at(line: number, start: number, end: number = start): Range {
  return { start: { line, character: start }, end: { line, character: end } };
}

const live: TestClient[] = [];

/** For `afterEach`: ends what a test started. */
export async function disposeClients(): Promise<void> {
  for (const client of live.splice(0)) await client.dispose();
}

export async function startTestClient(options: TestClientOptions = {}): Promise<TestClient> {
  const { connection, log, stop } = startTestServer(options);
  return connectTestClient(connection, options, log, stop);
}

export interface TestServer {
  /** Of a client that has said nothing yet, and does not listen. */
  readonly connection: ProtocolConnection;
  readonly log: string[];
  stop(): Promise<void>;
}

export function startTestServer(options: TestClientOptions = {}): TestServer {
  const log: string[] = [];
  const fileSystem = options.fileSystem ?? memoryFiles(options.files ?? {});
  const service = options.service ?? createLocalService(createBugSession(fileSystem));
  const logger = { info: (m: string) => log.push(m), warn: (m: string) => log.push(m), error: (m: string) => log.push(m) };
  const host: ServerHost = {
    version: '1.2.3',
    service,
    fileSystem,
    logger,
    settle: ({ client }) => ({
      settings: { rules: withoutOff(client.rules), ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false },
      problems: [],
      files: [],
    }),
    explain: (rule) => (rule === 'bug' ? '# bug\n\nA bug.' : undefined),
    ruleUrl: (rule) => `https://example.com/${rule}`,
    parallelism: 2,
    debugLines: () => ['threads 0'],
    ...options.host,
  };
  const pair = createInProcessConnection();
  startServer(pair.server, host);
  const connection = createProtocolConnection(pair.reader, pair.writer);
  connection.onDispose(() => pair.dispose());
  return { connection, log, stop: () => service.dispose() };
}

export type ConnectionOptions = Pick<
  TestClientOptions,
  'capabilities' | 'initializationOptions' | 'settings' | 'folderSettings' | 'root' | 'roots'
>;

/** A client of a server that is there already; roots are paths, or URIs of another scheme than `file`. */
export async function connectTestClient(
  connection: ProtocolConnection,
  options: ConnectionOptions,
  log: string[] = [],
  stop: () => Promise<unknown> = async () => {},
): Promise<TestClient> {
  const roots = options.roots ?? (options.root === undefined ? [] : [options.root]);
  const client = makeClient(connection, log, options.settings ?? {});
  live.push(client);
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => void client.published.push(params));
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ scopeUri }) => options.folderSettings?.[scopeUri?.replace('file://', '') ?? ''] ?? client.settings),
  );
  connection.onRequest(RegistrationRequest.type, () => {});
  connection.onRequest(DiagnosticRefreshRequest.type, () => {
    client.refreshes++;
  });
  connection.onNotification(LogMessageNotification.type, ({ message }) => void log.push(message));
  connection.listen();
  Object.assign(client, {
    initialized: await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders:
        roots.length === 0 ? null : roots.map((root) => ({ uri: root.startsWith('/') ? `file://${root}` : root, name: root })),
      capabilities: options.capabilities ?? EDITOR,
      initializationOptions: options.initializationOptions,
    }),
    dispose: async () => {
      await stop();
      connection.dispose();
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return client;
}

function withoutOff(rules: Settings['rules']): Record<string, 'warning'> {
  const on = Object.entries(rules ?? {}).filter(([, severity]) => severity !== 'off');
  return Object.fromEntries(on.map(([rule]) => [rule, 'warning' as const]));
}

function makeClient(connection: ProtocolConnection, log: string[], settings: Settings): TestClient {
  return {
    connection,
    initialized: { capabilities: {} },
    log,
    published: [],
    refreshes: 0,
    settings,
    open: (uri, text, version = 1) =>
      void connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'go', version, text } }),
    edit: (uri, version, text, range) =>
      void connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [range === undefined ? { text } : { range, text }],
      }),
    close: (uri) => void connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } }),
    pull: (uri, previousResultId) => connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri }, previousResultId }),
    async diagnostics(uri) {
      const report = await this.pull(uri);
      return report.kind === 'full' ? report.items : [];
    },
    workspace: async (previousResultIds = []) =>
      (await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds })).items,
    async actions(uri, range, only) {
      const answer = await connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range,
        context: { diagnostics: [], only },
      });
      return (answer ?? []).filter((each): each is CodeAction => 'kind' in each);
    },
    resolve: (action) => connection.sendRequest(CodeActionResolveRequest.type, action),
    async dispose() {
      connection.dispose();
    },
  };
}
