/** Moves the Add in front of the go statement, where Wait cannot miss it. */
import { children, descendants, go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { disturbsComment, insertBefore, removeStatement } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { InnerAdd } from './rule.ts';

/** Safe where nothing runs between the go statement's own evaluation and the Add, and the argument is the same on both sides. */
export function addBefore({ tree, types }: RuleContext, add: InnerAdd): RuleFix[] {
  const { call, statement, body, go: started } = add;
  const [argument] = children(tree, go.callExpression.arguments(tree, call));
  if (tree.kind[tree.parent[started]] !== Kind.statement_list || argument === undefined) return [];
  if (disturbsComment(tree, statement, [])) return [];
  const isFirst = body
    .slice(0, body.indexOf(statement))
    .every((each) => tree.kind[each] === Kind.defer_statement && !evaluates(tree, each));
  const isConstant = types.constantOf(argument) !== undefined;
  const isQuiet = children(tree, go.callExpression.arguments(tree, children(tree, started)[0] ?? started)).every(
    (each) => descendants(tree, each, Kind.call_expression).length === 0,
  );
  if (!isConstant && descendants(tree, argument, Kind.identifier).length > 0 && !isFirst) return [];
  const isSafe = isFirst && isConstant && isQuiet;
  const doubt = isFirst ? '; what it is given is then evaluated there' : '; what the goroutine does before it is then counted as well';
  return [
    {
      title: `Call ${textOf(tree, call)} before the go statement${isSafe ? '' : doubt}`,
      safety: isSafe ? 'safe' : 'suggestion',
      edits: [insertBefore(tree, started, [textOf(tree, call)]), removeStatement(tree, statement)],
    },
  ];
}

/** Whether the defer statement calls something for its arguments. */
function evaluates(tree: Tree, statement: Node): boolean {
  const [call] = children(tree, statement);
  return call === undefined || descendants(tree, go.callExpression.arguments(tree, call), Kind.call_expression).length > 0;
}
