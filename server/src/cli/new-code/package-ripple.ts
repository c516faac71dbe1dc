/** What of one package a change reaches, by declarations of its own that changed and by what it names of others. */
import type { FaceDetail } from '../../review/index.ts';
import { type Declaration, type FileDeclarations, hasArrays, typeMembers, wordsByValue } from '../../syntax/index.ts';
import { type DeclarationChanges, isFunction, type Placed } from './declaration-changes.ts';
import {
  mark,
  markNames,
  marksIn,
  type Origin,
  originAmong,
  originOf,
  originOfFindings,
  type Reach,
  type View,
  type Way,
} from './marks.ts';

/** A file of the package in hand. */
export interface Sketch {
  readonly path: string;
  readonly isChanged: boolean;
  readonly file: FileDeclarations;
  readonly view: View;
  /** What of other directories is in view. */
  readonly beyond: View;
}

/** A function before and after the change. */
export interface FunctionVersions {
  readonly before: Placed;
  readonly now: Placed;
  /** An outline where nothing that it calls does other things than before, as far as names tell: that need not be looked into then. */
  readonly detail: FaceDetail;
  /** Nothing of other directories is another one than before, as far as its package names it. */
  readonly isOwnChange: boolean;
}

export interface Comparison {
  /** What callers see: the same, the same at another cost, or something else. */
  readonly difference: 'none' | 'cost' | 'face';
  /** Whether findings of its callers may name places in it. */
  readonly isNamedByCallers: boolean;
}

/** In the order of the functions. */
export type Compare = (functions: readonly FunctionVersions[]) => Promise<readonly Comparison[]>;

/** Calls through which rules follow with their own eyes what a function does. */
const DEEPEST = 1;
/** Tokens of a body beyond which no function is inlined: the budget is 80 nodes. */
const LARGEST_INLINED = 250;

export interface PackageParts {
  readonly sketches: readonly Sketch[];
  readonly changes: DeclarationChanges;
  /** In view of all the files. */
  readonly own: Reach;
  /** Those of the names of which code outside of these files speaks, as far as anybody can tell who looks for words alone. */
  readonly namedElsewhere: (names: ReadonlySet<string>) => ReadonlySet<string>;
  readonly compare: Compare;
}

/** Adds to `own` what is reached in the files. Answers functions that are to their callers what they were, and of which these name no place. */
export async function growReach(parts: PackageParts): Promise<ReadonlySet<Declaration>> {
  const { compare } = parts;
  const growth = new Growth(parts);
  growth.sow();
  growth.spread('text', 'all');
  growth.spreadLayout();
  for (;;) {
    growth.spread('meaning', 'head');
    const functions = growth.toCompare();
    if (functions.length === 0) return growth.silent;
    growth.take(functions, await compare(functions.map(({ versions }) => versions)));
  }
}

/** A function to ask about, and why. */
interface Question {
  readonly versions: FunctionVersions;
  readonly origin: Origin;
}

class Growth {
  readonly silent = new Set<Declaration>();
  private readonly asked = new Map<Declaration, FaceDetail>();
  private readonly bodies: ReadonlySet<Declaration>;
  private readonly sketches: readonly Sketch[];
  private readonly changes: DeclarationChanges;
  private readonly own: Reach;
  /** Nothing is reached from other directories. */
  private readonly isAllOwn: boolean;

  constructor(private readonly parts: PackageParts) {
    const { sketches, changes, own } = parts;
    [this.sketches, this.changes, this.own] = [sketches, changes, own];
    this.isAllOwn = !sketches.some(({ file, beyond }) => file.declarations.some((each) => originOfFace(each, beyond) !== undefined));
    this.bodies = new Set(changes.bodies.map(({ declaration }) => declaration));
  }

  /** Marks what changed itself. */
  sow(): void {
    const { meanings, reshaped, came, gone, bodies } = this.changes;
    for (const each of meanings) {
      const members = reshaped.get(each.declaration);
      mark(this.own, members === undefined ? 'meaning' : 'layout', each.declaration, originAt(each));
      markNames(this.own.meaning.members, members ?? [], originAt(each));
    }
    for (const { declaration } of gone) mark(this.own, 'meaning', declaration, GONE);
    for (const each of [...meanings, ...came]) this.sowType(each.declaration, originAt(each));
    for (const { declaration } of gone) this.sowType(declaration, GONE);
    for (const each of [...meanings, ...bodies]) if (isFunction(each.declaration)) mark(this.own, 'text', each.declaration, originAt(each));
  }

  /** A type of which values are asked whether they have the method is another one with it. */
  private sowType({ kind, names, receiver }: Declaration, origin: Origin): void {
    const isAsked = kind === 'method' && ASKED_FOR.has(names[0]);
    if (isAsked && !this.own.meaning.names.has(receiver)) this.own.meaning.names.set(receiver, origin);
  }

  /** Marks what speaks of what is marked, until nothing is left. */
  spread(way: Way, part: 'head' | 'all'): void {
    const isSpread = (each: Declaration): boolean => way !== 'text' || isFunction(each);
    for (let hasGrown = true; hasGrown; ) {
      hasGrown = false;
      for (const { file, view } of this.sketches) {
        const names = spreading(view, way);
        for (const each of file.declarations) {
          const origin = isSpread(each) && each.usesAny(names) ? originOf(each, view, way, part) : undefined;
          if (origin === undefined || !goesOn(origin, way)) continue;
          const next = way === 'text' ? { ...origin, depth: origin.depth + 1 } : origin;
          if (!mark(this.own, way, each, next)) continue;
          hasGrown = true;
          if (goesOn(next, way)) for (const name of each.names) names.add(name);
        }
      }
    }
  }

  /** Marks what comes by values that are laid out otherwise, or by pointers to such. */
  spreadLayout(): void {
    for (let hasGrown = true; hasGrown; ) {
      hasGrown = false;
      for (const { file, view } of this.sketches) {
        if (marksIn(view, 'layout').length === 0 && marksIn(view, 'pointer').length === 0) continue;
        for (const each of file.declarations) if (this.markLayout(each, view)) hasGrown = true;
      }
    }
  }

  private markLayout(declaration: Declaration, view: View): boolean {
    const inValues = originOf(declaration, view, 'layout', 'values');
    const givesValues = (declaration.kind === 'var' && declaration.dereferences) || isListOfPointers(declaration);
    const held = inValues ?? (givesValues ? originOfLayout(declaration, view) : undefined);
    // Of many such values it may be too large for a stack, where it was not.
    if (held !== undefined && !isFunction(declaration) && hasArrays(declaration.headTokens)) mark(this.own, 'meaning', declaration, held);
    const isNews = held !== undefined && mark(this.own, 'layout', declaration, held);
    if (held !== undefined) return this.markHolders(declaration, view) || isNews;
    const origin = originOfLayout(declaration, view);
    return origin !== undefined && mark(this.own, 'pointer', declaration, origin);
  }

  /** Members through which others come by such values without the name of any type. */
  private markHolders(declaration: Declaration, view: View): boolean {
    let isNews = false;
    for (const { names, tokens } of declaration.kind === 'type' ? typeMembers(declaration.headTokens) : []) {
      const words = wordsByValue(tokens);
      const origin = originAmong(words, declaration, view, 'layout');
      const spoken = names.length > 0 ? names : [...words];
      if (origin !== undefined && markNames(this.own.layout.members, spoken, origin)) isNews = true;
    }
    return isNews;
  }

  /** Functions that may have become others to their callers, and were not compared yet. */
  toCompare(): readonly Question[] {
    const questions = this.changedFaces();
    const nameOf = ({ versions: { now } }: Question): string => now.declaration.names[0];
    const uses = this.usesOf(new Set(questions.map(nameOf)));
    const isNamed = (question: Question): boolean => (uses.get(nameOf(question)) ?? 0) > 1;
    const elsewhere = this.parts.namedElsewhere(new Set(questions.filter((question) => !isNamed(question)).map(nameOf)));
    for (const { versions } of questions) this.asked.set(versions.now.declaration, versions.detail);
    // The analysis is asked only where somebody wants to know.
    return questions.filter((question) => isNamed(question) || elsewhere.has(nameOf(question)));
  }

  /** Numbers of declarations that have a name among their words. */
  private usesOf(names: ReadonlySet<string>): ReadonlyMap<string, number> {
    const uses = new Map<string, number>();
    for (const { words } of this.sketches.flatMap(({ file }) => file.declarations.filter((each) => each.usesAny(names))))
      for (const word of words) if (names.has(word)) uses.set(word, (uses.get(word) ?? 0) + 1);
    return uses;
  }

  private changedFaces(): readonly Question[] {
    return this.sketches.flatMap(({ path, isChanged, file, view, beyond }) =>
      file.declarations.flatMap((now): Question[] => {
        const before = this.changes.before.get(now) ?? (isChanged ? undefined : { path, declaration: now });
        if (!isFunction(now) || before === undefined || NAMELESS.has(now.names[0])) return [];
        const origin = this.bodies.has(now) ? originAt({ path, declaration: now }) : originOfFace(now, view);
        if (origin === undefined) return [];
        const isReached = [now, before.declaration].some((each) => originOf(each, view, 'face', 'all') !== undefined);
        const detail = isReached ? 'whole' : 'outline';
        if ([detail, 'whole'].includes(this.asked.get(now) ?? '')) return [];
        const isOwnChange = this.isAllOwn && originOfFace(before.declaration, beyond) === undefined;
        return [{ versions: { now: { path, declaration: now }, before, detail, isOwnChange }, origin }];
      }),
    );
  }

  take(questions: readonly Question[], comparisons: readonly Comparison[]): void {
    for (const [i, { versions, origin }] of questions.entries()) {
      const { difference, isNamedByCallers } = comparisons[i];
      const { declaration } = versions.now;
      if (difference !== 'none') mark(this.own, difference, declaration, origin);
      if (difference !== 'face' && !isNamedByCallers) this.silent.add(declaration);
      else this.silent.delete(declaration);
    }
  }
}

/** Names from which the way goes on. */
function spreading(view: View, way: Way): Set<string> {
  const marks = marksIn(view, way).flatMap((each) => [...each]);
  return new Set(marks.flatMap(([name, origin]) => (goesOn(origin, way) ? [name] : [])));
}

function goesOn({ depth }: Origin, way: Way): boolean {
  return way !== 'text' || depth < DEEPEST;
}

const GONE: Origin = { cause: undefined, depth: 0 };

/** Methods by which rules, or the interfaces that packages of the library look for, tell types. */
const ASKED_FOR: ReadonlySet<string> = new Set(
  'Bytes Close Error Format Get GoString Is Lock Next ProtoMessage ProtoReflect ReadFrom Reset String Unwrap Write WriteByte WriteRune WriteString WriteTo'.split(
    ' ',
  ),
);

/** Nobody can call them. */
const NAMELESS: ReadonlySet<string> = new Set(['init', '_']);

/** A literal of such a type makes what the pointers point at without its name: `rows{{…}}` for `type rows []*row`. */
function isListOfPointers({ kind, headTokens }: Declaration): boolean {
  return (
    kind === 'type' && typeMembers(headTokens).length === 0 && headTokens.some((token, i) => token === '*' && headTokens[i - 1] === ']')
  );
}

function originOfLayout(declaration: Declaration, view: View): Origin | undefined {
  return originOf(declaration, view, 'layout', 'head') ?? originOf(declaration, view, 'pointer', 'head');
}

/** Why it may be another one to its callers. How much room values take is no matter of theirs, unless that makes them too large for a stack. */
function originOfFace(now: Declaration, view: View): Origin | undefined {
  const flows = originOf(now, view, 'meaning', 'all') ?? originOf(now, view, 'face', 'all');
  if (flows !== undefined) return flows;
  const cost = originOf(now, view, 'cost', 'all');
  if (cost !== undefined && now.size <= LARGEST_INLINED) return cost;
  const room = originOfFindings(now, view);
  return room !== undefined && hasArrays(now.bodyTokens) ? room : undefined;
}

function originAt({ path, declaration: { at, names } }: Placed): Origin {
  return { cause: { path, range: { start: at, end: at + names[0].length } }, depth: 0 };
}
