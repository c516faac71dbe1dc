/**
 * The loop as one append. Safe where the proof holds that the source cannot lie in the destination's memory and that evaluating
 * it inside the append changes nothing: the destination was made here, and everybody who knows it is in view.
 */
import type { Range } from '../../base/index.ts';
import { type AppendLoop, isFresh, isRoomVisible, placeText } from '../../model/index.ts';
import { children, descendants, go, Kind, type Node, type Tree, textBetween } from '../../syntax/index.ts';
import { replacement } from '../kit/edits.ts';
import type { Options, RuleContext, RuleFix } from '../rule.ts';

/** No fix where the loop holds comments: there is no place for them in one statement. */
export function fixesFor<O extends Options>(context: RuleContext<O>, found: AppendLoop): RuleFix[] {
  const { tree } = context;
  if (descendants(tree, found.loop, Kind.comment).length > 0 || tree.kind[tree.parent[found.loop]] !== Kind.statement_list) return [];
  const destination = placeText(found.destination);
  const source = `${compactText(tree, found.source)}${found.isArray ? '[:]' : ''}`;
  const edits = [replacement(tree, found.loop, `${destination} = append(${destination}, ${source}...)`)];
  const title = `Append ${source.length > 40 ? 'the whole slice' : source} to ${destination} at once`;
  const doubt = doubtOf(context, found);
  return [doubt === undefined ? { title, safety: 'safe', edits } : { title: `${title}; ${doubt}`, safety: 'suggestion', edits }];
}

function doubtOf<O extends Options>(context: RuleContext<O>, { destination, loop }: AppendLoop): string | undefined {
  if (!isFresh(context, destination, loop)) return 'differs only if they overlap in memory';
  return isRoomVisible(context, destination) ? 'what is appended to it later may find other room' : undefined;
}

/** Operators that gofmt writes without blanks among several arguments. */
const TIGHT: readonly number[] = [
  Kind['+'],
  Kind['-'],
  Kind['*'],
  Kind['/'],
  Kind['%'],
  Kind['<<'],
  Kind['>>'],
  Kind['&'],
  Kind['|'],
  Kind['^'],
  Kind['&^'],
];

/** The expression's text as gofmt prints it among several arguments. Function bodies keep their blanks. */
function compactText(tree: Tree, node: Node): string {
  const gaps: Range[] = [];
  for (let row = node; row < tree.next[node]; row++) {
    if (tree.kind[row] === Kind.func_literal) row = tree.next[row] - 1;
    else if (isTight(tree, row)) gaps.push(...gapsIn(tree, row));
  }
  let text = '';
  let at = tree.start[node];
  for (const gap of gaps.sort((a, b) => a.start - b.start)) {
    text += textBetween(tree, at, gap.start) + textBetween(tree, gap.start, gap.end).replace(/ /g, '');
    at = gap.end;
  }
  return text + textBetween(tree, at, tree.end[node]);
}

function isTight(tree: Tree, node: Node): boolean {
  if (tree.kind[node] === Kind.slice_expression) return true;
  return tree.kind[node] === Kind.binary_expression && TIGHT.includes(tree.kind[go.binaryExpression.operator(tree, node)]);
}

/** What stands between the operands, on one line: operators have rows, colons and brackets do not. */
function gapsIn(tree: Tree, node: Node): Range[] {
  const parts = children(tree, node);
  const gaps = parts.slice(1).map((part, i) => ({ start: tree.end[parts[i]], end: tree.start[part] }));
  return gaps.filter((gap) => !textBetween(tree, gap.start, gap.end).includes('\n'));
}
