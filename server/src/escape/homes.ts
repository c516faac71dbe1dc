/**
 * The outermost functions of a package as they live through edits. What is kept about one names places by their distance from
 * its first row, so that it stays true when the function moves. After an edit the new trees are held against the old ones:
 * where everything outside function bodies is the same, byte for byte, functions answer to each other one by one.
 */
import type { Package, SourceFile } from '../model/index.ts';
import { Kind, type Node, type Tree } from '../syntax/index.ts';
import type { Fragment } from './fragment.ts';
import type { Judgement } from './judgement.ts';
import { bodyOf, type FileFacts, isOutermost } from './program.ts';
import type { FunctionSummary } from './summaries.ts';

/** A function declaration, method or declaration of package variables, wherever edits move it. */
export class Home {
  /** Counts changes of its text. */
  version = 0;
  /** Flows of its text as of `fragment.version`. */
  fragment: Fragment | undefined;
  /** Functions of the package that it calls, as of a version. */
  calls: { readonly version: number; readonly homes: readonly Home[] } | undefined;
  /** What was found last of the component it is in. */
  judgement: Judgement | undefined;
  /** What its callers were told last. */
  summary: FunctionSummary | undefined;

  constructor(
    readonly file: HomeFile,
    /** Its row in the newest tree. */
    public node: Node,
  ) {}

  get facts(): FileFacts {
    return this.file.facts();
  }
}

/** A file through its edits. */
export class HomeFile {
  readonly homes: readonly Home[];
  private byNode: ReadonlyMap<Node, Home>;
  /** Of the newest package; asked for only when somebody looks into the file. */
  facts: () => FileFacts;

  constructor(
    public source: SourceFile,
    /** Of `source`, as it was when the functions were found. */
    public tree: Tree,
    factsOf: (file: SourceFile) => FileFacts,
  ) {
    this.homes = outermostRows(tree).map((row) => new Home(this, row));
    this.byNode = new Map(this.homes.map((home) => [home.node, home]));
    this.facts = () => factsOf(this.source);
  }

  homeAt(node: Node): Home | undefined {
    return this.byNode.get(node);
  }

  /** Functions are where and what they are in another text of the file. */
  moveTo(source: SourceFile, tree: Tree, moves: readonly Move[]): void {
    for (const [i, { node, isChanged }] of moves.entries()) {
      const home = this.homes[i];
      home.node = node;
      if (isChanged) home.version++;
    }
    this.source = source;
    this.tree = tree;
    this.byNode = new Map(this.homes.map((home) => [home.node, home]));
  }
}

interface Move {
  readonly node: Node;
  readonly isChanged: boolean;
}

/** The functions of a package through its edits. */
export class Homes {
  readonly files: readonly HomeFile[];
  private readonly byPath: ReadonlyMap<string, HomeFile>;

  /** `factsOf` answers for the files of the newest package. */
  constructor(pkg: Package, factsOf: (file: SourceFile) => FileFacts) {
    this.files = pkg.files.map((file) => new HomeFile(file, file.tree, factsOf));
    this.byPath = new Map(this.files.map((file) => [file.source.path, file]));
  }

  fileOf(source: SourceFile): HomeFile | undefined {
    const file = this.byPath.get(source.path);
    return file?.source === source ? file : undefined;
  }

  /** Goes over to another state of the package; false, and nothing is done, where more changed than function bodies. */
  moveTo(pkg: Package, factsOf: (file: SourceFile) => FileFacts): boolean {
    if (pkg.files.length !== this.files.length) return false;
    const moves: (readonly Move[] | undefined)[] = [];
    for (const [i, file] of this.files.entries()) {
      const now = pkg.files[i];
      if (now.path !== file.source.path || now.go !== file.source.go) return false;
      const matched = now.tree === file.tree ? [] : matchOf(file.tree, now.tree);
      if (matched === undefined) return false;
      moves.push(now.tree === file.tree ? undefined : matched);
    }
    for (const [i, file] of this.files.entries()) {
      const now = pkg.files[i];
      const moved = moves[i];
      if (moved === undefined) file.source = now;
      else file.moveTo(now, now.tree, moved);
      file.facts = () => factsOf(file.source);
    }
    return true;
  }
}

/** Rows of functions, methods and package variables, those with syntax errors included. */
function outermostRows(tree: Tree): Node[] {
  const found: Node[] = [];
  for (let row = 1; row < tree.length; ) {
    const isFound = isOutermost(tree, row);
    if (isFound) found.push(row);
    row = isFound ? tree.next[row] : row + 1;
  }
  return found;
}

/** One for each function of the older tree; undefined where the trees differ outside function bodies. */
function matchOf(before: Tree, now: Tree): readonly Move[] | undefined {
  const homes = outermostRows(before);
  const homesNow = outermostRows(now);
  if (homes.length !== homesNow.length) return undefined;
  const moves: Move[] = [];
  let [row, rowNow, at, atNow] = [1, 1, 0, 0];
  for (const [i, home] of homes.entries()) {
    const homeNow = homesNow[i];
    const body = outlineEnd(before, home);
    const bodyNow = outlineEnd(now, homeNow);
    const [from, fromNow] = [edgeAt(before, body, home), edgeAt(now, bodyNow, homeNow)];
    if (!sameRows(before, row, body, now, rowNow, bodyNow) || !sameBytes(before, at, from, now, atNow, fromNow)) return undefined;
    [row, rowNow] = [before.next[home], now.next[homeNow]];
    [at, atNow] = [before.end[home], now.end[homeNow]];
    const isSame = sameRows(before, body, row, now, bodyNow, rowNow) && sameBytes(before, from, at, now, fromNow, atNow);
    if (!isSame && before.kind[home] === Kind.var_spec) return undefined;
    moves.push({ node: homeNow, isChanged: !isSame });
  }
  const isSameBehind =
    sameRows(before, row, before.length, now, rowNow, now.length) &&
    sameBytes(before, at, before.source.length, now, atNow, now.source.length);
  return isSameBehind ? moves : undefined;
}

/** Row at which what everybody sees of a declaration ends: its body, or what comes after it. */
function outlineEnd(tree: Tree, home: Node): Node {
  const body = tree.kind[home] === Kind.var_spec ? 0 : bodyOf(tree, home);
  return body === 0 ? tree.next[home] : body;
}

function edgeAt(tree: Tree, body: Node, home: Node): number {
  return body < tree.next[home] ? tree.start[body] : tree.end[home];
}

function sameRows(a: Tree, from: Node, to: Node, b: Tree, fromB: Node, toB: Node): boolean {
  if (to - from !== toB - fromB) return false;
  for (let row = from, other = fromB; row < to; row++, other++) {
    if (a.kind[row] !== b.kind[other] || a.field[row] !== b.field[other]) return false;
    if (a.kind[a.parent[row]] !== b.kind[b.parent[other]]) return false;
  }
  return true;
}

function sameBytes(a: Tree, from: number, to: number, b: Tree, fromB: number, toB: number): boolean {
  if (to - from !== toB - fromB) return false;
  for (let at = from, other = fromB; at < to; at++, other++) if (a.source[at] !== b.source[other]) return false;
  return true;
}
