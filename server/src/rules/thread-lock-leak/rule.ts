/**
 * `runtime.LockOSThread` that is undone on some paths only, or on none. A goroutine that ends while it is locked takes its
 * thread with it, which is the documented way to throw a thread away: literals, which mostly are such goroutines, are left
 * alone.
 */
import { type ControlFlow, type FlowPosition, positionOf } from '../../model/index.ts';
import {
  childOf,
  children,
  descendants,
  enclosingFunction,
  Field,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
} from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import { isRepeated } from '../kit/cancel/edits.ts';
import { insertAfter, removeStatement } from '../kit/edits.ts';
import { isMain } from '../kit/hot-code.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { endsReached, isReached } from '../kit/reach.ts';
import { defineRule, type RelatedPlace, type RuleContext, type RuleFix } from '../rule.ts';

export const threadLockLeak = defineRule({
  id: 'thread-lock-leak',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    path: 'Not every path unlocks the thread again: on the others the goroutine keeps it for itself, each switch to another goroutine costs two thread switches, and the thread ends with it. Unlock it on every path: defer {unlock}.',
    never:
      'Nothing here unlocks the thread again: the caller goes on with a thread of its own, each switch to another goroutine costs two thread switches, and the thread ends with the goroutine. Unlock it on every path: defer {unlock}.',
  },
  options: {},
  docs: {
    summary: '`runtime.LockOSThread` without `runtime.UnlockOSThread` on a path.',
    why: 'A locked goroutine runs on its thread and nothing else does. The lock outlives the function: the caller goes on locked, and when its goroutine ends, the runtime ends the thread instead of using it again.',
    cost: 'Two thread switches for every switch between goroutines that this one takes part in, and a new thread for each that is lost.',
    bad: `package p

import "runtime"

func withThread(prepare func() error, run func()) error {
	runtime.LockOSThread()
	if err := prepare(); err != nil {
		return err
	}
	run()
	runtime.UnlockOSThread()
	return nil
}
`,
    good: `package p

import "runtime"

func withThread(prepare func() error, run func()) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := prepare(); err != nil {
		return err
	}
	run()
	return nil
}
`,
    limits:
      'Function literals are left alone, because a goroutine may end locked to throw its thread away. Paths that end in a panic or end the process are none. So are tests, functions that `go` starts, and one that `main` alone calls. Silent where the function keeps the lock only when it returns no error, or ends locked at last, or on each path, and another one of the package unlocks. Without any unlock in the function it speaks only of functions that are neither `init` nor `main`, and only where the package never unlocks elsewhere. Whether the state of the thread was restored before it is unlocked is not looked at, so the fix is a suggestion.',
    skipWhen: 'The thread is not fit for other goroutines any more and is meant to end with this one.',
    links: ['https://pkg.go.dev/runtime#LockOSThread'],
  },
  calls: { LockOSThread: check },
});

function check(call: Node, context: RuleContext): void {
  const { tree, file } = context;
  const fn = enclosingFunction(tree, call);
  const statement = tree.parent[call];
  if (
    fn === NONE ||
    tree.kind[fn] === Kind.func_literal ||
    tree.kind[statement] !== Kind.expression_statement ||
    calledFunction(context, call) !== 'runtime.LockOSThread'
  )
    return;
  const unlocks = unlocksIn(context, fn);
  const flow = context.flow(fn);
  const start = positionOf(flow, tree, statement);
  const stops = unlocks.map((node) => positionOf(flow, tree, node)).filter((each): each is FlowPosition => each !== undefined);
  if (
    start === undefined ||
    stops.length < unlocks.length ||
    stops.some((stop) => isDeferredBefore(tree, flow.blocks[stop.block].nodes[stop.index], statement))
  )
    return;
  const ends = endsReached(flow, start, stops);
  if (ends.length === 0 || endsWithGoroutine(context, fn)) return;
  if (unlocks.length === 0 ? isMeantToStay(context, fn) : isHandedOn(context, { flow, ends, stops, unlocks })) return;
  context.report({
    at: firstLineOf(tree, call),
    message: unlocks.length === 0 ? 'never' : 'path',
    data: { unlock: unlockText(tree, call) },
    related:
      unlocks.length === 0 ? [] : ends.map((end): RelatedPlace => noteAt(file, end, 'the function ends after this with the thread locked')),
    fixes: deferUnlock(context, call, unlocks),
    certainty: 'likely',
  });
}

/** Nodes of the function, literals in it included, that call UnlockOSThread or mention it as a value. */
function unlocksIn({ tree }: RuleContext, fn: Node): Node[] {
  return [...descendants(tree, fn, Kind.identifier), ...descendants(tree, fn, Kind.field_identifier)]
    .filter((name) => textOf(tree, name) === 'UnlockOSThread')
    .map((name) => outermostIn(tree, fn, name));
}

/** The node, or the literal directly in the function that holds it. */
function outermostIn(tree: Tree, fn: Node, node: Node): Node {
  let at = node;
  for (let around = enclosingFunction(tree, at); around !== fn && around !== NONE; around = enclosingFunction(tree, at)) at = around;
  return at;
}

function locksIn(context: RuleContext, flow: ControlFlow): FlowPosition[] {
  const { tree } = context;
  return descendants(tree, flow.function, Kind.call_expression)
    .filter((call) => calledFunction(context, call) === 'runtime.LockOSThread')
    .flatMap((call) => positionOf(flow, tree, call) ?? []);
}

/** A defer that comes before the lock undoes it all the same. */
function isDeferredBefore(tree: Tree, node: Node, statement: Node): boolean {
  return tree.kind[node] === Kind.defer_statement && node < statement;
}

interface Paths {
  readonly flow: ControlFlow;
  /** Where the function ends locked. */
  readonly ends: readonly Node[];
  readonly stops: readonly FlowPosition[];
  readonly unlocks: readonly Node[];
}

/**
 * Whether the lock is what the function is for: it is left to the caller wherever there is no error and undone on all paths with one, or
 * the last of the paths ends locked, or all that do not panic, be it after another lock, and another function of the package unlocks.
 */
function isHandedOn(context: RuleContext, { flow, ends, stops, unlocks }: Paths): boolean {
  const { tree, package: pkg } = context;
  const afterUnlock = stops.flatMap((stop) => endsReached(flow, stop, []));
  if (ends.every((end) => givesNoError(context, end)) && !afterUnlock.some((end) => givesNoError(context, end))) return true;
  const locks = locksIn(context, flow);
  const isLast = ends.some((end) => unlocks.every((unlock) => unlock < end)) || !stops.some((stop) => isReached(flow, stop, 'end', locks));
  return isLast && pkg.files.some((file) => mentionsUnlock(file.tree, file.tree === tree ? flow.function : NONE));
}

/** `return nil`, or `return x, nil` where the last of the results is an error. */
function givesNoError({ tree, types }: RuleContext, end: Node): boolean {
  const fn = enclosingFunction(tree, end);
  const last = tree.kind[end] === Kind.return_statement ? children(tree, end + 1).at(-1) : undefined;
  if (last === undefined || tree.kind[last] !== Kind.nil) return false;
  const result = go.functionDeclaration.result(tree, fn);
  const declared = tree.kind[result] === Kind.parameter_list ? children(tree, result).at(-1) : undefined;
  const type = declared === undefined ? result : go.parameterDeclaration.type(tree, declared);
  return type !== NONE && types.implementsError(types.typeOfTypeNode(type)) === true;
}

/** Whether the goroutine ends with the function, or at once after it: it is given to `go`, is a test, or is called by the program's `main` alone. */
function endsWithGoroutine(context: RuleContext, fn: Node): boolean {
  const { tree, file, package: pkg } = context;
  const name = textOf(tree, childOf(tree, fn, Field.name));
  if (file.isTest && /^(?:Test|Benchmark|Fuzz|Example)/.test(name)) return true;
  const calls = allCallsOf(context, fn)?.filter((call) => !call.file.isTest) ?? [];
  const isOfMain = calls.every(({ file: of, node }) => isMain({ tree: of.tree, file: of }, enclosingFunction(of.tree, node)));
  const files = [...pkg.files, ...(pkg.leftOutBeside(file) ?? [])];
  return (isOfMain && calls.length === 1) || files.some((each) => isStarted(each.tree, name));
}

/** Whether a function that never unlocks is known to be meant so: it starts a program, or somebody else unlocks. */
function isMeantToStay({ tree, package: pkg }: RuleContext, fn: Node): boolean {
  const name = textOf(tree, childOf(tree, fn, Field.name));
  if (/^(?:init|main|TestMain)$/.test(name) || /lock|pin/i.test(name)) return true;
  return pkg.files.some((file) => mentionsUnlock(file.tree, NONE));
}

function mentionsUnlock(tree: Tree, except: Node): boolean {
  for (let row = 0; row < tree.length; row++) {
    if (except !== NONE && row === except) row = tree.next[except];
    if (row >= tree.length) break;
    const isName = tree.kind[row] === Kind.field_identifier || tree.kind[row] === Kind.identifier;
    if (isName && textOf(tree, row) === 'UnlockOSThread') return true;
  }
  return false;
}

/** Whether a function of that name is called by `go`, or used as a value. */
function isStarted(tree: Tree, name: string): boolean {
  for (let row = 0; row < tree.length; row++) {
    const isName = tree.kind[row] === Kind.field_identifier || tree.kind[row] === Kind.identifier;
    if (!isName || textOf(tree, row) !== name || tree.field[row] === Field.name) continue;
    const callee = tree.kind[row] === Kind.field_identifier ? tree.parent[row] : row;
    const call = tree.parent[callee];
    const isCalled = tree.kind[call] === Kind.call_expression && go.callExpression.function(tree, call) === callee;
    if (!isCalled || tree.kind[tree.parent[call]] === Kind.go_statement) return true;
  }
  return false;
}

function unlockText(tree: Tree, call: Node): string {
  return `${textOf(tree, go.callExpression.function(tree, call)).replace(/LockOSThread$/, 'UnlockOSThread')}()`;
}

function deferUnlock(context: RuleContext, call: Node, unlocks: readonly Node[]): RuleFix[] {
  const { tree } = context;
  const fn = enclosingFunction(tree, call);
  const statement = tree.parent[call];
  const replaced = unlocks.map((unlock) => unlockStatement(tree, unlock));
  if (!isInList(tree, statement) || isRepeated(tree, { statement, fn }) || replaced.some((each) => !isInList(tree, each))) return [];
  if (locksIn(context, context.flow(fn)).length > 1) return [];
  const unlock = unlockText(tree, call);
  const title = unlocks.length === 0 ? `Add defer ${unlock}` : `Defer ${unlock} behind the lock instead`;
  return [
    {
      title: `${title}; a path that means to keep the thread no longer does`,
      safety: 'suggestion',
      edits: [insertAfter(tree, statement, [`defer ${unlock}`]), ...replaced.map((each) => removeStatement(tree, each))],
    },
  ];
}

/** What unlocks, at once or deferred; NONE for a literal that does, and for another use of the name. */
function unlockStatement(tree: Tree, name: Node): Node {
  if (tree.kind[name] === Kind.func_literal) return NONE;
  const called = tree.kind[name] === Kind.field_identifier ? tree.parent[name] : name;
  const call = tree.parent[called];
  if (tree.kind[call] !== Kind.call_expression || go.callExpression.function(tree, call) !== called) return NONE;
  const statement = tree.parent[call];
  return tree.kind[statement] === Kind.expression_statement || tree.kind[statement] === Kind.defer_statement ? statement : NONE;
}

function isInList(tree: Tree, statement: Node): boolean {
  return statement !== NONE && tree.kind[tree.parent[statement]] === Kind.statement_list;
}
