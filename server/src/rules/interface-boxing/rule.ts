/**
 * A value that is no pointer is copied to the heap when an interface takes it and does not stay here. One such box is nothing; the rule
 * speaks where it is made again and again: on every iteration of a loop, on every request. One call is one finding, and so is all that one loop formats.
 * What is put into a pool belongs to pool-by-value.
 */
import { Memo } from '../../base/index.ts';
import type { EscapeSite } from '../../escape/index.ts';
import { go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { isShortLived } from '../kit/aside.ts';
import { isSeldom } from '../kit/seldom.ts';
import { isTestCode } from '../kit/tests.ts';
import { defineRule } from '../rule.ts';
import { mayBox } from './candidates.ts';
import { type Context, options } from './options.ts';
import { type Box, isCounting, reportOf } from './report.ts';
import { type Taking, takingOf, WRITES_TEXT } from './taking.ts';

export const interfaceBoxing = defineRule({
  id: 'interface-boxing',
  category: 'allocation',
  severity: 'information',
  preset: 'all',
  since: '0.1.0',
  evidence: 'escape',
  fix: 'suggestion',
  go: {},
  messages: {
    format:
      '{takes} {what} as an interface: {cost} {when}, beside the text it makes. On a hot path append the parts with strconv and write the buffer.',
    log: '{takes} {what} as an interface: {cost} {when}, also where the level is off. Ask for the level first.',
    attributes:
      '{takes} {what} as an interface: {cost} {when}. Pass attributes that keep their type (LogAttrs with slog.Int, slog.String and their like).',
    sort: '{takes} {what} as an interface: {cost} {when}. slices.SortFunc and slices.Sort need no interface.',
    container: '{takes} {what} as an interface: {cost} {when}. Keep pointers in it, or write it for the type.',
    argument: '{takes} {what} as an interface: {cost} {when}. Pass a pointer that is there already, or give it the concrete type.',
    stored: 'An interface that outlives this takes {what}: {cost} {when}. Keep a pointer that is there already, or the concrete type.',
  },
  options,
  docs: {
    summary: 'A value is boxed into an interface on the heap on every loop iteration or on every request.',
    why: 'An interface holds a pointer. A value that is none is copied to memory of its own first, and where what takes the interface keeps it, or only run time knows what that is, the compiler has to take that memory from the heap. Pointers, maps, channels and functions fit as they are; constants, single bytes, integers below 256 and values without size need no memory.',
    cost: 'One allocation of at least the size of the value whenever the conversion runs: 8 bytes for an integer, 16 for a string, 24 for a slice.',
    bad: `package p

import "container/heap"

type job struct{ priority, id int }

func fill(h heap.Interface, jobs []job) {
	for _, j := range jobs {
		heap.Push(h, j)
	}
}
`,
    good: `package p

import "container/heap"

type job struct{ priority, id int }

func fill(h heap.Interface, jobs []job) {
	for i := range jobs {
		heap.Push(h, &jobs[i])
	}
}
`,
    limits:
      'Silent where the analysis keeps the box on the stack or does not know the type; in tests and files that import testing or a library for it, in commands that read flags and serve no network, in `init`, and the methods by which values are shown (String, Error, Format); in branches that leave the loop, handle an error or ask for debug output; for what makes or reports errors; and for slice literals, which escaping-pointer reports, and for what is put into a sync.Pool, which pool-by-value does. A function that the analysis cannot look into may keep nothing: such findings are shown only with `showPossible`.',
    skipWhen: 'The loop has few iterations, or each iteration does far more than one allocation, such as a request over the network.',
    links: ['https://go.dev/doc/faq#nil_error', 'https://go.dev/doc/gc-guide#Eliminating_heap_allocations'],
  },
  visit: { function_declaration: checkFunction, method_declaration: checkFunction },
});

function checkFunction(fn: Node, context: Context): void {
  const { file, options: chosen } = context;
  if ((!chosen.tests && isTestCode(file)) || isShortLived(context.package, file)) return;
  if (!chosen.seldom && isSeldom(context, fn + 1)) return;
  const takings = new Memo((value: Node) => takingOf(context, value));
  const isTaken = (value: Node): boolean => takings.get(value) !== undefined;
  if (!mayBox(context, fn, isTaken)) return;
  const groups = new Map<string, Box[]>();
  for (const site of context.escape.sitesIn(file, fn, ({ kind, node }) => kind === 'interface' && isTaken(node))) {
    const box = boxOf(site, takings.get(site.node));
    if (box !== undefined) groups.set(groupOf(context, box), [...(groups.get(groupOf(context, box)) ?? []), box]);
  }
  for (const boxes of groups.values()) if (chosen.seldom || !isCounting(context, boxes)) context.report(reportOf(context, boxes));
}

/** Undefined where the value takes no memory, or something else takes it. */
function boxOf(site: EscapeSite, taking: Taking | undefined): Box | undefined {
  if (taking === undefined || site.gcSays !== 'heap' || site.sink === undefined || site.sink.kind === 'panic') return undefined;
  const { bytes, allocates } = site.cost;
  return allocates === 'never' || bytes === undefined ? undefined : { ...taking, site, size: bytes };
}

/** Lines of text are made by many calls, and one variable is filled in many branches, of which one loop or function needs to be told once. */
function groupOf({ tree }: Context, { site, taker, repetition }: Box): string {
  const place = repetition.per === 'iteration' ? repetition.loop : repetition.per;
  if (WRITES_TEXT.has(taker.kind)) return `${taker.kind} ${place}`;
  if (taker.kind !== 'stored') return String(taker.node);
  let literal = NONE;
  let at = site.node;
  for (; at !== NONE && tree.kind[at] !== Kind.statement_list; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.composite_literal) literal = at;
    if (tree.kind[at] === Kind.assignment_statement && literal === NONE)
      return `${place} ${textOf(tree, go.assignmentStatement.left(tree, at))}`;
  }
  return String(literal === NONE ? site.node : literal);
}
