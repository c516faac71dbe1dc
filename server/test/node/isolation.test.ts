/**
 * What Restricted Mode rests on: over a whole session, with reviews, fixes, hovers and escapes in a hostile workspace, the server
 * starts no process and opens no socket, in any of its threads. A control does both, to show that the witness sees them.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  InlayHintRequest,
  type ProtocolConnection,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { DEBUG_REQUEST, ESCAPES_REQUEST, FIX_ALL_KIND, uriOfPath } from '../../src/lsp/index.ts';
import { DISTRIBUTION, ROOT } from '../support/distribution.ts';

const WITNESS = join(ROOT, 'server/test/support/witness.cjs');
const CAPABILITIES = {
  textDocument: {
    diagnostic: {},
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};
/** What a repository may say to have somebody else's program run or fetched. */
const HOSTILE = {
  'go.mod': 'module example.com/editors\n\ngo 1.26\n\ntoolchain go1.99.0\n\nrequire gopkg.invalid/absent v1.0.0\n',
  'absent.go': 'package editors\n\nimport "gopkg.invalid/absent"\n\nvar kept = absent.Keep(&order{})\n',
  '.escapement.yml': 'version: 1\nrules:\n  default: all\ntool: ./evil.sh\nserver: [./evil.sh]\n',
  'go.env': 'GOPROXY=https://proxy.invalid\nGOFLAGS=-toolexec=./evil.sh\n',
};

const directory = mkdtempSync(join(tmpdir(), 'escapement-isolation-'));
const workspace = join(directory, 'w');
const record = join(directory, 'record.jsonl');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Seen {
  /** Ids of the threads that were watched. */
  readonly threads: readonly number[];
  /** Calls that were refused, and handles that were made nevertheless. */
  readonly events: readonly string[];
}

function takeRecord(): Seen {
  const lines: { thread?: number; refused?: string; handle?: string }[] = readFileSync(record, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  rmSync(record);
  return {
    threads: lines.flatMap(({ thread }) => thread ?? []),
    events: lines.flatMap(({ refused, handle }) => refused ?? handle ?? []),
  };
}

/** Opens every Go file, and asks of each all that an editor asks. Answers the number of findings and of fixes with an edit. */
async function useAll(connection: ProtocolConnection): Promise<{ findings: number; fixes: number; hovers: number }> {
  const used = { findings: 0, fixes: 0, hovers: 0 };
  for (const name of readdirSync(workspace).filter((each) => each.endsWith('.go'))) {
    const [uri, text] = [uriOfPath(join(workspace, name)), readFileSync(join(workspace, name), 'utf8')];
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument: { uri, languageId: 'go', version: 1, text } });
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    const items = report.kind === 'full' ? report.items : [];
    const all = { start: { line: 0, character: 0 }, end: { line: text.split('\n').length, character: 0 } };
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: all,
      context: { diagnostics: items, only: ['quickfix', FIX_ALL_KIND] },
    });
    for (const action of (actions ?? []).filter((each): each is CodeAction => 'data' in each)) {
      const { edit } = await connection.sendRequest(CodeActionResolveRequest.type, action);
      used.fixes += edit === undefined ? 0 : 1;
    }
    for (const { range } of items) {
      const hover = await connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position: range.start });
      used.hovers += hover === null ? 0 : 1;
    }
    await connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: all });
    await connection.sendRequest(ESCAPES_REQUEST, { uri });
    used.findings += items.length;
  }
  return used;
}

it('runs no process and opens no socket while it serves a hostile workspace', async () => {
  cpSync(join(ROOT, 'test-fixtures/workspaces/editors'), workspace, { recursive: true });
  for (const [name, text] of Object.entries(HOSTILE)) writeFileSync(join(workspace, name), text);
  const server = spawn(process.execPath, ['--require', WITNESS, join(DISTRIBUTION, 'escapement.js'), 'lsp', '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ESCAPEMENT_WITNESS: record, GOFLAGS: '-toolexec=./evil.sh', GOPROXY: 'https://proxy.invalid' },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  const settings = { preset: 'all', inlayHints: true, codeLens: true, showPossible: true };
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: uriOfPath(workspace),
    capabilities: CAPABILITIES,
    initializationOptions: { settings },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const used = await useAll(connection);
  await connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { escapement: { ...settings, go: '1.24' } } });
  const { items } = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
  await connection.sendRequest(DEBUG_REQUEST);
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);

  expect(await ended).toBe(0);
  expect(used.findings).toBeGreaterThanOrEqual(4);
  expect(used.fixes).toBeGreaterThanOrEqual(4);
  expect(used.hovers).toBe(used.findings);
  expect(items.length).toBeGreaterThanOrEqual(7);
  const { threads, events } = takeRecord();
  expect(threads).toContain(0);
  expect(threads.length, 'threads that analyse are watched too').toBeGreaterThan(1);
  expect(events).toEqual([]);
});

it('is watched by a witness that misses nothing', () => {
  const attempts = [
    `require('node:child_process').spawnSync('true')`,
    `require('node:child_process').execFile('true')`,
    `new (require('node:child_process').ChildProcess)().spawn({ file: 'true', args: ['true'] })`,
    `require('node:net').connect(1, '127.0.0.1')`,
    `new (require('node:net').Socket)().connect(1, '127.0.0.1')`,
    `require('node:http').get('http://127.0.0.1:1')`,
    `fetch('http://127.0.0.1:1')`,
    `require('node:dns').lookup('localhost', () => {})`,
    // Below all functions: the handle itself.
    `new (process.binding('tcp_wrap').TCP)(0)`,
    `new (process.binding('process_wrap').Process)()`,
  ];
  const control = join(directory, 'control.cjs');
  const each = attempts.map((attempt) => `try { ${attempt} } catch {}`).join('\n');
  const inThread = `if (require('node:worker_threads').isMainThread) new (require('node:worker_threads').Worker)(__filename);`;
  writeFileSync(control, `${each}\n${inThread}`);
  const env = { ...process.env, ESCAPEMENT_WITNESS: record };
  expect(spawnSync(process.execPath, ['--require', WITNESS, '--no-deprecation', control], { env }).status).toBe(0);
  const { threads, events } = takeRecord();
  expect(threads).toEqual([0, 1]);
  expect(events.length).toBeGreaterThanOrEqual(2 * attempts.length);
  expect(events).toEqual(expect.arrayContaining(['TCPWRAP', 'PROCESSWRAP', 'node:child_process.spawnSync', 'global.fetch']));
});
