/** Calls that take a value out of a sync.Pool or give one back, as the rules about pools see them. */
import type { GoSymbol, Package, SourceFile, Types } from '../../model/index.ts';
import {
  calledName,
  children,
  firstChild,
  go,
  isFunction,
  isText,
  Kind,
  NONE,
  type Node,
  type Tree,
  unparenthesized,
} from '../../syntax/index.ts';
import { perTreeAndName } from './per-tree.ts';

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

/**
 * A name under which all uses of one pool are known in its package: a variable, a field of a named type, or the elements of
 * such. Undefined for parameters and whatever else may be one pool or another.
 */
export function poolKey(tree: Tree, types: Types, pool: Node): string | undefined {
  let at = unparenthesized(tree, pool);
  while (tree.kind[at] === Kind.index_expression) at = unparenthesized(tree, go.indexExpression.operand(tree, at));
  if (tree.kind[at] === Kind.identifier) return variableKey(types.scopes.symbolOf(at));
  if (tree.kind[at] !== Kind.selector_expression) return undefined;
  const selection = types.selectionOf(at);
  if (selection?.kind === 'member') return variableKey(selection.symbol);
  if (selection?.kind !== 'field') return undefined;
  const owner = types.typeOf(go.selectorExpression.operand(tree, at));
  const named = owner.kind === 'pointer' ? owner.element : owner;
  return named.kind === 'named' ? `${named.path}.${named.name}.${selection.field.name}` : undefined;
}

function variableKey(symbol: GoSymbol | undefined): string | undefined {
  if (symbol?.kind !== 'variable' || (symbol.role !== 'local' && symbol.role !== 'package')) return undefined;
  return `${symbol.file?.path}:${symbol.declaration}`;
}

/** Calls of a method of the pool in all files of the package that have no syntax errors. */
export function poolCallsIn(pkg: Package, types: Types, key: string, method: PoolCall['method']): readonly FoundCall[] {
  return pkg.files.flatMap((file) => {
    const { tree } = file;
    const own = file.problems.length > 0 ? undefined : types.typesIn(file);
    if (own === undefined) return [];
    const calls = namedCalls(tree, method).map((call) => poolCallAt(tree, own, call));
    const found = calls.filter((call) => call !== undefined).filter((call) => poolKey(tree, own, call.pool) === key);
    return found.map((call) => ({ file, types: own, node: call.node }));
  });
}

/** A call in a file of the package. */
export interface FoundCall {
  readonly file: SourceFile;
  readonly types: Types;
  readonly node: Node;
}

const namedCalls = perTreeAndName((tree, name): readonly Node[] => {
  const calls: Node[] = [];
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.call_expression) continue;
    const called = calledName(tree, row);
    if (tree.end[called] - tree.start[called] === name.length && isText(tree, called, name)) calls.push(row);
  }
  return calls;
});
