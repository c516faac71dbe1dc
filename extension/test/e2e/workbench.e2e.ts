/**
 * What a Go developer sees in VS Code, family by family: the squiggle, the reason in the hover, the row in the Problems panel, the
 * quick fix, and after saving, code that still builds.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Place, type Problem, type SquiggleKind, Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');

interface Family {
  readonly file: string;
  readonly rule: string;
  readonly squiggle: SquiggleKind;
  readonly at: Place;
  /** What the hover and the Problems row say. */
  readonly says: RegExp;
  readonly fix: string | RegExp;
  /** What the file holds once the fix is saved. */
  readonly fixed: string;
}

const FAMILIES: readonly Family[] = [
  {
    file: 'cancel.go',
    rule: 'lost-cancel',
    squiggle: 'warning',
    at: { line: 9, column: 7 },
    says: /cancel/,
    fix: /defer cancel\(\)/,
    fixed: 'defer cancel()',
  },
  {
    file: 'growth.go',
    rule: 'slice-growth',
    squiggle: 'info',
    at: { line: 7, column: 4 },
    says: /append/,
    fix: 'Make flat with room',
    fixed: 'make([]int, 0, len(rows)*100)',
  },
  {
    file: 'closure.go',
    rule: 'closure-capture',
    squiggle: 'info',
    at: { line: 14, column: 6 },
    says: /greeting moves to the heap/,
    fix: 'Give the closure its own greeting',
    fixed: 'greeting := greeting',
  },
  {
    file: 'pointer.go',
    rule: 'escaping-pointer',
    squiggle: 'info',
    at: { line: 8, column: 9 },
    says: /v is a copy of the element/,
    fix: 'Point at visits[i] itself',
    fixed: 'l.last = &visits[i]',
  },
];

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
  for (const { file, rule, squiggle, at, says, fix, fixed } of FAMILIES) {
    it(`${rule} is shown, explained, fixed and saved`, async () => {
      await workbench.openFile(file);
      await workbench.squiggles(squiggle);
      expect(await workbench.hover(squiggle)).toMatch(says);
      await workbench.screenshot(`${rule}-hover`);
      await workbench.leaveHover();

      const problems = await workbench.problems((shown) => shown.some(({ code }) => code === rule));
      expect(problems.find(({ code }) => code === rule)).toMatchObject({
        source: 'escapement',
        ...at,
        message: expect.stringMatching(says),
      });

      await workbench.screenshot(`${rule}-problems`);
      await workbench.quickFix(fix, at);
      await workbench.save();
      await workbench.noSquiggles(squiggle);
      expect(workbench.fileText(file)).toContain(fixed);
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
