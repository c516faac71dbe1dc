/**
 * `time.After` in a select of a loop where another case comes first and the loop goes on: the timer of that iteration is left to
 * itself. Where the loop only goes on after the timer has fired, as when it waits before another try, nothing is left behind.
 */
import { type ControlFlow, type FlowPosition, positionOf, Since, tripCount } from '../../model/index.ts';
import {
  ancestor,
  children,
  descendants,
  encloses,
  enclosingFunction,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
} from '../../syntax/index.ts';
import { loopAround } from '../kit/cancel/sources.ts';
import { quoted } from '../kit/expressions.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { firstLineOf } from '../kit/places.ts';
import { isReached } from '../kit/reach.ts';
import { isShort } from '../kit/short-loops.ts';
import { isOfTests } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { oneTimer } from './fix.ts';

const options = {
  bounded: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report loops whose number of iterations is known before the first, where timers are collected (since Go 1.23).',
  },
  tests: { type: 'boolean', default: false, doc: 'Also report in tests, and in what helps them or serves as an example.' },
} as const;

type Context = RuleContext<typeof options>;

export const timerInLoop = defineRule({
  id: 'timer-in-loop',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    leak: 'Each iteration makes a timer and a channel, and when another case comes first they are kept until the timer fires, after {duration} (before Go 1.23). Make one time.NewTimer before the loop and Reset it in each iteration.',
    garbage:
      'Each iteration makes a timer and a channel, about 200 bytes that are garbage when another case comes first. Make one time.NewTimer before the loop and Reset it in each iteration.',
  },
  options,
  docs: {
    summary: '`time.After` in a select in a loop: each iteration makes a new timer.',
    why: 'Every call of `time.After` makes a new timer with a channel. When another case of the select is taken and the loop goes on, the next iteration makes another one. Before Go 1.23 the runtime keeps each of them until it fires; since then they can be collected, but still have to be made.',
    cost: 'About 200 bytes and a place in the timer heap per iteration; before Go 1.23 for as long as the duration, so that a minute of a busy loop holds millions of them.',
    bad: `package p

import "time"

func drain(messages <-chan string, handle func(string)) {
	for {
		select {
		case message := <-messages:
			handle(message)
		case <-time.After(time.Minute):
			return
		}
	}
}
`,
    good: `package p

import "time"

func drain(messages <-chan string, handle func(string)) {
	timer := time.NewTimer(time.Minute)
	defer timer.Stop()
	for {
		timer.Reset(time.Minute)
		select {
		case message := <-messages:
			handle(message)
		case <-timer.C:
			return
		}
	}
}
`,
    limits:
      'Silent where the loop goes on only after the timer has fired, where it is certain to be left in the iteration, outside of `select`, where the other cases only wait for an end or for signals without a value, in loops of a few iterations known beforehand, and in tests and what helps them. The message is a warning where go.mod or a build constraint asks for Go 1.22 or older, and information since Go 1.23.',
    skipWhen: 'The other cases come seldom.',
    links: ['https://pkg.go.dev/time#After', 'https://go.dev/doc/go1.23#timer-changes'],
  },
  calls: { After: check },
});

function check(call: Node, context: Context): void {
  const { tree, file } = context;
  if (!context.options.tests && isOfTests(context, call)) return;
  const clause = ancestor(tree, call, Kind.communication_case, Kind.func_literal, Kind.for_statement);
  if (tree.kind[clause] !== Kind.communication_case || !encloses(tree, go.communicationCase.communication(tree, clause), call)) return;
  if (calledFunction(context, call) !== 'time.After') return;
  const select = tree.parent[clause];
  const loop = longLoop(context, select);
  if (loop === NONE || !comesAgainWithout(context, select, clause)) return;
  const isKept = file.go < Since.collectedTimers;
  if (!isKept && !context.options.bounded && tripCount(context, loop) !== undefined) return;
  context.report({
    at: firstLineOf(tree, call),
    message: isKept ? 'leak' : 'garbage',
    data: isKept ? { duration: quoted(tree, children(tree, go.callExpression.arguments(tree, call))[0] ?? call) } : {},
    related: [{ at: { path: file.path, range: { start: tree.start[loop], end: tree.start[loop] + 'for'.length } }, note: 'the loop' }],
    fixes: oneTimer(context, call, select, loop),
    certainty: 'likely',
    ...(isKept ? {} : { severity: 'information' }),
  });
}

/** The innermost loop of more than a few iterations around the select, or NONE. */
function longLoop(context: Context, select: Node): Node {
  let loop = loopAround(context.tree, select);
  while (loop !== NONE && isShort(context, loop)) loop = loopAround(context.tree, loop);
  return loop;
}

/** Whether control comes to the select again after a case other than the timer's. */
function comesAgainWithout(context: Context, select: Node, timer: Node): boolean {
  const { tree } = context;
  const flow = context.flow(enclosingFunction(tree, select));
  const goal = entryOf(flow, tree, timer);
  return children(tree, select).some((clause) => {
    if (clause === timer || (tree.kind[clause] !== Kind.communication_case && tree.kind[clause] !== Kind.default_case)) return false;
    if (isSignal(context, clause)) return false;
    const entry = entryOf(flow, tree, clause);
    return goal !== undefined && entry !== undefined && isReached(flow, entry, goal, []);
  });
}

/** Names of channels by which a loop is told to stop. */
const STOPPING = /done|quit|stop|clos|cancel|exit|shutdown|finish/i;

/** A case that waits for an end, or for a signal without a value: it comes once, or as seldom as that. */
function isSignal({ tree, types }: Context, clause: Node): boolean {
  const communication = go.communicationCase.communication(tree, clause);
  if (communication === NONE || tree.kind[communication] === Kind.send_statement) return false;
  const receive = descendants(tree, communication, Kind.unary_expression).find((each) => textOf(tree, each).startsWith('<-'));
  if (receive === undefined) return true;
  const channel = go.unaryExpression.operand(tree, receive);
  const type = types.underlying(types.typeOf(channel));
  if (type.kind !== 'channel') return true;
  const element = types.underlying(type.element);
  return (element.kind === 'struct' && element.fields.length === 0) || STOPPING.test(textOf(tree, channel));
}

/** Where the flow enters a case: its communication, or the first statement of a default; undefined for an empty one. */
function entryOf(flow: ControlFlow, tree: Tree, clause: Node): FlowPosition | undefined {
  for (let row = clause + 1; row < tree.next[clause]; row++) {
    const position = positionOf(flow, tree, row);
    if (position !== undefined) return position;
  }
  return undefined;
}
