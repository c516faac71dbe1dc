/**
 * A third editor: Emacs with eglot over stdio, as docs/editors.md sets it up, without pull diagnostics. It sees findings under its
 * settings, takes a fix, shows a hover, and answers when it is asked to end; what is left of it then, eglot kills.
 */
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { documentedSnippet, StdioEditor, seenIn } from './stdio-editor.ts';

/** A finding of a rule that is off unless the settings of the snippet arrive. */
const OFF_BY_DEFAULT = 'package editors\n\nimport "fmt"\n\nfunc fail() error {\n\treturn fmt.Errorf("no luck")\n}\n';

const editor = new StdioEditor({ 'fail.go': OFF_BY_DEFAULT });
afterAll(() => editor.dispose());

it('shows findings in Emacs under its settings, mends one, and tells where a value lives', async () => {
  const { log } = await editor.run('emacs', ['--batch', '-l', join(import.meta.dirname, 'emacs.el')], {
    snippet: documentedSnippet('## Emacs', 'elisp'),
    settings: { file: editor.pathOf('fail.go'), rule: 'errorf-without-verb' },
    fix: { file: editor.pathOf('cancel.go'), rule: 'lost-cancel', title: 'Add defer cancel()' },
    hover: { file: editor.pathOf('ledger.go'), line: 10, column: 2 },
  });
  expect(seenIn(log)).toEqual({
    settings: expect.objectContaining({ line: 6, text: expect.stringMatching(/^escapement \[errorf-without-verb\]/) }),
    fix: expect.objectContaining({ line: 9, type: 'eglot-warning', text: expect.stringMatching(/^escapement \[lost-cancel\].*cancel/) }),
    hover: expect.stringMatching(/Heap.*16 bytes: .*placed.* is allocated on the heap, because its address is appended to a slice/),
  });
  expect(editor.text('cancel.go')).toContain('defer cancel()');
}, 60_000);
