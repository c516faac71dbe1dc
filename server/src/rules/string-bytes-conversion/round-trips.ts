/** Texts that are turned into bytes, or bytes into text, for somebody who would have taken them as they were. */
import { accessAt, isStandardLibrary, outerParentheses, Since } from '../../model/index.ts';
import { children, go, isText, Kind, NONE, type Node } from '../../syntax/index.ts';
import { assignmentAround, sidesOf } from '../kit/cancel/sources.ts';
import { calledFunction, plainArguments } from '../kit/known-calls.ts';
import { bytesTurnedToString, conversionAround, copiesToHeap, isShortText, stringTurnedToBytes } from '../kit/text-conversions.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

/**
 * `bytes`: `[]byte(string(b))`, `string`: `string([]byte(s))`, `buffer`: `[]byte(buf.String())`, each with its outer conversion;
 * `handed`: a conversion that `append` or `copy` reads at once, `counted`: one that `len` does. `value` is what was converted,
 * of `buffer` the buffer.
 */
export type Detour =
  | { readonly kind: 'bytes'; readonly conversion: Node; readonly value: Node; readonly isKept: boolean }
  | { readonly kind: 'string'; readonly conversion: Node; readonly value: Node }
  | { readonly kind: 'buffer'; readonly conversion: Node; readonly value: Node; readonly isKept: boolean }
  | {
      readonly kind: 'handed' | 'counted';
      readonly conversion: Node;
      readonly value: Node;
      readonly taker: Node;
      readonly isOlder: boolean;
    };

/** What a conversion undoes of the one inside it; undefined where it undoes nothing, or costs nothing. */
export function detourThrough(context: Context, conversion: Node): Detour | undefined {
  const text = stringTurnedToBytes(context, conversion);
  if (text === NONE) return stringAgain(context, conversion);
  const value = bytesTurnedToString(context, text);
  if (value !== NONE) {
    const isKept = copiesToHeap(context, conversion);
    return isKept || !isCopyToChange(context, conversion) ? { kind: 'bytes', conversion, value, isKept } : undefined;
  }
  const buffer = bufferPrinted(context, text);
  return buffer === NONE ? undefined : { kind: 'buffer', conversion, value: buffer, isKept: copiesToHeap(context, conversion) };
}

/** Whether a variable takes the copy, and somebody may change it there: then the bytes themselves would not do. */
function isCopyToChange({ tree, scopes, types }: Context, conversion: Node): boolean {
  const [targets, values] = sidesOf(tree, assignmentAround(tree, conversion));
  const target = targets[values.indexOf(outerParentheses(tree, conversion))];
  const symbol = target === undefined ? undefined : scopes.symbolOf(target);
  if (symbol === undefined) return false;
  return scopes.references(symbol).some(({ node }) => {
    const parent = tree.parent[node];
    if (tree.kind[parent] === Kind.index_expression) return accessAt(tree, parent) !== 'read';
    const callee = tree.kind[parent] === Kind.argument_list ? types.calleeOf(tree.parent[parent]) : undefined;
    return (callee?.kind === 'function' || callee?.kind === 'method') && !isStandardLibrary(callee.path);
  });
}

function stringAgain(context: Context, conversion: Node): Detour | undefined {
  const bytes = bytesTurnedToString(context, conversion);
  const value = bytes === NONE ? NONE : stringTurnedToBytes(context, bytes);
  const isCopied = value !== NONE && context.escape.siteAt(context.file, conversion)?.cost.allocates !== 'never';
  return isCopied ? { kind: 'string', conversion, value } : undefined;
}

/** `buf` of `buf.String()`, where it is a bytes.Buffer that has its own Bytes; NONE for anything else. */
function bufferPrinted(context: Context, call: Node): Node {
  const { tree, types } = context;
  if (tree.kind[call] !== Kind.call_expression || calledFunction(context, call) !== 'bytes.Buffer.String') return NONE;
  const buffer = go.selectorExpression.operand(tree, go.callExpression.function(tree, call));
  if (buffer === NONE || types.isTypeExpression(buffer)) return NONE;
  const bytes = types.lookupFieldOrMethod(types.typeOf(buffer), 'Bytes');
  const isBuffers = bytes?.kind === 'method' && bytes.receiver.kind === 'named' && bytes.receiver.path === 'bytes';
  return isBuffers ? buffer : NONE;
}

/** A conversion whose copy a builtin reads and forgets; undefined where the compiler makes no copy of it. */
export function handedOver(context: Context, conversion: Node): Detour | undefined {
  const { tree, file } = context;
  const bytes = bytesTurnedToString(context, conversion);
  const isOlder = bytes === NONE;
  if (isOlder && file.go >= Since.readsInPlace) return undefined;
  const value = isOlder ? stringTurnedToBytes(context, conversion) : bytes;
  if (value === NONE || (isOlder && isShortText(context, value))) return undefined;
  const taker = builtinTaking(context, conversion);
  if (taker === NONE) return undefined;
  const isCounted = context.types.calleeOf(taker).kind === 'builtin' && plainArguments(tree, taker)?.length === 1;
  if (isCounted && !isOlder) return undefined;
  return { kind: isCounted ? 'counted' : 'handed', conversion, value, taker, isOlder };
}

/** The call `append(x, node...)`, `copy(x, node)` or `len(node)`; NONE where there is none. */
export function builtinTaking({ tree, types }: Context, node: Node): Node {
  const outer = outerParentheses(tree, node);
  const isSpread = tree.kind[tree.parent[outer]] === Kind.variadic_argument;
  const argument = isSpread ? tree.parent[outer] : outer;
  const list = tree.parent[argument];
  const call = tree.kind[list] === Kind.argument_list ? tree.parent[list] : NONE;
  if (tree.kind[call] !== Kind.call_expression) return NONE;
  const callee = types.calleeOf(call);
  const wanted = TAKEN_AT[callee.kind === 'builtin' ? callee.name : ''];
  const isThere = wanted !== undefined && isSpread === (wanted.isSpread ?? false) && children(tree, list)[wanted.index] === argument;
  return isThere ? call : NONE;
}

const TAKEN_AT: Readonly<Record<string, { readonly index: number; readonly isSpread?: true } | undefined>> = {
  append: { index: 1, isSpread: true },
  copy: { index: 1 },
  len: { index: 0 },
};

/** The conversion around a call, where only its type's name tells that it is one; NONE where it is visited by itself. */
export function namedConversionAround(context: Context, node: Node): Node {
  const { tree } = context;
  const outer = conversionAround(context, node);
  const isVisited = tree.kind[outer] !== Kind.call_expression || isText(tree, go.callExpression.function(tree, outer), 'string');
  return isVisited ? NONE : outer;
}
