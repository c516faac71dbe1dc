/**
 * What a function does with its cancel function: calls it, defers it, hands it to somebody else, or only seems to use it
 * (`_ = cancel`, a comparison with nil). A literal that captures the variable counts where the literal itself is used.
 */
import type { GoSymbol, Reference } from '../../../model/index.ts';
import {
  ancestor,
  encloses,
  enclosingFunction,
  Field,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
} from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { isOnEveryIteration } from '../repetition.ts';
import { type CancelSource, isBlank, isStoppedByMethod, sidesOf } from './sources.ts';

export interface CancelUse {
  /** A node of the function itself (not of a literal in it) at which it happens. */
  readonly at: Node;
  readonly how: 'call' | 'defer' | 'handover';
  /** A deferred literal reads the variable when the function ends: what it held before an overwriting is not covered. */
  readonly covers: 'value' | 'variable';
  /** A literal or an address refers to the variable, so it also sees what is assigned after it. */
  readonly byReference: boolean;
}

export interface CancelUses {
  readonly uses: readonly CancelUse[];
  /** Identifiers on left sides, the declaration included. */
  readonly writes: readonly Node[];
  /** Statements `_ = cancel`. */
  readonly blanked: readonly Node[];
}

type Known = Pick<RuleContext, 'tree' | 'scopes'>;

/** Uses of the local variable that receives the cancel function, ticker or timer of the source. */
export function cancelUses(known: Known, source: Pick<CancelSource, 'fn' | 'kind'>, variable: GoSymbol): CancelUses {
  const { fn } = source;
  const uses: CancelUse[] = [];
  const writes: Node[] = [];
  const blanked: Node[] = [];
  for (const reference of known.scopes.references(variable)) {
    const isOwn = reference.within === fn;
    if (reference.access === 'declare' || reference.access === 'write') {
      if (isOwn) writes.push(reference.node);
      continue;
    }
    const blank = blankingOf(known.tree, reference.node);
    if (blank !== NONE) {
      if (isOwn) blanked.push(blank);
    } else uses.push(...usesOf(known, source, reference).map((use) => beforeLoop(known.tree, use, variable)));
  }
  return { uses, writes, blanked };
}

/** What the goroutines of a loop over elements are given is theirs before the first: without elements nothing was to be done at all. */
function beforeLoop(tree: Tree, use: CancelUse, { declaration }: GoSymbol): CancelUse {
  const literal = tree.kind[use.at] === Kind.func_literal ? tree.parent[tree.parent[use.at]] : NONE;
  if (tree.kind[literal] !== Kind.go_statement) return use;
  const loop = ancestor(tree, literal, Kind.for_statement, Kind.func_literal);
  const clause = tree.kind[loop] === Kind.for_statement ? firstChild(tree, loop) : NONE;
  if (tree.kind[clause] !== Kind.range_clause || encloses(tree, loop, declaration)) return use;
  return isOnEveryIteration(tree, literal, loop) ? { ...use, at: go.rangeClause.right(tree, clause) } : use;
}

function usesOf(known: Known, source: Pick<CancelSource, 'fn' | 'kind'>, reference: Reference): CancelUse[] {
  const { tree } = known;
  const { fn } = source;
  if (isComparedOnly(tree, reference.node)) return [];
  if (reference.within === fn) {
    if (reference.access === 'address') return [{ at: reference.node, how: 'handover', covers: 'value', byReference: true }];
    const called = isStoppedByMethod(source) ? stopSelected(tree, reference.node) : reference.node;
    if (called === NONE) return [];
    return [{ at: reference.node, how: callOf(tree, called), covers: 'value', byReference: false }];
  }
  const literal = literalIn(tree, fn, reference.within);
  return literal === NONE ? [] : literalUses(known, fn, literal);
}

/**
 * `x.Stop` of a ticker or timer, and the variable itself where it goes elsewhere; NONE where it is only reset or its channel
 * received from.
 */
function stopSelected(tree: Tree, node: Node): Node {
  const selector = tree.parent[outermost(tree, node)];
  if (tree.kind[selector] !== Kind.selector_expression) return node;
  const field = textOf(tree, go.selectorExpression.field(tree, selector));
  if (field === 'Stop') return selector;
  return field === 'Reset' || (field === 'C' && isReceivedFrom(tree, selector)) ? NONE : node;
}

/** Whether values are received from the channel right where it is written, by `<-` or `range`. */
export function isReceivedFrom(tree: Tree, channel: Node): boolean {
  const parent = tree.parent[outermost(tree, channel)];
  if (tree.kind[parent] === Kind.range_clause) return true;
  return tree.kind[parent] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['<-'];
}

/** The statement `_ = x` or `var _ = x` of which the node is the value, or NONE. */
function blankingOf(tree: Tree, node: Node): Node {
  const list = tree.parent[node];
  if (tree.kind[list] !== Kind.expression_list) return NONE;
  const statement = tree.parent[list];
  const [targets, values] = sidesOf(tree, statement);
  const target = targets[values.indexOf(node)];
  return target !== undefined && targets.length === values.length && isBlank(tree, target) ? statement : NONE;
}

function isComparedOnly(tree: Tree, node: Node): boolean {
  const parent = tree.parent[outermost(tree, node)];
  return tree.kind[parent] === Kind.binary_expression;
}

/** The node with the parentheses around it. */
function outermost(tree: Tree, node: Node): Node {
  let outer = node;
  while (tree.kind[tree.parent[outer]] === Kind.parenthesized_expression) outer = tree.parent[outer];
  return outer;
}

function callOf(tree: Tree, node: Node): CancelUse['how'] {
  const callee = outermost(tree, node);
  const call = tree.parent[callee];
  if (tree.kind[call] !== Kind.call_expression || tree.field[callee] !== Field.function) return 'handover';
  const statement = tree.kind[tree.parent[call]];
  if (statement === Kind.defer_statement) return 'defer';
  return statement === Kind.go_statement ? 'handover' : 'call';
}

/** The literal directly in `fn` that is or holds the function `within`, or NONE. */
function literalIn(tree: Tree, fn: Node, within: Node): Node {
  let literal = within;
  while (literal !== NONE) {
    const outer = enclosingFunction(tree, literal);
    if (outer === fn) return literal;
    literal = outer;
  }
  return NONE;
}

/** Where a literal that captures the variable takes effect; one kept in a local variable does so where that is used. */
function literalUses({ tree, scopes }: Known, fn: Node, literal: Node): CancelUse[] {
  const uses: CancelUse[] = [];
  const seen = new Set<Node>();
  const pending = [literal];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    const holder = localHolder({ tree, scopes }, fn, value);
    if (holder === undefined) uses.push(literalUse(tree, value));
    for (const { node, access, within } of holder === undefined ? [] : scopes.references(holder)) {
      if (access === 'declare' || access === 'write' || blankingOf(tree, node) !== NONE) continue;
      const inner = within === fn ? node : literalIn(tree, fn, within);
      if (inner === node) uses.push(literalUse(tree, node));
      else if (inner !== NONE) pending.push(inner);
    }
  }
  return uses;
}

function literalUse(tree: Tree, value: Node): CancelUse {
  const how = callOf(tree, value);
  const isDeferred = how === 'defer' || isDeferredArgument(tree, value);
  return { at: value, how: isDeferred ? 'defer' : how, covers: isDeferred ? 'variable' : 'value', byReference: true };
}

/** `defer f(func() { … })` and `defer f()` in which the value stands as an argument. */
function isDeferredArgument(tree: Tree, value: Node): boolean {
  const list = tree.parent[outermost(tree, value)];
  const call = tree.parent[list];
  return tree.kind[list] === Kind.argument_list && tree.kind[tree.parent[call]] === Kind.defer_statement;
}

/** The local variable of `fn` that a literal is assigned to. */
function localHolder({ tree, scopes }: Known, fn: Node, literal: Node): GoSymbol | undefined {
  const list = tree.parent[literal];
  if (tree.kind[list] !== Kind.expression_list) return undefined;
  const [targets, values] = sidesOf(tree, tree.parent[list]);
  const target = targets[values.indexOf(literal)];
  if (target === undefined || tree.kind[target] !== Kind.identifier) return undefined;
  const symbol = scopes.symbolOf(target);
  const isLocal = symbol?.kind === 'variable' && symbol.owner === fn && symbol.role !== 'result';
  return isLocal ? symbol : undefined;
}
