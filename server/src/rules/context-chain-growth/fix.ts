/** Declares the derived context in its iteration or call, so that the next one starts from the same parent again. */
import { children, encloses, go, Kind, type Node, textOf } from '../../syntax/index.ts';
import { isBlank } from '../kit/cancel/sources.ts';
import { replacement } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

/** Only where all that comes after the assignment stands in its block, and every name that is declared anew is used there. */
export function shadow({ tree, scopes }: RuleContext, target: Node, statement: Node, around: Node): RuleFix[] {
  const list = tree.parent[statement];
  if (tree.kind[list] !== Kind.statement_list) return [];
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  const areOwn = targets.every((each) => {
    if (isBlank(tree, each)) return true;
    const symbol = tree.kind[each] === Kind.identifier ? scopes.symbolOf(each) : undefined;
    if (symbol === undefined) return false;
    const later = scopes.references(symbol).filter(({ node }) => node >= tree.next[statement]);
    const others = scopes.references(symbol).filter(({ node, access }) => access === 'read' && !encloses(tree, list, node));
    const isLeftUsed = symbol.role !== 'local' || others.length > 0 || each === target;
    const isUsed = isLeftUsed && later.some(({ node, access }) => access === 'read' && encloses(tree, list, node));
    return isUsed && later.every(({ node }) => encloses(tree, list, node)) && !encloses(tree, list, symbol.declaration);
  });
  const isOutermost = encloses(tree, around, list);
  if (!areOwn || !isOutermost) return [];
  const names = targets.filter((each) => !isBlank(tree, each)).map((each) => textOf(tree, each));
  return [
    {
      title: `Declare ${names.join(' and ')} anew here, so that the next ${textOf(tree, target)} has the same parent`,
      safety: 'suggestion',
      edits: [replacement(tree, go.assignmentStatement.operator(tree, statement), ':=')],
    },
  ];
}
