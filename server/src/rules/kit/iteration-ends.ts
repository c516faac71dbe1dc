/**
 * Why a loop variable that is kept beyond its iteration may be harmless all the same: the iteration waits until whoever has it is done,
 * or the next iteration overwrites the one place that holds it.
 */
import type { GoSymbol } from '../../model/index.ts';
import { ancestor, children, descendants, encloses, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { Surroundings } from './kept-values.ts';
import type { Loop } from './loop-variables.ts';

/** Statements and literals whose calls are made at another time than the iteration's. */
const ELSEWHERE: readonly number[] = [Kind.go_statement, Kind.defer_statement, Kind.func_literal];

/**
 * Whether the rest of the iteration, after the statement that starts a goroutine, waits for something: a `Wait` or `Done` call, a
 * receive, a `select`, or whoever is given the other end of a channel or pipe of this iteration and may wait at it.
 */
export function waitsAfter(around: Surroundings, start: Node): boolean {
  const { tree, scopes, body } = around;
  let ends: ReadonlySet<GoSymbol> | undefined;
  for (let row = tree.next[start]; row < tree.next[body]; row++) {
    if (isWait(tree, row)) return true;
    if (ELSEWHERE.includes(tree.kind[row])) row = tree.next[row] - 1;
    else if (tree.kind[row] === Kind.identifier) {
      const symbol = scopes.symbolOf(row);
      ends ??= sharedEnds(around, start);
      if (symbol !== undefined && ends.has(symbol)) return true;
    }
  }
  return false;
}

function isWait(tree: Tree, row: Node): boolean {
  const kind = tree.kind[row];
  if (kind === Kind.select_statement || kind === Kind.receive_statement) return true;
  if (kind === Kind.unary_expression) return tree.source[tree.start[row]] === 0x3c;
  return kind === Kind.field_identifier && textOf(tree, row) === 'Wait';
}

/** Channels that the iteration makes and the goroutine uses, and both ends of such pipes. */
function sharedEnds({ tree, scopes, types, body }: Surroundings, start: Node): Set<GoSymbol> {
  const ends = new Set<GoSymbol>();
  for (const node of descendants(tree, start, Kind.identifier)) {
    const symbol = scopes.symbolOf(node);
    if (symbol === undefined || symbol.file?.tree !== tree) continue;
    const { declaration } = symbol;
    if (!encloses(tree, body, declaration) || encloses(tree, start, declaration)) continue;
    if (types.underlying(types.typeOfSymbol(symbol)).kind === 'channel') ends.add(symbol);
    for (const end of pipeEnds(tree, declaration)) {
      const other = scopes.symbolOf(end);
      if (other !== undefined) ends.add(other);
    }
  }
  return ends;
}

/** The names that receive the ends of an `io.Pipe`, `net.Pipe` or `os.Pipe`, one of which is declared at the node. */
function pipeEnds(tree: Tree, declaration: Node): readonly Node[] {
  const statement = ancestor(tree, declaration, Kind.short_var_declaration);
  if (statement === NONE || tree.parent[declaration] !== go.shortVarDeclaration.left(tree, statement)) return [];
  const call = firstChild(tree, go.shortVarDeclaration.right(tree, statement));
  const isPipe =
    tree.kind[call] === Kind.call_expression && /^(?:io|net|os)\.Pipe$/.test(textOf(tree, go.callExpression.function(tree, call)));
  return isPipe ? children(tree, go.shortVarDeclaration.left(tree, statement)) : [];
}

/**
 * Whether the statement stores into one and the same place on every iteration: what the last iteration put there is then gone, and until
 * the next iteration the variable still has this iteration's value. So it is, too, where every iteration replaces what the place is part of.
 */
export function isOverwrittenEachIteration(around: Surroundings, loop: Loop, statement: Node): boolean {
  const { tree } = around;
  const target = plainTarget(tree, statement);
  if (target === NONE || !isSamePlaceEachIteration(around, loop, target)) return false;
  const value = firstChild(tree, go.assignmentStatement.right(tree, statement));
  if (isReplacement(around, value, target) && tree.parent[tree.parent[statement]] === loop.body) return true;
  return children(tree, tree.parent[loopStatement(tree, loop, statement)]).some(
    (other) => other < statement && replacesOwner(tree, other, target),
  );
}

/** Whether what the value is made of leaves nothing of the target's old value: no call but a conversion, or an append to another slice. */
function isReplacement({ tree, types }: Surroundings, value: Node, target: Node): boolean {
  if (tree.kind[value] !== Kind.call_expression) return true;
  const callee = types.calleeOf(value);
  if (callee.kind !== 'builtin' || callee.name !== 'append') return callee.kind === 'conversion';
  return textOf(tree, firstChild(tree, go.callExpression.arguments(tree, value))) !== textOf(tree, target);
}

/** The statement of the loop's body itself that holds the node. */
function loopStatement(tree: Tree, loop: Loop, node: Node): Node {
  let at = node;
  while (tree.parent[tree.parent[at]] !== loop.body && at !== NONE) at = tree.parent[at];
  return at;
}

/** The one left side of a plain `=`, or NONE. */
function plainTarget(tree: Tree, statement: Node): Node {
  if (tree.kind[statement] !== Kind.assignment_statement) return NONE;
  if (textOf(tree, go.assignmentStatement.operator(tree, statement)) !== '=') return NONE;
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  return targets.length === 1 ? targets[0] : NONE;
}

function isSamePlaceEachIteration({ tree, scopes }: Surroundings, loop: Loop, target: Node): boolean {
  for (let row = target; row < tree.next[target]; row++) {
    if (tree.kind[row] === Kind.call_expression || tree.kind[row] === Kind.index_expression) return false;
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol?.file?.tree === tree && encloses(tree, loop.statement, symbol.declaration)) return false;
  }
  return true;
}

/** Whether the statement assigns a new `&T{…}` or literal to what the target is a field of. */
function replacesOwner(tree: Tree, statement: Node, target: Node): boolean {
  const owner = plainTarget(tree, statement);
  if (owner === NONE) return false;
  const value = firstChild(tree, go.assignmentStatement.right(tree, statement));
  const made = tree.kind[value] === Kind.unary_expression ? go.unaryExpression.operand(tree, value) : value;
  if (tree.kind[made] !== Kind.composite_literal) return false;
  const text = textOf(tree, owner);
  for (let at = target; tree.kind[at] === Kind.selector_expression; ) {
    at = go.selectorExpression.operand(tree, at);
    if (textOf(tree, at) === text) return true;
  }
  return false;
}
