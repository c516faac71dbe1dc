/** Documents that are on no disk, on the desktop: the server on Node reads them through the client, and the disk itself as ever. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { createProtocolConnection } from 'vscode-languageserver-protocol/node';
import { silentLogger } from '../../src/host/index.ts';
import { READ_FILES_REQUEST, type ReadFilesParams, uriOfPath } from '../../src/lsp/index.ts';
import { connectInProcess, distributionIn } from '../../src/node/index.ts';
import { readFrom } from '../support/browser.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { connectTestClient, disposeClients, type TestClient } from '../support/lsp-client.ts';

const FOLDER = 'memfs:/w';
const KEEPS = 'package kept\n\nvar all []*int\n\nfunc Keep(p *int) { all = append(all, p) }\n';
const GIVES = 'package a\n\nimport "example.com/w/kept"\n\nfunc f() {\n\tn := 1\n\tkept.Keep(&n)\n}\n';
const FILES = { [`${FOLDER}/go.mod`]: 'module example.com/w\n\ngo 1.24\n', [`${FOLDER}/kept/kept.go`]: KEEPS };
const PATIENCE = { timeout: 15_000 };

const directory = mkdtempSync(join(tmpdir(), 'escapement-foreign-'));

afterEach(disposeClients);
afterAll(() => rmSync(directory, { recursive: true }));

interface Desktop {
  readonly client: TestClient;
  readonly asked: string[];
}

async function start(roots: readonly string[]): Promise<Desktop> {
  const server = connectInProcess({ version: '', logger: silentLogger, jobs: 2, distribution: distributionIn(DISTRIBUTION) });
  const connection = createProtocolConnection(server.reader, server.writer);
  const asked: string[] = [];
  connection.onRequest(READ_FILES_REQUEST, (params: ReadFilesParams) => {
    asked.push(...params.directories, ...params.files);
    return readFrom(FILES, params);
  });
  const options = { roots, settings: { preset: 'all' }, initializationOptions: { readsFiles: true } } as const;
  return { client: await connectTestClient(connection, options, [], () => server.dispose()), asked };
}

async function codes(client: TestClient, uri: string): Promise<unknown[]> {
  return (await client.diagnostics(uri)).map(({ code }) => code);
}

it('a document of another scheme is reviewed with the packages beside it', async () => {
  const { client, asked } = await start([FOLDER]);
  client.open(`${FOLDER}/a/a.go`, GIVES);
  await expect.poll(() => codes(client, `${FOLDER}/a/a.go`), PATIENCE).toEqual(['escaping-pointer']);
  expect(asked.every((uri) => uri.startsWith(FOLDER))).toBe(true);
});

it('of files on the disk the client is asked for none', async () => {
  for (const [name, text] of Object.entries({ 'go.mod': 'module m\n', 'a.go': GIVES })) writeFileSync(join(directory, name), text);
  const { client, asked } = await start([directory]);
  client.open(uriOfPath(join(directory, 'a.go')), GIVES);
  expect(await codes(client, uriOfPath(join(directory, 'a.go')))).toEqual([]);
  expect(asked).toEqual([]);
});
