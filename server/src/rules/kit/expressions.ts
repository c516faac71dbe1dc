/** Expressions put in the place of others: when parentheses have to come with them, and when a constant would change what the code around it means. */
import { firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { depthAt, spacedText } from './spacing.ts';

/** Expressions that stand as an operand of anything without parentheses. */
const PRIMARY: ReadonlySet<number> = new Set([
  Kind.identifier,
  Kind.selector_expression,
  Kind.call_expression,
  Kind.index_expression,
  Kind.slice_expression,
  Kind.type_assertion_expression,
  Kind.type_conversion_expression,
  Kind.parenthesized_expression,
  Kind.interpreted_string_literal,
  Kind.raw_string_literal,
  Kind.int_literal,
  Kind.rune_literal,
]);

/** Places that take any expression as it is. */
const WHOLE: ReadonlySet<number> = new Set([
  Kind.argument_list,
  Kind.variadic_argument,
  Kind.expression_list,
  Kind.parenthesized_expression,
  Kind.return_statement,
  Kind.literal_element,
  Kind.send_statement,
]);

/** Text of `expression` as it may stand where `place` stands now. */
export function textInPlaceOf(tree: Tree, expression: Node, place: Node): string {
  const isBare = PRIMARY.has(tree.kind[expression]) || WHOLE.has(tree.kind[tree.parent[place]]);
  const depth = depthAt(tree, place);
  const text = spacedText(tree, expression, isBare ? depth : Math.max(1, depth - 1));
  return isBare ? text : `(${text})`;
}

const STATEMENTS_OF_CALLS: ReadonlySet<number> = new Set([Kind.expression_statement, Kind.go_statement, Kind.defer_statement]);

/** Whether the call is a statement, or is put off or started by one: no other expression may stand there, and nobody reads the result. */
export function isStatement(tree: Tree, call: Node): boolean {
  return STATEMENTS_OF_CALLS.has(tree.kind[tree.parent[call]]);
}

/** Whether the call is made later than its arguments are worked out: what is worked out by another function then comes too late. */
export function isPutOff(tree: Tree, call: Node): boolean {
  const statement = tree.kind[tree.parent[call]];
  return statement === Kind.go_statement || statement === Kind.defer_statement;
}

const CONSTANT_SENSITIVE: ReadonlySet<number> = new Set([
  Kind.index_expression,
  Kind.slice_expression,
  Kind.binary_expression,
  Kind.expression_case,
  Kind.expression_statement,
]);

/** Whether the code around means the same, and compiles, once a constant string stands in the place: constants are checked and folded where values are not. */
export function takesConstant(context: Pick<RuleContext, 'tree' | 'types'>, place: Node): boolean {
  const { tree } = context;
  const whole = constantWith(context, place);
  const parent = tree.parent[whole];
  if (CONSTANT_SENSITIVE.has(tree.kind[parent]) || isKey(tree, whole)) return false;
  const inCase = tree.kind[parent] === Kind.expression_list && tree.kind[tree.parent[parent]] === Kind.expression_case;
  return !inCase && !isArgumentOfBuiltin(tree, whole);
}

/** The outermost expression that is a constant if the one in the place is: with the parentheses and conversions around it. */
function constantWith({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, place: Node): Node {
  let whole = place;
  for (let up = tree.parent[whole]; up !== NONE; up = tree.parent[up]) {
    const kind = tree.kind[up];
    const isCall = kind === Kind.call_expression || kind === Kind.type_conversion_expression;
    const isAround = kind === Kind.parenthesized_expression || (isCall && types.calleeOf(up).kind === 'conversion');
    if (isAround) whole = up;
    else if (kind !== Kind.argument_list) break;
  }
  return whole;
}

/** Keys of a map that are constants may not be the same. */
function isKey(tree: Tree, place: Node): boolean {
  const element = tree.kind[tree.parent[place]] === Kind.literal_element ? tree.parent[place] : place;
  const keyed = tree.parent[element];
  return tree.kind[keyed] === Kind.keyed_element && firstChild(tree, keyed) === element;
}

const FOLDING: ReadonlySet<string> = new Set(['len', 'max', 'min']);

function isArgumentOfBuiltin(tree: Tree, place: Node): boolean {
  const list = tree.parent[place];
  if (tree.kind[list] !== Kind.argument_list) return false;
  const called = go.callExpression.function(tree, tree.parent[list]);
  return called !== NONE && FOLDING.has(textOf(tree, called));
}

const LONGEST_QUOTE = 50;

/** Source of a node for a message: on one line, and not too long. */
export function quoted(tree: Tree, node: Node): string {
  const text = textOf(tree, node).replace(/\s+/g, ' ');
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE - 1)}…` : text;
}

/** Operands of a chain of `+`, from left to right; what stands in parentheses is one operand. */
export function summands(tree: Tree, expression: Node): readonly Node[] {
  const found: Node[] = [];
  const left = [expression];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const isSum = tree.kind[node] === Kind.binary_expression && tree.kind[go.binaryExpression.operator(tree, node)] === Kind['+'];
    if (isSum) left.push(go.binaryExpression.right(tree, node), go.binaryExpression.left(tree, node));
    else found.push(node);
  }
  return found;
}
