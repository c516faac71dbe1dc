/**
 * The extension in a browser, as on vscode.dev: of a VSIX without the desktop's bundles, in VS Code's web extension host, with its
 * server in a worker. Nothing of it runs on the machine that serves the workbench; that one only holds the files.
 */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES, findAndFix } from './families.ts';
import { poll } from './poll.ts';
import { packWebExtension } from './web-extension.ts';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');
const LOOP =
  'package scratch\n\nfunc double(xs []int) []int {\nvar out []int\nfor _, x := range xs {\nout = append(out, 2*x)\n}\nreturn out\n}\n';

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: packWebExtension(),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: { 'escapement.preset': 'all', 'files.defaultLanguage': 'go' },
  });
});
afterEach(({ task }) => workbench?.keepFailure(task));
afterAll(() => workbench?.close());

describe('a finding in a browser', () => {
  for (const family of FAMILIES) {
    it(`${family.rule} is shown, explained, fixed and saved`, () => findAndFix(workbench, family, `web-${family.rule}`));
  }
});

describe('the server in a browser', () => {
  it('is a worker, its analysis another, and no process', async () => {
    const names = await workerNames();
    expect(names.some((name) => name.endsWith('Escapement'))).toBe(true);
    expect(names).toContain('Escapement analysis');
    expect(workbench.processes().filter((command) => command.includes('escapement.escapement'))).toEqual([]);
    expect(workbench.processes().length).toBeGreaterThan(1);
  });

  it('tells how it is for a bug report', async () => {
    await workbench.command('Escapement: Copy Debug Information');
    await workbench.page.locator('.notification-toast', { hasText: 'debug information copied' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });
});

describe('a document that is nowhere yet', () => {
  it('is reviewed too', async () => {
    await workbench.command('File: New Untitled Text File');
    await workbench.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await workbench.page.keyboard.insertText(LOOP);
    await workbench.squiggles('hint');
    await workbench.screenshot('web-untitled');
  });

  it('is reviewed by the next server after a restart', async () => {
    await workbench.command('Escapement: Restart Language Server');
    await poll('one server', async () => (await workerNames()).filter((name) => name.endsWith('Escapement')).length === 1);
    await workbench.page.keyboard.insertText('// one more line\n');
    await workbench.squiggles('hint');
    expect((await workerNames()).filter((name) => name === 'Escapement analysis')).toHaveLength(1);
  });
});

/** Of all workers of the page; one that has ended meanwhile has none. */
function workerNames(): Promise<readonly string[]> {
  return Promise.all(workbench.page.workers().map((worker) => worker.evaluate(() => self.name).catch(() => '')));
}
