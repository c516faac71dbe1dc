/** Names that a change reaches, and which of them a declaration speaks of. */
import type { Location } from '../../base/index.ts';
import { ALONE, type Declaration } from '../../syntax/index.ts';

/** How a name came to be reached. */
export interface Origin {
  /** What was changed to begin with; undefined where it is gone. */
  readonly cause: Location | undefined;
  /** Calls between it and the name. */
  readonly depth: number;
}

/** Package-level names; and names of methods, which are spoken of without the package. */
export interface Marks {
  readonly names: Map<string, Origin>;
  readonly members: Map<string, Origin>;
}

/** In what way names are reached. */
export interface Reach {
  /** A type, a value or a signature is another one. */
  readonly meaning: Marks;
  /** Values of a type take other room than before, or hold other things; or it comes by such values: a type that holds some, a function that gives some. */
  readonly layout: Marks;
  /** It comes by pointers to such values alone. */
  readonly pointer: Marks;
  /** A function does other things to what it is given, or gives. */
  readonly face: Marks;
  /** It does not, but a call of it costs the inliner another amount. */
  readonly cost: Marks;
  /** The text of a function changed, or of one that it calls. */
  readonly text: Marks;
}

export type Way = keyof Reach;

export function noReach(): Reach {
  return each(noMarks);
}

/** What is in view of a file. */
export interface View {
  /** Of its own package. */
  readonly own: Reach;
  /** Of the packages that it imports, and of those whose names need no package before them. */
  readonly imported: readonly Reach[];
  readonly dotted: readonly Reach[];
  /** By the names under which the file is known to import packages; undefined for those that are none of the module's, or in which nothing is reached. */
  readonly packages: ReadonlyMap<string, Reach | undefined>;
  /** Of all that the package imports, directly or not: only the members are looked at. */
  readonly inherited: Reach;
}

/** A part of a declaration: all of it, what is not in its body, of that what is not behind a star, or what is in loops. */
export type Part = 'head' | 'values' | 'all' | 'loops';

/** The nearest origin of what the part of the declaration speaks of. */
export function originOf(declaration: Declaration, view: View, way: Way, part: Part): Origin | undefined {
  const marks = marksIn(view, way);
  const isHead = part === 'head' || part === 'values';
  if (isHead ? marks.length === 0 : !marks.some((each) => declaration.usesAny(each))) return undefined;
  return originAmong(wordsIn(declaration, part), declaration, view, way);
}

/** The same of some words of it. */
export function originAmong(words: Iterable<string>, declaration: Declaration, view: View, way: Way): Origin | undefined {
  const plain = plainMarks(view, way).filter(({ size }) => size > 0);
  const dotted = dottedMarks(view, way).filter(({ size }) => size > 0);
  let nearest: Origin | undefined;
  for (const word of words) {
    if (!plain.some((marks) => marks.has(word)) && !dotted.some((marks) => marks.has(word))) continue;
    const origins = declaration.selections.originsOf(word);
    const behindDots = origins.some((origin) => origin !== ALONE) ? dotted : [];
    for (const marks of ofPackages(origins, declaration, view, way) ?? [...plain, ...behindDots]) {
      const origin = marks.get(word);
      if (origin !== undefined && (nearest === undefined || origin.depth < nearest.depth)) nearest = origin;
    }
  }
  return nearest;
}

/** Undefined where one of the origins may be something else than a package. */
function ofPackages(
  origins: readonly string[],
  declaration: Declaration,
  { packages }: View,
  way: Way,
): readonly Marks['names'][] | undefined {
  const arePackages = origins.length > 0 && origins.every((origin) => packages.has(origin) && !declaration.selections.isBare(origin));
  if (!arePackages) return undefined;
  return origins.flatMap((origin) => packages.get(origin)?.[way].names ?? []);
}

/** Why the findings in a declaration may be others; the rules that follow calls with their own eyes aside. */
export function originOfFindings(declaration: Declaration, view: View): Origin | undefined {
  for (const way of REACHING) {
    const origin = originOf(declaration, view, way, 'all');
    if (origin !== undefined) return origin;
  }
  const origin = originOf(declaration, view, 'pointer', 'all');
  return origin !== undefined && declaration.dereferences ? origin : undefined;
}

/** What a call costs means no other verdict on what it is given; whether it is inlined at all does, and is part of the face. */
const REACHING = ['meaning', 'face', 'layout'] as const;

function wordsIn(declaration: Declaration, part: Part): ReadonlySet<string> {
  switch (part) {
    case 'all':
      return declaration.words;
    case 'head':
      return declaration.headWords;
    case 'values':
      return declaration.headWordsByValue;
    case 'loops':
      return declaration.repeated;
  }
}

/** What is spoken of by the name alone. */
export function plainMarks({ own, dotted }: View, way: Way): readonly Marks['names'][] {
  return [own[way].names, ...dotted.map((each) => each[way].names)];
}

/** What is spoken of behind a dot. */
export function dottedMarks({ own, imported, inherited }: View, way: Way): readonly Marks['names'][] {
  return [own[way].members, inherited[way].members, ...imported.map((each) => each[way].names)];
}

/** Those of both that are not empty. */
export function marksIn(view: View, way: Way): readonly Marks['names'][] {
  return [...plainMarks(view, way), ...dottedMarks(view, way)].filter(({ size }) => size > 0);
}

/** Marks what the declaration declares; the first origin stays, unless another one is nearer. Answers whether that is news. */
export function mark(reach: Reach, way: Way, declaration: Declaration, origin: Origin): boolean {
  const { kind, names } = declaration;
  return markNames(kind === 'method' ? reach[way].members : reach[way].names, names, origin);
}

export function markNames(marks: Marks['names'], names: Iterable<string>, origin: Origin): boolean {
  let isNews = false;
  for (const name of names) {
    const known = marks.get(name);
    if (name === '_' || (known !== undefined && known.depth <= origin.depth)) continue;
    marks.set(name, origin);
    isNews = true;
  }
  return isNews;
}

/** What of it matters to others who can name it. That a call costs more ends at the package: it takes another function at the edge of the budget to matter. */
export function exposed(reach: Reach): Reach {
  return each((way) => {
    const { names, members } = way === 'cost' ? noMarks() : reach[way];
    return { names: exportedOf(names), members: exportedOf(members) };
  });
}

export function copyOf(reach: Reach): Reach {
  return each((way) => ({ names: new Map(reach[way].names), members: new Map(reach[way].members) }));
}

export function addMembers(to: Reach, from: Reach): void {
  for (const way of WAYS) for (const [name, origin] of from[way].members) if (!to[way].members.has(name)) to[way].members.set(name, origin);
}

export function isEmpty(reach: Reach): boolean {
  return WAYS.every((way) => reach[way].names.size === 0 && reach[way].members.size === 0);
}

const WAYS: readonly Way[] = ['meaning', 'layout', 'pointer', 'face', 'cost', 'text'];

function noMarks(): Marks {
  return { names: new Map(), members: new Map() };
}

function each(make: (way: Way) => Marks): Reach {
  return {
    meaning: make('meaning'),
    layout: make('layout'),
    pointer: make('pointer'),
    face: make('face'),
    cost: make('cost'),
    text: make('text'),
  };
}

/** A letter beyond ASCII may be a capital. */
function exportedOf(marks: ReadonlyMap<string, Origin>): Map<string, Origin> {
  return new Map([...marks].filter(([name]) => /^(?:[A-Z]|[^\0-\x7f])/.test(name)));
}
