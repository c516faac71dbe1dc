/**
 * Several fixes at once. Each fix is written as if it were the only one, so that two of them may want the same import or
 * touch the same bytes: equal imports are made once, statements in front of one place follow each other where neither concerns the other,
 * and a fix that would collide, or declare the same name, waits for the next round.
 */
import { overlaps, type TextEdit } from '../../base/index.ts';
import type { FixSafety } from '../../rules/index.ts';
import type { DroppedUses, Finding, Fix } from '../shapes.ts';

const RANKS: Readonly<Record<FixSafety, number>> = { safe: 0, suggestion: 1, unsafe: 2 };

/** The finding's first fix that is at least as safe as `least`, or undefined. */
export function firstFix(finding: Finding, least: FixSafety): Fix | undefined {
  return finding.fixes.find((fix) => RANKS[fix.safety] <= RANKS[least]);
}

/** Fixes that can be applied together, in their order, with the edits they amount to: disjoint. All speak of one baseline. */
export function combineFixes(fixes: readonly Fix[]): { readonly applied: readonly Fix[]; readonly edits: readonly TextEdit[] } {
  const applied: Fix[] = [];
  const taken = new Map<string, TextEdit[]>();
  const left = new Map<string, number>();
  const declared = new Set<string>();
  for (const fix of fixes) {
    if ((fix.declares ?? []).some((name) => declared.has(name))) continue;
    const emptied = (fix.dropped ?? []).filter((each) => (left.get(importKey(fix, each)) ?? each.of) <= each.uses);
    const all = [...fix.edits, ...emptied.flatMap((each) => each.removal)];
    const fresh = all.filter((edit) => !(taken.get(edit.path) ?? []).some((other) => isSame(edit, other)));
    if (emptied.some((each) => each.removal.length === 0) || collidesAny(fresh, taken)) continue;
    for (const each of fix.dropped ?? []) left.set(importKey(fix, each), (left.get(importKey(fix, each)) ?? each.of) - each.uses);
    applied.push(fix);
    for (const name of fix.declares ?? []) declared.add(name);
    for (const edit of fresh) taken.set(edit.path, joined(taken.get(edit.path) ?? [], edit));
  }
  return { applied, edits: [...taken.values()].flat() };
}

/** With the edit among them; what is inserted where another one inserts follows that. */
function joined(edits: readonly TextEdit[], edit: TextEdit): TextEdit[] {
  const earlier = edits.find((other) => isSamePlace(other, edit));
  if (earlier === undefined) return [...edits, edit];
  return edits.map((other) => (other === earlier ? { ...other, newText: other.newText + edit.newText } : other));
}

function isSamePlace(a: TextEdit, b: TextEdit): boolean {
  return a.path === b.path && a.range.start === b.range.start && a.range.end === b.range.end;
}

function importKey(fix: Fix, { path }: DroppedUses): string {
  return `${fix.edits[0].path}\0${path}`;
}

/** Whether an edit touches one of the others, or one of its own fix (an import's removal may). */
function collidesAny(fresh: readonly TextEdit[], taken: ReadonlyMap<string, readonly TextEdit[]>): boolean {
  return fresh.some(
    (edit, i) =>
      (taken.get(edit.path) ?? []).some((other) => collides(edit, other)) || fresh.slice(0, i).some((other) => collides(edit, other)),
  );
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return isSamePlace(a, b) && a.newText === b.newText && isImportText(a.newText);
}

/** Only imports are meant once however many ask for them; two equal brackets at one place are two. */
function isImportText(text: string): boolean {
  return text.trim() !== '' && text.split('\n').every((line) => /^\s*(import\b.*|\)|(\w+ )?"[^"]*"|)\s*$/.test(line));
}

function collides(a: TextEdit, b: TextEdit): boolean {
  if (a.path !== b.path) return false;
  if (isSamePlace(a, b)) return a.range.start < a.range.end || !areIndependent(a.newText, b.newText);
  return overlaps(a.range, b.range) || isInside(a, b) || isInside(b, a) || areUnsortedImports(a, b);
}

/** Whether lines of imports meet that gofmt would sort, or that say the same. */
function areUnsortedImports(a: TextEdit, b: TextEdit): boolean {
  const [first, second] = a.range.end <= b.range.start ? [a, b] : [b, a];
  if (first.range.end !== second.range.start || !isImportText(first.newText) || !isImportText(second.newText)) return false;
  const last = importedIn(first.newText.trimEnd().split('\n').at(-1));
  const next = importedIn(second.newText.split('\n')[0]);
  return last !== undefined && next !== undefined && last >= next && !/\n\r?\n$/.test(first.newText);
}

function importedIn(line: string | undefined): string | undefined {
  return line === undefined ? undefined : /"([^"]*)"/.exec(line)?.[1];
}

/** An insertion strictly within a replaced range. */
function isInside(insertion: TextEdit, edit: TextEdit): boolean {
  const { start, end } = insertion.range;
  return start === end && edit.range.start < start && start < edit.range.end;
}

/** Whether both are assignments to plain names, statements of their own, and neither names what the other assigns: then their order is free. */
function areIndependent(a: string, b: string): boolean {
  const areAlike = [BEFORE, AFTER].some((side) => side.test(a) && side.test(b));
  const [ofA, ofB] = [assignedIn(a), assignedIn(b)];
  const areAssignments = areAlike && ofA.length > 0 && ofB.length > 0;
  return areAssignments && !ofA.some((name) => mentions(b, name)) && !ofB.some((name) => mentions(a, name));
}

/** How statements in front of one that is there end, and how those behind it begin. */
const BEFORE = /(\n[ \t]*|; )$/;
const AFTER = /^(\r?\n|; )/;

/** What the statements of a text assign, with selectors; nothing where one does anything else. */
function assignedIn(text: string): readonly string[] {
  const statements = text.split(/\r?\n|; /).filter((statement) => statement.trim() !== '');
  const names = statements.flatMap((statement) => /^\s*([\p{L}_][\p{L}\p{N}_.]*) :?= \S/u.exec(statement)?.[1] ?? []);
  return names.length === statements.length ? names : [];
}

/** Whether a text names a variable, a part of it or what it is a part of. */
function mentions(text: string, name: string): boolean {
  const named = text.match(/[\p{L}_][\p{L}\p{N}_.]*/gu) ?? [];
  return named.some((each) => each === name || each.startsWith(`${name}.`) || name.startsWith(`${each}.`));
}
