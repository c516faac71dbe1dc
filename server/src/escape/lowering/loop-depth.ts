/**
 * How many loops of its own function are around a node, as gc counts: a value that must survive an iteration belongs to a smaller
 * depth than one made in the iteration. A label that some `goto` jumps back to opens a loop to the end of its block.
 */
import { type GoMinor, Since } from '../../model/index.ts';
import { descendants, encloses, firstChild, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';

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
  return minor >= Since.iterationVariables && isLoopVariable(tree, identifier) ? depth + 1 : depth;
}

/** Whether the loop's part is evaluated on every iteration: the body, condition and update are, the first values are not. */
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
  for (const { jump, label } of backJumpsOf(tree)) {
    const isInFunction = encloses(tree, fn, jump) && encloses(tree, fn, label);
    if (isInFunction && label <= node && encloses(tree, tree.parent[label], node)) count++;
  }
  return count;
}

/** A `goto` and a label of its name above it in the same declaration. */
interface BackJump {
  readonly jump: Node;
  readonly label: Node;
}

const backJumps = new WeakMap<Tree, readonly BackJump[]>();

/** Few files have any, and those that do are asked once per variable. */
function backJumpsOf(tree: Tree): readonly BackJump[] {
  const known = backJumps.get(tree) ?? descendants(tree, NONE, Kind.goto_statement).flatMap((jump) => backJumpsBy(tree, jump));
  backJumps.set(tree, known);
  return known;
}

function backJumpsBy(tree: Tree, jump: Node): BackJump[] {
  let declaration = jump;
  while (tree.parent[declaration] !== NONE) declaration = tree.parent[declaration];
  const name = textOf(tree, firstChild(tree, jump));
  const isMeant = (label: Node): boolean => label < jump && textOf(tree, go.labeledStatement.label(tree, label)) === name;
  return descendants(tree, declaration, Kind.labeled_statement)
    .filter(isMeant)
    .map((label) => ({ jump, label }));
}
