/** Deferred calls in loops that are somebody else's to report, that are meant as they are, or that are worse than they look. */
import {
  calledName,
  children,
  descendants,
  encloses,
  go,
  Kind,
  NONE,
  type Node,
  nextSibling,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { sidesOf } from '../kit/cancel/sources.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { rootOf } from '../kit/root.ts';
import type { RuleContext } from '../rule.ts';
import { companionsOf, deferredCall, type TurnValue } from './resources.ts';

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;

/** Whether the deferred call, or a literal that it runs, calls the cancel function of a context: `cancel-in-loop` has it. */
export function endsContext({ tree, types }: Known, statement: Node): boolean {
  for (let row = statement; row < tree.next[statement]; row++) {
    if (tree.kind[row] !== Kind.call_expression) continue;
    const type = types.typeOf(go.callExpression.function(tree, row));
    if (type.kind === 'named' && type.path === 'context' && /^Cancel(?:Cause)?Func$/.test(type.name)) return true;
  }
  return false;
}

const UNLOCKS: ReadonlyMap<string, string> = new Map([
  ['sync.Mutex.Unlock', 'Lock'],
  ['sync.RWMutex.Unlock', 'Lock'],
]);

/** The lock that the iteration takes, the defer gives back and the next iteration takes again, as it is written; undefined for all else. */
export function isHeldLock({ tree, scopes, types }: Known, loop: Node, statement: Node): string | undefined {
  const call = deferredCall(tree, statement);
  const locks = tree.kind[call] === Kind.call_expression ? UNLOCKS.get(calledFunction({ types }, call) ?? '') : undefined;
  const selector = unparenthesized(tree, go.callExpression.function(tree, call));
  if (locks === undefined || tree.kind[selector] !== Kind.selector_expression) return undefined;
  const lock = go.selectorExpression.operand(tree, selector);
  if (!isSameOnEveryIteration({ tree, scopes }, loop, lock)) return undefined;
  const before = children(tree, tree.parent[statement]).filter((each) => each < statement);
  const isTaken = before.some((each) => textOf(tree, each) === `${textOf(tree, lock)}.${locks}()`);
  return isTaken && encloses(tree, go.forStatement.body(tree, loop), tree.parent[statement]) ? textOf(tree, lock) : undefined;
}

/** Whether an expression without calls and indices starts from a variable that the loop neither declares nor assigns. */
function isSameOnEveryIteration({ tree, scopes }: Pick<Known, 'tree' | 'scopes'>, loop: Node, expression: Node): boolean {
  for (let row = expression; row < tree.next[expression]; row++) {
    if (tree.kind[row] === Kind.call_expression || tree.kind[row] === Kind.index_expression) return false;
  }
  const root = rootOf(tree, expression);
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  if (symbol?.kind !== 'variable') return false;
  const isOfLoop = symbol.file?.tree === tree && encloses(tree, loop, symbol.declaration);
  return !isOfLoop && !scopes.references(symbol).some(({ node, access }) => access === 'write' && encloses(tree, loop, node));
}

/** Functions that put back what the process shares, and methods that undo. */
const UNDOING = /^(?:os\.(?:Setenv|Unsetenv|Remove|RemoveAll|Chdir|Rename)|os\/signal\.\w+|runtime\.GOMAXPROCS|sync\..*Unlock)$/;

/**
 * Whether the defer is reached once at most, or waits for how the function ends: it stands behind a test that something from
 * outside the loop is not there yet, or in a state that the iteration leaves, or its literal reads a variable from outside that the function assigns.
 */
export function isForTheEnd({ tree, scopes }: Known, loop: Node, statement: Node): boolean {
  for (let at = statement; at !== loop && at !== NONE; at = tree.parent[at]) {
    const parent = tree.parent[at];
    if (tree.kind[parent] !== Kind.if_statement || go.ifStatement.consequence(tree, parent) !== at) continue;
    const tested = missingIn(tree, go.ifStatement.condition(tree, parent));
    if (tested !== NONE && isFromOutside({ tree, scopes }, loop, rootOf(tree, tested))) return true;
  }
  if (leavesState({ tree, scopes }, loop, statement)) return true;
  const literal = go.callExpression.function(tree, deferredCall(tree, statement));
  if (tree.kind[literal] !== Kind.func_literal) return false;
  return descendants(tree, literal, Kind.identifier).some((name) => {
    const symbol = scopes.symbolOf(name);
    const isWritten = (): boolean =>
      symbol !== undefined && scopes.references(symbol).some(({ node, access }) => access === 'write' && !encloses(tree, literal, node));
    return isFromOutside({ tree, scopes }, loop, name) && isWritten();
  });
}

/** Whether it stands in a case of a switch over a variable from outside the loop that the case assigns: a state, which is entered once. */
function leavesState({ tree, scopes }: Pick<Known, 'tree' | 'scopes'>, loop: Node, statement: Node): boolean {
  for (let at = statement; at !== loop && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] !== Kind.expression_case) continue;
    const state = unparenthesized(tree, go.expressionSwitchStatement.value(tree, tree.parent[at]));
    const symbol = tree.kind[state] === Kind.identifier ? scopes.symbolOf(state) : undefined;
    if (symbol === undefined || !isFromOutside({ tree, scopes }, loop, state)) continue;
    if (scopes.references(symbol).some(({ node, access }) => access === 'write' && encloses(tree, at, node))) return true;
  }
  return false;
}

/** `x` of `x == nil`, `x == ""`, `x == 0` and `!x`; NONE for other conditions. */
function missingIn(tree: Tree, condition: Node): Node {
  const test = unparenthesized(tree, condition);
  if (tree.kind[test] === Kind.unary_expression)
    return tree.kind[go.unaryExpression.operator(tree, test)] === Kind['!'] ? go.unaryExpression.operand(tree, test) : NONE;
  if (tree.kind[test] !== Kind.binary_expression) return NONE;
  const isEqual = tree.kind[go.binaryExpression.operator(tree, test)] === Kind['=='];
  const isZero = /^(?:nil|""|0|false)$/.test(textOf(tree, go.binaryExpression.right(tree, test)));
  return isEqual && isZero ? go.binaryExpression.left(tree, test) : NONE;
}

function isFromOutside({ tree, scopes }: Pick<Known, 'tree' | 'scopes'>, loop: Node, name: Node): boolean {
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  return symbol?.kind === 'variable' && symbol.role !== 'package' && !encloses(tree, loop, symbol.declaration);
}

/** Names of functions whose result is held for what comes after the loop. */
const HOLDING = /^(?:(?:try)?r?(?:lock|acquire)|(?:with)?lease|AfterFunc$)/i;

/** Last name of the function that made the value. */
function madeBy(tree: Tree, { statement }: TurnValue): string {
  const [, values] = sidesOf(tree, statement);
  const call = values.length === 1 ? unparenthesized(tree, values[0]) : NONE;
  return call === NONE ? '' : textOf(tree, calledName(tree, call));
}

/**
 * Whether the call undoes something for the end of the function rather than the iteration: it puts back what the process shares,
 * gives back a lock, is a method of an element that the loop goes through, or a function that was given back for just that.
 */
export function isUndoing(known: Known, loop: Node, statement: Node, values: readonly TurnValue[]): boolean {
  const { tree, scopes, types } = known;
  const call = deferredCall(tree, statement);
  if (tree.kind[call] !== Kind.call_expression) return true;
  if (UNDOING.test(calledFunction({ types }, call) ?? '')) return true;
  const callee = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[callee] === Kind.call_expression) return true;
  const root = rootOf(tree, callee);
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  if (symbol?.kind !== 'variable') return false;
  const value = values.find((each) => each.symbol === symbol);
  if (value === undefined) return symbol.role === 'range' || !encloses(tree, loop, symbol.declaration);
  if (HOLDING.test(madeBy(tree, value)) || putsBack(known, call, value)) return true;
  if (root !== callee) return false;
  return companionsOf(known, value).every((other) => types.implementsError(types.typeOfSymbol(other)) === true);
}

/**
 * Whether the values are there for what the function does after the loop: the iteration makes them, tests them against nil at most, and
 * ends with the defer. To let go of them at the end of the iteration would be to undo at once what it was for.
 */
export function isForAfterLoop({ tree, scopes }: Known, loop: Node, statement: Node, values: readonly TurnValue[]): boolean {
  const after = nextSibling(tree, loop);
  if (values.length === 0 || after === NONE || tree.kind[after] === Kind.return_statement) return false;
  for (let at = statement; at !== go.forStatement.body(tree, loop); at = tree.parent[at])
    if (tree.kind[tree.parent[at]] === Kind.statement_list && nextSibling(tree, at) !== NONE) return false;
  return values.every(({ symbol, name }) =>
    scopes.references(symbol).every(({ node }) => {
      const isUse = node > name && node < statement && encloses(tree, loop, node);
      return !isUse || tree.kind[tree.parent[node]] === Kind.binary_expression;
    }),
  );
}

/** Whether the call sets something of the value back: by its name, or because an argument was asked of the value before, as in `defer x.Put(old)` after `old := x.Get()`. */
function putsBack({ tree, scopes }: Known, call: Node, { symbol, statement }: TurnValue): boolean {
  if (/^set/i.test(textOf(tree, calledName(tree, call)))) return true;
  return children(tree, go.callExpression.arguments(tree, call)).some((argument) => {
    const given = tree.kind[argument] === Kind.identifier ? scopes.symbolOf(argument) : undefined;
    if (given?.kind !== 'variable') return false;
    const writes = scopes.references(given).filter(({ node, access }) => access !== 'read' && node > statement && node < call);
    return writes.some(({ node }) => {
      const [, values] = sidesOf(tree, tree.parent[tree.parent[node]]);
      return values.some((value) => scopes.symbolOf(rootOf(tree, go.callExpression.function(tree, value))) === symbol);
    });
  });
}
