/**
 * Files and packages as they are kept. Both are made from headers alone; a tree is parsed when first asked for and can be
 * dropped again, because the trees of a large module do not fit in memory at once while its files and packages do. A
 * parse gives the same rows each time, so nodes outlive the tree they came from.
 */
import { baseName, type Range } from '../../base/index.ts';
import { type DeclaredNames, declaredNames, parse, type Tree } from '../../syntax/index.ts';
import { importsOf } from '../scopes/imports.ts';
import type { GoMinor, Import, Module, Package, SourceFile } from '../shapes.ts';
import { and, type Constraint } from './build-constraints.ts';
import { type FileHeader, scanHeader } from './header.ts';
import { fileNameConstraint, mayHoldTogether, type TagSet } from './target.ts';
import { fileGoVersion } from './version.ts';
import type { Importer } from './workspace-modules.ts';

/** Larger files are generated tables more often than code, and would hold up everything else. */
export const MAX_FILE_BYTES = 1 << 20;
export const MAX_NESTING = 10_000;

export interface Parsed {
  readonly tree: Tree;
  readonly problems: readonly Range[];
  /** What tree and source take. */
  readonly bytes: number;
}

/** A file's text as far as it is kept. */
export interface FileText {
  readonly path: string;
  readonly header: FileHeader;
  /** Of name, header and cgo together. */
  readonly constraint: Constraint | undefined;
  /** The bytes that the header was read from, until they are parsed or dropped. */
  unparsed: Uint8Array | undefined;
  /** Absent until asked for and again after it was dropped. */
  parsed: Parsed | undefined;
  /** Whether the tree is deeper than `MAX_NESTING`; undefined until first parsed. */
  isTooDeep: boolean | undefined;
  /** Absent until asked for. */
  outline: DeclaredNames | 'only a parse can tell' | undefined;
}

export function readText(path: string, source: Uint8Array): FileText {
  const header = scanHeader(source);
  const parts = [fileNameConstraint(baseName(path)), header.constraint, header.importPaths.includes('C') ? CGO : undefined];
  const known = parts.filter((part) => part !== undefined);
  const constraint = known.length === 0 ? undefined : known.reduce(and);
  const unknown = { parsed: undefined, isTooDeep: undefined, outline: undefined };
  return { path, header, constraint, unparsed: source, ...unknown };
}

/** Fills in what a parse gives. Of a file that nests too deep an empty tree is kept, so that nothing walks it. */
export function parseText(text: FileText, source: Uint8Array): Parsed {
  const whole = parse(source);
  text.isTooDeep ??= isDeeperThan(whole.tree, MAX_NESTING);
  const { tree, problems } = text.isTooDeep ? parse(NOTHING) : whole;
  const parsed: Parsed = { tree, problems, bytes: tree.source.length + tree.length * BYTES_PER_ROW };
  text.parsed = parsed;
  text.unparsed = undefined;
  return parsed;
}

const NOTHING = new Uint8Array(0);

const CGO: Constraint = { kind: 'tag', tag: 'cgo' };

/** What a file asks of the workspace that holds it. */
export interface FileHost {
  parse(text: FileText): Parsed;
  read(text: FileText): Uint8Array;
  /** A package's own name, where it can be found from the file. */
  packageName(importPath: string, file: LoadedFile): string | undefined;
}

export class LoadedFile implements SourceFile {
  readonly path: string;
  readonly packageName: string;
  readonly isTest: boolean;
  readonly isGenerated: boolean;
  readonly go: GoMinor;
  derived: object = {};
  private knownImports: readonly Import[] | undefined;

  constructor(
    readonly text: FileText,
    readonly home: Importer,
    goOfPackage: GoMinor,
    private readonly host: FileHost,
  ) {
    this.path = text.path;
    this.packageName = text.header.packageName;
    this.isTest = text.path.endsWith('_test.go');
    this.isGenerated = text.header.isGenerated;
    this.go = fileGoVersion(text.header.goVersion, goOfPackage);
  }

  get tree(): Tree {
    return this.parsed.tree;
  }

  get problems(): readonly Range[] {
    return this.parsed.problems;
  }

  get imports(): readonly Import[] {
    this.knownImports ??= this.nameImports();
    return this.knownImports;
  }

  outline(): DeclaredNames | undefined {
    const { text } = this;
    if (text.parsed !== undefined) return undefined;
    text.outline ??= declaredNames(this.host.read(text)) ?? 'only a parse can tell';
    return text.outline === 'only a parse can tell' ? undefined : text.outline;
  }

  /** Whether imports have been named, and would be named otherwise now. */
  isNamingStale(): boolean {
    const { knownImports } = this;
    return knownImports !== undefined && this.nameImports().some(({ name }, i) => name !== knownImports[i].name);
  }

  private nameImports(): readonly Import[] {
    return importsOf(this.tree, (importPath) => this.host.packageName(importPath, this));
  }

  /** Whether the tree is deeper than `MAX_NESTING`. */
  get isTooDeep(): boolean {
    if (this.text.isTooDeep === undefined) this.host.parse(this.text);
    return this.text.isTooDeep === true;
  }

  private get parsed(): Parsed {
    return this.text.parsed ?? this.host.parse(this.text);
  }
}

/** Of the columns of `Tree`. */
const BYTES_PER_ROW = 20;

function isDeeperThan(tree: Tree, limit: number): boolean {
  if (tree.length <= limit) return false;
  const depth = new Uint32Array(tree.length);
  for (let row = 1; row < tree.length; row++) {
    depth[row] = depth[tree.parent[row]] + 1;
    if (depth[row] > limit) return true;
  }
  return false;
}

export interface PackageIdentity {
  /** Its directory, which is what imports. */
  readonly home: Importer;
  readonly importPath: string | undefined;
  readonly name: string;
  readonly module: Module | undefined;
  /** Under which its files were chosen, and under which its imports are found. */
  readonly tags: TagSet;
}

export class LoadedPackage implements Package {
  readonly home: Importer;
  readonly directory: string;
  readonly importPath: string | undefined;
  readonly name: string;
  readonly module: Module | undefined;
  readonly tags: TagSet;
  derived: object = {};
  private stale = false;
  /** Of the directories it looked into: the packages to tell when they change. */
  private readonly watched = new Set<Set<LoadedPackage>>();
  /** Answers to `importPackage` for this package. */
  readonly resolved = new Map<string, Package | undefined>();

  constructor(
    identity: PackageIdentity,
    readonly files: readonly LoadedFile[],
    private readonly allFiles: () => readonly LoadedFile[] | undefined,
  ) {
    this.home = identity.home;
    this.directory = identity.home.path;
    this.importPath = identity.importPath;
    this.name = identity.name;
    this.module = identity.module;
    this.tags = identity.tags;
  }

  /** Of the directory as it is now: such files come and go without making the package another. */
  leftOutBeside(file: SourceFile): readonly SourceFile[] | undefined {
    const all = this.allFiles();
    const own = this.files.find((each) => each === file);
    if (all === undefined || own === undefined || [...this.files, ...all].some((each) => each.isTooDeep)) return undefined;
    const { constraint } = own.text;
    const leftOut = all.filter((each) => each.packageName === this.name && !this.files.includes(each));
    return leftOut.filter((each) => mayHoldTogether(constraint, each.text.constraint, this.tags));
  }

  /** Stands for the package through edits of its own files; undefined as long as nobody asks. */
  lineage: object | undefined;

  /** What it was before the last edit, until somebody asks for its lineage. */
  before: LoadedPackage | undefined;

  get build(): string {
    return this.tags.key;
  }

  /** Lets go of what was worked out about it and its files. */
  release(): void {
    this.derived = {};
    for (const file of this.files) file.derived = {};
  }

  /** Whether a file of it or of a package that it looked into changed: whoever asks again gets another object. */
  get isStale(): boolean {
    return this.stale;
  }

  /** Is told through `watchers` when what they watch changes. */
  watch(watchers: Set<LoadedPackage>): void {
    if (this.stale) return;
    watchers.add(this);
    this.watched.add(watchers);
  }

  retire(): void {
    this.stale = true;
    for (const watchers of this.watched) watchers.delete(this);
    this.watched.clear();
  }
}
