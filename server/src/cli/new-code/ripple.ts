/**
 * How far a change goes beyond the files that it changed: from declarations that became other ones to what speaks of them, package by package, what
 * is imported first. Types, values and signatures count as text, and of a struct that grew who comes by its values and not by pointers to them; of
 * functions the analysis is asked, before and now, and one that says the same to its callers ends the way. Names are compared and not
 * resolved, so that too much is reached rather than too little.
 */
import type { Location } from '../../base/index.ts';
import { isStandardLibrary } from '../../model/index.ts';
import type { FileParts } from '../../review/index.ts';
import { type Declaration, declarationsIn, type FileDeclarations, type ImportWords } from '../../syntax/index.ts';
import type { Texts } from '../files/texts.ts';
import { type Affected, affectedIn, type IsTouched, type Stood } from './affected.ts';
import { declarationChanges, type FileVersions, type ReadVersions } from './declaration-changes.ts';
import {
  addMembers,
  copyOf,
  exposed,
  isEmpty,
  noReach,
  type Origin,
  originOf,
  originOfFindings,
  type Reach,
  type View,
  type Way,
} from './marks.ts';
import type { ModuleGraph, PackageNode } from './module-graph.ts';
import { type Compare, growReach, type Sketch } from './package-ripple.ts';

export interface RippleParts {
  readonly graph: ModuleGraph;
  readonly texts: Texts;
  /** The changed files of each directory. */
  readonly changes: ReadonlyMap<string, readonly FileVersions[]>;
  /** See `Rule.follows`, of all rules that run. */
  readonly followed: readonly string[];
  readonly compare: Compare;
  readonly isTouched: IsTouched;
}

const LOOP = 'for ';
const NOTHING = noReach();
const bytewise = new TextDecoder('latin1');

/** How a change reaches a file that it left alone. */
export interface Touch {
  /** What was changed to begin with; undefined where it is gone. */
  readonly cause: Location | undefined;
  /** It matters to nobody but rules that follow calls with their own eyes (`Rule.follows`). */
  readonly isFollowed: boolean;
}

export interface Rippled {
  /** Files that did not change themselves and may have other findings than before. */
  readonly touched: ReadonlyMap<string, Touch>;
  /** Where they and the changed ones may have them. */
  readonly affected: Affected;
}

/** What files of a package can have in view. */
interface Horizon {
  readonly imports: Iterable<string>;
  readonly own: Reach;
  /** Methods of all that they import, directly or not; and of that, what is in other directories. */
  readonly inherited: Reach;
  readonly strange: Reach;
}

export async function ripple(parts: RippleParts): Promise<Rippled> {
  return new Ripple(parts).run();
}

class Ripple {
  private readonly decoded = new Map<string, string>();
  private readonly touched = new Map<string, Touch>();
  private readonly affected = {
    now: new Map<string, FileParts>(),
    before: new Map<string, FileParts>(),
    near: new Map<string, Location>(),
    stood: new Map<string, readonly Stood[]>(),
  };
  /** By directory: of what others can name; and of the methods of all that it imports. */
  private readonly reached = new Map<string, Reach>();
  private readonly inherited = new Map<string, Reach>();
  /** By directory, unexported names too, for its tests. */
  private readonly inside = new Map<string, Reach>();

  private readonly followedNames: ReadonlySet<string>;

  constructor(private readonly parts: RippleParts) {
    this.followedNames = new Set(parts.followed.map(followedName));
  }

  async run(): Promise<Rippled> {
    const { packages } = this.parts.graph;
    for (const node of packages) await this.visitSources(node);
    for (const node of packages) await this.visitTests(node);
    return { touched: this.touched, affected: this.affected };
  }

  private async visitSources(node: PackageNode): Promise<void> {
    const inherited = this.membersOf(node.imports);
    const own = noReach();
    await this.visit(node, node.sources, { imports: node.imports, own, inherited, strange: inherited });
    if (!isEmpty(inherited)) this.inherited.set(node.directory, inherited);
    if (isEmpty(own)) return;
    this.inside.set(node.directory, own);
    this.reached.set(node.directory, exposed(own));
  }

  /** Tests come last, because they may import what imports their package, and nobody imports them. */
  private async visitTests(node: PackageNode): Promise<void> {
    const own = copyOf(this.inside.get(node.directory) ?? noReach());
    const imports = new Set([...node.imports, ...node.testImports]);
    const strange = this.membersOf([...imports].filter((each) => each !== node.directory));
    const inherited = this.membersOf(imports);
    addMembers(inherited, own);
    await this.visit(node, node.tests, { imports, own, inherited, strange });
  }

  private membersOf(imports: Iterable<string>): Reach {
    const members = noReach();
    for (const directory of imports)
      for (const reach of [this.reached.get(directory), this.inherited.get(directory)]) if (reach !== undefined) addMembers(members, reach);
    return members;
  }

  /** Adds to `own` what is reached in these files of a package, which import no more than `imports`. */
  private async visit(node: PackageNode, paths: readonly string[], horizon: Horizon): Promise<void> {
    const { imports, own, inherited } = horizon;
    const areTests = paths[0]?.endsWith('_test.go') === true;
    const versions = (this.parts.changes.get(node.directory) ?? []).filter((each) => isTest(each) === areTests);
    const inView = [own, inherited, ...[...imports].flatMap((each) => this.reached.get(each) ?? [])];
    if (paths.length === 0 || (versions.length === 0 && !this.mayBeReached(paths, inView))) return;
    const changed = new Set(versions.map(({ now }) => now?.path));
    const sketches = paths.map((path) => this.sketch(node, path, changed.has(path), horizon));
    const read = versions.map((each) => this.readBoth(each, sketches));
    const changes = declarationChanges(read);
    const namedElsewhere = (names: ReadonlySet<string>): ReadonlySet<string> =>
      areTests ? new Set() : this.namedIn([...node.tests, ...this.dependents(node)], names);
    const silent = await growReach({ sketches, changes, own, namedElsewhere, compare: this.parts.compare });
    for (const { path, isChanged, file, view } of sketches) {
      const touch = isChanged ? undefined : this.touchOf(file.declarations, view);
      if (touch !== undefined) this.touched.set(path, touch);
    }
    const isReached = (declaration: Declaration, view: View): boolean => this.isReached(declaration, view);
    const { now, before, near, stood } = affectedIn({
      sketches,
      versions: read,
      changes,
      silent,
      isReached,
      isTouched: this.parts.isTouched,
    });
    for (const [path, parts] of now) this.affected.now.set(path, parts);
    for (const [path, parts] of before) this.affected.before.set(path, parts);
    for (const [path, place] of near) this.affected.near.set(path, place);
    for (const [path, each] of stood) this.affected.stood.set(path, each);
  }

  private readBoth({ now, before }: FileVersions, sketches: readonly Sketch[]): ReadVersions {
    const known = sketches.find(({ path }) => path === now?.path)?.file;
    return {
      now: now && { ...(known ?? declarationsIn(now.text)), ...now },
      before: before && { ...declarationsIn(before.text), ...before },
    };
  }

  /** Most packages have none of the words; and that no more than a text changed matters where rules follow calls. */
  private mayBeReached(paths: readonly string[], inView: readonly Reach[]): boolean {
    if (this.holdingAny(paths, wordsOf(inView, ['meaning', 'layout', 'pointer', 'face', 'cost'])).length > 0) return true;
    return this.holdingAny(this.holdingAny(paths, wordsOf(inView, ['text'])), [...this.followedNames]).length > 0;
  }

  private holdingAny(paths: readonly string[], words: readonly string[]): readonly string[] {
    if (words.length === 0) return [];
    const pattern = anyOf(words);
    return paths.filter((path) => this.text(path).search(pattern) >= 0);
  }

  /** Those of the words that the files have. */
  private namedIn(paths: readonly string[], words: ReadonlySet<string>): ReadonlySet<string> {
    const found = new Set<string>();
    if (words.size === 0) return found;
    const pattern = anyOf([...words]);
    for (const path of paths) {
      if (found.size === words.size) break;
      for (const [word] of this.text(path).matchAll(pattern)) found.add(word);
    }
    return found;
  }

  /** Files of all packages that import it, directly or not, with their tests, and tests that import one of them. */
  private dependents({ directory }: PackageNode): readonly string[] {
    const { packages } = this.parts.graph;
    const reaching = new Set([directory]);
    for (const { directory: each, imports } of packages) if ([...imports].some((imported) => reaching.has(imported))) reaching.add(each);
    return packages.flatMap(({ directory: each, sources, tests, testImports }) => {
      const isReaching = each !== directory && reaching.has(each);
      const areTests = isReaching || [...testImports].some((imported) => reaching.has(imported));
      return [...(isReaching ? sources : []), ...(areTests ? tests : [])];
    });
  }

  /** Of which each character is a byte. */
  private text(path: string): string {
    const known = this.decoded.get(path) ?? bytewise.decode(this.parts.texts.passing(path));
    this.decoded.set(path, known);
    return known;
  }

  private sketch(node: PackageNode, path: string, isChanged: boolean, { own, inherited, strange }: Horizon): Sketch {
    const file = this.read(path);
    const imports = file.imports.map((each) => this.importOf(each));
    const beyond = imports.map((each) => (each.directory === node.directory ? { ...each, reach: undefined } : each));
    const fromTests = imports.map((each) => (each.directory === node.directory ? { ...each, reach: own } : each));
    return {
      path,
      isChanged,
      file,
      view: { own, ...importedBy(imports), packages: packagesAmong(fromTests), inherited },
      beyond: { own: NOTHING, ...importedBy(beyond), packages: packagesAmong(beyond), inherited: strange },
    };
  }

  private importOf({ name, path }: ImportWords): Imported {
    const node = this.parts.graph.packageAt(path);
    const reach = node && this.reached.get(node.directory);
    const implied = node === undefined ? nameInLibrary(path) : node.name;
    return { name: name === '' ? implied : name, directory: node?.directory, reach };
  }

  private read(path: string): FileDeclarations {
    return declarationsIn(this.parts.texts.passing(path) ?? new Uint8Array());
  }

  /** See `Rule.follows`. */
  private followedIn(declaration: Declaration, view: View): Origin | undefined {
    const { followed } = this.parts;
    if (!declaration.usesAny(this.followedNames)) return undefined;
    const origin = originOf(declaration, view, 'text', 'all') ?? originOf(declaration, view, 'pointer', 'all');
    if (origin === undefined || followed.some((place) => declaration.words.has(place))) return origin;
    const isInLoop = followed.some((place) => place.startsWith(LOOP) && declaration.looped.has(followedName(place)));
    return isInLoop ? (originOf(declaration, view, 'text', 'loops') ?? originOf(declaration, view, 'pointer', 'all')) : undefined;
  }

  private isReached(declaration: Declaration, view: View): boolean {
    return originOfFindings(declaration, view) !== undefined || this.followedIn(declaration, view) !== undefined;
  }

  private touchOf(declarations: readonly Declaration[], view: View): Touch | undefined {
    for (const each of declarations) {
      const found = originOfFindings(each, view);
      if (found !== undefined) return { cause: found.cause, isFollowed: false };
    }
    const [followed] = declarations.flatMap((each) => this.followedIn(each, view) ?? []);
    return followed && { cause: followed.cause, isFollowed: true };
  }
}

/** An import of a file. */
interface Imported {
  /** By which the file speaks of it; undefined where that is not known. */
  readonly name: string | undefined;
  /** Undefined for other modules' packages. */
  readonly directory: string | undefined;
  readonly reach: Reach | undefined;
}

function importedBy(imports: readonly Imported[]): Pick<View, 'imported' | 'dotted'> {
  const reachOf = (isDotted: boolean): readonly Reach[] =>
    imports.flatMap(({ name, reach }) => (reach === undefined || (name === '.') !== isDotted ? [] : [reach]));
  return { imported: reachOf(false), dotted: reachOf(true) };
}

function packagesAmong(imports: readonly Imported[]): View['packages'] {
  return new Map(imports.flatMap(({ name, reach }) => (name === undefined || name === '.' ? [] : [[name, reach] as const])));
}

/** Packages of the library are called like the end of their path; other modules' need not be. */
function nameInLibrary(path: string): string | undefined {
  return isStandardLibrary(path) ? /([^/]+)(?:\/v\d+)?$/.exec(path)?.[1] : undefined;
}

function followedName(place: string): string {
  return place.startsWith(LOOP) ? place.slice(LOOP.length) : place;
}

function isTest({ now, before }: FileVersions): boolean {
  return (now ?? before)?.path.endsWith('_test.go') === true;
}

function wordsOf(inView: readonly Reach[], ways: readonly Way[]): readonly string[] {
  const marks = inView.flatMap((reach) => ways.map((way) => reach[way]));
  return [...new Set(marks.flatMap(({ names, members }) => [...names.keys(), ...members.keys()]))];
}

function anyOf(words: readonly string[]): RegExp {
  return new RegExp(`(?<!\\w)(?:${words.join('|')})(?!\\w)`, 'g');
}
