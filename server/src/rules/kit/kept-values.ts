/**
 * Where a value made in a loop's body goes, told from the statements around it: to a goroutine, a deferred call, a place
 * outside the loop, or nowhere that outlives the iteration. It follows locals of the body, literals and `append`; what a called
 * function does with an argument is not its business, so such a value counts as not kept.
 */
import type { Scopes, Types } from '../../model/index.ts';
import { children, encloses, firstChild, go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { rootOf } from './root.ts';

export type Keeper = 'goroutine' | 'deferred' | 'stored' | 'sent' | 'subtest';

export interface Kept {
  readonly by: Keeper;
  /** The statement or call that keeps it. */
  readonly at: Node;
}

export interface Surroundings {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly types: Types;
  /** Block of one iteration: what is declared in it ends with the iteration. */
  readonly body: Node;
}

/** How the value of an expression outlives the iteration, or undefined when nothing in view keeps it. */
export function keeperOf(around: Surroundings, expression: Node): Kept | undefined {
  const pending = [expression];
  const seen = new Set<Node>();
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    const kept = step(around, value, pending);
    if (kept !== undefined) return kept;
  }
  return undefined;
}

const CARRIERS: readonly number[] = [
  Kind.parenthesized_expression,
  Kind.literal_element,
  Kind.literal_value,
  Kind.composite_literal,
  Kind.variadic_argument,
  Kind.type_conversion_expression,
];

/** One step outward from the value: says who keeps it, or adds the expressions that now hold it. */
function step(around: Surroundings, value: Node, pending: Node[]): Kept | undefined {
  const { tree, body } = around;
  const parent = tree.parent[value];
  if (!encloses(tree, body, parent)) return undefined;
  const kind = tree.kind[parent];
  if (isDereference(tree, parent)) return undefined;
  if (CARRIERS.includes(kind)) pending.push(parent);
  else if (kind === Kind.keyed_element) pending.push(parent);
  else if (kind === Kind.unary_expression && tree.source[tree.start[parent]] === 0x26) pending.push(parent);
  else if (kind === Kind.send_statement) return go.sendStatement.value(tree, parent) === value ? { by: 'sent', at: parent } : undefined;
  else if (kind === Kind.argument_list) return argument(around, value, parent, pending);
  else if (kind === Kind.call_expression) return calledBy(tree, value, parent);
  else if (kind === Kind.expression_list) return listed(around, value, parent, pending);
  return undefined;
}

/** `*(*T)(p)`, which the grammar reads as a conversion to a pointer type: what is pointed at goes on, not the pointer. */
function isDereference(tree: Tree, node: Node): boolean {
  if (tree.kind[node] !== Kind.type_conversion_expression) return false;
  return tree.kind[go.typeConversionExpression.type(tree, node)] === Kind.pointer_type;
}

/** `append(dst, src...)` keeps the elements of what is spread, which are in view in a literal alone, and never its array. */
function isCopiedFrom(tree: Tree, argument: Node): boolean {
  return tree.kind[argument] === Kind.variadic_argument && tree.kind[firstChild(tree, argument)] !== Kind.composite_literal;
}

function calledBy(tree: Tree, value: Node, call: Node): Kept | undefined {
  if (go.callExpression.function(tree, call) !== value) return undefined;
  return spawnedBy(tree, call);
}

function spawnedBy(tree: Tree, call: Node): Kept | undefined {
  const statement = tree.parent[call];
  if (tree.kind[statement] === Kind.go_statement) return { by: 'goroutine', at: statement };
  if (tree.kind[statement] === Kind.defer_statement) return { by: 'deferred', at: statement };
  return undefined;
}

function argument(around: Surroundings, value: Node, list: Node, pending: Node[]): Kept | undefined {
  const { tree, types } = around;
  const call = tree.parent[list];
  if (tree.kind[call] !== Kind.call_expression) return undefined;
  const spawned = spawnedBy(tree, call);
  if (spawned !== undefined) return spawned;
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin') {
    if (callee.name === 'append' && firstChild(tree, list) !== value && !isCopiedFrom(tree, value)) pending.push(call);
    return undefined;
  }
  if (callee.kind === 'conversion') pending.push(call);
  return undefined;
}

/** Element of a list: the right side of an assignment or declaration goes to its left side. */
function listed(around: Surroundings, value: Node, list: Node, pending: Node[]): Kept | undefined {
  const { tree } = around;
  const statement = tree.parent[list];
  const targets = targetsOf(tree, statement, list);
  const target = targets[children(tree, list).indexOf(value)];
  return target === undefined ? undefined : storedIn(around, target, statement, pending);
}

function targetsOf(tree: Tree, statement: Node, list: Node): readonly Node[] {
  switch (tree.kind[statement]) {
    case Kind.assignment_statement:
      return go.assignmentStatement.right(tree, statement) === list ? children(tree, go.assignmentStatement.left(tree, statement)) : [];
    case Kind.short_var_declaration:
      return go.shortVarDeclaration.right(tree, statement) === list ? children(tree, go.shortVarDeclaration.left(tree, statement)) : [];
    case Kind.var_spec:
      return go.varSpec.value(tree, statement) === list ? go.varSpec.name(tree, statement) : [];
    default:
      return [];
  }
}

function storedIn(around: Surroundings, target: Node, statement: Node, pending: Node[]): Kept | undefined {
  const { tree, scopes, body } = around;
  const root = rootOf(tree, target);
  if (tree.kind[root] !== Kind.identifier) return { by: 'stored', at: statement };
  if (textOf(tree, root) === '_') return undefined;
  const symbol = scopes.symbolOf(root);
  if (symbol === undefined) return undefined;
  const isOfIteration = symbol.file?.tree === tree && encloses(tree, body, symbol.declaration);
  if (!isOfIteration) return { by: 'stored', at: statement };
  for (const reference of scopes.references(symbol)) {
    if (reference.access === 'read' && reference.node > root) pending.push(reference.node);
  }
  return undefined;
}
