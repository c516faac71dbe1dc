/** From a place in a file to its node. */
import { NONE, type Node, type Tree } from '../syntax/index.ts';

/** The innermost node that holds the offset, or begins there. */
export function nodeAt(tree: Tree, offset: number): Node {
  let node: Node = NONE;
  for (let row: Node = NONE + 1; row < tree.next[node]; ) {
    const holds = tree.start[row] <= offset && offset < tree.end[row];
    if (holds) node = row;
    row = holds ? row + 1 : tree.next[row];
  }
  return node;
}
