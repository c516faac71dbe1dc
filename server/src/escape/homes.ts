/**
 * The outermost functions of a package as they live through edits. What is kept about one names places by their distance from
 * its first row, so that it stays true when the function moves. After an edit the new trees are held against the old ones:
 * where everything outside function bodies is the same, byte for byte, functions answer to each other one by one.
 */
import { Memo } from '../base/index.ts';
import type { Package, SourceFile } from '../model/index.ts';
import { type BodyMatch, go, Kind, matchBodies, type Node, outermostRows, type Tree, textOf } from '../syntax/index.ts';
import { type CallNames, receiverType } from './calls/call-names.ts';
import type { Inquired, Question } from './demand.ts';
import type { Fragment, Rests } from './flows/fragment.ts';
import type { StandIn } from './flows/stand-ins.ts';
import type { Judgement } from './judgement.ts';
import type { FileFacts } from './program.ts';
import type { GrowingSummary } from './summaries/summaries.ts';

export interface Price {
  /** Nodes of the budget; undefined where it is not inlined. */
  readonly cost: number | undefined;
  readonly version: number;
  readonly rests: Rests;
}

/** A function declaration, method or declaration of package variables, wherever edits move it. */
export class Home {
  /** Counts changes of its text. */
  version = 0;
  /** What a call of it costs the inliner, as of a version. */
  price: Price | undefined;
  /** For callers to which it does not matter yet. */
  standIn: StandIn | undefined;
  /** What came of all that was asked about it, for the flows of the component that it was in last. */
  inquired: Inquired | undefined;
  /** Flows of its text as of `outline.version`, with stand-ins for all that it calls. */
  outline: Fragment | undefined;
  /** The same, with what calls that are inlined allocate. */
  whole: Fragment | undefined;
  /** Those of a circle of names that it calls, as of a version; and functions that have the name of one that it calls. */
  calls: { readonly version: number; readonly circle: ReadonlySet<Home>; readonly homes: readonly Home[] } | undefined;
  named: { readonly version: number; readonly homes: readonly Home[] } | undefined;
  /** What was found last of the component it is in. */
  judgement: Judgement | undefined;
  /** What its callers were told last, and of what it was made. */
  summary: GrowingSummary | undefined;
  told: { readonly judgement: Judgement; readonly asked: number } | undefined;
  private questions: Set<Question> | undefined;

  constructor(
    readonly file: HomeFile,
    /** Its row in the newest tree. */
    public node: Node,
  ) {}

  get facts(): FileFacts {
    return this.file.facts();
  }

  /** All that was ever asked about it, which of most functions is nothing. */
  get asked(): Set<Question> {
    this.questions ??= new Set();
    return this.questions;
  }
}

/** A file through its edits, read when somebody looks into it. */
export class HomeFile {
  private found: { readonly homes: readonly Home[]; tree: Tree; byNode: ReadonlyMap<Node, Home> } | undefined;
  /** Of the newest package; asked for only when somebody looks into the file. */
  facts: () => FileFacts;

  constructor(
    public source: SourceFile,
    factsOf: (file: SourceFile) => FileFacts,
  ) {
    this.facts = () => factsOf(this.source);
  }

  get isRead(): boolean {
    return this.found !== undefined;
  }

  get homes(): readonly Home[] {
    return this.functions.homes;
  }

  /** Of `source`, as it was when the functions were found. */
  get tree(): Tree {
    return this.functions.tree;
  }

  homeAt(node: Node): Home | undefined {
    return this.functions.byNode.get(node);
  }

  /** Functions are where and what they are in another text of the file. */
  moveTo(source: SourceFile, matches: readonly BodyMatch[]): void {
    const { homes } = this;
    for (const [i, { now, change }] of matches.entries()) {
      const home = homes[i];
      home.node = now;
      if (change !== undefined) home.version++;
    }
    this.source = source;
    this.found = { homes, tree: source.tree, byNode: byNode(homes) };
  }

  private get functions(): NonNullable<HomeFile['found']> {
    if (this.found === undefined) {
      const { tree } = this.source;
      const homes = outermostRows(tree).map((row) => new Home(this, row));
      this.found = { homes, tree, byNode: byNode(homes) };
    }
    return this.found;
  }
}

function byNode(homes: readonly Home[]): ReadonlyMap<Node, Home> {
  return new Map(homes.map((home) => [home.node, home]));
}

/** The functions of a package through its edits. */
export class Homes {
  readonly files: readonly HomeFile[];
  private readonly byPath: ReadonlyMap<string, HomeFile>;
  /** Which edits of bodies leave alone. */
  private byName: NamedHomes | undefined;

  /** `factsOf` answers for the files of the newest package. */
  constructor(pkg: Package, factsOf: (file: SourceFile) => FileFacts) {
    this.files = pkg.files.map((file) => new HomeFile(file, factsOf));
    this.byPath = new Map(this.files.map((file) => [file.source.path, file]));
  }

  /** Functions and methods of these names. */
  named(names: CallNames): readonly Home[] {
    this.byName ??= new NamedHomes(this.files);
    return this.byName.of(names);
  }

  fileOf(source: SourceFile): HomeFile | undefined {
    const file = this.byPath.get(source.path);
    return file?.source === source ? file : undefined;
  }

  /** Goes over to another state of the package; false, and nothing is done, where more changed than function bodies. */
  moveTo(pkg: Package, factsOf: (file: SourceFile) => FileFacts): boolean {
    if (pkg.files.length !== this.files.length) return false;
    const moves: (readonly BodyMatch[] | undefined)[] = [];
    for (const [i, file] of this.files.entries()) {
      const now = pkg.files[i];
      if (now.path !== file.source.path || now.go !== file.source.go) return false;
      const isSame = now === file.source || now.tree === file.tree;
      const matched = isSame ? undefined : matchBodies(file.tree, now.tree);
      if (!isSame && matched === undefined) return false;
      moves.push(matched);
    }
    for (const [i, file] of this.files.entries()) {
      const now = pkg.files[i];
      const moved = moves[i];
      if (moved === undefined) file.source = now;
      else file.moveTo(now, moved);
      file.facts = () => factsOf(file.source);
    }
    return true;
  }
}

/** Found when asked for, so that files which declare none of the names need not be parsed. */
class NamedHomes {
  private readonly byFile = new Memo(fileNames);
  private declaring: { readonly functions: FilesByName; readonly methods: FilesByName } | undefined;
  private readonly functions = new Memo((name: string) =>
    this.homesIn(this.files.functions.get(name), ({ functions }) => functions.get(name)),
  );
  private readonly methods = new Memo((name: string) => this.homesIn(this.files.methods.get(name), ({ methods }) => methods.get(name)));
  /** By `T.f`. */
  private readonly methodsOf = new Memo((full: string) => this.findMethodsOf(full));

  constructor(private readonly all: readonly HomeFile[]) {}

  of({ functions, methods, methodsOf }: CallNames): readonly Home[] {
    const found = new Set<Home>();
    const take = (homes: readonly Home[]): void => {
      for (const home of homes) found.add(home);
    };
    for (const name of functions) take(this.functions.get(name));
    for (const name of methods) take(this.methods.get(name));
    for (const name of methodsOf) take(this.methodsOf.get(name));
    return [...found];
  }

  /** A method that the type has not is one of what it embeds. */
  private findMethodsOf(full: string): readonly Home[] {
    const name = full.slice(full.indexOf('.') + 1);
    const own = this.homesIn(this.files.methods.get(name), ({ methodsOf }) => methodsOf.get(full));
    return own.length > 0 ? own : this.methods.get(name);
  }

  private homesIn(files: readonly HomeFile[] = [], find: (names: FileNames) => readonly Home[] | undefined): readonly Home[] {
    return files.flatMap((file) => find(this.byFile.get(file)) ?? []);
  }

  /** That may declare functions and methods of a name. */
  private get files(): NonNullable<NamedHomes['declaring']> {
    if (this.declaring !== undefined) return this.declaring;
    const [functions, methods] = [new Map<string, HomeFile[]>(), new Map<string, HomeFile[]>()];
    for (const file of this.all) {
      const outline = file.isRead ? undefined : file.source.outline?.();
      const read = outline === undefined ? this.byFile.get(file) : undefined;
      for (const name of outline?.names ?? read?.functions.keys() ?? []) add(functions, name, file);
      for (const name of outline?.methods ?? read?.methods.keys() ?? []) add(methods, name, file);
    }
    this.declaring = { functions, methods };
    return this.declaring;
  }
}

type FilesByName = ReadonlyMap<string, readonly HomeFile[]>;

interface FileNames {
  readonly functions: ReadonlyMap<string, readonly Home[]>;
  readonly methods: ReadonlyMap<string, readonly Home[]>;
  /** By `T.f`. */
  readonly methodsOf: ReadonlyMap<string, readonly Home[]>;
}

function fileNames({ tree, homes }: HomeFile): FileNames {
  const functions = new Map<string, Home[]>();
  const methods = new Map<string, Home[]>();
  const methodsOf = new Map<string, Home[]>();
  for (const home of homes) {
    const isMethod = tree.kind[home.node] === Kind.method_declaration;
    if (!isMethod && tree.kind[home.node] !== Kind.function_declaration) continue;
    const name = textOf(tree, go.functionDeclaration.name(tree, home.node));
    add(isMethod ? methods : functions, name, home);
    const type = isMethod ? receiverType(tree, home.node) : undefined;
    if (type !== undefined) add(methodsOf, `${type}.${name}`, home);
  }
  return { functions, methods, methodsOf };
}

function add<T>(byName: Map<string, T[]>, name: string, item: T): void {
  const known = byName.get(name);
  if (known === undefined) byName.set(name, [item]);
  else known.push(item);
}
