/** Comparisons of texts that are brought to one case first. */
import { outerParentheses } from '../../model/index.ts';
import { go, Kind, type Node, unparenthesized } from '../../syntax/index.ts';
import { calledFunction, plainArguments } from '../kit/known-calls.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

export interface FoldedComparison {
  /** The binary_expression, or the call of bytes.Equal. */
  readonly comparison: Node;
  /** The calls of ToLower or ToUpper, in source order. */
  readonly folded: readonly Node[];
  /** What is compared, without the folding. */
  readonly left: Node;
  readonly right: Node;
  readonly isNegated: boolean;
  readonly package: 'strings' | 'bytes';
}

const FOLDING: ReadonlySet<string> = new Set(['strings.ToLower', 'strings.ToUpper', 'bytes.ToLower', 'bytes.ToUpper']);

/** The comparison whose first folded side the call is; undefined where the sides are folded differently, or one is and the other not known. */
export function comparisonOf(context: Context, call: Node): FoldedComparison | undefined {
  const { tree } = context;
  const folding = calledFunction(context, call);
  if (folding === undefined || !FOLDING.has(folding)) return undefined;
  const outer = outerParentheses(tree, call);
  const parent = tree.parent[outer];
  const isBytes = folding.startsWith('bytes.');
  if (isBytes && tree.kind[parent] === Kind.argument_list) return ofCall(context, tree.parent[parent], call, folding);
  if (isBytes || tree.kind[parent] !== Kind.binary_expression) return undefined;
  const operator = tree.kind[go.binaryExpression.operator(tree, parent)];
  if (operator !== Kind['=='] && operator !== Kind['!=']) return undefined;
  const sides = [go.binaryExpression.left(tree, parent), go.binaryExpression.right(tree, parent)] as const;
  return ofSides(context, parent, call, folding, sides, operator === Kind['!=']);
}

function ofCall(context: Context, comparison: Node, call: Node, folding: string): FoldedComparison | undefined {
  if (context.tree.kind[comparison] !== Kind.call_expression || calledFunction(context, comparison) !== 'bytes.Equal') return undefined;
  const [left, right, ...more] = plainArguments(context.tree, comparison) ?? [];
  return right === undefined || more.length > 0 ? undefined : ofSides(context, comparison, call, folding, [left, right], false);
}

function ofSides(
  context: Context,
  comparison: Node,
  call: Node,
  folding: string,
  sides: readonly [Node, Node],
  isNegated: boolean,
): FoldedComparison | undefined {
  const { tree } = context;
  const [left, right] = sides.map((side) => unparenthesized(tree, side));
  const isFolded = (side: Node): boolean => tree.kind[side] === Kind.call_expression && calledFunction(context, side) === folding;
  const folded = [left, right].filter(isFolded);
  if (folded[0] !== call) return undefined;
  const other = folded.length === 2 ? undefined : left === call ? right : left;
  if (other !== undefined && !isPlainConstant(context, other, folding)) return undefined;
  const bare = (side: Node): Node | undefined => (isFolded(side) ? plainArguments(tree, side)?.[0] : side);
  const [first, second] = [bare(left), bare(right)];
  if (first === undefined || second === undefined) return undefined;
  return { comparison, folded, left: first, right: second, isNegated, package: folding.startsWith('bytes.') ? 'bytes' : 'strings' };
}

/**
 * A constant text with letters, all of them in the case that is compared in, and none of them special: a letter is if the two
 * cases do not lead to each other, as with ß, ı, İ, ſ, µ, ς and the signs for kelvin and ångström.
 */
function isPlainConstant({ types }: Context, side: Node, folding: string): boolean {
  const constant = types.constantOf(side);
  if (typeof constant !== 'string') return false;
  const [lower, upper] = [constant.toLowerCase(), constant.toUpperCase()];
  if (lower === upper || constant !== (folding.endsWith('ToLower') ? lower : upper)) return false;
  return [...constant].every((letter) => {
    const [small, large] = [letter.toLowerCase(), letter.toUpperCase()];
    return [...small].length === 1 && [...large].length === 1 && small.toUpperCase() === large && large.toLowerCase() === small;
  });
}
