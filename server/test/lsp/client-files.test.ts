/** Files that the client reads for the server: which ones, how many at a time, and when it is enough. */
import { describe, expect, it } from 'vitest';
import type { Connection } from 'vscode-languageserver';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';
import { silentLogger } from '../../src/host/index.ts';
import { readClient } from '../../src/lsp/client.ts';
import { ClientFiles } from '../../src/lsp/client-files.ts';
import { DocumentStore } from '../../src/lsp/documents.ts';
import { type ProvidedFiles, READ_FILES_REQUEST, type ReadFilesParams, UNREAD, uriOfPath, type WantedFiles } from '../../src/lsp/index.ts';
import { createInProcessConnection } from '../../src/node/index.ts';
import { readFrom } from '../support/browser.ts';

const ROOT = '//memfs:/w';
const NOTHING: WantedFiles = { packages: [], directories: [], files: [] };

interface Session {
  /** What was provided for it. */
  want(wanted: Partial<WantedFiles>): Promise<ProvidedFiles>;
  open(uri: string): void;
  /** What is provided once it has been looked anew. */
  reconsidered(): Promise<ProvidedFiles>;
  readonly requests: ReadFilesParams[];
  readonly warnings: string[];
}

interface Options {
  readonly open?: string;
  readonly limits?: { readonly files: number; readonly bytes: number };
  readonly fails?: boolean;
  readonly readsFiles?: boolean;
}

function start(files: Readonly<Record<string, string>>, { open, limits, fails, readsFiles = true }: Options = {}): Session {
  const pair = createInProcessConnection();
  const [requests, warnings]: [ReadFilesParams[], string[]] = [[], []];
  const client = createProtocolConnection(pair.reader, pair.writer);
  client.onRequest(READ_FILES_REQUEST, (params: ReadFilesParams) => {
    requests.push(params);
    if (fails === true) throw new Error('offline');
    return readFrom(files, params);
  });
  client.onNotification('window/showMessage', ({ message }: { message: string }) => void warnings.push(message));
  client.listen();
  pair.server.listen();
  const documents = new DocumentStore(() => 'utf-16', silentLogger);
  const openDocument = (uri: string): void =>
    void documents.open({ textDocument: { uri, languageId: 'go', version: 1, text: 'package p\n' } });
  if (open !== undefined) openDocument(open);
  let tell: (wanted: WantedFiles) => void = () => {};
  let provided: (files: ProvidedFiles) => void = () => {};
  const host = {
    logger: silentLogger,
    clientFiles: { onWanted: (each: typeof tell) => (tell = each), provide: (each: ProvidedFiles) => provided(each) },
  };
  const capabilities = readClient({ processId: null, rootUri: null, capabilities: {}, initializationOptions: { readsFiles } });
  const connection: Connection = pair.server;
  const clientFiles = new ClientFiles({
    connection,
    host,
    documents,
    client: () => capabilities,
    roots: () => [ROOT],
    onProvided() {},
    limits,
  });
  clientFiles.start();
  const after = (act: () => void): Promise<ProvidedFiles> =>
    new Promise((resolve) => {
      provided = resolve;
      act();
    });
  return {
    want: (wanted) => after(() => tell({ ...NOTHING, ...wanted })),
    reconsidered: () => after(() => clientFiles.reconsider()),
    open: openDocument,
    requests,
    warnings,
  };
}

function textsOf({ files }: ProvidedFiles): Record<string, string | number | undefined> {
  return Object.fromEntries(files.map(({ path, bytes, size }) => [path, bytes === undefined ? size : new TextDecoder().decode(bytes)]));
}

describe('files that the client reads', () => {
  it('are a package with its Go files, a directory without them, and single files', async () => {
    const files = { 'memfs:/w/p/a.go': 'package p\n', 'memfs:/w/p/x.txt': 'x', 'memfs:/w/d/b.go': 'package d\n', 'memfs:/w/go.mod': 'é' };
    const session = start(files);
    const provided = await session.want({
      packages: [`${ROOT}/p`],
      directories: [`${ROOT}/d`],
      files: [`${ROOT}/go.mod`, `${ROOT}/go.work`],
    });
    expect(provided.directories.map(({ path, entries }) => [path, entries.map(({ name }) => name)])).toEqual([
      [`${ROOT}/p`, ['a.go', 'x.txt']],
      [`${ROOT}/d`, ['b.go']],
    ]);
    expect(textsOf(provided)).toEqual({ [`${ROOT}/go.mod`]: 'é', [`${ROOT}/go.work`]: undefined, [`${ROOT}/p/a.go`]: 'package p\n' });
  });

  it('are asked for many at a time', async () => {
    const files = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`memfs:/w/p/f${i}.go`, 'package p\n']));
    const session = start(files);
    expect((await session.want({ packages: [`${ROOT}/p`] })).files).toHaveLength(450);
    expect(session.requests.map((request) => request.files.length)).toEqual([0, 200, 200, 50]);
  });

  it('are only those of the workspace, and beside an open document', async () => {
    const session = start({}, { open: 'memfs:/elsewhere/a.go' });
    const [inside, outside] = [
      [`${ROOT}/a.go`, '//memfs:/elsewhere/b.go'],
      ['//memfs:/etc/passwd', '//memfs:/elsewhere/sub/c.go', '//memfs:/go.mod'],
    ];
    await session.want({ files: [...inside, ...outside], packages: ['//memfs:/', '//memfs:/elsewhere'] });
    expect(session.requests.flatMap((request) => request.files)).toEqual(inside.map(uriOfPath));
    expect(session.requests.flatMap((request) => request.directories)).toEqual(['memfs:/elsewhere']);
  });

  it('are on a machine also the module files above', async () => {
    const session = start({}, { open: 'vscode-remote://host/home/me/w/a.go' });
    const wanted = ['go.mod', 'go.work', 'x.go'].map((name) => `//vscode-remote:host/home/${name}`);
    await session.want({ files: wanted });
    expect(session.requests.flatMap((request) => request.files)).toEqual(wanted.slice(0, 2).map(uriOfPath));
  });

  it.each(['untitled:Untitled-1', 'git:/w/a.go?HEAD'])('are none beside %s', async (open) => {
    const session = start({}, { open });
    const directory = new DocumentStore(() => 'utf-16', silentLogger)
      .open({
        textDocument: { uri: open, languageId: 'go', version: 1, text: '' },
      })
      ?.path.replace(/\/[^/]*$/, '');
    expect((await session.want({ packages: [directory ?? ''] })).directories[0].entries).toEqual([]);
    expect(session.requests).toEqual([]);
  });

  it('are none where the client reads none: everything counts as absent', async () => {
    const session = start({ 'memfs:/w/go.mod': 'module w\n' }, { readsFiles: false });
    expect(textsOf(await session.want({ files: [`${ROOT}/go.mod`] }))).toEqual({ [`${ROOT}/go.mod`]: undefined });
    expect(session.requests).toEqual([]);
  });
});

it('what lay outside is read when it comes to lie inside', async () => {
  const session = start({ 'memfs:/elsewhere/a.go': 'package e\n' });
  expect((await session.want({ packages: ['//memfs:/elsewhere'] })).directories[0].entries).toEqual([]);
  session.open('memfs:/elsewhere/b.go');
  const provided = await session.reconsidered();
  expect(textsOf(provided)).toEqual({ '//memfs:/elsewhere/a.go': 'package e\n' });
  expect(session.requests).toHaveLength(2);
});

describe('what the client does not read', () => {
  it('is there, and nobody knows what it holds', async () => {
    const session = start({}, { fails: true });
    const provided = await session.want({ packages: [`${ROOT}/p`], files: [`${ROOT}/go.mod`] });
    expect(provided.directories).toEqual([{ path: `${ROOT}/p`, entries: UNREAD }]);
    expect(provided.files).toEqual([{ path: `${ROOT}/go.mod`, size: 0 }]);
  });

  it.each([
    ['too many files', { files: 200, bytes: 1e9 }],
    ['too many bytes', { files: 1e9, bytes: 1000 }],
  ])('is what comes after %s, and the user is told once', async (_, limits) => {
    const files = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`memfs:/w/p/f${i}.go`, 'package p\n']));
    const session = start(files, { limits });
    const provided = await session.want({ packages: [`${ROOT}/p`] });
    expect(provided.files.filter(({ bytes }) => bytes !== undefined)).toHaveLength(200);
    expect(provided.files.filter(({ size }) => size === 0)).toHaveLength(250);
    expect((await session.want({ packages: [`${ROOT}/q`] })).directories).toEqual([{ path: `${ROOT}/q`, entries: UNREAD }]);
    await expect.poll(() => session.warnings).toHaveLength(1);
    expect(session.warnings[0]).toMatch(/reads no more of this workspace \(200 files/);
  });
});
