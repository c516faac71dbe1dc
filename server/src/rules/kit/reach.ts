/** Ways through a function: whether one leads from a place to another, and whether it comes back. */
import type { ControlFlow, FlowPosition } from '../../model/index.ts';

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
