/**
 * Slices that a loop of known length grows from empty. Reports only what nothing but the loop decides: an unconditional append
 * on every iteration, a number of iterations known before the first. A loop that only copies elements is `append-loop`'s.
 */
import {
  appendLoopAt,
  type Fill,
  isInLoop,
  type OwnAppend,
  ownAppendOf,
  placeText,
  type SliceFill,
  sliceFillAt,
} from '../../model/index.ts';
import { encloses, enclosingFunction, go, type Node, textOf } from '../../syntax/index.ts';
import { isOnlyInErrors } from '../kit/error-words.ts';
import { isOfFew } from '../kit/few.ts';
import { describeCount } from '../kit/growth-edits.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import { isErrorType, isSeldomTaken } from '../kit/repetition.ts';
import { isSeldom } from '../kit/seldom.ts';
import { isTestCode, testCodeOption } from '../kit/tests.ts';
import { defineRule, type RelatedPlace, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';

/** Since Go 1.25 a slice that starts small begins on the stack, so that four elements cost nothing. */
const FEW = 4;
/** As many are hardly seen in code that runs now and then. */
const HANDFUL = 16;
/** From this known number of elements on a finding is information. */
const MANY = 64;

const options = {
  seldom: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report where it rarely matters: short-lived commands, setup code, code that prints values, error paths, test helpers, up to sixteen elements outside loops and handlers, and what is usually short (variadic `any` arguments, the fields of a type, lists in configurations and package variables).',
  },
  tests: testCodeOption,
  upperBound: {
    type: 'boolean',
    default: false,
    doc: 'Also report appends that a condition or an early exit may skip; the room is then the most that can be needed.',
  },
} as const;

type Context = RuleContext<typeof options>;

export const sliceGrowth = defineRule({
  id: 'slice-growth',
  category: 'growth',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    grows:
      'append in this loop grows {slice} from empty: it is reallocated and copied about log2(n) times on the way to {count} elements; make room for them first',
  },
  options,
  alsoIn: { prealloc: 'prealloc' },
  docs: {
    summary: 'A slice that starts empty grows by append in a loop whose iteration count is known up front.',
    why: 'Whenever an append finds the slice full, a larger array is allocated, everything is copied over, and the old one is left to the garbage collector.',
    cost: 'About log2(n) allocations instead of one, up to twice the memory, and a copy of every element for each doubling; paid on every run of the loop.',
    bad: `package p

func names(users []struct{ name string }) int {
	var all []string
	for _, u := range users {
		all = append(all, u.name+"!")
	}
	return len(all)
}
`,
    good: `package p

func names(users []struct{ name string }) int {
	all := make([]string, 0, len(users))
	for _, u := range users {
		all = append(all, u.name+"!")
	}
	return len(all)
}
`,
    limits:
      'Information instead of a hint where loops nest, stand in a loop, or run a constant 64 times or more. Silent on conditional appends, early exits, channels, iterator functions, appends of whole slices, lengths known to be at most four, and loops that only copy (append-loop reports those). A string counts as its bytes, which may be more than its runes. When nobody can see whether the slice is nil the fix makes it where it is declared; otherwise it grows it in front of the loop by slices.Grow (Go 1.21), which leaves a nil slice nil when the loop has no iterations. The new capacity itself can be seen by later appends to copies of the slice; where that happens in the function, and where cap is asked for, the fix is a suggestion.',
    skipWhen: 'The slices stay small, or the code runs once.',
    links: ['https://go.dev/wiki/SliceTricks', 'https://pkg.go.dev/slices#Grow', 'https://go.dev/blog/allocation-optimizations'],
  },
  visit: {
    call_expression(node, context) {
      if (!context.options.tests && isTestCode(context.file)) return;
      const { tree } = context;
      if (textOf(tree, go.callExpression.function(tree, node)) !== 'append') return;
      const append = ownAppendOf(context, node);
      if (append?.values !== undefined && append.values > 0) inspect(context, append);
    },
  },
});

function inspect(context: Context, append: OwnAppend): void {
  const { tree } = context;
  const found = sliceFillAt(context, append);
  if (found === undefined) return;
  const { fill, capacity, isEveryIteration } = found;
  const isFew = capacity.elements !== undefined && capacity.elements <= FEW;
  if (isFew || appendLoopAt(context, fill.loops[fill.loops.length - 1]) !== undefined) return;
  if (!isEveryIteration && !context.options.upperBound) return;
  if (!context.options.seldom && isHardlySeen(context, append, found)) return;
  const isHot = fill.loops.length > 1 || isInLoop(tree, fill.loops[0]) || (capacity.elements ?? 0) >= MANY;
  context.report({
    at: { start: tree.start[append.target], end: tree.end[go.callExpression.function(tree, append.call)] },
    message: 'grows',
    data: { slice: placeText(fill.place), count: `${isEveryIteration ? '' : 'at most '}${describeCount(context, fill, capacity)}` },
    related: relatedTo(context, fill),
    fixes: fixesFor(context, found),
    // A call's result is often short; what has a name was worth one.
    certainty: !isEveryIteration ? 'possible' : capacity.text === undefined ? 'likely' : 'certain',
    ...(isHot ? { severity: 'information' } : {}),
  });
}

function isHardlySeen(context: Context, append: OwnAppend, { fill, capacity }: SliceFill): boolean {
  const [loop] = fill.loops;
  const isOften = isInLoop(context.tree, loop) || isCalledOften(context, loop);
  const isHandful = !isOften && capacity.elements !== undefined && capacity.elements <= HANDFUL;
  return isHandful || isOfFew(context, fill) || isSeldom(context, append.call) || isForErrors(context, append);
}

/** Whether the elements are errors, of which there are none mostly, or are gathered for one. */
function isForErrors(context: Context, { call, target }: OwnAppend): boolean {
  const { tree, types } = context;
  const slice = types.underlying(types.typeOf(target));
  if (slice.kind === 'slice' && isErrorType(types, slice.element)) return true;
  return isSeldomTaken(context, call, enclosingFunction(tree, call)) || isOnlyInErrors(context, target, [call]);
}

function relatedTo({ tree, file }: Context, fill: Fill): RelatedPlace[] {
  const at = (start: Node, end: number): RelatedPlace['at'] => ({ path: file.path, range: { start: tree.start[start], end } });
  const begin = fill.start.statement;
  const loop = fill.loops[0];
  const started: RelatedPlace[] =
    begin === 0 || encloses(tree, loop, begin)
      ? []
      : [{ at: at(begin, lineEnd(tree.source, tree.start[begin], tree.end[begin])), note: 'it starts empty here' }];
  return [
    ...started,
    { at: at(loop, tree.start[go.forStatement.body(tree, loop)]), note: 'the iteration count is known before this loop' },
  ];
}

function lineEnd(source: Uint8Array, start: number, end: number): number {
  const at = source.indexOf(10, start);
  return at < 0 || at > end ? end : at;
}
