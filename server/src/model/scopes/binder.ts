/**
 * The state of a walk that binds a file's identifiers, and its primitives: blocks opened and closed, names declared, resolved
 * and bound. Names whose scope begins later are declared by an event at that row; events nest as the tree does, so one stack
 * holds them and nothing recurses.
 */
import { NONE, type Node, type Tree } from '../../syntax/index.ts';
import type { GoSymbol, SourceFile, SymbolKind, VariableRole } from '../shapes.ts';
import { nameReader } from './names.ts';
import { membersOfFile } from './symbols.ts';

/** A symbol and the identifiers of this file that resolve to it. */
export interface Binding {
  readonly symbol: GoSymbol;
  readonly nodes: Node[];
}

interface BlockName {
  readonly binding: Binding;
  /** First row where the name is visible. */
  readonly from: Node;
  readonly shadowed: Binding | undefined;
}

/** One block of the file's functions, by the rows it spans: `[node, end)`. */
export interface ScopeBlock {
  readonly node: Node;
  readonly end: Node;
  readonly parent: ScopeBlock | undefined;
  readonly names: Map<string, BlockName>;
}

export interface BoundFile {
  /** Binding of each identifier row. */
  readonly bindings: (Binding | undefined)[];
  readonly bySymbol: Map<GoSymbol, Binding>;
  /** In preorder. */
  readonly blocks: readonly ScopeBlock[];
  /** Identifiers that key an element of a composite literal, and so may name a field. */
  readonly keys: ReadonlySet<Node>;
  /** Identifiers that nothing in view declares; a dot import may. */
  readonly unresolved: readonly Node[];
  /** The clause for which a type switch declares the symbol. */
  readonly clauses: ReadonlyMap<GoSymbol, Node>;
}

/** What a name means outside all functions. */
export type OuterLookup = (name: string) => GoSymbol | undefined;

interface Event {
  readonly at: Node;
  readonly run: () => void;
}

interface LabelSpace {
  readonly owner: Node;
  readonly declared: Map<string, Binding>;
  readonly uses: Node[];
}

/** The walk so far. */
export interface Pass {
  readonly file: SourceFile;
  readonly tree: Tree;
  readonly nameOf: (node: Node) => string;
  readonly outer: OuterLookup;
  readonly outerBindings: Map<string, Binding | undefined>;
  readonly packageLevel: ReadonlyMap<Node, GoSymbol>;
  readonly bindings: (Binding | undefined)[];
  readonly bySymbol: Map<GoSymbol, Binding>;
  readonly blocks: ScopeBlock[];
  readonly keys: Set<Node>;
  readonly unresolved: Node[];
  readonly clauses: Map<GoSymbol, Node>;
  /** 1 for rows that declare, or name something no scope holds. */
  readonly settled: Uint8Array;
  /** Innermost local meaning of each name. */
  readonly current: Map<string, Binding>;
  readonly events: Event[];
  readonly functions: Node[];
  readonly labels: LabelSpace[];
  block: ScopeBlock | undefined;
}

/** `outer` says what a name means outside all functions. */
export function startPass(file: SourceFile, outer: OuterLookup): Pass {
  const { tree } = file;
  return {
    file,
    tree,
    nameOf: nameReader(tree),
    outer,
    outerBindings: new Map(),
    packageLevel: membersOfFile(file).byNode,
    bindings: new Array<Binding | undefined>(tree.length).fill(undefined),
    bySymbol: new Map(),
    blocks: [],
    keys: new Set(),
    unresolved: [],
    clauses: new Map(),
    settled: new Uint8Array(tree.length),
    current: new Map(),
    events: [],
    functions: [],
    labels: [],
    block: undefined,
  };
}

/** Does what is due before a row is looked at. */
export function runEvents(pass: Pass, row: Node): void {
  const { events } = pass;
  while (events.length > 0 && events[events.length - 1].at <= row) events.pop()?.run();
}

/** A name of the package: its symbol was made with the package's others. */
export function declarePackageLevel(pass: Pass, name: Node): void {
  settle(pass, name);
  const symbol = pass.packageLevel.get(name);
  if (symbol !== undefined) bind(pass, name, bindingOf(pass, symbol));
}

/** Declares a name in the innermost block, visible from a row on; `_` declares none. */
export function declare(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, from: Node): GoSymbol | undefined {
  const { block } = pass;
  if (block === undefined || pass.nameOf(name) === '_') return undefined;
  const symbol = newSymbol(pass, name, kind, role, pass.functions[pass.functions.length - 1] ?? NONE);
  const binding = bindingOf(pass, symbol);
  bind(pass, name, binding);
  const sameName = block.names.get(symbol.name);
  block.names.set(symbol.name, { binding, from, shadowed: sameName === undefined ? pass.current.get(symbol.name) : sameName.shadowed });
  pass.current.set(symbol.name, binding);
  return symbol;
}

export function newSymbol(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, owner: Node): GoSymbol {
  const { tree, block } = pass;
  const span = kind === 'label' ? owner : (block?.node ?? NONE);
  const scope = { start: tree.start[span], end: tree.end[span] };
  return { kind, name: pass.nameOf(name), file: pass.file, declaration: name, role, owner, scope };
}

export function openBlock(pass: Pass, node: Node): void {
  const block: ScopeBlock = { node, end: pass.tree.next[node], parent: pass.block, names: new Map() };
  pass.block = block;
  pass.blocks.push(block);
  pass.events.push({ at: block.end, run: () => closeBlock(pass, block) });
}

function closeBlock(pass: Pass, block: ScopeBlock): void {
  for (const [name, { shadowed }] of block.names) {
    if (shadowed === undefined) pass.current.delete(name);
    else pass.current.set(name, shadowed);
  }
  pass.block = block.parent;
}

/** Binds a use to what the name means at this point of the walk. */
export function resolve(pass: Pass, row: Node): void {
  if (pass.settled[row] === 1) return;
  const name = pass.nameOf(row);
  if (name === '_') return;
  const binding = pass.current.get(name) ?? outerBinding(pass, name);
  if (binding === undefined) pass.unresolved.push(row);
  else bind(pass, row, binding);
}

function outerBinding(pass: Pass, name: string): Binding | undefined {
  if (pass.outerBindings.has(name)) return pass.outerBindings.get(name);
  const symbol = pass.outer(name);
  const binding = symbol === undefined ? undefined : bindingOf(pass, symbol);
  pass.outerBindings.set(name, binding);
  return binding;
}

export function bindingOf(pass: Pass, symbol: GoSymbol): Binding {
  const known = pass.bySymbol.get(symbol);
  if (known !== undefined) return known;
  const binding = { symbol, nodes: [] };
  pass.bySymbol.set(symbol, binding);
  return binding;
}

export function bind(pass: Pass, node: Node, binding: Binding): void {
  binding.nodes.push(node);
  pass.bindings[node] ??= binding;
}

/** Marks a name that declares or belongs to no scope, so that the walk does not resolve it. */
export function settle(pass: Pass, node: Node): void {
  if (node !== NONE) pass.settled[node] = 1;
}

export function settleAll(pass: Pass, nodes: readonly Node[]): void {
  for (const node of nodes) settle(pass, node);
}
