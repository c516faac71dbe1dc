/**
 * The settings in force: what the client said, folded by the host with the configuration files. One at a time, because an
 * answer of the client may overtake a change of a file.
 */
import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { directoryOf, isWithin, LineTable, type Logger } from '../base/index.ts';
import { findConfiguration, rulesAnywhere } from '../config/index.ts';
import type { Client } from './client.ts';
import type { DocumentStore } from './documents.ts';
import { toLspRange } from './encoding.ts';
import { hashText } from './hash.ts';
import type { ConfigurationProblem, ServerHost, SettledSettings } from './host.ts';
import { type Settings, SOURCE } from './protocol.ts';
import { pathOfUri, uriOfPath } from './uri.ts';

/** How long a review waits for the client's settings before it starts with those it has. */
const PATIENCE_MS = 2000;

export class SettingsStore {
  /** Changes when the settings do. */
  key = '';
  files: readonly string[] = [];
  /** Rules that are on. */
  ruleCount = 0;
  private fromClient: Settings = {};
  /** What the client says otherwise for a folder, by the folder's path. */
  private ofFolders: ReadonlyMap<string, Settings> = new Map();
  /** Directories in the workspace that have a configuration file of their own. */
  private configured: readonly string[] = [];
  private chain: Promise<void> = Promise.resolve();
  private marked = new Set<string>();
  private listener: () => void = () => {};

  constructor(
    private readonly connection: Connection,
    private readonly host: ServerHost,
    private readonly documents: DocumentStore,
    private readonly client: () => Client,
    private readonly roots: () => readonly string[],
    private readonly logger: Logger,
  ) {}

  get isEnabled(): boolean {
    return this.fromClient.enable !== false;
  }

  get scope(): 'openFiles' | 'workspace' {
    return this.fromClient.scope ?? 'workspace';
  }

  /** Whether a configuration file has a say on the rule: the client's own settings come before it. */
  followsConfiguration(rule: string): boolean {
    const { config, preset, rules } = this.fromClient;
    return config !== false && preset !== 'none' && (rules?.[rule] ?? null) === null;
  }

  /** The configuration file that decides for a path; undefined where there is none. */
  fileFor(path: string): string | undefined {
    const [first] = this.files;
    if (this.hasNamed) return first;
    return this.files
      .filter((file) => isWithin(directoryOf(file), path))
      .sort((a, b) => b.length - a.length)
      .at(0);
  }

  get showsInlayHints(): boolean {
    return this.isEnabled && this.fromClient.inlayHints === true;
  }

  get showsCodeLens(): boolean {
    return this.isEnabled && this.fromClient.codeLens === true;
  }

  /** Called after settings have changed and hold; not for the first ones. */
  onChange(listener: () => void): void {
    this.listener = listener;
  }

  /** Takes settings as the client sent them; anything but an object counts as none. */
  accept(settings: unknown): Promise<void> {
    return this.enqueue(async () => {
      this.fromClient = isSettings(settings) ? settings : {};
      this.ofFolders = new Map();
      await this.settle();
    });
  }

  /** Asks the client for its `escapement` section, of each folder too where there are several; else folds anew what is known. */
  pull(): Promise<void> {
    if (!this.client().answersConfiguration) return this.refold();
    return this.enqueue(async () => {
      try {
        const folders = this.folders();
        const scopes = folders.map((folder) => ({ scopeUri: uriOfPath(folder), section: SOURCE }));
        const [settings, ...each]: unknown[] = await this.connection.workspace.getConfiguration([{ section: SOURCE }, ...scopes]);
        if (isSettings(settings)) this.fromClient = settings;
        this.ofFolders = new Map(folders.flatMap((folder, i) => (isSettings(each[i]) ? [[folder, each[i]]] : [])));
      } catch (error) {
        this.logger.warn(`the client did not give its settings: ${String(error)}`);
      }
      await this.settle();
    });
  }

  /** A configuration file may have changed. */
  refold(): Promise<void> {
    return this.enqueue(() => this.settle());
  }

  /** From now on the configuration files in these directories hold there. */
  hold(directories: readonly string[]): Promise<void> {
    if (directories.join('\n') === this.configured.join('\n')) return this.chain;
    this.configured = directories;
    return this.refold();
  }

  /** A document was opened, perhaps below a configuration file that nobody has come by. */
  async documentOpened(path: string): Promise<void> {
    const file = this.hasNamed ? undefined : findConfiguration(this.host.fileSystem, directoryOf(path));
    if (file !== undefined && !this.files.includes(file)) await this.refold();
  }

  /** Resolves when the settings asked for so far hold; never rejects, never waits long. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, PATIENCE_MS);
      this.chain.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private enqueue(step: () => Promise<void>): Promise<void> {
    this.chain = this.chain.then(step).catch((error: unknown) => this.logger.error(`settings: ${String(error)}`));
    return this.chain;
  }

  /** Folders that may each have a mind of its own; none where there is only one. */
  private folders(): readonly string[] {
    const directories = new Set(this.roots().map((root) => (root.endsWith('.go') ? directoryOf(root) : root)));
    return directories.size > 1 ? [...directories] : [];
  }

  /** What the client says of the innermost folder around a directory. */
  private clientOf(directory: string): Settings {
    const around = [...this.ofFolders].filter(([folder]) => isWithin(folder, directory));
    const [innermost] = around.sort(([a], [b]) => b.length - a.length);
    return innermost?.[1] ?? this.fromClient;
  }

  /** Whether the client says which configuration file holds, or that none does. */
  private get hasNamed(): boolean {
    const { config } = this.fromClient;
    return config === false || (typeof config === 'string' && config !== '');
  }

  /** Directories that may have a configuration file of their own, besides the folders. */
  private nested(): readonly string[] {
    if (this.hasNamed) return (this.client().options.configured ?? []).flatMap((uri) => pathOfUri(uri) ?? []);
    const homes = new Set(this.documents.all().map(({ path }) => directoryOf(path)));
    const files = [...homes].flatMap((home) => findConfiguration(this.host.fileSystem, home) ?? []);
    return [...new Set([...this.configured, ...files.map(directoryOf)])];
  }

  private settled(): SettledSettings {
    const openText = (path: string): Uint8Array | undefined => this.documents.at(path)?.source;
    const base = this.host.settle({ client: this.fromClient, roots: this.roots(), openText });
    const each = this.folders().map((root) => {
      return { root, ...this.host.settle({ client: this.clientOf(root), roots: [root], openText }) };
    });
    const known = new Set([base, ...each].flatMap(({ files }) => files));
    const nested = this.nested().flatMap((root) => {
      const client = { ...this.clientOf(root), config: undefined };
      const one = { root, ...this.host.settle({ client, roots: [root], openText }) };
      return one.files.some((file) => directoryOf(file) === root && !known.has(file)) ? [one] : [];
    });
    const all = [base, ...each, ...nested];
    const own = [...each.filter(({ settings }) => JSON.stringify(settings) !== JSON.stringify(base.settings)), ...nested];
    const problems = new Map(all.flatMap((one) => one.problems).map((problem) => [JSON.stringify(problem), problem]));
    return {
      settings: {
        ...base.settings,
        ...(own.length === 0 ? {} : { folders: own.map(({ root, settings }) => ({ root, settings })) }),
      },
      problems: [...problems.values()],
      files: [...new Set(all.flatMap(({ files }) => files))],
    };
  }

  private async settle(): Promise<void> {
    const settled = this.settled();
    this.files = settled.files;
    this.publish(settled.problems);
    this.ruleCount = rulesAnywhere(settled.settings).size;
    const key = hashText(JSON.stringify([settled.settings, this.isEnabled, this.scope, this.showsInlayHints, this.showsCodeLens]));
    if (key === this.key) return;
    await this.host.service.configure(settled.settings);
    const isFirst = this.key === '';
    this.key = key;
    if (!isFirst) this.listener();
  }

  /** Pushed to every client: nobody pulls diagnostics of a configuration file. */
  private publish(problems: readonly ConfigurationProblem[]): void {
    const byPath = new Map<string, Diagnostic[]>([...this.marked].map((path) => [path, []]));
    for (const problem of problems) {
      const diagnostics = byPath.get(problem.path) ?? [];
      diagnostics.push(this.toDiagnostic(problem));
      byPath.set(problem.path, diagnostics);
    }
    for (const [path, diagnostics] of byPath) {
      const uri = this.documents.at(path)?.uri ?? uriOfPath(path);
      void this.connection.sendDiagnostics({ uri, diagnostics });
    }
    this.marked = new Set(problems.map((problem) => problem.path));
  }

  private toDiagnostic({ path, range, message, severity }: ConfigurationProblem): Diagnostic {
    const source = this.documents.at(path)?.source ?? this.host.fileSystem.readFile(path) ?? new Uint8Array();
    const lines = new LineTable(source, 'lsp');
    const place = range ?? { start: 0, end: lines.lineEnd(0) };
    return {
      range: toLspRange(lines, place, this.client().encoding),
      severity: severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
      source: SOURCE,
      code: 'configuration',
      message,
    };
  }
}

const KEYS: ReadonlySet<string> = new Set(
  Object.keys({
    enable: true,
    preset: true,
    rules: true,
    ruleOptions: true,
    compat: true,
    go: true,
    goos: true,
    goarch: true,
    tags: true,
    showPossible: true,
    scope: true,
    inlayHints: true,
    codeLens: true,
    config: true,
  } satisfies Record<keyof Settings, true>),
);

/**
 * What pushed settings say of us, in a section or without one; undefined when they speak of other servers only, or of nothing,
 * as many clients do at their start.
 */
export function settingsAmong(sent: unknown): Settings | undefined {
  if (typeof sent !== 'object' || sent === null) return undefined;
  const section: unknown = SOURCE in sent ? sent[SOURCE] : sent;
  if (!isSettings(section)) return undefined;
  return SOURCE in sent || Object.keys(section).some((key) => KEYS.has(key)) ? section : undefined;
}

function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
