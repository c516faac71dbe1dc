/** The web server as it ships, in a thread without anything of Node: what vscode.dev gets. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Diagnostic, DidChangeWatchedFilesNotification, FileChangeType, type FileEvent } from 'vscode-languageserver-protocol/node';
import { createLocalService, createSettler, explainRule } from '../../src/host/index.ts';
import { createSession } from '../../src/review/index.ts';
import { ruleUrl } from '../../src/rules/index.ts';
import { type BrowserOptions, startBrowserClient } from '../support/browser.ts';
import { ROOT } from '../support/distribution.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { at, disposeClients, startTestClient } from '../support/lsp-client.ts';

const WORKSPACE = join(ROOT, 'test-fixtures/workspaces/editors');
const TEXTS = Object.fromEntries(readdirSync(WORKSPACE).map((name) => [name, readFileSync(join(WORKSPACE, name), 'utf8')]));
const GO_FILES = Object.keys(TEXTS).filter((name) => name.endsWith('.go'));
const FOLDER = 'vscode-vfs://github/owner/editors';
const SETTINGS = { preset: 'all' } as const;
const LOOP = `package w

func double(xs []int) []int {
	var out []int
	for _, x := range xs {
		out = append(out, 2*x)
	}
	return out
}
`;

const CAPTURES = `package w

func each(xs []int, run func(func())) {
	for _, x := range xs {
		go func() { println(x) }()
	}
}
`;
const PATIENCE = { timeout: 15_000 };

beforeAll(loadTestGrammar);
afterEach(disposeClients);

/** Below the folder. */
function filesIn(folder: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${folder}/${name}`, text]));
}

function start(texts: Readonly<Record<string, string>>, options: BrowserOptions = {}): ReturnType<typeof startBrowserClient> {
  return startBrowserClient({ files: filesIn(FOLDER, texts), root: FOLDER, settings: SETTINGS, ...options });
}

function codes(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

describe('the web server', () => {
  it('finds what the desktop finds, once it has read the package', async () => {
    const files = memoryFiles(filesIn('/owner/editors', TEXTS));
    const service = createLocalService(createSession(files, loadTestLibrary()));
    const host = { explain: explainRule, ruleUrl, settle: createSettler(files) };
    const desktop = await startTestClient({ fileSystem: files, service, host, settings: SETTINGS, root: '/owner/editors' });
    const web = await start(TEXTS);
    for (const name of GO_FILES) {
      desktop.open(`file:///owner/editors/${name}`, TEXTS[name]);
      web.open(`${FOLDER}/${name}`, TEXTS[name]);
    }
    for (const name of GO_FILES) {
      const wanted = inWeb(await desktop.diagnostics(`file:///owner/editors/${name}`));
      await expect.poll(() => web.diagnostics(`${FOLDER}/${name}`), PATIENCE).toEqual(wanted);
    }
    const found = await Promise.all(GO_FILES.map((name) => web.diagnostics(`${FOLDER}/${name}`)));
    expect(found.flatMap(codes)).toEqual(expect.arrayContaining(['closure-capture', 'escaping-pointer', 'lost-cancel', 'slice-growth']));
  });

  it('makes a fix', async () => {
    const client = await start({ 'go.mod': 'module w\n\ngo 1.24\n', 'a.go': LOOP });
    client.open(`${FOLDER}/a.go`, LOOP);
    await expect.poll(() => client.actions(`${FOLDER}/a.go`, at(5, 4), ['quickfix']), PATIENCE).not.toEqual([]);
    const actions = await client.actions(`${FOLDER}/a.go`, at(5, 4), ['quickfix']);
    const [fix] = actions.filter(({ title }) => title.startsWith('Make out with room'));
    expect((await client.resolve(fix)).edit?.documentChanges).toMatchObject([
      { textDocument: { uri: `${FOLDER}/a.go`, version: 1 }, edits: [{ newText: expect.stringContaining('make([]int, 0, len(xs))') }] },
    ]);
  });

  it('waits for no file before it speaks of the one that is open', async () => {
    const client = await start({}, { beforeReading: () => new Promise(() => {}) });
    client.open(`${FOLDER}/a.go`, LOOP);
    expect(codes(await client.diagnostics(`${FOLDER}/a.go`))).toEqual(['slice-growth']);
  });

  it('says nothing that hangs on a version before it has read go.mod', async () => {
    const files = { 'go.mod': 'module w\n\ngo 1.21\n', 'a.go': CAPTURES };
    const [read, release] = gate();
    const client = await start(files, { beforeReading: () => read });
    client.open(`${FOLDER}/a.go`, CAPTURES);
    expect(codes(await client.diagnostics(`${FOLDER}/a.go`))).toEqual([]);
    release();
    await expect.poll(async () => codes(await client.diagnostics(`${FOLDER}/a.go`)), PATIENCE).toEqual(['loop-variable-capture']);
  });

  it('says that a suppression is of no use once it has read all there is', async () => {
    const text = 'package w\n\n//escapement:ignore slice-growth -- small\nfunc f() {}\n';
    const [read, release] = gate();
    const client = await start({ 'go.mod': 'module w\n', 'a.go': text }, { beforeReading: () => read });
    client.open(`${FOLDER}/a.go`, text);
    expect(codes(await client.diagnostics(`${FOLDER}/a.go`))).toEqual([]);
    release();
    await expect.poll(async () => codes(await client.diagnostics(`${FOLDER}/a.go`)), PATIENCE).toEqual(['escapement']);
  });

  it('says where values flow once it has read all they may flow through', async () => {
    const text = 'package w\n\nvar all []*int\n\nfunc f() {\n\tn := 1\n\tall = append(all, &n)\n}\n';
    const [read, release] = gate();
    const client = await start({ 'go.mod': 'module w\n\ngo 1.24\n', 'a.go': text }, { beforeReading: () => read });
    client.open(`${FOLDER}/a.go`, text);
    expect(codes(await client.diagnostics(`${FOLDER}/a.go`))).toEqual([]);
    release();
    await expect.poll(async () => codes(await client.diagnostics(`${FOLDER}/a.go`)), PATIENCE).toEqual(['escaping-pointer']);
  });

  it('reads what the open file rests on, and asks to be pulled again', async () => {
    const texts = {
      'go.mod': 'module example.com/w\n\ngo 1.24\n',
      'a/a.go': 'package a\n\nimport "example.com/w/kept"\n\nfunc f() {\n\tn := 1\n\tkept.Keep(&n)\n}\n',
      'kept/kept.go': 'package kept\n\nvar all []*int\n\nfunc Keep(p *int) { all = append(all, p) }\n',
    };
    const [read, release] = gate();
    const client = await start(texts, { beforeReading: () => read });
    client.open(`${FOLDER}/a/a.go`, texts['a/a.go']);
    expect(codes(await client.diagnostics(`${FOLDER}/a/a.go`))).toEqual([]);
    release();
    await expect.poll(async () => codes(await client.diagnostics(`${FOLDER}/a/a.go`)), PATIENCE).toEqual(['escaping-pointer']);
    expect(client.refreshes).toBeGreaterThan(0);
    expect(client.asked.every((uri) => uri.startsWith(FOLDER))).toBe(true);
    // The server wants the root for its configuration while the analysis wants it for the package; nobody asks more often.
    expect(Math.max(...client.asked.map((uri) => client.asked.filter((each) => each === uri).length))).toBeLessThanOrEqual(2);
  });

  it('finds its way through a whole workspace', async () => {
    const client = await start({
      'go.mod': 'module w\n\ngo 1.24\n',
      'a/a.go': LOOP,
      'a/b/c/c.go': LOOP,
      'vendor/v/v.go': LOOP,
      'a/x.txt': '',
    });
    const found = async (): Promise<readonly string[]> =>
      (await client.workspace()).flatMap((report) => (report.kind === 'full' && report.items.length > 0 ? [report.uri] : []));
    await expect.poll(found, PATIENCE).toEqual([`${FOLDER}/a/a.go`, `${FOLDER}/a/b/c/c.go`]);
  });

  it('sees a file change that somebody else wrote', async () => {
    const files = filesIn(FOLDER, { 'go.mod': 'module w\n\ngo 1.24\n', 'a.go': LOOP });
    const client = await startBrowserClient({ files, root: FOLDER, settings: SETTINGS });
    const found = async (): Promise<readonly string[]> =>
      (await client.workspace()).flatMap((report) => (report.kind === 'full' && report.items.length > 0 ? [report.uri] : []));
    await expect.poll(found, PATIENCE).toEqual([`${FOLDER}/a.go`]);
    files[`${FOLDER}/a.go`] = 'package w\n';
    files[`${FOLDER}/b.go`] = LOOP;
    const changes: FileEvent[] = [
      { uri: `${FOLDER}/a.go`, type: FileChangeType.Changed },
      { uri: `${FOLDER}/b.go`, type: FileChangeType.Created },
    ];
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    await expect.poll(found, PATIENCE).toEqual([`${FOLDER}/b.go`]);
  });

  it('serves untitled documents, each alone', async () => {
    const client = await start({});
    client.open('untitled:Untitled-1', LOOP);
    client.open('untitled:Untitled-2', LOOP);
    expect(codes(await client.diagnostics('untitled:Untitled-1'))).toEqual(['slice-growth']);
    expect(codes(await client.diagnostics('untitled:Untitled-2'))).toEqual(['slice-growth']);
  });

  it('finds nothing in what a file once was', async () => {
    const client = await start({ 'a.go': LOOP });
    client.open('git:/owner/editors/a.go?%7B%22ref%22%3A%22HEAD%22%7D', LOOP);
    expect(await client.diagnostics('git:/owner/editors/a.go?%7B%22ref%22%3A%22HEAD%22%7D')).toEqual([]);
  });

  it('works on its own thread where workers may start none, and says so', async () => {
    const client = await start({ 'a.go': LOOP }, { mayStartWorkers: false });
    client.open(`${FOLDER}/a.go`, LOOP);
    expect(codes(await client.diagnostics(`${FOLDER}/a.go`))).toEqual(['slice-growth']);
    await expect.poll(() => client.log.join('\n')).toContain('without deadlines');
  });
});

/** A promise and how it is kept. */
function gate(): [Promise<void>, () => void] {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return [promise, open];
}

/** What the desktop says of `/owner/editors`, with the URIs and versions of the browser. */
function inWeb(diagnostics: readonly Diagnostic[]): unknown {
  return JSON.parse(JSON.stringify(diagnostics).replaceAll('file:///owner/editors', FOLDER));
}
