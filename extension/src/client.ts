/**
 * The language client's life: start, stop, restart. How the server is started is the entry's to say: on the editor's Node or in
 * a worker of the browser. It is our own bundle either way, so nothing of the workspace is run and an untrusted folder is served
 * like any other.
 */
import { EventEmitter, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { type BaseLanguageClient, type LanguageClientOptions, State } from 'vscode-languageclient';
import { EXPLAIN_COMMAND, type InitializationOptions, READ_FILES_REQUEST, type Settings } from '../../server/src/lsp/protocol.ts';
import { readFiles } from './read-files.ts';

const RULE_SETTING = 'escapement.rules.';

interface Manifest {
  readonly version: string;
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[] };
}

export type ClientState = 'stopped' | 'starting' | 'running' | 'failed';

/** Makes a client of a server that is yet to be started. */
export type ClientFactory = (context: ExtensionContext, options: LanguageClientOptions) => BaseLanguageClient;

export class EscapementClient {
  readonly output: LogOutputChannel = window.createOutputChannel('Escapement', { log: true });
  private readonly stateChanged = new EventEmitter<ClientState>();
  readonly onStateChanged = this.stateChanged.event;
  readonly version: string;
  /** Ids of all rules, read off the settings that the manifest generates from them. */
  readonly ruleIds: readonly string[];
  private languageClient: BaseLanguageClient | undefined;

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
    const client = this.createClient(this.context, this.clientOptions());
    client.onRequest(READ_FILES_REQUEST, readFiles);
    client.onDidChangeState(({ newState }) => this.stateChanged.fire(clientState(newState)));
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
    if (client?.isRunning()) await client.stop();
    await client?.dispose();
  }

  /** Starts anew, which also helps after the client gave up on a crashing server. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
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
      }),
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
      connectionOptions: { maxRestartCount: 4 },
    };
  }
}

/** As plain data: VS Code gives a view of its settings, which no message to a worker may hold. */
function settingsNow(): Settings {
  return JSON.parse(JSON.stringify(workspace.getConfiguration().get<Settings>('escapement') ?? {}));
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
