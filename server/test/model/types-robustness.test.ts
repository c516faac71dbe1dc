/** Nothing that looks like Go, and nothing that does not, makes scopes or types throw, overflow the stack or take for ever. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { typesOf } from '../../src/model/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { describeType } from './describe-type.ts';
import { importerOf, packageOf, probe } from './packages.ts';

beforeAll(loadTestGrammar);

/** Asks everything of every row. */
function interrogate(source: string): number {
  const pkg = packageOf('p', source);
  const [file] = pkg.files;
  const types = typesOf(importerOf(pkg), pkg, file);
  for (let row = 0; row < file.tree.length; row++) {
    const type = types.typeOf(row);
    types.sizeOf(type);
    types.typeText(type, row);
    types.isIdentical(type, types.underlying(type));
    types.methodsOf(type);
    types.constantOf(row);
    types.calleeOf(row);
    types.selectionOf(row);
    const symbol = types.scopes.symbolOf(row);
    if (symbol !== undefined) types.scopes.references(symbol);
    types.scopes.lookup('x', row);
  }
  return file.tree.length;
}

const SAMPLE = `package p
import ("q"; . "r"; s "t")
type T[A any, B ~[]A | int] struct { *T[A, B]; x, y map[A]B; q.Z }
type I interface { M(int) (x, y T[int, int]); ~int | string; I }
type R = []R
const ( C = iota + len("x"); D; E T[int, int] = D << C )
func (t *T[A, B]) m(x A, y ...B) (n int, err error) {
L:
	for i, v := range t.x { x, y := <-v, t.y[i][1:2:3]; go func() { x.m(y...); continue L }() }
	switch z := any(x).(type) { case int, *T[A, B]: z++; case nil: default: _ = z }
	select { case v, ok := <-s.C: _, _ = v, ok; case s.C <- 1: default: }
	if a := map[string]struct{ a int }{"x": {a: 1}, y: {2}}; a[x].a == len(a) { goto L } else if !a { return }
	n, err = min(1, 2.5), new(T[int, int]).m[int](*(*int)(nil), []T{{}, {x: nil}}...)
	f := func(g func(int) R) R { return f(g) }
	_ = f[int](nil)
}
var ( v1, v2 = v2(v1), func() int { return v1 } ; w = w.w.w )
`;

describe('source of any kind', () => {
  it('is answered, whole', () => {
    expect(interrogate(SAMPLE)).toBeGreaterThan(300);
  });

  it('is answered, cut off anywhere', () => {
    for (let end = 0; end < SAMPLE.length; end += 13) interrogate(SAMPLE.slice(0, end));
  });

  it('is answered with pieces taken out and put elsewhere', () => {
    const position = fc.nat(SAMPLE.length);
    fc.assert(
      fc.property(position, position, position, (a, b, c) => {
        const [from, to] = a < b ? [a, Math.min(b, a + 80)] : [b, Math.min(a, b + 80)];
        const rest = SAMPLE.slice(0, from) + SAMPLE.slice(to);
        const at = Math.min(c, rest.length);
        interrogate(rest.slice(0, at) + SAMPLE.slice(from, to) + rest.slice(at));
      }),
      { numRuns: 60 },
    );
  });

  it('may declare itself in circles', () => {
    interrogate(
      'package p\ntype A = B\ntype B = A\ntype C C\ntype D [len(D{})]D\ntype E struct{ E }\ntype F interface{ F }\ntype G[T G[T]] struct{ g T }\n',
    );
    interrogate(
      'package p\nconst a = b + 1\nconst b = a\nvar x = y\nvar y = x.f\nfunc f[T U, U T](t T, u U) { f(u, t) }\ntype H[T any] struct { *H[H[T]] }\nvar h H[int]\nvar i = h.q\n',
    );
  });
});

describe('deep nesting', () => {
  const deep = (depth: number, open: string, inner: string, close: string): string => open.repeat(depth) + inner + close.repeat(depth);
  const DEPTH = 8000;

  it.each([
    ['parentheses', `package p\nvar v = ${deep(DEPTH, '(', '1', ')')}\n`],
    ['sums', `package p\nvar v = 1${' + 1'.repeat(DEPTH)}\n`],
    ['unary operators', `package p\nvar v = ${'- '.repeat(DEPTH)}1\n`],
    ['calls', `package p\nfunc f(i int) int { return i }\nvar v = ${deep(DEPTH, 'f(', '1', ')')}\n`],
    ['method chains', `package p\ntype T struct{}\nfunc (t T) m() T { return t }\nvar v = T{}${'.m()'.repeat(DEPTH)}\n`],
  ])('of %s still has a type', (_, source) => {
    const p = probe(source);
    expect(describeType(p.types.typeOf(p.node('v')))).toMatch(/^(int|p\.T)$/);
  });

  it.each([
    ['slice types', `package p\nvar v ${'[]'.repeat(DEPTH)}int\n`],
    ['pointer types', `package p\nvar v ${'*'.repeat(DEPTH)}int\nvar w = *v\n`],
    ['type arguments', `package p\ntype G[T any] struct{ t T }\nvar v ${deep(2000, 'G[', 'int', ']')}\n`],
    ['blocks', `package p\nfunc f() ${deep(DEPTH, '{', ' x := 1; _ = x ', '}')}\n`],
    ['function literals', `package p\nvar v = ${deep(2000, 'func() func() { return ', 'nil', '}')}\n`],
    ['composite literals', `package p\nvar v = [][]T${deep(DEPTH, '{', '', '}')}\n`],
    ['else-ifs', `package p\nfunc f(x int) { ${'if x := x; x > 0 {} else '.repeat(2000)} {} }\n`],
    ['structs', `package p\nvar v ${deep(2000, 'struct{ a ', 'int', '}')}\n`],
    ['addresses', `package p\nvar x int\nvar v = ${'& '.repeat(DEPTH)}x\n`],
    ['selectors', `package p\nvar v = x${'.a'.repeat(DEPTH)}\n`],
  ])('of %s does not overflow', (_, source) => {
    const p = probe(source);
    for (let row = 1; row < p.tree.length; row += 97) p.types.typeOf(row);
    expect(() => p.types.typeOf(p.tree.length - 1)).not.toThrow();
  });

  it('of declarations one upon the other', () => {
    const numbers = Array.from({ length: 3000 }, (_, i) => i + 1);
    for (const [first, next] of [
      ['var x0 = 1', (i: number): string => `var x${i} = x${i - 1}`],
      ['const x0 = 1', (i: number): string => `const x${i} = x${i - 1} + 1`],
      ['type x0 int', (i: number): string => `type x${i} x${i - 1}`],
      ['type x0 = int', (i: number): string => `type x${i} = x${i - 1}`],
      ['type x0 struct{ f int }', (i: number): string => `type x${i} struct{ x${i - 1} }`],
    ] as const) {
      const p = probe(`package p\n${first}\n${numbers.map(next).join('\n')}\nvar last x3000\nvar v = last.f\n`);
      p.types.sizeOf(p.types.typeOf(p.node('last')));
      p.types.typeOf(p.node('v'));
      p.types.constantOf(p.node('x3000'));
    }
  });
});
