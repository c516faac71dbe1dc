/**
 * A language client without an editor: the life of a connection, the documents that stand for files, and the requests a
 * server may send. What is asked over it stands in `diagnostics.ts` and `fixes.ts`.
 */
import {
  type ClientCapabilities,
  ConfigurationRequest,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  LogMessageNotification,
  LSPErrorCodes,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ResponseError,
  type ServerCapabilities,
  ShutdownRequest,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node';
import { baseName } from '../../base/index.ts';
import {
  type Conversion,
  type InitializationOptions,
  type PositionEncoding,
  pathOfUri,
  type Settings,
  uriOfPath,
} from '../../lsp/index.ts';
import type { Texts } from '../files/texts.ts';
import { UsageError } from '../io.ts';
import type { Deadline } from './deadline.ts';
import type { Link } from './link.ts';

export interface ClientOptions {
  readonly version: string;
  /** Directories of the workspace, absolute. */
  readonly roots: readonly string[];
  /** Absolute paths of files and directories to review. */
  readonly targets: readonly string[];
  /** Absolute paths of those of the targets' files that are reviewed; undefined means all. */
  readonly only: readonly string[] | undefined;
  readonly settings: Settings;
  /** Absolute paths of directories in which configuration files of their own hold. */
  readonly configured: readonly string[];
  /** Whether findings that comments keep quiet are wanted too. */
  readonly takesSuppressed: boolean;
  readonly texts: Texts;
  /** Holds until another one does. */
  readonly deadline: Deadline;
  readonly onLog: (message: string) => void;
}

const CAPABILITIES: ClientCapabilities = {
  general: { positionEncodings: ['utf-8', 'utf-16'] },
  workspace: {
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true },
    diagnostics: { refreshSupport: false },
    // Nothing but this run's own fixes counts as a change: what was read once is not read again.
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    synchronization: {},
    diagnostic: { relatedDocumentSupport: false, relatedInformation: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, dataSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
      isPreferredSupport: true,
      dataSupport: true,
      disabledSupport: true,
    },
  },
  window: { workDoneProgress: true },
};

const MAX_ATTEMPTS = 5;
/** How long an answer may take that only completes a report whose time is up. */
const LATE_PATIENCE_MS = 1000;

export class Client {
  capabilities: ServerCapabilities = {};
  deadline: Deadline;
  /** Diagnostics that the server published of each document's present text, by path. */
  readonly published = new Map<string, readonly Diagnostic[]>();
  private readonly versions = new Map<string, number>();
  private publishListener: () => void = () => {};
  private isDeaf = false;

  private constructor(
    private readonly link: Link,
    readonly options: ClientOptions,
  ) {
    this.deadline = options.deadline;
  }

  /** Rejects when the server does not come up. */
  static async start(link: Link, options: ClientOptions): Promise<Client> {
    const client = new Client(link, options);
    await client.initialize();
    return client;
  }

  get connection(): Link['connection'] {
    return this.link.connection;
  }

  get conversion(): Conversion {
    const encoding: PositionEncoding = this.capabilities.positionEncoding === 'utf-8' ? 'utf-8' : 'utf-16';
    return { encoding, textOf: this.options.texts.lookup };
  }

  /** Asks, again when the server says that the answer went stale under way. Rejects when the server ends or refuses, and with TimeIsUp. */
  async ask<Result>(send: () => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await Promise.race([send(), this.link.failed, this.deadline.passed]);
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || !isStale(error)) throw error;
      }
    }
  }

  /** Asks when time is up already, and gives up soon: one question without an answer is enough. Undefined without one; never rejects. */
  async askLate<Result>(send: () => Promise<Result>): Promise<Result | undefined> {
    if (this.isDeaf) return undefined;
    try {
      return await Promise.race([send(), this.link.failed, delay(LATE_PATIENCE_MS).then(() => this.deaf())]);
    } catch (error) {
      this.options.onLog(`a late question: ${String(error)}`);
      return undefined;
    }
  }

  private deaf(): undefined {
    this.isDeaf = true;
  }

  /** Opens the document, or replaces its text; the server then reviews this text instead of the file. */
  async show(path: string, bytes: Uint8Array): Promise<void> {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const uri = uriOfPath(path);
    const version = (this.versions.get(path) ?? 0) + 1;
    this.versions.set(path, version);
    this.published.delete(path);
    if (version === 1) {
      await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, version, languageId: 'go', text },
      });
    } else {
      await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    }
  }

  /** Closes the document: the server reviews the file again. */
  async hide(path: string): Promise<void> {
    if (!this.versions.delete(path)) return;
    this.published.delete(path);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri: uriOfPath(path) } });
  }

  isShown(path: string): boolean {
    return this.versions.has(path);
  }

  /** Called after each publication; one listener at a time. */
  onPublish(listener: () => void): void {
    this.publishListener = listener;
  }

  /** Never rejects: a server that cannot say goodbye is ended all the same. */
  async stop(): Promise<void> {
    try {
      await Promise.race([this.connection.sendRequest(ShutdownRequest.type), this.link.failed, delay(1000)]);
      await this.connection.sendNotification(ExitNotification.type);
    } catch (error) {
      this.options.onLog(`shutdown: ${String(error)}`);
    }
    await this.link.close();
    this.connection.dispose();
  }

  private async initialize(): Promise<void> {
    const { connection } = this;
    this.listen();
    connection.listen();
    const { version, roots, targets, only, settings, configured, takesSuppressed } = this.options;
    const initializationOptions: InitializationOptions = {
      settings,
      targets: targets.map(uriOfPath),
      only: only?.map(uriOfPath),
      configured: configured.map(uriOfPath),
      takesAllFindings: true,
      takesSuppressed,
    };
    const answer = this.ask(() =>
      connection.sendRequest(InitializeRequest.type, {
        processId: process.pid,
        clientInfo: { name: 'escapement-cli', version },
        rootUri: roots.length === 0 ? null : uriOfPath(roots[0]),
        workspaceFolders: roots.map((root) => ({ uri: uriOfPath(root), name: baseName(root) })),
        capabilities: CAPABILITIES,
        initializationOptions,
      }),
    );
    const { capabilities } = await Promise.race([answer, tooLate()]);
    this.capabilities = capabilities;
    await connection.sendNotification(InitializedNotification.type, {});
  }

  private listen(): void {
    const { connection, options } = this;
    connection.onError(([error]) => options.onLog(`connection: ${error.message}`));
    connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
      const path = pathOfUri(uri);
      const isOld = path !== undefined && version !== undefined && version !== this.versions.get(path);
      if (path !== undefined && !isOld) this.published.set(path, diagnostics);
      this.publishListener();
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => options.onLog(message));
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => (section === 'escapement' ? options.settings : null)),
    );
    connection.onRequest(RegistrationRequest.type, () => {});
    connection.onRequest(WorkDoneProgressCreateRequest.type, () => {});
  }
}

/** How long a server may take to introduce itself. */
const INITIALIZE_PATIENCE_MS = 30_000;

async function tooLate(): Promise<never> {
  await delay(INITIALIZE_PATIENCE_MS);
  throw new UsageError(`the server did not answer within ${INITIALIZE_PATIENCE_MS / 1000} s`);
}

function isStale(error: unknown): boolean {
  return error instanceof ResponseError && (error.code === LSPErrorCodes.ContentModified || error.code === LSPErrorCodes.ServerCancelled);
}

export function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
