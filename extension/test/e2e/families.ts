/** The four families of findings in the workspace of the editor tests, and what a developer does about one. */
import { expect } from 'vitest';
import type { Place, SquiggleKind, Workbench } from './workbench.ts';

export interface Family {
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

export const FAMILIES: readonly Family[] = [
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

/** Sees it in the text, reads why, finds it in the Problems panel, takes the fix, and saves. Pictures are called after `name`. */
export async function findAndFix(workbench: Workbench, family: Family, name: string): Promise<void> {
  const { file, rule, squiggle, at, says, fix, fixed } = family;
  await workbench.openFile(file);
  await workbench.squiggles(squiggle);
  await workbench.hover(squiggle, says);
  await workbench.screenshot(`${name}-hover`);
  await workbench.leaveHover();

  const problems = await workbench.problems((shown) => shown.some(({ code }) => code === rule));
  expect(problems.find(({ code }) => code === rule)).toMatchObject({
    source: 'escapement',
    ...at,
    message: expect.stringMatching(says),
  });

  await workbench.screenshot(`${name}-problems`);
  await workbench.quickFix(fix, at);
  await workbench.save();
  await workbench.noSquiggles(squiggle);
  expect(workbench.fileText(file)).toContain(fixed);
}
