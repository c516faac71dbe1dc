/** Values behind keys of a literal, which gofmt aligns with those of the lines beside them. */
import { children, firstChild, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { lineEndAt, lineStartAt, nextLineAt } from './edits.ts';

/** Whether a change of the expression's length moves the column of values in which that of its key stands. */
export function isInAlignedKey(tree: Tree, expression: Node): boolean {
  const keyed = keyedBy(tree, expression);
  if (keyed === NONE) return false;
  return children(tree, tree.parent[keyed]).some((each) => tree.kind[each] === Kind.keyed_element && isOnNextLine(tree, each, keyed));
}

/** The keyed element in whose key the expression stands, or NONE. */
function keyedBy(tree: Tree, expression: Node): Node {
  for (let node = expression; node !== NONE; node = tree.parent[node]) {
    const parent = tree.parent[node];
    if (parent !== NONE && tree.kind[parent] === Kind.keyed_element) return firstChild(tree, parent) === node ? parent : NONE;
  }
  return NONE;
}

function isOnNextLine(tree: Tree, a: Node, b: Node): boolean {
  const isBehind = (first: Node, second: Node): boolean =>
    nextLineAt(tree, lineEndAt(tree, tree.end[first])) === lineStartAt(tree, tree.start[second]);
  return isBehind(a, b) || isBehind(b, a);
}
