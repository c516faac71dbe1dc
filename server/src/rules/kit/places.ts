/** Where a finding points: nodes as ranges on one line, and notes beside them. */
import type { Range } from '../../base/index.ts';
import type { SourceFile } from '../../model/index.ts';
import type { Node, Tree } from '../../syntax/index.ts';
import type { RelatedPlace } from '../rule.ts';
import { lineEndAt } from './edits.ts';

/** The node as far as it stands on its first line. */
export function firstLineOf(tree: Tree, node: Node): Range {
  return { start: tree.start[node], end: Math.min(tree.end[node], lineEndAt(tree, tree.start[node])) };
}

/** A note at the first line of a node of the file. */
export function noteAt(file: SourceFile, node: Node, note: string): RelatedPlace {
  return { at: { path: file.path, range: firstLineOf(file.tree, node) }, note };
}
