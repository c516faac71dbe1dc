/** Lets each turn of a loop cancel its own context: in a function of its own, or by calls where the turn ends. Always for a person to judge. */
import type { Node } from '../../syntax/index.ts';
import { reasonToOutlive } from '../kit/cancel/context-lifetime.ts';
import { turnOf } from '../kit/cancel/edits.ts';
import type { CancelSource } from '../kit/cancel/sources.ts';
import { callsInsteadOfDefer, wrapTurn } from '../kit/turn-edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

export function fixesOf(context: RuleContext, source: CancelSource, statement: Node, call: string): RuleFix[] {
  const { tree } = context;
  const turn = turnOf(tree, source);
  if (turn === undefined || !turn.statements.includes(statement)) return [];
  const reason = reasonToOutlive(context, source);
  const doubt = reason === undefined ? '' : `, which ends the context with the turn, though ${reason}`;
  const wrapped = wrapTurn(tree, turn, []);
  const calls = callsInsteadOfDefer(tree, turn, statement, call);
  const fixes: RuleFix[] = [];
  if (wrapped !== undefined) fixes.push({ title: `Give each turn a function of its own${doubt}`, safety: 'suggestion', edits: [wrapped] });
  if (calls !== undefined)
    fixes.push({
      title: `Call ${call} at the end of each turn instead${doubt || '; a panic would skip it'}`,
      safety: 'suggestion',
      edits: calls,
    });
  return fixes;
}
