/**
 * What one does with findings in VS Code beyond the first fix: the menu in its order, a rule turned off in a configuration that is followed
 * as it is typed, a rule's fixes over the workspace after a look at them, fixes on save, the view by rule, and a rule's page.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { poll } from './poll.ts';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');
const GROWTH = { line: 7, column: 4 };
const SETTINGS = { 'escapement.preset': 'all' };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: join(ROOT, 'escapement.vsix'),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: SETTINGS,
  });
});
afterEach(({ task }) => workbench?.keepFailure(task));
afterAll(() => workbench?.close());

describe('the menu of a finding', () => {
  it('goes from the fix over all fixes of the rule to silence and explanation', async () => {
    await workbench.openFile('growth.go');
    await workbench.squiggles('info');
    const titles = await workbench.quickFixTitles(GROWTH, 'menu');
    expect(titles.filter((title) => !/^Make|^Grow/.test(title))).toEqual([
      'Fix all slice-growth in the workspace…',
      'Suppress slice-growth here, with a reason',
      'Turn slice-growth off in .escapement.yml',
      'Explain slice-growth',
    ]);
    expect(titles[0]).toMatch(/^Make|^Grow/);
  });

  it('shows the page of the rule inside VS Code', async () => {
    await workbench.goTo(GROWTH);
    await workbench.command('Escapement: Explain This Finding or a Rule');
    const tab = workbench.page.locator('.tab.active[aria-label="Preview slice-growth.md"]');
    await tab.waitFor({ timeout: 15_000 });
    await workbench.screenshot('rule-page');
    await workbench.command('View: Close Editor');
    await tab.waitFor({ state: 'detached' });
  });

  it('fixes all of a rule in the workspace after a look at the changes', async () => {
    await workbench.openFile('growth.go');
    await workbench.takeAction('Fix all slice-growth in the workspace…', GROWTH);
    const apply = workbench.page.getByRole('button', { name: 'Apply', exact: true });
    await apply.waitFor({ timeout: 30_000 });
    // VS Code leaves it to people to tick what is to be confirmed.
    await workbench.page.locator('.bulk-edit-panel input[type=checkbox], .bulk-edit-panel .monaco-checkbox').first().click();
    await workbench.screenshot('refactor-preview');
    await apply.click();
    await workbench.noSquiggles('info');
    expect(await workbench.editorText()).toContain('make([]int, 0, len(rows)*100)');
    await workbench.command('File: Revert File');
    await workbench.squiggles('info');
  });
});

describe('the configuration', () => {
  it('takes a rule that is turned off from the menu, and is followed as it is typed', async () => {
    await workbench.openFile('growth.go');
    await workbench.takeAction('Turn slice-growth off in .escapement.yml', GROWTH);
    await workbench.noSquiggles('info');
    await workbench.command('File: Save All Files');
    await poll('the file is saved', async () => workbench.fileText('.escapement.yml').includes('- slice-growth'));
    await workbench.openFile('.escapement.yml');
    await workbench.screenshot('configuration');
    await workbench.goTo({ line: 4, column: 7 });
    await workbench.page.keyboard.press('Shift+End');
    await workbench.type('slice-grwth');
    const problems = await workbench.problems((shown) => shown.some(({ source }) => source === 'escapement'));
    expect(problems.find(({ code }) => code === 'configuration')).toMatchObject({ line: 4, column: 7, severity: 'error' });
    await workbench.screenshot('configuration-error');
    await workbench.command('File: Revert File');
    await workbench.command('View: Close Editor');
  });

  it('is followed when it changes on disk', async () => {
    await workbench.openFile('growth.go');
    writeFileSync(workbench.pathOf('.escapement.yml'), 'version: 1\n');
    await workbench.squiggles('info');
  });
});

describe('saving', () => {
  it('makes safe fixes where that is switched on', async () => {
    await workbench.set({ ...SETTINGS, 'editor.codeActionsOnSave': { 'source.fixAll.escapement': 'explicit' } });
    await workbench.openFile('cancel.go');
    await workbench.squiggles('warning');
    await workbench.goTo({ line: 2, column: 1 });
    await workbench.type('// ');
    await workbench.save();
    await poll('the fix is saved', async () => workbench.fileText('cancel.go').includes('defer cancel()'));
    await workbench.noSquiggles('warning');
    await workbench.set(SETTINGS);
  });
});

describe('the view by rule', () => {
  it('shows all findings of the workspace, hints too, and leads to each', async () => {
    await workbench.command('Explorer: Focus on Go Performance View');
    await workbench.command('Escapement: Review the Whole Workspace');
    const row = (text: string) =>
      workbench.page.locator('.pane:has(.pane-header[aria-label^="Go Performance"]) .monaco-list-row', { hasText: text });
    await row('escaping-pointer').first().click();
    await row('pointer.go').last().click();
    await workbench.screenshot('findings-view');
    await row('is a copy of the element').first().click();
    await workbench.page.locator('.tab.active[data-resource-name="pointer.go"]').waitFor();
    await workbench.cursorIsOn(8);
  });
});
