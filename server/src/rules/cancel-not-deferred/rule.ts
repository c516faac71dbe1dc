/**
 * A cancel function that is called on every path, but by plain calls further down: a panic on the way skips them. Left to
 * `lost-cancel` are paths that return without a call, and to nobody are loops, where a plain call is the right thing.
 */
import { positionOf } from '../../model/index.ts';
import { children, encloses, go, isFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { deferAfter, isRepeated } from '../cancel-edits.ts';
import { lossesOf } from '../cancel-paths.ts';
import { type CancelSource, callText, cancelSourceAt, cancelVariable, isMain } from '../cancel-sources.ts';
import { type CancelUse, cancelUses } from '../cancel-uses.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';

export const cancelNotDeferred = defineRule({
  id: 'cancel-not-deferred',
  category: 'leak',
  severity: 'information',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    panic:
      '{name} is called only further down, and the {what} before it skips it: the context, its timer and its place in the parent are then kept. Defer it right here: defer {call}.',
    blocking:
      '{name} is called only further down, after {what} that uses the context: when that panics or never comes back, the context, its timer and its place in the parent are kept. Defer it right here: defer {call}.',
  },
  options: {},
  docs: {
    summary: 'A cancel function is called later instead of being deferred, and something in between can skip the call.',
    why: 'A panic, or `runtime.Goexit` as in `t.Fatal`, unwinds through deferred calls only. What is called in plain sight further down is skipped.',
    cost: 'The context, its timer and its place in the parent are kept when the function is left by a panic that somebody recovers, as HTTP servers do.',
    bad: `package p

import (
	"context"
	"time"
)

func load(ctx context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	err := get(ctx)
	cancel()
	return err
}
`,
    good: `package p

import (
	"context"
	"time"
)

func load(ctx context.Context, get func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return get(ctx)
}
`,
    limits:
      'Speaks when, before the call, the function can panic explicitly or calls something with the context. In tests only explicit ends count. Silent in loops, in `main`, and where the function is handed to anybody else.',
    skipWhen: 'The context must end at a certain point: call the function there as well, a second call does nothing.',
    links: ['https://pkg.go.dev/context#CancelFunc', 'https://go.dev/blog/defer-panic-and-recover'],
  },
  visit: { short_var_declaration: check, assignment_statement: check, var_spec: check },
});

function check(statement: Node, context: RuleContext): void {
  const { tree } = context;
  const source = cancelSourceAt(context, statement);
  const variable = source === undefined ? undefined : cancelVariable(context, source);
  if (source === undefined || variable === undefined || isMain(context, source.fn) || isRepeated(tree, source)) return;
  const found = cancelUses(context, source.fn, variable);
  const isPlain = found.uses.length > 0 && found.uses.every((use) => use.how === 'call' && !use.byReference);
  const assigned = found.writes.filter((node) => node !== variable.declaration || node === source.cancel);
  if (!isPlain || assigned.length !== 1 || lossesOf(context, source, variable, found).length > 0) return;
  const hazard = hazardOf(context, source, found.uses);
  if (hazard === undefined) return;
  const call = callText(source, variable.name);
  context.report({
    at: { start: tree.start[source.cancel], end: tree.end[source.cancel] },
    message: hazard.kind,
    data: { name: variable.name, call, what: hazard.what },
    related: [
      { at: placeOf(context, hazard.at), note: hazard.kind === 'panic' ? 'this skips the call' : 'a panic in here skips the call' },
      ...found.uses.map((use) => ({ at: placeOf(context, use.at), note: 'called here' })),
    ],
    fixes: fixesOf(context, source, call),
    certainty: 'likely',
  });
}

function placeOf({ tree, file }: RuleContext, node: Node) {
  const lineEnd = tree.source.indexOf(10, tree.start[node]);
  return { path: file.path, range: { start: tree.start[node], end: lineEnd < 0 ? tree.end[node] : Math.min(tree.end[node], lineEnd) } };
}

interface Hazard {
  readonly kind: 'panic' | 'blocking';
  readonly at: Node;
  /** As the message says it. */
  readonly what: string;
}

/** The first thing in source order, on a path from the source to a call, that can skip the call. */
function hazardOf(context: RuleContext, source: CancelSource, uses: readonly CancelUse[]): Hazard | undefined {
  const { tree, file } = context;
  const between = nodesBetween(context, source, uses);
  const ends = between.map((node) => endOf(context, node)).find((hazard) => hazard !== undefined);
  if (ends !== undefined || file.isTest) return ends;
  for (const node of between) {
    const call = callWithContext(context, source, node);
    if (call !== NONE) return { kind: 'blocking', at: call, what: shownCall(tree, call) };
  }
  return undefined;
}

/** Nodes of the flow graph that are reached from the source before any call, in source order. */
function nodesBetween(context: RuleContext, source: CancelSource, uses: readonly CancelUse[]): Node[] {
  const { tree } = context;
  const flow = context.flow(source.fn);
  const start = positionOf(flow, tree, source.statement);
  const stops = new Map(
    uses.map((use) => positionOf(flow, tree, use.at)).map((position) => [position?.block ?? -1, position?.index ?? -1]),
  );
  const found: Node[] = [];
  const seen = new Set<number>();
  const pending = start === undefined ? [] : [{ block: start.block, from: start.index + 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { nodes, successors } = flow.blocks[next.block];
    const stop = stops.get(next.block);
    const isStopped = stop !== undefined && stop >= next.from;
    found.push(...nodes.slice(next.from, isStopped ? stop : nodes.length));
    for (const to of isStopped ? [] : successors) {
      if (!seen.has(to)) pending.push({ block: to, from: 0 });
      seen.add(to);
    }
  }
  return [...new Set(found)].sort((a, b) => a - b);
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

/** A call in the node that takes the context itself as an argument, outside literals, or NONE. Constructors of contexts are none. */
function callWithContext({ tree, scopes, types }: RuleContext, source: CancelSource, node: Node): Node {
  const symbol = tree.kind[source.context] === Kind.identifier ? scopes.symbolOf(source.context) : undefined;
  if (symbol === undefined || tree.kind[node] === Kind.defer_statement || tree.kind[node] === Kind.go_statement) return NONE;
  for (const reference of scopes.references(symbol)) {
    if (!encloses(tree, node, reference.node) || reference.within !== source.fn || reference.node < source.statement) continue;
    const list = tree.parent[reference.node];
    const call = tree.parent[list];
    if (tree.kind[list] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression || isFunction(tree, tree.parent[call])) continue;
    const callee = types.calleeOf(call);
    const isPlain = callee.kind === 'builtin' || callee.kind === 'conversion' || ('path' in callee && callee.path === 'context');
    if (!isPlain) return call;
  }
  return NONE;
}

function fixesOf(context: RuleContext, source: CancelSource, call: string): RuleFix[] {
  const deferred = deferAfter(context, source, call);
  if (deferred === undefined) return [];
  return [{ title: `Add defer ${call}; the calls below stay and end the context earlier`, safety: 'suggestion', edits: [deferred] }];
}
