/**
 * Workspaces that are not one module in one folder: several folders, go.work, nested modules, links, names that URIs encode, and
 * documents that are no files. Each finding is there once, at the file the user knows.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DidChangeWorkspaceFoldersParams, FileChangeType, type WorkspaceFolder } from 'vscode-languageserver-protocol/node';
import { createLocalService, createSettler, explainRule } from '../../src/host/index.ts';
import { uriOfPath } from '../../src/lsp/index.ts';
import { createNodeFileSystem } from '../../src/node/index.ts';
import { createSession } from '../../src/review/index.ts';
import { ruleUrl } from '../../src/rules/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { disposeClients, EDITOR, startTestClient, type TestClient } from '../support/lsp-client.ts';

/** Declares a type whose address its user keeps, so that the finding there depends on the other module being found. */
const LIBRARY = 'package lib\n\ntype Kept struct{ p *int }\n\nfunc (k *Kept) Keep(p *int) { k.p = p }\n';
const USER = `package app

import "example.com/lib"

func keep(k *lib.Kept, numbers []int) {
	for _, n := range numbers {
		k.Keep(&n)
	}
}
`;
const GROWTH = 'package p\n\nfunc f(xs []int) (out []int) {\n\tfor _, x := range xs {\n\t\tout = append(out, x+1)\n\t}\n\treturn out\n}\n';

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-shapes-')));
let count = 0;

beforeAll(loadTestGrammar);
afterEach(disposeClients);
afterAll(() => rmSync(directory, { recursive: true }));

function mod(name: string, requires = ''): string {
  return `module example.com/${name}\n\ngo 1.26\n${requires}`;
}

/** Writes files under a new folder and answers its path. */
function folderOf(files: Readonly<Record<string, string>>, name = `w${count++}`): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name, path)), { recursive: true });
    writeFileSync(join(directory, name, path), text);
  }
  return join(directory, name);
}

/** A client on the disk with the real analysis, whose folders are these. */
function start(...folders: readonly string[]): Promise<TestClient> {
  const fileSystem = createNodeFileSystem();
  return startTestClient({
    fileSystem,
    service: createLocalService(createSession(fileSystem, loadTestLibrary())),
    host: { explain: explainRule, ruleUrl, settle: createSettler(fileSystem) },
    roots: folders.map(uriOfPath),
    capabilities: { ...EDITOR, workspace: { ...EDITOR.workspace, workspaceFolders: true } },
  });
}

function asFolder(path: string): WorkspaceFolder {
  return { uri: uriOfPath(path), name: path };
}

/** `file: codes` of each file in which something was found, as the client spells the file, below `folder`. */
async function scan(client: TestClient, folder: string): Promise<readonly string[]> {
  const items = await client.workspace();
  return items
    .flatMap((item) => (item.kind === 'full' ? [{ uri: item.uri, codes: item.items.map(({ code }) => code) }] : []))
    .filter(({ codes }) => codes.length > 0)
    .map(({ uri, codes }) => `${uri.replace(`${uriOfPath(folder)}/`, '')}: ${codes.join(' ')}`);
}

describe('several modules', () => {
  const MODULES = {
    'lib/go.mod': mod('lib'),
    'lib/lib.go': LIBRARY,
    'app/go.mod': mod('app', '\nrequire example.com/lib v0.0.0\n'),
    'app/app.go': USER,
  };

  it('in a folder each: both are scanned, and a go.work above joins them', async () => {
    const folder = folderOf({ ...MODULES, 'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./lib\n)\n' });
    const client = await start(join(folder, 'app'), join(folder, 'lib'));
    expect(await scan(client, folder)).toEqual(['app/app.go: escaping-pointer']);
  });

  it('below a go.work, which is itself in no module', async () => {
    const folder = folderOf({ ...MODULES, 'go.work': 'go 1.26\n\nuse (\n\t./app\n\t./lib\n)\n' });
    expect(await scan(await start(folder), folder)).toEqual(['app/app.go: escaping-pointer']);
  });

  it('that nobody joins: what the other one does is unknown, and no finding rests on it', async () => {
    const folder = folderOf({ ...MODULES, 'app/growth.go': GROWTH.replace('package p', 'package app') });
    expect(await scan(await start(folder), folder)).toEqual(['app/growth.go: slice-growth']);
  });

  it('one in the other: each is read with its own go.mod, and no file twice', async () => {
    const folder = folderOf({
      'go.mod': mod('outer'),
      'a.go': GROWTH,
      'inner/go.mod': mod('inner'),
      'inner/b.go': GROWTH,
      'inner/deep/go.mod': mod('deep'),
      'inner/deep/c.go': GROWTH,
      'testdata/go.mod': mod('data'),
      'testdata/d.go': GROWTH,
    });
    const all = ['a.go: slice-growth', 'inner/b.go: slice-growth', 'inner/deep/c.go: slice-growth'];
    expect(await scan(await start(folder), folder)).toEqual(all);
    expect(await scan(await start(folder, join(folder, 'inner')), folder)).toEqual(all);
  });

  it('of which one comes later: its folder, then its file', async () => {
    const folder = folderOf({ 'a/go.mod': mod('a'), 'a/a.go': GROWTH, 'b/go.mod': mod('b'), 'b/b.go': GROWTH });
    const client = await start(join(folder, 'a'));
    const event: DidChangeWorkspaceFoldersParams['event'] = { added: [asFolder(join(folder, 'b'))], removed: [] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    expect(await scan(client, folder)).toEqual(['a/a.go: slice-growth', 'b/b.go: slice-growth']);

    writeFileSync(join(folder, 'b/c.go'), GROWTH.replace('func f', 'func g'));
    const changes = [{ uri: uriOfPath(join(folder, 'b/c.go')), type: FileChangeType.Created }];
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
    expect(await scan(client, folder)).toEqual(['a/a.go: slice-growth', 'b/b.go: slice-growth', 'b/c.go: slice-growth']);

    const gone: DidChangeWorkspaceFoldersParams['event'] = { added: [], removed: [asFolder(join(folder, 'a'))] };
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: gone });
    expect(await scan(client, folder)).toEqual(['b/b.go: slice-growth', 'b/c.go: slice-growth']);
  });
});

describe('links', () => {
  it('to a folder and a file in it are no further files, even when opened under that name', async () => {
    const folder = folderOf({ 'go.mod': mod('w'), 'real/a.go': GROWTH });
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    symlinkSync('a.go', join(folder, 'real/same.go'));
    symlinkSync(folder, join(folder, 'real/round'));
    const client = await start(folder);
    expect(await scan(client, folder)).toEqual(['real/a.go: slice-growth']);
    for (const name of ['linked/a.go', 'real/same.go', 'real/round/real/a.go']) client.open(uriOfPath(join(folder, name)), GROWTH);
    expect(await scan(client, folder)).toEqual(['real/a.go: slice-growth']);
    // Who opens it there sees what is in it.
    expect(await client.diagnostics(uriOfPath(join(folder, 'linked/a.go')))).toMatchObject([{ code: 'slice-growth' }]);
  });

  it('that are the folder itself are followed', async () => {
    const folder = folderOf({ 'go.mod': mod('w'), 'a.go': GROWTH });
    const link = `${folder}-link`;
    symlinkSync(folder, link);
    expect(await scan(await start(link), link)).toEqual(['a.go: slice-growth']);
  });
});

describe('names that URIs encode', () => {
  it.each(['with space', 'ünïcödé', 'a%20b', '100%', 'a#b?c', "it's (1)", 'a+b&c=d', '😀'])('a folder named %s', async (name) => {
    const folder = folderOf({ 'go.mod': mod('w'), [`${name}/ä b.go`]: GROWTH }, `n${count++} ${name}`);
    const client = await start(folder);
    expect(await scan(client, folder)).toHaveLength(1);
    const uri = uriOfPath(join(folder, name, 'ä b.go'));
    // VS Code encodes more than other clients; every spelling is the same file.
    for (const spelling of [uri, encodeURI(`file://${join(folder, name, 'ä b.go')}`).replace(/[#?]/g, encodeURIComponent)]) {
      client.open(spelling, GROWTH);
      expect(await client.diagnostics(spelling)).toMatchObject([{ code: 'slice-growth' }]);
      expect(await client.workspace()).toMatchObject([{ uri: spelling }]);
      const [action] = await client.actions(spelling, { start: { line: 4, character: 4 }, end: { line: 4, character: 4 } });
      const { edit } = await client.resolve(action);
      expect(JSON.stringify(edit)).toContain(JSON.stringify(spelling));
      client.close(spelling);
    }
  });
});

describe('documents that are no files', () => {
  it('an untitled one is a package of its own, with findings and fixes', async () => {
    const folder = folderOf({ 'go.mod': mod('w'), 'a.go': GROWTH });
    const client = await start(folder);
    client.open('untitled:Untitled-1', GROWTH);
    expect(await client.diagnostics('untitled:Untitled-1')).toMatchObject([{ code: 'slice-growth' }]);
    const [action] = await client.actions('untitled:Untitled-1', { start: { line: 4, character: 4 }, end: { line: 4, character: 4 } });
    expect(JSON.stringify((await client.resolve(action)).edit)).toContain('untitled:Untitled-1');
    expect(await scan(client, folder)).toEqual(['a.go: slice-growth']);
  });

  it('the old side of a diff says nothing, and takes nothing from the new one', async () => {
    const folder = folderOf({ 'go.mod': mod('w'), 'a.go': GROWTH });
    const client = await start(folder);
    const old = `git:${join(folder, 'a.go')}?${encodeURIComponent(JSON.stringify({ path: join(folder, 'a.go'), ref: 'HEAD' }))}`;
    client.open(old, GROWTH);
    client.open(uriOfPath(join(folder, 'a.go')), GROWTH);
    expect(await client.diagnostics(old)).toEqual([]);
    expect(await client.diagnostics(uriOfPath(join(folder, 'a.go')))).toMatchObject([{ code: 'slice-growth' }]);
  });
});
