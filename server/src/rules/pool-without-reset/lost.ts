/**
 * Ways on which a function keeps what it took out of a pool, though it puts it back on others. What it hands to anybody who may
 * keep it, or put it back himself, is none of its business any more.
 */
import { type Callee, type GoSymbol, isStandardLibrary, positionOf, type Type } from '../../model/index.ts';
import {
  ancestor,
  calledName,
  children,
  descendants,
  encloses,
  enclosingFunction,
  Field,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  textOf,
} from '../../syntax/index.ts';
import { type PoolCall, poolCallAt } from '../kit/pools.ts';
import type { RuleContext } from '../rule.ts';

export interface NotPutBack {
  readonly variable: GoSymbol;
  /** The calls of Put on other ways. */
  readonly puts: readonly Node[];
  /** Return statements that are reached without one. */
  readonly returns: readonly Node[];
}

/** Undefined where the value is put back on every path or on none, is handed over, or decides itself whether it goes back. */
export function notPutBack(context: RuleContext, get: PoolCall): NotPutBack | undefined {
  const { tree, scopes } = context;
  const statement = ancestor(tree, get.node, Kind.short_var_declaration);
  const fn = enclosingFunction(tree, get.node);
  if (statement === NONE || enclosingFunction(tree, statement) !== fn) return undefined;
  const [name, ok] = children(tree, go.shortVarDeclaration.left(tree, statement));
  const value = firstChild(tree, go.shortVarDeclaration.right(tree, statement));
  const variable = tree.kind[value] === Kind.type_assertion_expression ? scopes.symbolOf(name) : undefined;
  if (ok !== undefined || variable?.declaration !== name || go.typeAssertionExpression.operand(tree, value) !== get.node) return undefined;
  const references = scopes.references(variable).filter(({ access }) => access !== 'declare');
  if (references.some(({ access, node }) => access !== 'read' || isAsked(context, node))) return undefined;
  const puts = references.map(({ node }) => putOf(context, node)).filter((node) => node !== NONE);
  const handed = references.filter(({ node, within }) => within !== fn || isHandedOver(context, node)).map(({ node }) => node);
  if (puts.some((put) => dependsOnSize(context, put, fn))) return undefined;
  const returns = puts.length === 0 ? [] : returnsWithout(context, fn, statement, [...puts, ...handed]);
  return returns.length === 0 ? undefined : { variable, puts, returns };
}

/** The call of Put that takes the value, or NONE. */
function putOf({ tree, types }: RuleContext, node: Node): Node {
  const call = tree.parent[tree.parent[node]];
  const isCall = tree.kind[tree.parent[node]] === Kind.argument_list && tree.kind[call] === Kind.call_expression;
  return isCall && poolCallAt(tree, types, call)?.method === 'Put' ? call : NONE;
}

/** Whether a condition looks at the value: it may be too large to be kept. */
function isAsked({ tree }: RuleContext, node: Node): boolean {
  const statement = ancestor(tree, node, Kind.if_statement, Kind.statement_list);
  return tree.kind[statement] === Kind.if_statement && encloses(tree, go.ifStatement.condition(tree, statement), node);
}

/** Whether the call stands in a branch that is taken by how large something has become: only what is small goes back. */
function dependsOnSize({ tree, types }: RuleContext, put: Node, fn: Node): boolean {
  for (let at = put; at !== fn && at !== NONE; at = tree.parent[at]) {
    const statement = tree.parent[at];
    const condition = tree.kind[statement] === Kind.if_statement ? go.ifStatement.condition(tree, statement) : at;
    if (condition !== at && descendants(tree, condition, Kind.call_expression).some((call) => asksForSize(tree, types, call))) return true;
  }
  return false;
}

function asksForSize(tree: RuleContext['tree'], types: RuleContext['types'], call: Node): boolean {
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'cap' || callee.name === 'len';
  return /^(?:Cap|Len)$/.test(textOf(tree, calledName(tree, call)));
}

function returnsWithout(context: RuleContext, fn: Node, statement: Node, stops: readonly Node[]): readonly Node[] {
  const { tree } = context;
  const flow = context.flow(fn);
  const start = positionOf(flow, tree, statement);
  const places = [statement, ...stops].map((node) => positionOf(flow, tree, node));
  if (start === undefined || places.includes(undefined)) return [];
  const found = new Set<Node>();
  const seen = new Set<number>();
  const pending = [{ block: start.block, index: start.index + 1 }];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const { block, index } = from;
    if (places.some((place) => place?.block === block && place.index >= index)) continue;
    const { nodes, successors } = flow.blocks[block];
    const last = nodes.at(-1);
    if (successors.includes(flow.exit) && last !== undefined && tree.kind[last] === Kind.return_statement) found.add(last);
    for (const to of successors) {
      if (!seen.has(to)) pending.push({ block: to, index: 0 });
      seen.add(to);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** Parents of a value that only look at it, or at what it points at. */
const LOOKS: ReadonlySet<number> = new Set([
  Kind.binary_expression,
  Kind.index_expression,
  Kind.slice_expression,
  Kind.range_clause,
  Kind.expression_statement,
]);

function isHandedOver(context: RuleContext, node: Node): boolean {
  const { tree, types } = context;
  let at = node;
  while (tree.kind[tree.parent[at]] === Kind.parenthesized_expression) at = tree.parent[at];
  const parent = tree.parent[at];
  if (tree.kind[parent] === Kind.unary_expression) return tree.kind[go.unaryExpression.operator(tree, parent)] !== Kind['*'];
  if (LOOKS.has(tree.kind[parent])) return false;
  if (tree.kind[parent] === Kind.selector_expression) return isMethodKeeping(context, parent);
  const call = tree.parent[parent];
  if (tree.kind[parent] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression || isDeferredOrStarted(context, call))
    return true;
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'append';
  return isKeptBy(context, callee, children(tree, parent).indexOf(at), call);
}

function isMethodKeeping(context: RuleContext, selector: Node): boolean {
  const { tree, types } = context;
  if (types.selectionOf(selector)?.kind === 'field') return false;
  const call = tree.parent[selector];
  if (tree.kind[call] !== Kind.call_expression || tree.field[selector] !== Field.function || isDeferredOrStarted(context, call))
    return true;
  return isKeptBy(context, types.calleeOf(call), -1, call);
}

function isDeferredOrStarted({ tree }: RuleContext, call: Node): boolean {
  return tree.kind[tree.parent[call]] === Kind.defer_statement || tree.kind[tree.parent[call]] === Kind.go_statement;
}

/** Whether the function may keep the argument, put it back, or return it. The receiver's index is -1. */
function isKeptBy(context: RuleContext, callee: Callee, index: number, call: Node): boolean {
  if (callee.kind !== 'function' && callee.kind !== 'method') return true;
  if (isStandardLibrary(callee.path)) return !isPlain(context.types.typeOf(call));
  const { declaration } = callee;
  const slot = index + (callee.kind === 'method' ? 1 : 0);
  const leaks = declaration && context.escape.leaksOf(declaration.file, declaration.node, slot)?.possible;
  return leaks === undefined || leaks.heap === 0 || leaks.results.includes(0);
}

/** Whether nothing of the type can hold on to what was given. */
function isPlain(type: Type): boolean {
  if (type.kind === 'tuple') return type.elements.every(isPlain);
  return type.kind === 'basic' || (type.kind === 'named' && type.path === '' && type.name === 'error');
}
