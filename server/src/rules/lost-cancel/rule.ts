/**
 * A context whose cancel function is thrown away, overwritten, or not called on some path. Unlike `go vet -lostcancel`, for
 * which any mention is a use, the rule asks of every path whether the function is called or handed to somebody who can call it.
 */
import type { GoSymbol } from '../../model/index.ts';
import type { Node, Tree } from '../../syntax/index.ts';
import { type Loss, lossesOf } from '../kit/cancel/paths.ts';
import { type CancelSource, callText, cancelSourceAt, cancelVariable, isBlank, isMain, keptUntil } from '../kit/cancel/sources.ts';
import { type CancelUses, cancelUses } from '../kit/cancel/uses.ts';
import { defineRule, type RelatedPlace, type RuleContext } from '../rule.ts';
import { fixesOf } from './fix.ts';

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
      'A cancel function that is returned, passed on, stored, sent or captured by a literal that is itself used counts as handed over; what happens to it there is not followed. Paths that end in a panic, in `os.Exit` and the like, that have received from the `Done` channel of the context, or on which the function cancels the parent, leave nothing behind. Nor does a context whose time is up when it is made. A bool that comes with the function counts like an error; a further channel or function may be another way to end the context, and so keeps the rule silent. The fix is safe where the context provably ends with the function; otherwise it is a suggestion that says why.',
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

/** What was found out about one source. */
export interface LostCancel {
  readonly source: CancelSource;
  /** Undefined when the function is discarded. */
  readonly variable: GoSymbol | undefined;
  readonly uses: CancelUses;
  readonly losses: readonly Loss[];
}

function check(statement: Node, context: RuleContext): void {
  const { tree } = context;
  const source = cancelSourceAt(context, statement);
  if (source === undefined || isMain(context, source.fn)) return;
  const variable = cancelVariable(context, source);
  if (variable === undefined) {
    const uses = { uses: [], writes: [], blanked: [] };
    const isLost = isBlank(tree, source.cancel) && lossesOf(context, source, variable, uses).length > 0;
    if (isLost) report(context, { source, variable, uses, losses: [] }, 'discarded');
    return;
  }
  const uses = cancelUses(context, source.fn, variable);
  const losses = lossesOf(context, source, variable, uses);
  if (losses.length > 0) report(context, { source, variable, uses, losses }, messageFor(uses, losses));
}

function messageFor(uses: CancelUses, losses: readonly Loss[]): string {
  if (losses.every((loss) => loss.kind === 'overwritten')) return 'overwritten';
  return uses.uses.length === 0 ? 'unused' : 'path';
}

function report(context: RuleContext, found: LostCancel, message: string): void {
  const { tree } = context;
  const { source, variable, losses } = found;
  const name = variable?.name ?? 'cancel';
  context.report({
    at: { start: tree.start[source.cancel], end: tree.end[source.cancel] },
    message,
    data: { name, made: source.name, call: callText(source, name), until: keptUntil(source) },
    related: relatedPlaces(context, found),
    fixes: fixesOf(context, found),
    certainty: losses.length === 0 || message === 'unused' ? 'certain' : 'likely',
  });
}

function relatedPlaces(context: RuleContext, { source, uses, losses }: LostCancel): RelatedPlace[] {
  const { tree } = context;
  const blanked = uses.blanked.map((node) => place(context, tree.start[node], tree.end[node], 'this only silences the compiler'));
  return [...losses.map((loss) => placeOfLoss(context, source, loss)), ...blanked];
}

function placeOfLoss(context: RuleContext, source: CancelSource, { kind, at }: Loss): RelatedPlace {
  const { tree } = context;
  switch (kind) {
    case 'return':
      return place(context, tree.start[at], lineEnd(tree, at), 'this return is reached without it having been called');
    case 'end':
      return place(context, tree.end[at] - 1, tree.end[at], 'the end of the function is reached without it having been called');
    case 'overwritten':
      return place(context, tree.start[at], tree.end[at], 'overwritten here');
    case 'next-turn':
      return place(
        context,
        tree.start[source.cancel],
        tree.end[source.cancel],
        'the next turn makes another one without this one having been called',
      );
  }
}

function place({ file }: RuleContext, start: number, end: number, note: string): RelatedPlace {
  return { at: { path: file.path, range: { start, end } }, note };
}

function lineEnd(tree: Tree, node: Node): number {
  const end = tree.source.indexOf(10, tree.start[node]);
  const isCrLf = end > 0 && tree.source[end - 1] === 13;
  return end < 0 ? tree.end[node] : Math.min(tree.end[node], isCrLf ? end - 1 : end);
}
