/**
 * Which functions the compiler surely does not inline. What an inlined function returns is allocated in its caller, if at all,
 * so that a finding inside it may be none. The inliner's own count (cmd/compile/internal/inline/inl.go, budget 80 nodes) is only
 * bounded from below here: every row counted stands for at least one of its nodes, and calls are taken to cost nothing.
 */
import { go, isFunction, isText, Kind, type Node, type Tree, textBetween } from '../../syntax/index.ts';

/** The inliner's budget of 80, and room for what it folds away (constants, branches never taken) before it counts. */
const SURELY_TOO_MUCH = 100;

const COUNTED: ReadonlySet<number> = new Set([
  Kind.identifier,
  Kind.nil,
  Kind.true,
  Kind.false,
  Kind.int_literal,
  Kind.float_literal,
  Kind.rune_literal,
  Kind.interpreted_string_literal,
  Kind.raw_string_literal,
  Kind.binary_expression,
  Kind.unary_expression,
  Kind.index_expression,
  Kind.slice_expression,
  Kind.composite_literal,
  Kind.short_var_declaration,
  Kind.assignment_statement,
  Kind.inc_statement,
  Kind.dec_statement,
  Kind.return_statement,
  Kind.if_statement,
  Kind.for_statement,
  Kind.func_literal,
]);

/** Statements with which no function is inlined. */
const FORBIDDING: ReadonlySet<number> = new Set([Kind.defer_statement, Kind.go_statement]);

/** Whether a function declaration or method is too large, or of a form, to be inlined anywhere. Builds with a profile may still do it. */
export function isNeverInlined(tree: Tree, fn: Node): boolean {
  if (hasDirective(tree, fn, 'noinline')) return true;
  const body = go.functionDeclaration.body(tree, fn);
  let cost = 0;
  for (let row = body; row < tree.next[body] && cost <= SURELY_TOO_MUCH; row++) {
    const kind = tree.kind[row];
    if (FORBIDDING.has(kind)) return true;
    if (kind === Kind.identifier && isText(tree, row, 'recover')) return true;
    if (COUNTED.has(kind)) cost++;
    if (isFunction(tree, row)) row = tree.next[row] - 1;
  }
  return cost > SURELY_TOO_MUCH;
}

/** Whether `//go:name` is among the lines of comments above the declaration; gc does not mind empty lines in between. */
export function hasDirective(tree: Tree, fn: Node, name: 'noinline' | 'noescape'): boolean {
  let end = tree.start[fn];
  for (;;) {
    const start = tree.source.lastIndexOf(10, end - 2) + 1;
    const line = textBetween(tree, start, Math.max(start, end - 1)).trimEnd();
    if (line !== '' && !line.startsWith('//')) return false;
    if (line === `//go:${name}`) return true;
    if (start === 0) return false;
    end = start;
  }
}
