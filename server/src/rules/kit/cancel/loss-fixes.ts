/**
 * Repairs a lost cancel or stop function. `defer cancel()` where it is made is safe when the context ends with the function
 * anyway. In a loop, and where some paths hand the function over, the call goes to the end of the iteration or before the returns
 * that lack it.
 */
import type { RuleContext, RuleFix } from '../../rule.ts';
import { insertBefore } from '../edits.ts';
import { callsAtIterationEnd, wrapIteration } from '../iteration-edits.ts';
import { reasonToOutlive } from './context-lifetime.ts';
import { deferAfter, isRepeated, iterationOf, type NamedCancel, namedCancel, removeBlanked } from './edits.ts';
import type { LostCancel } from './losses.ts';
import { type CancelSource, callText } from './sources.ts';

/** In the order in which they should be offered; none where no edit is certain to compile. */
export function fixesOfLoss(context: RuleContext, found: LostCancel): RuleFix[] {
  const named = namedCancel(context, found.source);
  if (named === undefined) return [];
  const call = callText(found.source, named.name);
  if (found.uses.uses.some((use) => use.how === 'handover')) return beforeReturns(context, found, call);
  if (isRepeated(context.tree, found.source)) return inTurn(context, found, named, call);
  const deferred = deferAfter(context, found.source, call);
  if (deferred === undefined) return [];
  const edits = [...named.edits, deferred, ...removeBlanked(context.tree, found.uses.blanked)];
  const doubt = doubtOf(context, found.source, 'this function');
  return [{ title: `Add defer ${call}${doubt}`, safety: doubt === '' ? 'safe' : 'suggestion', edits }];
}

/** What the fix may end too early, as the end of its title; '' where that is proved not to be. */
function doubtOf(context: RuleContext, source: CancelSource, scope: string): string {
  if (source.kind === 'callback') return `, after which the end of the context no longer calls the function registered here`;
  const reason = reasonToOutlive(context, source);
  if (reason === undefined) return '';
  return source.kind === 'context' || source.kind === 'signals'
    ? `, which ends the context with ${scope}, though ${reason}`
    : `, which stops the ${source.kind} with ${scope}, though ${reason}`;
}

/** Other paths have given the function away: only those that keep it call it. */
function beforeReturns({ tree, scopes }: RuleContext, { losses, variable }: LostCancel, call: string): RuleFix[] {
  const returns = losses.filter((loss) => loss.kind === 'return').map((loss) => loss.at);
  if (returns.length === 0 || returns.length < losses.length) return [];
  if (variable === undefined || returns.some((node) => scopes.lookup(variable.name, node) !== variable)) return [];
  const edits = returns.map((node) => insertBefore(tree, node, [call]));
  const title = returns.length === 1 ? `Call ${call} before the return that lacks it` : `Call ${call} before the returns that lack it`;
  return [{ title: `${title}; other paths hand it over`, safety: 'suggestion', edits }];
}

function inTurn(context: RuleContext, { source, uses }: LostCancel, named: NamedCancel, call: string): RuleFix[] {
  const { tree } = context;
  const iteration = iterationOf(tree, source);
  if (iteration === undefined) return [];
  const doubt = doubtOf(context, source, 'the iteration');
  const blanked = removeBlanked(tree, uses.blanked);
  const fixes: RuleFix[] = [];
  const calls = callsAtIterationEnd(tree, iteration, call);
  if (calls !== undefined && calls.length > 0) {
    fixes.push({
      title: `Call ${call} at the end of each iteration${doubt}`,
      safety: 'suggestion',
      edits: [...named.edits, ...blanked, ...calls],
    });
  }
  const deferred = deferAfter(context, source, call);
  const wrapped = deferred === undefined ? undefined : wrapIteration(tree, iteration, [...named.edits, ...blanked, deferred]);
  if (wrapped !== undefined)
    fixes.push({
      title: `Wrap the loop body in a function, which defers ${call}${doubt}`,
      safety: 'suggestion',
      edits: [wrapped],
    });
  return fixes;
}
