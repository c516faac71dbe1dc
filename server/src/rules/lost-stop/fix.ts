/** A variable for a ticker of which only the channel was kept, stopped when the function ends. */
import { descendants, go, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { type CancelSource, loopAround } from '../kit/cancel/sources.ts';
import { stopSourceOf } from '../kit/cancel/stop-sources.ts';
import { declarationAround, insertBefore, replacement, unusedName } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

/** Where a loop ranges over the channel: making the ticker is then the first thing that the statement does. */
export function nameTicker(context: RuleContext, source: CancelSource): RuleFix[] {
  const { tree } = context;
  const clause = tree.parent[tree.parent[source.call]];
  const loop = tree.parent[clause];
  if (tree.kind[clause] !== Kind.range_clause || tree.kind[tree.parent[loop]] !== Kind.statement_list) return [];
  const isRepeated = loopAround(tree, loop) !== NONE || descendants(tree, source.fn, Kind.goto_statement).length > 0;
  if (isRepeated || !isRangeOf(context, clause, source.call)) return [];
  const name = nameFor(context, source, loop);
  const lines = [`${name} := ${textOf(tree, source.call)}`, `defer ${name}.Stop()`];
  return [
    {
      title: `Keep the ticker in ${name} and defer ${name}.Stop()`,
      safety: 'safe',
      edits: [insertBefore(tree, loop, lines), replacement(tree, source.call, name)],
    },
  ];
}

/** Each unnamed ticker of a declaration gets a name of its own, so that all of them can be named at once. */
function nameFor(context: RuleContext, source: CancelSource, loop: Node): string {
  const { tree, scopes } = context;
  let number = 1;
  for (let row = declarationAround(tree, loop); row < source.call; row++) {
    const earlier = tree.kind[row] === Kind.call_expression ? stopSourceOf(context, row) : undefined;
    if (earlier?.kind === 'ticker' && earlier.cancel === row) number++;
  }
  return unusedName(tree, scopes, number === 1 ? 'ticker' : `ticker${number}`, loop);
}

function isRangeOf({ tree }: RuleContext, clause: Node, call: Node): boolean {
  const channel = unparenthesized(tree, go.rangeClause.right(tree, clause));
  return tree.kind[channel] === Kind.selector_expression && go.selectorExpression.operand(tree, channel) === call;
}
