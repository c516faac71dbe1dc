/**
 * What is made together with a way to stop it, other than contexts: signals caught by `signal.NotifyContext`, a function
 * registered by `context.AfterFunc`, tickers and timers. They are read as sources like those of contexts, so that the same
 * path analysis and the same edits serve them.
 */
import { enclosingFunction, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { calledFunction } from '../known-calls.ts';
import { type CancelSource, contextFunction, sidesOf } from './sources.ts';
import { isReceivedFrom } from './uses.ts';

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;
type Maker = Pick<CancelSource, 'kind' | 'ends'>;

const MAKERS: ReadonlyMap<string, Maker> = new Map([
  ['os/signal.NotifyContext', { kind: 'signals', ends: 'nothing' }],
  ['time.NewTicker', { kind: 'ticker', ends: 'nothing' }],
  ['time.NewTimer', { kind: 'timer', ends: 'deadline' }],
]);

/** The source that a call is; undefined for other calls, outside functions, and where its results go on in an expression. */
export function stopSourceOf(known: Known, call: Node): CancelSource | undefined {
  const { tree } = known;
  const maker = makerOf(known, call);
  const fn = enclosingFunction(tree, call);
  if (maker === undefined || fn === NONE) return undefined;
  const name = textOf(tree, go.callExpression.function(tree, call));
  const common = { ...maker, call, fn, error: NONE, ok: NONE, takesCause: false, name };
  const received = receiversOf(tree, call);
  if (received === undefined) return isDropped(tree, call, maker) ? { ...common, statement: call, context: NONE, cancel: call } : undefined;
  const { statement, targets } = received;
  if (targets.length !== (maker.kind === 'signals' ? 2 : 1)) return undefined;
  const [first, last] = [targets[0], targets[targets.length - 1]].map((target) => unparenthesized(tree, target));
  return { ...common, statement, context: maker.kind === 'callback' ? NONE : first, cancel: last };
}

function makerOf(known: Known, call: Node): Maker | undefined {
  if (contextFunction(known, call) === 'AfterFunc') return { kind: 'callback', ends: 'parent' };
  return MAKERS.get(calledFunction(known, call) ?? '');
}

/** The statement that receives the results of a call, with the targets that get them. */
function receiversOf(tree: Tree, call: Node): { readonly statement: Node; readonly targets: readonly Node[] } | undefined {
  let value = call;
  while (tree.kind[tree.parent[value]] === Kind.parenthesized_expression) value = tree.parent[value];
  const list = tree.parent[value];
  if (tree.kind[list] !== Kind.expression_list) return undefined;
  const statement = tree.parent[list];
  const [targets, values] = sidesOf(tree, statement);
  const index = values.indexOf(value);
  if (index < 0) return undefined;
  return { statement, targets: values.length === 1 ? targets : targets.slice(index, index + 1) };
}

/** Whether nobody can stop it: a registration whose result is not taken, or a ticker that is there for its channel alone. */
function isDropped(tree: Tree, call: Node, { kind }: Maker): boolean {
  const parent = tree.parent[call];
  if (kind === 'callback') return tree.kind[parent] === Kind.expression_statement;
  return kind === 'ticker' && tree.kind[parent] === Kind.selector_expression && isReceivedFrom(tree, parent);
}
