/**
 * An editor and its server process, with what must hold at every moment: one answer to each request, nothing of an older text
 * after a newer one, and after a frame that is none an end with a reason or a server that goes on. It starts what has ended anew.
 */
import { pathToFileURL } from 'node:url';
import type { Editor } from './editor.ts';
import { SECRET, stampsOf } from './texts.ts';
import { type Message, type Outcome, Wire } from './wire.ts';

/** Who asks for findings: the client, or nobody, so that the server publishes them. */
export type Delivery = 'pull' | 'push';

export interface SessionOptions {
  readonly script: string;
  readonly delivery: Delivery;
}

const CAPABILITIES = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
  },
};
const PULLING = {
  diagnostic: {},
  codeAction: {
    codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
    dataSupport: true,
    resolveSupport: { properties: ['edit'] },
    isPreferredSupport: true,
    disabledSupport: true,
  },
};

export class Session {
  /** Whatever went wrong, in words. */
  readonly violations: string[] = [];
  /** Times the server ended at a broken frame, and was started again. */
  restarts = 0;
  requests = 0;
  wire: Wire;
  /** The last publication of each URI. */
  readonly published = new Map<string, { readonly version: number | undefined; readonly diagnostics: readonly unknown[] }>();
  private readonly pending = new Set<Promise<unknown>>();
  private readonly newest = new Map<string, number>();
  private asked = 0;

  private constructor(
    readonly editor: Editor,
    readonly options: SessionOptions,
  ) {
    this.wire = this.startWire();
  }

  static async start(editor: Editor, options: SessionOptions): Promise<Session> {
    const session = new Session(editor, options);
    await session.initialize();
    return session;
  }

  notify(method: string, params: unknown): void {
    this.wire.notify(method, params);
  }

  /** Does not wait: answers are judged when they come. */
  ask(method: string, params: unknown, judge: (outcome: Outcome) => void = () => {}): number | string {
    const id = this.wire.nextId();
    const work = this.wire.request(method, params, id).then(judge, (error: unknown) => {
      this.violations.push(String(error));
    });
    this.requests++;
    this.pending.add(work);
    void work.finally(() => this.pending.delete(work));
    return id;
  }

  /** Findings of a document: those of the text at the time of asking, or of a later one. */
  pull(file: string): number | string {
    const { editor } = this;
    const [held, asked] = [editor.open.get(file), editor.stampOf(file)];
    return this.ask('textDocument/diagnostic', { textDocument: { uri: editor.uriOf(file) } }, (outcome) => {
      if (outcome.kind === 'ended' || held === undefined || asked === undefined || editor.open.get(file) !== held) return;
      for (const stamp of stampsOf(itemsOf(outcome.message.result))) {
        if (stamp < asked || stamp > editor.lastStamp) this.violations.push(`a pull at stamp ${asked} was answered for stamp ${stamp}`);
      }
    });
  }

  /** Sends what is no message, and then waits for a sign of life or an end with a reason. */
  async garble(bytes: string): Promise<void> {
    const { wire } = this;
    wire.raw(bytes);
    // A sign of life may be swallowed by the broken frame; the next one must not be.
    const signs = [1, 2, 3].map(() => wire.request('escapement/debugInformation', null));
    const outcome = await Promise.race([...signs, wire.ended.then((ending): Outcome => ({ kind: 'ended', ending }))]);
    if (outcome.kind === 'answered') return;
    const { code, stderr } = outcome.ending;
    if (code !== 1 || !/^escapement: \S.*\n$/m.test(stderr)) {
      this.violations.push(`after ${JSON.stringify(bytes.slice(0, 80))} the server ended with ${code}: ${stderr}`);
    }
    await this.restart();
  }

  /** All requests so far are answered, and all changed settings were asked for. */
  async settled(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
    for (const begin = Date.now(); this.asked <= this.editor.flips; ) {
      if (this.wire.hasEnded || Date.now() - begin > 30_000)
        throw new Error(`the server does not ask for the settings: ${this.wire.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.violations.push(...this.wire.offences.splice(0));
    if (this.wire.hasEnded) throw new Error(`the server has ended: ${this.wire.stderr}`);
  }

  async stop(): Promise<void> {
    await this.wire.stop();
    this.judgeLog(this.wire.stderr);
  }

  /** As an editor does: the same documents, as they are now. */
  private async restart(): Promise<void> {
    await this.settleEnded();
    this.restarts++;
    this.newest.clear();
    this.published.clear();
    this.asked = 0;
    this.editor.flips = 0;
    this.wire = this.startWire();
    await this.initialize();
    for (const file of this.editor.open.keys()) this.open(file);
  }

  private async settleEnded(): Promise<void> {
    while (this.pending.size > 0) await Promise.all(this.pending);
    this.violations.push(...this.wire.offences);
    this.judgeLog(this.wire.stderr);
  }

  /** Tells the server of a document that the editor holds. */
  open(file: string): void {
    const held = this.editor.open.get(file);
    if (held === undefined) return;
    const uri = this.editor.uriOf(file);
    this.newest.delete(uri);
    this.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'go', version: held.version, text: held.text } });
  }

  private startWire(): Wire {
    const settings = (): unknown => {
      this.asked++;
      return this.editor.settings;
    };
    return new Wire({ script: this.options.script, settings, onNotification: (message) => this.heard(message) });
  }

  private async initialize(): Promise<void> {
    const pulls = this.options.delivery === 'pull';
    await this.wire.result('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(this.editor.root).href, name: 'w' }],
      capabilities: {
        ...CAPABILITIES,
        general: { positionEncodings: [this.editor.encoding, 'utf-16'] },
        ...(pulls ? { textDocument: PULLING } : {}),
      },
    });
    this.notify('initialized', {});
  }

  private heard({ method, params }: Message): void {
    if (method === 'window/logMessage') this.judgeLog(JSON.stringify(params));
    if (method === 'textDocument/publishDiagnostics') this.judge(params, 'publication');
    if (method === '$/progress') for (const item of itemsIn(params)) this.judge(item, 'workspace report');
  }

  private judgeLog(text: string): void {
    if (text.includes(SECRET)) this.violations.push(`the log holds source text: ${text}`);
  }

  /** Of one URI nothing older comes after something newer, and what names a version is of that version. */
  private judge(report: unknown, kind: string): void {
    if (!isReport(report)) return;
    const { uri, version } = report;
    const items = report.diagnostics ?? report.items ?? [];
    if (kind === 'publication') this.published.set(uri, { version: version ?? undefined, diagnostics: items });
    const file = [...this.editor.open.keys()].find((each) => this.editor.uriOf(each) === uri);
    const held = file === undefined ? undefined : this.editor.open.get(file);
    if (held === undefined || version === undefined || version === null) return;
    const [key, expected] = [`${kind} ${uri}`, held.stamps.get(version)];
    if (version > held.version) this.violations.push(`${kind} of version ${version}, which is not yet`);
    for (const stamp of stampsOf(items)) {
      if (expected !== undefined && stamp !== expected) this.violations.push(`${kind} of stamp ${stamp} as version ${version}`);
      if (stamp < (this.newest.get(key) ?? 0)) this.violations.push(`${kind} of stamp ${stamp} after ${this.newest.get(key)}`);
      this.newest.set(key, Math.max(stamp, this.newest.get(key) ?? 0));
    }
  }
}

interface Report {
  readonly uri: string;
  readonly version?: number | null;
  readonly diagnostics?: readonly unknown[];
  readonly items?: readonly unknown[];
}

function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string';
}

/** Items of a full report; none of any other. */
export function itemsOf(result: unknown): readonly unknown[] {
  return typeof result === 'object' && result !== null && 'items' in result && Array.isArray(result.items) ? result.items : [];
}

function itemsIn(params: unknown): readonly unknown[] {
  return typeof params === 'object' && params !== null && 'value' in params ? itemsOf(params.value) : [];
}
