/** Literals that every iteration of a loop builds anew although they use nothing of the iteration. */
import type { EscapeSite } from '../../escape/index.ts';
import { ancestor, descendants, encloses, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

/** The loop before which the literal, which captures something, could be built once, or undefined. */
export function rebuiltIn(context: RuleContext, literal: Node): Node | undefined {
  const { tree } = context;
  const loop = ancestor(tree, literal, Kind.for_statement, Kind.func_literal);
  if (tree.kind[loop] !== Kind.for_statement || !isOnEveryIteration(context, loop, literal)) return undefined;
  return usesOfIteration(context, loop, literal) ? undefined : loop;
}

/** Whether another literal keeps this one that every iteration has to build anyway. */
export function isKeptByIteration(context: RuleContext, literal: Node, loop: Node, { steps }: EscapeSite): boolean {
  const { tree, file } = context;
  return descendants(tree, loop, Kind.func_literal).some((other) => {
    const isKeeper = steps.some(({ at }) => at.path === file.path && at.range.start === tree.start[other]);
    return isKeeper && other !== literal && !encloses(tree, other, literal) && rebuiltIn(context, other) === undefined;
  });
}

/** Whether nothing between the loop's body and the literal decides if the literal is reached, and no `go` or `defer` calls it. */
function isOnEveryIteration({ tree }: RuleContext, loop: Node, literal: Node): boolean {
  const body = go.forStatement.body(tree, loop);
  if (!encloses(tree, body, literal)) return false;
  for (let at = literal; at !== body; at = tree.parent[at]) if (DECIDES.includes(tree.kind[at])) return false;
  const statement = ancestor(tree, literal, Kind.call_expression);
  return statement === NONE || unparenthesized(tree, go.callExpression.function(tree, statement)) !== literal;
}

/** Whether a `continue` before the literal may end the iteration. */
export function isPassedOver({ tree }: RuleContext, literal: Node, loop: Node): boolean {
  return descendants(tree, loop, Kind.continue_statement).some((node) => node < literal);
}

const DECIDES: readonly number[] = [
  Kind.if_statement,
  Kind.expression_switch_statement,
  Kind.type_switch_statement,
  Kind.select_statement,
  Kind.return_statement,
  Kind.go_statement,
  Kind.defer_statement,
];

/** Whether the literal names anything that the loop declares. */
function usesOfIteration({ tree, scopes }: RuleContext, loop: Node, literal: Node): boolean {
  for (let row = literal + 1; row < tree.next[literal]; row++) {
    const symbol = NAMES.includes(tree.kind[row]) ? scopes.symbolOf(row) : undefined;
    if (symbol?.file?.tree !== tree || symbol.kind === 'import') continue;
    if (encloses(tree, loop, symbol.declaration) && !encloses(tree, literal, symbol.declaration)) return true;
  }
  return false;
}

const NAMES: readonly number[] = [Kind.identifier, Kind.type_identifier];
