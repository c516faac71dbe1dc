/**
 * Integers that are surely small. The runtime has boxes ready for those from 0 to 255 (staticuint64s), which the escape analysis
 * leaves open because it knows no values.
 */
import { type GoSymbol, type Type, tripCount } from '../../model/index.ts';
import { ancestor, children, encloses, firstChild, go, isText, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

const READY_INTEGERS = 256n;

/** Whether an integer is surely from 0 to 255, so that the runtime has a box for it: what was a byte, what is masked, and what counts that far in its own loop. */
export function isSmallInteger(context: Context, value: Node): boolean {
  const { tree, types, scopes } = context;
  const node = unparenthesized(tree, value);
  switch (tree.kind[node]) {
    case Kind.call_expression:
    case Kind.type_conversion_expression: {
      const [operand] = tree.kind[node] === Kind.call_expression ? children(tree, go.callExpression.arguments(tree, node)) : [];
      return operand !== undefined && types.calleeOf(node).kind === 'conversion' && isByte(types.underlying(types.typeOf(operand)));
    }
    case Kind.binary_expression: {
      if (!isText(tree, go.binaryExpression.operator(tree, node), '&')) return false;
      return [go.binaryExpression.left(tree, node), go.binaryExpression.right(tree, node)].some((operand) =>
        isReadyConstant(context, operand),
      );
    }
    case Kind.identifier:
      return isShortIndex(context, scopes.symbolOf(node));
    default:
      return false;
  }
}

function isByte(type: Type): boolean {
  return type.kind === 'basic' && (type.name === 'byte' || type.name === 'uint8');
}

function isReadyConstant({ types }: Context, node: Node): boolean {
  const value = types.constantOf(node);
  return typeof value === 'bigint' && value >= 0n && value < READY_INTEGERS;
}

/** Whether an integer counts what there is, from 0: a length, an index of its loop. */
export function isCount(context: Context, value: Node): boolean {
  const { tree, types, scopes } = context;
  const node = unparenthesized(tree, value);
  if (tree.kind[node] === Kind.identifier) return countingLoop(context, scopes.symbolOf(node)) !== NONE;
  const callee = tree.kind[node] === Kind.call_expression ? types.calleeOf(node) : undefined;
  return callee?.kind === 'builtin' && callee.name === 'len';
}

/** The key of a range, or the counter from 0, of a loop that surely ends soon. */
function isShortIndex(context: Context, symbol: GoSymbol | undefined): boolean {
  const loop = countingLoop(context, symbol);
  const iterations = loop === NONE ? undefined : tripCount(context, loop)?.iterations;
  return iterations !== undefined && iterations <= Number(READY_INTEGERS);
}

/** The loop of which the variable is the key, an integer, or the counter from 0; NONE where it is none. */
function countingLoop(context: Context, symbol: GoSymbol | undefined): Node {
  const { tree, types } = context;
  if (symbol?.kind !== 'variable' || symbol.file?.tree !== tree || symbol.owner === NONE) return NONE;
  const loop = ancestor(tree, symbol.declaration, Kind.for_statement);
  const clause = firstChild(tree, loop);
  if (loop === NONE || !encloses(tree, clause, symbol.declaration)) return NONE;
  const isKey =
    tree.kind[clause] === Kind.range_clause &&
    firstChild(tree, go.rangeClause.left(tree, clause)) === symbol.declaration &&
    tripCount(context, loop) !== undefined &&
    types.underlying(types.typeOf(go.rangeClause.right(tree, clause))).kind !== 'map';
  const isCounter =
    tree.kind[clause] === Kind.for_clause &&
    tree.kind[go.forClause.update(tree, clause)] === Kind.inc_statement &&
    types.constantOf(initialValue(tree, symbol)) === 0n;
  return isKey || isCounter ? loop : NONE;
}

function initialValue(tree: Context['tree'], symbol: GoSymbol): Node {
  const list = tree.parent[symbol.declaration];
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || tree.kind[statement] !== Kind.short_var_declaration) return NONE;
  const [names, values] = [children(tree, list), children(tree, go.shortVarDeclaration.right(tree, statement))];
  return names.length === values.length ? values[names.indexOf(symbol.declaration)] : NONE;
}
