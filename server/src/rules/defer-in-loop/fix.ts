/** Lets each iteration run its deferred calls: in a function of its own, or by a call where the iteration ends. Always for a person to judge. */
import { Kind, type Node, textOf } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { callsInsteadOfDefer, iterationFrom, wrapIteration } from '../kit/iteration-edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import { deferredCall } from './resources.ts';

export function fixesOf({ tree }: Pick<RuleContext, 'tree'>, statement: Node): RuleFix[] {
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) return [];
  const iteration = iterationFrom(tree, loopAround(tree, statement), statement);
  const call = textOf(tree, deferredCall(tree, statement));
  const wrapped = wrapIteration(tree, iteration, []);
  const calls = call.includes('\n') ? undefined : callsInsteadOfDefer(tree, iteration, statement, call);
  const fixes: RuleFix[] = [];
  if (wrapped !== undefined) fixes.push({ title: 'Wrap the rest of the loop body in a function', safety: 'suggestion', edits: [wrapped] });
  if (calls !== undefined)
    fixes.push({ title: `Call ${call} at the end of each iteration instead; a panic would skip it`, safety: 'suggestion', edits: calls });
  return fixes;
}
