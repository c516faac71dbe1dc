/** Closed files of other packages: what was found in them is looked at again when a package changes that they looked into. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { disposeClients, type TestClient } from '../support/lsp-client.ts';

beforeAll(loadTestGrammar);
afterEach(disposeClients);

const A = 'file:///w/a/a.go';
const NUMBER = 'package a\n\nfunc N() int { return 1 }\n';
const LONGER = 'package a\n\nfunc N() int64 { return 1 }\n';
const FILES = {
  '/w/go.mod': 'module m\n\ngo 1.24\n',
  '/w/a/a.go': NUMBER,
  '/w/b/b.go': 'package b\n\nimport "m/a"\n\nvar Last = a.N()\n',
  '/w/c/c.go': 'package c\n\nimport (\n\t"fmt"\n\n\t"m/b"\n)\n\nfunc Text() string { return fmt.Sprintf("%d", b.Last) }\n',
};

/** How the closed file should print, as the whole workspace tells it. */
async function cureInC(client: TestClient): Promise<string | undefined> {
  const items = await client.workspace();
  return items.flatMap((item) => (item.kind === 'full' && item.uri.endsWith('c.go') ? item.items.map(cureIn) : []))[0];
}

function cureIn({ message }: { readonly message: unknown }): string | undefined {
  return /strconv\.\w+/.exec(String(message))?.[0];
}

describe('a closed file that looks into a package by way of another one', () => {
  it('is reviewed again once that was typed in and nothing came for a while', async () => {
    const client = await startGoClient(FILES);
    expect(await cureInC(client)).toBe('strconv.Itoa');
    client.open(A, NUMBER);
    client.edit(A, 2, LONGER);
    await expect.poll(() => cureInC(client), { timeout: 10_000 }).toBe('strconv.FormatInt');
  });

  it('is reviewed again at once for whoever asks for that very file', async () => {
    const client = await startGoClient(FILES);
    expect(await cureInC(client)).toBe('strconv.Itoa');
    client.open(A, NUMBER);
    client.edit(A, 2, LONGER);
    expect((await client.diagnostics('file:///w/c/c.go')).map(cureIn)).toEqual(['strconv.FormatInt']);
  });
});
