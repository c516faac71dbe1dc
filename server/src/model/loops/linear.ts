/**
 * Sums such as `len(xs)-i+1`, kept apart into terms so that trip counts come out as people write them: `len(xs)-1-0+1` is
 * `len(xs)`. Text is printed without blanks, as gofmt prints it among several arguments.
 */
import { firstChild, go, Kind, type Node } from '../../syntax/index.ts';
import type { GoSymbol } from '../shapes.ts';
import type { Code } from './places.ts';
import { isInteger, pureExpression } from './pure.ts';

interface Term {
  /** Expression of type int. */
  readonly text: string;
  readonly factor: number;
  /** Whether it is a length. */
  readonly isLength: boolean;
  readonly isBinary: boolean;
}

export interface Linear {
  readonly terms: readonly Term[];
  readonly constant: number;
  readonly variables: readonly Node[];
  readonly parts: readonly string[];
}

const DEPTH = 12;

export function constantLinear(constant: number): Linear {
  return { terms: [], constant, variables: [], parts: [] };
}

export function addLinear(a: Linear, b: Linear, sign: 1 | -1): Linear {
  const terms = new Map(a.terms.map((term) => [term.text, term]));
  for (const term of b.terms) {
    const factor = (terms.get(term.text)?.factor ?? 0) + sign * term.factor;
    terms.set(term.text, { ...term, factor });
  }
  return {
    terms: [...terms.values()].filter((term) => term.factor !== 0),
    constant: a.constant + sign * b.constant,
    variables: [...a.variables, ...b.variables],
    parts: [...a.parts, ...b.parts],
  };
}

/** An integer expression as a sum; `values` stand for the variables they belong to. Undefined where repeating it is not harmless. */
export function linearOf(code: Code, expression: Node, values: ReadonlyMap<GoSymbol, Node>, depth = DEPTH): Linear | undefined {
  const { tree, scopes } = code;
  if (depth === 0) return undefined;
  const kind = tree.kind[expression];
  if (kind === Kind.parenthesized_expression) return linearOf(code, firstChild(tree, expression), values, depth - 1);
  if (kind === Kind.int_literal) return literalLinear(code, expression);
  if (kind === Kind.binary_expression) {
    const operator = tree.kind[go.binaryExpression.operator(tree, expression)];
    if (operator === Kind['+'] || operator === Kind['-']) {
      const left = linearOf(code, go.binaryExpression.left(tree, expression), values, depth - 1);
      const right = linearOf(code, go.binaryExpression.right(tree, expression), values, depth - 1);
      return left && right && addLinear(left, right, operator === Kind['+'] ? 1 : -1);
    }
  }
  if (kind === Kind.identifier) {
    const symbol = scopes.symbolOf(expression);
    const value = symbol && values.get(symbol);
    // The variable may change in the loop, which its initial value would hide.
    if (symbol && value !== undefined) return isReassigned(code, symbol) ? undefined : linearOf(code, value, new Map(), depth - 1);
  }
  const value = kind === Kind.call_expression ? code.types.constantOf(expression) : undefined;
  return typeof value === 'bigint' ? constantLinear(Number(value)) : termLinear(code, expression);
}

function isReassigned(code: Code, symbol: GoSymbol): boolean {
  return code.scopes.references(symbol).some(({ access }) => access !== 'read' && access !== 'declare');
}

function literalLinear(code: Code, literal: Node): Linear | undefined {
  const value = code.types.constantOf(literal);
  if (typeof value !== 'bigint' || value > 1_000_000_000n) return undefined;
  return constantLinear(Number(value));
}

function termLinear(code: Code, expression: Node): Linear | undefined {
  const { types } = code;
  const pure = pureExpression(code, expression);
  if (pure === undefined || !isInteger(code, expression)) return undefined;
  const type = types.typeOf(expression);
  const isInt = type.kind === 'basic' && type.name === 'int';
  const text = isInt ? pure.text : `int(${pure.text})`;
  const term = { text, factor: 1, isLength: pure.text.startsWith('len(') && !pure.isBinary, isBinary: isInt && pure.isBinary };
  return { terms: [term], constant: 0, variables: pure.variables, parts: pure.parts };
}

/** A sum as Go text, positive terms first. */
export function renderLinear(linear: Linear): {
  readonly text: string;
  readonly isSum: boolean;
  readonly mayBeNegative: boolean;
  readonly variables: readonly Node[];
  readonly parts: readonly string[];
} {
  const positive = linear.terms.filter((term) => term.factor > 0);
  const negative = linear.terms.filter((term) => term.factor < 0);
  const parts = positive.map((term) => `+${termText(term)}`);
  if (linear.constant > 0 || linear.terms.length === 0) parts.push(`+${Math.max(linear.constant, 0)}`);
  parts.push(...negative.map((term) => `-${termText(term)}`));
  if (linear.constant < 0 && linear.terms.length > 0) parts.push(`${linear.constant}`);
  const joined = parts.join('');
  return {
    text: joined.startsWith('+') ? joined.slice(1) : `0${joined}`,
    isSum: parts.length > 1 || linear.terms.some((term) => term.isBinary),
    mayBeNegative: linear.constant < 0 || linear.terms.some((term) => term.factor < 0 || !term.isLength),
    variables: linear.variables,
    parts: linear.parts,
  };
}

function termText(term: Term): string {
  const factor = Math.abs(term.factor);
  const text = term.isBinary ? `(${term.text})` : term.text;
  return factor === 1 ? (term.isBinary ? term.text : text) : `${factor}*${text}`;
}
