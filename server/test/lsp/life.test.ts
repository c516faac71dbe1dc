import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  DidChangeConfigurationNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import { DEBUG_REQUEST, EXPLAIN_REQUEST } from '../../src/lsp/index.ts';
import { at, disposeClients, startTestClient, startTestServer } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';

afterEach(disposeClients);

describe('cancellation', () => {
  it('answers a cancelled request promptly with its own error', async () => {
    const client = await startTestClient();
    client.open(URI, '// SLOW\n');
    const source = new CancellationTokenSource();
    const pulled = client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: URI } }, source.token);
    source.cancel();
    await expect(pulled).rejects.toMatchObject({ code: -32800 });
    client.edit(URI, 2, '// BUG\n');
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  it('does not cancel the review that another request waits for', async () => {
    const client = await startTestClient();
    client.open(URI, '// SLOW BUG\n');
    const source = new CancellationTokenSource();
    const first = client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: URI } }, source.token);
    const second = client.pull(URI);
    source.cancel();
    await expect(first).rejects.toMatchObject({ code: -32800 });
    expect(await second).toMatchObject({ kind: 'full', items: [{ code: 'bug' }] });
  });
});

describe('configuration', () => {
  it('asks the client for its settings before the first answer', async () => {
    const client = await startTestClient({ settings: { rules: { bug: 'off', other: 'warning' } } });
    client.open(URI, '// BUG\n');
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it('asks the client to pull again when settings have changed, and only then', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    const { resultId } = await client.pull(URI);
    const before = client.refreshes;
    void client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await client.pull(URI);
    expect(client.refreshes).toBe(before);
    client.settings = { rules: { other: 'warning' } };
    void client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await expect.poll(() => client.refreshes).toBe(before + 1);
    expect(await client.pull(URI, resultId)).toMatchObject({ kind: 'full', items: [] });
  });

  it('takes settings that are pushed by clients which answer no question', async () => {
    const client = await startTestClient({
      capabilities: { textDocument: { diagnostic: {} } },
      initializationOptions: { settings: { rules: { other: 'hint' } } },
    });
    client.open(URI, '// BUG\n');
    expect(await client.diagnostics(URI)).toEqual([]);
    void client.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: { escapement: { rules: { bug: 'hint' } } },
    });
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  const SILENT = {
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions: { settings: { rules: { other: 'hint' } } },
  } as const;

  it.each([null, {}, { escapement: null }, { escapement: 7 }, { gopls: { buildFlags: [] } }, [[]]])(
    'holds what it was started with where %j says nothing of us',
    async (settings) => {
      const client = await startTestClient(SILENT);
      client.open(URI, '// BUG\n');
      void client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
      expect(await client.diagnostics(URI)).toEqual([]);
    },
  );

  it.each([{ rules: { bug: 'hint' } }, { preset: 'all', gopls: {} }, { escapement: {} }])(
    'takes what %j says, with a section or without',
    async (settings) => {
      const client = await startTestClient(SILENT);
      client.open(URI, '// BUG\n');
      void client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
      expect(await client.diagnostics(URI)).toHaveLength(1);
    },
  );

  it('is silent when switched off', async () => {
    const client = await startTestClient({ settings: { enable: false } });
    client.open(URI, '// BUG\n');
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it('shows problems on the configuration file and takes them back', async () => {
    let message: string | undefined = 'unknown rule';
    const path = '/w/.escapement.yml';
    const settings = { rules: {}, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false };
    const client = await startTestClient({
      files: { [path]: 'version: 1\nrulez: 2\n' },
      host: {
        settle: () => ({
          settings,
          files: [path],
          problems: message === undefined ? [] : [{ path, range: { start: 11, end: 16 }, message, severity: 'error' }],
        }),
      },
    });
    const seen: PublishDiagnosticsParams[] = [];
    client.connection.onNotification(PublishDiagnosticsNotification.type, (params) => void seen.push(params));
    client.open(`file://${path}`, 'version: 1\nrulez: 2\n');
    await expect
      .poll(() => seen.at(-1))
      .toMatchObject({ uri: `file://${path}`, diagnostics: [{ range: at(1, 0, 5), message: 'unknown rule', severity: 1 }] });
    message = undefined;
    client.edit(`file://${path}`, 2, 'version: 1\n');
    await expect.poll(() => seen.at(-1)).toMatchObject({ uri: `file://${path}`, diagnostics: [] });
  });
});

describe('own requests', () => {
  it('explains rules', async () => {
    const client = await startTestClient();
    expect(await client.connection.sendRequest(EXPLAIN_REQUEST, { rule: 'bug' })).toEqual({ markdown: '# bug\n\nA bug.' });
    expect(await client.connection.sendRequest(EXPLAIN_REQUEST, { rule: 'none' })).toBeNull();
    await expect(client.connection.sendRequest(EXPLAIN_REQUEST, { rule: 7 })).rejects.toThrow('expected');
  });

  it('gives debug information without source text and paths', async () => {
    const client = await startTestClient({ root: '/secret' });
    client.open('file:///secret/a.go', '// BUG hidden\n');
    const { text } = await client.connection.sendRequest<{ text: string }>(DEBUG_REQUEST, {});
    expect(text).toContain('escapement 1.2.3');
    expect(text).not.toMatch(/secret|hidden/);
  });
});

describe('life', () => {
  const INITIALIZE = { processId: null, rootUri: null, capabilities: {} };
  const refused = [DocumentDiagnosticRequest.method, 'no/such', 'shutdown'];

  it('refuses requests before initialize, and serves after it', async () => {
    const { connection, stop } = startTestServer();
    connection.listen();
    for (const method of refused) await expect(connection.sendRequest(method, {}), method).rejects.toMatchObject({ code: -32002 });
    expect(await connection.sendRequest(InitializeRequest.type, INITIALIZE)).toMatchObject({ serverInfo: { name: 'escapement' } });
    await connection.sendNotification(InitializedNotification.type, {});
    expect(await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: URI } })).toMatchObject({ items: [] });
    await stop();
    connection.dispose();
  });

  it('is initialized once, and knows its methods', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    await expect(client.connection.sendRequest(InitializeRequest.type, INITIALIZE)).rejects.toMatchObject({ code: -32600 });
    await expect(client.connection.sendRequest('no/such', {})).rejects.toMatchObject({ code: -32601 });
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  it('refuses all after shutdown', async () => {
    const { connection } = await startTestClient();
    await connection.sendRequest('shutdown');
    for (const method of refused) await expect(connection.sendRequest(method, {}), method).rejects.toMatchObject({ code: -32600 });
    await expect(connection.sendRequest(InitializeRequest.type, INITIALIZE)).rejects.toMatchObject({ code: -32600 });
  });

  it('survives parameters that make no sense', async () => {
    const client = await startTestClient();
    const { connection } = client;
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
      'workspace/didChangeConfiguration',
    ]) {
      for (const params of [
        null,
        {},
        { textDocument: null },
        { textDocument: { uri: 7, version: 'x' }, contentChanges: 3, changes: [null] },
      ]) {
        await connection.sendNotification(method, params);
      }
    }
    for (const method of [
      'textDocument/diagnostic',
      'textDocument/codeAction',
      'textDocument/hover',
      'codeAction/resolve',
      'workspace/executeCommand',
      'no/such',
    ]) {
      for (const params of [null, {}, { textDocument: { uri: 'not a uri at all' }, range: null, position: null, data: { kind: 'fix' } }]) {
        await connection.sendRequest(method, params).catch(() => {});
      }
    }
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: URI, languageId: 'go', version: 1, text: '// BUG\n' },
    });
    client.edit(URI, 2, 'x', { start: { line: 900, character: 900 }, end: { line: -3, character: -1 } });
    client.edit(URI, 3, '// BUG\n');
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });
});

describe('protocol.ts', () => {
  it('imports nothing, because the extension reads it', () => {
    const text = readFileSync(join(import.meta.dirname, '../../src/lsp/protocol.ts'), 'utf8');
    expect(text).not.toMatch(/^import/m);
  });
});
