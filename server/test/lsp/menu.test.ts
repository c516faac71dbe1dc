/** What a finding's menu offers beyond its fixes, on the real analysis: all of the rule, silence in the code or the configuration, a guess to change. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  type ApplyWorkspaceEditParams,
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  type CodeAction,
  ExecuteCommandRequest,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node';
import { FIX_IN_WORKSPACE_COMMAND } from '../../src/lsp/index.ts';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { at, disposeClients, EDITOR, type TestClient } from '../support/lsp-client.ts';

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

describe('the menu of a finding', () => {
  const CAPABILITIES: ClientCapabilities = {
    ...EDITOR,
    window: { workDoneProgress: true },
    workspace: {
      ...EDITOR.workspace,
      applyEdit: true,
      workspaceEdit: {
        documentChanges: true,
        resourceOperations: ['create'],
        snippetEditSupport: true,
        changeAnnotationSupport: { groupsOnLabel: true },
      },
    },
  };
  const titles = (actions: readonly CodeAction[]): string[] => actions.map(({ title }) => title);

  it('goes from the fix over its rule to silence and explanation', async () => {
    const client = await startGoClient({}, { capabilities: CAPABILITIES });
    client.open(URI, GROWTH);
    const [{ range }] = await client.diagnostics(URI);
    expect(titles(await client.actions(URI, range))).toEqual([
      'Grow out by len(xs) before the loop',
      'Make out with room for len(xs); without elements it is then empty instead of nil',
      'Fix all slice-growth in the workspace…',
      'Suppress slice-growth here, with a reason',
      'Turn slice-growth off in .escapement.yml',
      'Explain slice-growth',
    ]);
  });

  it('turns a rule off in a new configuration, or in the one there is, of which nothing else changes', async () => {
    const fresh = await startGoClient({}, { capabilities: CAPABILITIES });
    fresh.open(URI, GROWTH);
    const off = async (client: TestClient): Promise<CodeAction | undefined> => {
      const [{ range }] = await client.diagnostics(URI);
      return (await client.actions(URI, range)).find(({ title }) => title.startsWith('Turn'));
    };
    expect((await off(fresh))?.edit?.documentChanges).toEqual([
      { kind: 'create', uri: 'file:///w/.escapement.yml' },
      {
        textDocument: { uri: 'file:///w/.escapement.yml', version: null },
        edits: [{ range: at(0, 0), newText: 'version: 1\nrules:\n  disable:\n    - slice-growth\n' }],
      },
    ]);
    const known = await startGoClient(
      { '/w/.escapement.yml': 'version: 1\nrules:\n  # é\n  default: all # ours\n' },
      { capabilities: CAPABILITIES },
    );
    known.open(URI, GROWTH);
    expect((await off(known))?.edit?.documentChanges).toEqual([
      {
        textDocument: { uri: 'file:///w/.escapement.yml', version: null },
        edits: [{ range: at(3, 0), newText: '  disable: [slice-growth]\n' }],
      },
    ]);
    const told = await startGoClient({}, { capabilities: CAPABILITIES, settings: { rules: { 'slice-growth': 'warning' } } });
    told.open(URI, GROWTH);
    expect(await off(told)).toBeUndefined();
  });

  it.each([
    ['the nearest configuration', ['/w'], { '/w/.escapement.yml': 'version: 1\n', '/w/sub/.escapement.yml': 'version: 1\n' }],
    ['a new one beside a file in no folder, which then holds', [], {}],
  ])('turns a rule off in %s', async (_, roots, files) => {
    const uri = 'file:///w/sub/a.go';
    const client = await startGoClient({ '/w/sub/a.go': GROWTH, ...files }, { capabilities: CAPABILITIES, roots });
    client.open(uri, GROWTH);
    const [{ range }] = await client.diagnostics(uri);
    const off = (await client.actions(uri, range)).find(({ title }) => title.startsWith('Turn'));
    expect(JSON.stringify(off?.edit)).toContain('"file:///w/sub/.escapement.yml"');
    const turned = await startGoClient(
      { '/w/sub/a.go': GROWTH, ...files, '/w/sub/.escapement.yml': 'version: 1\nrules:\n  disable:\n    - slice-growth\n' },
      { capabilities: CAPABILITIES, roots },
    );
    turned.open(uri, GROWTH);
    expect(await turned.diagnostics(uri)).toEqual([]);
  });

  it('fixes all of a rule in the workspace by one edit that asks', async () => {
    const files = { '/w/b.go': GROWTH.replace('func f', 'func second'), '/w/sub/c.go': GROWTH };
    const client = await startGoClient(files, { capabilities: CAPABILITIES });
    const asked: ApplyWorkspaceEditParams[] = [];
    client.connection.onRequest(ApplyWorkspaceEditRequest.type, (params) => {
      asked.push(params);
      return { applied: true };
    });
    client.connection.onRequest(WorkDoneProgressCreateRequest.type, () => {});
    client.open(URI, GROWTH, 4);
    const command = { command: FIX_IN_WORKSPACE_COMMAND, arguments: ['slice-growth'] };
    await client.connection.sendRequest(ExecuteCommandRequest.type, command);
    expect(asked).toHaveLength(1);
    const { label, edit } = asked[0];
    expect(label).toBe('Fix all slice-growth');
    expect(edit.changeAnnotations).toEqual({ escapement: { label: 'Fix all slice-growth', needsConfirmation: true } });
    const changed = (edit.documentChanges ?? []).flatMap((change) => ('textDocument' in change ? [change] : []));
    expect(changed.map(({ textDocument: { uri, version } }) => [uri, version])).toEqual([
      [URI, 4],
      ['file:///w/b.go', null],
      ['file:///w/sub/c.go', null],
    ]);
    expect(changed.every(({ edits }) => edits.every((each) => 'annotationId' in each && each.annotationId === 'escapement'))).toBe(true);
  });

  it('leaves what a fix guesses under the cursor', async () => {
    const text =
      'package a\n\nimport (\n\t"net/http"\n\t"time"\n)\n\nvar limit = time.Second\n\nfunc f() (*http.Response, error) {\n\tc := &http.Client{}\n\treturn c.Get("https://example.com")\n}\n';
    const client = await startGoClient({}, { capabilities: CAPABILITIES, settings: { preset: 'all' } });
    client.open(URI, text);
    const found = (await client.diagnostics(URI)).find(({ code }) => code === 'http-without-timeout');
    const [action] = await client.actions(URI, found?.range ?? at(0, 0));
    const { edit } = await client.resolve(action);
    expect(JSON.stringify(edit)).toMatch(/Timeout: \$\{1:30 \* time\.Second\}/);
  });
});
