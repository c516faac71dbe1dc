/** The built server in a process of its own over stdio, as benches talk to it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';

const CLI = join(import.meta.dirname, '../../dist/escapement.js');

export interface ServerOptions {
  /** Folder of the workspace; none when absent. */
  readonly root?: string;
  readonly capabilities?: ClientCapabilities;
  /** Arguments of Node before the script. */
  readonly node?: readonly string[];
}

export class BenchServer {
  /** What came on standard error. */
  errors = '';

  private constructor(
    private readonly child: ChildProcessByStdio<Writable, Readable, Readable>,
    readonly connection: ProtocolConnection,
  ) {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
  }

  /** Resolves when it is initialized, all rules on. */
  static async start({ root, capabilities, node }: ServerOptions = {}): Promise<BenchServer> {
    const child = spawn(process.execPath, [...(node ?? []), CLI, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const server = new BenchServer(child, connection);
    connection.onRequest(RegistrationRequest.type, () => {});
    connection.listen();
    await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: root === undefined ? null : uriOf(root),
      capabilities: { textDocument: { diagnostic: {} }, ...capabilities },
      initializationOptions: { settings: { preset: 'all' } },
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return server;
  }

  open(path: string, text: string, version = 0): Promise<void> {
    const textDocument = { uri: uriOf(path), languageId: 'go', version, text };
    return this.connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
  }

  edit(path: string, version: number, start: Position, end: Position, text: string): Promise<void> {
    return this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: uriOf(path), version },
      contentChanges: [{ range: { start, end }, text }],
    });
  }

  /** Throws when the server says that nothing changed. */
  async pull(path: string): Promise<readonly Diagnostic[]> {
    const report = await this.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOf(path) } });
    if (report.kind !== 'full') throw new Error('the server says that nothing changed');
    return report.items;
  }

  /** User and system time of all threads so far, in milliseconds; 0 where there is no /proc. */
  get cpuMs(): number {
    const fields = this.proc('stat').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 10;
  }

  /** Resident memory in MB of 2^20 bytes; 0 where there is no /proc. */
  get residentMb(): number {
    return Number(/VmRSS:\s+(\d+) kB/.exec(this.proc('status'))?.[1] ?? 0) / 1024;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  get exited(): Promise<void> {
    return new Promise((resolve) => this.child.once('exit', () => resolve()));
  }

  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
  }

  private proc(file: string): string {
    try {
      return readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8');
    } catch {
      return '';
    }
  }
}

export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/** NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
