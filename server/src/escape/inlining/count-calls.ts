/** Calls as the compiler's inliner counts them: the call's own nodes, conversions of arguments, and what the name in front costs. */
import type { Type, Types } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { type CallTarget, calledExpression } from '../calls/callees.ts';
import type { FileFacts } from '../program.ts';
import { isAtStart, priceOfAddress, type Tally } from './tally.ts';

/** The name of a method, which the budget leaves out. */
const METHOD_NAME = 2;

/**
 * Counts a call_expression or type_conversion_expression without its operands, and answers the row to go on with. `price` is what
 * the budget pays for the called function; undefined where nodes alone are counted.
 */
export function countCall(tally: Tally, row: Node, target: CallTarget, price: number | undefined): Node {
  const { tree } = tally.facts;
  const args = tree.kind[row] === Kind.call_expression ? go.callExpression.arguments(tree, row) : NONE;
  const list = args === NONE ? [go.typeConversionExpression.operand(tree, row)] : children(tree, args);
  if (target.kind === 'conversion') {
    countConversion(tally, row, list[0] ?? NONE);
    return args === NONE ? go.typeConversionExpression.operand(tree, row) : args + 1;
  }
  tally.cost++;
  if (target.kind === 'builtin') return countBuiltin(tally, row, target.name, list);
  tally.cost += price ?? 0;
  countArguments(tally, row, list);
  return countCalled(tally, row, target, args, price === undefined ? METHOD_NAME : 0);
}

/** Types among the arguments cost nothing; a map or channel made without a size has one of 0. */
function countBuiltin(tally: Tally, row: Node, name: string, args: readonly Node[]): Node {
  const { tree, types } = tally.facts;
  const [first, second] = args;
  switch (name) {
    case 'recover':
      tally.isForbidden = true;
      return tree.next[row];
    case 'panic':
      tally.cost++;
      return first ?? tree.next[row];
    case 'new':
      return tree.next[row];
    case 'make':
      if (second === undefined) tally.cost++;
      return second ?? tree.next[row];
    case 'append': {
      const slice = first === undefined ? undefined : types.underlying(types.typeOf(first));
      if (slice?.kind === 'slice') for (const value of args.slice(1)) if (!isSpread(tally.facts, value)) tally.box(slice.element, value);
      return first ?? tree.next[row];
    }
    default:
      return first ?? tree.next[row];
  }
}

function countConversion(tally: Tally, row: Node, operand: Node): void {
  const { types } = tally.facts;
  const to = types.typeOf(row);
  const from = types.typeOf(operand);
  if (!isSameMemory(tally.facts, to, from)) tally.cost++;
}

function countArguments(tally: Tally, call: Node, args: readonly Node[]): void {
  const { types } = tally.facts;
  const type = types.typeOf(calledExpression(tally.facts, call));
  if (type.kind !== 'function') return;
  const { parameters, isVariadic } = type;
  const [only] = args;
  const several = only === undefined || args.length > 1 ? undefined : types.typeOf(only);
  if (several?.kind === 'tuple' && several.elements.length > 1) {
    tally.giveSeveral(several.elements, parameters);
    return;
  }
  const fixed = isVariadic ? parameters.length - 1 : parameters.length;
  const last = parameters[fixed];
  for (const [i, argument] of args.entries()) {
    if (isSpread(tally.facts, argument)) return;
    tally.box(i < fixed ? parameters[i] : last?.kind === 'slice' ? last.element : undefined, argument);
  }
  if (isVariadic) tally.cost += args.length > fixed ? 2 : 1;
}

/** What stands before the parentheses: a function's name, a receiver with what leads from it to the method, or a value. */
function countCalled(tally: Tally, call: Node, target: CallTarget, args: Node, priceOfName: number): Node {
  const { tree, types } = tally.facts;
  const called = unparenthesized(tree, calledExpression(tally.facts, call));
  if (tree.kind[called] !== Kind.selector_expression) return tree.kind[call] === Kind.call_expression ? call + 1 : args;
  const selection = types.selectionOf(called);
  if (selection?.kind !== 'method') return called;
  if (selection.isExpression) return args + 1;
  const operand = go.selectorExpression.operand(tree, called);
  const holder = types.underlying(selection.through.at(-1)?.type ?? types.typeOf(operand));
  const isPointer = holder.kind === 'pointer';
  const isAddressed = selection.hasPointerReceiver && !isPointer;
  tally.cost += priceOfName;
  const [embedded, ...further] = selection.through;
  // The receiver is the address of the embedded value, which is the holder's own.
  if (isAddressed && embedded !== undefined && further.length === 0 && isAtStart(tally.facts, operand, embedded.name)) return operand;
  tally.cost += selection.through.length;
  if (isAddressed && selection.through.length === 0) tally.cost += priceOfAddress(tally.facts, operand);
  else if (isAddressed || (isPointer && !selection.hasPointerReceiver) || target.kind === 'dynamic') tally.cost++;
  return operand;
}

function isSpread({ tree }: FileFacts, argument: Node): boolean {
  return tree.kind[argument] === Kind.variadic_argument;
}

/** Whether a conversion only changes how the value is called. */
function isSameMemory({ types }: FileFacts, to: Type, from: Type): boolean {
  const target = types.underlying(to);
  const source = types.underlying(from);
  if (target.kind === 'interface') return source.kind === 'nil';
  if (target.kind !== 'basic' || source.kind !== 'basic')
    return isPointer(target) || isPointer(source) || types.isIdentical(target, source);
  // A conversion of a floating-point number rounds, so that the compiler keeps it.
  if (/^(float|complex)/.test(target.name)) return false;
  return isPointer(target) || isPointer(source) || simpleName(target.name, types) === simpleName(source.name, types);
}

/** Types of one representation share a name. */
function simpleName(name: string, { wordSize }: Types): string {
  return WORDS.get(name)?.concat(String(8 * wordSize)) ?? SAME_AS.get(name) ?? name;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['int', 'int'],
  ['uint', 'uint'],
  ['uintptr', 'uint'],
]);
const SAME_AS: ReadonlyMap<string, string> = new Map([
  ['byte', 'uint8'],
  ['rune', 'int32'],
]);

function isPointer(type: Type): boolean {
  return type.kind === 'pointer' || (type.kind === 'basic' && /^(unsafe\.)?Pointer$/.test(type.name));
}
