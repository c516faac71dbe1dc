/**
 * Deferred calls in a loop, which wait for the end of the function while the iterations add more of them. The rule asks whether
 * control comes from the defer to another iteration, and whether what the call lets go of is the iteration's own: what was there before,
 * or is used after the loop, is meant to be let go of at the end.
 */
import { canReturn } from '../../model/index.ts';
import { enclosingFunction, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { quoted } from '../kit/expressions.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isUnbounded, repeatingLoop } from '../kit/repeating-loops.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesOf } from './fix.ts';
import { endsContext, isForAfterLoop, isForTheEnd, isHeldLock, isUndoing } from './idioms.ts';
import { deferredCall, isKeptBeyondIteration, isLetGoInIteration, iterationValues, type TurnValue } from './resources.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const deferInLoop = defineRule({
  id: 'defer-in-loop',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    piling:
      'This defer runs when the function returns, not at the end of the iteration: {names} of every iteration, and a record for each, are kept until then. Call {call} at the end of the iteration, or wrap the loop body in a function.',
    records:
      'This defer runs when the function returns, not at the end of the iteration: the loop has no bound, and every iteration adds a record that is kept until then. Wrap the loop body in a function.',
    never:
      'This defer does not run: the function never returns, and every iteration of the loop adds a record, with what it would let go of, for as long as the process lives. Wrap the loop body in a function.',
    deadlock:
      'This defer runs when the function returns, not at the end of the iteration: the next iteration locks {lock} while this one still holds it, and waits forever. Call {call} at the end of the iteration, or wrap the loop body in a function.',
  },
  options,
  alsoIn: { gocritic: 'deferInLoop' },
  docs: {
    summary: '`defer` in a loop: each iteration adds a call that runs only when the function returns.',
    why: 'Deferred calls run when the function returns, whatever block they stand in. In a loop they pile up: files, connections and rows stay open until the last iteration is over, and each call is recorded on the heap instead of the stack.',
    cost: 'Whatever each iteration opens, and about 48 bytes for the record, times the iterations, until the function ends; in a loop that serves forever it is never given back.',
    bad: `package p

import "os"

func sizes(names []string) (int64, error) {
	var total int64
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return 0, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, nil
}
`,
    good: `package p

import "os"

func sizes(names []string) (int64, error) {
	var total int64
	for _, name := range names {
		size, err := sizeOf(name)
		if err != nil {
			return 0, err
		}
		total += size
	}
	return total, nil
}

func sizeOf(name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
`,
    limits:
      'Speaks where control comes from the defer to another iteration. Silent when the function always returns after the defer, in a case of a switch over a state that the case leaves, in loops of a few iterations known beforehand, and in tests. Contexts are left to `cancel-in-loop`. Only what the iteration itself has made by a call counts: values that were there before, that go on being used after the loop, that the iteration only makes for what comes after it, leases, or that are handed to something outside of it are meant to be let go of at the end, and so are calls that undo something. Where a loop has no bound, calls that let go of nothing count as well, because of their records.',
    skipWhen: 'The loop has a few iterations at most, or everything is meant to stay open until the function ends.',
    links: ['https://go.dev/ref/spec#Defer_statements', 'https://go.dev/blog/defer-panic-and-recover'],
  },
  follows: ['for defer'],
  visit: { defer_statement: check },
});

function check(statement: Node, context: Context): void {
  const { tree, file } = context;
  const loop = loopAround(tree, statement);
  if (loop === NONE || (file.isTest && !context.options.tests)) return;
  const repeating = repeatingLoop(context, statement);
  if (repeating === NONE || endsContext(context, statement)) return;
  const message = messageFor(context, loop, repeating, statement);
  if (message !== undefined) report(context, repeating, statement, message);
}

interface Message {
  readonly key: 'piling' | 'records' | 'never' | 'deadlock';
  readonly values: readonly TurnValue[];
  readonly lock: string;
}

function messageFor(context: Context, loop: Node, repeating: Node, statement: Node): Message | undefined {
  const { tree } = context;
  const isBounded = !isUnbounded(context, repeating);
  const made = iterationValues(context, repeating, statement);
  const values = made.filter((value) => !isLetGoInIteration(context, statement, value));
  const isNever = !isBounded && !canReturn(context.flow(enclosingFunction(tree, statement)));
  if (isNever) return { key: 'never', values, lock: '' };
  if (isForTheEnd(context, repeating, statement)) return undefined;
  const lock = isHeldLock(context, repeating, statement);
  if (lock !== undefined) return { key: 'deadlock', values: [], lock };
  if (values.length < made.length || values.some((value) => isKeptBeyondIteration(context, repeating, statement, value))) return undefined;
  if (isBounded && isForAfterLoop(context, repeating, statement, values)) return undefined;
  if (values.length > 0 && !isBounded) return { key: 'piling', values, lock: '' };
  if ((values.length === 0 && isBounded) || isUndoing(context, loop, statement, values)) return undefined;
  return { key: values.length > 0 ? 'piling' : 'records', values, lock: '' };
}

function report(context: Context, loop: Node, statement: Node, { key, values, lock }: Message): void {
  const { tree, file } = context;
  const call = deferredCall(tree, statement);
  const isLiteral = tree.kind[go.callExpression.function(tree, call)] === Kind.func_literal;
  context.report({
    at: firstLineOf(tree, statement),
    message: key,
    data: { call: isLiteral ? 'the function' : quoted(tree, call), names: namesOf(values), lock },
    related: [
      ...values.map(({ statement: made }) => noteAt(file, made, 'each iteration makes one here')),
      { at: { path: file.path, range: { start: tree.start[loop], end: tree.start[loop] + 'for'.length } }, note: 'the loop' },
    ],
    fixes: fixesOf(context, statement),
    certainty: 'likely',
  });
}

function namesOf(values: readonly TurnValue[]): string {
  const names = values.map(({ symbol }) => symbol.name);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
}
