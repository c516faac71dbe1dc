/**
 * Writes for whose sake a string is copied into bytes, or bytes into a string, though the writer takes both: what they write,
 * and with which other method. Text that fmt makes is sprintf-write's.
 */
import { Since, type Type } from '../../model/index.ts';
import { descendants, enclosingFunction, firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { writingFormat } from '../kit/formatted-writes.ts';
import { calledFunction, plainArguments } from '../kit/known-calls.ts';
import { bytesTurnedToString, copiesToHeap, isShortText, stringTurnedToBytes } from '../kit/text-conversions.ts';
import type { Options, RuleContext } from '../rule.ts';
import { AGREEING, doubtOf, nameOf } from './agreement.ts';

type Context = RuleContext<Options>;
type Method = Extract<NonNullable<ReturnType<Context['types']['lookupFieldOrMethod']>>, { kind: 'method' }>;

/**
 * `method`: `w.Write([]byte(s))` or `w.WriteString(string(b))`; `function`: `io.WriteString(w, string(b))`; `rune`:
 * `w.WriteRune('a')`, whose `value` and `argument` are the character.
 */
export interface ConvertedWrite {
  readonly kind: 'method' | 'function' | 'rune';
  readonly writer: Node;
  /** What is handed to the writer now. */
  readonly argument: Node;
  /** What it is made of, and could be handed over. */
  readonly value: Node;
  /** The method that takes the value. */
  readonly cure: 'Write' | 'WriteString' | 'WriteByte';
  /** `heap`: always allocated. `beyond`: from 33 bytes on. `older`: only compilers that copy what is only read. `none`: nothing is copied. */
  readonly copy: 'heap' | 'beyond' | 'older' | 'none';
  /** Why the other method may not write the same, as the end of a fix's title; undefined where it is known to. */
  readonly doubt: string | undefined;
}

/** Writers that do not keep the bytes, and yet hand them to where the compiler does not see that nobody writes to them. */
const COPYING: ReadonlySet<string> = new Set(['os.File.Write', 'hash/maphash.Hash.Write']);

export function bytesWritten(context: Context, call: Node): ConvertedWrite | undefined {
  const found = soleArgument(context, call);
  const value = found === undefined ? NONE : stringTurnedToBytes(context, found.argument);
  if (found === undefined || value === NONE || isFormatted(context, value)) return undefined;
  const other = counterpart(context, call, found.writer, 'WriteString');
  const called = calledFunction(context, call);
  if (other === undefined || called === undefined) return undefined;
  const copy = copyOf(context, called, found.argument, isShortText(context, value));
  if (copy === 'none' || iterationsBack(context, other, (body, node) => stringTurnedToBytes(body, node) !== NONE)) return undefined;
  const exchange = { ...found, value, cure: 'WriteString' } as const;
  return { kind: 'method', ...exchange, copy, doubt: doubtOf(context, { ...exchange, method: called }) };
}

export function stringWritten(context: Context, call: Node): ConvertedWrite | undefined {
  const called = calledFunction(context, call);
  if (called === 'io.WriteString') return writtenByFunction(context, call);
  const found = soleArgument(context, call);
  const value = found === undefined ? NONE : bytesTurnedToString(context, found.argument);
  const other = found === undefined || value === NONE ? undefined : counterpart(context, call, found.writer, 'Write');
  if (found === undefined || called === undefined || other === undefined) return undefined;
  if (iterationsBack(context, other, (body, node) => bytesTurnedToString(body, node) !== NONE)) return undefined;
  const exchange = { ...found, value, cure: 'Write' } as const;
  const doubt = doubtOf(context, { ...exchange, method: called });
  return { kind: 'method', ...exchange, copy: copiedString(context, found.argument), doubt };
}

function writtenByFunction(context: Context, call: Node): ConvertedWrite | undefined {
  const { tree, types } = context;
  const given = plainArguments(tree, call);
  if (given?.length !== 2) return undefined;
  const [writer] = given;
  const argument = unparenthesized(tree, given[1]);
  const value = bytesTurnedToString(context, argument);
  if (value === NONE) return undefined;
  const method = types.lookupFieldOrMethod(types.typeOf(writer), 'Write');
  if (method?.kind !== 'method') return undefined;
  const exchange = { writer, value, cure: 'Write' } as const;
  const doubt = doubtOf(context, { ...exchange, method: `${nameOf(method.receiver)}.Write` });
  return { kind: 'function', ...exchange, argument, copy: copiedString(context, argument), doubt };
}

/** `w.WriteRune('a')` of a character that is one byte, where nobody looks at the result. */
export function runeWritten(context: Context, call: Node): ConvertedWrite | undefined {
  const { tree, types } = context;
  const isOfStandard = WRITES_RUNES.has(calledFunction(context, call) ?? '');
  const found = isOfStandard && tree.kind[tree.parent[call]] === Kind.expression_statement ? soleArgument(context, call) : undefined;
  const character = found === undefined ? undefined : types.constantOf(found.argument);
  if (found === undefined || typeof character !== 'bigint' || character < 0n || character > 0x7fn) return undefined;
  const other = types.lookupFieldOrMethod(types.typeOf(found.writer), 'WriteByte');
  const isThere = other?.kind === 'method' && WRITES_RUNES.has(`${nameOf(other.receiver)}.WriteRune`);
  return isThere ? { kind: 'rune', ...found, value: found.argument, cure: 'WriteByte', copy: 'none', doubt: undefined } : undefined;
}

const WRITES_RUNES: ReadonlySet<string> = new Set(['bytes.Buffer.WriteRune', 'bufio.Writer.WriteRune', 'strings.Builder.WriteRune']);

/** Receiver and argument of a method called with one. */
function soleArgument({ tree, types }: Context, call: Node): Pick<ConvertedWrite, 'writer' | 'argument'> | undefined {
  const given = plainArguments(tree, call);
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  if (given?.length !== 1 || tree.kind[called] !== Kind.selector_expression) return undefined;
  const writer = go.selectorExpression.operand(tree, called);
  const { kind } = types.calleeOf(call);
  return kind === 'method' || kind === 'dynamic' ? { writer, argument: unparenthesized(tree, given[0]) } : undefined;
}

/** The writer's method of that name, if it can be called in the place of the one that is, and gives the same results. */
function counterpart({ tree, types }: Context, call: Node, writer: Node, name: 'Write' | 'WriteString'): Method | undefined {
  const type = types.typeOf(writer);
  const other = types.lookupFieldOrMethod(type, name);
  const current = types.lookupFieldOrMethod(type, name === 'Write' ? 'WriteString' : 'Write');
  if (other?.kind !== 'method' || current?.kind !== 'method' || !isWriting(types, other.type, name)) return undefined;
  if (!isWriting(types, current.type, name === 'Write' ? 'WriteString' : 'Write')) return undefined;
  if (types.underlying(other.receiver).kind === 'interface')
    return name === 'Write' || embedsStringWriter(types, other.receiver) ? other : undefined;
  const isOneType = types.isIdentical(other.receiver, current.receiver) && other.hasPointerReceiver === current.hasPointerReceiver;
  const fn = enclosingFunction(tree, call);
  const isItself = [other, current].some(
    ({ declaration }) => declaration !== undefined && declaration.file.tree === tree && declaration.node === fn,
  );
  return isOneType && !isItself ? other : undefined;
}

/**
 * Whether the interface, which has a WriteString, promises by its name that it spares the copy: it is io.StringWriter or embeds
 * it. Who lists a WriteString of his own may have one behind it that calls Write.
 */
function embedsStringWriter(types: Context['types'], type: Type): boolean {
  if (type.kind !== 'named' || type.symbol?.file === undefined) return false;
  if (nameOf(type) === 'io.StringWriter') return true;
  const { file, declaration } = type.symbol;
  const spec = file.tree.parent[declaration];
  const own = types.typesIn(file);
  return (
    own !== undefined &&
    descendants(file.tree, spec, Kind.type_elem).some((embedded) => {
      const only = firstChild(file.tree, embedded);
      return only !== NONE && nameOf(own.typeOfTypeNode(only)) === 'io.StringWriter';
    })
  );
}

/** `func([]byte) (int, error)` or `func(string) (int, error)`. */
function isWriting(types: Context['types'], type: Type, name: 'Write' | 'WriteString'): boolean {
  if (type.kind !== 'function' || type.isVariadic || type.parameters.length !== 1 || type.results.length !== 2) return false;
  const taken: Type = { kind: 'basic', name: name === 'Write' ? 'byte' : 'string' };
  const wanted: Type = name === 'Write' ? { kind: 'slice', element: taken } : taken;
  const [count, error] = type.results;
  const isCounted = count.kind === 'basic' && count.name === 'int' && error.kind === 'named' && error.name === 'error';
  return isCounted && types.isIdentical(type.parameters[0], wanted);
}

/** Whether the method, which is in view, makes the same conversion the other way round; true where it is not in view and not of the standard library. */
function iterationsBack(
  context: Context,
  method: Method,
  isConversion: (body: Pick<Context, 'tree' | 'types'>, node: Node) => boolean,
): boolean {
  if (method.declaration === undefined || AGREEING.has(`${nameOf(method.receiver)}.${method.name}`)) return false;
  const { file, node } = method.declaration;
  const types = context.types.typesIn(file);
  const body = go.functionDeclaration.body(file.tree, node);
  if (types === undefined || body === NONE) return true;
  const inside = { tree: file.tree, types };
  return [Kind.call_expression, Kind.type_conversion_expression].some((kind) =>
    descendants(file.tree, body, kind).some((each) => isConversion(inside, each)),
  );
}

function copyOf(context: Context, called: string, conversion: Node, isShort: boolean): ConvertedWrite['copy'] {
  if (COPYING.has(called)) return isShort ? 'none' : 'beyond';
  if (copiesToHeap(context, conversion)) return 'heap';
  const isRead = called === 'bytes.Buffer.Write' || called === 'strings.Builder.Write';
  return isRead && !isShort && context.file.go < Since.readsInPlace ? 'older' : 'none';
}

/** A string always is a copy when it is handed to a function. */
function copiedString(context: Context, conversion: Node): 'heap' | 'beyond' {
  return copiesToHeap(context, conversion) ? 'heap' : 'beyond';
}

/** Text that sprintf-write speaks of. */
function isFormatted(context: Context, value: Node): boolean {
  return context.tree.kind[value] === Kind.call_expression && writingFormat(context, value) !== undefined;
}
