/**
 * How often a loop's body runs: known before it starts for `range` over a slice, array, map, string or integer, and for a
 * counted `for` whose bound nothing in the loop changes. Channels, iterator functions and conditions give no answer. The count
 * comes as Go text too, because that is the capacity a fix asks for.
 */
import {
  ancestor,
  children,
  encloses,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { addLinear, constantLinear, type Linear, linearOf, renderLinear } from './linear.ts';
import { type Code, isChangedIn, isDeclaredIn, isPartAssignedIn } from './places.ts';
import { isInteger, pureExpression } from './pure.ts';

/** Iterations of a loop that nothing leaves early. */
export interface TripCount {
  /** Undefined where it depends on a value. */
  readonly iterations: number | undefined;
  /** Expression of type int, without blanks, that gives the count just before the loop; undefined where it would repeat a call. */
  readonly text: string | undefined;
  /** Whether the text has to stand in parentheses beside `*`. */
  readonly isSum: boolean;
  /** Whether the expression can be below zero. Then the body runs no iteration. */
  readonly mayBeNegative: boolean;
  /** Identifiers of the variables, constants and packages the expression names. */
  readonly variables: readonly Node[];
  /** What it reads of variables: names of fields, `*` behind a pointer, `[]` of elements. */
  readonly parts: readonly string[];
  /** What is ranged over; NONE in a counted loop. */
  readonly operand: Node;
}

/** Iterations of a for_statement, or undefined where they are not known before it starts. */
export function tripCount(code: Code, loop: Node): TripCount | undefined {
  const { tree } = code;
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] === Kind.range_clause) return rangeCount(code, unparenthesized(tree, go.rangeClause.right(tree, clause)));
  return tree.kind[clause] === Kind.for_clause ? clauseCount(code, loop, clause) : undefined;
}

function rangeCount(code: Code, operand: Node): TripCount | undefined {
  const { types } = code;
  const type = types.underlying(types.typeOf(operand));
  const constant = types.constantOf(operand);
  if (isInteger(code, operand)) return integerCount(code, operand, typeof constant === 'bigint' ? Number(constant) : undefined);
  const iterations = typeof constant === 'string' ? [...constant].length : lengthOf(code, operand, type);
  const isCounted =
    iterations !== undefined || ['slice', 'array', 'map'].includes(type.kind) || isString(type) || isArrayPointer(code, type);
  if (!isCounted) return undefined;
  const pure = pureExpression(code, operand);
  const text = pure ? `len(${pure.text})` : iterations === undefined ? undefined : String(iterations);
  return { iterations, text, isSum: false, mayBeNegative: false, variables: pure?.variables ?? [], parts: pure?.parts ?? [], operand };
}

function integerCount(code: Code, operand: Node, iterations: number | undefined): TripCount {
  const linear = linearOf(code, operand, new Map());
  if (linear === undefined) return { iterations, text: undefined, isSum: false, mayBeNegative: true, variables: [], parts: [], operand };
  return { ...renderLinear(linear), iterations, operand };
}

function isString(type: Type): boolean {
  return type.kind === 'basic' && type.name === 'string';
}

function isArrayPointer(code: Code, type: Type): boolean {
  return type.kind === 'pointer' && code.types.underlying(type.element).kind === 'array';
}

/** Length of an array, or of a slice literal without keys. */
function lengthOf(code: Code, operand: Node, type: Type): number | undefined {
  const { tree, types } = code;
  const array = type.kind === 'pointer' ? types.underlying(type.element) : type;
  if (array.kind === 'array') return array.length;
  if (type.kind !== 'slice' || tree.kind[operand] !== Kind.composite_literal) return undefined;
  const elements = children(tree, go.compositeLiteral.body(tree, operand));
  return elements.some((element) => tree.kind[element] === Kind.keyed_element) ? undefined : elements.length;
}

/** Parts of `for i := first; i < limit; i += step`, the comparison turned so that `i` stands left. */
interface CountedLoop {
  readonly counter: GoSymbol;
  readonly first: Node;
  readonly limit: Node;
  readonly includesLimit: boolean;
  /** Below zero when it counts down. */
  readonly step: number;
  /** What the other variables of the initializer begin with. */
  readonly initial: ReadonlyMap<GoSymbol, Node>;
}

function clauseCount(code: Code, loop: Node, clause: Node): TripCount | undefined {
  const parts = countedLoop(code, clause);
  if (parts === undefined || !isInteger(code, parts.first) || isCounterTouched(code, parts.counter, loop, clause)) return undefined;
  const first = linearOf(code, parts.first, new Map());
  const limit = linearOf(code, parts.limit, parts.initial);
  if (first === undefined || limit === undefined || !isStable(code, limit, loop)) return undefined;
  const distance = parts.step > 0 ? addLinear(limit, first, -1) : addLinear(first, limit, -1);
  const step = Math.abs(parts.step);
  const count = addLinear(distance, constantLinear((parts.includesLimit ? 1 : 0) + step - 1), 1);
  const iterations = constantIterations(code, parts);
  if (iterations === undefined && isUnsigned(code, parts.first) && !isPlain(count, step)) return undefined;
  const rendered = renderLinear(count);
  if (step === 1) return { ...rendered, iterations, operand: NONE };
  const text = rendered.isSum ? `(${rendered.text})/${step}` : `${rendered.text}/${step}`;
  return {
    ...rendered,
    text: count.terms.length === 0 && iterations !== undefined ? String(iterations) : text,
    isSum: true,
    iterations,
    operand: NONE,
  };
}

function countedLoop(code: Code, clause: Node): CountedLoop | undefined {
  const { tree, scopes } = code;
  const initial = initialValues(code, go.forClause.initializer(tree, clause));
  const condition = unparenthesized(tree, go.forClause.condition(tree, clause));
  const update = counterUpdate(code, go.forClause.update(tree, clause));
  if (update === undefined || tree.kind[condition] !== Kind.binary_expression) return undefined;
  const first = initial.get(update.counter);
  if (first === undefined) return undefined;
  const left = unparenthesized(tree, go.binaryExpression.left(tree, condition));
  const right = unparenthesized(tree, go.binaryExpression.right(tree, condition));
  const isTurned = scopes.symbolOf(left) !== update.counter;
  if (isTurned && scopes.symbolOf(right) !== update.counter) return undefined;
  const operator = textOf(tree, go.binaryExpression.operator(tree, condition));
  const comparison = isTurned ? TURNED[operator] : operator;
  if (comparison === undefined || !(update.step > 0 ? ['<', '<='] : ['>', '>=']).includes(comparison)) return undefined;
  return { ...update, first, limit: isTurned ? left : right, includesLimit: comparison.endsWith('='), initial };
}

const TURNED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** The variables an initializer declares, with the expression each begins with. */
function initialValues(code: Code, initializer: Node): Map<GoSymbol, Node> {
  const { tree, scopes } = code;
  const found = new Map<GoSymbol, Node>();
  if (tree.kind[initializer] !== Kind.short_var_declaration) return found;
  const names = children(tree, go.shortVarDeclaration.left(tree, initializer));
  const values = children(tree, go.shortVarDeclaration.right(tree, initializer));
  if (names.length !== values.length) return found;
  names.forEach((name, i) => {
    const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
    if (symbol !== undefined) found.set(symbol, values[i]);
  });
  return found;
}

function counterUpdate(code: Code, update: Node): { readonly counter: GoSymbol; readonly step: number } | undefined {
  const { tree, scopes, types } = code;
  const kind = tree.kind[update];
  if (kind === Kind.inc_statement || kind === Kind.dec_statement) {
    const counter = scopes.symbolOf(firstChild(tree, update));
    return counter && { counter, step: kind === Kind.inc_statement ? 1 : -1 };
  }
  if (kind !== Kind.assignment_statement) return undefined;
  const operator = tree.kind[go.assignmentStatement.operator(tree, update)];
  const [target, ...others] = children(tree, go.assignmentStatement.left(tree, update));
  const counter = scopes.symbolOf(target);
  const amount = types.constantOf(firstChild(tree, go.assignmentStatement.right(tree, update)));
  if (counter === undefined || others.length > 0 || typeof amount !== 'bigint' || amount < 1n || amount > 1_000_000n) return undefined;
  if (operator === Kind['+=']) return { counter, step: Number(amount) };
  return operator === Kind['-='] ? { counter, step: -Number(amount) } : undefined;
}

function isCounterTouched(code: Code, counter: GoSymbol, loop: Node, clause: Node): boolean {
  const { tree, scopes } = code;
  const body = go.forStatement.body(tree, loop);
  return scopes.references(counter).some(({ node, access }) => {
    if (access === 'address') return true;
    return access !== 'read' && access !== 'declare' && (encloses(tree, body, node) || !encloses(tree, clause, node));
  });
}

/** Whether nothing in the loop changes what the limit is made of. */
function isStable(code: Code, limit: Linear, loop: Node): boolean {
  const { tree, scopes } = code;
  const areVariablesStable = limit.variables.every((node) => {
    const symbol = scopes.symbolOf(node);
    return symbol !== undefined && !isDeclaredIn(tree, symbol, loop) && !isChangedIn(code, symbol, loop);
  });
  return areVariablesStable && limit.parts.every((part) => !isPartAssignedIn(tree, part, loop));
}

function isUnsigned(code: Code, expression: Node): boolean {
  const type = code.types.underlying(code.types.typeOf(expression));
  return type.kind === 'basic' && (type.name.startsWith('u') || type.name === 'byte');
}

/** Whether the count is one unscaled value, which wraps around nowhere. */
function isPlain(count: Linear, step: number): boolean {
  return step === 1 && count.constant === 0 && count.terms.length === 1 && count.terms[0].factor === 1;
}

function constantIterations(code: Code, parts: CountedLoop): number | undefined {
  const first = code.types.constantOf(parts.first);
  const limit = code.types.constantOf(parts.limit);
  if (typeof first !== 'bigint' || typeof limit !== 'bigint') return undefined;
  const distance = Number(parts.step > 0 ? limit - first : first - limit) + (parts.includesLimit ? 1 : 0);
  return Math.max(0, Math.ceil(distance / Math.abs(parts.step)));
}

/** Loops around a node that lie in `outside`, outermost first. */
export function loopsAround(tree: Tree, node: Node, outside: Node): Node[] {
  const loops: Node[] = [];
  for (let up = node; encloses(tree, outside, up); up = tree.parent[up]) {
    if (tree.kind[up] === Kind.for_statement) loops.unshift(up);
    if (up === outside) break;
  }
  return loops;
}

/** Whether a loop of the same function runs this one again and again. */
export function isInLoop(tree: Tree, loop: Node): boolean {
  return (
    tree.kind[ancestor(tree, loop, Kind.for_statement, Kind.func_literal, Kind.function_declaration, Kind.method_declaration)] ===
    Kind.for_statement
  );
}
