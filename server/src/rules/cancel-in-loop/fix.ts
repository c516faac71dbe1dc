/** Lets each turn of a loop cancel its own context: in a function of its own, or by calls where the turn ends. Always for a person to judge. */
import { type Node, type Tree, textOf } from '../../syntax/index.ts';
import { reasonToOutlive } from '../kit/cancel/context-lifetime.ts';
import type { CancelSource } from '../kit/cancel/sources.ts';
import { callsAtTurnEnd, type Turn, turnOf, wrapTurn } from '../kit/cancel/turn-edits.ts';
import { removeStatement, replacement } from '../kit/edits.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';

export function fixesOf(context: RuleContext, source: CancelSource, statement: Node, call: string): RuleFix[] {
  const { tree } = context;
  const turn = turnOf(tree, source);
  if (turn === undefined || !turn.statements.includes(statement)) return [];
  const reason = reasonToOutlive(context, source);
  const doubt = reason === undefined ? '' : `, which ends the context with the turn, though ${reason}`;
  const wrapped = wrapTurn(tree, turn, []);
  const calls = callsInstead(tree, turn, statement, call);
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

function callsInstead(tree: Tree, turn: Turn, statement: Node, call: string): FileEdit[] | undefined {
  if (textOf(tree, statement) !== `defer ${call}`) return undefined;
  if (turn.statements.at(-1) === statement) return [replacement(tree, statement, call)];
  const calls = callsAtTurnEnd(tree, turn, call);
  return calls === undefined ? undefined : [removeStatement(tree, statement), ...calls];
}
