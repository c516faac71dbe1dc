/**
 * Whether a loop's body can be left, or an iteration cut short, before a given statement has run. Then the number of iterations is only
 * the most that can happen.
 */
import { children, encloses, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { Code } from './places.ts';

/** Whether `break`, `goto` or `return` may end the loop early, or `continue` or `panic` skip `statement` (a statement of its body) on an iteration. */
export function leavesLoop(code: Code, loop: Node, statement: Node): boolean {
  const { tree } = code;
  const body = go.forStatement.body(tree, loop);
  for (let row = body; row < tree.next[body]; row++) {
    if (isFunction(tree, row)) {
      row = tree.next[row] - 1;
      continue;
    }
    switch (tree.kind[row]) {
      case Kind.return_statement:
      case Kind.goto_statement:
        return true;
      case Kind.break_statement:
        if (encloses(tree, targetOf(tree, row), loop)) return true;
        break;
      case Kind.continue_statement:
        if (skips(tree, row, loop, statement)) return true;
        break;
      case Kind.call_expression:
        if (row < statement && isPanic(code, row)) return true;
        break;
    }
  }
  return false;
}

function skips(tree: Tree, node: Node, loop: Node, statement: Node): boolean {
  const target = targetOf(tree, node);
  return target === loop ? node < statement : encloses(tree, target, loop);
}

function isPanic({ tree, types }: Code, call: Node): boolean {
  if (textOf(tree, go.callExpression.function(tree, call)) !== 'panic') return false;
  const callee = types.calleeOf(call);
  return callee.kind === 'builtin' && callee.name === 'panic';
}

const BREAKABLE: readonly number[] = [
  Kind.for_statement,
  Kind.expression_switch_statement,
  Kind.type_switch_statement,
  Kind.select_statement,
];

/** The statement that a `break` or `continue` leaves or goes on with; the whole file when its label is not there. */
function targetOf(tree: Tree, node: Node): Node {
  const label = children(tree, node)[0];
  if (label !== undefined) return labelled(tree, node, textOf(tree, label));
  const kinds = tree.kind[node] === Kind.continue_statement ? [Kind.for_statement] : BREAKABLE;
  let up = tree.parent[node];
  while (up !== NONE && !kinds.includes(tree.kind[up])) up = tree.parent[up];
  return up;
}

function labelled(tree: Tree, node: Node, label: string): Node {
  for (let up = tree.parent[node]; up !== NONE; up = tree.parent[up]) {
    if (tree.kind[up] !== Kind.labeled_statement) continue;
    const [name, ...rest] = children(tree, up);
    if (textOf(tree, name) === label) return rest[0] ?? NONE;
  }
  return NONE;
}
