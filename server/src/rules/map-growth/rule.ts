/**
 * Maps made without a size and filled once per iteration of a loop of known length. Accumulating (`m[k] = append(m[k], v)`, `m[k]++`)
 * is left alone: there keys repeat by design, so the number of iterations says little about the size.
 */
import { type Capacity, capacityOf, type Fill, fillAt, isInLoop, placeText } from '../../model/index.ts';
import { ancestor, enclosingFunction, go, Kind, type Tree, textOf } from '../../syntax/index.ts';
import { isOfFew } from '../kit/few.ts';
import { describeCount } from '../kit/growth-edits.ts';
import { isMain, isRunOnce } from '../kit/hot-code.ts';
import { isVariadicParameter } from '../kit/parameters.ts';
import { isSeldom } from '../kit/seldom.ts';
import { isShort } from '../kit/short-loops.ts';
import { isTestCode, testCodeOption } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';
import { isFirst, type Store, storesIn, storesOf, variesByLoop } from './stores.ts';

/** A map keeps this many elements in the group it begins with. */
const FEW = 8;
const MANY = 64;

const options = {
  small: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report loops over slices and maps, where nobody can see whether there are more than the eight elements that a map holds without growing: about one in two has fewer.',
  },
  seldom: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report where it rarely matters: short-lived commands, setup code, code that prints values, test helpers, and maps filled from variadic arguments or a configuration, which are usually small.',
  },
  tests: testCodeOption,
} as const;

type Context = RuleContext<typeof options>;

export const mapGrowth = defineRule({
  id: 'map-growth',
  category: 'growth',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    grows:
      '{map} is made without a size and a loop puts {count} elements into it: beyond eight, its tables are reallocated and rehashed about log2(n) times; give make the size',
  },
  options,
  docs: {
    summary: 'A map without a size hint is filled in a loop whose iteration count is known up front.',
    why: 'A map that outgrows its tables allocates larger ones and puts every element in anew.',
    cost: 'About log2(n) allocations and rehashing of all elements for each, where one allocation of the right size would do; paid on every run of the loop that stores more than eight.',
    bad: `package p

func squares(n int) map[int]int {
	all := make(map[int]int)
	for i := range n {
		all[i] = i * i
	}
	return all
}
`,
    good: `package p

func squares(n int) map[int]int {
	all := make(map[int]int, n)
	for i := range n {
		all[i] = i * i
	}
	return all
}
`,
    limits:
      'Information instead of a hint where loops nest, stand in a loop, or run a constant 64 times or more. Keys need not be distinct; where many iterations repeat a key the hint asks for more than is needed. Silent on conditional stores, early exits, stores that update an element, keys that do not vary, channels, iterator functions and at most eight elements, and in `init` and `main`, which run once. The fix gives make the size where the map is made, or moves the declaration down to the loop when the length is known only there.',
    skipWhen: 'The maps stay small, or nearly all keys repeat.',
    links: ['https://go.dev/ref/spec#Making_slices_maps_and_channels', 'https://go.dev/blog/swisstable'],
  },
  visit: {
    assignment_statement(node, context) {
      if (!context.options.tests && isTestCode(context.file)) return;
      const { tree } = context;
      if (tree.kind[ancestor(tree, node, Kind.for_statement, Kind.func_literal)] !== Kind.for_statement) return;
      for (const store of storesOf(context, node)) inspect(context, store);
    },
  },
});

function inspect(context: Context, store: Store): void {
  const { tree, file } = context;
  if (!isFirst(context, store) || isRunOnce(tree, store.statement) || isMain(context, enclosingFunction(tree, store.statement))) return;
  const fill = fillAt(context, store.place, store.statement, () => false);
  if (fill === undefined || !fill.isEveryIteration || !fill.isSameList || fill.start.isNil) return;
  if (isNamedBefore(tree, fill) || !variesByLoop(context, fill, store.key)) return;
  const keys = storesIn(context, fill, store);
  if (keys === undefined || keys[0].target !== store.target) return;
  const perIteration = new Set(keys.map(({ key }) => textOf(tree, key))).size;
  const capacity = capacityOf(fill.counts, perIteration);
  if (capacity.elements !== undefined && capacity.elements <= FEW) return;
  if (perIteration === 1 && fill.loops.length === 1 && isShort(context, fill.loops[0])) return;
  const isHot = fill.loops.length > 1 || isInLoop(tree, fill.loops[0]) || (capacity.elements ?? 0) >= MANY;
  if (!context.options.small && !isSurelyLarge(fill, capacity)) return;
  if (!context.options.seldom && (isOfArguments(context, fill) || isOfFew(context, fill) || isSeldom(context, store.statement))) return;
  const begin = fill.start.value;
  const [loop] = fill.loops;
  context.report({
    at: { start: tree.start[begin], end: tree.end[begin] },
    message: 'grows',
    data: { map: placeText(store.place), count: describeCount(context, fill, capacity) },
    related: [
      {
        at: { path: file.path, range: { start: tree.start[loop], end: tree.start[go.forStatement.body(tree, loop)] } },
        note: 'the iteration count is known before this loop',
      },
      {
        at: { path: file.path, range: { start: tree.start[store.target], end: tree.end[store.target] } },
        note: 'each iteration stores an element',
      },
    ],
    fixes: fixesFor(context, fill, capacity),
    ...(isHot ? { severity: 'information' } : {}),
  });
}

/** Whether the elements are counted in the code, in nested loops, or by a number that is no length. */
function isSurelyLarge({ loops }: Fill, { elements, text }: Capacity): boolean {
  return elements !== undefined || loops.length > 1 || (text !== undefined && !text.includes('len('));
}

/** Whether the iterations are those of a variadic parameter, whose arguments callers mostly write out. */
function isOfArguments(context: Context, { counts }: Fill): boolean {
  return counts.every(({ variables }) => variables.some((name) => isVariadicParameter(context, name)));
}

/** Whether anything between the beginning and the loops could have filled the map already. */
function isNamedBefore(tree: Tree, fill: Fill): boolean {
  return fill.mentions.some(({ node, kind }) => kind !== 'beside' && node >= tree.next[fill.start.statement] && node < fill.loops[0]);
}
