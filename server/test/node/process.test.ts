/** The bundled server as a process: what an editor starts. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { pathOfUri, uriOfPath } from '../../src/lsp/index.ts';
import { DISTRIBUTION } from '../support/distribution.ts';

const directory = mkdtempSync(join(tmpdir(), 'escapement-'));
const workspace = join(directory, 'w');
const children: ChildProcess[] = [];
const server = join(DISTRIBUTION, 'server.js');

const GROWTH = 'package a\n\nfunc f(xs []int) (out []int) {\n\tfor _, x := range xs {\n\t\tout = append(out, x+1)\n\t}\n\treturn out\n}\n';

beforeAll(() => {
  mkdirSync(workspace);
  writeFileSync(join(workspace, 'go.mod'), 'module example.com/w\n\ngo 1.22\n');
  for (let i = 0; i < 40; i++) {
    mkdirSync(join(workspace, `p${i % 8}`), { recursive: true });
    writeFileSync(join(workspace, `p${i % 8}`, `f${i}.go`), i % 2 === 0 ? GROWTH.replace('func f', `func f${i}`) : 'package a\n');
  }
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => rmSync(directory, { recursive: true }));

function startStdio(): ChildProcess {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

function streamsOf({ stdin, stdout }: ChildProcess): [MessageReader, MessageWriter] {
  if (stdin === null || stdout === null) throw new Error('no pipes');
  return [new StreamMessageReader(stdout), new StreamMessageWriter(stdin)];
}

async function connect(
  [reader, writer]: [MessageReader, MessageWriter],
  processId: number | null = process.pid,
): Promise<ProtocolConnection> {
  const connection = createProtocolConnection(reader, writer);
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId,
    rootUri: uriOfPath(workspace),
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  return connection;
}

async function codesOf(connection: ProtocolConnection, text: string): Promise<unknown[]> {
  const uri = uriOfPath(join(workspace, 'new.go'));
  await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'go', version: 1, text } });
  const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
  return report.kind === 'full' ? report.items.map(({ code }) => code) : [];
}

describe('language server process', () => {
  it('serves over standard streams, and ends with 0 after shutdown and exit', async () => {
    const child = startStdio();
    const connection = await connect(streamsOf(child));
    expect(await codesOf(connection, GROWTH)).toEqual(['slice-growth']);
    await connection.sendRequest(ShutdownRequest.type);
    const ended = exitOf(child);
    await connection.sendNotification(ExitNotification.type);
    expect(await ended).toBe(0);
  });

  it('serves over the channel that VS Code uses', async () => {
    const child = fork(server, ['--node-ipc'], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    children.push(child);
    const connection = await connect([new IPCMessageReader(child), new IPCMessageWriter(child)]);
    expect(await codesOf(connection, GROWTH)).toEqual(['slice-growth']);
    const ended = exitOf(child);
    child.disconnect();
    expect(await ended).toBe(1);
  });

  it('reviews a workspace in its workers', async () => {
    const connection = await connect(streamsOf(startStdio()));
    const { items } = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
    const found = items.filter((item) => item.kind === 'full' && item.items.length > 0);
    expect(items).toHaveLength(40);
    expect(found).toHaveLength(20);
    expect(found.every(({ uri }) => pathOfUri(uri)?.startsWith(workspace))).toBe(true);
  });

  it('ends with 1 when it is told to exit without shutdown', async () => {
    const child = startStdio();
    const connection = await connect(streamsOf(child));
    const ended = exitOf(child);
    await connection.sendNotification(ExitNotification.type);
    expect(await ended).toBe(1);
  });

  it.each([
    ['no length', 'Foo: 1\r\n\r\n{}'],
    ['a length that is no number', 'Content-Length: abc\r\n\r\n{}'],
    ['no JSON', 'Content-Length: 3\r\n\r\n{{{'],
    ['no header', 'garbage\r\n\r\n'],
  ])('ends rather than iteration deaf at %s', async (_, bytes) => {
    const child = startStdio();
    const ended = exitOf(child);
    child.stdin?.write(bytes);
    expect(await ended).toBe(1);
  });

  it('survives messages that are JSON and nothing else', async () => {
    const child = startStdio();
    const connection = await connect(streamsOf(child));
    for (const body of [
      '{}',
      '{"jsonrpc":"2.0"}',
      '{"jsonrpc":"2.0","id":7}',
      '{"jsonrpc":"2.0","method":"no/such"}',
      '{"id":1e9,"result":{}}',
      '[]',
      '"x"',
    ]) {
      child.stdin?.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    }
    expect(await codesOf(connection, GROWTH)).toEqual(['slice-growth']);
  });

  it('ends when the client closes its end', async () => {
    const child = startStdio();
    await connect(streamsOf(child));
    const ended = exitOf(child);
    child.stdin?.end();
    expect(await ended).toBe(1);
  });

  it('ends when the editor has died', async () => {
    const editor = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 1e9)']);
    children.push(editor);
    const child = startStdio();
    await connect(streamsOf(child), editor.pid ?? null);
    const ended = exitOf(child);
    editor.kill('SIGKILL');
    expect(await ended).toBe(1);
  });
});
