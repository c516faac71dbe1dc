/**
 * Loops that go on after a place in them, and often enough to matter: control comes from there to another iteration, and the
 * iterations are not known to be few.
 */
import { type ControlFlow, type FlowPosition, isEndlessLoop, positionOf } from '../../model/index.ts';
import { encloses, enclosingFunction, firstChild, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { loopAround } from './cancel/sources.ts';
import { isReached } from './reach.ts';
import { isShort } from './short-loops.ts';

type Context = Pick<RuleContext, 'tree' | 'scopes' | 'types' | 'flow'>;

/** The innermost loop of more than a few iterations to whose next iteration control comes from the node, or NONE. */
export function repeatingLoop(context: Context, node: Node): Node {
  const { tree } = context;
  const innermost = loopAround(tree, node);
  if (innermost === NONE) return NONE;
  const flow = context.flow(enclosingFunction(tree, node));
  const from = positionOf(flow, tree, node);
  if (from === undefined || (flow.blocks[from.block].predecessors.length === 0 && from.block !== flow.entry)) return NONE;
  for (let loop = innermost; loop !== NONE; loop = loopAround(tree, loop)) {
    const begin = beginOfIteration(flow, tree, loop);
    if (!isShort(context, loop) && begin !== undefined && isReached(flow, from, begin, [])) return loop;
  }
  return NONE;
}

/** Where the body of a loop begins in the flow; undefined for an empty one. */
function beginOfIteration(flow: ControlFlow, tree: Tree, loop: Node): FlowPosition | undefined {
  const body = go.forStatement.body(tree, loop);
  for (let row = body + 1; row < tree.next[body]; row++) {
    const position = positionOf(flow, tree, row);
    if (position !== undefined && encloses(tree, body, flow.blocks[position.block].nodes[position.index])) return position;
  }
  return undefined;
}

/** Whether a loop goes on until something stops it: without a condition, or over what a channel gives. */
export function isUnbounded({ tree, types }: Context, loop: Node): boolean {
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] !== Kind.range_clause) return isEndlessLoop(tree, loop);
  return types.underlying(types.typeOf(go.rangeClause.right(tree, clause))).kind === 'channel';
}
