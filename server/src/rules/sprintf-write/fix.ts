/** `fmt.Fprintf(w, …)` in place of the write, with the arguments of Sprintf as they stand. */
import { children, go, Kind, type Node, textBetween, textOf } from '../../syntax/index.ts';
import { disturbsComment, lineBreakAt, lineStartAt } from '../kit/edits.ts';
import { isPutOff } from '../kit/expressions.ts';
import { importEdits, importsLeftUnusedBy } from '../kit/imports.ts';
import { depthAt, isIndentedTwice, respacing } from '../kit/spacing.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';
import type { FormattedWrite } from './writes.ts';

export function fixesFor(context: RuleContext, call: Node, found: FormattedWrite): RuleFix[] {
  const { tree, file, scopes } = context;
  const printed = children(tree, go.callExpression.arguments(tree, found.print));
  if (disturbsComment(tree, call, [found.writer, ...printed]) || isIndentedTwice(tree, call, found.print)) return [];
  const edits = around(context, call, found, printed);
  const imports = importEdits(file, {
    remove: importsLeftUnusedBy(file, scopes, edits),
  });
  if (imports === undefined) return [];
  const all = [...imports, ...edits];
  const title = `Write it with fmt.${found.cure}`;
  const doubt = doubtOf(context, call, found);
  return [doubt === undefined ? { title, safety: 'safe', edits: all } : { title: `${title}, ${doubt}`, safety: 'suggestion', edits: all }];
}

function doubtOf({ tree }: RuleContext, call: Node, { isSame }: FormattedWrite): string | undefined {
  if (isPutOff(tree, call)) return 'which formats the text when the call is made, not before';
  return isSame ? undefined : 'which calls Write with a buffer that is used again';
}

/** The text before the writer, between it and what is printed, and behind that; the writer and the arguments stay. */
function around({ tree }: RuleContext, call: Node, found: FormattedWrite, printed: readonly Node[]): FileEdit[] {
  const { writer, print, cure } = found;
  const [first] = printed;
  const last = printed[printed.length - 1];
  const lastEnd = tree.end[last];
  const depth = depthAt(tree, call) + 1;
  const opened = `${packagePrefix(tree, print)}${cure}(${found.isAddressTaken ? '&' : ''}`;
  return [
    { range: { start: tree.start[call], end: tree.start[writer] }, newText: opened },
    ...respacing(tree, writer, depth),
    { range: { start: tree.end[writer], end: tree.start[first] }, newText: `,${breakBefore(tree, first) || ' '}` },
    ...printed.flatMap((each) => respacing(tree, each, depth)),
    { range: { start: lastEnd, end: tree.end[call] }, newText: ')' },
  ];
}

/** The line break and indentation in front of an argument that begins a line, which gofmt then wants to keep; '' of others. */
function breakBefore(tree: RuleContext['tree'], argument: Node): string {
  const lineStart = lineStartAt(tree, tree.start[argument]);
  const indent = textBetween(tree, lineStart, tree.start[argument]);
  return lineStart > 0 && indent.trim() === '' ? `${lineBreakAt(tree, lineStart - 1)}${indent}` : '';
}

/** `fmt.`, as the call of Sprintf spells it. */
function packagePrefix(tree: RuleContext['tree'], print: Node): string {
  const called = go.callExpression.function(tree, print);
  return tree.kind[called] === Kind.selector_expression ? `${textOf(tree, go.selectorExpression.operand(tree, called))}.` : '';
}
