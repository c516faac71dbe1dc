/**
 * What a Go developer sees in VS Code, family by family: the squiggle, the reason in the hover, the row in the Problems panel, the
 * quick fix, and after saving, code that still builds.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { FAMILIES, findAndFix } from './families.ts';
import { type Problem, Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');

let workbench: Workbench;
let hasFailed = false;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: join(ROOT, 'escapement.vsix'),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: { 'escapement.preset': 'all' },
  });
});
afterEach(({ task }) => {
  hasFailed ||= task.result?.state === 'fail';
});
afterAll(() => workbench?.close(hasFailed));

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
    const onDisk = workbench.fileText('typing.go');
    await workbench.goTo({ line: 6, column: 8 });
    await workbench.type('; out = append(out, x)');
    await workbench.squiggles('hint');
    await workbench.screenshot('unsaved');
    expect(workbench.fileText('typing.go')).toBe(onDisk);
    for (const _ of '; out = append(out, x)') await workbench.page.keyboard.press('Backspace');
    await workbench.noSquiggles('hint');
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
