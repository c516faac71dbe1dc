/** What takes a value as an interface and how often, and whether that is worth a word wherever the box lives: told before the escape analysis is asked. */
import { firstChild, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import { conversionFor } from '../kit/conversions.ts';
import { solePrint } from '../kit/formatting.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import { type Repetition, repetitionOf } from '../kit/repetition.ts';
import { isInTestFunction } from '../kit/tests.ts';
import type { RuleContext } from '../rule.ts';
import type { Context } from './options.ts';
import { isPaced } from './paced.ts';
import { isSmallInteger } from './small-integers.ts';
import { isErrorPath, type Taker, takerOf } from './taker.ts';

type Plain = Pick<RuleContext, 'file' | 'tree' | 'types' | 'scopes'>;

/** A value with what takes it as an interface and how often. */
export interface Taking {
  readonly value: Node;
  readonly taker: Taker;
  readonly repetition: Repetition;
}

/** Takers that are given many values for one text. */
export const WRITES_TEXT: ReadonlySet<Taker['kind']> = new Set(['format', 'log', 'attributes']);

/** Undefined where it is none of the rule's business. */
export function takingOf(context: Context, value: Node): Taking | undefined {
  const { tree } = context;
  const taker = isSmallInteger(context, value) ? undefined : takerOf(context, value);
  if (
    taker === undefined ||
    taker.kind === 'pool' ||
    (taker.kind === 'stored' && !context.options.stored) ||
    (taker.kind === 'argument' && !context.options.arguments) ||
    isErrorPath(context, taker) ||
    isError(context, value) ||
    isConvertible(context, taker.node)
  )
    return undefined;
  if (tree.kind[value] === Kind.composite_literal && isSliceOrMap(context, value)) return undefined;
  const repetition = repetitionOf(context, value);
  if (repetition === undefined || (repetition.per === 'call' && taker.name === 'context.WithValue')) return undefined;
  const taking: Taking = { value, taker, repetition };
  if (!context.options.seldom && isUnseen(context, taking)) return undefined;
  if (!context.options.little && isBesideText(context, taking)) return undefined;
  return context.options.tests || !isInTestFunction(context, value) ? taking : undefined;
}

/** What sprintf-conversion speaks of: without fmt there is no box. */
function isConvertible(context: Context, call: Node): boolean {
  const printed = context.tree.kind[call] === Kind.call_expression ? solePrint(context, call) : undefined;
  return printed !== undefined && conversionFor(context, printed) !== undefined;
}

function isError({ types }: Context, node: Node): boolean {
  return types.implementsError(types.typeOf(node)) === true;
}

/** What escaping-pointer speaks of. */
function isSliceOrMap({ types }: Context, literal: Node): boolean {
  const { kind } = types.underlying(types.typeOf(literal));
  return kind === 'slice' || kind === 'map';
}

const APPENDS = /(?:^|\.)Append(?:f|ln)?$/;

/** Whether the text goes into a buffer that is there already. */
function isAppended(tree: Tree, { name, node }: Taker): boolean {
  return APPENDS.test(name) && tree.kind[firstChild(tree, go.callExpression.arguments(tree, node))] !== Kind.nil;
}

/** Beside a system call, a clock that is waited for, and all that a request needs, such a box is not seen. */
export function isUnseen(context: Plain, { taker, repetition }: Taking): boolean {
  return taker.writes || repetition.per === 'call' || isPaced(context, repetition.loop);
}

/** Beside the text that is made it is hardly seen, unless that goes into what is there already, mostly is not made, or a request waits for many. */
export function isBesideText(context: Plain, { value, taker }: Taking): boolean {
  return taker.kind !== 'log' && WRITES_TEXT.has(taker.kind) && !isAppended(context.tree, taker) && !isCalledOften(context, value);
}
