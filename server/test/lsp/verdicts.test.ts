/** Hovers and inlay hints of the escape analysis, as an editor asks for them: what lives where, what it costs, why, and how it comes there. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  DidChangeConfigurationNotification,
  type Hover,
  HoverRequest,
  type InlayHint,
  InlayHintRequest,
  InlayHintResolveRequest,
  MarkupContent,
  type MarkupKind,
} from 'vscode-languageserver-protocol/node';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { disposeClients, EDITOR, type TestClient, type TestClientOptions } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';

beforeAll(loadTestGrammar);
afterEach(disposeClients);

async function startGo(text: string, options: TestClientOptions = {}): Promise<TestClient> {
  const files = { '/w/go.mod': 'module example.com/w\n\ngo 1.26\n' };
  const client = await startGoClient(files, { settings: { preset: 'none' }, ...options });
  client.open(URI, text);
  return client;
}

/** What is shown at the first `‸` in the text, which is taken out. */
async function markupAt(marked: string, options: TestClientOptions = {}): Promise<MarkupContent | undefined> {
  const lines = marked.slice(0, marked.indexOf('‸')).split('\n');
  const client = await startGo(marked.replace('‸', ''), options);
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  const hover: Hover | null = await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position });
  return hover !== null && MarkupContent.is(hover.contents) ? hover.contents : undefined;
}

async function hoverAt(marked: string, options: TestClientOptions = {}): Promise<string> {
  return (await markupAt(marked, options))?.value ?? '';
}

function inBody(body: string): string {
  return `package a\n\nimport "fmt"\n\ntype T struct{ a, b int }\n\ntype list struct{ head *T }\n\nvar kept any\n\nfunc f(l *list, n int, s string, g func(...any)) *T {\n\t${body}\n\tfmt.Print()\n\treturn nil\n}\n`;
}

describe('hover', () => {
  it('is plain text where the client shows no markdown', async () => {
    const shown = (contentFormat: MarkupKind[]): Promise<MarkupContent | undefined> =>
      markupAt(inBody('‸v := T{}; l.head = &v'), {
        capabilities: { ...EDITOR, textDocument: { ...EDITOR.textDocument, hover: { contentFormat } } },
      });
    expect(await shown(['plaintext'])).toEqual({
      kind: 'plaintext',
      value: expect.stringMatching(/^Heap, 16 bytes: v .*, because its address is stored in l\.head \(a\.go:12\)\.$/),
    });
    expect(await shown(['plaintext', 'markdown'])).toMatchObject({ kind: 'markdown' });
  });

  it.each([
    [
      'a variable on the heap',
      '‸v := T{}; l.head = &v',
      /^\*\*Heap\*\*, 16 bytes: `v` .*, because its address is stored in l\.head \(\[a\.go:12\]\(file:\/\/\/w\/a\.go#L12,12\)\)\.$/,
    ],
    ['its use', 'v := T{}; l.head = &‸v', /^\*\*Heap\*\*, 16 bytes: `v` /],
    ['a variable on the stack', '‸v := T{}; _ = v', /^\*\*Stack\*\*: `v` stays on the stack\.$/],
    ['&T{}', 'l.head = ‸&T{}', /^\*\*Heap\*\*, 16 bytes: this literal /],
    ['new', 'l.head = n‸ew(T)', /^\*\*Heap\*\*, 16 bytes: this new value /],
    ['a slice literal, at its type', 'kept = []i‸nt{1, 2}', /^\*\*Heap\*\*, 16 bytes: this literal /],
    ['make', 'kept = m‸ake([]int, 3)', /^\*\*Heap\*\*, 24 bytes: this `\[\]int` is allocated/],
    ['make of a length that is not known, on the stack', 'x := m‸ake([]int, n); _ = x', /^\*\*Mostly stack\*\*: .*fits into 32 bytes\.$/s],
    ['a channel', 'c := m‸ake(chan int); _ = c', /^\*\*Heap\*\*: this channel is allocated on the heap, as all channels are\.$/],
    [
      'append',
      'x := []int{}; x = a‸ppend(x, 1); _ = x',
      /^\*\*Sometimes heap\*\*: this append allocates a longer array when the capacity is used up\.$/,
    ],
    ['a closure', 'kept = ‸func() { n++ }', /^\*\*Heap\*\*, 16 bytes: this function literal /],
    ['a method value', 'kept = fmt.Stringer.String; e := fmt.Errorf; kept = e; kept = (error)(nil).‸Error', /^\*\*Heap\*\*/],
    ['a concatenation, at its operator', 'kept = s ‸+ "!"', /^\*\*Heap\*\*: this string /],
    ['a conversion', 'kept = [‸]byte(s)', /^\*\*Heap\*\*: this copy /],
    [
      'a boxed argument',
      'fmt.Println(‸n)',
      /^\*\*Stack\*\*: `n` .*\n\n\*\*Heap\*\*, 8 bytes: the copy of this value in an interface is .*passed to fmt\.Println.*Nothing is allocated when its value is from 0 to 255\.$/s,
    ],
    [
      'a constant in an interface',
      'fmt.Println(‸"x")',
      /^\*\*No allocation\*\*: .* read-only data .*`go build -gcflags=-m` says all the same/s,
    ],
    ['a variadic call', '‸g(n)', /stays on the stack/],
    ['the arguments of a variadic call', 'fmt.P‸rintln(n)', /^\*\*Stack\*\*: the slice of arguments of this call /],
    [
      'what an inlined function makes',
      'kept = fmt.Err‸orf("x")',
      /^\*\*(Stack|Heap)\*\*[\s\S]*what `fmt\.Errorf` makes, which is inlined here, is allocated on the heap/,
    ],
    ['an imported name', 'f‸mt.Println(n)', /^\*\*Stack\*\*: the slice of arguments/],
  ])('tells of %s', async (_, body, says) => {
    expect(await hoverAt(inBody(body))).toMatch(says);
  });

  it('tells what a parameter leaks', async () => {
    const text = (name: string) =>
      `package a\n\nvar kept *int\n\nfunc f(${name}) (*int, []*int) {\n\tkept = p\n\treturn q, r[:len(*t)]\n}\n`;
    const all = (marked: string) => hoverAt(text('p, q *int, r []*int, t *string').replace(new RegExp(`\\b(${marked})\\b`), '‸$1'));
    expect(await all('p')).toMatch(/stays on the stack\. {2}\nThe function keeps it/);
    expect(await all('q')).toMatch(/comes back to the caller in a result/);
    expect(await all('t')).toMatch(/keeps nothing of what callers pass here/);
  });

  it('lists the steps in order, each with its place, from the allocation to what keeps it', async () => {
    const text = await hoverAt(inBody('‸v := T{}; p := &v\n\tl.head = p'));
    expect(text.split('\n').filter((line) => /^\d/.test(line))).toEqual([
      '1. the address of v is assigned to p ([a.go:12](file:///w/a.go#L12,12))',
      '2. p is stored in l.head ([a.go:13](file:///w/a.go#L13,2))',
    ]);
  });

  it('shows the page of a rule that has a finding there, below the verdict, with headings of its size', async () => {
    const value = await hoverAt(inBody('‸v := T{}; l.head = &v'), { settings: { preset: 'all' } });
    expect(value).toMatch(/^\*\*Heap\*\*, 16 bytes: `v` .*\(\[a\.go:12\][^\n]*\n\n---\n\n### escaping-pointer\n/);
    expect(value.split('\n').filter((line) => /^##? /.test(line))).toEqual([]);
  });

  it('leaves out reason and steps where the client shows a finding that tells them', async () => {
    const beside = (body: string, preset: 'all' | 'none') =>
      hoverAt(inBody(body), { settings: { preset }, initializationOptions: { showsFindingsInHovers: true } });
    const body = '‸v := T{}; p := &v\n\tl.head = p';
    expect(await beside(body, 'all')).toMatch(/^\*\*Heap\*\*, 16 bytes: `v` is allocated on the heap\.\n\n---\n/);
    expect(await beside(body, 'none')).toMatch(/because its address is stored in l\.head\.\n\n1\. /);
  });

  it('shows user code as text', async () => {
    const value = await hoverAt(inBody('‸v := T{}; kept = map[string]any{"[x](command:y)<b>*z*": &v}'));
    expect(value).not.toMatch(/[^\\]\[x\]\(command|[^\\]<b>/);
  });

  it('says nothing where there is nothing to say, and when it is switched off', async () => {
    expect(await hoverAt('pack‸age a\n')).toBe('');
    expect(await hoverAt('package a\n\nvar global‸ = 1\n')).toBe('');
    expect(await hoverAt(inBody('‸v := T{}; l.head = &v'), { settings: { enable: false } })).toBe('');
  });
});

describe('inlay hints', () => {
  const TEXT = inBody('v := T{}; l.head = &v; kept = "constant"; kept = []byte(s)');
  const WHOLE = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const ask = (client: TestClient, range = WHOLE): Promise<InlayHint[] | null> =>
    client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: URI }, range });
  const RESOLVING = { ...EDITOR, textDocument: { ...EDITOR.textDocument, inlayHint: { resolveSupport: { properties: ['tooltip'] } } } };

  it('mark what is allocated, in few letters, and not what only the compiler calls heap', async () => {
    const hints = (await ask(await startGo(TEXT, { settings: { inlayHints: true, preset: 'none' } }))) ?? [];
    expect(hints.map(({ label }) => label)).toEqual(['heap: stored in l.head', 'heap: assigned to kept', 'heap: boxed']);
    for (const { label } of hints) expect(label.length).toBeLessThanOrEqual(31);
  });

  it('keep to the range that is asked for', async () => {
    const client = await startGo(TEXT, { settings: { inlayHints: true, preset: 'none' } });
    const line = TEXT.split('\n').findIndex((each) => each.includes('v := T{}'));
    expect(await ask(client, { start: { line: line + 1, character: 0 }, end: { line: line + 2, character: 0 } })).toEqual([]);
    expect(await ask(client, { start: { line, character: 0 }, end: { line, character: 5 } })).toHaveLength(1);
  });

  it('have their tooltip when it is asked for, and never of a text that is gone', async () => {
    const client = await startGo(TEXT, { settings: { inlayHints: true, preset: 'none' }, capabilities: RESOLVING });
    const [hint] = (await ask(client)) ?? [];
    expect(hint.tooltip).toBeUndefined();
    const resolved = await client.connection.sendRequest(InlayHintResolveRequest.type, hint);
    expect(resolved.tooltip).toMatchObject({ kind: 'markdown', value: expect.stringMatching(/^\*\*Heap\*\*, 16 bytes: `v`/) });
    client.open(URI, `\n${TEXT}`, 2);
    expect((await client.connection.sendRequest(InlayHintResolveRequest.type, hint)).tooltip).toBeUndefined();
  });

  it('are off until they are switched on', async () => {
    const client = await startGo(TEXT, { settings: { preset: 'none' } });
    expect(await ask(client)).toEqual([]);
    client.settings = { inlayHints: true, preset: 'none' };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    expect(await ask(client)).toHaveLength(3);
  });
});
