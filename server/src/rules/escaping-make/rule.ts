/**
 * A slice whose length only run time knows, or that no stack takes, is made anew on every iteration of a loop. The rule speaks where it
 * need not be: nothing keeps the slice beyond the iteration, or what is kept could be cut from one slice for all iterations.
 */
import type { EscapeSite } from '../../escape/index.ts';
import { WordedSince } from '../../model/index.ts';
import { go, NONE, type Node, textOf } from '../../syntax/index.ts';
import { firstLineOf } from '../kit/places.ts';
import { isOnEveryIteration, type Repetition, repetitionOf } from '../kit/repetition.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type Report, type RuleContext } from '../rule.ts';
import { reuseFixes } from './fix.ts';
import { isMadeForAppend, isMadeWhenTooSmall, isRetry, lendingOf } from './idioms.ts';
import { type MadeSlice, madeSliceAt } from './made-slice.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;

type Context = RuleContext<typeof options>;

export const escapingMake = defineRule({
  id: 'escaping-make',
  category: 'allocation',
  severity: 'information',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'escape',
  fix: 'suggestion',
  go: {},
  messages: {
    reused:
      '{what} has a length known only at run time: one allocation {when}{unless}, though nothing keeps it beyond the iteration. Make it once before the loop and cut it to length.',
    large:
      '{what} takes {size} bytes, more than the 64 KiB that the stack gives to one value: one allocation {when}, though nothing keeps it beyond the iteration. Make it once before the loop.',
    handed:
      '{what} goes to the heap because it is {sink}: one allocation {when}. If nothing keeps it beyond the iteration, make it once before the loop and cut it to length.',
    kept: '{what} goes to the heap because it is {sink}: one allocation {when}, each of the same length. Make one slice for all iterations and cut the parts from it.',
    called:
      '{what} goes to the heap: one allocation of {size} {when}. Take it from a sync.Pool, or make it smaller than 64 KiB of constant size.',
  },
  options,
  docs: {
    summary: 'A slice of dynamic length, or one too large for the stack, is made on every iteration although one could be reused.',
    why: 'The Go compiler puts the memory behind `make` on the stack only if it is of constant size, at most 64 KiB, and nothing keeps it. Since Go 1.25 a slice of variable length starts in 32 bytes on the stack, which most outgrow; before, it was always on the heap.',
    cost: 'One allocation of the whole slice on every iteration, which is zeroed first, and work for the garbage collector later.',
    bad: `package p

func sums(rows [][]float64, width int, use func(float64)) {
	for _, row := range rows {
		scaled := make([]float64, len(row)+width)
		copy(scaled, row)
		total := 0.0
		for _, v := range scaled {
			total += v
		}
		use(total)
	}
}
`,
    good: `package p

func sums(rows [][]float64, width int, use func(float64)) {
	var scaled []float64
	for _, row := range rows {
		scaled = append(scaled[:0], make([]float64, len(row)+width)...)
		copy(scaled, row)
		total := 0.0
		for _, v := range scaled {
			total += v
		}
		use(total)
	}
}
`,
    limits:
      'Silent for slices that are returned, sent, appended or stored for good, unless they are of one length for all iterations; where the capacity of what is there was asked before, or a condition that leads to the make looks at what it is assigned to; in `append(x, make(…)...)`, which the compiler does without the slice; in test files and `init`; and in branches that leave the loop, handle an error or ask for debug output. What a function out of view does with the slice is not known: such findings are shown only with `showPossible`. Growing slices are reported by slice-growth, maps by map-growth.',
    skipWhen: 'The loop has few iterations, or the slices differ so much in length that one of the largest would be held for nothing.',
    links: ['https://go.dev/doc/gc-guide#Eliminating_heap_allocations', 'https://go.dev/doc/go1.25#compiler'],
  },
  visit: { function_declaration: checkFunction, method_declaration: checkFunction },
});

function checkFunction(fn: Node, context: Context): void {
  const { file, tree } = context;
  if (file.isTest && !context.options.tests) return;
  const candidates = new Map<Node, Candidate>();
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    const candidate = candidateAt(context, row);
    if (candidate !== undefined) candidates.set(row, candidate);
  }
  // Asked last, because it has everything analysed that the function calls.
  if (candidates.size === 0) return;
  for (const site of context.escape.sitesIn(file, fn, ({ kind, node }) => kind === 'make' && candidates.has(node))) {
    const candidate = candidates.get(site.node);
    if (candidate !== undefined && site.cost.allocates !== 'never') checkSlice(context, candidate, site);
  }
}

/** A slice that is made again and again, where nothing in the code around it speaks for that. */
interface Candidate {
  readonly slice: MadeSlice;
  readonly repetition: Repetition;
}

function candidateAt(context: Context, node: Node): Candidate | undefined {
  const slice = madeSliceAt(context, node);
  const repetition = slice && repetitionOf(context, node);
  if (slice === undefined || repetition === undefined) return undefined;
  if (isMadeForAppend(context, node) || isMadeWhenTooSmall(context, node)) return undefined;
  if (!context.options.tests && isInTestFunction(context, node)) return undefined;
  const isMeant =
    repetition.per === 'call' ? slice.bytes === undefined : slice.growsWith(repetition.loop) || isRetry(context.tree, repetition.loop);
  return isMeant ? undefined : { slice, repetition };
}

function checkSlice(context: Context, { slice, repetition }: Candidate, site: EscapeSite): void {
  const message = messageFor(context, slice, site, repetition);
  if (message === undefined) return;
  const isFixable = message === 'handed' ? lendingOf(context, slice.call) === 'standard' : message !== 'kept';
  context.report({
    at: firstLineOf(context.tree, slice.call),
    message,
    data: {
      what: whatOf(context, slice.call),
      size: slice.bytes === undefined ? 'variable size' : `${slice.bytes} bytes`.replace(message === 'large' ? ' bytes' : '', ''),
      sink: site.sink?.text ?? '',
      when: whenOf(context, slice.call, repetition),
      unless: site.gcSays === 'stack' && context.file.go >= WordedSince.stackedSlices ? ' that needs more than 32 bytes' : '',
    },
    related: [...loopPlace(context, repetition), ...site.steps],
    certainty: site.certainty,
    fixes: isFixable && repetition.per === 'iteration' ? reuseFixes(context, slice.call, repetition.loop) : [],
  });
}

const KEPT: ReadonlySet<string> = new Set(['assign', 'outer-variable']);

function messageFor(context: Context, slice: MadeSlice, site: EscapeSite, repetition: Repetition): string | undefined {
  const kind = site.gcSays === 'stack' ? 'too-large' : site.sink?.kind;
  if (kind === undefined) return undefined;
  if (repetition.per === 'call') return kind === 'too-large' ? 'called' : undefined;
  if (kind === 'too-large') return slice.bytes === undefined ? 'reused' : 'large';
  if (site.sink?.isAssumed === true) return lendingOf(context, slice.call) === undefined ? undefined : 'handed';
  return KEPT.has(kind) && slice.isSameLength(repetition.loop) && isOnEveryIteration(context.tree, slice.call, repetition.loop)
    ? 'kept'
    : undefined;
}

function whenOf({ tree }: Context, call: Node, repetition: Repetition): string {
  if (repetition.per === 'call') return 'on every call';
  return isOnEveryIteration(tree, call, repetition.loop) ? 'on every iteration of the loop' : 'on each iteration that gets here';
}

const LONGEST_CALL = 48;

function whatOf({ tree }: Context, call: Node): string {
  const text = textOf(tree, call).replace(/\s+/g, ' ');
  return text.length <= LONGEST_CALL ? text : 'This make';
}

function loopPlace({ tree, file }: Context, repetition: Repetition): Report['related'] & object {
  if (repetition.per === 'call') return [];
  const start = tree.start[repetition.loop];
  const body = go.forStatement.body(tree, repetition.loop);
  const end = body === NONE ? tree.end[repetition.loop] : tree.start[body];
  return [
    {
      at: { path: file.path, range: { start, end: Math.min(end, start + 'for'.length) } },
      note: 'each iteration of this loop makes it anew',
    },
  ];
}
