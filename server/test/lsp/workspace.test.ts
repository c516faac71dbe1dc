import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type ProgressToken,
  WorkDoneProgress,
  WorkspaceDiagnosticRequest,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { SUMMARY_REQUEST } from '../../src/lsp/index.ts';
import { disposeClients, startTestClient, type TestClient } from '../support/lsp-client.ts';

const FILES = { '/w/a/a.go': '// BUG\n', '/w/b/b.go': '// fine\n', '/w/notes.txt': 'BUG' };

afterEach(disposeClients);

/** A request that streams: what arrived so far, and its end. */
function stream(client: TestClient, token: ProgressToken, previousResultIds: { uri: string; value: string }[]) {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const state = { items, isDone: false };
  client.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, token, (part) => void items.push(...part.items));
  const done = client.connection
    .sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds, partialResultToken: token })
    .then((answer) => {
      state.isDone = true;
      return answer;
    });
  // One that still waits when the test ends is rejected by the closing connection.
  done.catch(() => {});
  return Object.assign(state, { done });
}

function idsOf(items: readonly WorkspaceDocumentDiagnosticReport[]): { uri: string; value: string }[] {
  return items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('workspace/diagnostic', () => {
  it('answers a one-shot client at once, file by file in the order of paths', async () => {
    const client = await startTestClient({ files: FILES, root: '/w' });
    const items = await client.workspace();
    expect(items).toMatchObject([
      { kind: 'full', uri: 'file:///w/a/a.go', version: null, items: [{ code: 'bug' }] },
      { kind: 'full', uri: 'file:///w/b/b.go', version: null, items: [] },
    ]);
    expect(await client.workspace(idsOf(items))).toMatchObject([{ kind: 'unchanged' }, { kind: 'unchanged' }]);
  });

  it('reviews the targets it was given instead of the folders', async () => {
    const client = await startTestClient({ files: FILES, root: '/w', initializationOptions: { targets: ['file:///w/b'] } });
    expect(await client.workspace()).toMatchObject([{ uri: 'file:///w/b/b.go' }]);
  });

  it('streams what was done in a package when it is cancelled amid it, and sums that up', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'escapement-'));
    const begun = join(directory, 'begun');
    const slow = Object.fromEntries(['c', 'd', 'e', 'f', 'g', 'h'].map((name) => [`/w/${name}.go`, '// SLOW\n']));
    const files = { '/w/a.go': '// BUG\n', '/w/b.go': `// SLOW BEGUN ${begun}\n`, ...slow, '/w/z.go': '// BUG\n' };
    const client = await startTestClient({ files, root: '/w' });
    const source = new CancellationTokenSource();
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    client.connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'cut', (part) => void items.push(...part.items));
    const params = { previousResultIds: [], partialResultToken: 'cut' };
    const scan = client.connection.sendRequest(WorkspaceDiagnosticRequest.type, params, source.token);
    await expect.poll(() => existsSync(begun), { timeout: 15_000, interval: 5 }).toBe(true);
    source.cancel();
    await expect(scan).rejects.toMatchObject({ code: -32800 });
    const summary = await client.connection.sendRequest(SUMMARY_REQUEST);
    expect(items[0]).toMatchObject({ uri: 'file:///w/a.go', items: [{ code: 'bug' }] });
    expect(items.map(({ uri }) => uri)).not.toContain('file:///w/z.go');
    expect(summary).toMatchObject({ files: items.length });
    rmSync(directory, { recursive: true });
  });

  it('streams, and then waits until something changes', async () => {
    const client = await startTestClient({ files: FILES, root: '/w' });
    const first = stream(client, 'one', []);
    expect(await first.done).toEqual({ items: [] });
    expect(first.items).toHaveLength(2);

    const second = stream(client, 'two', idsOf(first.items));
    await pause(100);
    expect(second).toMatchObject({ isDone: false, items: [] });
    client.open('file:///w/b/b.go', '// BUG\n');
    await second.done;
    expect(second.items).toMatchObject([{ kind: 'full', uri: 'file:///w/b/b.go', version: 1, items: [{ code: 'bug' }] }]);
  });

  it('lets a newer request take the place of the waiting one', async () => {
    const client = await startTestClient({ files: FILES, root: '/w' });
    const first = stream(client, 'one', []);
    await first.done;
    const second = stream(client, 'two', idsOf(first.items));
    await pause(50);
    const third = stream(client, 'three', idsOf(first.items));
    expect(await second.done).toEqual({ items: [] });
    await pause(50);
    expect(third.isDone).toBe(false);
  });

  it('ends the waiting request at shutdown', async () => {
    const client = await startTestClient({ files: FILES, root: '/w' });
    const first = stream(client, 'one', []);
    await first.done;
    const second = stream(client, 'two', idsOf(first.items));
    await pause(50);
    await client.connection.sendRequest('shutdown');
    await second.done;
  });

  it('clears files that are gone', async () => {
    const files: Record<string, string> = { ...FILES };
    const bytes = (path: string): Uint8Array | undefined => (path in files ? new TextEncoder().encode(files[path]) : undefined);
    const list = (directory: string) =>
      directory === '/w' ? Object.keys(files).map((path) => ({ name: path.slice(3), kind: 'file' as const })) : [];
    const client = await startTestClient({ fileSystem: { readFile: bytes, size: (path) => bytes(path)?.length, list }, root: '/w' });
    const items = await client.workspace();
    delete files['/w/a/a.go'];
    const changes: FileEvent[] = [{ uri: 'file:///w/a/a.go', type: FileChangeType.Deleted }];
    await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    expect(await client.workspace(idsOf(items))).toMatchObject([
      { kind: 'full', uri: 'file:///w/a/a.go', items: [] },
      { kind: 'unchanged' },
    ]);
    expect(client.refreshes).toBe(1);
  });

  it('looks again at the files of a client that does not watch them', async () => {
    const files: Record<string, string> = { '/w/a.go': '// fine\n' };
    const bytes = (path: string): Uint8Array | undefined => (path in files ? new TextEncoder().encode(files[path]) : undefined);
    const list = () => Object.keys(files).map((path) => ({ name: path.slice(3), kind: 'file' as const }));
    const capabilities = { textDocument: { diagnostic: {} } };
    const fileSystem = { readFile: bytes, size: (path: string) => bytes(path)?.length, list };
    const client = await startTestClient({ fileSystem, root: '/w', capabilities });
    expect(await client.workspace()).toMatchObject([{ items: [] }]);
    Object.assign(files, { '/w/a.go': '// BUG\n', '/w/b.go': '// BUG\n' });
    expect(await client.workspace()).toMatchObject([{ items: [{ code: 'bug' }] }, { items: [{ code: 'bug' }] }]);
  });

  it('covers open files only where the settings say so', async () => {
    const client = await startTestClient({ files: FILES, root: '/w', settings: { scope: 'openFiles' } });
    client.open('file:///w/b/b.go', '// fine\n');
    expect(await client.workspace()).toMatchObject([{ uri: 'file:///w/b/b.go' }]);
  });

  it('goes on when a package cannot be reviewed, and says so in the summary', async () => {
    const client = await startTestClient({ files: { '/w/a/a.go': '// BOOM\n', '/w/b/b.go': '// BUG\n' }, root: '/w' });
    expect(await client.workspace()).toMatchObject([{ uri: 'file:///w/b/b.go', items: [{ code: 'bug' }] }]);
    expect(await client.connection.sendRequest(SUMMARY_REQUEST)).toEqual({
      files: 1,
      faults: [{ uri: 'file:///w/a/a.go', message: 'boom' }],
      skipped: [],
    });
  });

  it('reports progress in the token it was given', async () => {
    const client = await startTestClient({ files: FILES, root: '/w' });
    const seen: string[] = [];
    client.connection.onProgress(WorkDoneProgress.type, 'work', (value) => void seen.push(value.kind));
    await client.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [], workDoneToken: 'work' });
    expect(seen).toEqual(['begin', 'report', 'report', 'end']);
  });
});
