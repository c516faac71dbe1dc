/**
 * A cancel function that is called on every path, but by plain calls further down: a panic on the way skips them. Left to
 * `lost-cancel` are paths that return without a call, and to nobody are loops, where a plain call is the right thing.
 */
import { children, firstChild, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { deferAfter, isRepeated } from '../kit/cancel/edits.ts';
import { parentEnds } from '../kit/cancel/parent.ts';
import { lossesOf } from '../kit/cancel/paths.ts';
import { type CancelSource, callText, cancelSourceAt, cancelVariable } from '../kit/cancel/sources.ts';
import { cancelUses } from '../kit/cancel/uses.ts';
import { isMain } from '../kit/hot-code.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { noteAt } from '../kit/places.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';
import { crashesByPanic } from './crashes.ts';
import { hazardOf, untilCalled } from './hazards.ts';
import { mayStart } from './started.ts';

export const cancelNotDeferred = defineRule({
  id: 'cancel-not-deferred',
  category: 'leak',
  severity: 'information',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    panic: '{name} is called only further down, and the {what} before it skips it: {kept} then kept. Defer it right here: defer {call}.',
    blocking:
      '{name} is called only further down, after {what} that uses the context: when that panics, {kept} kept. Defer it right here: defer {call}.',
  },
  options: {},
  docs: {
    summary: 'A cancel function is called later instead of being deferred, and a return or panic in between can skip the call.',
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
      'Speaks when, before the call, the function can panic explicitly or calls something with the context. In tests only explicit ends count. Silent in loops, in `main`, in what is only started with `go` and defers nothing, because a panic ends the program there, in what a framework of commands calls, where the parent ends with the function or the test, for a context of `context.Background` without a deadline with which nothing is started, and where the function is handed to anybody else.',
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
  const found = cancelUses(context, source, variable);
  const isPlain = found.uses.length > 0 && found.uses.every((use) => use.how === 'call' && !use.byReference);
  if (!isPlain || lossesOf(context, source, variable, found).length > 0) return;
  const { between, calls } = untilCalled(context, source, found.uses);
  const hazard = hazardOf(context, source, between);
  if (hazard === undefined || calls.length === 0) return;
  if (hazard.kind === 'blocking' && crashesByPanic(context, source.fn)) return;
  if (isEndedWith(context, source)) return;
  const isRoot = source.ends === 'parent' && isBackground(context, source);
  if (isRoot && !mayStart(context, source, calls[0].at)) return;
  const call = callText(source, variable.name);
  context.report({
    at: { start: tree.start[source.cancel], end: tree.end[source.cancel] },
    message: hazard.kind,
    data: { name: variable.name, call, what: hazard.what, kept: keptBy(source, isRoot) },
    related: [
      noteAt(context.file, hazard.at, hazard.kind === 'panic' ? 'this skips the call' : 'a panic in here skips the call'),
      ...calls.map((use) => noteAt(context.file, use.at, 'called here')),
    ],
    fixes: fixesOf(context, source, call),
    certainty: 'likely',
  });
}

/** Whether the parent is bound to end with the function, or with the test: then the context does as well. */
function isEndedWith(context: RuleContext, source: CancelSource): boolean {
  const { tree, scopes } = context;
  if (parentEnds(context, source).isBefore) return true;
  const [parent = NONE] = children(tree, go.callExpression.arguments(tree, source.call));
  const value = tree.kind[parent] === Kind.identifier ? onlyValueOf(scopes, tree, parent) : parent;
  return tree.kind[value] === Kind.call_expression && /^testing\.\w+\.Context$/.test(calledFunction(context, value) ?? '');
}

/** What a variable is declared with, if nothing else is ever put into it. */
function onlyValueOf(scopes: RuleContext['scopes'], tree: Tree, name: Node): Node {
  const symbol = scopes.symbolOf(name);
  const [declared, ...others] = symbol === undefined ? [] : scopes.references(symbol).filter(({ access }) => access !== 'read');
  const statement = declared === undefined || others.length > 0 ? NONE : tree.parent[tree.parent[declared.node]];
  if (tree.kind[statement] !== Kind.short_var_declaration) return NONE;
  const values = children(tree, go.shortVarDeclaration.right(tree, statement));
  return values.length === 1 ? values[0] : NONE;
}

/** Whether the parent is one that keeps nobody: without a timer the context is then garbage as soon as nothing works with it. */
function isBackground(context: RuleContext, { call }: CancelSource): boolean {
  const { tree } = context;
  const parent = firstChild(tree, go.callExpression.arguments(tree, call));
  return tree.kind[parent] === Kind.call_expression && ROOTS.has(calledFunction(context, parent) ?? '');
}

const ROOTS: ReadonlySet<string> = new Set(['context.Background', 'context.TODO']);

function keptBy({ ends }: CancelSource, isRoot: boolean): string {
  if (isRoot) return 'what works with the context goes on, and is';
  return ends === 'parent' ? 'the context and its place in the parent are' : 'the context, its timer and its place in the parent are';
}

function fixesOf(context: RuleContext, source: CancelSource, call: string): RuleFix[] {
  const deferred = deferAfter(context, source, call);
  if (deferred === undefined) return [];
  return [{ title: `Add defer ${call}; the calls below stay and end the context earlier`, safety: 'suggestion', edits: [deferred] }];
}
