/**
 * The paths on which a cancel function gets lost: from the statement that made it, along the control flow, to the function's
 * end or to an assignment that overwrites it, without meeting a call or a hand-over. Conditions are followed as far as the
 * text proves them: `cancel != nil` holds, the error of the same call does not coincide with a cancel function, and a
 * condition that is tested twice comes out the same.
 */
import { type ControlFlow, type FlowPosition, type GoSymbol, positionOf } from '../../../model/index.ts';
import { children, Field, firstChild, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { type Branching, branchingOf, type Facts } from './branch-facts.ts';
import { parentEnds } from './parent.ts';
import type { CancelSource } from './sources.ts';
import { type CancelUse, type CancelUses, isReceivedFrom } from './uses.ts';

/** One way on which the cancel function is lost. */
export interface Loss {
  readonly kind: 'return' | 'end' | 'overwritten' | 'next-iteration';
  /** The return statement, the function, the identifier that is assigned, or the source's statement. */
  readonly at: Node;
}

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types' | 'package' | 'flow'>;

type Event =
  | { readonly kind: 'use'; readonly use: CancelUse }
  | { readonly kind: 'done' }
  | { readonly kind: 'write'; readonly node: Node };

/**
 * Ways on which the value is lost, in source order; none when all of it is handled or the code is not understood. Without a
 * variable, for a function that is discarded, only paths on which the context ends by itself handle it.
 */
export function lossesOf(known: Known, source: CancelSource, variable: GoSymbol | undefined, uses: CancelUses): readonly Loss[] {
  const { tree } = known;
  const flow = known.flow(source.fn);
  const start = positionOf(flow, tree, source.statement);
  if (start === undefined) return [];
  const before = uses.uses.filter(
    (use) => use.byReference && isDeclaredElsewhere(source, variable) && mayPrecede(flow, tree, use.at, start),
  );
  if (before.some((use) => use.covers === 'value')) return [];
  if (parentEnds(known, source).isBefore) return [];
  const events = eventsOf(known, flow, source, uses);
  if (events === undefined) return [];
  const branching = branchingOf(known, source.fn);
  const search: Search = { tree, flow, source, variable, events, branching, known: partTest(known, source, variable), losses: new Map() };
  walk(search, { block: start.block, from: start.index + 1, isCovered: before.length > 0, facts: factsAround(tree, source, branching) });
  return [...search.losses.values()].sort((a, b) => a.at - b.at);
}

function isDeclaredElsewhere(source: CancelSource, variable: GoSymbol | undefined): boolean {
  return variable?.declaration !== source.cancel;
}

function mayPrecede(flow: ControlFlow, tree: Tree, node: Node, start: FlowPosition): boolean {
  const position = positionOf(flow, tree, node);
  if (position === undefined) return true;
  if (position.block === start.block && position.index < start.index) return true;
  const seen = new Set(flow.blocks[position.block].successors);
  for (const block of seen) for (const to of flow.blocks[block].successors) seen.add(to);
  return seen.has(start.block);
}

/** Events by block, then by index of the node; undefined when one cannot be placed. */
type Events = ReadonlyMap<number, ReadonlyMap<number, readonly Event[]>>;

function eventsOf(known: Known, flow: ControlFlow, source: CancelSource, { uses, writes }: CancelUses): Events | undefined {
  const { tree } = known;
  const found = new Map<number, Map<number, Event[]>>();
  const add = (node: Node, event: Event): boolean => {
    const position = positionOf(flow, tree, node);
    if (position === undefined) return false;
    const block = found.get(position.block) ?? new Map<number, Event[]>();
    found.set(position.block, block);
    block.set(position.index, [...(block.get(position.index) ?? []), event]);
    return true;
  };
  const isPlaced = [
    ...uses.map((use) => add(use.at, { kind: 'use', use })),
    ...[...donesOf(known, source), ...parentEnds(known, source).at].map((node) => add(node, { kind: 'done' })),
    ...(writes.length === 0 ? [source.cancel] : writes).map((node) => add(node, { kind: 'write', node })),
  ];
  return isPlaced.every((each) => each) ? found : undefined;
}

/**
 * Places past which nothing is held any more: where a function cancels the context itself, and receives, from the `Done` channel of
 * the context or its parent, or from a timer. Signals stay caught when their context has ended.
 */
function donesOf(known: Known, source: CancelSource): Node[] {
  const { tree } = known;
  const [parent] = children(tree, go.callExpression.arguments(tree, source.call));
  switch (source.kind) {
    case 'context':
    case 'callback':
      return [...donesOn(known, source, source.context), ...(parent === undefined ? [] : donesOn(known, source, parent))];
    case 'timer':
      return receivesOf(known, source);
    case 'signals':
    case 'ticker':
      return [];
  }
}

/** From the timer's channel, wherever: a path that comes to one has not assigned the variable anew, or it would have ended there. */
function receivesOf({ tree, scopes }: Known, source: CancelSource): Node[] {
  const timer = tree.kind[source.cancel] === Kind.identifier ? scopes.symbolOf(source.cancel) : undefined;
  return (timer === undefined ? [] : scopes.references(timer))
    .filter(({ within }) => within === source.fn)
    .map(({ node }) => receiveOfTimer(tree, node))
    .filter((node) => node !== NONE);
}

/** Only while the variable keeps the context that it has at the source. */
function donesOn(known: Known, source: CancelSource, context: Node): Node[] {
  const { tree, scopes } = known;
  const symbol = tree.kind[context] === Kind.identifier ? scopes.symbolOf(context) : undefined;
  if (symbol?.kind !== 'variable') return [];
  const references = scopes.references(symbol);
  const isAssigned = (to: Node): boolean =>
    references.some(({ node, access }) => access !== 'read' && access !== 'declare' && node > source.context && node < to);
  return references
    .filter((reference) => reference.node > source.call && reference.within === source.fn && !isAssigned(reference.node))
    .flatMap(({ node }) => [receiveOfDone(tree, node), cancelOf(known, node)])
    .filter((node) => node !== NONE);
}

/** A function that cancels the context it is given, as by `chromedp.Cancel(ctx)`; a method of that name is given one to work in. */
function cancelOf({ tree, types }: Known, context: Node): Node {
  const list = tree.parent[context];
  const call = tree.parent[list];
  if (tree.kind[list] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression || children(tree, list).length !== 1) return NONE;
  const callee = types.calleeOf(call);
  return callee.kind === 'function' && /^[cC]ancel(?:Context)?$/.test(callee.name) ? call : NONE;
}

function receiveOfDone(tree: Tree, context: Node): Node {
  const selector = tree.parent[context];
  const call = tree.parent[selector];
  const receive = tree.parent[call];
  const isDone = tree.kind[selector] === Kind.selector_expression && textOf(tree, go.selectorExpression.field(tree, selector)) === 'Done';
  return isDone && tree.kind[call] === Kind.call_expression && isReceivedFrom(tree, call) ? receive : NONE;
}

function receiveOfTimer(tree: Tree, timer: Node): Node {
  const selector = tree.parent[timer];
  const isChannel = tree.kind[selector] === Kind.selector_expression && textOf(tree, go.selectorExpression.field(tree, selector)) === 'C';
  return isChannel && isReceivedFrom(tree, selector) ? tree.parent[selector] : NONE;
}

interface Search {
  readonly tree: Tree;
  readonly flow: ControlFlow;
  readonly source: CancelSource;
  /** Undefined when the function is discarded. */
  readonly variable: GoSymbol | undefined;
  readonly events: Events;
  readonly branching: Branching;
  /** Decides parts of conditions that only this source decides. */
  readonly known: (part: Node) => boolean | undefined;
  readonly losses: Map<Node, Loss>;
}

interface State {
  readonly block: number;
  /** Index of the first node to look at. */
  readonly from: number;
  /** A deferred literal will call what the variable holds at the end. */
  readonly isCovered: boolean;
  readonly facts: Facts;
}

/** States beyond this number are not visited: a function that has them is not judged further. */
const MAX_STATES = 20_000;

function walk(search: Search, first: State): void {
  const seen = new Set<string>();
  const pending = [first];
  for (let state = pending.pop(); state !== undefined && seen.size < MAX_STATES; state = pending.pop()) {
    const key = `${state.block} ${state.from} ${state.isCovered} ${[...state.facts].sort().join()}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const isCovered = runBlock(search, state);
    if (isCovered !== undefined) pending.push(...successorsOf(search, { ...state, isCovered }));
  }
}

/** Goes through a block's nodes: undefined when the path ends in it, else whether the variable is covered at its end. */
function runBlock(search: Search, state: State): boolean | undefined {
  const { flow, events } = search;
  const ofBlock = events.get(state.block);
  let isCovered = state.isCovered;
  for (let index = state.from; ofBlock !== undefined && index < flow.blocks[state.block].nodes.length; index++) {
    const here = ofBlock.get(index) ?? [];
    if (here.some((event) => event.kind === 'done' || (event.kind === 'use' && event.use.covers === 'value'))) return undefined;
    if (here.some((event) => event.kind === 'use')) isCovered = true;
    const write = here.find((event) => event.kind === 'write');
    if (write !== undefined) {
      overwritten(search, write.node, isCovered);
      return undefined;
    }
  }
  if (flow.blocks[state.block].successors.includes(flow.exit)) leave(search, state.block, isCovered);
  return isCovered;
}

function overwritten({ source, variable, losses }: Search, node: Node, isCovered: boolean): void {
  const isNextIteration = node === source.cancel && (variable === undefined || node === variable.declaration);
  if (isNextIteration && isCovered) return;
  losses.set(node, isNextIteration ? { kind: 'next-iteration', at: source.statement } : { kind: 'overwritten', at: node });
}

function leave({ tree, flow, source, variable, losses }: Search, block: number, isCovered: boolean): void {
  const { nodes } = flow.blocks[block];
  const last = nodes.length === 0 ? NONE : nodes[nodes.length - 1];
  const isReturn = tree.kind[last] === Kind.return_statement;
  const givesVariable = variable?.role === 'result' && (!isReturn || firstChild(tree, last) === NONE);
  if (isCovered || givesVariable) return;
  losses.set(isReturn ? last : source.fn, isReturn ? { kind: 'return', at: last } : { kind: 'end', at: source.fn });
}

/** The states after a block; of a condition that is decided only one, and otherwise each with what it teaches. */
function successorsOf(search: Search, state: State): State[] {
  const { tree, flow, branching, known } = search;
  const { nodes, successors } = flow.blocks[state.block];
  const last = nodes.length === 0 ? NONE : nodes[nodes.length - 1];
  const to = (block: number, facts: Facts): State => ({ block, from: 0, isCovered: state.isCovered, facts });
  if (isEndlessRange(search, last)) return [to(successors[0], state.facts)];
  const next = successors.filter((block) => block !== flow.exit && block !== flow.abort);
  if (successors.length !== 2 || !isCondition(tree, last)) return next.map((block) => to(block, state.facts));
  const truth = branching.truthOf(last, state.facts, known);
  const [whenTrue, whenFalse] = successors;
  const states: State[] = [];
  if (truth !== false) states.push(to(whenTrue, branching.learn(state.facts, last, true)));
  if (truth !== true) states.push(to(whenFalse, branching.learn(state.facts, last, false)));
  return states.filter(({ block }) => next.includes(block));
}

/** `range ticker.C`: the channel of a ticker is never closed. */
function isEndlessRange({ tree, source }: Search, clause: Node): boolean {
  if (source.kind !== 'ticker' || tree.kind[clause] !== Kind.range_clause) return false;
  const channel = unparenthesized(tree, go.rangeClause.right(tree, clause));
  if (tree.kind[channel] !== Kind.selector_expression) return false;
  const ticker = go.selectorExpression.operand(tree, channel);
  return ticker === source.cancel || textOf(tree, ticker) === textOf(tree, source.cancel);
}

function isCondition(tree: Tree, node: Node): boolean {
  const parent = tree.parent[node];
  return tree.kind[parent] === Kind.if_statement && tree.field[node] === Field.condition;
}

/**
 * `cancel != nil` holds, and so does `ctx != nil`; what came with them, an error that is nil or a bool that is true, stays so
 * while nobody has assigned it anew.
 */
function partTest({ tree, scopes }: Known, source: CancelSource, variable: GoSymbol | undefined): Search['known'] {
  const symbolAt = (node: Node): GoSymbol | undefined => (tree.kind[node] === Kind.identifier ? scopes.symbolOf(node) : undefined);
  const [context, error, ok] = [source.context, source.error, source.ok].map(symbolAt);
  const isAsGiven = (symbol: GoSymbol, part: Node): boolean =>
    !scopes.references(symbol).some(({ node, access }) => access !== 'read' && node > source.call && node < part);
  return (part) => {
    if (ok !== undefined && symbolAt(part) === ok) return isAsGiven(ok, part) ? true : undefined;
    const compared = nilComparison(tree, part);
    const symbol = compared === undefined ? undefined : scopes.symbolOf(compared.operand);
    if (compared === undefined || symbol === undefined) return undefined;
    if (symbol === variable) return compared.isUnequal;
    if ((symbol !== error && symbol !== context) || !isAsGiven(symbol, part)) return undefined;
    return symbol === context ? compared.isUnequal : !compared.isUnequal;
  };
}

interface NilComparison {
  readonly operand: Node;
  readonly isUnequal: boolean;
}

/** `x == nil` or `x != nil`. */
function nilComparison(tree: Tree, node: Node): NilComparison | undefined {
  if (tree.kind[node] !== Kind.binary_expression) return undefined;
  const operator = tree.kind[go.binaryExpression.operator(tree, node)];
  if (operator !== Kind['=='] && operator !== Kind['!=']) return undefined;
  const left = unparenthesized(tree, go.binaryExpression.left(tree, node));
  const right = unparenthesized(tree, go.binaryExpression.right(tree, node));
  if (tree.kind[left] !== Kind.nil && tree.kind[right] !== Kind.nil) return undefined;
  return { operand: tree.kind[left] === Kind.nil ? right : left, isUnequal: operator === Kind['!='] };
}

/** What the branches around the source say: the condition of an `if` in whose body it stands held. */
function factsAround(tree: Tree, source: CancelSource, branching: Branching): Facts {
  let facts: Facts = new Map();
  let below = source.statement;
  for (let up = tree.parent[below]; up !== source.fn && up !== NONE; below = up, up = tree.parent[up]) {
    if (tree.kind[up] !== Kind.if_statement) continue;
    const isInside = tree.field[below] === Field.consequence || tree.field[below] === Field.alternative;
    if (isInside) facts = branching.learn(facts, go.ifStatement.condition(tree, up), tree.field[below] === Field.consequence);
  }
  return facts;
}
