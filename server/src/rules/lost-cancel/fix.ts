/**
 * Repairs a lost cancel function. `defer cancel()` where it is made is safe when the context ends with the function anyway. In
 * a loop, and where some paths hand the function over, the call goes to the end of the turn or before the returns that lack it.
 */

import { reasonToOutlive } from '../kit/cancel/context-lifetime.ts';
import { deferAfter, isRepeated, type NamedCancel, namedCancel, removeBlanked } from '../kit/cancel/edits.ts';
import { callText } from '../kit/cancel/sources.ts';
import { callsAtTurnEnd, turnOf, wrapTurn } from '../kit/cancel/turn-edits.ts';
import { insertBefore } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { LostCancel } from './rule.ts';

export function fixesOf(context: RuleContext, found: LostCancel): RuleFix[] {
  const named = namedCancel(context, found.source);
  if (named === undefined) return [];
  const call = callText(found.source, named.name);
  if (found.uses.uses.some((use) => use.how === 'handover')) return beforeReturns(context, found, call);
  if (isRepeated(context.tree, found.source)) return inTurn(context, found, named, call);
  const deferred = deferAfter(context, found.source, call);
  if (deferred === undefined) return [];
  const reason = reasonToOutlive(context, found.source);
  const edits = [...named.edits, deferred, ...removeBlanked(context.tree, found.uses.blanked)];
  if (reason === undefined) return [{ title: `Add defer ${call}`, safety: 'safe', edits }];
  return [{ title: `Add defer ${call}, which ends the context with this function, though ${reason}`, safety: 'suggestion', edits }];
}

/** Other paths have given the function away: only those that keep it call it. */
function beforeReturns({ tree }: RuleContext, { losses }: LostCancel, call: string): RuleFix[] {
  const returns = losses.filter((loss) => loss.kind === 'return').map((loss) => loss.at);
  if (returns.length === 0 || returns.length < losses.length) return [];
  const edits = returns.map((node) => insertBefore(tree, node, [call]));
  const title = returns.length === 1 ? `Call ${call} before the return that lacks it` : `Call ${call} before the returns that lack it`;
  return [{ title: `${title}; other paths hand it over`, safety: 'suggestion', edits }];
}

function inTurn(context: RuleContext, { source, uses }: LostCancel, named: NamedCancel, call: string): RuleFix[] {
  const { tree } = context;
  const turn = turnOf(tree, source);
  if (turn === undefined) return [];
  const reason = reasonToOutlive(context, source);
  const doubt = reason === undefined ? '' : `, which ends the context with the turn, though ${reason}`;
  const blanked = removeBlanked(tree, uses.blanked);
  const fixes: RuleFix[] = [];
  const calls = callsAtTurnEnd(tree, turn, call);
  if (calls !== undefined && calls.length > 0) {
    fixes.push({
      title: `Call ${call} at the end of each turn${doubt}`,
      safety: 'suggestion',
      edits: [...named.edits, ...blanked, ...calls],
    });
  }
  const deferred = deferAfter(context, source, call);
  const wrapped = deferred === undefined ? undefined : wrapTurn(tree, turn, [...named.edits, ...blanked, deferred]);
  if (wrapped !== undefined)
    fixes.push({ title: `Give each turn a function of its own, which defers ${call}${doubt}`, safety: 'suggestion', edits: [wrapped] });
  return fixes;
}
