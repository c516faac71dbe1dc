/** Ways through a function: whether one leads from a place to another, and whether it comes back. */
import type { ControlFlow, FlowPosition } from '../../model/index.ts';
import type { Node } from '../../syntax/index.ts';

/** Whether a path leads from one place to another (or back to itself), or to the function's end, past none of the others. */
export function isReached(
  flow: ControlFlow,
  start: FlowPosition,
  goal: FlowPosition | 'end',
  stops: readonly (FlowPosition | undefined)[],
): boolean {
  const seen = new Set<number>();
  const pending: FlowPosition[] = [{ block: start.block, index: start.index + 1 }];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const { block, index } = from;
    const stop = Math.min(...stops.map((each) => (each?.block === block && each.index >= index ? each.index : Number.POSITIVE_INFINITY)));
    const isThere = goal === 'end' ? block === flow.exit : goal.block === block && goal.index >= index && goal.index <= stop;
    if (isThere) return true;
    for (const to of stop === Number.POSITIVE_INFINITY ? flow.blocks[block].successors : []) {
      if (!seen.has(to)) pending.push({ block: to, index: 0 });
      seen.add(to);
    }
  }
  return false;
}

/** Last nodes (a return statement, or what comes before the closing brace) of the paths from a place to the function's end past none of the stops. */
export function endsReached(flow: ControlFlow, start: FlowPosition, stops: readonly FlowPosition[]): Node[] {
  const ends: Node[] = [];
  const seen = new Set<number>();
  const pending: FlowPosition[] = [{ block: start.block, index: start.index + 1 }];
  for (let from = pending.pop(); from !== undefined; from = pending.pop()) {
    const { block, index } = from;
    if (stops.some((stop) => stop.block === block && stop.index >= index)) continue;
    const { nodes, successors } = flow.blocks[block];
    if (successors.includes(flow.exit)) ends.push(nodes[nodes.length - 1] ?? flow.function);
    for (const to of successors) {
      if (!seen.has(to)) pending.push({ block: to, index: 0 });
      seen.add(to);
    }
  }
  return ends.sort((a, b) => a - b);
}
