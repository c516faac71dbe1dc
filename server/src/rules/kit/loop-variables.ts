/**
 * What the loop-variable rules share: which variables a loop declares, who uses them, and whether control can come to the
 * next iteration. Go 1.22 gave every iteration its own variables; before, all iterations shared them.
 */
import type { GoSymbol, Reference, Scopes } from '../../model/index.ts';
import { children, declaresVariables, encloses, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';

export interface LoopVariable {
  readonly symbol: GoSymbol;
  /** The declaring identifier. */
  readonly node: Node;
}

export interface Loop {
  readonly statement: Node;
  readonly body: Node;
  /** range_clause or for_clause. */
  readonly clause: Node;
  readonly isRange: boolean;
  readonly variables: readonly LoopVariable[];
}

/** The loop of a for_statement, or undefined when it declares no variables. */
export function loopOf(tree: Tree, scopes: Scopes, statement: Node): Loop | undefined {
  const body = go.forStatement.body(tree, statement);
  const clause = firstChild(tree, statement);
  if (body === NONE || clause === body) return undefined;
  const isRange = tree.kind[clause] === Kind.range_clause;
  const list = isRange ? rangeNames(tree, clause) : initializedNames(tree, clause);
  if (list === NONE) return undefined;
  const variables: LoopVariable[] = [];
  for (const node of children(tree, list)) {
    const symbol = scopes.symbolOf(node);
    if (symbol !== undefined && symbol.declaration === node) variables.push({ symbol, node });
  }
  return variables.length === 0 ? undefined : { statement, body, clause, isRange, variables };
}

function rangeNames(tree: Tree, clause: Node): Node {
  return declaresVariables(tree, clause) ? go.rangeClause.left(tree, clause) : NONE;
}

function initializedNames(tree: Tree, clause: Node): Node {
  const initializer = tree.kind[clause] === Kind.for_clause ? go.forClause.initializer(tree, clause) : NONE;
  return tree.kind[initializer] === Kind.short_var_declaration ? go.shortVarDeclaration.left(tree, initializer) : NONE;
}

/** References in the loop's body, in source order. */
export function bodyReferences(tree: Tree, scopes: Scopes, loop: Loop, symbol: GoSymbol): Reference[] {
  return scopes.references(symbol).filter((reference) => encloses(tree, loop.body, reference.node));
}

/** Whether the loop's body itself gives the variable another value, or hands out its address. */
export function isChangedInBody(tree: Tree, scopes: Scopes, loop: Loop, symbol: GoSymbol): boolean {
  return bodyReferences(tree, scopes, loop, symbol).some((reference) => {
    if (reference.access === 'address') return !loop.isRange;
    return reference.access === 'write' || reference.access === 'update';
  });
}

/** Whether the block declares the name itself, so that another declaration of it there would not compile. */
export function declaresName(tree: Tree, scopes: Scopes, block: Node, name: string): boolean {
  for (let row = block; row < tree.next[block]; row++) {
    if (tree.kind[row] !== Kind.identifier || textOf(tree, row) !== name) continue;
    const symbol = scopes.symbolOf(row);
    const isDirect = symbol?.declaration === row && symbol.scope.end >= tree.end[block] - 1 && symbol.scope.start > tree.start[block];
    if (isDirect) return true;
  }
  return false;
}

const LEAVES: readonly number[] = [Kind.return_statement, Kind.goto_statement];
const BREAKABLE: readonly number[] = [
  Kind.for_statement,
  Kind.select_statement,
  Kind.expression_switch_statement,
  Kind.type_switch_statement,
];

/** Whether control leaves the loop after the node without coming to another iteration, as far as the statements around it say. */
export function leavesLoopAfter(tree: Tree, loop: Pick<Loop, 'statement' | 'body'>, node: Node): boolean {
  let isInBreakable = false;
  for (let at = node; at !== loop.body && at !== NONE; at = tree.parent[at]) {
    if (LEAVES.includes(tree.kind[at])) return true;
    if (at !== node && BREAKABLE.includes(tree.kind[at])) isInBreakable = true;
    if (tree.kind[tree.parent[at]] !== Kind.statement_list) continue;
    for (let next = tree.next[at]; next < tree.next[tree.parent[at]]; next = tree.next[next]) {
      if (LEAVES.includes(tree.kind[next]) || isPanic(tree, next)) return true;
      if (tree.kind[next] === Kind.break_statement) return breaksLoop(tree, loop, next, isInBreakable);
    }
  }
  return false;
}

function breaksLoop(tree: Tree, loop: Pick<Loop, 'statement'>, statement: Node, isInBreakable: boolean): boolean {
  const label = firstChild(tree, statement);
  if (label === NONE) return !isInBreakable;
  return breaksOutOf(tree, loop, textOf(tree, label));
}

/** A label of the loop, or of a statement around it; one inside the loop's body stays in the iteration. */
function breaksOutOf(tree: Tree, loop: Pick<Loop, 'statement'>, label: string): boolean {
  for (let up = tree.parent[loop.statement]; up !== NONE; up = tree.parent[up]) {
    if (tree.kind[up] === Kind.labeled_statement && textOf(tree, go.labeledStatement.label(tree, up)) === label) return true;
  }
  return false;
}

function isPanic(tree: Tree, statement: Node): boolean {
  const call = tree.kind[statement] === Kind.expression_statement ? firstChild(tree, statement) : NONE;
  return tree.kind[call] === Kind.call_expression && textOf(tree, go.callExpression.function(tree, call)) === 'panic';
}
