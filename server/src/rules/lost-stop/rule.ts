/**
 * What has to be stopped and is not, other than contexts: signals that are caught, functions registered with a context, and
 * before Go 1.23 tickers and timers. The paths are those of `lost-cancel`; a result of `context.AfterFunc` that is thrown away
 * is the usual way to say "when the context ends", and tells only in a loop that may run forever.
 */
import { isEndlessLoop, Since } from '../../model/index.ts';
import { children, encloses, firstChild, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { fixesOfLoss } from '../kit/cancel/loss-fixes.ts';
import { kindOfLoss, type LostCancel, lostCancelOf, NO_USES, placesOfLoss } from '../kit/cancel/losses.ts';
import { lossesOf } from '../kit/cancel/paths.ts';
import { type CancelSource, callText, isStoppedByMethod, loopAround } from '../kit/cancel/sources.ts';
import { stopSourceOf } from '../kit/cancel/stop-sources.ts';
import { lineEndAt, rangeOf } from '../kit/edits.ts';
import { rootOf } from '../kit/root.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { nameTicker } from './fix.ts';

export const lostStop = defineRule({
  id: 'lost-stop',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'safe',
  go: {},
  messages: {
    discarded: 'The stop function of {made} is discarded: {kept}. Name it and call it on every path: defer {call}.',
    unnamed:
      'Only the channel of this ticker is kept, so that nobody can stop it: {kept}. Keep the ticker in a variable and stop it on every path: defer {call}.',
    piling:
      'Each iteration registers another function with the context and discards what takes it back: {kept}. Keep the result of {made} and call it when the iteration is done.',
    unused: 'Nothing calls {call} for what {made} has started: {kept}. Call it on every path: defer {call}.',
    overwritten: '{name} is overwritten before {call} for what {made} has started: {kept}. Call {call} before the assignment.',
    path: 'Not every path calls {call} for what {made} has started: on the others {kept}. Call it on every path: defer {call}.',
  },
  options: {},
  docs: {
    summary: 'Caught signals, a function registered with a context, or a ticker before Go 1.23 is not stopped on every path.',
    why: '`signal.NotifyContext` takes the signals away from their usual meaning until its stop function is called; the end of the context does not give them back. A function given to `context.AfterFunc` hangs in the context with all it refers to. Before Go 1.23 a running ticker is never collected, and a timer only when it has fired.',
    cost: 'A channel, a goroutine and signals that no longer end the process; a registration per call that is kept until the context ends and then runs late; before Go 1.23 a timer in the runtime that goes off for ever.',
    bad: `package p

import (
	"context"
	"os"
	"os/signal"
)

func serve(ctx context.Context, run func(context.Context) error) error {
	ctx, _ = signal.NotifyContext(ctx, os.Interrupt)
	return run(ctx)
}
`,
    good: `package p

import (
	"context"
	"os"
	"os/signal"
)

func serve(ctx context.Context, run func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	return run(ctx)
}
`,
    limits:
      'What is returned, passed on, stored or captured by a literal that is itself used counts as handed over. A result of `context.AfterFunc` that is thrown away is reported only in a loop without an end that registers with a context from outside it. Tickers and timers are reported where go.mod or a build constraint asks for Go 1.22 or older; a ticker over whose channel a loop ranges for ever needs no stop; timers that fire within ten seconds, or in tests, are left alone. The fix is safe where the context or ticker provably ends with the function; for `context.AfterFunc` it always is a suggestion, because its function is then no longer called after the return.',
    skipWhen: 'The function runs once and the process ends with it.',
    links: [
      'https://pkg.go.dev/os/signal#NotifyContext',
      'https://pkg.go.dev/context#AfterFunc',
      'https://go.dev/doc/go1.23#timer-changes',
    ],
  },
  calls: { NotifyContext: check, AfterFunc: check, NewTicker: check, NewTimer: check },
});

const KEPT: Readonly<Record<CancelSource['kind'], string>> = {
  context: 'the context is kept',
  signals: 'the signals stay caught for as long as the process lives, even when the context has ended',
  callback: 'the function stays in the context with all it refers to, and runs when that ends',
  ticker: 'before Go 1.23 it goes off for as long as the process lives and is never collected',
  timer: 'before Go 1.23 it is kept with its channel until it fires',
};

function check(call: Node, context: RuleContext): void {
  const source = stopSourceOf(context, call);
  if (source === undefined) return;
  if (isStoppedByMethod(source) && context.file.go >= Since.collectedTimers) return;
  if (source.kind === 'timer' && (context.file.isTest || firesSoon(context, call))) return;
  const found = lostCancelOf(context, source);
  if (found === undefined) return;
  const message = messageFor(context, found);
  if (message !== undefined) report(context, found, message);
}

/** Nanoseconds after which a timer has let go of everything before anybody notices. */
const SOON = 10_000_000_000n;

function firesSoon({ tree, types }: RuleContext, call: Node): boolean {
  const duration = types.constantOf(firstChild(tree, go.callExpression.arguments(tree, call)));
  return typeof duration === 'bigint' && duration <= SOON;
}

function messageFor(context: RuleContext, found: LostCancel): string | undefined {
  const kind = kindOfLoss(found);
  if (kind === 'discarded' && found.source.kind === 'ticker') return 'unnamed';
  if (found.source.kind !== 'callback' || (kind !== 'discarded' && kind !== 'unused')) return kind;
  return pilesUp(context, found.source) ? 'piling' : undefined;
}

/** Whether a loop that may run forever comes back to the registration, and the context is the same on every iteration. */
function pilesUp(context: RuleContext, source: CancelSource): boolean {
  const { tree, scopes, types } = context;
  const { call, statement } = source;
  const loop = loopAround(tree, statement);
  const clause = loop === NONE ? NONE : firstChild(tree, loop);
  if (loop === NONE) return false;
  const isUnbounded =
    tree.kind[clause] === Kind.range_clause
      ? types.underlying(types.typeOf(go.rangeClause.right(tree, clause))).kind === 'channel'
      : isEndlessLoop(tree, loop);
  const [parent] = children(tree, go.callExpression.arguments(tree, call));
  const root = parent === undefined ? NONE : rootOf(tree, parent);
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  if (!isUnbounded || symbol?.kind !== 'variable') return false;
  const isOfIteration = encloses(tree, loop, symbol.declaration) && symbol.file?.tree === tree;
  if (isOfIteration || scopes.references(symbol).some(({ node, access }) => access !== 'read' && encloses(tree, loop, node))) return false;
  return lossesOf(context, source, undefined, NO_USES).some((loss) => loss.kind === 'next-iteration');
}

function report(context: RuleContext, found: LostCancel, message: string): void {
  const { tree } = context;
  const { source, variable, losses } = found;
  const name = variable?.name ?? (source.kind === 'ticker' ? 'ticker' : 'stop');
  const { start, end } = rangeOf(tree, source.cancel);
  context.report({
    at: { start, end: Math.min(end, lineEndAt(tree, start)) },
    message,
    data: { name, made: source.name, call: callText(source, name), kept: KEPT[source.kind] },
    related: placesOfLoss(context, found),
    fixes: message === 'unnamed' ? nameTicker(context, source) : message === 'piling' ? [] : fixesOfLoss(context, found),
    certainty: losses.length === 0 || message === 'unused' ? 'certain' : 'likely',
    ...(source.kind === 'timer' ? { severity: 'information' } : {}),
  });
}
