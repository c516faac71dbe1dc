/**
 * `defer cancel()` for a context made in a loop. The defers wait for the end of the function, so every iteration's context is kept
 * until then; the rule asks whether control gets from the defer to the next iteration without a direct call.
 */
import { type FlowPosition, positionOf } from '../../model/index.ts';
import { ancestor, encloses, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { isHeldAfterLoop } from '../kit/cancel/context-lifetime.ts';
import { type CancelSource, callText, cancelSourceAt, cancelVariable, loopAround } from '../kit/cancel/sources.ts';
import { type CancelUse, type CancelUses, cancelUses } from '../kit/cancel/uses.ts';
import { waitsAfter } from '../kit/iteration-ends.ts';
import { firstLineOf } from '../kit/places.ts';
import { isReached } from '../kit/reach.ts';
import { isShort } from '../kit/short-loops.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesOf } from './fix.ts';

export const cancelInLoop = defineRule({
  id: 'cancel-in-loop',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    piling:
      'This defer runs when the function returns, not at the end of the iteration: the contexts of all iterations, their timers and their places in the parent pile up until then. Call {call} at the end of the iteration, or wrap the loop body in a function.',
  },
  options: {},
  docs: {
    summary: '`defer cancel()` in a loop: the contexts of all iterations are kept until the function returns.',
    why: 'Deferred calls run when the function returns. A context made in each iteration of a loop and cancelled by `defer` stays in its parent, with its timer, until the last iteration is over.',
    cost: 'One context, one timer and one deferred call per iteration, all kept until the function ends; a loop that serves forever never lets go of any.',
    bad: `package p

import (
	"context"
	"time"
)

func all(ctx context.Context, names []string, load func(context.Context, string)) {
	for _, name := range names {
		ctx, cancel := context.WithTimeout(ctx, time.Second)
		defer cancel()
		load(ctx, name)
	}
}
`,
    good: `package p

import (
	"context"
	"time"
)

func all(ctx context.Context, names []string, load func(context.Context, string)) {
	for _, name := range names {
		func() {
			ctx, cancel := context.WithTimeout(ctx, time.Second)
			defer cancel()
			load(ctx, name)
		}()
	}
}
`,
    limits:
      'Silent when the function is called in the iteration as well, and when no iteration can follow the defer because the function always returns after it; in test files also where the loop is known to have a few iterations. Only possible where a goroutine that the iteration does not wait for uses the context.',
    skipWhen: 'The loop has a few iterations at most and the contexts are short-lived anyway.',
    links: ['https://pkg.go.dev/context#CancelFunc', 'https://go.dev/ref/spec#Defer_statements'],
  },
  follows: [
    'for NotifyContext',
    'for WithCancel',
    'for WithCancelCause',
    'for WithDeadline',
    'for WithDeadlineCause',
    'for WithTimeout',
    'for WithTimeoutCause',
  ],
  visit: { short_var_declaration: check, assignment_statement: check, var_spec: check },
});

function check(statement: Node, context: RuleContext): void {
  const { tree } = context;
  const loop = loopAround(tree, statement);
  const source = loop === NONE ? undefined : cancelSourceAt(context, statement);
  const variable = source === undefined ? undefined : cancelVariable(context, source);
  if (source === undefined || variable === undefined || (context.file.isTest && isShort(context, loop))) return;
  const found = cancelUses(context, source, variable);
  const isOfIteration = encloses(tree, loop, variable.declaration);
  for (const use of found.uses) {
    if (use.how !== 'defer' || !encloses(tree, loop, use.at) || (use.covers === 'variable' && !isOfIteration)) continue;
    if (pilesUp(context, source, use, found)) report(context, source, use, variable.name);
  }
}

/** Whether the defer is for this source, and control gets from it to the making of the next context without a call or hand-over of this one. */
function pilesUp(context: RuleContext, source: CancelSource, use: CancelUse, { uses, writes }: CancelUses): boolean {
  const { tree } = context;
  const flow = context.flow(source.fn);
  const place = (node: Node): FlowPosition | undefined => positionOf(flow, tree, node);
  const made = place(source.statement);
  const deferred = place(use.at);
  if (made === undefined || deferred === undefined || flow.blocks[made.block].predecessors.length === 0) return false;
  const assigned = writes
    .filter((node) => node !== source.cancel)
    .map(place)
    .filter((each) => each !== undefined);
  const called = uses.filter((each) => each.how !== 'defer').map((each) => place(each.at));
  if (!isReached(flow, made, deferred, assigned)) return false;
  return (
    isReached(flow, deferred, made, called) || assigned.some((to) => isReached(flow, deferred, to, called) && isReached(flow, to, made, []))
  );
}

function report(context: RuleContext, source: CancelSource, use: CancelUse, name: string): void {
  const { tree, file } = context;
  const statement = ancestor(tree, use.at, Kind.defer_statement);
  const call = callText(source, name);
  const loop = loopAround(tree, source.statement);
  context.report({
    at: firstLineOf(tree, statement),
    message: 'piling',
    data: { call },
    related: [
      {
        at: { path: file.path, range: { start: tree.start[source.call], end: firstLineOf(tree, source.call).end } },
        note: 'each iteration makes a context here',
      },
      {
        at: {
          path: file.path,
          range: { start: tree.start[loop], end: tree.start[loop] + 'for'.length },
        },
        note: 'the loop',
      },
    ],
    fixes: fixesOf(context, source, statement, call),
    certainty: isHeldAfterLoop(context, source, loop) || isGivenToGoroutine(context, source, loop) ? 'possible' : 'likely',
  });
}

/** A goroutine that the iteration starts and does not wait for may need the context until the function ends. */
function isGivenToGoroutine({ tree, scopes, types }: RuleContext, source: CancelSource, loop: Node): boolean {
  const symbol = scopes.symbolOf(source.context);
  const body = go.forStatement.body(tree, loop);
  return (symbol === undefined ? [] : scopes.references(symbol)).some(({ node }) => {
    const start = ancestor(tree, node, Kind.go_statement);
    return node > source.call && encloses(tree, body, start) && !waitsAfter({ tree, scopes, types, body }, start);
  });
}
