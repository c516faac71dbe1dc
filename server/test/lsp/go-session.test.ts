/** The server on the real analysis: what an editor and a headless client get for Go. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type CodeAction,
  CodeLensRequest,
  DidChangeConfigurationNotification,
  HoverRequest,
  type InlayHint,
  InlayHintRequest,
} from 'vscode-languageserver-protocol/node';
import { applyEdits, neverCancelled } from '../../src/base/index.ts';
import { createSettler } from '../../src/host/index.ts';
import {
  ALLOCATIONS_REQUEST,
  type AllocationMarks,
  type Conversion,
  fixOfAction,
  fromWorkspaceEdit,
  NARROW_REQUEST,
  toFinding,
} from '../../src/lsp/index.ts';
import { createSession, type Finding } from '../../src/review/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { ACTION_LITERALS, at, disposeClients, EDITOR, type TestClient } from '../support/lsp-client.ts';
import { positionedTexts } from '../support/positioned-texts.ts';

const URI = 'file:///w/a.go';
const GROWTH = `package a

func double(xs []int) []int {
	var out []int
	for _, x := range xs {
		out = append(out, 2*x)
	}
	return out
}
`;

beforeAll(loadTestGrammar);
afterEach(disposeClients);

async function only(client: TestClient, title: string): Promise<CodeAction> {
  const found = (await client.actions(URI, at(5, 4))).find((action) => action.title.startsWith(title));
  if (found === undefined) throw new Error(`no action "${title}"`);
  return client.resolve(found);
}

function apply(text: string, action: CodeAction): string {
  const conversion: Conversion = { encoding: 'utf-16', textOf: positionedTexts({ '/w/a.go': text }) };
  const edits = fromWorkspaceEdit(action.edit ?? {}, conversion) ?? [];
  return new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), edits));
}

describe('the real analysis behind the server', () => {
  it('finds what is in the unsaved text', async () => {
    const client = await startGoClient({ '/w/a.go': 'package a\n' });
    client.open(URI, GROWTH);
    const [finding] = await client.diagnostics(URI);
    expect(finding).toMatchObject({ range: at(5, 2, 14), code: 'slice-growth', source: 'escapement', severity: 4 });
    expect(finding.relatedInformation?.length).toBeGreaterThan(0);
    expect(finding.codeDescription?.href).toContain('slice-growth');
  });

  it('looks at no more than the parts that it was told, until it is told otherwise', async () => {
    const second = GROWTH.replace('package a\n', '').replace('double', 'twice');
    const client = await startGoClient({ '/w/a.go': GROWTH + second });
    const at = GROWTH.length;
    const narrow = (files: unknown): Promise<unknown> => client.connection.sendRequest(NARROW_REQUEST, { files });
    const lines = async (): Promise<readonly number[]> => (await client.diagnostics(URI)).map(({ range }) => range.start.line);
    client.open(URI, GROWTH + second);
    expect(await lines()).toEqual([5, 13]);
    await narrow([{ uri: URI, changed: [{ start: at, end: at + second.length }], around: [] }]);
    expect(await lines()).toEqual([13]);
    await expect(narrow([{ uri: URI, changed: [1], around: [] }])).rejects.toThrow('expected { files');
    expect(await lines()).toEqual([13]);
    await narrow([]);
    expect(await lines()).toEqual([5, 13]);
  });

  it('keeps the findings of sound functions in code that does not parse', async () => {
    const client = await startGoClient();
    client.open(URI, `${GROWTH}\nfunc broken( {\n`);
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'slice-growth' }]);
  });

  it('keeps a finding while its function is typed into, and offers nothing for it', async () => {
    const client = await startGoClient();
    client.open(URI, GROWTH);
    const [before] = await client.diagnostics(URI);
    client.edit(URI, 2, '\tif (\n', at(3, 0));
    const [kept] = await client.diagnostics(URI);
    expect(kept).toMatchObject({ range: at(6, 2, 14), message: before.message, data: { kept: true, fixes: 0 } });
    expect(kept.relatedInformation?.[0].location.range.start.line).toBe(4);
    expect(await client.actions(URI, at(6, 4))).toEqual([]);
    client.edit(URI, 3, '', { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } });
    expect(await client.diagnostics(URI)).toEqual([before]);
  });

  it('survives being typed key by key', async () => {
    const client = await startGoClient();
    client.open(URI, '');
    for (let i = 0; i < GROWTH.length; i++) {
      const lines = GROWTH.slice(0, i).split('\n');
      client.edit(URI, i + 2, GROWTH[i], at(lines.length - 1, lines.at(-1)?.length ?? 0));
      if (i % 7 === 0) await client.pull(URI);
    }
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'slice-growth' }]);
  });

  it('fixes all, after which there is nothing to find', async () => {
    const client = await startGoClient();
    client.open(URI, GROWTH);
    const [action] = await client.actions(URI, at(0, 0), ['source.fixAll']);
    const fixed = apply(GROWTH, await client.resolve(action));
    client.edit(URI, 2, fixed);
    expect(await client.diagnostics(URI)).toEqual([]);
    expect(fixed).not.toBe(GROWTH);
  });

  it('suppresses with a reason, after which there is nothing to find', async () => {
    const client = await startGoClient();
    client.open(URI, GROWTH);
    const suppressed = apply(GROWTH, await only(client, 'Suppress slice-growth'));
    expect(suppressed).toContain('\t\t//escapement:ignore slice-growth -- say why\n\t\tout = append(out, 2*x)\n');
    client.edit(URI, 2, suppressed);
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it("shows the rule's page on hover", async () => {
    const client = await startGoClient();
    client.open(URI, GROWTH);
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri: URI },
      position: { line: 5, character: 4 },
    });
    expect(hover).toMatchObject({ contents: { kind: 'markdown', value: expect.stringContaining('# slice-growth') } });
    expect(JSON.stringify(hover)).not.toContain('<!--');
  });

  it('obeys a configuration file, and shows what is wrong with it', async () => {
    const client = await startGoClient({ '/w/.escapement.yml': 'version: 1\nrules:\n  disable: [slice-growth]\n' });
    client.open(URI, GROWTH);
    expect(await client.diagnostics(URI)).toEqual([]);
    const config = 'file:///w/.escapement.yml';
    client.open(config, 'version: 1\nrules:\n  disable: [no-such-rule]\n');
    await expect
      .poll(() => client.published.at(-1))
      .toMatchObject({ uri: config, diagnostics: [{ range: { start: { line: 2 } }, source: 'escapement' }] });
    expect(await client.diagnostics(URI)).toEqual([]);
    client.edit(config, 2, 'version: 1\n');
    await expect.poll(() => client.published.at(-1)).toMatchObject({ uri: config, diagnostics: [] });
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  it('says why a document was not reviewed, unless nobody expects it to be', async () => {
    const client = await startGoClient();
    client.open(URI, `package a\n\nvar x = ${'('.repeat(12_000)}1${')'.repeat(12_000)}\n`);
    const message = expect.stringContaining('nested more than 10,000');
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'skipped', severity: 3, message }]);
    client.edit(URI, 2, '// Code generated by hand. DO NOT EDIT.\n\npackage a\n');
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  it("lets the client's settings win", async () => {
    const client = await startGoClient({}, { settings: { rules: { 'slice-growth': 'error' } } });
    client.open(URI, GROWTH);
    expect(await client.diagnostics(URI)).toMatchObject([{ severity: 1 }]);
  });

  it('marks every allocation of an open file, on the heap or not, and counts those in loops', async () => {
    const text = `package a

type T struct{ n int }

var kept []*T

func f(n int) int {
	for i := range n {
		kept = append(kept, &T{i})
	}
	near := &T{n}
	kept = append(kept, func() *T {
		return new(T)
	}())
	return near.n
}
`;
    const client = await startGoClient({}, { settings: { codeLens: true, preset: 'none' } });
    client.open(URI, text, 3);
    const ask = (uri: string): Promise<AllocationMarks> => client.connection.sendRequest(ALLOCATIONS_REQUEST, { uri });
    const { version, marks } = await ask(URI);
    expect(version).toBe(3);
    expect(marks.map(({ range, verdict, label, isInLoop }) => [range.start.line, verdict, label, isInLoop])).toEqual([
      [8, 'heap', 'heap: appended to a slice', true],
      [10, 'stack', 'stack', false],
      [12, 'heap', 'heap: appended to a slice', false],
      [11, 'stack', 'stack', false],
    ]);
    expect(marks.every(({ range }) => range.start.line === range.end.line)).toBe(true);
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: URI } });
    expect(lenses?.map(({ command }) => command?.title)).toEqual(['2 heap sites, 1 in a loop']);
    await expect(ask('file:///w/closed.go')).rejects.toThrow('open document');
  });

  it('shows what is on the heap in hints and lenses, when it is switched on', async () => {
    const text = `package a

type T struct{ n int }

var kept *T

func f(n int) *T {
	x := T{n}
	kept = &x
	return &T{n: 1}
}

func g() int { return 1 }
`;
    const whole = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const client = await startGoClient({}, { settings: { inlayHints: true, codeLens: true, rules: {}, preset: 'none' } });
    client.open(URI, text);
    const ask = (): Promise<InlayHint[] | null> =>
      client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri: URI }, range: whole });
    expect(await ask()).toMatchObject([
      { position: { line: 7, character: 2 }, label: expect.stringMatching(/^heap: /) },
      { position: { line: 9, character: 16 }, label: expect.stringMatching(/^heap: returned/) },
    ]);
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: URI } });
    expect(lenses).toMatchObject([{ range: at(6, 5, 6), command: { title: '2 heap sites', command: '' } }]);
    client.settings = {};
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    expect(await ask()).toEqual([]);
  });

  it('reviews the workspace and tells how much', async () => {
    const client = await startGoClient({ '/w/a.go': GROWTH, '/w/sub/b.go': 'package b\n', '/w/vendor/v/v.go': GROWTH });
    expect(await client.workspace()).toMatchObject([
      { uri: URI, items: [{ code: 'slice-growth' }] },
      { uri: 'file:///w/sub/b.go', items: [] },
    ]);
    expect(await client.connection.sendRequest('escapement/summary')).toMatchObject({ files: 2, faults: [], skipped: [] });
  });

  it('loses nothing on the wire: findings and fixes come back as the review made them', async () => {
    const text = GROWTH.replace('package a\n', 'package a // é😀\r\n').replace('out = ', '/* ü😀 */ out = ');
    const files = { '/w/go.mod': 'module example.com/w\n\ngo 1.22\n', '/w/a.go': text };
    const session = createSession(memoryFiles(files), loadTestLibrary());
    session.configure(createSettler(memoryFiles(files))({ client: {}, roots: ['/w'], openText: () => undefined }).settings);
    const expected = session.review(['/w/a.go'], neverCancelled).findings;
    expect(expected.length).toBeGreaterThan(0);
    for (const encoding of ['utf-8', 'utf-16'] as const) {
      const textDocument = { diagnostic: {}, codeAction: ACTION_LITERALS };
      const capabilities = { ...EDITOR, general: { positionEncodings: [encoding] }, textDocument };
      const client = await startGoClient(files, { capabilities });
      const conversion: Conversion = { encoding, textOf: positionedTexts(files) };
      const diagnostics = await client.diagnostics(URI);
      const actions = await client.actions(URI, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, ['quickfix']);
      const fixes = actions.flatMap((action) => fixOfAction(action, conversion) ?? []);
      const back = diagnostics.map((diagnostic): Finding | undefined => {
        const finding = toFinding(diagnostic, URI, conversion);
        const its = fixes.filter(({ data }) => data.fingerprint === finding?.fingerprint).map(({ fix }) => fix);
        return finding === undefined ? undefined : { ...finding, fixes: its };
      });
      expect(back).toEqual(expected);
    }
  });
});
