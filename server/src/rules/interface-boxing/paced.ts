/** Loops that wait for a clock on each iteration: however long they run, nothing in them is done often. */
import { descendants, enclosingFunction, go, isText, Kind, type Node } from '../../syntax/index.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types'>;

export function isPaced(context: Context, loop: Node): boolean {
  const { tree } = context;
  const body = go.forStatement.body(tree, loop);
  const fn = enclosingFunction(tree, loop);
  const isOwn = (node: Node): boolean => enclosingFunction(tree, node) === fn;
  return (
    descendants(tree, body, Kind.unary_expression).some((node) => isOwn(node) && isTick(context, node)) ||
    descendants(tree, body, Kind.call_expression).some((node) => isOwn(node) && calledFunction(context, node) === 'time.Sleep')
  );
}

function isTick({ tree, types }: Context, node: Node): boolean {
  if (!isText(tree, go.unaryExpression.operator(tree, node), '<-')) return false;
  const channel = types.underlying(types.typeOf(go.unaryExpression.operand(tree, node)));
  return (
    channel.kind === 'channel' && channel.element.kind === 'named' && channel.element.path === 'time' && channel.element.name === 'Time'
  );
}
