/**
 * Which files, and which fixes in them, are to blame for what broke. Halves of the changed files are put in place until
 * single files remain; in each of those every fix is tried by itself. Files come as the product wrote them, so that what it
 * combines (imports that several fixes empty) stays combined.
 */
import { editedText, type FoundFix } from './product.ts';
import { changedTexts, type Subject, sourcesOf, type Texts, writeTexts } from './subject.ts';

/** Tells whether the tree as it lies there is broken. */
export type IsBroken = () => Promise<boolean>;

/**
 * The ids of fixes to blame, or names of files where no fix alone breaks anything, or of several files that only break
 * together. Leaves the tree as it was before all fixes.
 */
export async function blame(
  subject: Subject,
  before: Texts,
  changed: Texts,
  fixes: readonly FoundFix[],
  isBroken: IsBroken,
): Promise<readonly string[]> {
  const blamed: string[] = [];
  const open: (readonly string[])[] = [[...changed.keys()]];
  for (let names = open.pop(); names !== undefined; names = open.pop()) {
    restore(subject, before);
    writeTexts(subject, new Map(names.map((name) => [name, changed.get(name) ?? Buffer.alloc(0)])));
    if (!(await isBroken())) continue;
    if (names.length > 1) {
      open.push(names.slice(0, names.length >> 1), names.slice(names.length >> 1));
      continue;
    }
    const alone = await brokenFixes(subject, before, fixesIn(fixes, names[0]), isBroken);
    blamed.push(...(alone.length > 0 ? alone : [`several fixes in ${names[0]}`]));
  }
  restore(subject, before);
  return blamed.length > 0 ? blamed : [`fixes in ${[...changed.keys()].join(', ')} together`];
}

/** Writes back what is otherwise than before. */
export function restore(subject: Subject, before: Texts): void {
  const now = sourcesOf(subject);
  writeTexts(subject, changedTexts(now, before));
}

async function brokenFixes(subject: Subject, before: Texts, fixes: readonly FoundFix[], isBroken: IsBroken): Promise<readonly string[]> {
  const blamed: string[] = [];
  for (const fix of fixes) {
    restore(subject, before);
    const names = new Set(fix.edits.map(({ file }) => file));
    writeTexts(subject, new Map([...names].map((name) => [name, editedText(before.get(name) ?? Buffer.alloc(0), name, fix.edits)])));
    if (await isBroken()) blamed.push(fix.id);
  }
  return blamed;
}

function fixesIn(fixes: readonly FoundFix[], file: string): readonly FoundFix[] {
  return fixes.filter((fix) => fix.safety === 'safe' && fix.edits.some((edit) => edit.file === file));
}
