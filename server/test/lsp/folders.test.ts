/** Several folders in one window: each has its own configuration and settings, and what they share is shared. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DidChangeWorkspaceFoldersNotification } from 'vscode-languageserver-protocol/node';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { disposeClients, EDITOR, type TestClient, type TestClientOptions } from '../support/lsp-client.ts';

const GROWTH = `package a

func double(xs []int) []int {
	var out []int
	for _, x := range xs {
		out = append(out, 2*x)
	}
	return out
}
`;
const OFF = 'version: 1\nrules:\n  disable: [slice-growth]\n';

beforeAll(loadTestGrammar);
afterEach(disposeClients);

function start(files: Readonly<Record<string, string>>, options: TestClientOptions = {}): Promise<TestClient> {
  const modules = {
    '/one/go.mod': 'module one\n\ngo 1.26\n',
    '/two/go.mod': 'module two\n\ngo 1.26\n',
    '/one/a.go': GROWTH,
    '/two/a.go': GROWTH,
  };
  return startGoClient({ ...modules, ...files }, { roots: ['/one', '/two'], ...options });
}

async function codes(client: TestClient, path: string): Promise<readonly unknown[]> {
  return (await client.diagnostics(`file://${path}`)).map(({ code }) => code);
}

async function reviewed(client: TestClient): Promise<Record<string, readonly unknown[]>> {
  const reports = await client.workspace();
  return Object.fromEntries(reports.map((each) => [each.uri, each.kind === 'full' ? each.items.map(({ code }) => code) : []]));
}

describe('folders of one window', () => {
  it.each([
    ['first', '/one', '/two'],
    ['second', '/two', '/one'],
  ])('have their own configuration: that of the %s', async (_, quiet, loud) => {
    const client = await start({ [`${quiet}/.escapement.yml`]: OFF });
    expect(await codes(client, `${quiet}/a.go`)).toEqual([]);
    expect(await codes(client, `${loud}/a.go`)).toEqual(['slice-growth']);
    expect(await reviewed(client)).toEqual({ [`file://${quiet}/a.go`]: [], [`file://${loud}/a.go`]: ['slice-growth'] });
    const [turnOff] = (
      await client.actions(`file://${loud}/a.go`, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } })
    ).filter(({ title }) => title.startsWith('Turn'));
    expect(turnOff).toBeUndefined();
  });

  it('have their own settings in the client', async () => {
    const client = await start({}, { folderSettings: { '/two': { rules: { 'slice-growth': 'error' } } } });
    expect((await client.diagnostics('file:///one/a.go'))[0]?.severity).toBe(4);
    expect((await client.diagnostics('file:///two/a.go'))[0]?.severity).toBe(1);
  });

  it('have their own Go version, and open documents count in each', async () => {
    const captured = 'package a\n\nfunc start(xs []int) {\n\tfor _, x := range xs {\n\t\tgo func() { println(x) }()\n\t}\n}\n';
    const client = await start({}, { folderSettings: { '/two': { go: '1.21' } } });
    for (const folder of ['one', 'two']) client.open(`file:///${folder}/a.go`, captured);
    expect(await codes(client, '/one/a.go')).not.toContain('loop-variable-capture');
    expect(await codes(client, '/two/a.go')).toContain('loop-variable-capture');
    client.edit('file:///two/a.go', 2, 'package a\n');
    expect(await codes(client, '/two/a.go')).toEqual([]);
  });

  it('follow their configuration live, come and go', async () => {
    const client = await start(
      { '/two/.escapement.yml': 'version: 1\n' },
      { capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, workspaceFolders: true } } },
    );
    client.open('file:///two/.escapement.yml', OFF);
    expect(await codes(client, '/two/a.go')).toEqual([]);
    expect(await codes(client, '/one/a.go')).toEqual(['slice-growth']);
    client.edit('file:///two/.escapement.yml', 2, 'version: 1\n');
    expect(await codes(client, '/two/a.go')).toEqual(['slice-growth']);
    client.edit('file:///two/.escapement.yml', 3, 'version: 1\nrules: [\n');
    expect(await codes(client, '/two/a.go')).toEqual(['slice-growth']);
    expect(client.published.at(-1)).toMatchObject({ uri: 'file:///two/.escapement.yml', diagnostics: [{ code: 'configuration' }] });
    const event = { added: [], removed: [{ uri: 'file:///two', name: 'two' }] };
    await client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
    expect(Object.keys(await reviewed(client))).toEqual(['file:///one/a.go']);
  });
});

describe('a configuration below the folder', () => {
  const FILES = {
    '/one/quiet/.escapement.yml': OFF,
    '/one/quiet/q.go': GROWTH,
    '/one/quiet/mod/go.mod': 'module mod\n\ngo 1.26\n',
    '/one/quiet/mod/m.go': GROWTH,
  };
  const startOne = (options: TestClientOptions = {}): Promise<TestClient> => start(FILES, { roots: ['/one'], ...options });

  it('holds there in a review of the whole folder, and in modules below it', async () => {
    const client = await startOne();
    expect(await reviewed(client)).toEqual({
      'file:///one/a.go': ['slice-growth'],
      'file:///one/quiet/q.go': [],
      'file:///one/quiet/mod/m.go': [],
    });
  });

  it('holds for a document that is opened there, and is where a rule is turned off', async () => {
    const client = await startOne();
    client.open('file:///one/quiet/q.go', GROWTH.replace('package a', 'package b'));
    expect(await codes(client, '/one/quiet/q.go')).toEqual([]);
    expect(await codes(client, '/one/a.go')).toEqual(['slice-growth']);
  });

  it('does not hold where the client names another, or none', async () => {
    const client = await startOne({ settings: { config: false } });
    client.open('file:///one/quiet/q.go', GROWTH);
    expect(await codes(client, '/one/quiet/q.go')).toEqual(['slice-growth']);
  });
});
