/**
 * Expressions that may be evaluated once more and a little earlier: no call but `len` and conversions between numbers, no
 * side effect, no cost worth naming. Fixes print them anew, without blanks, as gofmt does among the arguments of a call.
 */
import { children, firstChild, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import type { Code } from './places.ts';

export interface PureExpression {
  /** Go text without blanks. */
  readonly text: string;
  /** Identifiers of the variables, constants and packages it names. */
  readonly variables: readonly Node[];
  /** What it reads of variables: names of fields, `*` behind a pointer, `[]` of elements. */
  readonly parts: readonly string[];
  /** Whether it binds no tighter than `*`, so that it needs parentheses beside one. */
  readonly isBinary: boolean;
}

/** Deeper expressions are no bounds anybody writes. */
const DEPTH = 12;
const FACTORS: ReadonlySet<number> = new Set([Kind['*'], Kind['/'], Kind['%'], Kind['<<'], Kind['>>'], Kind['&']]);
const TERMS: ReadonlySet<number> = new Set([Kind['+'], Kind['-']]);

/** The expression as it can be repeated elsewhere, or undefined where that could change what happens. */
export function pureExpression(code: Code, node: Node, depth = DEPTH): PureExpression | undefined {
  const { tree } = code;
  if (depth === 0 || node === NONE) return undefined;
  switch (tree.kind[node]) {
    case Kind.identifier:
      return pureName(code, node);
    case Kind.int_literal:
    case Kind.interpreted_string_literal:
    case Kind.rune_literal:
      return { text: textOf(tree, node), variables: [], parts: [], isBinary: false };
    case Kind.parenthesized_expression:
      return wrap('(', pureExpression(code, firstChild(tree, node), depth - 1), ')');
    case Kind.selector_expression:
      return pureSelector(code, node, depth);
    case Kind.index_expression:
      return pureIndex(code, node, depth);
    case Kind.slice_expression:
      return pureSlice(code, node, depth);
    case Kind.unary_expression:
      if (tree.kind[go.unaryExpression.operator(tree, node)] !== Kind['*']) return undefined;
      return reading('*', wrap('*', pureExpression(code, go.unaryExpression.operand(tree, node), depth - 1), ''));
    case Kind.binary_expression:
      return pureBinary(code, node, depth);
    case Kind.call_expression:
      return pureCall(code, node, depth);
    default:
      return undefined;
  }
}

function wrap(before: string, inner: PureExpression | undefined, after: string): PureExpression | undefined {
  return inner && { ...inner, text: `${before}${inner.text}${after}`, isBinary: false };
}

function reading(part: string, expression: PureExpression | undefined): PureExpression | undefined {
  return expression && { ...expression, parts: [...expression.parts, part] };
}

function join(
  left: PureExpression | undefined,
  between: string,
  right: PureExpression | undefined,
  after = '',
): PureExpression | undefined {
  if (left === undefined || right === undefined) return undefined;
  return {
    text: `${left.text}${between}${right.text}${after}`,
    variables: [...left.variables, ...right.variables],
    parts: [...left.parts, ...right.parts],
    isBinary: after === '',
  };
}

function pureName(code: Code, node: Node): PureExpression | undefined {
  const symbol = code.scopes.symbolOf(node);
  if (symbol?.kind !== 'variable' && symbol?.kind !== 'constant') return undefined;
  return { text: symbol.name, variables: [node], parts: [], isBinary: false };
}

function pureSelector(code: Code, node: Node, depth: number): PureExpression | undefined {
  const { tree, scopes, types } = code;
  const operand = go.selectorExpression.operand(tree, node);
  const field = textOf(tree, go.selectorExpression.field(tree, node));
  const type = types.typeOf(node);
  if (type.kind === 'function' || type.kind === 'unknown') return undefined;
  if (tree.kind[operand] === Kind.identifier && scopes.symbolOf(operand)?.kind === 'import') {
    return { text: `${textOf(tree, operand)}.${field}`, variables: [operand], parts: [field], isBinary: false };
  }
  const inner = pureExpression(code, operand, depth - 1);
  return inner && { ...inner, text: `${inner.text}.${field}`, parts: [...inner.parts, field], isBinary: false };
}

function pureIndex(code: Code, node: Node, depth: number): PureExpression | undefined {
  const { tree, types } = code;
  const operand = go.indexExpression.operand(tree, node);
  const kind = types.underlying(types.typeOf(operand)).kind;
  if (kind !== 'slice' && kind !== 'array') return undefined;
  const index = pureExpression(code, go.indexExpression.index(tree, node), depth - 1);
  return reading('[]', join(pureExpression(code, operand, depth - 1), '[', index, ']'));
}

/** Bounds of one term only: gofmt spaces others by how deep they stand. */
function pureSlice(code: Code, node: Node, depth: number): PureExpression | undefined {
  const { tree } = code;
  const { start, end, capacity, operand } = go.sliceExpression;
  const parts = [operand(tree, node), start(tree, node), end(tree, node)].map((part) =>
    part === NONE ? EMPTY : pureExpression(code, part, depth - 1),
  );
  if (capacity(tree, node) !== NONE || !parts.every((part) => part !== undefined && !part.isBinary)) return undefined;
  const [whole, first, last] = parts;
  return wrap('', join(join(whole, '[', first), ':', last, ']'), '');
}

const EMPTY: PureExpression = { text: '', variables: [], parts: [], isBinary: false };

function pureBinary(code: Code, node: Node, depth: number): PureExpression | undefined {
  const { tree } = code;
  const operator = go.binaryExpression.operator(tree, node);
  if (!FACTORS.has(tree.kind[operator]) && !TERMS.has(tree.kind[operator])) return undefined;
  const left = pureExpression(code, go.binaryExpression.left(tree, node), depth - 1);
  const right = pureExpression(code, go.binaryExpression.right(tree, node), depth - 1);
  if (right?.text.startsWith('*') === true) return undefined;
  return join(left, textOf(tree, operator), right);
}

function pureCall(code: Code, node: Node, depth: number): PureExpression | undefined {
  const { tree, types } = code;
  const callee = types.calleeOf(node);
  const [argument, ...more] = children(tree, go.callExpression.arguments(tree, node));
  if (argument === undefined || more.length > 0) return undefined;
  const isLength = callee.kind === 'builtin' && (callee.name === 'cap' || (callee.name === 'len' && !isChannel(code, argument)));
  const isConversion = callee.kind === 'conversion' && isInteger(code, node) && isInteger(code, argument);
  if (!isLength && !isConversion) return undefined;
  return wrap(`${textOf(tree, go.callExpression.function(tree, node))}(`, pureExpression(code, argument, depth - 1), ')');
}

/** Both ends may change its length meanwhile. */
function isChannel({ types }: Code, expression: Node): boolean {
  return types.underlying(types.typeOf(expression)).kind === 'channel';
}

/** Whether an expression has an integer type. */
export function isInteger(code: Code, expression: Node): boolean {
  const type = code.types.underlying(code.types.typeOf(expression));
  return type.kind === 'basic' && (/^u?int(8|16|32|64|ptr)?$/.test(type.name) || type.name === 'byte' || type.name === 'rune');
}
