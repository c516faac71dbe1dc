/**
 * Package-level declarations: what each file declares, and what a package holds. Symbols live as long as their SourceFile,
 * so a package put together anew after one file changed keeps the symbols of the others.
 */
import { Memo } from '../../base/index.ts';
import { type DeclaredNames, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { GoSymbol, Package, SourceFile, SymbolKind } from '../shapes.ts';

/** A method as declared, not yet typed. */
export interface MethodDeclaration {
  readonly name: string;
  readonly file: SourceFile;
  /** method_declaration. */
  readonly node: Node;
  /** Name of the receiver's type as written (its base, without star and type arguments). */
  readonly receiver: string;
  readonly hasPointerReceiver: boolean;
}

export interface FileMembers {
  /** Package-level symbols by declaring identifier; `_` and `init` declare none. */
  readonly byNode: ReadonlyMap<Node, GoSymbol>;
  /** The same by name; of a name declared twice the first counts. */
  readonly byName: ReadonlyMap<string, GoSymbol>;
  readonly methods: readonly MethodDeclaration[];
  /** Names of types that are declared as aliases. */
  readonly aliases: ReadonlySet<string>;
}

/** Found when asked for: most of what an imported package declares never is, and its file need not be parsed. */
export interface PackageMembers {
  readonly symbols: Lookup<GoSymbol>;
  /** Methods by name, by receiver type name. */
  readonly methods: Lookup<ReadonlyMap<string, MethodDeclaration>>;
  /** Methods by name of a package-level type; of a type name declared twice each has those of its own file. */
  methodsOf(type: GoSymbol): ReadonlyMap<string, MethodDeclaration> | undefined;
}

interface Lookup<T> {
  get(name: string): T | undefined;
}

const packages = new WeakMap<Package, PackageMembers>();
const files = new WeakMap<SourceFile, FileMembers>();

/** Package-level names of a package; of a name declared twice the first counts. */
export function membersOf(pkg: Package): PackageMembers {
  const known = packages.get(pkg);
  if (known !== undefined) return known;
  const members = new LazyMembers(pkg.files);
  packages.set(pkg, members);
  return members;
}

class LazyMembers implements PackageMembers {
  readonly symbols = new Memo((name: string) => this.findSymbol(name));
  readonly methods = new Memo((receiver: string) => this.findMethods(receiver));
  private readonly targets = new Memo((receiver: string) => (this.aliases.has(receiver) ? aliasTarget(this.symbols, receiver) : receiver));
  /** Files that may declare methods of a type, by its name. */
  private filesByType: ReadonlyMap<string, readonly SourceFile[]> | undefined;
  private knownAliases: ReadonlySet<string> | undefined;

  constructor(private readonly files: readonly SourceFile[]) {}

  methodsOf(type: GoSymbol): ReadonlyMap<string, MethodDeclaration> | undefined {
    const { name, file } = type;
    if (file === undefined || this.symbols.get(name) === type) return this.methods.get(name);
    const own = membersOfFile(file).methods.filter(({ receiver }) => receiver === name);
    return own.length === 0 ? undefined : new Map(own.map((method) => [method.name, method]));
  }

  private findSymbol(name: string): GoSymbol | undefined {
    for (const file of this.files) {
      const symbol = outlineOf(file)?.names.has(name) === false ? undefined : membersOfFile(file).byName.get(name);
      if (symbol !== undefined) return symbol;
    }
    return undefined;
  }

  private findMethods(receiver: string): ReadonlyMap<string, MethodDeclaration> | undefined {
    this.filesByType ??= this.indexReceivers();
    const found = new Map<string, MethodDeclaration>();
    for (const file of this.filesByType.get(receiver) ?? []) {
      for (const method of membersOfFile(file).methods) {
        if (!found.has(method.name) && this.targets.get(method.receiver) === receiver) found.set(method.name, method);
      }
    }
    return found.size === 0 ? undefined : found;
  }

  private indexReceivers(): Map<string, SourceFile[]> {
    const index = new Map<string, SourceFile[]>();
    for (const file of this.files) {
      const receivers = outlineOf(file)?.receivers ?? membersOfFile(file).methods.map(({ receiver }) => receiver);
      for (const type of new Set([...receivers].map((receiver) => this.targets.get(receiver) ?? receiver))) {
        const known = index.get(type);
        if (known === undefined) index.set(type, [file]);
        else known.push(file);
      }
    }
    return index;
  }

  /** Names that may be aliases of types. */
  private get aliases(): ReadonlySet<string> {
    this.knownAliases ??= new Set(this.files.flatMap((file) => [...(outlineOf(file) ?? membersOfFile(file)).aliases]));
    return this.knownAliases;
  }
}

/** What a file may declare, where that is cheaper than to ask what it does. */
function outlineOf(file: SourceFile): DeclaredNames | undefined {
  return files.has(file) ? undefined : file.outline?.();
}

const ALIAS_LIMIT = 10;

/** The type name behind an alias that a receiver may name its type by. */
function aliasTarget(symbols: Lookup<GoSymbol>, name: string): string {
  let target = name;
  for (let i = 0; i < ALIAS_LIMIT; i++) {
    const symbol = symbols.get(target);
    const tree = symbol?.file?.tree;
    if (symbol === undefined || tree === undefined || tree.kind[tree.parent[symbol.declaration]] !== Kind.type_alias) break;
    const written = go.typeAlias.type(tree, tree.parent[symbol.declaration]);
    const base = tree.kind[written] === Kind.pointer_type ? firstChild(tree, written) : written;
    if (tree.kind[base] !== Kind.type_identifier) break;
    target = textOf(tree, base);
  }
  return target;
}

/** Whether the symbol is declared outside all functions. */
export function isPackageLevel(symbol: GoSymbol): boolean {
  return symbol.file !== undefined && membersOfFile(symbol.file).byName.get(symbol.name) === symbol;
}

/** Package-level names of one file. */
export function membersOfFile(file: SourceFile): FileMembers {
  const known = files.get(file);
  if (known !== undefined) return known;
  const members = collectMembers(file);
  files.set(file, members);
  return members;
}

function collectMembers(file: SourceFile): FileMembers {
  const { tree } = file;
  const byNode = new Map<Node, GoSymbol>();
  const byName = new Map<string, GoSymbol>();
  const methods: MethodDeclaration[] = [];
  const aliases = new Set<string>();
  const declare = (name: Node, kind: SymbolKind): void => {
    const text = textOf(tree, name);
    if (name === NONE || text === '_' || (kind === 'function' && text === 'init')) return;
    const role = kind === 'variable' ? 'package' : undefined;
    const symbol: GoSymbol = { kind, name: text, file, declaration: name, role, owner: NONE, scope: { start: 0, end: tree.source.length } };
    byNode.set(name, symbol);
    if (!byName.has(text)) byName.set(text, symbol);
  };
  for (let row = 1; row < tree.length; ) {
    const kind = tree.kind[row];
    if (isGroup(kind)) {
      row++;
      continue;
    }
    if (kind === Kind.type_alias) aliases.add(textOf(tree, go.typeSpec.name(tree, row)));
    if (kind === Kind.function_declaration) declare(go.functionDeclaration.name(tree, row), 'function');
    else if (kind === Kind.type_spec || kind === Kind.type_alias) declare(go.typeSpec.name(tree, row), 'type');
    else if (kind === Kind.var_spec) for (const name of go.varSpec.name(tree, row)) declareListed(tree, name, 'variable', declare);
    else if (kind === Kind.const_spec) for (const name of go.constSpec.name(tree, row)) declareListed(tree, name, 'constant', declare);
    else if (kind === Kind.method_declaration) methods.push(methodDeclaration(file, row));
    row = Math.max(tree.next[row], row + 1);
  }
  return { byNode, byName, methods, aliases };
}

function declareListed(tree: Tree, name: Node, kind: SymbolKind, declare: (name: Node, kind: SymbolKind) => void): void {
  if (tree.kind[name] !== Kind[',']) declare(name, kind);
}

function isGroup(kind: number): boolean {
  return kind === Kind.var_declaration || kind === Kind.const_declaration || kind === Kind.type_declaration || kind === Kind.var_spec_list;
}

function methodDeclaration(file: SourceFile, node: Node): MethodDeclaration {
  const { tree } = file;
  const { base, isPointer } = receiverBase(tree, node);
  return {
    name: textOf(tree, go.methodDeclaration.name(tree, node)),
    file,
    node,
    receiver: textOf(tree, base),
    hasPointerReceiver: isPointer,
  };
}

/** The receiver's type name, its type arguments (the method's own names for the type parameters), and whether there is a star. */
export function receiverBase(tree: Tree, method: Node): { base: Node; typeArguments: Node; isPointer: boolean } {
  const list = go.methodDeclaration.receiver(tree, method);
  let type = go.parameterDeclaration.type(tree, firstOfKind(tree, list, Kind.parameter_declaration));
  let isPointer = false;
  let typeArguments = NONE;
  for (;;) {
    const kind = tree.kind[type];
    if (type === NONE || kind === Kind.type_identifier || kind === Kind.identifier) return { base: type, typeArguments, isPointer };
    if (kind === Kind.pointer_type) isPointer = true;
    else if (kind === Kind.generic_type) typeArguments = go.genericType.typeArguments(tree, type);
    else if (kind !== Kind.parenthesized_type) return { base: NONE, typeArguments, isPointer };
    type = kind === Kind.generic_type ? go.genericType.type(tree, type) : firstChild(tree, type);
  }
}

function firstOfKind(tree: Tree, list: Node, kind: number): Node {
  if (list === NONE) return NONE;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) if (tree.kind[row] === kind) return row;
  return NONE;
}
