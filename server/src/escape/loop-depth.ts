/**
 * How many loops of its own function are around a node, as gc counts: a value that must survive a turn belongs to a smaller
 * depth than one made in the turn. A label that some `goto` jumps back to opens a loop to the end of its block.
 */
import type { GoMinor } from '../model/index.ts';
import { descendants, encloses, firstChild, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../syntax/index.ts';

/** First minor whose loops have variables of their own for every turn. */
const PER_TURN_VARIABLES = 22;

/** Depth of an expression or statement; 1 outside loops. */
export function loopDepth(tree: Tree, node: Node): number {
  let depth = 1;
  let at = node;
  for (; at !== NONE && !isFunction(tree, tree.parent[at]); at = tree.parent[at]) {
    const parent = tree.parent[at];
    if (tree.kind[parent] === Kind.for_statement && isRepeated(tree, at, node)) depth++;
  }
  return depth + jumpedBackLabels(tree, tree.parent[at], node);
}

/** Depth at which a variable lives, told from its declaring identifier. */
export function declarationDepth(tree: Tree, identifier: Node, minor: GoMinor): number {
  const depth = loopDepth(tree, identifier);
  return minor >= PER_TURN_VARIABLES && isLoopVariable(tree, identifier) ? depth + 1 : depth;
}

/** Whether the loop's part is evaluated on every turn: the body, condition and update are, the first values are not. */
function isRepeated(tree: Tree, part: Node, node: Node): boolean {
  if (tree.kind[part] === Kind.block) return true;
  if (tree.kind[part] !== Kind.for_clause) return tree.kind[part] !== Kind.range_clause;
  const initializer = go.forClause.initializer(tree, part);
  return initializer === NONE || !encloses(tree, initializer, node);
}

/** Whether the identifier is declared by a loop's own clause. */
export function isLoopVariable(tree: Tree, identifier: Node): boolean {
  const list = tree.parent[identifier];
  const clause = tree.parent[list];
  if (tree.kind[clause] === Kind.range_clause) return go.rangeClause.left(tree, clause) === list;
  const outer = tree.parent[clause];
  return tree.kind[outer] === Kind.for_clause && go.forClause.initializer(tree, outer) === clause;
}

function jumpedBackLabels(tree: Tree, fn: Node, node: Node): number {
  if (fn === NONE) return 0;
  let count = 0;
  for (const jump of jumpsOf(tree)) {
    if (!encloses(tree, fn, jump)) continue;
    const name = textOf(tree, firstChild(tree, jump));
    for (const label of descendants(tree, fn, Kind.labeled_statement)) {
      if (
        label < jump &&
        label <= node &&
        encloses(tree, tree.parent[label], node) &&
        textOf(tree, go.labeledStatement.label(tree, label)) === name
      )
        count++;
    }
  }
  return count;
}

const jumps = new WeakMap<Tree, readonly Node[]>();

function jumpsOf(tree: Tree): readonly Node[] {
  const known = jumps.get(tree) ?? descendants(tree, NONE, Kind.goto_statement);
  jumps.set(tree, known);
  return known;
}
