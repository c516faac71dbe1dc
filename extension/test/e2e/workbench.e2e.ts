/**
 * What a Go developer sees in VS Code, family by family: the squiggle, the reason in the hover, the row in the Problems panel, the
 * quick fix, and after saving, code that still builds.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { createJournal } from '../../../server/src/node/crash-journal.ts';
import { FAMILIES, findAndFix } from './families.ts';
import { poll } from './poll.ts';
import type { Problem } from './problems.ts';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');

const MODULE = (name: string, rest = ''): string => `module example.com/${name}\n\ngo 1.26\n${rest}`;
/** Two modules: in one a finding that rests on the other, which is linked into the first as well. */
const MANY = {
  'all.code-workspace': JSON.stringify({ folders: [{ path: 'app' }, { path: 'lib ü' }], settings: { 'escapement.scope': 'workspace' } }),
  'go.work': 'go 1.26\n\nuse (\n\t./app\n\t"./lib ü"\n)\n',
  'app/go.mod': MODULE('app', '\nrequire example.com/lib v0.0.0\n'),
  'app/app.go':
    'package app\n\nimport "example.com/lib"\n\nfunc keep(k *lib.Kept, numbers []int) {\n\tfor _, n := range numbers {\n\t\tk.Keep(&n)\n\t}\n}\n',
  'lib ü/go.mod': MODULE('lib'),
  'lib ü/lib.go': 'package lib\n\ntype Kept struct{ p *int }\n\nfunc (k *Kept) Keep(p *int) { k.p = p }\n',
  'lib ü/await.go': readFileSync(join(ROOT, 'test-fixtures/workspaces/editors/cancel.go'), 'utf8').replace(
    'package editors',
    'package lib',
  ),
};

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: join(ROOT, 'escapement.vsix'),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: { 'escapement.preset': 'all' },
  });
});
afterEach(({ task }) => workbench?.keepFailure(task));
afterAll(() => workbench?.close());

describe('the task', () => {
  const shownOf = (problems: readonly Problem[], rule: string): number => problems.filter(({ code }) => code === rule).length;

  it('lists the findings of closed files, once even when they are opened', async () => {
    await workbench.runTask('escapement: review workspace folder');
    const listed = await workbench.problems((shown) => FAMILIES.every(({ rule }) => shownOf(shown, rule) > 0));
    for (const { rule, at, says } of FAMILIES) {
      expect(listed).toContainEqual(
        expect.objectContaining({ code: rule, source: 'escapement', ...at, message: expect.stringMatching(says) }),
      );
    }
    await workbench.screenshot('task');

    await workbench.command('View: Toggle Panel Visibility');
    await workbench.openFile('cancel.go');
    await workbench.squiggles('warning');
    expect(await (await workbench.squiggles('warning')).count()).toBe(1);
    expect(shownOf(await workbench.problems((shown) => shown.length > 0), 'lost-cancel')).toBe(1);
  });
});

describe('a finding in the workbench', () => {
  for (const family of FAMILIES) {
    it(`${family.rule} is shown, explained, fixed and saved`, async () => {
      await findAndFix(workbench, family, family.rule);
      expect(goBuild(workbench.pathOf('.'))).toBe('');
    });
  }
});

describe('unsaved text', () => {
  it('shows a bug while it is typed, and loses it when it is taken back', async () => {
    await workbench.openFile('typing.go');
    // A key that the window lost is tried again from the text on disk.
    await workbench.command('File: Revert File');
    const onDisk = workbench.fileText('typing.go');
    await workbench.goTo({ line: 6, column: 8 });
    await workbench.type('; out = append(out, x)');
    await workbench.squiggles('hint');
    await workbench.screenshot('unsaved');
    // A hint is three dots and a hover, and no problem.
    expect((await workbench.problems(() => true)).filter(({ message }) => message.includes('append in this loop grows out'))).toEqual([]);
    expect(workbench.fileText('typing.go')).toBe(onDisk);
    for (const _ of '; out = append(out, x)') await workbench.page.keyboard.press('Backspace');
    await workbench.noSquiggles('hint');
    await workbench.command('View: Revert and Close Editor');
  });
});

describe('the walkthrough', () => {
  it('opens an example that is no file, which has findings and takes its fixes', async () => {
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await workbench.commandWithChoices('Welcome: Open Walkthrough...', ['Get Started with Escapement']);
    const step = page.locator('.getting-started-step', { hasText: 'See what costs, and why' });
    await step.waitFor();
    await page.locator('.getting-started-media img').first().waitFor({ state: 'attached' });
    await workbench.screenshot('walkthrough');
    await step.getByRole('button', { name: 'Open an example' }).click();
    await page.locator('.tab.active[data-resource-name^="Untitled"]').waitFor();
    await workbench.squiggles('warning');
    await page.locator('.getting-started-step .codicon-getting-started-step-checked.complete').first().waitFor();

    await page.locator('.getting-started-step', { hasText: 'Fix it' }).click();
    await page.getByRole('button', { name: 'Fix all safe findings' }).click();
    await workbench.noSquiggles('warning');
    await workbench.screenshot('walkthrough-example');
    expect(await workbench.editorText()).toContain('defer cancel()');
  });
});

describe('a window of two folders under a go.work', () => {
  it('shows what one module does with the pointers of the other, once', async () => {
    const pathOf = (name: string): string => workbench.pathOf(`many/${name}`);
    for (const [name, text] of Object.entries(MANY)) {
      mkdirSync(dirname(pathOf(name)), { recursive: true });
      writeFileSync(pathOf(name), text);
    }
    symlinkSync(pathOf('lib ü'), pathOf('app/linked'));
    await workbench.openWorkspace('many/all.code-workspace');
    await workbench.openFile('many/app/app.go');
    const rules = (shown: readonly Problem[]): readonly string[] => shown.map(({ code }) => code).filter((code) => code !== '');
    const rows = await workbench.problems((shown) => new Set(rules(shown)).size === 2);
    await workbench.screenshot('two-folders');
    expect([...rules(rows)].sort()).toEqual(['escaping-pointer', 'lost-cancel']);
  });
});

describe('the language server', () => {
  it('says how it is, with the ways out', async () => {
    await workbench.openFile('typing.go');
    const status = await workbench.languageStatus();
    await workbench.screenshot('status');
    for (const text of [/Escapement 0\.\d/, /ready, \d+ rules/, /Open log/, /Restart/, /Copy debug information/])
      expect(status).toMatch(text);
    await workbench.page.keyboard.press('Escape');
  });

  it('shows which file it put aside, begins anew at a button, and tries the file again at another', async () => {
    const file = workbench.pathOf('aside.go');
    writeFileSync(file, readFileSync(join(ROOT, 'test-fixtures/workspaces/editors/cancel.go'), 'utf8').replace('await', 'aside'));
    const directory = join(workbench.cache, 'escapement/summaries/journal');
    createJournal({ directory, version: manifest.version, isAlive: () => true }).putAside(
      file,
      undefined,
      'put aside: twice took longer than 10 s',
    );
    const [before] = workbench.serverProcesses();
    await workbench.pressInStatus('Restart');
    await poll('another server', () => workbench.serverProcesses().every((id) => id !== before));
    await workbench.openFile('aside.go');
    const ofFile = (rows: readonly Problem[]): readonly Problem[] =>
      rows.filter(({ message }) => /Not reviewed|never called/.test(message));
    const [aside] = ofFile(await workbench.problems((rows) => ofFile(rows).length === 1));
    expect(aside).toMatchObject({
      severity: 'warning',
      message: expect.stringContaining('Not reviewed: put aside: twice took longer than 10 s'),
    });
    expect(await workbench.languageStatus()).toMatch(/1 file is not reviewed[\s\S]*aside\.go/);
    await workbench.screenshot('put-aside');
    await workbench.page.keyboard.press('Escape');
    await workbench.pressInStatus('Try again');
    await workbench.problems(
      (rows) => rows.some(({ code }) => code === 'lost-cancel') && rows.every(({ message }) => !message.includes('Not reviewed')),
    );
    await workbench.screenshot('tried-again');
  });

  it('is back with the right findings after it was killed, with nothing stale, and again', async () => {
    await workbench.openFile('typing.go');
    await workbench.goTo({ line: 6, column: 8 });
    for (let kill = 1; kill <= 3; kill++) {
      await workbench.noSquiggles('hint');
      const [before] = workbench.serverProcesses();
      const begin = performance.now();
      process.kill(before, 'SIGKILL');
      // Only the next one can know of what is typed now. It dies as well the second time, before it is up.
      await workbench.page.keyboard.insertText('; out = append(out, x)');
      const next = await poll('another server', () => workbench.serverProcesses().find((id) => id !== before));
      if (kill === 2) process.kill(next, 'SIGKILL');
      await workbench.squiggles('hint');
      console.log(`killed, and the new finding there after ${(performance.now() - begin).toFixed(0)} ms`);
      await workbench.screenshot(`after-kill-${kill}`);
      for (const _ of '; out = append(out, x)') await workbench.page.keyboard.press('Backspace');
    }
    await workbench.noSquiggles('hint');
    expect(workbench.serverProcesses()).toHaveLength(1);
  });

  it('ends with its editor', async () => {
    expect(workbench.serverProcesses()).toHaveLength(1);
    await workbench.close(false);
    await poll('no server', () => workbench.serverProcesses().length === 0, 5000);
  });
});

/** What `go build` complains about; nothing when all is well. Without a toolchain there is nobody to ask. */
function goBuild(folder: string): string {
  const { status, stderr, error } = spawnSync('go', ['build', './...'], { cwd: folder, encoding: 'utf8' });
  if (error) {
    console.log('skipped: compiling the fixed code needs a Go toolchain');
    return '';
  }
  return status === 0 ? '' : stderr;
}
