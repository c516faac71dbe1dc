/** What is said of the values that one call, literal or loop boxes. */
import type { EscapeSite } from '../../escape/index.ts';
import { type Node, textOf } from '../../syntax/index.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isOnEveryIteration } from '../kit/repetition.ts';
import type { Report, RuleContext } from '../rule.ts';
import { hoistFixes } from './fix.ts';
import { isCount } from './small-integers.ts';
import { isBesideText, isUnseen, type Taking } from './taking.ts';

type Context = Pick<RuleContext, 'file' | 'tree' | 'types' | 'scopes'>;

/** A value that is boxed for what takes it. */
export interface Box extends Taking {
  readonly site: EscapeSite;
  readonly size: number;
}

/** One report for values of one taker, the first of which gives its place. */
export function reportOf(context: Context, boxes: readonly Box[]): Report {
  const [{ site, taker, repetition }] = boxes;
  const nodes = boxes.map((box) => box.site.node);
  return {
    at: firstLineOf(context.tree, site.node),
    message: taker.kind,
    data: { takes: takesOf(boxes), what: whatOf(context, nodes), cost: costOf(boxes), when: whenOf(context, boxes) },
    related: [...site.steps, ...nodes.slice(1).map((node) => noteAt(context.file, node, `${described(context, node)} is boxed, too`))],
    certainty: boxes.some((box) => box.site.certainty === 'certain') ? 'certain' : 'possible',
    ...((boxes.every((box) => isUnseen(context, box) || isBesideText(context, box)) || isCounting(context, boxes)) && {
      severity: 'hint' as const,
    }),
    fixes: repetition.per === 'iteration' ? hoistFixes(context, repetition.loop, nodes) : [],
  };
}

/** Whether nothing is boxed but what counts from 0, which needs no memory before 256. */
export function isCounting(context: Context, boxes: readonly Box[]): boolean {
  return boxes.every(({ site }) => isCount(context, site.node));
}

function takesOf(boxes: readonly Box[]): string {
  const [{ taker }] = boxes;
  const others = new Set(boxes.map((box) => box.taker.node)).size - 1;
  if (others === 0) return `${taker.name} takes`;
  return `${taker.name} and ${others} more ${others === 1 ? 'call' : 'calls'} take`;
}

function costOf(boxes: readonly Box[]): string {
  const size = boxes.reduce((sum, box) => sum + box.size, 0);
  return boxes.length === 1 ? `one allocation of ${size} bytes` : `${boxes.length} allocations, ${size} bytes,`;
}

function whenOf({ tree }: Context, boxes: readonly Box[]): string {
  const [{ repetition }] = boxes;
  if (repetition.per === 'call') return 'on every call';
  const isAlways = boxes.every((box) => box.repetition.per === 'iteration' && isOnEveryIteration(tree, box.site.node, box.repetition.loop));
  return isAlways ? 'on every iteration of the loop' : 'on each iteration that gets here';
}

const LONGEST_NAME = 32;

function whatOf(context: Context, nodes: readonly Node[]): string {
  return nodes.length > 2 ? `${nodes.length} values` : nodes.map((node) => described(context, node)).join(' and ');
}

/** The value as it is written, where that is short, and its type. */
function described({ tree, types }: Context, node: Node): string {
  const text = textOf(tree, node);
  const type = types.typeText(types.typeOf(node), node);
  const name = text.length <= LONGEST_NAME && !text.includes('\n') ? text : 'a value';
  return type === undefined || type.length > LONGEST_NAME ? name : `${name} (${type})`;
}
