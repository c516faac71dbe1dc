/** Lets each turn run its deferred calls: in a function of its own, or by a call where the turn ends. Always for a person to judge. */
import { Kind, type Node, textOf } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { callsInsteadOfDefer, turnFrom, wrapTurn } from '../kit/turn-edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import { deferredCall } from './resources.ts';

export function fixesOf({ tree }: Pick<RuleContext, 'tree'>, statement: Node): RuleFix[] {
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) return [];
  const turn = turnFrom(tree, loopAround(tree, statement), statement);
  const call = textOf(tree, deferredCall(tree, statement));
  const wrapped = wrapTurn(tree, turn, []);
  const calls = call.includes('\n') ? undefined : callsInsteadOfDefer(tree, turn, statement, call);
  const fixes: RuleFix[] = [];
  if (wrapped !== undefined)
    fixes.push({ title: 'Give the rest of each turn a function of its own', safety: 'suggestion', edits: [wrapped] });
  if (calls !== undefined)
    fixes.push({ title: `Call ${call} at the end of each turn instead; a panic would skip it`, safety: 'suggestion', edits: calls });
  return fixes;
}
