/**
 * The state of a walk that binds a file's identifiers, and its primitives: blocks opened and closed, names declared, resolved
 * and bound. Names whose scope begins later are declared by an event at that row; events nest as the tree does, so one stack
 * holds them and nothing recurses.
 */
import { NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { GoSymbol, SourceFile, SymbolKind, VariableRole } from '../shapes.ts';

/** Identifiers of this file with one meaning. */
export interface Binding {
  /** Undefined for a name that nothing in the file's functions declares: what it means is the package's to say. */
  readonly symbol: GoSymbol | undefined;
  readonly name: string;
  /** Place among the file's bindings, from 1. */
  readonly number: number;
  readonly nodes: Node[];
}

interface BlockName {
  readonly binding: LocalBinding;
  /** First row where the name is visible. */
  readonly from: Node;
  readonly shadowed: LocalBinding | undefined;
}

/** What a function's own name is bound to. */
export interface LocalBinding extends Binding {
  readonly symbol: GoSymbol;
}

/** One block of the file's functions, by the rows it spans: `[node, end)`. */
export interface ScopeBlock {
  readonly node: Node;
  readonly end: Node;
  readonly parent: ScopeBlock | undefined;
  /** Undefined until one is declared: most blocks declare none. */
  names: Map<string, BlockName> | undefined;
}

interface Event {
  readonly at: Node;
  readonly run: () => void;
}

interface LabelSpace {
  readonly owner: Node;
  /** Undefined until one is declared: most functions declare none. */
  declared: Map<string, LocalBinding> | undefined;
  readonly uses: Node[];
}

/**
 * What a file's identifiers mean as far as the file alone can say, so that it holds whatever happens in other files, and the
 * state of the walk. Filled in declaration by declaration, as somebody asks about one (pass.ts).
 */
export interface Pass {
  readonly file: SourceFile;
  readonly tree: Tree;
  /** By row: number of its binding, 0 for what is not bound. */
  readonly bindingOf: Uint32Array;
  readonly bindings: Binding[];
  /** Of the symbols that functions declare. */
  readonly bySymbol: Map<GoSymbol, LocalBinding>;
  /** Names that mean what they mean outside all functions. */
  readonly outer: Map<string, Binding>;
  /** Rows of the file's children, in order. */
  readonly declarations: readonly Node[];
  /** Of each of them in preorder; undefined while it is not bound. */
  readonly blocks: (ScopeBlock[] | undefined)[];
  /** Identifiers that key an element of a composite literal, and so may name a field. */
  readonly keys: Set<Node>;
  /** The clause for which a type switch declares the symbol. */
  readonly clauses: Map<GoSymbol, Node>;
  /** 1 for rows that declare, or name something no scope holds. */
  readonly settled: Uint8Array;
  /** Blocks of the declaration that is walked. */
  ownBlocks: ScopeBlock[];
  /** Innermost local meaning of each name. */
  readonly current: Map<string, LocalBinding>;
  readonly events: Event[];
  readonly functions: Node[];
  readonly labels: LabelSpace[];
  block: ScopeBlock | undefined;
}

export function startPass(file: SourceFile): Pass {
  const { tree } = file;
  return {
    file,
    tree,
    outer: new Map(),
    bindingOf: new Uint32Array(tree.length),
    bindings: [],
    bySymbol: new Map(),
    declarations: topLevel(tree),
    blocks: [],
    ownBlocks: [],
    keys: new Set(),
    clauses: new Map(),
    settled: new Uint8Array(tree.length),
    current: new Map(),
    events: [],
    functions: [],
    labels: [],
    block: undefined,
  };
}

function topLevel(tree: Tree): Node[] {
  const rows: Node[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) rows.push(row);
  return rows;
}

/** Does what is due before a row is looked at. */
export function runEvents(pass: Pass, row: Node): void {
  const { events } = pass;
  while (events.length > 0 && events[events.length - 1].at <= row) events.pop()?.run();
}

/** Declares a name in the innermost block, visible from a row on; `_` declares none. */
export function declare(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, from: Node): GoSymbol | undefined {
  const { block } = pass;
  if (block === undefined || textOf(pass.tree, name) === '_') return undefined;
  const symbol = newSymbol(pass, name, kind, role, pass.functions[pass.functions.length - 1] ?? NONE);
  const binding = newBinding(pass, symbol);
  bind(pass, name, binding);
  block.names ??= new Map();
  const sameName = block.names.get(symbol.name);
  block.names.set(symbol.name, { binding, from, shadowed: sameName === undefined ? pass.current.get(symbol.name) : sameName.shadowed });
  pass.current.set(symbol.name, binding);
  return symbol;
}

export function newSymbol(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, owner: Node): GoSymbol {
  const { tree, block } = pass;
  const span = kind === 'label' ? owner : (block?.node ?? NONE);
  const scope = { start: tree.start[span], end: tree.end[span] };
  return { kind, name: textOf(pass.tree, name), file: pass.file, declaration: name, role, owner, scope };
}

export function openBlock(pass: Pass, node: Node): void {
  const block: ScopeBlock = { node, end: pass.tree.next[node], parent: pass.block, names: undefined };
  pass.block = block;
  pass.ownBlocks.push(block);
  pass.events.push({ at: block.end, run: () => closeBlock(pass, block) });
}

function closeBlock(pass: Pass, block: ScopeBlock): void {
  block.names?.forEach(({ shadowed }, name) => {
    if (shadowed === undefined) pass.current.delete(name);
    else pass.current.set(name, shadowed);
  });
  pass.block = block.parent;
}

/** Binds a use to what the name means at this point of the walk. */
export function resolve(pass: Pass, row: Node): void {
  if (pass.settled[row] === 1) return;
  const name = textOf(pass.tree, row);
  if (name !== '_') bind(pass, row, pass.current.get(name) ?? outerBinding(pass, name));
}

/** Binds a name to what it means outside all functions, whatever the walk has met. */
export function bindOuter(pass: Pass, row: Node): void {
  settle(pass, row);
  const name = textOf(pass.tree, row);
  if (name !== '_') bind(pass, row, outerBinding(pass, name));
}

function outerBinding(pass: Pass, name: string): Binding {
  const known = pass.outer.get(name);
  if (known !== undefined) return known;
  const binding = added(pass, { symbol: undefined, name });
  pass.outer.set(name, binding);
  return binding;
}

export function newBinding(pass: Pass, symbol: GoSymbol): LocalBinding {
  const binding = added(pass, { symbol, name: symbol.name });
  pass.bySymbol.set(symbol, binding);
  return binding;
}

function added<S extends GoSymbol | undefined>(
  pass: Pass,
  { symbol, name }: { readonly symbol: S; readonly name: string },
): Binding & { readonly symbol: S } {
  const binding = { symbol, name, number: pass.bindings.length + 1, nodes: [] };
  pass.bindings.push(binding);
  return binding;
}

/** What a row is bound to first stays; the binding lists it all the same. */
export function bind(pass: Pass, node: Node, binding: Binding): void {
  binding.nodes.push(node);
  if (pass.bindingOf[node] === 0) pass.bindingOf[node] = binding.number;
}

/** Marks a name that declares or belongs to no scope, so that the walk does not resolve it. */
export function settle(pass: Pass, node: Node): void {
  if (node !== NONE) pass.settled[node] = 1;
}

export function settleAll(pass: Pass, nodes: readonly Node[]): void {
  for (const node of nodes) settle(pass, node);
}
