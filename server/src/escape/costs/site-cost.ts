/**
 * What an allocation site costs when it runs, which is not what `-m` prints: the compiler says "escapes to heap" of constants, bytes
 * and values without size too, for which nothing is allocated, and "does not escape" of copies that outgrow their buffer on the
 * stack. After cmd/compile/internal/walk (dataWord, dataWordFuncName, walkMakeSlice) and the runtime's functions behind them.
 */
import type { GoSymbol } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { isEmptySlice, staticValue } from '../calls/static-values.ts';
import type { Site } from '../flows/batch.ts';
import { capturedBy, heldByReference } from '../lowering/closures.ts';
import type { FileFacts } from '../program.ts';
import { boxCost } from './box-cost.ts';
import { type Cost, FREE } from './cost.ts';

type Place = Pick<Site, 'kind' | 'facts' | 'node' | 'symbol' | 'inlinedCost'>;

/** Bytes of the buffer on the stack that strings and slices of unknown length are first put in (tmpstringbufsize, variable make). */
const STACK_BUFFER = 32;
const FITS = `while it fits into ${STACK_BUFFER} bytes`;
/** Entries of a map's first group, which the stack may hold. */
const MAP_GROUP = 8;

/** By what the compiler says of the site. */
export function costOf(site: Place, gcSays: 'heap' | 'stack'): Cost {
  if (site.inlinedCost !== undefined) return gcSays === 'heap' ? site.inlinedCost() : FREE;
  return gcSays === 'heap' ? heapCost(site) : stackCost(site);
}

function heapCost({ kind, facts, node, symbol }: Place): Cost {
  const { types, tree } = facts;
  switch (kind) {
    case 'moved':
      return sized(symbol === undefined ? undefined : types.sizeOf(types.typeOfSymbol(symbol)));
    case 'new':
      return sized(pointedSize(facts, node));
    case 'composite':
      return tree.kind[node] === Kind.unary_expression
        ? sized(types.sizeOf(types.typeOf(go.unaryExpression.operand(tree, node))))
        : literalCost(facts, node);
    case 'make':
      return makeCost(facts, node, 'heap');
    case 'append':
      return appendCost(facts, node);
    case 'closure':
      return closureCost(facts, node);
    case 'method-value':
      return { allocates: 'always', bytes: methodValueSize(facts, node), unless: undefined };
    case 'variadic':
      return sized(variadicSize(facts, node));
    case 'concat':
      return { allocates: 'always', bytes: undefined, unless: 'when all parts but one are empty' };
    case 'conversion':
      return { allocates: 'always', bytes: undefined, unless: conversionExemption(facts, node) };
    case 'interface':
      return boxCost(facts, node, 'heap');
  }
}

/** What does not outlive its function, and yet may not fit into its frame. */
function stackCost({ kind, facts, node }: Place): Cost {
  switch (kind) {
    case 'concat':
    case 'conversion':
      return isReadInPlace(facts, node) ? FREE : { allocates: 'sometimes', bytes: undefined, unless: FITS };
    case 'append':
      return appendCost(facts, node);
    case 'make':
      return makeCost(facts, node, 'stack');
    case 'interface':
      return boxCost(facts, node, 'stack');
    default:
      return FREE;
  }
}

/** An object of that many bytes; of none there is one for all (runtime.zerobase). */
function sized(bytes: number | undefined): Cost {
  return bytes === 0 ? NO_SIZE : { allocates: 'always', bytes, unless: undefined };
}

const NO_SIZE: Cost = { allocates: 'never', bytes: 0, unless: 'because the value has no size' };

function pointedSize({ types }: FileFacts, node: Node): number | undefined {
  const type = types.underlying(types.typeOf(node));
  return type.kind === 'pointer' ? types.sizeOf(type.element) : undefined;
}

/** The body of a slice or map literal, or of a literal whose `&T` is left out. */
function literalCost(facts: FileFacts, body: Node): Cost {
  const { tree, types } = facts;
  const literal = tree.kind[tree.parent[body]] === Kind.composite_literal ? tree.parent[body] : body;
  const type = types.underlying(types.typeOf(literal));
  if (type.kind === 'pointer') return sized(types.sizeOf(type.element));
  if (type.kind !== 'slice') return sized(undefined);
  const elements = children(tree, body);
  const size = types.sizeOf(type.element);
  if (elements.length === 0) return { allocates: 'never', bytes: 0, unless: 'because the slice is empty' };
  const isPositional = elements.every((element) => tree.kind[element] !== Kind.keyed_element);
  return size === 0 ? NO_SIZE : sized(isPositional && size !== undefined ? size * elements.length : undefined);
}

function makeCost(facts: FileFacts, call: Node, gcSays: 'heap' | 'stack'): Cost {
  const { types } = facts;
  const type = types.underlying(types.typeOf(call));
  const sizes = argumentsOf(facts, call).slice(1);
  const last = sizes.at(-1);
  const count = last === undefined ? 0n : staticValue(facts, last);
  if (type.kind === 'slice') return sliceCost(types.sizeOf(type.element), typeof count === 'bigint' ? Number(count) : undefined, gcSays);
  const mayOutgrow = typeof count !== 'bigint' || count > BigInt(MAP_GROUP);
  if (gcSays === 'heap') return { allocates: 'always', bytes: undefined, unless: undefined };
  if (!mayOutgrow) return FREE;
  return typeof count === 'bigint'
    ? { allocates: 'always', bytes: undefined, unless: undefined }
    : { allocates: 'sometimes', bytes: undefined, unless: `while no more than ${MAP_GROUP} entries are asked for` };
}

function sliceCost(element: number | undefined, count: number | undefined, gcSays: 'heap' | 'stack'): Cost {
  if (element === 0) return NO_SIZE;
  if (count === 0) return { allocates: 'never', bytes: 0, unless: 'because the slice is empty' };
  if (gcSays === 'stack') return count !== undefined ? FREE : { allocates: 'sometimes', bytes: undefined, unless: FITS };
  if (count === undefined) return { allocates: 'always', bytes: undefined, unless: 'when the length is 0' };
  return sized(element === undefined ? undefined : element * count);
}

function appendCost(facts: FileFacts, call: Node): Cost {
  const { types } = facts;
  const [slice, ...values] = argumentsOf(facts, call);
  const type = types.underlying(types.typeOf(call));
  if (slice === undefined || values.length === 0) return { allocates: 'never', bytes: undefined, unless: 'because nothing is appended' };
  if (type.kind === 'slice' && types.sizeOf(type.element) === 0) return NO_SIZE;
  return isEmptySlice(facts, slice)
    ? { allocates: 'sometimes', bytes: undefined, unless: 'when nothing is appended' }
    : { allocates: 'sometimes', bytes: undefined, unless: 'while the capacity lasts' };
}

/** A code pointer, then what is captured: copies, or addresses. */
function closureCost(facts: FileFacts, literal: Node): Cost {
  const captured = capturedBy(facts, literal);
  if (captured.length === 0) return { allocates: 'never', bytes: 0, unless: 'because it captures no variable' };
  return {
    allocates: 'always',
    bytes: laidOut(
      facts,
      captured.map((symbol) => capturedSize(facts, symbol)),
    ),
    unless: undefined,
  };
}

function capturedSize(facts: FileFacts, symbol: GoSymbol): number | undefined {
  const cause = heldByReference(facts, symbol);
  if (cause !== undefined) return cause.reason === 'address-perhaps' ? undefined : facts.types.wordSize;
  return facts.types.sizeOf(facts.types.typeOfSymbol(symbol));
}

function methodValueSize(facts: FileFacts, node: Node): number | undefined {
  const { types, tree } = facts;
  const selection = types.selectionOf(node);
  if (selection?.kind !== 'method' || selection.through.length > 0) return undefined;
  const operand = types.typeOf(go.selectorExpression.operand(tree, node));
  if (types.underlying(operand).kind === 'interface') return laidOut(facts, [2 * types.wordSize]);
  if (selection.hasPointerReceiver) return laidOut(facts, [types.wordSize]);
  const under = types.underlying(operand);
  return laidOut(facts, [types.sizeOf(under.kind === 'pointer' ? under.element : operand)]);
}

/** Bytes of a code pointer and the values behind it; undefined where their order and padding could matter. */
function laidOut({ types }: FileFacts, sizes: readonly (number | undefined)[]): number | undefined {
  let total = types.wordSize;
  for (const size of sizes) {
    if (size === undefined || size % types.wordSize !== 0 || size === 0) return undefined;
    total += size;
  }
  return total;
}

function variadicSize(facts: FileFacts, call: Node): number | undefined {
  const { types, tree } = facts;
  const type = types.typeOf(go.callExpression.function(tree, call));
  if (type.kind !== 'function') return undefined;
  const rest = type.parameters.at(-1);
  const count = argumentsOf(facts, call).length - (type.parameters.length - 1);
  const size = rest?.kind === 'slice' ? types.sizeOf(rest.element) : undefined;
  return size === undefined ? undefined : size * count;
}

function conversionExemption(facts: FileFacts, call: Node): string | undefined {
  const [operand] = argumentsOf(facts, call);
  if (operand === undefined) return undefined;
  const from = facts.types.underlying(facts.types.typeOf(operand));
  if (from.kind === 'slice') return 'when it has at most one byte';
  return from.kind === 'basic' && from.name === 'string' ? 'when it is empty' : undefined;
}

/** Whether the copy is only compared or looked up with, which the compiler does on the bytes themselves. */
function isReadInPlace({ tree, types }: FileFacts, node: Node): boolean {
  const isConversion = tree.kind[node] === Kind.call_expression || tree.kind[node] === Kind.type_conversion_expression;
  let outer = tree.parent[node];
  while (tree.kind[outer] === Kind.parenthesized_expression) outer = tree.parent[outer];
  switch (tree.kind[outer]) {
    case Kind.binary_expression:
      return isConversion && tree.kind[go.binaryExpression.operator(tree, outer)] !== Kind['+'];
    case Kind.index_expression:
      return isConversion && types.underlying(types.typeOf(go.indexExpression.operand(tree, outer))).kind === 'map';
    case Kind.range_clause:
      return isConversion;
    default:
      return false;
  }
}

function argumentsOf({ tree }: FileFacts, call: Node): readonly Node[] {
  if (tree.kind[call] === Kind.type_conversion_expression) return [unparenthesized(tree, go.typeConversionExpression.operand(tree, call))];
  const list = go.callExpression.arguments(tree, call);
  return list === NONE ? [] : children(tree, list);
}
