/**
 * Variables whose address is taken on some paths only, so that the others pay for nothing. Paths that fail do not count: a
 * function that gives its variable's address wherever it succeeds makes the variable for that.
 */
import { type FlowPosition, type GoSymbol, positionOf } from '../../model/index.ts';
import { children, encloses, enclosingFunction, go, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import { statementAround } from '../kit/edits.ts';
import { endsReached } from '../kit/reach.ts';
import { isErrorType, isSeldomTaken } from '../kit/repetition.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'flow'>;

/** Whether every `&x` stands in a branch that need not be taken once x is declared, and that other paths than those that fail leave out. */
export function isTakenInBranch(context: Context, symbol: GoSymbol): boolean {
  const { tree, scopes } = context;
  const addresses = scopes.references(symbol).filter((reference) => reference.access === 'address');
  const areBelow = addresses.length > 0 && addresses.every(({ node }) => isBelowBranch(tree, node, symbol.declaration));
  if (!areBelow || addresses.some(({ node }) => isWhereNothingFailed(context, node, symbol.declaration))) return false;
  const nodes = addresses.map(({ node }) => node);
  return isLeftOut(context, symbol, nodes);
}

const BRANCHES: readonly number[] = [Kind.if_statement, Kind.expression_case, Kind.type_case, Kind.communication_case, Kind.default_case];

function isBelowBranch(tree: Tree, node: Node, declaration: Node): boolean {
  for (let at = tree.parent[statementAround(tree, node)]; at !== NONE && !encloses(tree, at, declaration); at = tree.parent[at]) {
    if (BRANCHES.includes(tree.kind[at]) && !isOwnClause(tree, at, declaration)) return true;
  }
  return false;
}

/** The variable of a type switch is one for each clause, so that only the clause that takes the address pays. */
function isOwnClause(tree: Tree, clause: Node, declaration: Node): boolean {
  return tree.kind[tree.parent[clause]] === Kind.type_switch_statement && encloses(tree, tree.parent[clause], declaration);
}

/** Whether the innermost branch with the address is the one of `if err == nil`, and no other lies between it and the declaration. */
function isWhereNothingFailed({ tree, types }: Context, node: Node, declaration: Node): boolean {
  const found: Node[] = [];
  for (let at = node; !encloses(tree, at, declaration); at = tree.parent[at]) if (BRANCHES.includes(tree.kind[at])) found.push(at);
  const [statement] = found;
  if (found.length !== 1 || tree.kind[statement] !== Kind.if_statement) return false;
  const condition = unparenthesized(tree, go.ifStatement.condition(tree, statement));
  const isThen = encloses(tree, go.ifStatement.consequence(tree, statement), node);
  if (!isThen || tree.kind[condition] !== Kind.binary_expression) return false;
  const operands = [go.binaryExpression.left(tree, condition), go.binaryExpression.right(tree, condition)];
  const isEqual = tree.kind[go.binaryExpression.operator(tree, condition)] === Kind['=='];
  return (
    isEqual && operands.some((each) => tree.kind[each] === Kind.nil) && operands.some((each) => isErrorType(types, types.typeOf(each)))
  );
}

/** Whether a path that does not fail leads from the declaration past all addresses. */
function isLeftOut(context: Context, { declaration, owner }: GoSymbol, addresses: readonly Node[]): boolean {
  const { tree } = context;
  if (owner === NONE) return true;
  const flow = context.flow(owner);
  const start = positionOf(flow, tree, declaration) ?? { block: flow.entry, index: -1 };
  const stops = addresses.map((node) => positionOf(flow, tree, node)).filter((each): each is FlowPosition => each !== undefined);
  if (stops.length < addresses.length) return true;
  return endsReached(flow, start, stops).some((end) => !fails(context, end, owner));
}

/** Whether the function ends there with an error that is not nil. */
function fails(context: Context, end: Node, fn: Node): boolean {
  const { tree, types } = context;
  if (tree.kind[end] !== Kind.return_statement || enclosingFunction(tree, end) !== fn) return false;
  const last = children(tree, end + 1).at(-1);
  if (last === undefined || tree.kind[last] === Kind.nil || !isErrorType(types, types.typeOf(last))) return false;
  return isSeldomTaken(context, end, fn) || !isLocal(context, last);
}

/** Whether an error is that of a variable of the function, which may hold none. */
function isLocal({ tree, scopes }: Context, error: Node): boolean {
  const symbol = tree.kind[error] === Kind.identifier ? scopes.symbolOf(error) : undefined;
  return symbol?.kind === 'variable' && symbol.role !== 'package';
}
