/** Loops of which it is known that they are done after a few iterations, so that what one costs is not paid often. */
import { accessAt, outerParentheses, type Reference, tripCount } from '../../model/index.ts';
import { children, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { assignmentAround, sidesOf } from './cancel/sources.ts';

type Context = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;

/** Iterations that count as done at once, where they are known. */
const FEW_ITERATIONS = 8;

/** Whether the loop has a few iterations: by a constant, or over a literal, also one that a variable is given and keeps as it is. */
export function isShort(context: Context, loop: Node): boolean {
  const { tree, scopes } = context;
  const count = tripCount(context, loop);
  if (count?.iterations !== undefined) return count.iterations <= FEW_ITERATIONS;
  const symbol = count === undefined || tree.kind[count.operand] !== Kind.identifier ? undefined : scopes.symbolOf(count.operand);
  if (symbol?.kind !== 'variable' || scopes.references(symbol).some((each) => changesLength(tree, each))) return false;
  const [names, values] = sidesOf(tree, assignmentAround(tree, symbol.declaration));
  const value = values[names.indexOf(symbol.declaration)];
  if (tree.kind[value] !== Kind.composite_literal) return false;
  const { length } = children(tree, go.compositeLiteral.body(tree, value));
  return length > 0 && length <= FEW_ITERATIONS;
}

/** Whether a use gives the variable another value, or may add an entry to the map that it is. */
function changesLength(tree: Tree, { node, access }: Reference): boolean {
  const entry = tree.parent[outerParentheses(tree, node)];
  return (access !== 'declare' && access !== 'read') || (tree.kind[entry] === Kind.index_expression && accessAt(tree, entry) !== 'read');
}
