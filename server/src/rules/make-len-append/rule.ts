/**
 * A slice that `make` gave a length, and that is then only appended to: what was meant as room are elements, and what is
 * appended comes behind them. Quiet where anything shows that the elements are wanted.
 */
import { givenValue, loopsAround, type Mention, ownAppendAround, type Place, placeOf, placeText, tripCount } from '../../model/index.ts';
import { children, encloses, enclosingFunction, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { insertion, replacement } from '../kit/edits.ts';
import { quoted } from '../kit/expressions.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';
import { appendsBehind } from './front.ts';

const options = {
  tests: { type: 'boolean', default: true, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const makeLenAppend = defineRule({
  id: 'make-len-append',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    found:
      '{slice} begins with {count} zero values, and all that is appended comes behind them: they stay at its front, and the first append already finds it full, allocates anew and copies them; a length of 0 makes room only',
  },
  options,
  alsoIn: { makezero: 'makezero' },
  docs: {
    summary: '`make` gives a slice a length, but the slice is only appended to, behind as many zero values.',
    why: 'The second argument of make is the number of elements that the slice has, not the room it keeps. Append does not fill them but adds behind them, so that the slice holds twice as much as was meant, the first half of it zero values. As its capacity is used up, the first append allocates.',
    cost: 'Zero values in the result, which those who use it take for elements; one more allocation, and a copy of zeros; on each run.',
    bad: `package p

func names(users []struct{ name string }) []string {
	all := make([]string, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}
`,
    good: `package p

func names(users []struct{ name string }) []string {
	all := make([]string, 0, len(users))
	for _, u := range users {
		all = append(all, u.name)
	}
	return all
}
`,
    limits:
      'Silent as soon as something shows that the elements are wanted: an index is assigned to or read by a constant, the slice is copied into, cut, has its address taken, or is read or handed on before the last append or on a way without one. Slices of numbers, which may be padding or a header, and constant lengths are reported only where as many elements are appended as make has given.',
    skipWhen: 'The zero values are meant. Say so by make with a length and a capacity, or by assigning them.',
    links: ['https://go.dev/ref/spec#Making_slices_maps_and_channels', 'https://go.dev/blog/slices-intro'],
  },
  calls: { make: check },
});

function check(call: Node, context: Context): void {
  if (context.file.isTest && !context.options.tests) return;
  const { tree, file } = context;
  const [, length, capacity] = children(tree, go.callExpression.arguments(tree, call));
  const made = length === undefined ? undefined : madePlace(context, call);
  if (made === undefined || !isLengthOnly(context, length, capacity)) return;
  const appends = appendsBehind(context, made.place, made.statement);
  if (appends.length === 0 || (mayBeMeant(context, call, length) && !isCounted(context, call, length, appends))) return;
  const count = quoted(tree, length);
  context.report({
    at: firstLineOf(tree, call),
    message: 'found',
    data: { slice: placeText(made.place), count },
    related: [noteAt(file, appendAround(context, appends[0]), 'appended behind them here')],
    fixes: [fixOf(tree, length, capacity, count)],
  });
}

function fixOf(tree: Tree, length: Node, capacity: Node | undefined, count: string): RuleFix {
  return {
    title: `Make room for ${count} instead; the zero values in front are then gone`,
    safety: 'suggestion',
    edits: [capacity === undefined ? insertion(tree.start[length], '0, ') : replacement(tree, length, '0')],
  };
}

interface Made {
  readonly place: Place;
  readonly statement: Node;
}

/** The variable or field that a call of make gives its value. */
function madePlace(context: Context, call: Node): Made | undefined {
  const { tree, types } = context;
  const list = tree.parent[call];
  const holder = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || types.calleeOf(call).kind !== 'builtin') return undefined;
  if (types.underlying(types.typeOf(call)).kind !== 'slice') return undefined;
  const index = children(tree, list).indexOf(call);
  const target =
    tree.kind[holder] === Kind.var_spec ? go.varSpec.name(tree, holder)[index] : children(tree, firstChild(tree, holder))[index];
  const given = target === undefined ? undefined : givenValue(tree, target);
  const place = given?.value === call ? placeOf(context, target) : undefined;
  if (given === undefined || place === undefined || place.root.owner !== enclosingFunction(tree, call)) return undefined;
  return { place, statement: given.statement };
}

/** Whether the length is not known to be 0, and no capacity of its own shows that it is meant. */
function isLengthOnly({ tree, types }: Context, length: Node, capacity: Node | undefined): boolean {
  const count = types.constantOf(length);
  if (count === 0n || count === 1n) return false;
  return capacity === undefined || textOf(tree, capacity) === textOf(tree, length);
}

/** Whether zero values make sense in front: numbers, and a fixed count of anything. */
function mayBeMeant({ types }: Context, call: Node, length: Node): boolean {
  if (types.constantOf(length) !== undefined) return true;
  const type = types.underlying(types.typeOf(call));
  const element = type.kind === 'slice' ? types.underlying(type.element) : type;
  return (
    element.kind !== 'pointer' &&
    !['struct', 'interface', 'slice', 'map', 'function', 'channel'].includes(element.kind) &&
    !isString(element)
  );
}

function isString(type: ReturnType<Context['types']['underlying']>): boolean {
  return type.kind === 'basic' && type.name === 'string';
}

/** Whether an append, with the loops around it, adds as many elements as make gave. */
function isCounted(context: Context, call: Node, length: Node, appends: readonly Mention[]): boolean {
  const { tree } = context;
  const fn = enclosingFunction(tree, call);
  const wanted = withoutBlanks(tree, length);
  return appends.some((mention) => {
    const append = appendAround(context, mention);
    const loops = loopsAround(tree, append, fn).filter((loop) => !encloses(tree, loop, call));
    return [...loops.map((loop) => countOf(context, loop)), spreadCount(tree, append)].includes(wanted);
  });
}

function countOf(context: Context, loop: Node): string | undefined {
  const count = tripCount(context, loop);
  if (count === undefined) return undefined;
  return count.text ?? (count.operand === NONE ? undefined : `len(${withoutBlanks(context.tree, count.operand)})`);
}

/** `len(src)` of `append(dst, src...)`. */
function spreadCount(tree: Tree, append: Node): string | undefined {
  const [, value] = children(tree, go.callExpression.arguments(tree, append));
  const isSpread = value !== undefined && tree.kind[value] === Kind.variadic_argument;
  return isSpread ? `len(${withoutBlanks(tree, firstChild(tree, value))})` : undefined;
}

function withoutBlanks(tree: Tree, node: Node): string {
  return textOf(tree, node).replace(/\s+/g, '');
}

function appendAround(context: Context, mention: Mention): Node {
  return ownAppendAround(context, mention)?.call ?? mention.node;
}
