/**
 * Maps made without a size and filled once per turn of a loop of known length. Accumulating (`m[k] = append(m[k], v)`, `m[k]++`)
 * is left alone: there keys repeat by design, so the number of turns says little about the size.
 */
import { capacityOf, type Fill, fillAt, isInLoop, isSamePlace, type Place, placeOf, placeText } from '../../model/index.ts';
import { ancestor, children, descendants, encloses, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { describeCount } from '../growth-edits.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';

/** A map keeps this many elements in the group it begins with. */
const FEW = 8;
const MANY = 64;

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const mapGrowth = defineRule({
  id: 'map-growth',
  category: 'growth',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    grows:
      '{map} is made without a size and a loop puts {count} elements into it: its tables are reallocated and rehashed about log2(n) times; give make the size',
  },
  options,
  docs: {
    summary: 'A map without size hint gets one element per turn of a loop whose number of turns is known beforehand.',
    why: 'A map that outgrows its tables allocates larger ones and puts every element in anew.',
    cost: 'About log2(n) allocations and rehashing of all elements for each, where one allocation of the right size would do; paid on every run of the loop.',
    bad: `package p

func index(names []string) map[string]int {
	at := make(map[string]int)
	for i, name := range names {
		at[name] = i
	}
	return at
}
`,
    good: `package p

func index(names []string) map[string]int {
	at := make(map[string]int, len(names))
	for i, name := range names {
		at[name] = i
	}
	return at
}
`,
    limits:
      'Keys need not be distinct; where many turns repeat a key the hint asks for more than is needed. Silent on conditional stores, early exits, stores that update an element, keys that do not vary, channels, iterator functions and at most eight elements. The fix gives make the size where the map is made, or moves the declaration down to the loop when the length is known only there.',
    skipWhen: 'The maps stay small, or nearly all keys repeat.',
    links: ['https://go.dev/ref/spec#Making_slices_maps_and_channels', 'https://go.dev/blog/swisstable'],
  },
  visit: {
    assignment_statement(node, context) {
      if (context.file.isTest && !context.options.tests) return;
      const { tree } = context;
      if (tree.kind[ancestor(tree, node, Kind.for_statement, Kind.func_literal)] !== Kind.for_statement) return;
      for (const store of storesOf(context, node)) inspect(context, store);
    },
  },
});

/** One `m[key] = value`. */
interface Store {
  readonly statement: Node;
  readonly target: Node;
  readonly key: Node;
  readonly place: Place;
}

function storesOf(context: Context, statement: Node): Store[] {
  const { tree } = context;
  if (tree.kind[go.assignmentStatement.operator(tree, statement)] !== Kind['=']) return [];
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  const values = children(tree, go.assignmentStatement.right(tree, statement));
  return targets.flatMap((target, i) => {
    const store = storeAt(context, statement, target);
    const value = targets.length === values.length ? values[i] : NONE;
    return store === undefined || (value !== NONE && readsElement(context, store, value)) ? [] : [store];
  });
}

function storeAt(context: Context, statement: Node, target: Node): Store | undefined {
  const { tree, types } = context;
  if (tree.kind[target] !== Kind.index_expression) return undefined;
  const operand = go.indexExpression.operand(tree, target);
  const place = placeOf(context, operand);
  if (place === undefined || types.underlying(types.typeOf(operand)).kind !== 'map') return undefined;
  return { statement, target, key: go.indexExpression.index(tree, target), place };
}

/** Whether the value stored is made from the element that was there. */
function readsElement(context: Context, store: Store, value: Node): boolean {
  const { tree } = context;
  return descendants(tree, value, Kind.index_expression).some(
    (row) =>
      isSamePlace(placeOf(context, go.indexExpression.operand(tree, row)), store.place) &&
      textOf(tree, go.indexExpression.index(tree, row)) === textOf(tree, store.key),
  );
}

function inspect(context: Context, store: Store): void {
  const { tree, file } = context;
  const fill = fillAt(context, store.place, store.statement, () => false);
  if (fill === undefined || !fill.isEveryTurn || !fill.isSameList || fill.start.isNil) return;
  if (isNamedBefore(tree, fill) || !variesByLoop(context, fill, store.key)) return;
  if (!isFirst(context, fill, store)) return;
  const keys = storesIn(context, fill, store);
  if (keys === undefined) return;
  const perTurn = new Set(keys.map(({ key }) => textOf(tree, key))).size;
  const capacity = capacityOf(fill.counts, perTurn);
  if (capacity.elements !== undefined && capacity.elements <= FEW) return;
  const isHot = fill.loops.length > 1 || isInLoop(tree, fill.loops[0]) || (capacity.elements ?? 0) >= MANY;
  const begin = fill.start.value;
  const [loop] = fill.loops;
  context.report({
    at: { start: tree.start[begin], end: tree.end[begin] },
    message: 'grows',
    data: { map: placeText(store.place), count: describeCount(tree, fill, capacity) },
    related: [
      {
        at: { path: file.path, range: { start: tree.start[loop], end: tree.start[go.forStatement.body(tree, loop)] } },
        note: 'the number of turns is known before this loop',
      },
      {
        at: { path: file.path, range: { start: tree.start[store.target], end: tree.end[store.target] } },
        note: 'each turn stores an element',
      },
    ],
    fixes: fixesFor(context, fill, capacity),
    ...(isHot ? { severity: 'information' } : {}),
  });
}

/** Whether anything between the beginning and the loops could have filled the map already. */
function isNamedBefore(tree: Tree, fill: Fill): boolean {
  return fill.mentions.some(({ node, kind }) => kind !== 'beside' && node >= tree.next[fill.start.statement] && node < fill.loops[0]);
}

/** Whether no other store to the map comes before this one in the loops. */
function isFirst(context: Context, fill: Fill, store: Store): boolean {
  const { tree } = context;
  for (let row = fill.loops[0]; row < store.statement; row++) {
    if (tree.kind[row] !== Kind.assignment_statement) continue;
    if (storesOf(context, row).some((each) => isSamePlace(each.place, store.place))) return false;
  }
  return true;
}

/** All stores to the map in its loops; undefined when one of them is not made once on every turn. */
function storesIn(context: Context, fill: Fill, store: Store): Store[] | undefined {
  const { tree } = context;
  const all = descendants(tree, fill.loops[0], Kind.assignment_statement)
    .flatMap((statement) => storesOf(context, statement))
    .filter((each) => isSamePlace(each.place, store.place));
  const list = tree.parent[store.statement];
  return all.every((each) => tree.parent[each.statement] === list && variesByLoop(context, fill, each.key)) ? all : undefined;
}

/** Whether the key hangs on something of each loop: declared by it or in its body, or written there. */
function variesByLoop(context: Context, fill: Fill, key: Node): boolean {
  const { tree, scopes } = context;
  const symbols = descendants(tree, key, Kind.identifier).map((node) => scopes.symbolOf(node));
  return fill.loops.every((loop, i) => {
    const inner = fill.loops[i + 1];
    return symbols.some((symbol) => {
      if (symbol?.kind !== 'variable') return false;
      const isOwn = (node: Node): boolean => encloses(tree, loop, node) && (inner === undefined || !encloses(tree, inner, node));
      if (isOwn(symbol.declaration)) return true;
      return scopes.references(symbol).some(({ node, access }) => isOwn(node) && (access === 'write' || access === 'update'));
    });
  });
}
