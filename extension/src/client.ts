/**
 * The language client's life: start, stop, restart. How the server is started is the entry's to say: on the editor's Node or in
 * a worker of the browser. It is our own bundle either way, so nothing of the workspace is run and an untrusted folder is served
 * like any other.
 */
import { EventEmitter, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { type BaseLanguageClient, CloseAction, ErrorAction, type LanguageClientOptions, State } from 'vscode-languageclient';
import {
  EXPLAIN_COMMAND,
  type InitializationOptions,
  READ_FILES_REQUEST,
  type Settings,
  STATUS_NOTIFICATION,
  type Status,
} from '../../server/src/lsp/protocol.ts';
import { readFiles } from './read-files.ts';

const RULE_SETTING = 'escapement.rules.';

interface Manifest {
  readonly version: string;
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[] };
}

/** Deaths and failed starts in so many milliseconds after which nothing restarts by itself. */
const PATIENCE = { times: 5, withinMs: 180_000 } as const;
/** Before a start that failed is tried again. */
const PAUSE_MS = 300;

const SAME_FAILURE_MS = 500;

export type ClientState = 'stopped' | 'starting' | 'running' | 'failed';

/** Makes a client of a server that is yet to be started. */
export type ClientFactory = (context: ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

export class EscapementClient {
  readonly output: LogOutputChannel = window.createOutputChannel('Escapement', { log: true });
  private readonly stateChanged = new EventEmitter<ClientState>();
  readonly onStateChanged = this.stateChanged.event;
  private readonly statusTold = new EventEmitter<Status>();
  /** What the server says of itself while it runs. */
  readonly onStatus = this.statusTold.event;
  readonly version: string;
  /** Ids of all rules, read off the settings that the manifest generates from them. */
  readonly ruleIds: readonly string[];
  private languageClient: BaseLanguageClient | undefined;
  /** When the server died or did not start, as `Date.now()` says. */
  private failures: readonly number[] = [];

  constructor(
    private readonly context: ExtensionContext,
    private readonly createClient: ClientFactory,
  ) {
    const manifest: Manifest = context.extension.packageJSON;
    this.version = manifest.version;
    this.ruleIds = manifest.contributes.configuration
      .flatMap((section) => Object.keys(section.properties))
      .filter((setting) => setting.startsWith(RULE_SETTING))
      .map((setting) => setting.slice(RULE_SETTING.length));
  }

  async start(): Promise<void> {
    this.stateChanged.fire('starting');
    const client = quiet(this.createClient(this.context, this.clientOptions()));
    client.onRequest(READ_FILES_REQUEST, readFiles);
    client.onDidChangeState(({ newState }) => {
      if (client !== this.languageClient) return;
      this.stateChanged.fire(clientState(newState));
      const hasEnded = newState === State.StartFailed || newState === State.Stopped;
      if (hasEnded && this.mayGoOn()) setTimeout(() => this.startAgain(client), newState === State.Stopped ? 0 : PAUSE_MS);
    });
    client.onNotification(STATUS_NOTIFICATION, (status: Status) => this.statusTold.fire(status));
    this.languageClient = client;
    try {
      await client.start();
    } catch (error) {
      this.stateChanged.fire('failed');
      this.output.error(`the language server did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async stop(): Promise<void> {
    const client = this.languageClient;
    this.languageClient = undefined;
    try {
      if (client?.isRunning()) await client.stop();
      await client?.dispose();
    } catch (error) {
      // One that never came up cannot be stopped; it is gone all the same.
      this.output.warn(`the language client: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Starts anew, which also helps after the client gave up on a crashing server. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** After the user asked for it, everything is forgiven. */
  async restartAnew(): Promise<void> {
    this.failures = [];
    await this.restart();
  }

  private async startAgain(failed: BaseLanguageClient): Promise<void> {
    if (failed === this.languageClient) await this.restart();
  }

  /** Counts a failure. At the last one the user is asked. */
  private mayGoOn(): boolean {
    const now = Date.now();
    // A death while starting is told twice: as a connection that closed and as a start that failed.
    const isTold = now - (this.failures.at(-1) ?? 0) < SAME_FAILURE_MS;
    this.failures = [...this.failures.filter((at) => now - at < PATIENCE.withinMs), ...(isTold ? [] : [now])];
    if (this.failures.length < PATIENCE.times) return true;
    void this.askForRestart();
    return false;
  }

  private async askForRestart(): Promise<void> {
    const chosen = await window.showErrorMessage(
      `The Escapement language server ended ${PATIENCE.times} times within three minutes and stays stopped.`,
      'Restart',
      'Open Log',
    );
    if (chosen === 'Restart') await this.restartAnew();
    if (chosen === 'Open Log') this.output.show();
  }

  /** Asks the server; undefined when it is not running. */
  async request<Result>(method: string, parameters: object): Promise<Result | undefined> {
    if (!this.languageClient?.isRunning()) return undefined;
    return this.languageClient.sendRequest<Result>(method, parameters);
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [
        // Of any scheme: what is on no disk is read through the editor.
        { language: 'go' },
        // So that a configuration counts as it is typed, and its edits are of the text on the screen.
        { pattern: '**/.escapement.{yml,yaml,toml,json}' },
      ],
      outputChannel: this.output,
      initializationOptions: (): InitializationOptions => ({
        settings: settingsNow(),
        commands: [EXPLAIN_COMMAND],
        showsFindingsInHovers: true,
        readsFiles: true,
        showsStatus: true,
      }),
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        // A client that starts again by itself is undone by what the death while starting leaves behind: a new one starts instead.
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
    };
  }
}

/** As plain data: VS Code gives a view of its settings, which no message to a worker may hold. */
function settingsNow(): Settings {
  return JSON.parse(JSON.stringify(workspace.getConfiguration().get<Settings>('escapement') ?? {}));
}

/** It says in the log what it says at all: the status tells how the server is, and one message what to do when it stays away. */
function quiet(client: BaseLanguageClient): BaseLanguageClient {
  const log = client.error.bind(client);
  client.error = (message, data) => log(message, data, false);
  return client;
}

function clientState(state: State): ClientState {
  switch (state) {
    case State.Running:
      return 'running';
    case State.Starting:
      return 'starting';
    case State.StartFailed:
      return 'failed';
    default:
      return 'stopped';
  }
}
