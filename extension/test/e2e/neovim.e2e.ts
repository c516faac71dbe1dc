/**
 * A second editor: Neovim's own client over stdio, as docs/editors.md sets it up for versions without pull diagnostics. It sees the
 * finding and takes its fix, shows hovers, and its server ends with it.
 */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { documentedSnippet, type Run, StdioEditor, seenIn } from './stdio-editor.ts';

const editor = new StdioEditor();
afterAll(() => editor.dispose());

function run(plan: Readonly<Record<string, unknown>>): Promise<Run> {
  const snippet = documentedSnippet('### Older Neovim', 'lua');
  return editor.run('nvim', ['--headless', '--clean', '-S', join(import.meta.dirname, 'neovim.lua')], { snippet, ...plan });
}

it('shows a lost cancel in Neovim and mends it', async () => {
  const { log, serverExit } = await run({ file: editor.pathOf('cancel.go'), rule: 'lost-cancel', title: 'Add defer cancel()' });
  expect(seenIn(log)).toMatchObject({ source: 'escapement', line: 9, column: 7 });
  expect(editor.text('cancel.go')).toContain('defer cancel()');
  expect(serverExit).toBe(0);
}, 60_000);

it('shows the page of a rule in Neovim, where it found something', async () => {
  const { log } = await run({ file: editor.pathOf('growth.go'), hovers: [[7, 4]] });
  expect(seenIn(log).hovers).toEqual([expect.stringContaining('slice-growth')]);
}, 60_000);

it('shows where a value lives in Neovim, and gives hints to plugins', async () => {
  const { log, serverExit } = await run({
    file: editor.pathOf('ledger.go'),
    hovers: [
      [10, 2],
      [9, 7],
    ],
  });
  const { hovers, hints } = seenIn(log);
  expect(hovers).toMatchObject([
    expect.stringMatching(/Heap.*16 bytes: .*placed.* is allocated on the heap, because its address is appended to a slice/),
    expect.stringMatching(/Stack.*l.* stays on the stack/),
  ]);
  expect(hovers).toMatchObject([
    expect.stringMatching(/1\. the address of placed is assigned to latest[^\n]*\n2\. latest is appended to a slice/),
    expect.anything(),
  ]);
  expect(hints).toEqual([
    { line: 10, label: 'heap: appended to a slice' },
    { line: 13, label: 'heap: boxed' },
  ]);
  expect(serverExit).toBe(0);
}, 60_000);
