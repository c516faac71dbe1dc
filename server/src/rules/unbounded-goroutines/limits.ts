/**
 * What limits how many goroutines run at once, as far as it can be seen: a place to wait in the loop or in the goroutine, a limit
 * set on the group, or a name that speaks of one. Anything that may be a limit counts as one.
 */
import { descendants, encloses, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';
import type { Origin } from './origins.ts';
import type { Start } from './start.ts';

/** Functions and methods that may hold their caller back, by the last name. */
export const HOLDING = /acquire|wait|^take|^reserve|^allow|sleep|throttle|limit|^enter$|^borrow|^checkout/i;

/** What people call a limit, and what has been cut to one. */
const BOUND =
  /sem(?:a|aphores?)?$|semaphore|limit|throttl|concurren|parallelism|maxpar|procs|numcpu|workers?$|worker|batch|chunk|tokens$|quorum|pool$/i;

/** Whether something in view may limit the goroutines that the loop starts. */
export function isLimited(context: RuleContext, loop: Node, start: Start, operand: Node): boolean {
  const { tree } = context;
  return (
    holdsBack(tree, loop, start) ||
    speaksOfLimit(tree, start.fn) ||
    isMeasured(tree, start.fn, textOf(tree, operand)) ||
    (start.group !== NONE && !isOwnGroup(context, start))
  );
}

/** Whether an iteration waits for something, outside the goroutine: a send, a receive, a select, or a call that is called so. */
function holdsBack(tree: Tree, loop: Node, { statement }: Start): boolean {
  const body = go.forStatement.body(tree, loop);
  for (let row = body; row < tree.next[body]; row++) {
    if (row === statement) row = tree.next[row] - 1;
    else if (isWaiting(tree, row)) return true;
  }
  return false;
}

/** A send, a receive, a select, or a call of a name that speaks of waiting. */
export function isWaiting(tree: Tree, row: Node): boolean {
  const kind = tree.kind[row];
  if (kind === Kind.send_statement || kind === Kind.select_statement || kind === Kind.receive_statement) return true;
  if (kind === Kind.unary_expression) return textOf(tree, go.unaryExpression.operator(tree, row)) === '<-';
  return kind === Kind.call_expression && HOLDING.test(lastName(tree, row));
}

/** `F` of `x.F(…)` and `F(…)`, '' for anything else that is called. */
export function lastName(tree: Tree, call: Node): string {
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[called] === Kind.identifier) return textOf(tree, called);
  return tree.kind[called] === Kind.selector_expression ? textOf(tree, go.selectorExpression.field(tree, called)) : '';
}

function speaksOfLimit(tree: Tree, fn: Node): boolean {
  for (let row = fn; row < tree.next[fn]; row++) {
    const kind = tree.kind[row];
    const isName = kind === Kind.identifier || kind === Kind.field_identifier || kind === Kind.type_identifier;
    if (isName && BOUND.test(textOf(tree, row))) return true;
  }
  return false;
}

/** Whether the function compares the length of what it goes over with something other than nothing. */
function isMeasured(tree: Tree, fn: Node, operand: string): boolean {
  return descendants(tree, fn, Kind.binary_expression).some((each) => {
    const operator = textOf(tree, go.binaryExpression.operator(tree, each));
    if (!['<', '<=', '>', '>=', '=='].includes(operator)) return false;
    const sides = [go.binaryExpression.left(tree, each), go.binaryExpression.right(tree, each)].map((side) => textOf(tree, side));
    return sides.includes(`len(${operand})`) && !sides.some((side) => side === '0');
  });
}

/** Whether the errgroup is a variable of the function, which then sets no limit on it and hands it to nobody. */
function isOwnGroup(context: RuleContext, { group, fn }: Start): boolean {
  const { tree, scopes } = context;
  const symbol = tree.kind[group] === Kind.identifier ? scopes.symbolOf(group) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'local' || !encloses(tree, fn, symbol.declaration)) return false;
  return scopes.references(symbol).every(({ node, access }) => {
    const selector = tree.parent[node];
    return access === 'declare' || (tree.kind[selector] === Kind.selector_expression && !textOf(tree, selector).endsWith('.SetLimit'));
  });
}

/** Calls that wait for the goroutines of a group. */
const WAITS: ReadonlySet<string> = new Set(['sync.WaitGroup.Wait', 'golang.org/x/sync/errgroup.Group.Wait']);

/** Whether the loop has one page of a list, and the function waits for it before the loop around asks for the next. */
export function isPaged(context: RuleContext, loop: Node, { kind, file, node }: Origin): boolean {
  const { tree } = context;
  if (kind !== 'listed' || file !== context.file) return false;
  for (let outer = loopAround(tree, loop); outer !== NONE; outer = loopAround(tree, outer))
    if (encloses(tree, outer, node) && isWaitedFor(context, tree.next[loop], tree.next[outer])) return true;
  return false;
}

/** Whether the function waits, behind the loop, for what the loop has started: what nobody waits for may be meant to last. */
export function isAwaited(context: RuleContext, loop: Node, { fn }: Start): boolean {
  return isWaitedFor(context, context.tree.next[loop], context.tree.next[fn]);
}

/** Whether the rows wait for goroutines. */
function isWaitedFor(context: RuleContext, from: Node, to: Node): boolean {
  const { tree, types } = context;
  for (let row = from; row < to; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.call_expression && WAITS.has(calledFunction(context, row) ?? '')) return true;
    if (kind === Kind.unary_expression && textOf(tree, go.unaryExpression.operator(tree, row)) === '<-') return true;
    if (kind === Kind.range_clause && types.underlying(types.typeOf(go.rangeClause.right(tree, row))).kind === 'channel') return true;
  }
  return false;
}
