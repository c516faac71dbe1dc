/**
 * A value that is no pointer, put into a sync.Pool: Put takes an interface, so each call allocates the box that the value goes
 * into. The rule owns these boxes; interface-boxing leaves them to it.
 */
import type { Type } from '../../model/index.ts';
import { descendants, enclosingFunction, firstChild, go, Kind, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot } from '../kit/hot-code.ts';
import { firstLineOf } from '../kit/places.ts';
import { poolCallAt } from '../kit/pools.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { pointerFixes } from './fix.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;

type Context = RuleContext<typeof options>;

export const poolByValue = defineRule({
  id: 'pool-by-value',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    found:
      '{value} ({type}) is put into the pool by value: each Put allocates {size} bytes for the box that holds it, and allocations are what the pool should spare. Keep a pointer in the pool: put the {pointer} that Get gave.',
  },
  options,
  alsoIn: { staticcheck: 'SA6002' },
  docs: {
    summary: 'A value that is not a pointer is put into a sync.Pool.',
    why: 'Put takes an interface, and an interface holds a pointer. A slice, string, struct or number is first copied to memory of its own on the heap. Pointers, maps, channels and functions fit as they are.',
    cost: 'One allocation per Put: 24 bytes for a slice, the size of the struct for a struct, and its collection. The memory that the slice points at is kept all the same.',
    bad: `package p

import "sync"

var buffers = sync.Pool{New: func() any { return make([]byte, 0, 4096) }}

func with(use func([]byte)) {
	buffer := buffers.Get().([]byte)
	use(buffer)
	buffers.Put(buffer)
}
`,
    good: `package p

import "sync"

var buffers = sync.Pool{New: func() any {
	buffer := make([]byte, 0, 4096)
	return &buffer
}}

func with(use func([]byte)) {
	buffer := buffers.Get().(*[]byte)
	use(*buffer)
	buffers.Put(buffer)
}
`,
    limits:
      'Silent in tests, and where the type is not known or is an interface already, and in the `Put` of a type with a `Get` for the same slice, as httputil.BufferPool wants it. The address of a variable that Get did not give (`p.Put(&b)`) costs the same as the box and is not reported here. The fix is offered where all uses of the pool are in view in one file, and each Put stands in the function of its Get.',
    skipWhen: 'What is pooled is so large that 24 bytes beside it do not matter, and pointers would make the code harder to read.',
    links: ['https://pkg.go.dev/sync#Pool', 'https://staticcheck.dev/docs/checks#SA6002'],
  },
  calls: { Put: check },
});

function check(call: Node, context: Context): void {
  const { tree, types, file, options: chosen } = context;
  const put = poolCallAt(tree, types, call);
  if (put?.method !== 'Put' || (!chosen.tests && (file.isTest || isInTestFunction(context, call)))) return;
  const value = withoutConversion(context, put.value);
  const type = types.typeOf(value);
  const size = boxedBytes(context, value, type);
  if (size === undefined || servesBufferPool(context, call, type)) return;
  const shown = types.typeText(type, value) ?? 'a value';
  context.report({
    at: firstLineOf(tree, value),
    message: 'found',
    data: { value: quoted(tree, value), type: shown, size, pointer: `*${shown}` },
    fixes: pointerFixes(context, put, type),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}

/** `x` of `any(x)`. */
function withoutConversion({ tree, types }: Context, value: Node): Node {
  const node = unparenthesized(tree, value);
  if (tree.kind[node] !== Kind.call_expression || types.calleeOf(node).kind !== 'conversion') return node;
  if (types.underlying(types.typeOf(node)).kind !== 'interface') return node;
  return unparenthesized(tree, firstChild(tree, go.callExpression.arguments(tree, node)));
}

/** Whether the call is in the `Put([]byte)` of a type that also has `Get() []byte`: httputil.BufferPool leaves it no choice. */
function servesBufferPool({ tree, types, scopes }: Context, call: Node, type: Type): boolean {
  const fn = enclosingFunction(tree, call);
  if (tree.kind[fn] !== Kind.method_declaration || textOf(tree, go.methodDeclaration.name(tree, fn)) !== 'Put') return false;
  const [receiver] = descendants(tree, go.methodDeclaration.receiver(tree, fn), Kind.identifier);
  const symbol = receiver === undefined ? undefined : scopes.symbolOf(receiver);
  const getter = symbol === undefined ? undefined : types.lookupFieldOrMethod(types.typeOfSymbol(symbol), 'Get');
  return getter?.type.kind === 'function' && getter.type.results.length === 1 && types.isIdentical(getter.type.results[0], type);
}

/** Size of what Put has to allocate; undefined where it allocates nothing, or nobody can say. */
function boxedBytes({ types }: Context, value: Node, type: Type): number | undefined {
  const { kind } = types.underlying(type);
  if (kind === 'unknown' || kind === 'interface' || kind === 'nil' || type.kind === 'type-parameter') return undefined;
  if (types.isPointerShaped(type) || types.constantOf(value) !== undefined) return undefined;
  const size = types.sizeOf(type);
  // The runtime has a box for each byte (runtime.staticuint64s).
  return size === undefined || size <= 1 ? undefined : size;
}
