import { afterEach, describe, expect, it } from 'vitest';
import {
  type CodeAction,
  CodeActionRequest,
  ExecuteCommandRequest,
  HoverRequest,
  ShowDocumentRequest,
  ShowMessageNotification,
} from 'vscode-languageserver-protocol/node';
import { ACTION_LITERALS, at, disposeClients, EDITOR, startTestClient } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';
const TITLES = ['Say OK', 'Say FINE', 'Delete it (may change behaviour)'];

afterEach(disposeClients);

function named(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((action) => action.title === title);
  if (found === undefined) throw new Error(`no action "${title}"`);
  return found;
}

describe('textDocument/codeAction', () => {
  it('offers the fixes, then all of the rule, suppression and explanation', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n// BUG\n');
    const actions = await client.actions(URI, at(0, 4));
    expect(actions.map(({ title }) => title)).toEqual([
      ...TITLES,
      'Fix all bug in this file',
      'Suppress bug here, with a reason',
      'Explain bug',
    ]);
    expect(actions.map(({ isPreferred }) => isPreferred === true)).toEqual([true, false, false, false, false, false]);
    expect(actions.slice(0, 3).every(({ kind, edit }) => kind === 'quickfix' && edit === undefined)).toBe(true);
    expect(actions[0].diagnostics).toMatchObject([{ code: 'bug', range: at(0, 3, 6) }]);
  });

  it('offers nothing beside a finding', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n// fine\n');
    expect(await client.actions(URI, at(1, 2))).toEqual([]);
  });

  it('keeps to the kinds it is asked for', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    const suppress = await client.actions(URI, at(0, 0, 6), ['quickfix.suppress.escapement']);
    expect(suppress.map(({ title }) => title)).toEqual(['Suppress bug here, with a reason']);
    const fixAll = await client.actions(URI, at(0, 0), ['source.fixAll']);
    expect(fixAll).toMatchObject([{ kind: 'source.fixAll.escapement' }]);
    expect(await client.actions(URI, at(0, 0, 6), ['refactor'])).toEqual([]);
    expect(await client.actions(URI, at(0, 0, 6), ['source.organizeImports'])).toEqual([]);
  });

  it('resolves a fix to an edit of the version it was offered for', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n', 7);
    const resolved = await client.resolve(named(await client.actions(URI, at(0, 4)), 'Say FINE'));
    expect(resolved.edit).toEqual({
      documentChanges: [{ textDocument: { uri: URI, version: 7 }, edits: [{ range: at(0, 3, 6), newText: 'FINE' }] }],
    });
  });

  it('refuses to resolve when the text has changed', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    const [action] = await client.actions(URI, at(0, 4));
    client.edit(URI, 2, ' ', at(0, 0));
    await expect(client.resolve(action)).rejects.toThrow('the text has changed');
  });

  it('refuses to resolve when a closed file has changed on disk', async () => {
    const texts: Record<string, string> = { '/w/a.go': '// BUG\n' };
    const bytes = (path: string): Uint8Array | undefined => (path in texts ? new TextEncoder().encode(texts[path]) : undefined);
    const client = await startTestClient({ fileSystem: { readFile: bytes, size: (path) => bytes(path)?.length, list: () => [] } });
    const [action] = await client.actions(URI, at(0, 4));
    expect((await client.resolve(action)).edit).toBeDefined();
    texts['/w/a.go'] = '// fixed\n';
    await expect(client.resolve(action)).rejects.toThrow('the text has changed');
  });

  it('applies all safe fixes as one edit', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG BUG\n');
    const [action] = await client.actions(URI, at(0, 0), ['source.fixAll.escapement']);
    const edits = [
      { range: at(0, 3, 6), newText: 'OK' },
      { range: at(0, 7, 10), newText: 'OK' },
    ];
    expect((await client.resolve(action)).edit).toEqual({ documentChanges: [{ textDocument: { uri: URI, version: 1 }, edits }] });
  });

  it('gives edits at once to a client that cannot ask for them later, and by URI to one without document changes', async () => {
    const client = await startTestClient({ capabilities: { textDocument: { diagnostic: {}, codeAction: ACTION_LITERALS } } });
    client.open(URI, '// BUG\n');
    const [action] = await client.actions(URI, at(0, 4));
    expect(action.edit).toEqual({ changes: { [URI]: [{ range: at(0, 3, 6), newText: 'OK' }] } });
  });

  it('resolves a suppression', async () => {
    const client = await startTestClient();
    client.open(URI, 'package a\nx() // BUG\n');
    const action = await client.resolve(named(await client.actions(URI, at(1, 9)), 'Suppress bug here, with a reason'));
    const edit = { range: at(1, 0), newText: '//escapement:ignore bug -- say why\n' };
    expect(action.edit?.documentChanges).toMatchObject([{ textDocument: { version: 1 }, edits: [edit] }]);
  });

  it('gives a client without resolve the fixes of a whole file, and no menu', async () => {
    const client = await startTestClient({ capabilities: { textDocument: { diagnostic: {}, codeAction: ACTION_LITERALS } } });
    client.open(URI, '// BUG\n'.repeat(20));
    const actions = await client.actions(URI, { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } });
    expect(actions).toHaveLength(60);
    expect(actions.every(({ edit, kind }) => edit !== undefined && kind === 'quickfix')).toBe(true);
  });

  it('gives only commands to a client that knows nothing else', async () => {
    const workspace = { ...EDITOR.workspace, applyEdit: true };
    const client = await startTestClient({ capabilities: { workspace, textDocument: { diagnostic: {}, codeAction: {} } } });
    expect(client.initialized.capabilities.codeActionProvider).toBe(true);
    client.open(URI, '// BUG\n');
    const params = { textDocument: { uri: URI }, range: at(0, 4), context: { diagnostics: [] } };
    expect(await client.connection.sendRequest(CodeActionRequest.type, params)).toEqual([
      { title: 'Fix all bug in the workspace…', command: 'escapement.fixInWorkspace', arguments: ['bug'] },
      { title: 'Explain bug', command: 'escapement.showRule', arguments: ['bug'] },
    ]);
  });

  it('lets the editor ask for the reason where it can', async () => {
    const workspace = { ...EDITOR.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } };
    const client = await startTestClient({ capabilities: { ...EDITOR, workspace } });
    client.open(URI, '// BUG\n');
    const action = await client.resolve(named(await client.actions(URI, at(0, 4)), 'Suppress bug here, with a reason'));
    const snippet = { kind: 'snippet', value: '//escapement:ignore bug -- $\u007b1:say why}\n' };
    expect(action.edit?.documentChanges).toMatchObject([{ edits: [{ range: at(0, 0), snippet }] }]);
  });
});

describe('explain', () => {
  it("uses the client's own command where it has one", async () => {
    const client = await startTestClient({ initializationOptions: { commands: ['escapement.explain'] } });
    client.open(URI, '// BUG\n');
    expect(named(await client.actions(URI, at(0, 4)), 'Explain bug').command).toMatchObject({
      command: 'escapement.explain',
      arguments: ['bug'],
    });
  });

  it('opens the page for other clients, or tells where it is', async () => {
    const client = await startTestClient({ capabilities: { ...EDITOR, window: { showDocument: { support: true } } } });
    const shown: string[] = [];
    client.connection.onRequest(ShowDocumentRequest.type, ({ uri }) => {
      shown.push(uri);
      return { success: true };
    });
    await client.connection.sendRequest(ExecuteCommandRequest.type, { command: 'escapement.showRule', arguments: ['bug'] });
    expect(shown).toEqual(['https://example.com/bug']);

    const plain = await startTestClient();
    const told: string[] = [];
    plain.connection.onNotification(ShowMessageNotification.type, ({ message }) => void told.push(message));
    await plain.connection.sendRequest(ExecuteCommandRequest.type, { command: 'escapement.showRule', arguments: ['bug'] });
    await expect.poll(() => told).toEqual(['bug: # bug  A bug. https://example.com/bug']);
  });

  it('refuses other commands', async () => {
    const client = await startTestClient();
    const asked = client.connection.sendRequest(ExecuteCommandRequest.type, { command: 'rm', arguments: ['-rf'] });
    await expect(asked).rejects.toThrow('no such command');
  });
});

describe('textDocument/hover', () => {
  const PAGE = { kind: 'markdown', value: '### bug\n\nA bug.' };

  it('shows the rule of a finding', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: URI },
      position: { line: 0, character: 5 },
    });
    expect(hover).toEqual({ contents: PAGE, range: at(0, 3, 6) });
  });

  it('shows the rule that a directive names', async () => {
    const client = await startTestClient();
    client.open(URI, '/* é */ //escapement:ignore other,bug -- bug\n');
    const hoverAt = (character: number) =>
      client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position: { line: 0, character } });
    expect(await hoverAt(35)).toEqual({ contents: PAGE, range: at(0, 34, 37) });
    expect(await hoverAt(30)).toBeNull();
    expect(await hoverAt(42)).toBeNull();
  });
});
