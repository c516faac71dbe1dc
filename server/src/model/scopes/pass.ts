/**
 * The walk that binds identifiers (Go spec, "Declarations and scope"). Rows come in preorder, so a block is opened at its node
 * and closed at the row after its subtree. No name that a top-level declaration holds is visible in another, so each is walked
 * when first asked about: after an edit the rules look into few of them.
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
  textOf,
} from '../../syntax/index.ts';
import type { SourceFile, SymbolKind, VariableRole } from '../shapes.ts';
import {
  bind,
  bindOuter,
  declare,
  newBinding,
  newSymbol,
  openBlock,
  type Pass,
  resolve,
  runEvents,
  settle,
  settleAll,
  startPass,
} from './binder.ts';
import { receiverBase } from './symbols.ts';

const passes = new WeakMap<object, Pass>();

/** The bindings of a file's identifiers, as far as somebody asked; kept until the file is let go, and usable for who has them by then. */
export function bindingsOf(file: SourceFile): Pass {
  const known = passes.get(file.derived) ?? startPass(file);
  passes.set(file.derived, known);
  return known;
}

/** Binds what the row's top-level declaration holds; returns that declaration's index, or -1 for row 0. */
export function bindAround(pass: Pass, row: Node): number {
  const index = declarationAt(pass.declarations, row);
  if (index >= 0 && pass.blocks[index] === undefined) bindDeclaration(pass, index);
  return index;
}

/** Binds the whole file. */
export function bindAll(pass: Pass): void {
  for (const index of pass.declarations.keys()) if (pass.blocks[index] === undefined) bindDeclaration(pass, index);
}

function declarationAt(declarations: readonly Node[], row: Node): number {
  let low = 0;
  let high = declarations.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (declarations[middle] <= row) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function bindDeclaration(pass: Pass, index: number): void {
  const { tree } = pass;
  const first = pass.declarations[index];
  const end = tree.next[first];
  pass.ownBlocks = [];
  pass.blocks[index] = pass.ownBlocks;
  for (let row = first; row < end; row++) {
    runEvents(pass, row);
    VISITORS[tree.kind[row]]?.(pass, row);
  }
  runEvents(pass, end);
}

type Visitor = (pass: Pass, row: Node) => void;

/** By kind; holes where a row says nothing about names. */
const VISITORS: readonly (Visitor | undefined)[] = byKind([
  [Kind.identifier, resolve],
  [Kind.type_identifier, resolve],
  [Kind.nil, resolve],
  [Kind.true, resolve],
  [Kind.false, resolve],
  [Kind.iota, resolve],
  [Kind.package_identifier, visitPackageName],
  [Kind.qualified_type, (pass, row) => settle(pass, go.qualifiedType.name(pass.tree, row))],
  [Kind.label_name, visitLabel],
  [Kind.function_declaration, visitFunction],
  [Kind.method_declaration, visitFunction],
  [Kind.func_literal, visitFunction],
  [Kind.parameter_declaration, visitParameter],
  [Kind.variadic_parameter_declaration, visitParameter],
  [Kind.block, visitBlock],
  [Kind.if_statement, openBlock],
  [Kind.for_statement, openBlock],
  [Kind.expression_switch_statement, openBlock],
  [Kind.expression_case, openBlock],
  [Kind.communication_case, openBlock],
  [Kind.type_switch_statement, visitTypeSwitch],
  [Kind.type_case, visitClause],
  [Kind.default_case, visitClause],
  [Kind.short_var_declaration, visitShortDeclaration],
  [Kind.range_clause, (pass, row) => visitClauseVariables(pass, row, 'range')],
  [Kind.receive_statement, (pass, row) => visitClauseVariables(pass, row, 'local')],
  [Kind.var_spec, (pass, row) => visitSpec(pass, row, 'variable')],
  [Kind.const_spec, (pass, row) => visitSpec(pass, row, 'constant')],
  [Kind.type_spec, visitTypeSpec],
  [Kind.type_alias, visitTypeSpec],
  [Kind.keyed_element, visitKey],
]);

function byKind(visitors: readonly (readonly [number, Visitor])[]): readonly (Visitor | undefined)[] {
  const table: (Visitor | undefined)[] = new Array(Math.max(...visitors.map(([kind]) => kind)) + 1).fill(undefined);
  for (const [kind, visitor] of visitors) table[kind] = visitor;
  return table;
}

function visitPackageName(pass: Pass, row: Node): void {
  if (pass.tree.kind[pass.tree.parent[row]] === Kind.qualified_type) resolve(pass, row);
}

/** A function's body belongs to the block of its parameters. */
function visitBlock(pass: Pass, row: Node): void {
  if (!isFunction(pass.tree, pass.tree.parent[row])) openBlock(pass, row);
}

/** Parameters of functions are declared with these; what is left here are names in mere function types. */
function visitParameter(pass: Pass, row: Node): void {
  settleAll(pass, namesOf(pass.tree, row));
}

function visitTypeSwitch(pass: Pass, row: Node): void {
  openBlock(pass, row);
  settle(pass, switchAlias(pass.tree, row));
}

function visitShortDeclaration(pass: Pass, row: Node): void {
  declareAfter(pass, row, childIdentifiers(pass.tree, go.shortVarDeclaration.left(pass.tree, row)), 'local', true);
}

function visitClauseVariables(pass: Pass, row: Node, role: VariableRole): void {
  if (!declaresVariables(pass.tree, row)) return;
  declareAfter(pass, row, childIdentifiers(pass.tree, childOf(pass.tree, row, Field.left)), role, false);
}

function visitFunction(pass: Pass, row: Node): void {
  const { tree } = pass;
  const kind = tree.kind[row];
  if (kind === Kind.function_declaration) bindOuter(pass, go.functionDeclaration.name(tree, row));
  pass.functions.push(row);
  pass.labels.push({ owner: row, declared: undefined, uses: [] });
  pass.events.push({ at: tree.next[row], run: () => leaveFunction(pass) });
  openBlock(pass, row);
  if (kind === Kind.method_declaration) declareReceiverParameters(pass, row);
  declareTypeParameters(pass, childOf(tree, row, Field.type_parameters));
  const receivers = parameterNames(tree, childOf(tree, row, Field.receiver));
  const parameters = parameterNames(tree, childOf(tree, row, Field.parameters));
  const results = parameterNames(tree, childOf(tree, row, Field.result));
  for (const names of [receivers, parameters, results]) settleAll(pass, names);
  const body = childOf(tree, row, Field.body);
  const from = body === NONE ? tree.next[row] : body;
  pass.events.push({
    at: from,
    run: () => {
      for (const name of receivers) declare(pass, name, 'variable', 'receiver', from);
      for (const name of parameters) declare(pass, name, 'variable', 'parameter', from);
      for (const name of results) declare(pass, name, 'variable', 'result', from);
    },
  });
}

function leaveFunction(pass: Pass): void {
  pass.functions.pop();
  const labels = pass.labels.pop();
  if (labels === undefined) return;
  for (const use of labels.uses) {
    const binding = labels.declared?.get(textOf(pass.tree, use));
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
  const binding = newBinding(pass, symbol);
  bind(pass, row, binding);
  labels.declared ??= new Map();
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
    for (const name of names) bindOuter(pass, name);
    return;
  }
  settleAll(pass, names);
  const from = pass.tree.next[row];
  const role = kind === 'variable' ? 'local' : undefined;
  pass.events.push({
    at: from,
    run: () => {
      for (const name of names) declare(pass, name, kind, role, from);
    },
  });
}

function visitTypeSpec(pass: Pass, row: Node): void {
  const { tree } = pass;
  const name = go.typeSpec.name(tree, row);
  if (pass.block === undefined) bindOuter(pass, name);
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
        const known = mayAssign ? pass.block?.names?.get(textOf(pass.tree, name))?.binding : undefined;
        if (known === undefined || known.symbol.kind !== 'variable') declare(pass, name, 'variable', role, from);
        else bind(pass, name, known);
      }
    },
  });
}

/** Children with the field `name`, added to `names`; the grammar gives it to the commas between them too. */
function namesOf(tree: Tree, node: Node, names: Node[] = []): Node[] {
  for (let row = node + 1; row < tree.next[node]; row = tree.next[row]) {
    if (tree.field[row] === Field.name && tree.kind[row] !== Kind[',']) names.push(row);
  }
  return names;
}

function parameterNames(tree: Tree, list: Node): Node[] {
  const names: Node[] = [];
  if (tree.kind[list] !== Kind.parameter_list) return names;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) namesOf(tree, row, names);
  return names;
}

const NAME_KINDS: readonly number[] = [Kind.identifier, Kind.nil, Kind.true, Kind.false, Kind.iota];

function childIdentifiers(tree: Tree, list: Node): Node[] {
  const found: Node[] = [];
  if (list === NONE) return found;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) if (NAME_KINDS.includes(tree.kind[row])) found.push(row);
  return found;
}
