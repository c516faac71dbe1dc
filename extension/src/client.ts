/**
 * The language client's life: start, stop, restart. The server is our own bundle on the editor's Node, so nothing of the
 * workspace is run and an untrusted folder is served like any other.
 */
import { EventEmitter, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State, TransportKind } from 'vscode-languageclient/node';
import { EXPLAIN_COMMAND, type InitializationOptions, type Settings } from '../../server/src/lsp/protocol.ts';

const RULE_SETTING = 'escapement.rules.';

interface Manifest {
  readonly version: string;
  readonly contributes: { readonly configuration: readonly { readonly properties: Readonly<Record<string, unknown>> }[] };
}

export type ClientState = 'stopped' | 'starting' | 'running' | 'failed';

export class EscapementClient {
  readonly output: LogOutputChannel = window.createOutputChannel('Escapement', { log: true });
  private readonly stateChanged = new EventEmitter<ClientState>();
  readonly onStateChanged = this.stateChanged.event;
  readonly version: string;
  /** Ids of all rules, read off the settings that the manifest generates from them. */
  readonly ruleIds: readonly string[];
  private languageClient: LanguageClient | undefined;

  constructor(private readonly context: ExtensionContext) {
    const manifest: Manifest = context.extension.packageJSON;
    this.version = manifest.version;
    this.ruleIds = manifest.contributes.configuration
      .flatMap((section) => Object.keys(section.properties))
      .filter((setting) => setting.startsWith(RULE_SETTING))
      .map((setting) => setting.slice(RULE_SETTING.length));
  }

  async start(): Promise<void> {
    this.stateChanged.fire('starting');
    const client = new LanguageClient('escapement', 'Escapement', this.serverOptions(), this.clientOptions());
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

  private serverOptions(): ServerOptions {
    const module = this.context.asAbsolutePath('dist/server.js');
    return {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
    };
  }

  private clientOptions(): LanguageClientOptions {
    return {
      documentSelector: [
        { language: 'go', scheme: 'file' },
        { language: 'go', scheme: 'untitled' },
        // So that a configuration counts as it is typed, and its edits are of the text on the screen.
        { pattern: '**/.escapement.{yml,yaml,toml,json}', scheme: 'file' },
      ],
      outputChannel: this.output,
      initializationOptions: (): InitializationOptions => ({
        settings: workspace.getConfiguration().get<Settings>('escapement') ?? {},
        commands: [EXPLAIN_COMMAND],
        showsFindingsInHovers: true,
      }),
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
      connectionOptions: { maxRestartCount: 4 },
    };
  }
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
