/**
 * What each mention of a slice does to the elements that `make` put at its front. Whoever writes them, reads one of them by a
 * fixed number or cuts the slice knows of them; everything else is no sign that they are wanted.
 */
import { accessAt, type Code, type Mention, outerParentheses, ownAppendAround } from '../../model/index.ts';
import { ancestor, children, go, Kind, type Node, type Tree } from '../../syntax/index.ts';

/**
 * `append`: `s = append(s, …)`. `reset`: the slice is given another value. `length`: `len(s)` or `cap(s)`. `returned`: part of
 * what a return statement gives. `read`: anything that may look at the elements. `wanted`: something that shows that the elements are meant.
 */
export type Use = 'append' | 'reset' | 'length' | 'returned' | 'read' | 'wanted';

/** Undefined for a mention that has nothing to do with the slice. */
export function useOf(code: Code, mention: Mention, fn: Node): Use | undefined {
  const { tree } = code;
  if (mention.kind === 'beside') return undefined;
  if (mention.kind === 'self' && ownAppendAround(code, mention) !== undefined) return 'append';
  if (mention.access === 'declare' || mention.access === 'write') return 'reset';
  if (mention.access !== 'read') return mention.kind === 'self' ? 'wanted' : 'read';
  const node = outerParentheses(tree, mention.node);
  if (mention.kind === 'whole') return isReturned(tree, node, fn) ? 'returned' : 'read';
  return readingUse(code, node, fn);
}

function readingUse(code: Code, node: Node, fn: Node): Use {
  const { tree } = code;
  const parent = tree.parent[node];
  switch (tree.kind[parent]) {
    case Kind.index_expression:
      return go.indexExpression.operand(tree, parent) === node ? elementUse(code, parent) : 'read';
    case Kind.slice_expression:
      return 'wanted';
    case Kind.argument_list:
      return argumentUse(code, node, tree.parent[parent]);
    default:
      return isReturned(tree, node, fn) ? 'returned' : 'read';
  }
}

function isReturned(tree: Tree, node: Node, fn: Node): boolean {
  const list = tree.parent[node];
  const statement = tree.kind[list] === Kind.expression_list ? tree.parent[list] : list;
  return tree.kind[statement] === Kind.return_statement && ancestor(tree, statement, Kind.func_literal) <= fn;
}

const STEPS: readonly number[] = [Kind.index_expression, Kind.selector_expression, Kind.parenthesized_expression];

/** `s[i]`, `s[i].f`: wanted where it is assigned to, cut, called on, has its address taken, or has a constant for its index. */
function elementUse({ tree, types }: Code, element: Node): Use {
  if (types.constantOf(go.indexExpression.index(tree, element)) !== undefined) return 'wanted';
  let part = element;
  while (STEPS.includes(tree.kind[tree.parent[part]]) && tree.parent[part] + 1 === part) part = tree.parent[part];
  const parent = tree.kind[tree.parent[part]];
  if (accessAt(tree, part) !== 'read' || parent === Kind.slice_expression) return 'wanted';
  return parent === Kind.call_expression && part !== element ? 'wanted' : 'read';
}

function argumentUse({ tree, types }: Code, argument: Node, call: Node): Use {
  const callee = types.calleeOf(call);
  if (callee.kind !== 'builtin') return 'read';
  const isFirst = children(tree, tree.parent[argument])[0] === argument;
  switch (callee.name) {
    case 'len':
    case 'cap':
      return 'length';
    case 'append':
    case 'copy':
      return isFirst ? 'wanted' : 'read';
    default:
      return callee.name === 'clear' ? 'wanted' : 'read';
  }
}
