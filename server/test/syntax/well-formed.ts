/** What holds of every tree, whatever was parsed. */
import { Flag, type Tree } from '../../src/syntax/index.ts';

/** Throws with the first row that is out of order; plain comparisons, so that large trees can be checked. */
export function expectWellFormed(tree: Tree): void {
  if (tree.next[0] !== tree.length) throw new Error(`the root ends at row ${tree.next[0]} of ${tree.length}`);
  for (let row = 1; row < tree.length; row++) {
    const fault = faultOf(tree, row);
    if (fault !== undefined) throw new Error(`row ${row} (kind ${tree.kind[row]}, bytes ${tree.start[row]}-${tree.end[row]}): ${fault}`);
  }
}

function faultOf(tree: Tree, row: number): string | undefined {
  const parent = tree.parent[row];
  if (parent >= row) return `its parent is row ${parent}`;
  if (tree.next[row] <= row || tree.next[row] > tree.next[parent]) return `its subtree ends at ${tree.next[row]}`;
  const before = precedingSibling(tree, row);
  if (before !== row && tree.end[before] > tree.start[row]) return 'it overlaps its sibling';
  if (tree.start[row] > tree.end[row] || tree.end[row] > tree.source.length) return 'its range is none';
  if (tree.start[row] < tree.start[parent] || tree.end[row] > tree.end[parent]) return 'it reaches out of its parent';
  const isBroken = (tree.flags[row] & Flag.broken) !== 0;
  return isBroken && (tree.flags[parent] & Flag.broken) === 0 ? 'it is broken and its parent is not' : undefined;
}

/** The row itself when it is the first child. Rows ask in order, so that the sibling is the root of the subtree before. */
function precedingSibling(tree: Tree, row: number): number {
  let sibling = row - 1;
  while (sibling !== tree.parent[row] && tree.parent[sibling] !== tree.parent[row]) sibling = tree.parent[sibling];
  return sibling === tree.parent[row] ? row : sibling;
}
