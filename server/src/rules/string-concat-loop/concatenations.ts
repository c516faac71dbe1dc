/** Concatenations onto a string variable, `s += x` and `s = s + x`, and the loops in which they repeat. */
import { type GoSymbol, tripCount } from '../../model/index.ts';
import { children, encloses, go, isFunction, isText, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { summands } from '../kit/expressions.ts';
import { basicKind } from '../kit/formatting.ts';
import { leavesLoopAfter } from '../kit/loop-variables.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = Pick<RuleContext<Options>, 'tree' | 'scopes' | 'types'>;

export interface Concatenation {
  readonly statement: Node;
  readonly symbol: GoSymbol;
  /** The identifier that is assigned to. */
  readonly target: Node;
  /** What is added, from left to right; the parts of `s = s + a + b` are a and b. */
  readonly pieces: readonly Node[];
}

export function concatenationAt(context: Context, statement: Node): Concatenation | undefined {
  const { tree, scopes, types } = context;
  const operator = tree.kind[go.assignmentStatement.operator(tree, statement)];
  const [target, ...others] = children(tree, go.assignmentStatement.left(tree, statement));
  const [value, ...more] = children(tree, go.assignmentStatement.right(tree, statement));
  if (others.length > 0 || more.length > 0 || tree.kind[target] !== Kind.identifier) return undefined;
  if (operator !== Kind['+='] && operator !== Kind['=']) return undefined;
  const parts = summands(tree, value);
  if (operator === Kind['='] && (parts.length < 2 || tree.kind[parts[0]] !== Kind.identifier)) return undefined;
  const symbol = scopes.symbolOf(target);
  if (symbol?.kind !== 'variable' || symbol.role === 'package' || symbol.role === undefined) return undefined;
  if (operator === Kind['='] && scopes.symbolOf(parts[0]) !== symbol) return undefined;
  if (basicKind(types, types.typeOf(target)) !== 'string') return undefined;
  return { statement, symbol, target, pieces: operator === Kind['='] ? parts.slice(1) : parts };
}

/** A loop that takes no more iterations than this costs little, whatever it builds. */
const FEW_ITERATIONS = 3;

/** The outermost loop of the function in which the variable grows from iteration to iteration; NONE where none repeats the statement often. */
export function growingLoop(context: Context, { statement, symbol }: Concatenation): Node {
  const { tree } = context;
  let outermost = NONE;
  let iterations = 1;
  for (let at = statement; at !== NONE && !isFunction(tree, at); at = tree.parent[at]) {
    if (tree.kind[at] !== Kind.for_statement) continue;
    if (encloses(tree, at, symbol.declaration)) break;
    const body = go.forStatement.body(tree, at);
    if (!encloses(tree, body, statement) || leavesLoopAfter(tree, { statement: at, body }, statement)) continue;
    if (endsByText(context, at, body, symbol)) continue;
    outermost = at;
    iterations *= tripCount(context, at)?.iterations ?? Number.POSITIVE_INFINITY;
  }
  return iterations > FEW_ITERATIONS ? outermost : NONE;
}

/** Whether the loop goes on only as long as the text, not its length, asks for it: mostly one iteration, such as one that adds a missing slash. */
function endsByText({ tree, scopes }: Context, loop: Node, body: Node, symbol: GoSymbol): boolean {
  for (let row = loop + 1; row < body; row++) {
    if (tree.kind[row] !== Kind.identifier || scopes.symbolOf(row) !== symbol) continue;
    const call = tree.parent[tree.parent[row]];
    const isLength = tree.kind[call] === Kind.call_expression && isText(tree, go.callExpression.function(tree, call), 'len');
    if (!isLength) return true;
  }
  return false;
}

/** Whether some iterations of the loop pass the statement by: it stands in a branch. */
export function isConditional(tree: Tree, loop: Node, statement: Node): boolean {
  for (let at = tree.parent[statement]; at !== loop; at = tree.parent[at]) if (BRANCHES.has(tree.kind[at])) return true;
  return false;
}

const BRANCHES: ReadonlySet<number> = new Set([
  Kind.if_statement,
  Kind.expression_case,
  Kind.default_case,
  Kind.type_case,
  Kind.communication_case,
]);
