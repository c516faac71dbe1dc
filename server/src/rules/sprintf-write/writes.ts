/** The calls that write a text formatted by fmt: `w.Write([]byte(…))`, `w.WriteString(…)` and `io.WriteString(w, …)`. */
import type { Type } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { writingFormat } from '../kit/formatted-writes.ts';
import { isByteSlice } from '../kit/formatting.ts';
import { calledFunction, plainArguments } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';

export interface FormattedWrite {
  /** The call of Sprintf, Sprint or Sprintln. */
  readonly print: Node;
  /** `Fprintf`, `Fprint` or `Fprintln`. */
  readonly cure: string;
  readonly writer: Node;
  /** How the writer is handed to Fprintf: its address where its pointer has the method. */
  readonly isAddressTaken: boolean;
  /** The text is converted to bytes. */
  readonly isConverted: boolean;
  /** Whether Fprintf writes the same: the writer is an interface or of the standard library, whose WriteString and Write agree. */
  readonly isSame: boolean;
}

/** Types of the standard library whose WriteString does to the text what Write does to its bytes. */
const AGREEING: ReadonlySet<string> = new Set([
  'bytes.Buffer.WriteString',
  'bufio.Writer.WriteString',
  'os.File.WriteString',
  'strings.Builder.WriteString',
]);

export function formattedWriteAt(context: RuleContext, call: Node): FormattedWrite | undefined {
  const { tree } = context;
  const given = plainArguments(tree, call);
  if (given === undefined || given.length === 0) return undefined;
  const text = unparenthesized(tree, given[given.length - 1]);
  const converted = convertedToBytes(context, text);
  const print = unparenthesized(tree, converted === NONE ? text : converted);
  if (tree.kind[print] !== Kind.call_expression) return undefined;
  const cure = writingFormat(context, print);
  if (cure === undefined) return undefined;
  const called = calledFunction(context, call);
  if (called === 'io.WriteString' && given.length === 2 && converted === NONE) {
    const isSame = writeMethodOf(context, given[0])?.isTrusted ?? true;
    return { print, cure, writer: given[0], isAddressTaken: false, isConverted: false, isSame };
  }
  const writer = go.selectorExpression.operand(tree, unparenthesized(tree, go.callExpression.function(tree, call)));
  const isMethod = given.length === 1 && writer !== NONE && called?.endsWith(converted === NONE ? '.WriteString' : '.Write') === true;
  const method = isMethod ? writeMethodOf(context, writer) : undefined;
  if (method === undefined || called === undefined) return undefined;
  const isSame = converted === NONE ? AGREEING.has(called) : method.isTrusted;
  return { print, cure, writer, isAddressTaken: method.isAddressTaken, isConverted: converted !== NONE, isSame };
}

/** What `[]byte(x)` converts, or NONE. */
function convertedToBytes({ tree, types }: RuleContext, node: Node): Node {
  if (tree.kind[node] !== Kind.type_conversion_expression && tree.kind[node] !== Kind.call_expression) return NONE;
  if (types.calleeOf(node).kind !== 'conversion' || !isByteSlice(types, types.typeOf(node))) return NONE;
  return tree.kind[node] === Kind.type_conversion_expression
    ? go.typeConversionExpression.operand(tree, node)
    : (children(tree, go.callExpression.arguments(tree, node))[0] ?? NONE);
}

interface WriteMethod {
  readonly isAddressTaken: boolean;
  /** An interface, whose contract holds, or a type of the standard library. */
  readonly isTrusted: boolean;
}

/** How a value is an io.Writer; undefined when it is none, or handing it over would copy it. */
function writeMethodOf({ types }: RuleContext, writer: Node): WriteMethod | undefined {
  const type = types.typeOf(writer);
  const found = types.lookupFieldOrMethod(type, 'Write');
  if (found?.kind !== 'method' || !isWrite(found.type)) return undefined;
  const isInterface = types.underlying(type).kind === 'interface';
  const isTrusted = found.declaration === undefined || isStandard(found.receiver);
  if (isInterface || type.kind === 'pointer') return { isAddressTaken: false, isTrusted };
  const isAddressTaken = found.hasPointerReceiver && !found.isIndirect;
  return isAddressTaken || types.isPointerShaped(type) ? { isAddressTaken, isTrusted } : undefined;
}

/** `func([]byte) (int, error)`. */
function isWrite(type: Type): boolean {
  if (type.kind !== 'function' || type.isVariadic || type.parameters.length !== 1 || type.results.length !== 2) return false;
  const [bytes] = type.parameters;
  const [count, error] = type.results;
  const isBytes = bytes.kind === 'slice' && bytes.element.kind === 'basic' && ['byte', 'uint8'].includes(bytes.element.name);
  return isBytes && count.kind === 'basic' && count.name === 'int' && error.kind === 'named' && error.name === 'error' && error.path === '';
}

function isStandard(type: Type): boolean {
  return type.kind === 'named' && ['bytes', 'bufio', 'os', 'strings', 'net'].includes(type.path);
}
