/** Lets each iteration of a loop cancel its own context: in a function of its own, or by calls where the iteration ends. Always for a person to judge. */
import type { Node } from '../../syntax/index.ts';
import { reasonToOutlive } from '../kit/cancel/context-lifetime.ts';
import { iterationOf } from '../kit/cancel/edits.ts';
import type { CancelSource } from '../kit/cancel/sources.ts';
import { callsInsteadOfDefer, wrapIteration } from '../kit/iteration-edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

export function fixesOf(context: RuleContext, source: CancelSource, statement: Node, call: string): RuleFix[] {
  const { tree } = context;
  const iteration = iterationOf(tree, source);
  if (iteration === undefined || !iteration.statements.includes(statement)) return [];
  const reason = reasonToOutlive(context, source);
  const doubt = reason === undefined ? '' : `, which ends the context with the iteration, though ${reason}`;
  const wrapped = wrapIteration(tree, iteration, []);
  const calls = callsInsteadOfDefer(tree, iteration, statement, call);
  const fixes: RuleFix[] = [];
  if (wrapped !== undefined) fixes.push({ title: `Wrap the loop body in a function${doubt}`, safety: 'suggestion', edits: [wrapped] });
  if (calls !== undefined)
    fixes.push({
      title: `Call ${call} at the end of each iteration instead${doubt || '; a panic would skip it'}`,
      safety: 'suggestion',
      edits: calls,
    });
  return fixes;
}
