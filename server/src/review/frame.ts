/**
 * What besides its own place makes a finding what it is, as far as the syntax shows: the rest of its statement, and the loops that
 * repeat it. Whoever asks whether a finding came with a change asks whether the change touches any of this.
 */
import type { Range } from '../base/index.ts';
import { Kind, NONE, type Node, type Tree } from '../syntax/index.ts';
import type { FindingFrame } from './shapes.ts';

export function frameOf(tree: Tree, node: Node): FindingFrame | undefined {
  const statement = enclosingStatement(tree, node);
  return statement === NONE ? undefined : { statement: untilBlock(tree, statement), loops: loopsAround(tree, node) };
}

/** The innermost statement, or declaration at the top of a file, that holds the node; NONE outside of both. */
export function enclosingStatement(tree: Tree, node: Node): Node {
  let statement = node;
  while (statement !== NONE && !isStatement(tree, statement)) statement = tree.parent[statement];
  return statement;
}

function isStatement(tree: Tree, node: Node): boolean {
  const parent = tree.parent[node];
  return parent === NONE || tree.kind[parent] === Kind.statement_list;
}

/** What stands in a block are other statements. */
function untilBlock(tree: Tree, statement: Node): Range {
  let row = statement + 1;
  while (row < tree.next[statement] && tree.kind[row] !== Kind.block) row++;
  return { start: tree.start[statement], end: row < tree.next[statement] ? tree.start[row] + 1 : tree.end[statement] };
}

function loopsAround(tree: Tree, node: Node): Range[] {
  const ranges: Range[] = [];
  for (let at = node; at !== NONE; at = tree.parent[at]) {
    const loop = tree.parent[at];
    if (tree.kind[loop] !== Kind.for_statement || tree.kind[at] !== Kind.block) continue;
    ranges.push({ start: tree.start[loop], end: tree.start[at] + 1 }, { start: tree.end[at] - 1, end: tree.end[at] });
  }
  return ranges;
}
