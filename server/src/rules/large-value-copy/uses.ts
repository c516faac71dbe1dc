/** How a variable is used: whether a pointer would do in its place, and whether code of a loop changes what it ranges over. */
import { type GoSymbol, outerParentheses } from '../../model/index.ts';
import { children, encloses, go, Kind, type Node } from '../../syntax/index.ts';
import { rootOf } from '../kit/root.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** Whether the variable is used, and only to read its fields or elements, in its own function. */
export function isReadInParts({ tree, types, scopes }: Context, symbol: GoSymbol): boolean {
  const uses = scopes.references(symbol).filter(({ node }) => node !== symbol.declaration);
  return (
    uses.length > 0 &&
    uses.every(({ node, access, within, mayTakeAddress }) => {
      if (access !== 'read' || mayTakeAddress === true || within !== symbol.owner) return false;
      const operand = outerParentheses(tree, node);
      const parent = tree.parent[operand];
      if (tree.kind[parent] === Kind.selector_expression) return types.selectionOf(parent)?.kind === 'field';
      return tree.kind[parent] === Kind.index_expression && go.indexExpression.operand(tree, parent) === operand;
    })
  );
}

/** Whether statements of the area assign to the variable or anything reached through it, or take its address. */
export function isChangedIn({ tree, scopes }: Context, symbol: GoSymbol, area: Node): boolean {
  const inside = scopes.references(symbol).filter(({ node }) => encloses(tree, area, node));
  return inside.some(({ access }) => access !== 'read') || targetsIn(tree, area).some((target) => scopes.symbolOf(target) === symbol);
}

/** Roots of what is assigned to in the area. */
function targetsIn(tree: Context['tree'], area: Node): Node[] {
  const targets: Node[] = [];
  for (let row = area; row < tree.next[area]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.assignment_statement) targets.push(...children(tree, go.assignmentStatement.left(tree, row)));
    else if (kind === Kind.range_clause) targets.push(...children(tree, go.rangeClause.left(tree, row)));
    else if (kind === Kind.inc_statement || kind === Kind.dec_statement) targets.push(row + 1);
    else if (kind === Kind.unary_expression && tree.source[tree.start[row]] === 0x26) targets.push(go.unaryExpression.operand(tree, row));
  }
  return targets.map((target) => rootOf(tree, target));
}
