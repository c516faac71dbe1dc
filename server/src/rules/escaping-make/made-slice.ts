/** Calls of `make` that give a slice no stack surely takes, and what their length depends on. */
import { type GoSymbol, isDeclaredIn } from '../../model/index.ts';
import { children, descendants, encloses, go, isText, Kind, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

export interface MadeSlice {
  readonly call: Node;
  /** Of a slice of constant size; undefined where only run time knows. */
  readonly bytes: number | undefined;
  /** Whether every iteration of the loop asks for the same length and capacity. */
  isSameLength(loop: Node): boolean;
  /** Whether the loop changes what the length is made of, as those do that try again with more. */
  growsWith(loop: Node): boolean;
}

/** Bytes of an unnamed variable that gc still puts on the stack (ir.MaxImplicitStackVarSize). */
const STACK_LIMIT = 64 * 1024;

/** Undefined for any other node, and for slices of constant size that fit on the stack. */
export function madeSliceAt(context: Context, node: Node): MadeSlice | undefined {
  const { tree } = context;
  const isMake = tree.kind[node] === Kind.call_expression && isText(tree, go.callExpression.function(tree, node), 'make');
  return isMake ? madeSlice(context, node) : undefined;
}

function madeSlice(context: Context, node: Node): MadeSlice | undefined {
  const { tree, types } = context;
  const callee = types.calleeOf(node);
  const type = types.underlying(types.typeOf(node));
  const [, ...sizes] = children(tree, go.callExpression.arguments(tree, node));
  const last = sizes.at(-1);
  if (callee.kind !== 'builtin' || type.kind !== 'slice' || last === undefined) return undefined;
  const count = types.constantOf(last);
  const element = types.sizeOf(type.element);
  const bytes = typeof count === 'bigint' && element !== undefined ? Number(count) * element : undefined;
  if (element === 0 || (count !== undefined && (bytes === undefined || bytes <= STACK_LIMIT))) return undefined;
  return {
    call: node,
    bytes,
    isSameLength: (loop) => sizes.every((size) => isFixedIn(context, size, loop)),
    growsWith: (loop) => sizes.some((size) => isGrownBy(context, size, loop)),
  };
}

/** Whether the expression is made of constants and of variables that the loop neither declares nor changes. */
function isFixedIn(context: Context, size: Node, loop: Node): boolean {
  const { tree, types } = context;
  for (let row = size; row < tree.next[size]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.index_expression || kind === Kind.selector_expression) return false;
    if (kind !== Kind.call_expression) continue;
    const callee = types.calleeOf(row);
    if (callee.kind !== 'conversion' && callee.kind !== 'builtin') return false;
  }
  return variablesIn(context, size).every(
    (symbol) => symbol.role !== 'package' && !isDeclaredIn(tree, symbol, loop) && !isChangedIn(context, symbol, loop),
  );
}

/** Whether the expression names a variable of before the loop that the loop changes: the next iteration asks for more. */
function isGrownBy(context: Context, size: Node, loop: Node): boolean {
  const body = go.forStatement.body(context.tree, loop);
  return variablesIn(context, size).some((symbol) => !isDeclaredIn(context.tree, symbol, body) && isChangedIn(context, symbol, loop));
}

function variablesIn({ tree, scopes }: Context, expression: Node): GoSymbol[] {
  return descendants(tree, expression, Kind.identifier).flatMap((node) => {
    const symbol = scopes.symbolOf(node);
    return symbol?.kind === 'variable' && symbol.file?.tree === tree ? [symbol] : [];
  });
}

function isChangedIn({ tree, scopes }: Context, symbol: GoSymbol, loop: Node): boolean {
  return scopes
    .references(symbol)
    .some(({ access, node }) => access !== 'read' && access !== 'declare' && (access === 'address' || encloses(tree, loop, node)));
}
