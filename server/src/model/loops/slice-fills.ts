/**
 * All the appends by which nested loops fill one slice, taken together: how many elements they bring, and what follows right
 * behind the loops, because room for all but the last element is room for none.
 */
import { ancestor, children, descendants, encloses, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { type Capacity, capacityOf, withExtra } from './capacity.ts';
import { type Fill, fillAt, withLabels } from './fills.ts';
import { type Code, isSamePlace, type Mention, mentionsOf, type Place, placeOf } from './places.ts';
import { type OwnAppend, ownAppendAround, ownAppendOf } from './slice-uses.ts';

export interface SliceFill {
  readonly fill: Fill;
  readonly capacity: Capacity;
  /** Whether every append runs once on every iteration. */
  readonly isEveryIteration: boolean;
}

/** More appends to one slice are a table somebody generated, and each costs a look at all. */
const MOST = 50;

/** The fill whose first append this is; undefined for the others, and where not all appends to the slice run in the same loops. */
export function sliceFillAt(code: Code, append: OwnAppend): SliceFill | undefined {
  const place = placeOf(code, append.target);
  if (place === undefined || !isInAnyLoop(code.tree, append.call) || !isSizedSlice(code, append.target)) return undefined;
  if (isRepeated(code, place, append)) return undefined;
  const isOwn = (mention: Mention): boolean => ownAppendAround(code, mention) !== undefined;
  const fill = fillAt(code, place, append.statement, isOwn);
  if (fill === undefined) return undefined;
  const appends = ownAppendsIn(code, place, fill.loops[0]);
  if (appends.length > MOST || appends[0].call !== append.call || appends.some(({ values }) => values === undefined)) return undefined;
  const fills = appends.map((each) => fillAt(code, place, each.statement, isOwn));
  if (!fills.every((each) => each !== undefined && innermostOf(each) === innermostOf(fill))) return undefined;
  const perIteration = appends.reduce((sum, { values }) => sum + (values ?? 0), 0);
  const capacity = withExtra(capacityOf(fill.counts, perIteration), appendedAfter(code, fill));
  return { fill, capacity, isEveryIteration: fills.every((each) => each?.isEveryIteration === true) };
}

function isInAnyLoop(tree: Tree, node: Node): boolean {
  return tree.kind[ancestor(tree, node, Kind.for_statement, Kind.func_literal)] === Kind.for_statement;
}

/** Whether the mention just before is an append to the same slice in the same loop; its fill then speaks for both. */
function isRepeated(code: Code, place: Place, append: OwnAppend): boolean {
  const { tree } = code;
  const mentions = mentionsOf(code, place);
  const previous = mentions.findLast(({ node }) => node < append.statement);
  const loop = ancestor(tree, append.statement, Kind.for_statement);
  return previous !== undefined && encloses(tree, loop, previous.node) && ownAppendAround(code, previous) !== undefined;
}

/** Whether it is a slice of known elements that take memory. */
function isSizedSlice({ types }: Code, expression: Node): boolean {
  const type = types.underlying(types.typeOf(expression));
  return type.kind === 'slice' && type.element.kind !== 'unknown' && types.sizeOf(type.element) !== 0;
}

function innermostOf(fill: Fill): Node {
  return fill.loops[fill.loops.length - 1];
}

function ownAppendsIn(code: Code, place: Place, area: Node): OwnAppend[] {
  return descendants(code.tree, area, Kind.call_expression).flatMap((call) => {
    const append = ownAppendOf(code, call);
    return append !== undefined && isSamePlace(placeOf(code, append.target), place) ? [append] : [];
  });
}

const PASSED_OVER: readonly number[] = [
  Kind.expression_statement,
  Kind.short_var_declaration,
  Kind.var_declaration,
  Kind.assignment_statement,
  Kind.inc_statement,
  Kind.dec_statement,
];

/** Values that plain statements behind the outermost loop are bound to append, up to the first that names the slice otherwise or may leave. */
function appendedAfter(code: Code, fill: Fill): number {
  const { tree } = code;
  const loop = withLabels(tree, fill.loops[0]);
  const mentions = mentionsOf(code, fill.place);
  let count = 0;
  for (const statement of children(tree, tree.parent[loop])) {
    if (statement <= loop) continue;
    if (!PASSED_OVER.includes(tree.kind[statement])) return count;
    const appended = appendedBy(code, fill.place, statement);
    if (appended !== undefined) count += appended;
    else if (mentions.some(({ node }) => statement <= node && node < tree.next[statement])) return count;
  }
  return count;
}

function appendedBy(code: Code, place: Place, statement: Node): number | undefined {
  const { tree } = code;
  if (tree.kind[statement] !== Kind.assignment_statement) return undefined;
  const right = go.assignmentStatement.right(tree, statement);
  const [call, ...more] = right === NONE ? [] : children(tree, right);
  if (call === undefined || more.length > 0 || tree.kind[call] !== Kind.call_expression) return undefined;
  const append = ownAppendOf(code, call);
  return append !== undefined && isSamePlace(placeOf(code, append.target), place) ? append.values : undefined;
}
