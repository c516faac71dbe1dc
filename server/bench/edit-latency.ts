/** Opens one file in a server process of its own, types into it, and times each edit until its diagnostics arrive. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Readable, Writable } from 'node:stream';
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';

const CLI = join(import.meta.dirname, '../../dist/escapement.js');
const WARM_UP = 10;

export interface EditLatency {
  readonly medianMs: number;
  readonly p95Ms: number;
  /** A hover where there is nothing to say: transport and message loop alone. */
  readonly bareMedianMs: number;
  /** User and system time of the server process per edit. */
  readonly cpuMs: number;
}

export async function measureEdits(path: string, edits: number): Promise<EditLatency> {
  const server = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  const uri = URI.file(path).toString();
  await open(connection, uri, readFileSync(path, 'utf8'));

  const times: number[] = [];
  const bare: number[] = [];
  let cpuBefore = 0;
  for (let edit = 0; edit < WARM_UP + edits; edit++) {
    if (edit === WARM_UP) cpuBefore = cpuMillisecondsOf(server);
    const elapsed = await timeEdit(connection, uri, edit);
    const idle = await timeBareRequest(connection, uri);
    if (edit < WARM_UP) continue;
    times.push(elapsed);
    bare.push(idle);
  }
  const cpuMs = (cpuMillisecondsOf(server) - cpuBefore) / edits;
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  return { medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95), bareMedianMs: quantile(bare, 0.5), cpuMs };
}

async function open(connection: ProtocolConnection, uri: string, text: string): Promise<void> {
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { settings: { preset: 'all' } },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'go', version: 0, text } });
}

/** Types a comment into the empty line it first makes at the top, so that the place of everything below moves. */
async function timeEdit(connection: ProtocolConnection, uri: string, edit: number): Promise<number> {
  const text = edit === 0 ? '//\n' : 'x';
  const start = { line: 0, character: edit === 0 ? 0 : 2 };
  const begin = performance.now();
  await connection.sendNotification(DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: edit + 1 },
    contentChanges: [{ range: { start, end: start }, text }],
  });
  const report: DocumentDiagnosticReport = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  const elapsed = performance.now() - begin;
  if (report.kind !== 'full') throw new Error('the server says that nothing changed after an edit');
  return elapsed;
}

async function timeBareRequest(connection: ProtocolConnection, uri: string): Promise<number> {
  const begin = performance.now();
  await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 0 } });
  return performance.now() - begin;
}

/** From /proc, which counts all threads; 0 where there is none. */
function cpuMillisecondsOf(server: ChildProcessByStdio<Writable, Readable, null>): number {
  try {
    const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
