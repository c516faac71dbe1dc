/** Any sequence of notifications and requests: each request is answered, and in the end the server knows what the editor shows. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { disposeClients, EDITOR, startTestClient, type TestClient } from '../support/lsp-client.ts';

const URIS = ['file:///w/a.go', 'file:///w/b.go', 'file:///x/c.go'] as const;

afterEach(disposeClients);

interface Document {
  version: number;
  text: string;
}

type Step =
  | { readonly kind: 'open' | 'close' | 'pull' | 'cancel' | 'actions'; readonly which: number; readonly text: string }
  | {
      readonly kind: 'edit';
      readonly which: number;
      readonly text: string;
      readonly from: number;
      readonly length: number;
      readonly isOld: boolean;
    };

const texts = fc
  .array(fc.constantFrom('BUG', ' ', '\n', '\r\n', '\r', 'é', '😀', 'x', '//'), { maxLength: 12 })
  .map((parts) => parts.join(''));
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('open', 'close', 'pull', 'cancel', 'actions'), which: fc.nat(2), text: texts }),
  fc.record({ kind: fc.constant('edit'), which: fc.nat(2), text: texts, from: fc.nat(40), length: fc.nat(6), isOld: fc.boolean() }),
);

function positionOf(text: string, offset: number, encoding: string): { line: number; character: number } {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  const last = lines.at(-1) ?? '';
  return { line: lines.length - 1, character: encoding === 'utf-8' ? new TextEncoder().encode(last).length : last.length };
}

/** An offset that splits neither a surrogate pair nor a line break. */
function sound(text: string, offset: number): number {
  const at = Math.min(offset, text.length);
  const splitsPair = /[\ud800-\udbff]/.test(text[at - 1] ?? '') || (text[at - 1] === '\r' && text[at] === '\n');
  return splitsPair ? at - 1 : at;
}

class Editor {
  readonly documents = new Map<number, Document>();
  readonly answers: Promise<unknown>[] = [];

  constructor(
    private readonly client: TestClient,
    private readonly encoding: string,
  ) {}

  do(one: Step): void {
    const uri = URIS[one.which];
    const held = this.documents.get(one.which);
    switch (one.kind) {
      case 'open':
        if (held !== undefined) return;
        this.documents.set(one.which, { version: 1, text: one.text });
        this.client.open(uri, one.text);
        return;
      case 'close':
        this.documents.delete(one.which);
        this.client.close(uri);
        return;
      case 'edit':
        this.edit(uri, held, one);
        return;
      case 'pull':
        this.answers.push(this.client.pull(uri));
        return;
      case 'cancel':
        this.answers.push(
          this.client.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }, cancelled()).catch((error) => error),
        );
        return;
      case 'actions':
        this.answers.push(this.client.actions(uri, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }));
        return;
    }
  }

  private edit(uri: string, held: Document | undefined, { from, length, text, isOld }: Extract<Step, { kind: 'edit' }>): void {
    if (held === undefined || isOld) {
      this.client.edit(uri, (held?.version ?? 1) - (from % 2), text);
      return;
    }
    const start = sound(held.text, from);
    const end = Math.max(start, sound(held.text, start + length));
    const range = { start: positionOf(held.text, start, this.encoding), end: positionOf(held.text, end, this.encoding) };
    held.version += 1 + (from % 3);
    held.text = held.text.slice(0, start) + text + held.text.slice(end);
    this.client.edit(uri, held.version, text, range);
  }
}

function cancelled() {
  return {
    isCancellationRequested: true,
    onCancellationRequested(listener: (event: unknown) => void) {
      listener(undefined);
      return { dispose() {} };
    },
  };
}

describe('any session', () => {
  it.each(['utf-16', 'utf-8'])('ends with what the editor shows, in %s', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const client = await startTestClient({ capabilities: { ...EDITOR, general: { positionEncodings: [encoding] } } });
        const editor = new Editor(client, encoding);
        for (const one of steps) editor.do(one);
        await Promise.all(editor.answers);
        const fresh = await startTestClient({ capabilities: { ...EDITOR, general: { positionEncodings: [encoding] } } });
        for (const [which, { text }] of editor.documents) {
          fresh.open(URIS[which], text);
          expect(await client.diagnostics(URIS[which])).toEqual(await fresh.diagnostics(URIS[which]));
        }
        await disposeClients();
      }),
      { numRuns: 60 },
    );
  });
});
