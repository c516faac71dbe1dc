/** EqualFold in place of the comparison. A suggestion, because three letters outside ASCII fold otherwise than they change case. */
import { go, Kind, type Node, textOf } from '../../syntax/index.ts';
import { disturbsComment, replacement } from '../kit/edits.ts';
import { depthAt, spacedText } from '../kit/spacing.ts';
import type { Options, RuleContext, RuleFix } from '../rule.ts';
import type { FoldedComparison } from './comparison.ts';

const DOUBT = 'which takes ſ for s and the kelvin sign for k, but İ not for i nor ı for I';

export function fixesFor({ tree }: RuleContext<Options>, found: FoldedComparison): RuleFix[] {
  const { comparison, folded, left, right, isNegated } = found;
  if (disturbsComment(tree, comparison, [left, right])) return [];
  const called = go.callExpression.function(tree, folded[0]);
  const prefix = tree.kind[called] === Kind.selector_expression ? `${textOf(tree, go.selectorExpression.operand(tree, called))}.` : '';
  const depth = depthAt(tree, comparison) + 1;
  const handed = (side: Node): string => spacedText(tree, side, depth);
  const text = `${isNegated ? '!' : ''}${prefix}EqualFold(${handed(left)}, ${handed(right)})`;
  return [{ title: `Use EqualFold, ${DOUBT}`, safety: 'suggestion', edits: [replacement(tree, comparison, text)] }];
}
