/**
 * Which functions of a package may have other findings once the bodies of some are edited. Told by names alone, so that nothing
 * is typed for it: whatever a name means where it is mentioned, it may be any function or package variable so called. That is
 * too much rather than too little.
 */
import type { SourceFile } from '../../model/index.ts';
import { childrenOf, Field, isFunction, Kind, type Node, outermostRows, type Tree } from '../../syntax/index.ts';
import { hashAt, hashOfText, NAMES } from './names.ts';
import { namesBetween, type Place, statementAround } from './statements.ts';

/** A function, method or declaration of package variables, wherever edits move it. */
export interface Body {
  /** Hashes of what it declares. */
  readonly names: readonly number[];
  /** Hashes of names in it that mean something beyond it, each with one of what is done with it where it may be a package variable, else 0. */
  mentions: ReadonlyMap<number, number>;
}

/** What of a file its names are read from. */
type NamedFile = Pick<SourceFile, 'path' | 'imports' | 'tree'>;

/** A body that changed, where it stands now. */
export interface ChangedBody extends Place {
  readonly body: Body;
  readonly before: Place;
}

export interface Dependents {
  /** The changed ones, and those that name a package variable with which these do something else now, or an import that these begin or cease to name. */
  readonly sharing: ReadonlySet<Body>;
  /** These, and whoever calls them, and their callers. */
  readonly callers: ReadonlySet<Body>;
  /** Those whose callers, or theirs, are or were among them. */
  readonly called: ReadonlySet<Body>;
  /** Hashes of names in statements of the changed ones that came, went or speak of something else, and of those in types that are named so. */
  readonly touched: ReadonlySet<number>;
}

const TYPE_NAMES: ReadonlySet<number> = new Set([Kind.type_identifier]);
const NOBODY: ReadonlySet<Body> = new Set();

/** The names of a package, of which bodies may change and nothing else. */
export class PackageNames {
  private readonly bodies = new Map<string, readonly Body[]>();
  private readonly declaring = new Map<number, Set<Body>>();
  private readonly mentioning = new Map<number, Set<Body>>();
  private readonly variables = new Set<number>();
  /** Names of types that a type's declaration mentions, by its own. */
  private readonly types = new Map<number, readonly number[]>();
  private readonly imports: ReadonlySet<number>;
  /** Of a change that mentioned what the body had mentioned before, as most do: whoever types goes on in the same body. */
  private last: { readonly bodies: readonly Body[]; readonly dependents: Dependents } | undefined;

  constructor(files: readonly NamedFile[]) {
    this.imports = new Set(files.flatMap(({ imports }) => imports.map(({ name }) => hashOfText(name))));
    const placed = files.flatMap((file) => this.declare(file));
    for (const { body, tree, row } of placed) this.mention(body, this.mentionsIn(tree, row));
  }

  /** Of a file, answering to its `outermostRows`. */
  bodiesOf(path: string): readonly Body[] {
    return this.bodies.get(path) ?? [];
  }

  private declare({ path, tree }: NamedFile): readonly (Place & { readonly body: Body })[] {
    const placed = outermostRows(tree).map((row) => {
      const names = childrenOf(tree, row, Field.name)
        .map((name) => hashAt(tree, name))
        .filter((name) => name !== BLANK);
      const body: Body = { names, mentions: new Map() };
      for (const name of names) {
        add(this.declaring, name, body);
        if (!isFunction(tree, row)) this.variables.add(name);
      }
      return { body, tree, row };
    });
    for (const [name, named] of typesIn(tree)) this.types.set(name, named);
    this.bodies.set(
      path,
      placed.map(({ body }) => body),
    );
    return placed;
  }

  private mention(body: Body, mentions: Body['mentions']): void {
    for (const name of body.mentions.keys()) this.mentioning.get(name)?.delete(body);
    for (const name of mentions.keys()) add(this.mentioning, name, body);
    body.mentions = mentions;
  }

  private mentionsIn(tree: Tree, row: Node): Body['mentions'] {
    const mentions = new Map<number, number>();
    for (let at = row + 1; at < tree.next[row]; at++) {
      if (!NAMES.has(tree.kind[at])) continue;
      const name = hashAt(tree, at);
      const isVariable = this.variables.has(name);
      if (!isVariable && !this.declaring.has(name) && !this.imports.has(name)) continue;
      const use = isVariable ? hashAt(tree, statementAround(tree, at, row)) : 0;
      mentions.set(name, Math.imul(mentions.get(name) ?? 1, 31) + use);
    }
    return mentions;
  }

  /** Takes the new bodies in. */
  change(changed: readonly ChangedBody[]): Dependents {
    const bodies = changed.map(({ body }) => body);
    const edits = changed.map(({ body, tree, row }) => ({ body, before: body.mentions, now: this.mentionsIn(tree, row) }));
    const isAlike = edits.every(({ before, now }) => before.size === now.size && [...before].every(([name, use]) => now.get(name) === use));
    const { last } = this;
    if (isAlike && last !== undefined && last.bodies.length === bodies.length && last.bodies.every((body, i) => body === bodies[i]))
      return { ...last.dependents, touched: this.touchedBy(changed) };
    const dependents = { ...this.relativesOf(edits), touched: this.touchedBy(changed) };
    this.last = isAlike ? { bodies, dependents } : undefined;
    return dependents;
  }

  private relativesOf(edits: readonly Edit[]): Omit<Dependents, 'touched'> {
    const sharing = new Set<Body>();
    const called = new Set<Body>();
    for (const { body, before, now } of edits) {
      sharing.add(body);
      for (const name of before.keys()) addAll(called, this.declaring.get(name));
      for (const name of [...before.keys(), ...now.keys()]) {
        const isOther = this.variables.has(name)
          ? before.get(name) !== now.get(name)
          : this.imports.has(name) && before.has(name) !== now.has(name);
        // Who names an import may be the last to do so now, or no longer.
        if (isOther) addAll(sharing, this.mentioning.get(name));
      }
      this.mention(body, now);
    }
    const callers = new Set(sharing);
    // A walk over a set goes on into what is added meanwhile.
    for (const { names } of callers) for (const name of names) addAll(callers, this.mentioning.get(name));
    addAll(called, callers);
    for (const { mentions } of called) for (const name of mentions.keys()) addAll(called, this.declaring.get(name));
    return { sharing, callers, called };
  }

  private touchedBy(changed: readonly ChangedBody[]): ReadonlySet<number> {
    const touched = new Set<number>();
    for (const place of changed) for (const name of namesBetween(place.before, place)) touched.add(name);
    for (const name of touched) for (const named of this.types.get(name) ?? []) touched.add(named);
    return touched;
  }
}

/** Hashes of what is declared at package level of a type declaration: types and fields. */
export function declaredIn(tree: Tree, declaration: Node): readonly number[] {
  const found: number[] = [];
  for (let row = declaration; row < tree.next[declaration]; row++)
    if (DECLARING.has(tree.kind[row])) for (const name of childrenOf(tree, row, Field.name)) found.push(hashAt(tree, name));
  return found;
}

const DECLARING: ReadonlySet<number> = new Set([Kind.type_spec, Kind.type_alias, Kind.field_declaration]);

function typesIn(tree: Tree): Map<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (tree.kind[row] !== Kind.type_declaration) continue;
    for (let spec = row + 1; spec < tree.next[row]; spec = tree.next[spec])
      for (const name of childrenOf(tree, spec, Field.name)) found.set(hashAt(tree, name), namesIn(tree, spec, TYPE_NAMES));
  }
  return found;
}

function namesIn(tree: Tree, root: Node, kinds = NAMES): readonly number[] {
  const found: number[] = [];
  for (let row = root; row < tree.next[root]; row++) if (kinds.has(tree.kind[row])) found.push(hashAt(tree, row));
  return found;
}

/** Mentions of a body before and after a change of it. */
interface Edit {
  readonly body: Body;
  readonly before: Body['mentions'];
  readonly now: Body['mentions'];
}

function add(to: Map<number, Set<Body>>, name: number, body: Body): void {
  const known = to.get(name);
  if (known === undefined) to.set(name, new Set([body]));
  else known.add(body);
}

function addAll(to: Set<Body>, bodies: ReadonlySet<Body> = NOBODY): void {
  for (const body of bodies) to.add(body);
}

/** Nobody can mention it. */
const BLANK = hashOfText('_');
/** By which any type may be looked at without its name. */
export const UNSAFE = hashOfText('unsafe');
