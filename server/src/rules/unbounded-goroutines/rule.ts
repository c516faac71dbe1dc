/**
 * A goroutine per element of what a loop goes over, with nothing that limits how many run at once. Three questions, each in a
 * file of its own: is the number of elements the input's, does the goroutine reach out of the process, and is no limit in view.
 */
import { enclosingFunction, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { quoted } from '../kit/expressions.ts';
import { isMain } from '../kit/hot-code.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { repeatingLoop } from '../kit/repeating-loops.ts';
import { isOnEveryIteration } from '../kit/repetition.ts';
import { isShort } from '../kit/short-loops.ts';
import { isOfTests } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { limitFixes } from './fix.ts';
import { type Input, inputOf } from './input.ts';
import { isAwaited, isLimited, isPaged } from './limits.ts';
import type { SourceKind } from './sources.ts';
import { goStatementStart, groupStart, type Start } from './start.ts';
import { workOf } from './work.ts';

export const unboundedGoroutines = defineRule({
  id: 'unbounded-goroutines',
  category: 'growth',
  severity: 'information',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    semaphore:
      'The loop starts a goroutine for each element of {operand}, and nothing limits how many run at once: each has a stack of at least 2 KiB, and as many calls of {work} are under way, with what they hold, as there are elements. Let each iteration send to a semaphore channel first, and the goroutine receive from it when it is done.',
    group:
      'The loop starts a goroutine for each element of {operand}, and nothing limits how many run at once: each has a stack of at least 2 KiB, and as many calls of {work} are under way, with what they hold, as there are elements. Call {group}.SetLimit before the loop.',
  },
  options: {},
  docs: {
    summary: 'A loop starts a goroutine that does I/O for each element of unbounded input, and nothing limits how many run at once.',
    why: 'Starting a goroutine never waits. A loop over input therefore starts as many as there are elements, long before the first has ended, and each opens its file, connection or query at once.',
    cost: 'A stack of at least 2 KiB for each element, and with it all that its call holds: buffers, file descriptors, connections. Past the limits of the process or of the other side, calls fail that would have succeeded a little later.',
    bad: `package p

import (
	"os"
	"sync"
)

func removeAll(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, entry := range entries {
		wg.Add(1)
		go func() {
			defer wg.Done()
			os.Remove(entry.Name())
		}()
	}
	wg.Wait()
	return nil
}
`,
    good: `package p

import (
	"os"
	"runtime"
	"sync"
)

func removeAll(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	sem := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, entry := range entries {
		wg.Add(1)
		sem <- struct{}{}
		go func() {
			defer func() { <-sem }()
			defer wg.Done()
			os.Remove(entry.Name())
		}()
	}
	wg.Wait()
	return nil
}
`,
    limits:
      'What the loop goes over has to come from where nobody set a number: files of a directory, a pattern or a walk, lines of a text that was read, rows of a query or a CSV file, what JSON, XML or gob was decoded into, the fields of a request, lists that a method is asked for with a context, or a channel. The way from there is followed through assignments, appends and stores in loops, fields, and one call of the package, in either direction; anything else, such as a parameter of an exported function, a pattern that somebody has set up, or what was loaded from files, says nothing. Unless elements come one by one, the function has to wait for the goroutines. The goroutine, or a function that it calls, has to reach a file, the network, a database or a process. Silent where anything in view may be a limit: a send, a receive or a select in the loop, a call or a variable whose name speaks of waiting, limits, workers or batches, a comparison of the length, a page that is waited for before the next. Silent for signals, ticks, functions and connections that come over a channel, for connections that are accepted, for goroutines that loop or wait, in `main`, and in tests and examples.',
    skipWhen: 'The number of elements is known to be small, or a limit is kept elsewhere, as by a transport that has MaxConnsPerHost.',
    links: ['https://pkg.go.dev/golang.org/x/sync/errgroup#Group.SetLimit', 'https://go.dev/doc/effective_go#channels'],
  },
  follows: ['for go', 'for Go'],
  visit: { go_statement: checkStatement },
  calls: { Go: checkCall },
});

function checkStatement(statement: Node, context: RuleContext): void {
  if (loopAround(context.tree, statement) === NONE) return;
  const start = goStatementStart(context, statement);
  if (start !== undefined) check(start, context);
}

function checkCall(call: Node, context: RuleContext): void {
  if (loopAround(context.tree, call) === NONE) return;
  const start = groupStart(context, call);
  if (start !== undefined) check(start, context);
}

function check(start: Start, context: RuleContext): void {
  const { tree } = context;
  const loop = loopAround(tree, start.statement);
  if (!isOnEveryIteration(tree, start.statement, loop) || isExempt(context, start.statement)) return;
  const input = inputOf(context, loop);
  if (input === undefined || isShort(context, loop) || isLimited(context, loop, start, input.operand)) return;
  if (!input.isStream && !isAwaited(context, loop, start)) return;
  if (isPaged(context, loop, input.origin) || repeatingLoop(context, start.statement) !== loop) return;
  const work = workOf(context, start);
  if (work !== undefined) report(context, { loop, start, input, work });
}

function isExempt(context: RuleContext, node: Node): boolean {
  const { tree } = context;
  if (isOfTests(context, node)) return true;
  for (let fn = enclosingFunction(tree, node); fn !== NONE; fn = enclosingFunction(tree, fn)) if (isMain(context, fn)) return true;
  return false;
}

const SOURCES: Readonly<Record<SourceKind, string>> = {
  line: 'as many as the text has lines',
  row: 'as many as there are rows',
  file: 'as many as there are files',
  decoded: 'as many as were sent or stored',
  listed: 'as many as the other side has',
  request: 'as many as the client sends',
  item: 'as many as come over the channel',
};

interface Finding {
  readonly loop: Node;
  readonly start: Start;
  readonly input: Input;
  /** Call by which the goroutine gets to its work. */
  readonly work: Node;
}

function report(context: RuleContext, { loop, start, input, work }: Finding): void {
  const { tree, file } = context;
  const isGroup = start.group !== NONE;
  context.report({
    at: firstLineOf(tree, start.statement),
    message: isGroup ? 'group' : 'semaphore',
    data: {
      operand: quoted(tree, input.operand),
      work: quoted(tree, go.callExpression.function(tree, work)),
      group: isGroup ? textOf(tree, start.group) : '',
    },
    related: [
      { at: { path: file.path, range: { start: tree.start[loop], end: tree.start[loop] + 'for'.length } }, note: 'the loop' },
      noteAt(input.origin.file, input.origin.node, SOURCES[input.origin.kind]),
      ...(tree.kind[work] === Kind.call_expression && start.literal !== NONE ? [noteAt(file, work, 'what each goroutine calls')] : []),
    ],
    fixes: limitFixes(context, loop, start),
    certainty: 'likely',
  });
}
