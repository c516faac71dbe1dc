/**
 * Of the packages that a change touches: the declarations that may have other findings than before, in the files as they are and as they were.
 * What is neither written anew, nor reached, nor beside a call or a type that is, has the findings that it had.
 */
import type { Location, Range } from '../../base/index.ts';
import type { FileParts } from '../../review/index.ts';
import type { Declaration } from '../../syntax/index.ts';
import { type DeclarationChanges, isFunction, type Placed, type ReadFile, type ReadVersions } from './declaration-changes.ts';
import type { View } from './marks.ts';
import type { Sketch } from './package-ripple.ts';
import { suppressesNothing } from './plain-comments.ts';

/** By path, as files are now and by the paths that they had; all of other files counts. */
export interface Affected {
  readonly now: ReadonlyMap<string, FileParts>;
  readonly before: ReadonlyMap<string, FileParts>;
  /** By the path of a file that did not change: what changed first beside it, in the order of its package's files. */
  readonly near: ReadonlyMap<string, Location>;
  /** By the path of a file that changed: its declarations as they are now, and where they were before. */
  readonly stood: ReadonlyMap<string, readonly Stood[]>;
}

export interface Stood {
  readonly lines: Range;
  /** Undefined for what was not there. */
  readonly before: Location | undefined;
}

export interface AffectedParts {
  readonly sketches: readonly Sketch[];
  /** Of the changed files among them, and of those that are gone. */
  readonly versions: readonly ReadVersions[];
  readonly changes: DeclarationChanges;
  /** Functions that are to their callers what they were, and of which these name no place. */
  readonly silent: ReadonlySet<Declaration>;
  readonly isReached: (declaration: Declaration, view: View) => boolean;
  readonly isTouched: IsTouched;
}

/** Whether a range of a file as it is now lies on a line with code that changed or moved. */
export type IsTouched = (path: string, range: Range) => boolean;

/** Calls between a loop and the function that it repeats, for rules that look so far. */
const CALLS_UP = 2;

export function affectedIn(parts: AffectedParts): Affected {
  const { sketches, versions } = parts;
  const rewritten = versions.map((each) => rewrittenIn(each, parts));
  const written = writtenAnew(parts.changes, rewritten);
  const changed = new Set([...written.keys(), ...beside(parts, written)]);
  const silent = [...written.keys()].filter((each) => parts.silent.has(each));
  const around = new Set([...callersOf(silent, sketches), ...aroundOf(sketches, written, rewritten, changed)]);
  const extent: Extent = { changed, around };
  const whole = new Set(versions.filter(hasOtherHead).flatMap(({ now, before }) => [now?.path, before?.path]));
  const partial = sketches.filter(({ path }) => !whole.has(path));
  const now = partial.map(({ path, file }) => [path, partsAmong(file.declarations, extent)] as const);
  const same = now.filter((_, i) => !partial[i].isChanged);
  const others = rewritten.flatMap(({ before, twins }) =>
    before === undefined || whole.has(before.path) ? [] : [[before.path, partsAmong(before.declarations, earlier(extent, twins))] as const],
  );
  const first = firstWritten(versions, rewritten);
  const near = same.flatMap(([path]) => (first === undefined ? [] : [[path, first] as const]));
  const stood = sketches.flatMap(({ path, isChanged, file }) =>
    isChanged ? [[path, stoodIn(file.declarations, parts.changes)] as const] : [],
  );
  return { now: new Map(now), before: new Map([...same, ...others]), near: new Map(near), stood: new Map(stood) };
}

function stoodIn(declarations: readonly Declaration[], { before }: DeclarationChanges): readonly Stood[] {
  return declarations.map((each) => {
    const was = before.get(each);
    return { lines: each.lines, before: was && { path: was.path, range: was.declaration.lines } };
  });
}

function firstWritten(versions: readonly ReadVersions[], rewritten: readonly Rewritten[]): Location | undefined {
  const [found] = versions.flatMap(({ now }, i) => (now === undefined ? [] : rewritten[i].now.slice(0, 1).map((each) => ({ now, each }))));
  return found && { path: found.now.path, range: { start: found.each.at, end: found.each.at + found.each.names[0].length } };
}

/** Declarations to look at, as `FileParts` has them. */
interface Extent {
  readonly changed: { has(declaration: Declaration): boolean };
  readonly around: { has(declaration: Declaration): boolean };
}

/** The same of declarations as they were: what has no twin went, or was something else. */
function earlier({ changed, around }: Extent, twins: Rewritten['twins']): Extent {
  const isIn = (some: Extent['changed'], twin: Declaration | undefined): boolean => twin !== undefined && some.has(twin);
  return {
    changed: { has: (each) => !twins.has(each) || isIn(changed, twins.get(each)) },
    around: { has: (each) => isIn(around, twins.get(each)) },
  };
}

function partsAmong(declarations: readonly Declaration[], { changed, around }: Extent): FileParts {
  const linesIn = (some: Extent['changed']): readonly Range[] => declarations.filter((each) => some.has(each)).map(({ lines }) => lines);
  return { changed: linesIn(changed), around: linesIn(around) };
}

/** A file came or went, or its imports and what stands before them are others, plain comments aside. */
function hasOtherHead({ now, before }: ReadVersions): boolean {
  if (now === undefined || before === undefined) return true;
  const [head, other] = [now, before].map(({ text, headEnd }) => bytewise.decode(text.subarray(0, headEnd)));
  if (head === other) return false;
  const saySame = now.preface === before.preface && JSON.stringify(now.imports) === JSON.stringify(before.imports);
  return !saySame || SPEAKING.test(head) || SPEAKING.test(other) || !suppressesNothing(head + other);
}

/** What tools read in comments before and among imports: directives, the mark of generated code, C. */
const SPEAKING = /^\/\/go:|DO NOT EDIT|"C"/m;

/** What of a file is not as it was, letter by letter but for plain comments on lines of their own. */
interface Rewritten {
  readonly before: ReadFile | undefined;
  readonly now: readonly Declaration[];
  readonly gone: readonly Declaration[];
  /** By what it was: what stands there now in the same words. */
  readonly twins: ReadonlyMap<Declaration, Declaration>;
}

function rewrittenIn({ now, before }: ReadVersions, parts: Pick<AffectedParts, 'changes' | 'isTouched'>): Rewritten {
  const left = new Map<string, Declaration[]>();
  for (const each of before?.declarations ?? []) left.set(textOf(before, each), [...(left.get(textOf(before, each)) ?? []), each]);
  const twins = new Map<Declaration, Declaration>();
  const unlike: Declaration[] = [];
  for (const each of now?.declarations ?? []) {
    const twin = left.get(textOf(now, each))?.shift();
    if (twin === undefined) unlike.push(each);
    else twins.set(twin, each);
  }
  const gone = new Set([...left.values()].flat());
  const found = unlike.filter((each) => {
    const was = parts.changes.before.get(each)?.declaration;
    if (now === undefined || was === undefined || !gone.has(was) || !hasSameCode(each, was)) return true;
    if (parts.isTouched(now.path, each.lines) || !suppressesNothing(textOf(now, each) + textOf(before, was))) return true;
    gone.delete(was);
    twins.set(was, each);
    return false;
  });
  return { before, now: found, gone: [...gone], twins };
}

function hasSameCode(one: Declaration, other: Declaration): boolean {
  return one.head === other.head && one.hasBodyOf(other);
}

const bytewise = new TextDecoder('latin1');

function textOf(file: ReadFile | undefined, { lines: { start, end } }: Declaration): string {
  return bytewise.decode(file?.text.subarray(start, end));
}

/** With what each was before, where it was there. */
function writtenAnew(changes: DeclarationChanges, rewritten: readonly Rewritten[]): ReadonlyMap<Declaration, Declaration | undefined> {
  const { meanings, bodies, came, before } = changes;
  const placed = [...meanings, ...bodies, ...came].map(({ declaration }: Placed) => declaration);
  const all = [...rewritten.flatMap(({ now }) => now), ...placed];
  return new Map(all.map((each) => [each, before.get(each)?.declaration]));
}

/** What the change reaches, and who names a function that changed: related places may be in that. Of one that came, code that stays says nothing. */
function beside(
  { sketches, silent, isReached }: AffectedParts,
  written: ReadonlyMap<Declaration, Declaration | undefined>,
): readonly Declaration[] {
  const speaking = [...written].filter(([each, before]) => isFunction(each) && before !== undefined && !silent.has(each));
  const names = new Set(speaking.flatMap(([each]) => each.names));
  return sketches.flatMap(({ file, view }) => file.declarations.filter((each) => isReached(each, view) || each.usesAny(names)));
}

/**
 * Functions that what changed calls or called, and types that it names; and further down functions that are called in or out of a loop now as they were
 * not before. Exported functions may have callers elsewhere, so that no rule asks for them.
 */
function aroundOf(
  sketches: readonly Sketch[],
  written: ReadonlyMap<Declaration, Declaration | undefined>,
  rewritten: readonly Rewritten[],
  changed: ReadonlySet<Declaration>,
): ReadonlySet<Declaration> {
  const declarations = sketches.flatMap(({ file }) => file.declarations);
  const named = (words: ReadonlySet<string>): readonly Declaration[] =>
    declarations.filter((each) => each.names.some((name) => words.has(name)));
  const gone = rewritten.flatMap((each) => each.gone);
  const around = new Set(named(wordsOf([...changed, ...gone])).filter((each) => each.kind === 'type' || isUnexported(each)));
  for (const each of around) if (each.kind === 'type') for (const inner of named(each.words)) if (inner.kind === 'type') around.add(inner);
  // What is around already may be called otherwise in its turn, so that its calls are followed too.
  let called = named(callsChanged(written, gone)).filter(isUnexported);
  for (let up = 0; up < CALLS_UP; up++) {
    called = named(wordsOf(called)).filter(isUnexported);
    for (const each of called) around.add(each);
  }
  return around;
}

/** Some rules look into the functions that are called. */
function callersOf(functions: readonly Declaration[], sketches: readonly Sketch[]): readonly Declaration[] {
  const names = new Set(functions.flatMap((each) => each.names));
  return names.size === 0 ? [] : sketches.flatMap(({ file }) => file.declarations.filter((each) => each.usesAny(names)));
}

function isUnexported(declaration: Declaration): boolean {
  return isFunction(declaration) && /^[\p{Ll}\p{Lo}_\x80-\xff]/u.test(declaration.names[0]);
}

function wordsOf(declarations: readonly Declaration[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { words } of declarations) for (const word of words) found.add(word);
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();

/** Words that came, went, or came into loops or out of them. */
function callsChanged(written: ReadonlyMap<Declaration, Declaration | undefined>, gone: readonly Declaration[]): ReadonlySet<string> {
  const known = new Set(written.values());
  const pairs = [...written, ...gone.filter((each) => !known.has(each)).map((each) => [undefined, each] as const)];
  const found = new Set<string>();
  const compare = (some: ReadonlySet<string> = NOTHING, others: ReadonlySet<string> = NOTHING): void => {
    for (const word of some) if (!others.has(word)) found.add(word);
    for (const word of others) if (!some.has(word)) found.add(word);
  };
  for (const [now, before] of pairs) {
    compare(now?.words, before?.words);
    compare(now?.repeated, before?.repeated);
  }
  return found;
}
