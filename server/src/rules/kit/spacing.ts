/**
 * Blanks around binary operators, and around the colons of slice expressions, as gofmt sets them: they depend on how deep the
 * expression stands in others (go/printer, nodes.go: binaryExpr, cutoff, walkBinary, SliceExpr in expr1). A fix that moves an
 * expression out of a call, or into one, sets them anew.
 */
import type { Range } from '../../base/index.ts';
import { children, firstChild, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import type { FileEdit } from '../rule.ts';
import { lineStartAt, rangeOf, textWith } from './edits.ts';

const EXPRESSIONS: ReadonlySet<number> = new Set([
  Kind.argument_list,
  Kind.binary_expression,
  Kind.call_expression,
  Kind.index_expression,
  Kind.parenthesized_expression,
  Kind.selector_expression,
  Kind.slice_expression,
  Kind.type_assertion_expression,
  Kind.type_conversion_expression,
  Kind.unary_expression,
  Kind.variadic_argument,
]);

/** go/printer's depth of an expression where it stands; 1 is the outermost. */
export function depthAt(tree: Tree, expression: Node): number {
  const path = [expression];
  while (EXPRESSIONS.has(tree.kind[tree.parent[path[0]]])) path.unshift(tree.parent[path[0]]);
  let depth = isInTupleAssignment(tree, path[0]) ? 2 : 1;
  for (let i = 1; i < path.length; i++) depth = depthOfPart(tree, path[i - 1], path[i], depth);
  return depth;
}

/** `a, b = x, y`, whose sides are printed one step deeper. */
function isInTupleAssignment(tree: Tree, node: Node): boolean {
  const list = tree.parent[node];
  const kind = tree.kind[tree.parent[list]];
  const isAssignment = kind === Kind.assignment_statement || kind === Kind.short_var_declaration;
  return tree.kind[list] === Kind.expression_list && isAssignment && children(tree, list).length > 1;
}

function depthOfPart(tree: Tree, whole: Node, part: Node, depth: number): number {
  switch (tree.kind[whole]) {
    case Kind.binary_expression: {
      const isSameChain = part === go.binaryExpression.left(tree, whole) && precedence(tree, part) === precedence(tree, whole);
      return isSameChain ? depth : depth + 1;
    }
    case Kind.parenthesized_expression:
      return Math.max(1, depth - 1);
    case Kind.call_expression:
      return children(tree, go.callExpression.arguments(tree, whole)).length > 1 ? depth + 1 : depth;
    case Kind.index_expression:
    case Kind.slice_expression:
      return part === firstChild(tree, whole) ? 1 : depth + 1;
    default:
      return depth;
  }
}

/** Text of an expression as it is printed at that depth. */
export function spacedText(tree: Tree, expression: Node, depth: number): string {
  return textWith(tree, rangeOf(tree, expression), respacing(tree, expression, depth));
}

/** Edits that set the blanks of an expression as they are at that depth; breaks of lines stay. */
export function respacing(tree: Tree, expression: Node, depth: number): FileEdit[] {
  const edits: FileEdit[] = [];
  const left = [{ node: expression, depth }];
  for (let at = left.pop(); at !== undefined; at = left.pop()) {
    const { node } = at;
    if (tree.kind[node] === Kind.binary_expression) edits.push(...operatorEdits(tree, node, at.depth));
    else if (tree.kind[node] === Kind.slice_expression) edits.push(...colonEdits(tree, node, at.depth));
    else if (!EXPRESSIONS.has(tree.kind[node])) continue;
    for (const part of children(tree, node)) left.push({ node: part, depth: depthOfPart(tree, node, part, at.depth) });
  }
  return edits.sort((a, b) => a.range.start - b.range.start);
}

function operatorEdits(tree: Tree, binary: Node, depth: number): FileEdit[] {
  const operator = go.binaryExpression.operator(tree, binary);
  const blank = precedence(tree, binary) < cutoff(tree, binary, depth) ? ' ' : '';
  const before = { start: tree.end[go.binaryExpression.left(tree, binary)], end: tree.start[operator] };
  const after = { start: tree.end[operator], end: tree.start[go.binaryExpression.right(tree, binary)] };
  return [before, after].flatMap((range) => between(tree, range, blank));
}

/** An edit that sets the blanks between two parts, where nothing else stands and no line ends. */
function between(tree: Tree, range: Range, newText: string): FileEdit[] {
  const text = textBetween(tree, range.start, range.end);
  return text === newText || text.trim() !== '' || text.includes('\n') ? [] : [{ range, newText }];
}

function colonEdits(tree: Tree, slice: Node, depth: number): FileEdit[] {
  const { start, end, capacity } = go.sliceExpression;
  const indices = [start, end, capacity].map((part) => part(tree, slice));
  const present = indices.filter((index) => index !== NONE);
  const isSpaced = depth <= 1 && present.length > 1 && present.some((index) => tree.kind[index] === Kind.binary_expression);
  return indices.slice(1).flatMap((index, i) => {
    const before = indices[i];
    if (index === NONE || before === NONE) return [];
    const gap = { start: tree.end[before], end: tree.start[index] };
    const colon = tree.source.indexOf(COLON, gap.start);
    const blank = isSpaced ? ' ' : '';
    return [...between(tree, { start: gap.start, end: colon }, blank), ...between(tree, { start: colon + 1, end: gap.end }, blank)];
  });
}

const COLON = 0x3a;

const PRECEDENCES: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  ...Object.fromEntries(['==', '!=', '<', '<=', '>', '>='].map((each) => [each, 3])),
  ...Object.fromEntries(['+', '-', '|', '^'].map((each) => [each, 4])),
  ...Object.fromEntries(['*', '/', '%', '<<', '>>', '&', '&^'].map((each) => [each, 5])),
};

/** 0 of what is no binary expression. */
function precedence(tree: Tree, node: Node): number {
  return tree.kind[node] === Kind.binary_expression ? PRECEDENCES[textOf(tree, go.binaryExpression.operator(tree, node))] : 0;
}

/** Operators that bind less than this have blanks around them. */
function cutoff(tree: Tree, binary: Node, depth: number): number {
  const found = operatorsOf(tree, binary);
  if (found.problem > 0) return found.problem + 1;
  if (found.has4 && found.has5) return depth === 1 ? 5 : 4;
  return depth === 1 ? 6 : 4;
}

/** Precedences in a tree of binary expressions, and that of an operator that would run into the one behind it. */
function operatorsOf(tree: Tree, binary: Node): { readonly has4: boolean; readonly has5: boolean; readonly problem: number } {
  let has4 = false;
  let has5 = false;
  let problem = 0;
  const left = [binary];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    has4 ||= precedence(tree, node) === 4;
    has5 ||= precedence(tree, node) === 5;
    const right = go.binaryExpression.right(tree, node);
    problem = Math.max(problem, problemBefore(tree, node, right));
    for (const part of [go.binaryExpression.left(tree, node), right]) if (tree.kind[part] === Kind.binary_expression) left.push(part);
  }
  return { has4, has5, problem };
}

function problemBefore(tree: Tree, binary: Node, right: Node): number {
  if (tree.kind[right] !== Kind.unary_expression) return 0;
  const pair = textOf(tree, go.binaryExpression.operator(tree, binary)) + textOf(tree, go.unaryExpression.operator(tree, right));
  if (pair === '/*' || pair === '&&' || pair === '&^') return 5;
  return pair === '++' || pair === '--' ? 4 : 0;
}

/** Whether lines of what stands inside are indented once more than they would be without what is around: it begins and ends on later lines. */
export function isIndentedTwice(tree: Tree, outer: Node, inner: Node): boolean {
  const [around, inside] = [outer, inner].map((node) => lineStartAt(tree, tree.start[node]));
  return around !== inside && lineStartAt(tree, tree.end[inner]) !== inside;
}
