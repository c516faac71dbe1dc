/** The conversion at the lookup itself, and nothing in between to remember it. */
import { Kind, NONE, type Node, nextSibling, textBetween } from '../../syntax/index.ts';
import { disturbsComment, lineEndAt, removal, removeStatement, replacement } from '../kit/edits.ts';
import { textInPlaceOf } from '../kit/expressions.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import type { KeyCopy } from './lookup.ts';

type Context = RuleContext<Options>;

export function fixesFor(context: Context, { statement, conversion, use, isUndisturbed }: KeyCopy): RuleFix[] {
  const { tree, scopes } = context;
  const gone = withoutStatement(context, statement);
  const isTypeHidden = scopes.lookup('string', use)?.file !== undefined;
  if (gone === undefined || isTypeHidden || disturbsComment(tree, statement, [])) return [];
  const edits = [gone, replacement(tree, use, textInPlaceOf(tree, conversion, use))];
  const title = 'Convert the bytes where they are looked up';
  return isUndisturbed
    ? [{ title, safety: 'safe', edits }]
    : [{ title: `${title}, after what must leave them as they are`, safety: 'suggestion', edits }];
}

/** Takes the declaration out, also in front of a condition; undefined where something stands behind it on its line, or its place would show. */
function withoutStatement({ tree }: Context, statement: Node): FileEdit | undefined {
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) {
    const rest = nextSibling(tree, statement);
    const isHeader = tree.kind[tree.parent[statement]] === Kind.if_statement && rest !== NONE;
    return isHeader ? removal(tree.start[statement], tree.start[rest]) : undefined;
  }
  const end = tree.end[statement];
  return textBetween(tree, end, lineEndAt(tree, end)).trim() === '' ? removeStatement(tree, statement) : undefined;
}
