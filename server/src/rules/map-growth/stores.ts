/**
 * The stores of a loop into one map: which there are, whether they accumulate, and whether their keys vary with the loop.
 */
import { accessAt, type Code, type Fill, isDeclaredIn, isSamePlace, type Place, placeOf } from '../../model/index.ts';
import { ancestor, children, descendants, encloses, go, Kind, type Node, textOf } from '../../syntax/index.ts';

/** One `m[key] = value`. */
export interface Store {
  readonly statement: Node;
  readonly target: Node;
  readonly key: Node;
  readonly place: Place;
}

/** The stores of an assignment, those into other maps included. */
export function storesOf(code: Code, statement: Node): Store[] {
  const { tree } = code;
  if (tree.kind[go.assignmentStatement.operator(tree, statement)] !== Kind['=']) return [];
  return children(tree, go.assignmentStatement.left(tree, statement)).flatMap((target) => storeAt(code, statement, target) ?? []);
}

function storeAt(code: Code, statement: Node, target: Node): Store | undefined {
  const { tree, types } = code;
  if (tree.kind[target] !== Kind.index_expression) return undefined;
  const operand = go.indexExpression.operand(tree, target);
  const place = placeOf(code, operand);
  if (place === undefined || types.underlying(types.typeOf(operand)).kind !== 'map') return undefined;
  return { statement, target, key: go.indexExpression.index(tree, target), place };
}

/** Whether no other store to the map comes before this one in its innermost loop. */
export function isFirst(code: Code, store: Store): boolean {
  const { tree } = code;
  for (let row = ancestor(tree, store.statement, Kind.for_statement); row < store.statement; row++) {
    if (tree.kind[row] !== Kind.assignment_statement) continue;
    if (storesOf(code, row).some((each) => isSamePlace(each.place, store.place))) return false;
  }
  return true;
}

/** More stores to one map are a table somebody generated. */
const MOST = 50;

/** All stores to the map in its loops; undefined when one of them is not made once on every iteration, or repeats keys by design. */
export function storesIn(code: Code, fill: Fill, store: Store): Store[] | undefined {
  const { tree } = code;
  const all = descendants(tree, fill.loops[0], Kind.assignment_statement)
    .flatMap((statement) => storesOf(code, statement))
    .filter((each) => isSamePlace(each.place, store.place));
  const list = tree.parent[store.statement];
  const isFill = (each: Store): boolean =>
    tree.parent[each.statement] === list && variesByLoop(code, fill, each.key) && !isRead(code, fill.loops[0], each);
  return all.length <= MOST && all.every(isFill) ? all : undefined;
}

/** Whether the loop looks at the element it stores: it accumulates, or leaves out what it has seen. */
function isRead(code: Code, loop: Node, { target, key, place }: Store): boolean {
  const { tree } = code;
  const text = textOf(tree, key);
  return descendants(tree, loop, Kind.index_expression).some((row) => {
    if (row === target || textOf(tree, go.indexExpression.index(tree, row)) !== text) return false;
    const isStored = accessAt(tree, row) === 'write';
    return !isStored && isSamePlace(placeOf(code, go.indexExpression.operand(tree, row)), place);
  });
}

/** Whether the key hangs on something of each loop: declared by it or in its body, or written there. */
export function variesByLoop(code: Code, fill: Fill, key: Node): boolean {
  const { tree, scopes } = code;
  const symbols = descendants(tree, key, Kind.identifier).map((node) => scopes.symbolOf(node));
  return fill.loops.every((loop, i) => {
    const inner = fill.loops[i + 1];
    return symbols.some((symbol) => {
      if (symbol?.kind !== 'variable') return false;
      const isOwn = (node: Node): boolean => encloses(tree, loop, node) && (inner === undefined || !encloses(tree, inner, node));
      if (isDeclaredIn(tree, symbol, loop) && isOwn(symbol.declaration)) return true;
      return scopes.references(symbol).some(({ node, access }) => isOwn(node) && (access === 'write' || access === 'update'));
    });
  });
}
