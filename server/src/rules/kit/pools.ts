/** Calls that take a value out of a sync.Pool or give one back, as the rules about pools see them. */
import type { Types } from '../../model/index.ts';
import { children, firstChild, go, isFunction, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';

/** `pool.Get()` or `pool.Put(value)`. */
export interface PoolCall {
  readonly node: Node;
  readonly method: 'Get' | 'Put';
  /** The expression before the method's name; of a promoted method what holds the pool. */
  readonly pool: Node;
  /** What is put, NONE for Get. */
  readonly value: Node;
}

/** Undefined for calls of anything else, and for method expressions. */
export function poolCallAt(tree: Tree, types: Types, call: Node): PoolCall | undefined {
  const callee = types.calleeOf(call);
  if (callee.kind !== 'method' || callee.path !== 'sync') return undefined;
  const method = callee.name === 'Pool.Get' ? 'Get' : callee.name === 'Pool.Put' ? 'Put' : undefined;
  const selector = unparenthesized(tree, go.callExpression.function(tree, call));
  if (method === undefined || tree.kind[selector] !== Kind.selector_expression) return undefined;
  const given = children(tree, go.callExpression.arguments(tree, call));
  if (given.length !== (method === 'Put' ? 1 : 0)) return undefined;
  return { node: call, method, pool: unparenthesized(tree, go.selectorExpression.operand(tree, selector)), value: given[0] ?? NONE };
}

/** The function literal given as `New` in a `sync.Pool{…}`; NONE without one, and for a named function. */
export function poolConstructor(tree: Tree, literal: Node): Node {
  for (const element of children(tree, go.compositeLiteral.body(tree, literal))) {
    if (tree.kind[element] !== Kind.keyed_element) continue;
    const value = unparenthesized(tree, firstChild(tree, go.keyedElement.value(tree, element)));
    if (isFunction(tree, value)) return value;
  }
  return NONE;
}
