/**
 * The wire to a real server process, byte by byte: what a client library would hide (a second answer, an answer to nobody, a
 * frame that is none) is seen here. It answers what the server asks, as an editor would.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface Message {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

export interface Ending {
  readonly code: number | null;
  readonly stderr: string;
}

export type Outcome = { readonly kind: 'answered'; readonly message: Message } | { readonly kind: 'ended'; readonly ending: Ending };

export interface WireOptions {
  /** `dist/escapement.js` or a twin of it. */
  readonly script: string;
  /** What the client answers to `workspace/configuration`. */
  readonly settings: () => unknown;
  /** Sees every notification of the server, in order. */
  readonly onNotification: (message: Message) => void;
}

/** Wall time after which a server that says nothing is deaf; wide, because machines are busy. */
const DEAF_MS = 60_000;

export class Wire {
  /** What no server may do, said in words: answers to nobody, second answers. */
  readonly offences: string[] = [];
  readonly ended: Promise<Ending>;
  hasEnded = false;
  /** All that came on standard error. */
  stderr = '';
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting = new Map<number | string, (outcome: Outcome) => void>();
  private readonly answered = new Set<number | string>();
  private bytes = Buffer.alloc(0);
  private lastId = 0;

  constructor(private readonly options: WireOptions) {
    const env = { ...process.env, ESCAPEMENT_CACHE: 'off' };
    this.child = spawn(process.execPath, [options.script, 'lsp', '--stdio'], { env });
    this.child.stdin.on('error', () => {});
    this.child.stdout.on('data', (chunk: Buffer) => this.read(chunk));
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('close', (code) => {
        this.hasEnded = true;
        const ending = { code, stderr: this.stderr };
        for (const settle of this.waiting.values()) settle({ kind: 'ended', ending });
        this.waiting.clear();
        resolve(ending);
      });
    });
  }

  get processId(): number {
    return this.child.pid ?? 0;
  }

  notify(method: string, params: unknown): void {
    this.send({ method, params });
  }

  /** An id for `request`, for those who want to cancel. */
  nextId(): number | string {
    this.lastId++;
    return this.lastId % 3 === 0 ? `s${this.lastId}` : this.lastId;
  }

  /** Rejects when the server neither answers nor ends. */
  request(method: string, params: unknown, id: number | string = this.nextId()): Promise<Outcome> {
    if (this.hasEnded) return this.ended.then((ending) => ({ kind: 'ended', ending }));
    const outcome = new Promise<Outcome>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`deaf: no answer to ${method}`)), DEAF_MS);
      this.waiting.set(id, (settled) => {
        clearTimeout(timer);
        resolve(settled);
      });
    });
    this.send({ id, method, params });
    return outcome;
  }

  /** The result, for who needs one; throws the error, or what the server said last. */
  async result(method: string, params: unknown): Promise<unknown> {
    const outcome = await this.request(method, params);
    if (outcome.kind === 'ended') throw new Error(`the server ended with ${outcome.ending.code}: ${outcome.ending.stderr}`);
    if (outcome.message.error !== undefined) throw new Error(`${method}: ${JSON.stringify(outcome.message.error)}`);
    return outcome.message.result;
  }

  raw(bytes: string | Uint8Array): void {
    if (!this.hasEnded) this.child.stdin.write(bytes);
  }

  async stop(): Promise<void> {
    if (!this.hasEnded) this.child.kill('SIGKILL');
    await this.ended;
  }

  private send(message: Message): void {
    this.raw(frameOf(JSON.stringify({ jsonrpc: '2.0', ...message })));
  }

  private read(chunk: Buffer): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    for (;;) {
      const end = this.bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.bytes.toString('latin1', 0, end))?.[1]);
      if (this.bytes.length < end + 4 + length) return;
      const body = this.bytes.toString('utf8', end + 4, end + 4 + length);
      this.bytes = this.bytes.subarray(end + 4 + length);
      this.receive(JSON.parse(body));
    }
  }

  private receive(message: Message): void {
    if (message.method === undefined) this.take(message);
    else if (message.id === undefined) this.options.onNotification(message);
    else this.reply(message);
  }

  private take(message: Message): void {
    const { id } = message;
    const settle = id === undefined || id === null ? undefined : this.waiting.get(id);
    if (id === undefined || id === null || settle === undefined) {
      if (id !== null) this.offences.push(this.answered.has(id ?? '') ? `answered ${id} twice` : `answered ${id}, which nobody asked`);
      return;
    }
    this.waiting.delete(id);
    this.answered.add(id);
    settle({ kind: 'answered', message });
  }

  private reply({ id, method, params }: Message): void {
    const items = hasItems(params) ? params.items : [];
    const result = method === 'workspace/configuration' ? items.map(() => this.options.settings()) : null;
    this.raw(frameOf(JSON.stringify({ jsonrpc: '2.0', id, result })));
  }
}

/** A body between its header and nothing. */
export function frameOf(body: string): string {
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function hasItems(params: unknown): params is { readonly items: readonly unknown[] } {
  return typeof params === 'object' && params !== null && 'items' in params && Array.isArray(params.items);
}
