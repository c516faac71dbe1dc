/**
 * A closure that lives on the heap holds variables by value where it can. One that it must hold by reference goes to the heap
 * as well. The rule speaks where that sharing serves nobody: the literals only read the variable, or use it as scratch.
 */

import { type EscapeSite, isLoopVariable } from '../../escape/index.ts';
import type { GoSymbol } from '../../model/index.ts';
import { go, Kind, type Node, textOf } from '../../syntax/index.ts';
import { isHot } from '../kit/hot-code.ts';
import { isErrorType } from '../kit/repetition.ts';
import { isSeldom } from '../kit/seldom.ts';
import { isTestCode, testCodeOption } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { captureReports, isSpawned } from './captures.ts';
import { hoistFixes } from './fix.ts';
import { isOfOption } from './options.ts';
import { isKeptByIteration, isPassedOver, rebuiltIn } from './rebuilt.ts';

const options = {
  tests: testCodeOption,
  sharedState: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Report variables that closure and function may share on purpose, too: counters, flags, results that a goroutine fills in.',
  },
  seldom: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report where it rarely matters: goroutines started outside loops and handlers, variables shared by the goroutines of all iterations, error variables, short-lived commands, setup code (functional options among it), and test helpers.',
  },
} as const;

type Context = RuleContext<typeof options>;

export const closureCapture = defineRule({
  id: 'closure-capture',
  category: 'closure',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'escape',
  fix: 'safe',
  go: {},
  messages: {
    assigned:
      'This closure outlives the call ({sink}) and holds {name} by reference, because {name} is assigned more than once: {name} moves to the heap, one allocation each time. Copy it before the literal, so that the closure holds the value.',
    later:
      'This closure outlives the call ({sink}) and holds {name} by reference, because {name} is assigned after the literal: {name} moves to the heap, one allocation each time. If the closure need not see that change, make the literal after the last assignment.',
    address:
      'This closure outlives the call ({sink}) and holds {name} by reference, because its address is taken: {name} moves to the heap, one allocation each time. Copy it before the literal, so that the closure holds the value.',
    large:
      'This closure outlives the call ({sink}) and holds {name} by reference, because {size} bytes are more than a closure copies (128): all of {name} moves to the heap and lives as long as the closure. Copy what it needs of it before the literal.',
    scratch:
      'This closure outlives the call ({sink}) and uses {name} of the function around it as scratch: {name} moves to the heap, and calls at the same time race for it. Declare it inside the literal.',
    shared:
      'This closure outlives the call ({sink}) and shares {name} with the function around it by reference: {count} on the heap each time.{advice}',
    rebuilt:
      'This closure is allocated anew on {when} ({sink}), though nothing it uses belongs to the iteration. Build it once before the loop.',
  },
  options,
  docs: {
    summary: 'A closure that outlives its function holds a variable by reference, which moves the variable to the heap.',
    why: 'The Go compiler copies a captured variable into the closure when it is not assigned after the first capture, its address is never taken and it is at most 128 bytes. Otherwise closure and function share one variable, and when the closure outlives the function (started by `go`, stored, returned, passed to something that keeps it), that variable must live on the heap.',
    cost: 'One allocation for the variable whenever its declaration runs, one more dereference at each use, and everything the variable refers to stays alive as long as the closure.',
    bad: `package p

type job struct {
	name    string
	options [20]int
}

func start(jobs []job, run func(string)) {
	for _, each := range jobs {
		go func() {
			run(each.name)
		}()
	}
}
`,
    good: `package p

type job struct {
	name    string
	options [20]int
}

func start(jobs []job, run func(string)) {
	for _, each := range jobs {
		name := each.name
		go func() {
			run(name)
		}()
	}
}
`,
    limits:
      'Silent for locks, atomics, builders and buffers, which are made to be shared, and for a literal that calls itself. Silent for a literal that a loop builds anew for another one that it has to, and for a large variable of which the literal uses more than three fields. A variable that several literals share is reported at the first, and one that a callback fills in only in loops and request handlers. What a function outside the package does with a literal is not known, so such closures are shown only with `showPossible`. A copy is safe only where neither side writes the variable after the literal.',
    skipWhen: 'The closure is made once per program.',
    links: [
      'https://go.dev/doc/faq#closures_and_goroutines',
      'https://github.com/golang/go/blob/master/src/cmd/compile/internal/escape/escape.go',
    ],
  },
  visit: { func_literal: checkLiteral },
});

function checkLiteral(literal: Node, context: Context): void {
  const { file, options: chosen } = context;
  if (file.isGenerated || (!chosen.tests && isTestCode(file))) return;
  const captures = context.escape.captures(file, literal);
  const loop = captures.length === 0 ? undefined : rebuiltIn(context, literal);
  if (loop === undefined && captures.every(({ cause }) => cause === undefined)) return;
  if (!chosen.seldom && isSeldomMade(context, literal)) return;
  const closure = context.escape.siteAt(file, literal);
  if (closure === undefined || closure.gcSays !== 'heap') return;
  const isTold = chosen.seldom || !isStarted(context, literal);
  const isRebuilt = loop !== undefined && isTold && !isKeptByIteration(context, literal, loop, closure);
  if (isRebuilt) reportRebuilt(context, literal, closure, loop);
  const isLittle = (symbol: GoSymbol): boolean => !chosen.seldom && isBeside(context, literal, symbol);
  for (const report of captureReports(context, literal, closure, captures, isLittle)) {
    const isOnPurpose = report.message === 'shared' || report.message === 'later';
    // A copy for each iteration and one closure for all of them exclude each other.
    if (!isOnPurpose || chosen.sharedState) context.report(isRebuilt ? { ...report, fixes: [] } : report);
  }
}

function isSeldomMade(context: Context, literal: Node): boolean {
  return (isStarted(context, literal) && !isHot(context, literal)) || isSeldom(context, literal) || isOfOption(context, literal);
}

/** Whether one variable is shared by the goroutines of all iterations, each of which costs far more, or is an error. */
function isBeside(context: Context, literal: Node, symbol: GoSymbol): boolean {
  if (isErrorType(context.types, context.types.typeOfSymbol(symbol))) return true;
  const isOfIteration = isHot(context, symbol.declaration) || isLoopVariable(context.tree, symbol.declaration);
  return isStarted(context, literal) && !isOfIteration;
}

/** As a goroutine, beside which the literal costs little. */
function isStarted({ tree }: Context, literal: Node): boolean {
  return isSpawned(tree, literal) || isGivenToGo(tree, literal);
}

/** `group.Go(func() …)`, of an errgroup, a sync.WaitGroup and their like, `generation.Start(…)` or `pool.Submit(…)`. */
function isGivenToGo(tree: Context['tree'], literal: Node): boolean {
  const list = tree.parent[literal];
  if (tree.kind[list] !== Kind.argument_list) return false;
  return /\.(?:Go|Start|Submit)$/.test(textOf(tree, go.callExpression.function(tree, tree.parent[list])));
}

function reportRebuilt(context: Context, literal: Node, closure: EscapeSite, loop: Node): void {
  const start = context.tree.start[literal];
  context.report({
    at: { start, end: start + 'func'.length },
    related: closure.steps,
    certainty: closure.certainty,
    message: 'rebuilt',
    data: {
      sink: closure.sink?.text ?? '',
      when: isPassedOver(context, literal, loop) ? 'each iteration that gets here' : 'every iteration of the loop',
    },
    severity: 'information',
    fixes: hoistFixes(context, literal, loop),
  });
}
