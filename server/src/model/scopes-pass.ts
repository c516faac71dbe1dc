/**
 * One walk over a file that binds every identifier (Go spec, "Declarations and scope"). Rows come in preorder, so a block is
 * opened at its node and closed at the row after its subtree; a name whose scope begins later (after its declaration, at the
 * function's body) is declared by an event at that row. Events nest as the tree does, so one stack holds them: nothing recurses.
 */
import {
  childOf,
  children,
  declaresVariables,
  Field,
  firstChild,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  type Tree,
} from '../syntax/index.ts';
import { nameReader } from './scopes-names.ts';
import type { GoSymbol, SourceFile, SymbolKind, VariableRole } from './shapes.ts';
import { membersOfFile, receiverBase } from './symbols.ts';

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

interface Pass {
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

/** Binds the identifiers of a file. `importSymbols` are the file's named imports by declaration row. */
export function bindFile(file: SourceFile, outer: OuterLookup, importSymbols: ReadonlyMap<Node, GoSymbol>): BoundFile {
  const { tree } = file;
  const pass: Pass = {
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
  for (const [node, symbol] of importSymbols) bind(pass, node, bindingOf(pass, symbol));
  for (let row = 1; row < tree.length; row++) {
    runEvents(pass, row);
    visit(pass, row);
  }
  runEvents(pass, tree.length);
  return pass;
}

function runEvents(pass: Pass, row: Node): void {
  const { events } = pass;
  while (events.length > 0 && events[events.length - 1].at <= row) events.pop()?.run();
}

function visit(pass: Pass, row: Node): void {
  const { tree } = pass;
  switch (tree.kind[row]) {
    case Kind.identifier:
    case Kind.type_identifier:
    case Kind.nil:
    case Kind.true:
    case Kind.false:
    case Kind.iota:
      return resolve(pass, row);
    case Kind.package_identifier:
      return tree.kind[tree.parent[row]] === Kind.qualified_type ? resolve(pass, row) : undefined;
    case Kind.qualified_type:
      return settle(pass, go.qualifiedType.name(tree, row));
    case Kind.label_name:
      return visitLabel(pass, row);
    case Kind.function_declaration:
    case Kind.method_declaration:
    case Kind.func_literal:
      return visitFunction(pass, row);
    case Kind.block:
      return isFunction(tree, tree.parent[row]) ? undefined : openBlock(pass, row);
    case Kind.if_statement:
    case Kind.for_statement:
    case Kind.expression_switch_statement:
    case Kind.expression_case:
    case Kind.communication_case:
      return openBlock(pass, row);
    case Kind.type_switch_statement:
      openBlock(pass, row);
      return settle(pass, switchAlias(tree, row));
    case Kind.type_case:
    case Kind.default_case:
      return visitClause(pass, row);
    case Kind.parameter_declaration:
    case Kind.variadic_parameter_declaration:
      return settleAll(pass, namesOf(tree, row));
    default:
      return visitDeclaration(pass, row);
  }
}

function visitDeclaration(pass: Pass, row: Node): void {
  const { tree } = pass;
  switch (tree.kind[row]) {
    case Kind.short_var_declaration:
      return declareAfter(pass, row, childIdentifiers(tree, go.shortVarDeclaration.left(tree, row)), 'local', true);
    case Kind.range_clause:
      if (!declaresVariables(tree, row)) return;
      return declareAfter(pass, row, childIdentifiers(tree, go.rangeClause.left(tree, row)), 'range', false);
    case Kind.receive_statement:
      if (!declaresVariables(tree, row)) return;
      return declareAfter(pass, row, childIdentifiers(tree, go.receiveStatement.left(tree, row)), 'local', false);
    case Kind.var_spec:
      return visitSpec(pass, row, 'variable');
    case Kind.const_spec:
      return visitSpec(pass, row, 'constant');
    case Kind.type_spec:
    case Kind.type_alias:
      return visitTypeSpec(pass, row);
    case Kind.keyed_element:
      return visitKey(pass, row);
    default:
  }
}

function visitFunction(pass: Pass, row: Node): void {
  const { tree } = pass;
  const kind = tree.kind[row];
  if (kind === Kind.function_declaration) declarePackageLevel(pass, go.functionDeclaration.name(tree, row));
  pass.functions.push(row);
  pass.labels.push({ owner: row, declared: new Map(), uses: [] });
  pass.events.push({ at: tree.next[row], run: () => leaveFunction(pass) });
  openBlock(pass, row);
  if (kind === Kind.method_declaration) declareReceiverParameters(pass, row);
  declareTypeParameters(pass, childOf(tree, row, Field.type_parameters));
  const lists: readonly (readonly [Node, VariableRole])[] = [
    [childOf(tree, row, Field.receiver), 'receiver'],
    [childOf(tree, row, Field.parameters), 'parameter'],
    [childOf(tree, row, Field.result), 'result'],
  ];
  const names = lists.flatMap(([list, role]) => parameterNames(tree, list).map((name) => [name, role] as const));
  for (const [name] of names) settle(pass, name);
  const body = childOf(tree, row, Field.body);
  const from = body === NONE ? tree.next[row] : body;
  pass.events.push({ at: from, run: () => names.forEach(([name, role]) => declare(pass, name, 'variable', role, from)) });
}

function leaveFunction(pass: Pass): void {
  pass.functions.pop();
  const labels = pass.labels.pop();
  if (labels === undefined) return;
  for (const use of labels.uses) {
    const binding = labels.declared.get(pass.nameOf(use));
    if (binding !== undefined) bind(pass, use, binding);
  }
}

function visitLabel(pass: Pass, row: Node): void {
  const labels = pass.labels[pass.labels.length - 1];
  if (labels === undefined) return;
  const isDeclaration = pass.tree.kind[pass.tree.parent[row]] === Kind.labeled_statement;
  if (!isDeclaration) {
    labels.uses.push(row);
    return;
  }
  const symbol = newSymbol(pass, row, 'label', undefined, labels.owner);
  const binding = bindingOf(pass, symbol);
  bind(pass, row, binding);
  if (!labels.declared.has(symbol.name)) labels.declared.set(symbol.name, binding);
}

/** The guard's name means another variable in each clause, visible in its statements only. */
function visitClause(pass: Pass, row: Node): void {
  const { tree } = pass;
  openBlock(pass, row);
  const alias = switchAlias(tree, tree.parent[row]);
  if (tree.kind[tree.parent[row]] !== Kind.type_switch_statement || alias === NONE) return;
  const statements = children(tree, row).find((child) => tree.kind[child] === Kind.statement_list);
  const from = statements ?? tree.next[row];
  pass.events.push({
    at: from,
    run: () => {
      const symbol = declare(pass, alias, 'variable', 'local', from);
      if (symbol !== undefined) pass.clauses.set(symbol, row);
    },
  });
}

function switchAlias(tree: Tree, node: Node): Node {
  const list = go.typeSwitchStatement.alias(tree, node);
  return list === NONE ? NONE : firstChild(tree, list);
}

/** Struct keys look like variables; those of literals that are plainly maps, slices or arrays are none. */
function visitKey(pass: Pass, row: Node): void {
  const { tree } = pass;
  const key = firstChild(tree, go.keyedElement.key(tree, row));
  if (!NAME_KINDS.includes(tree.kind[key])) return;
  const literal = tree.parent[tree.parent[row]];
  if (tree.kind[literal] === Kind.composite_literal && isIndexedType(tree, go.compositeLiteral.type(tree, literal))) return;
  pass.keys.add(key);
}

function isIndexedType(tree: Tree, type: Node): boolean {
  const kind = tree.kind[type];
  return kind === Kind.map_type || kind === Kind.slice_type || kind === Kind.array_type || kind === Kind.implicit_length_array_type;
}

function visitSpec(pass: Pass, row: Node, kind: SymbolKind): void {
  const names = namesOf(pass.tree, row);
  if (pass.block === undefined) {
    names.forEach((name) => declarePackageLevel(pass, name));
    return;
  }
  settleAll(pass, names);
  const from = pass.tree.next[row];
  const role = kind === 'variable' ? 'local' : undefined;
  pass.events.push({ at: from, run: () => names.forEach((name) => declare(pass, name, kind, role, from)) });
}

function visitTypeSpec(pass: Pass, row: Node): void {
  const { tree } = pass;
  const name = go.typeSpec.name(tree, row);
  if (pass.block === undefined) declarePackageLevel(pass, name);
  else {
    settle(pass, name);
    declare(pass, name, 'type', undefined, name);
  }
  const parameters = go.typeSpec.typeParameters(tree, row);
  if (parameters === NONE) return;
  openBlock(pass, row);
  declareTypeParameters(pass, parameters);
}

function declareTypeParameters(pass: Pass, list: Node): void {
  if (list === NONE) return;
  for (const declaration of children(pass.tree, list)) {
    for (const name of namesOf(pass.tree, declaration)) {
      settle(pass, name);
      declare(pass, name, 'type', undefined, list);
    }
  }
}

function declareReceiverParameters(pass: Pass, method: Node): void {
  const { tree } = pass;
  const { typeArguments } = receiverBase(tree, method);
  if (typeArguments === NONE) return;
  for (const element of children(tree, typeArguments)) {
    const name = tree.kind[element] === Kind.type_elem ? firstChild(tree, element) : element;
    if (tree.kind[name] !== Kind.type_identifier && tree.kind[name] !== Kind.identifier) continue;
    settle(pass, name);
    declare(pass, name, 'type', undefined, method);
  }
}

/** Names on the left of `:=` become visible after the whole declaration; those its block already holds are only assigned. */
function declareAfter(pass: Pass, row: Node, names: readonly Node[], role: VariableRole, mayAssign: boolean): void {
  const from = pass.tree.next[row];
  settleAll(pass, names);
  pass.events.push({
    at: from,
    run: () => {
      for (const name of names) {
        const known = mayAssign ? pass.block?.names.get(pass.nameOf(name))?.binding : undefined;
        if (known === undefined || known.symbol.kind !== 'variable') declare(pass, name, 'variable', role, from);
        else bind(pass, name, known);
      }
    },
  });
}

function declarePackageLevel(pass: Pass, name: Node): void {
  settle(pass, name);
  const symbol = pass.packageLevel.get(name);
  if (symbol !== undefined) bind(pass, name, bindingOf(pass, symbol));
}

function declare(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, from: Node): GoSymbol | undefined {
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

function newSymbol(pass: Pass, name: Node, kind: SymbolKind, role: VariableRole | undefined, owner: Node): GoSymbol {
  const { tree, block } = pass;
  const span = kind === 'label' ? owner : (block?.node ?? NONE);
  const scope = { start: tree.start[span], end: tree.end[span] };
  return { kind, name: pass.nameOf(name), file: pass.file, declaration: name, role, owner, scope };
}

function openBlock(pass: Pass, node: Node): void {
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

function resolve(pass: Pass, row: Node): void {
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

function bindingOf(pass: Pass, symbol: GoSymbol): Binding {
  const known = pass.bySymbol.get(symbol);
  if (known !== undefined) return known;
  const binding = { symbol, nodes: [] };
  pass.bySymbol.set(symbol, binding);
  return binding;
}

function bind(pass: Pass, node: Node, binding: Binding): void {
  binding.nodes.push(node);
  pass.bindings[node] ??= binding;
}

function settle(pass: Pass, node: Node): void {
  if (node !== NONE) pass.settled[node] = 1;
}

function settleAll(pass: Pass, nodes: readonly Node[]): void {
  for (const node of nodes) settle(pass, node);
}

/** Children with the field `name`; the grammar gives it to the commas between them too. */
function namesOf(tree: Tree, node: Node): Node[] {
  const names: Node[] = [];
  for (let row = node + 1; row < tree.next[node]; row = tree.next[row]) {
    if (tree.field[row] === Field.name && tree.kind[row] !== Kind[',']) names.push(row);
  }
  return names;
}

function parameterNames(tree: Tree, list: Node): Node[] {
  if (tree.kind[list] !== Kind.parameter_list) return [];
  return children(tree, list).flatMap((declaration) => namesOf(tree, declaration));
}

const NAME_KINDS: readonly number[] = [Kind.identifier, Kind.nil, Kind.true, Kind.false, Kind.iota];

function childIdentifiers(tree: Tree, list: Node): Node[] {
  return list === NONE ? [] : children(tree, list).filter((child) => NAME_KINDS.includes(tree.kind[child]));
}
