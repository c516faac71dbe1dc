/** What lies between the making of a context and the call of its cancel function, and what of it can skip the call. */
import { positionOf } from '../../model/index.ts';
import { children, encloses, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { CancelSource } from '../kit/cancel/sources.ts';
import type { CancelUse } from '../kit/cancel/uses.ts';
import type { RuleContext } from '../rule.ts';

export interface Hazard {
  readonly kind: 'panic' | 'blocking';
  readonly at: Node;
  /** As the message says it. */
  readonly what: string;
}

/** The first thing in source order, on a path from the source to a call, that can skip the call. */
export function hazardOf(context: RuleContext, source: CancelSource, between: readonly Node[]): Hazard | undefined {
  const { tree, file } = context;
  const ends = between.map((node) => endOf(context, node)).find((hazard) => hazard !== undefined);
  if (ends !== undefined || file.isTest) return ends;
  for (const node of between) {
    const call = callWithContext(context, source, node);
    if (call !== NONE) return { kind: 'blocking', at: call, what: shownCall(tree, call) };
  }
  return undefined;
}

export interface Stretch {
  /** Nodes of the flow graph that are reached from the source before any call, in source order. */
  readonly between: readonly Node[];
  /** The calls in which that ends. */
  readonly calls: readonly CancelUse[];
}

export function untilCalled(context: RuleContext, source: CancelSource, uses: readonly CancelUse[]): Stretch {
  const { tree } = context;
  const flow = context.flow(source.fn);
  const start = positionOf(flow, tree, source.statement);
  const places = uses.map((use) => ({ use, position: positionOf(flow, tree, use.at) }));
  const between: Node[] = [];
  const calls = new Set<CancelUse>();
  const seen = new Set<number>();
  const pending = start === undefined ? [] : [{ block: start.block, from: start.index + 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { block, from } = next;
    const { nodes, successors } = flow.blocks[block];
    const here = places.filter(({ position }) => position?.block === block && position.index >= from);
    const stop = Math.min(nodes.length, ...here.map(({ position }) => position?.index ?? nodes.length));
    between.push(...nodes.slice(from, stop));
    for (const { use, position } of here) if (position?.index === stop) calls.add(use);
    for (const to of stop < nodes.length ? [] : successors) {
      if (!seen.has(to)) pending.push({ block: to, from: 0 });
      seen.add(to);
    }
  }
  return { between: [...new Set(between)].sort((a, b) => a - b), calls: [...calls].sort((a, b) => a.at - b.at) };
}

/** Calls that unwind the stack (those that end the process run no deferred calls either). */
const UNWINDING = /^(?:Fatal|Fatalf|FailNow|Skip|Skipf|SkipNow|Goexit|Panic|Panicf|Panicln)$/;

function endOf({ tree, types }: RuleContext, node: Node): Hazard | undefined {
  if (tree.kind[node] !== Kind.expression_statement) return undefined;
  const [call] = children(tree, node);
  if (call === undefined || tree.kind[call] !== Kind.call_expression) return undefined;
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'panic' ? { kind: 'panic', at: node, what: 'panic' } : undefined;
  if (!('path' in callee) || (callee.path !== 'testing' && callee.path !== 'runtime' && callee.path !== 'log')) return undefined;
  const name = callee.name?.split('.').at(-1) ?? '';
  const unwinds = UNWINDING.test(name) && !(callee.path === 'log' && name.startsWith('Fatal'));
  return unwinds ? { kind: 'panic', at: node, what: shownCall(tree, call) } : undefined;
}

function shownCall(tree: Tree, call: Node): string {
  const callee = textOf(tree, go.callExpression.function(tree, call));
  return /^[\w.]+$/.test(callee) ? `call of ${callee}` : 'call';
}

/**
 * A call in the node that takes the context itself as an argument, outside literals, or NONE. Constructors of contexts are none,
 * nor are calls on whose result a method is called at once, as in `log.From(ctx).Info()`: they take something out of it.
 */
function callWithContext({ tree, scopes, types }: RuleContext, source: CancelSource, node: Node): Node {
  const symbol = tree.kind[source.context] === Kind.identifier ? scopes.symbolOf(source.context) : undefined;
  if (symbol === undefined || tree.kind[node] === Kind.defer_statement || tree.kind[node] === Kind.go_statement) return NONE;
  for (const reference of scopes.references(symbol)) {
    if (!encloses(tree, node, reference.node) || reference.within !== source.fn || reference.node < source.statement) continue;
    const list = tree.parent[reference.node];
    const call = tree.parent[list];
    if (tree.kind[list] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression || isFunction(tree, tree.parent[call])) continue;
    if (tree.kind[tree.parent[call]] === Kind.selector_expression) continue;
    const callee = types.calleeOf(call);
    const isPlain = callee.kind === 'builtin' || callee.kind === 'conversion' || ('path' in callee && callee.path === 'context');
    if (!isPlain) return call;
  }
  return NONE;
}
