/**
 * The extension in a browser, as on vscode.dev: of a VSIX without the desktop's bundles, in VS Code's web extension host, with its
 * server in a worker. Nothing of it runs on the machine that serves the workbench; that one only holds the files.
 */
import { join } from 'node:path';
import type { Worker } from 'playwright-core';
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

describe('the walkthrough in a browser', () => {
  it('reviews the whole folder at a button, where there is no task to run', async () => {
    const { page } = workbench;
    await workbench.command('View: Revert and Close Editor');
    await workbench.command('View: Close All Editors');
    await workbench.command('Explorer: Focus on Go Performance View');
    const rows = page.locator('.pane:has(.pane-header[aria-label^="Go Performance"]) .monaco-list-row');
    await poll('no finding of a closed file', async () => (await rows.count()) === 0);
    await workbench.commandWithChoices('Welcome: Open Walkthrough...', ['Get Started with Escapement']);
    await page.locator('.getting-started-step', { hasText: 'Hold it in CI' }).click();
    await page.getByRole('button', { name: 'Review this folder' }).click();
    await rows.filter({ hasText: 'interface-boxing' }).first().waitFor();
    await workbench.screenshot('web-walkthrough-review');
  });
});

/** Of all workers of the page; one that has ended meanwhile has none, and one that is ending may never answer. */
function workerNames(): Promise<readonly string[]> {
  const nothing = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 2000, ''));
  const nameOf = (worker: Worker): Promise<string> => worker.evaluate(() => self.name).catch(() => '');
  return Promise.all(workbench.page.workers().map((worker) => Promise.race([nameOf(worker), nothing()])));
}
