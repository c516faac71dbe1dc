import { afterEach, describe, expect, it } from 'vitest';
import { at, disposeClients, EDITOR, startTestClient } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';

afterEach(disposeClients);

describe('initialize', () => {
  it('says what it is and what it can', async () => {
    const { initialized } = await startTestClient();
    expect(initialized.serverInfo).toEqual({ name: 'escapement', version: '1.2.3' });
    expect(initialized.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      hoverProvider: true,
      codeActionProvider: {
        resolveProvider: true,
        codeActionKinds: ['quickfix', 'source.fixAll.escapement', 'quickfix.suppress.escapement'],
      },
    });
  });

  it('takes the first encoding of the client that it knows', async () => {
    const utf8 = { ...EDITOR, general: { positionEncodings: ['utf-8', 'utf-16'] } };
    const odd = { ...EDITOR, general: { positionEncodings: ['utf-32', 'utf-16', 'utf-8'] } };
    expect((await startTestClient({ capabilities: utf8 })).initialized.capabilities.positionEncoding).toBe('utf-8');
    expect((await startTestClient({ capabilities: odd })).initialized.capabilities.positionEncoding).toBe('utf-16');
  });

  it('offers no pull to a client that does not pull', async () => {
    const { initialized } = await startTestClient({ capabilities: {} });
    expect(initialized.capabilities.diagnosticProvider).toBeUndefined();
  });
});

describe('textDocument/diagnostic', () => {
  it('reports what is in the unsaved text, not in the file', async () => {
    const client = await startTestClient({ files: { '/w/a.go': 'package a // BUG\n' } });
    client.open(URI, 'package a\n');
    expect(await client.diagnostics(URI)).toEqual([]);
    client.edit(URI, 2, '// BUG\n', at(1, 0));
    expect(await client.diagnostics(URI)).toMatchObject([{ range: at(1, 3, 6) }]);
  });

  it('gives each finding the whole shape', async () => {
    const client = await startTestClient();
    client.open(URI, 'package a // BUG\n');
    expect(await client.diagnostics(URI)).toEqual([
      {
        range: at(0, 13, 16),
        severity: 2,
        code: 'bug',
        codeDescription: { href: 'https://example.com/bug' },
        source: 'escapement',
        message: 'A bug of /w.',
        relatedInformation: [{ location: { uri: URI, range: at(0, 0, 7) }, message: 'the package' }],
        data: { fingerprint: 'bug-0', certainty: 'certain', function: 'F', fixes: 3 },
      },
    ]);
  });

  it('counts columns in the agreed encoding', async () => {
    const utf8 = { ...EDITOR, general: { positionEncodings: ['utf-8'] } };
    const [wide, narrow] = [await startTestClient(), await startTestClient({ capabilities: utf8 })];
    for (const client of [wide, narrow]) client.open(URI, '// é😀 BUG\n');
    expect(await wide.diagnostics(URI)).toMatchObject([{ range: at(0, 7, 10) }]);
    expect(await narrow.diagnostics(URI)).toMatchObject([{ range: at(0, 10, 13) }]);
  });

  it('applies edits whose columns are bytes', async () => {
    const client = await startTestClient({ capabilities: { ...EDITOR, general: { positionEncodings: ['utf-8'] } } });
    client.open(URI, '// é😀 x\r\n// y\n');
    client.edit(URI, 2, 'BUG', at(0, 10, 11));
    expect(await client.diagnostics(URI)).toMatchObject([{ range: at(0, 10, 13) }]);
  });

  it('counts a lone CR as a line break', async () => {
    const client = await startTestClient();
    client.open(URI, 'package a\r// BUG\n');
    expect(await client.diagnostics(URI)).toMatchObject([{ range: at(1, 3, 6) }]);
  });

  it('says unchanged while nothing changed, and gives another id when something did', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    const first = await client.pull(URI);
    expect(await client.pull(URI, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
    client.edit(URI, 2, 'BUG', at(0, 3, 6));
    expect(await client.pull(URI, first.resultId)).toMatchObject({ kind: 'full' });
  });

  it('reviews a closed file from disk', async () => {
    const client = await startTestClient({ files: { '/w/a.go': '// BUG\n' } });
    client.open(URI, '\n');
    client.close(URI);
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  it('knows a document by any spelling of its URI', async () => {
    const client = await startTestClient();
    client.open('file:///c%3A/w/a.go', '// BUG\n');
    expect(await client.diagnostics('file:///C:/w/a.go')).toHaveLength(1);
  });

  it('reviews documents that are no files', async () => {
    const client = await startTestClient();
    client.open('untitled:Untitled-1', '// BUG\n');
    expect(await client.diagnostics('untitled:Untitled-1')).toHaveLength(1);
  });

  it('drops changes of older versions and of documents that are not open', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n', 5);
    client.edit(URI, 3, 'old', at(0, 0, 6));
    client.edit(URI, 5, 'same', at(0, 0, 6));
    client.edit('file:///w/other.go', 2, 'x');
    client.open(URI, 'older\n', 4);
    expect(await client.diagnostics(URI)).toHaveLength(1);
    expect(client.log.filter((line) => line.startsWith('dropped'))).toHaveLength(4);
  });

  it('answers for the newest text when the text changes during the review', async () => {
    const client = await startTestClient();
    client.open(URI, '// SLOW BUG\n');
    const pulled = client.pull(URI);
    client.edit(URI, 2, '// two: BUG BUG\n');
    expect(await pulled).toMatchObject({ kind: 'full', items: [{ range: at(0, 8, 11) }, { range: at(0, 12, 15) }] });
  });

  it('fails one request when a review throws, and serves the next', async () => {
    const client = await startTestClient();
    client.open(URI, '// BOOM\n');
    await expect(client.pull(URI)).rejects.toThrow('boom');
    client.edit(URI, 2, '// BUG\n');
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });
});

describe('publishDiagnostics', () => {
  it('serves clients that do not pull, with the version, and clears on close', async () => {
    const client = await startTestClient({ capabilities: {} });
    client.open(URI, '// BUG\n');
    await expect.poll(() => client.published).toHaveLength(1);
    expect(client.published[0]).toMatchObject({ uri: URI, version: 1, diagnostics: [{ code: 'bug' }] });
    client.edit(URI, 2, '// BUG BUG\n');
    client.edit(URI, 3, '// no more\n');
    await expect.poll(() => client.published).toHaveLength(2);
    expect(client.published[1]).toMatchObject({ version: 3, diagnostics: [] });
    client.close(URI);
    await expect.poll(() => client.published).toHaveLength(3);
    expect(client.published[2]).toEqual({ uri: URI, diagnostics: [] });
  });

  it('publishes nothing to a client that pulls', async () => {
    const client = await startTestClient();
    client.open(URI, '// BUG\n');
    await client.diagnostics(URI);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(client.published).toEqual([]);
  });
});
