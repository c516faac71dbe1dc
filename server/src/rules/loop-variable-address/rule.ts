/**
 * Before Go 1.22 a loop has one variable for all its iterations, so every `&v` is the same pointer. The rule asks of each address
 * whether something in view keeps it beyond the iteration.
 */
import type { GoSymbol } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { insertAtBlockStart, replacement, unusedName } from '../kit/edits.ts';
import { isOverwrittenEachIteration, waitsAfter } from '../kit/iteration-ends.ts';
import { type Keeper, type Kept, keeperOf } from '../kit/kept-values.ts';
import { bodyReferences, declaresName, type Loop, leavesLoopAfter, loopOf } from '../kit/loop-variables.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';

export const loopVariableAddress = defineRule({
  id: 'loop-variable-address',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'suggestion',
  go: { to: 21 },
  messages: {
    kept: 'The address of the loop variable {name} is {how}, but all iterations share {name} before Go 1.22: every such pointer ends up at the value of the last iteration, and {name} lives on the heap. Copy it first ({name} := {name}) or point at the element.',
  },
  options: {},
  docs: {
    summary: 'The address of a loop variable that all iterations share (before Go 1.22) is kept beyond the iteration.',
    why: 'Up to Go 1.21 a `for` loop has one variable for all its iterations. Addresses of it that are stored, sent or given to a goroutine are all the same pointer, and what it points at changes with every iteration.',
    cost: 'Wrong values through every kept pointer, a data race with `go`, and the variable on the heap.',
    bad: `package p

type item struct{ id int }

func pointers(items []item) []*item {
	var all []*item
	for _, it := range items {
		all = append(all, &it)
	}
	return all
}
`,
    good: `package p

type item struct{ id int }

func pointers(items []item) []*item {
	var all []*item
	for i := range items {
		all = append(all, &items[i])
	}
	return all
}
`,
    limits:
      'Speaks only where go.mod or a build constraint asks for Go 1.21 or older. The receiver of a pointer method counts where the method is a value, or called by `go` or `defer`. An address that is handed to a function is not followed. Silent when the loop ends right after (`return`, `break`) or every iteration overwrites the same place.',
    skipWhen: 'The module can move to Go 1.22, which gives each iteration its own variables.',
    links: ['https://go.dev/blog/loopvar-preview', 'https://go.dev/wiki/CommonMistakes#using-reference-to-loop-iterator-variable'],
  },
  visit: { for_statement: checkLoop },
});

const HOW: Readonly<Record<Keeper, string>> = {
  goroutine: 'given to a goroutine',
  deferred: 'given to a deferred call',
  stored: 'kept beyond the iteration',
  sent: 'sent on a channel',
  subtest: 'given to a parallel subtest',
};

function checkLoop(statement: Node, context: RuleContext): void {
  const { tree, scopes } = context;
  const loop = loopOf(tree, scopes, statement);
  if (loop === undefined) return;
  for (const { symbol } of loop.variables) {
    const [first, ...others] = keptAddresses(context, loop, symbol);
    if (first === undefined) continue;
    context.report({
      at: { start: tree.start[first.address], end: tree.end[first.address] },
      message: 'kept',
      data: { name: symbol.name, how: HOW[first.kept.by] },
      related: others.map((other) => ({ at: placeOf(context, other.address), note: `this is the same pointer, ${HOW[other.kept.by]}` })),
      fixes: fixesOf(context, loop, symbol, first.address),
    });
  }
}

interface KeptAddress {
  readonly address: Node;
  readonly kept: Kept;
}

function keptAddresses(context: RuleContext, loop: Loop, symbol: GoSymbol): KeptAddress[] {
  const { tree, scopes, types } = context;
  const around = { tree, scopes, types, body: loop.body };
  const found: KeptAddress[] = [];
  for (const reference of bodyReferences(tree, scopes, loop, symbol)) {
    if (reference.access !== 'address' || reference.within !== symbol.owner) continue;
    const address = addressAround(context, reference.node);
    if (address === NONE) continue;
    const kept = keeperOf(around, address);
    if (kept === undefined || leavesLoopAfter(tree, loop, kept.at)) continue;
    if (kept.by === 'stored' && isOverwrittenEachIteration(around, loop, kept.at)) continue;
    if (kept.by === 'goroutine' && waitsAfter(around, kept.at)) continue;
    found.push({ address, kept });
  }
  return found;
}

/** The `&v`, `&v.f`, `v[:]` or, of a pointer method, `v.m` that takes the address. */
function addressAround({ tree, types }: RuleContext, use: Node): Node {
  for (let at = use; ; at = tree.parent[at]) {
    const parent = tree.parent[at];
    switch (tree.kind[parent]) {
      case Kind.selector_expression:
        if (types.selectionOf(parent)?.kind === 'method') return parent;
        continue;
      case Kind.index_expression:
      case Kind.parenthesized_expression:
        continue;
      case Kind.unary_expression:
        return textOf(tree, go.unaryExpression.operator(tree, parent)) === '&' ? parent : NONE;
      case Kind.slice_expression:
        return go.sliceExpression.operand(tree, parent) === at ? parent : NONE;
      default:
        return NONE;
    }
  }
}

function placeOf({ tree, file }: RuleContext, node: Node) {
  return { path: file.path, range: { start: tree.start[node], end: tree.end[node] } };
}

function fixesOf(context: RuleContext, loop: Loop, symbol: GoSymbol, address: Node): RuleFix[] {
  const fixes: RuleFix[] = [];
  const { tree, scopes } = context;
  const copy = insertAtBlockStart(tree, loop.body, [`${symbol.name} := ${symbol.name}`]);
  if (copy !== undefined && !declaresName(tree, scopes, loop.body, symbol.name)) {
    fixes.push({ title: `Give each iteration its own ${symbol.name}`, safety: 'suggestion', edits: [copy] });
  }
  const element = elementFix(context, loop, symbol, address);
  if (element !== undefined) fixes.push(element);
  return fixes;
}

/** `&xs[i]` for `&x`: no copy at all, but the pointer then sees later changes of the element. */
function elementFix(context: RuleContext, loop: Loop, symbol: GoSymbol, address: Node): RuleFix | undefined {
  const { tree, scopes, types } = context;
  const operand = go.unaryExpression.operand(tree, address);
  if (!loop.isRange || tree.kind[address] !== Kind.unary_expression || tree.kind[operand] !== Kind.identifier) return undefined;
  const [key, value] = children(tree, go.rangeClause.left(tree, loop.clause));
  const source = go.rangeClause.right(tree, loop.clause);
  if (key === undefined || value !== symbol.declaration || tree.kind[source] !== Kind.identifier) return undefined;
  if (types.underlying(types.typeOf(source)).kind !== 'slice') return undefined;
  const sourceSymbol = scopes.symbolOf(source);
  if (sourceSymbol === undefined || scopes.lookup(sourceSymbol.name, address) !== sourceSymbol) return undefined;
  const isLastUse = bodyReferences(tree, scopes, loop, symbol).length === 1;
  const index = textOf(tree, key) === '_' ? unusedName(tree, scopes, 'i', loop.body) : textOf(tree, key);
  const element = `${sourceSymbol.name}[${index}]`;
  const header = `${index}${isLastUse ? '' : `, ${symbol.name}`}`;
  return {
    title: `Point at the element itself: &${element}`,
    safety: 'suggestion',
    edits: [replacement(tree, go.rangeClause.left(tree, loop.clause), header), replacement(tree, operand, element)],
  };
}
