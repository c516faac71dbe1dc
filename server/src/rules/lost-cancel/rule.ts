/**
 * A context whose cancel function is thrown away, overwritten, or not called on some path. Unlike `go vet -lostcancel`, for
 * which any mention is a use, the rule asks of every path whether the function is called or handed to somebody who can call it.
 */
import type { Node } from '../../syntax/index.ts';
import { fixesOfLoss } from '../kit/cancel/loss-fixes.ts';
import { kindOfLoss, lostCancelOf, placesOfLoss } from '../kit/cancel/losses.ts';
import { callText, cancelSourceAt, keptUntil } from '../kit/cancel/sources.ts';
import { rangeOf } from '../kit/edits.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export const lostCancel = defineRule({
  id: 'lost-cancel',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'safe',
  go: {},
  messages: {
    discarded:
      'The cancel function of {made} is discarded: the context, its timer and its place in the parent are kept {until}. Name it and call it on every path: defer {call}.',
    unused:
      'Nothing calls {name}, the cancel function of {made}: the context, its timer and its place in the parent are kept {until}. Call it on every path: defer {call}.',
    overwritten:
      '{name} is overwritten before the cancel function of {made} in it is called: that context, its timer and its place in the parent are kept {until}. Call {call} before the assignment.',
    path: 'Not every path calls {name}, the cancel function of {made}: on the others the context, its timer and its place in the parent are kept {until}. Call it on every path: defer {call}.',
  },
  options: {},
  docs: {
    summary: 'The cancel function of a context is discarded, overwritten, or not called on every path.',
    why: 'A context made by `WithCancel`, `WithTimeout` or `WithDeadline` hangs in its parent, and holds a timer, until it is cancelled. Only the cancel function lets go of both as soon as the work is done.',
    cost: 'Memory, a timer and often a goroutine per call, until the deadline passes or the parent is cancelled; under a background parent without a deadline, for ever.',
    bad: `package p

import (
	"context"
	"time"
)

func work(ctx context.Context, do func(context.Context) error) error {
	ctx, _ = context.WithTimeout(ctx, time.Minute)
	return do(ctx)
}
`,
    good: `package p

import (
	"context"
	"time"
)

func work(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return do(ctx)
}
`,
    limits:
      'A cancel function that is returned, passed on, stored, sent or captured by a literal that is itself used counts as handed over; what happens to it there is not followed. Paths that end in a panic, in `os.Exit` and the like, that have received from the `Done` channel of the context, on which the function cancels the parent, or that give the context alone to a function called Cancel, leave nothing behind. Nor does a context whose time is up when it is made. A bool that comes with the function counts like an error; a further channel or function may be another way to end the context, and so keeps the rule silent. The fix is safe where the context provably ends with the function; otherwise it is a suggestion that says why.',
    skipWhen:
      'The context is meant to live as long as the process; `context.WithoutCancel` or a context without a deadline of its own then says so.',
    links: [
      'https://pkg.go.dev/context#CancelFunc',
      'https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/lostcancel',
      'https://go.dev/blog/context',
    ],
  },
  visit: { short_var_declaration: check, assignment_statement: check, var_spec: check },
});

function check(statement: Node, context: RuleContext): void {
  const source = cancelSourceAt(context, statement);
  const found = source === undefined ? undefined : lostCancelOf(context, source);
  if (source === undefined || found === undefined) return;
  const { variable, losses } = found;
  const name = variable?.name ?? 'cancel';
  const message = kindOfLoss(found);
  context.report({
    at: rangeOf(context.tree, source.cancel),
    message,
    data: { name, made: source.name, call: callText(source, name), until: keptUntil(source) },
    related: placesOfLoss(context, found),
    fixes: fixesOfLoss(context, found),
    certainty: losses.length === 0 || message === 'unused' ? 'certain' : 'likely',
  });
}
