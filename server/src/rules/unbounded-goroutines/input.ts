/** What a loop goes over, where it is known to be as much as somebody else has. */
import { isStandardLibrary, type Type, type Types } from '../../model/index.ts';
import { firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { type Origin, originOf } from './origins.ts';

export interface Input {
  /** What is ranged over, or what the loop asks for the next. */
  readonly operand: Node;
  readonly origin: Origin;
  /** Whether elements come one by one, for as long as somebody brings them. */
  readonly isStream: boolean;
}

/** Undefined where the number of iterations is known, configured or unclear. */
export function inputOf(context: RuleContext, loop: Node): Input | undefined {
  const { tree, types, file } = context;
  const clause = firstChild(tree, loop);
  const isRange = tree.kind[clause] === Kind.range_clause;
  const operand = isRange ? unparenthesized(tree, go.rangeClause.right(tree, clause)) : clause;
  const type = isRange ? types.underlying(types.typeOf(operand)) : undefined;
  if (type?.kind === 'channel')
    return isWork(types, type.element) ? { operand, origin: { kind: 'item', file, node: operand }, isStream: true } : undefined;
  const origin = originOf(context, loop);
  if (origin === undefined || (origin.kind === 'file' && type !== undefined && !isOfNames(types, type))) return undefined;
  const isStream = !isRange && origin.node >= clause && origin.node < tree.next[clause] && origin.file === file;
  return { operand: isStream ? receiverOf(context, origin.node, operand) : operand, origin, isStream };
}

/** Whether the elements are names or entries of files, rather than what was loaded from them, such as plugins. */
function isOfNames(types: Types, type: Type): boolean {
  if (type.kind !== 'slice' && type.kind !== 'map') return true;
  const under = types.underlying(type.element);
  const isMark = (under.kind === 'basic' && under.name === 'bool') || (under.kind === 'struct' && under.fields.length === 0);
  const element = type.kind === 'map' && isMark ? type.key : type.element;
  const isString = types.underlying(element).kind === 'basic';
  return isString || (element.kind === 'named' && isStandardLibrary(element.path));
}

/** `x` of the call `x.Next()` by which the loop goes on. */
function receiverOf({ tree }: RuleContext, call: Node, clause: Node): Node {
  const receiver = go.selectorExpression.operand(tree, unparenthesized(tree, go.callExpression.function(tree, call)));
  return receiver === NONE ? clause : receiver;
}

/** Whether values that come over a channel are work, rather than signals, ticks, functions, or connections, each of which is served for as long as it lasts. */
function isWork(types: Types, type: Type): boolean {
  const inner = type.kind === 'pointer' ? type.element : type;
  const under = types.underlying(inner);
  if (['unknown', 'function', 'channel', 'type-parameter', 'tuple', 'nil'].includes(under.kind)) return false;
  if (under.kind === 'struct' && under.fields.length === 0) return false;
  if (inner.kind === 'named' && inner.path !== '' && isStandardLibrary(inner.path)) return false;
  return !types.methodsOf(type).methods.some(({ name }) => LASTING.has(name));
}

/** Methods of what is there until somebody ends it. */
const LASTING: ReadonlySet<string> = new Set(['Accept', 'Close', 'Reject', 'Stop', 'Shutdown', 'Disconnect', 'Serve', 'Run', 'Start']);
