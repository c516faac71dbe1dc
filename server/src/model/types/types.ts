/**
 * Types of one file, approximate and lazy: nothing is evaluated until asked, every answer is kept, and `unknown` stands
 * wherever the answer is not sure. Files of other packages are evaluated in the same world, one per importer.
 */
import { NONE, type Node } from '../../syntax/index.ts';
import { constantOfDeclaration, constantValue } from '../constants/constants.ts';
import { type FileScopes, type Scopes, scopesOf } from '../scopes/scopes.ts';
import { membersOf } from '../scopes/symbols.ts';
import { predeclaredType, UNKNOWN } from '../scopes/universe.ts';
import type { Callee, GoSymbol, Package, SourceFile, Type } from '../shapes.ts';
import { type Architecture, architectureOf } from './architecture.ts';
import { resolveCallee } from './callee.ts';
import { callTarget } from './calls.ts';
import type {
  CallTarget,
  ConstantValue,
  ExactValue,
  FoundField,
  FoundMethod,
  PackageImporter,
  Selection,
  TypeContext,
  TypeWorld,
} from './context.ts';
import { pathOf } from './context.ts';
import { expressionType, NESTING } from './expressions.ts';
import { FileHomes } from './homes.ts';
import { isIdentical } from './identity.ts';
import { isPointerShaped, type Layout, layoutOf, sizeOf } from './layout.ts';
import { lookupFieldOrMethod, type MethodSetEntry, methodsOf } from './methods.ts';
import { isExported } from './names.ts';
import { resolveTypeNode } from './nodes.ts';
import { isTypeExpression } from './operands.ts';
import { resolveSelection } from './selection.ts';
import { constraintOf, declaredUnderlying, isTypeParameter, symbolType } from './symbols.ts';
import { typeText } from './text.ts';

/** Types as seen in one file. */
export interface Types {
  readonly package: Package;
  /** The scopes these types refine; the ones to use beside them. */
  readonly scopes: Scopes;
  /**
   * Type of an expression; of a type expression, the type it denotes. Untyped constants keep `untyped` (their name is their
   * default type's). A call's type is its result; none or several are a tuple. `v, ok := m[k]`: the type of `m[k]` is v's.
   */
  typeOf(node: Node): Type;
  /** Type of a variable, constant or function; of a type name, the type. Symbols of any file in this world. */
  typeOfSymbol(symbol: GoSymbol): Type;
  typeOfTypeNode(node: Node): Type;
  /** Whether the expression denotes a type. */
  isTypeExpression(node: Node): boolean;
  /** The type behind the name; a type parameter's is its constraint's interface. */
  underlying(type: Type): Type;
  calleeOf(call: Node): Callee;
  /** What a selector_expression (or a qualified_type) selects. */
  selectionOf(node: Node): Selection | undefined;
  constantOf(node: Node): ConstantValue | undefined;
  /** Bytes of a pointer in what is built. */
  readonly wordSize: number;
  /** Bytes, as gc lays the value out on the architecture that is built for; undefined when a part is unknown or a type parameter. */
  sizeOf(type: Type): number | undefined;
  /** Size with alignment, offsets and what the garbage collector scans; undefined where `sizeOf` is. */
  layoutOf(type: Type): Layout | undefined;
  isPointerShaped(type: Type): boolean;
  isIdentical(a: Type, b: Type): boolean;
  /** The type as source at a node of this file (default: at package level), or undefined when it cannot be written there. */
  typeText(type: Type, at?: Node): string | undefined;
  /** Field or method of that name as this file's package sees it; undefined when absent or unknown. */
  lookupFieldOrMethod(type: Type, name: string): FoundField | FoundMethod | undefined;
  /** Methods of the type and of its pointer, promoted ones included; `isComplete` is false when an embedded type is unknown. */
  methodsOf(type: Type): { readonly methods: readonly MethodSetEntry[]; readonly isComplete: boolean };
  /** Whether a value of the type (not only its pointer) is an `error`; undefined when unknown. */
  implementsError(type: Type): boolean | undefined;
  /** Types as seen in another file of the same world, such as the one that holds a callee's declaration; undefined for a file it has not met. */
  typesIn(file: SourceFile): Types | undefined;
  /** The package of such a file. */
  packageOf(file: SourceFile): Package | undefined;
  /** How often `typesIn` was asked in this world: whoever compares two counts knows whether somebody looked into other functions meanwhile. */
  readonly excursions: number;
}

const worlds = new WeakMap<PackageImporter, World>();

/** Types of a file of the package. What imports mean is asked of `importer` once; a package object that changes is a new object. */
export function typesOf(importer: PackageImporter, pkg: Package, file: SourceFile): Types {
  const world = worlds.get(importer) ?? new World(importer);
  worlds.set(importer, world);
  world.homes.enter(pkg);
  return world.fileTypes(pkg, file);
}

/** Nesting of evaluations after which what is below is evaluated from the bottom up instead. */
const DEPTH_LIMIT = 150;

class World implements TypeWorld {
  depth = 0;
  isDraining = false;
  excursions = 0;
  readonly architecture: Architecture;
  readonly homes = new FileHomes((pkg) => this.imports.get(pkg)?.values() ?? []);
  /** By what packages are derived from. */
  private readonly files = new WeakMap<object, Map<SourceFile, FileTypes>>();
  private readonly imports = new WeakMap<Package, Map<string, Package | undefined>>();
  private readonly underlyings = new WeakMap<Type, Type>();

  constructor(private readonly importer: PackageImporter) {
    this.architecture = architectureOf(importer.goarch);
  }

  fileTypes(pkg: Package, file: SourceFile): FileTypes {
    const ofPackage = this.files.get(pkg.derived) ?? new Map<SourceFile, FileTypes>();
    this.files.set(pkg.derived, ofPackage);
    const known = ofPackage.get(file);
    if (known !== undefined) return known;
    const types = new FileTypes(this, pkg, file);
    ofPackage.set(file, types);
    return types;
  }

  contextOf(file: SourceFile): FileTypes | undefined {
    const home = this.homes.of(file);
    return home === undefined ? undefined : this.fileTypes(home, file);
  }

  importPackage(importPath: string, from: Package): Package | undefined {
    const ofPackage = this.imports.get(from) ?? new Map<string, Package | undefined>();
    this.imports.set(from, ofPackage);
    if (ofPackage.has(importPath)) return ofPackage.get(importPath);
    const found = this.importer.importPackage(importPath, from);
    ofPackage.set(importPath, found);
    if (found !== undefined) this.homes.settle(found);
    return found;
  }

  typeOfSymbol(symbol: GoSymbol): Type {
    if (symbol.file === undefined) return symbol.kind === 'type' ? predeclaredType(symbol.name) : UNKNOWN;
    return this.contextOf(symbol.file)?.typeOfOwn(symbol) ?? UNKNOWN;
  }

  constantOfSymbol(symbol: GoSymbol): ExactValue | undefined {
    return symbol.file === undefined || symbol.kind !== 'constant' ? undefined : this.contextOf(symbol.file)?.constantOfOwn(symbol);
  }

  underlying(type: Type): Type {
    if (type.kind === 'type-parameter') return this.underlying(type.constraint);
    if (type.kind !== 'named') return type;
    const known = this.underlyings.get(type);
    if (known !== undefined) return known;
    this.underlyings.set(type, UNKNOWN);
    const under = type.symbol?.file === undefined ? predeclaredUnderlying(type) : this.declared(type);
    this.underlyings.set(type, under);
    return under;
  }

  private declared(type: Extract<Type, { kind: 'named' }>): Type {
    const c = type.symbol?.file === undefined ? undefined : this.contextOf(type.symbol.file);
    return c === undefined ? UNKNOWN : this.underlying(declaredUnderlying(c, type));
  }
}

const STRING: Type = { kind: 'basic', name: 'string' };
const ERROR_METHODS: Type = {
  kind: 'interface',
  methods: [{ name: 'Error', type: { kind: 'function', parameters: [], results: [STRING], isVariadic: false } }],
  isComplete: true,
};

function predeclaredUnderlying(type: Extract<Type, { kind: 'named' }>): Type {
  if (type.name === 'error' && type.path === '') return ERROR_METHODS;
  return type.name === 'comparable' && type.path === '' ? { kind: 'interface', methods: [], isComplete: true } : UNKNOWN;
}

class FileTypes implements Types, TypeContext {
  readonly package: Package;
  readonly tree: SourceFile['tree'];
  readonly scopes: FileScopes;
  /** By row; of its full length at once, since an array that is filled here and there becomes a slow table of hashes. */
  private readonly known: (Type | undefined)[];
  private readonly knownTypes = new Map<Node, Type>();
  private readonly selections = new Map<Node, Selection | undefined>();
  private readonly targets = new Map<Node, CallTarget>();
  private readonly callees = new Map<Node, Callee>();
  private readonly symbols = new Map<GoSymbol, Type>();
  private readonly constants = new Map<GoSymbol, { readonly value: ExactValue | undefined }>();

  constructor(
    readonly world: World,
    pkg: Package,
    readonly file: SourceFile,
  ) {
    this.package = pkg;
    this.tree = file.tree;
    this.known = new Array<Type | undefined>(file.tree.length);
    this.scopes = scopesOf(pkg, file);
    this.scopes.attach(this, file.imports.some((each) => each.kind === 'dot') ? (name) => this.dotImported(name) : undefined);
  }

  typeOf(node: Node): Type {
    const known = this.known[node];
    if (known !== undefined) return known;
    const { world } = this;
    if (world.depth >= DEPTH_LIMIT) return this.evaluateFromBelow(node);
    world.depth++;
    this.known[node] = UNKNOWN;
    const type = expressionType(this, node);
    this.known[node] = type;
    world.depth--;
    return type;
  }

  knownType(node: Node): Type | undefined {
    return this.known[node];
  }

  remember(node: Node, type: Type): void {
    this.known[node] = type;
  }

  /** Children have higher rows than their parents: going down the rows, every expression finds its operands known. */
  private evaluateFromBelow(node: Node): Type {
    const { world, tree } = this;
    if (world.isDraining) return UNKNOWN;
    const { depth } = world;
    world.isDraining = true;
    world.depth = 0;
    for (let row = tree.next[node] - 1; row >= node; row--) if (NESTING.has(tree.kind[row])) this.typeOf(row);
    world.isDraining = false;
    world.depth = depth;
    return this.known[node] ?? UNKNOWN;
  }

  typeOfSymbol(symbol: GoSymbol): Type {
    return this.world.typeOfSymbol(symbol);
  }

  /** Type of a symbol that this file declares. */
  typeOfOwn(symbol: GoSymbol): Type {
    const known = this.symbols.get(symbol);
    if (known !== undefined) return known;
    if (isTypeParameter(this.tree, symbol)) return this.typeParameter(symbol);
    this.symbols.set(symbol, UNKNOWN);
    const type = symbolType(this, symbol);
    this.symbols.set(symbol, type);
    return type;
  }

  /** Known before its constraint, which may mention it. */
  private typeParameter(symbol: GoSymbol): Type {
    const parameter = { kind: 'type-parameter' as const, name: symbol.name, constraint: UNKNOWN, symbol };
    this.symbols.set(symbol, parameter);
    parameter.constraint = constraintOf(this, symbol);
    return parameter;
  }

  /** Value of a constant that this file declares. */
  constantOfOwn(symbol: GoSymbol): ExactValue | undefined {
    const known = this.constants.get(symbol);
    if (known !== undefined) return known.value;
    const { world } = this;
    if (world.depth >= DEPTH_LIMIT) return undefined;
    this.constants.set(symbol, { value: undefined });
    world.depth++;
    const value = constantOfDeclaration(this, symbol);
    world.depth--;
    this.constants.set(symbol, { value });
    return value;
  }

  typeOfTypeNode(node: Node): Type {
    if (node === NONE) return UNKNOWN;
    const known = this.knownTypes.get(node);
    if (known !== undefined) return known;
    const { world } = this;
    if (world.depth >= DEPTH_LIMIT) return UNKNOWN;
    world.depth++;
    this.knownTypes.set(node, UNKNOWN);
    const type = resolveTypeNode(this, node);
    this.knownTypes.set(node, type);
    world.depth--;
    return type;
  }

  isTypeExpression(node: Node): boolean {
    return isTypeExpression(this, node);
  }

  underlying(type: Type): Type {
    return this.world.underlying(type);
  }

  calleeOf(call: Node): Callee {
    const known = this.callees.get(call);
    if (known !== undefined) return known;
    const callee = resolveCallee(this, call);
    if (callee.kind !== 'unknown') this.callees.set(call, callee);
    return callee;
  }

  /** One that is unknown is asked for again: it may have been too deep inside another evaluation. */
  targetOf(call: Node): CallTarget {
    const known = this.targets.get(call);
    if (known !== undefined) return known;
    const target = callTarget(this, call);
    if (target.kind !== 'unknown') this.targets.set(call, target);
    return target;
  }

  selectionOf(node: Node): Selection | undefined {
    const known = this.selections.get(node);
    if (known !== undefined || this.selections.has(node)) return known;
    this.selections.set(node, undefined);
    const selection = resolveSelection(this, node);
    this.selections.set(node, selection);
    return selection;
  }

  constantOf(node: Node): ConstantValue | undefined {
    return constantValue(this, node);
  }

  get wordSize(): number {
    return this.world.architecture.word;
  }

  sizeOf(type: Type): number | undefined {
    return sizeOf(this.world, type);
  }

  layoutOf(type: Type): Layout | undefined {
    return layoutOf(this.world, type);
  }

  isPointerShaped(type: Type): boolean {
    return isPointerShaped(this.world, type);
  }

  isIdentical(a: Type, b: Type): boolean {
    return isIdentical(a, b);
  }

  typeText(type: Type, at: Node = NONE): string | undefined {
    return typeText(this, type, at);
  }

  lookupFieldOrMethod(type: Type, name: string): FoundField | FoundMethod | undefined {
    const found = lookupFieldOrMethod(this.world, type, name, pathOf(this.package));
    return found === 'unknown' ? undefined : found;
  }

  methodsOf(type: Type): { readonly methods: readonly MethodSetEntry[]; readonly isComplete: boolean } {
    return methodsOf(this.world, type, pathOf(this.package));
  }

  implementsError(type: Type): boolean | undefined {
    const found = lookupFieldOrMethod(this.world, type, 'Error', pathOf(this.package));
    if (found === 'unknown' || this.world.underlying(type).kind === 'unknown') return undefined;
    if (found?.kind !== 'method' || found.type.kind !== 'function') return false;
    const isReachable = !found.hasPointerReceiver || found.isIndirect;
    const { parameters, results } = found.type;
    return isReachable && parameters.length === 0 && results.length === 1 && isIdentical(results[0], STRING);
  }

  typesIn(file: SourceFile): Types | undefined {
    this.world.excursions++;
    return this.world.contextOf(file);
  }

  packageOf(file: SourceFile): Package | undefined {
    return this.world.contextOf(file)?.package;
  }

  get excursions(): number {
    return this.world.excursions;
  }

  private dotImported(name: string): GoSymbol | undefined {
    if (!isExported(name)) return undefined;
    for (const each of this.file.imports) {
      const imported = each.kind === 'dot' ? this.world.importPackage(each.path, this.package) : undefined;
      const symbol = imported === undefined ? undefined : membersOf(imported).symbols.get(name);
      if (symbol !== undefined) return symbol;
    }
    return undefined;
  }
}
