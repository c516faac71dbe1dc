/** Whether a panic that leaves a function ends the program, so that nothing is left that could be kept. */
import { descendants, Kind, type Node, type Tree } from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import type { RuleContext } from '../rule.ts';

/** A function that is only ever started with `go`, and defers nothing that could recover: nobody stands around it either. */
export function crashesByPanic(context: RuleContext, fn: Node): boolean {
  const { tree } = context;
  if (descendants(tree, fn, Kind.defer_statement).length > 0) return false;
  if (tree.kind[fn] === Kind.func_literal) return isStarted(tree, tree.parent[fn]);
  const calls = allCallsOf(context, fn);
  return calls !== undefined && calls.length > 0 && calls.every(({ file, node }) => isStarted(file.tree, node));
}

function isStarted(tree: Tree, call: Node): boolean {
  return tree.kind[call] === Kind.call_expression && tree.kind[tree.parent[call]] === Kind.go_statement;
}
