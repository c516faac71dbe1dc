/** A limit where none is: SetLimit on an errgroup, a semaphore channel around other goroutines. Always for a person to judge. */
import { ancestor, descendants, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { insertAfter, insertAtBlockStart, insertBefore, statementAround, unusedName } from '../kit/edits.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { Start } from './start.ts';

const DOUBT = 'one per processor; more may be right for what waits for the network';

/** None where the goroutines send to each other or to the function: the loop could then wait for a receiver behind it. */
export function limitFixes(context: RuleContext, loop: Node, start: Start): RuleFix[] {
  const { tree, scopes, file } = context;
  const runtime = packageNameAt(file, scopes, 'runtime', loop);
  const imports = runtime === undefined ? undefined : importEdits(file, { add: runtime.add });
  const isSending = descendants(tree, start.literal, Kind.send_statement).length > 0;
  if (start.literal === NONE || runtime === undefined || imports === undefined || isSending) return [];
  const limit = `${runtime.name}.GOMAXPROCS(0)`;
  const edits = start.group === NONE ? semaphoreEdits(context, loop, start, limit) : groupEdits(context, start, limit);
  const what = start.group === NONE ? 'Hold the loop back with a semaphore channel' : `Set the limit of ${textOf(tree, start.group)}`;
  return edits === undefined ? [] : [{ title: `${what} (${DOUBT})`, safety: 'suggestion', edits: [...imports, ...edits] }];
}

/** Right behind the group's declaration: SetLimit panics once goroutines of the group run. */
function groupEdits({ tree, scopes }: RuleContext, { group }: Start, limit: string): RuleFix['edits'] | undefined {
  const symbol = scopes.symbolOf(group);
  const statement = symbol === undefined ? NONE : statementAround(tree, symbol.declaration);
  if (statement === NONE || ancestor(tree, symbol?.declaration ?? NONE, Kind.statement_list) !== tree.parent[statement]) return undefined;
  return [insertAfter(tree, statement, [`${textOf(tree, group)}.SetLimit(${limit})`])];
}

function semaphoreEdits(
  { tree, scopes }: RuleContext,
  loop: Node,
  { statement, literal }: Start,
  limit: string,
): RuleFix['edits'] | undefined {
  let outermost = loop;
  for (let outer = loopAround(tree, loop); outer !== NONE; outer = loopAround(tree, outer)) outermost = outer;
  const before = statementAround(tree, outermost);
  const name = unusedName(tree, scopes, 'sem', loop);
  const release = insertAtBlockStart(tree, go.funcLiteral.body(tree, literal), [`defer func() { <-${name} }()`]);
  if (release === undefined || before === NONE) return undefined;
  return [
    insertBefore(tree, before, [`${name} := make(chan struct{}, ${limit})`]),
    insertBefore(tree, statement, [`${name} <- struct{}{}`]),
    release,
  ];
}
