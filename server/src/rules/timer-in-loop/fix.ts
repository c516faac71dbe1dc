/** One timer for all iterations, reset before each wait. For a person to judge: it starts anew where `time.After` did, in every iteration. */
import { Since } from '../../model/index.ts';
import { encloses, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { insertBefore, replacement, statementAround, unusedName } from '../kit/edits.ts';
import type { Options, RuleContext, RuleFix } from '../rule.ts';

/** Where the duration means the same before the loop, the loop is the only one of its function, and the select stands by itself. */
export function oneTimer<O extends Options>(context: RuleContext<O>, call: Node, select: Node, loop: Node): RuleFix[] {
  const { tree, scopes, file } = context;
  const list = go.callExpression.arguments(tree, call);
  const written = textOf(tree, go.callExpression.function(tree, call));
  const outer = statementAround(tree, loop);
  const isAlone = loopAround(tree, loop) === NONE && loopAround(tree, select) === loop;
  if (!isAlone || !written.endsWith('.After') || !isSameBefore(context, list, loop)) return [];
  if (tree.kind[tree.parent[select]] !== Kind.statement_list || tree.kind[tree.parent[outer]] !== Kind.statement_list) return [];
  const timer = unusedName(tree, scopes, 'timer', loop);
  const duration = textOf(tree, list);
  const made = `${timer} := ${written.slice(0, -'After'.length)}NewTimer${duration}`;
  const drain = [`if !${timer}.Stop() {`, '\tselect {', `\tcase <-${timer}.C:`, '\tdefault:', '\t}', '}'];
  const reset = [...(file.go < Since.collectedTimers ? drain : []), `${timer}.Reset${duration}`];
  return [
    {
      title: `Make one ${timer} before the loop and reset it in each iteration`,
      safety: 'suggestion',
      edits: [
        insertBefore(tree, outer, [made, `defer ${timer}.Stop()`]),
        insertBefore(tree, select, reset),
        replacement(tree, call, `${timer}.C`),
      ],
    },
  ];
}

/** Whether the arguments call and receive nothing, and name nothing that the loop declares or assigns. */
function isSameBefore<O extends Options>({ tree, scopes }: RuleContext<O>, list: Node, loop: Node): boolean {
  for (let row = list; row < tree.next[list]; row++) {
    if (tree.kind[row] === Kind.call_expression || tree.kind[row] === Kind.index_expression || isFunction(tree, row)) return false;
    if (isReceive(tree, row)) return false;
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol?.kind !== 'variable') continue;
    if (symbol.file?.tree === tree && encloses(tree, loop, symbol.declaration)) return false;
    if (scopes.references(symbol).some(({ node, access }) => access !== 'read' && encloses(tree, loop, node))) return false;
  }
  return true;
}

function isReceive(tree: Tree, row: Node): boolean {
  return tree.kind[row] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, row)] === Kind['<-'];
}
