/** What is known of functions beyond the one at hand: the library's, other packages', and those that are inlined. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTestGrammar } from '../support/grammar.ts';
import { analysed, heapOf, lineOf } from './analysis.ts';

beforeAll(loadTestGrammar);

/** Allocations that inlined functions bring, as `line kind verdict`. */
function inlinedIn(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const result = analysed(text, 26, others);
  return result.sites.filter(({ origin }) => origin === 'inlined').map((site) => `${lineOf(result, site)} ${site.kind} ${site.gcSays}`);
}

describe('the standard library', () => {
  it('keeps what the compiler says it keeps', () => {
    expect(heapOf('package p\nimport "fmt"\nfunc f() { v := [2]int{}; fmt.Println(&v) }\n')).toContain('moved v certain');
  });

  it('keeps nothing else', () => {
    expect(heapOf('package p\nimport "bytes"\nfunc f() bool { v := [4]byte{}; return bytes.Contains(v[:], v[:2]) }\n')).toEqual([]);
  });

  it('keeps nothing in generic functions that only look', () => {
    const text = 'package p\nimport "slices"\nfunc f(s []*int) bool { v := 1; return slices.Contains(s, &v) }\n';
    expect(heapOf(text)).toEqual([]);
  });

  it('keeps what a generic function stores', () => {
    const text = 'package p\nimport "sync/atomic"\nfunc f(p *atomic.Pointer[int]) { v := 1; p.Store(&v) }\n';
    expect(heapOf(text)).toEqual(['moved v certain']);
  });

  it('may keep what a generic function hands to another, which the compiler may see where it inlines', () => {
    const text = 'package p\nimport "slices"\nfunc f(is func(*int) bool) bool { v := 1; return slices.ContainsFunc([]*int{&v}, is) }\n';
    expect(heapOf(text)).toEqual(['moved v possible']);
  });

  it('puts what its generic functions allocate where they are inlined', () => {
    expect(inlinedIn('package p\nimport "slices"\nfunc F(s []*int) []*int {\n\treturn slices.Clone(s)\n}\n')).toEqual(
      ['append', 'composite'].map((kind) => `4 ${kind} heap`),
    );
  });
});

describe('another package of the module', () => {
  const KEEPER = 'package q\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n\nfunc Look(p *int) int { return *p }\n';

  it('keeps what its source says it keeps', () => {
    const text = 'package p\nimport "example.com/m/q"\nfunc f() int { v, w := 1, 2; q.Keep(&v); return q.Look(&w) }\n';
    const { sites } = analysed(text, 26, { 'q/q.go': KEEPER });
    expect(sites.filter(({ gcSays }) => gcSays === 'heap').map(({ name, certainty }) => `${name} ${certainty}`)).toEqual(['v certain']);
  });
});

describe('values of functions', () => {
  it('make a circle of those that call each other by them', () => {
    const circle = 'func a(p *int) { f := b; if p != nil { f(p) } }\nfunc b(p *int) { a(p); kept = p }\n';
    expect(heapOf(`package p\nvar kept *int\n${circle}func f() { v := 1; a(&v) }\n`)).toEqual(['moved v certain']);
  });
});

describe('functions without a body', () => {
  const KERNELS =
    'package q\n\n//go:noescape\nfunc Look(p *int) int\n\nfunc Keep(p *int)\n\n//go:linkname Linked runtime.linked\nfunc Linked(p *int)\n';

  it('keep what they get unless the compiler is told otherwise, in other packages too', () => {
    const text = 'package p\nimport "example.com/m/q"\nfunc f() int { u, v, w := 1, 2, 3; q.Keep(&u); q.Linked(&v); return q.Look(&w) }\n';
    const { sites } = analysed(text, 26, { 'q/q.go': KERNELS });
    expect(sites.filter(({ gcSays }) => gcSays === 'heap').map(({ name, certainty }) => `${name} ${certainty}`)).toEqual([
      'u certain',
      'v certain',
    ]);
  });

  it('have parameters with a verdict', () => {
    const { analysis, file } = analysed('package p\n\n//go:noescape\n\nfunc look(p *int, n int)\n\nfunc keep(p *int)\n');
    expect(analysis.parameters(file).map(({ leaks }) => leaks)).toEqual([['none'], ['heap']]);
  });
});

describe('inlined functions', () => {
  const MAKER = 'package p\ntype t struct{ x int }\nfunc newT() *t { return &t{1} }\n';

  it('allocate where they are called, if what they give is kept', () => {
    expect(inlinedIn(`${MAKER}var g *t\nfunc f() { g = newT() }\nfunc h() int { return newT().x }\n`)).toEqual([
      '5 composite heap',
      '6 composite stack',
    ]);
  });

  it('hand on what those they call allocate', () => {
    expect(inlinedIn(`${MAKER}func second() *t { return newT() }\nvar g *t\nfunc f() { g = second() }\n`)).toEqual([
      '4 composite heap',
      '6 composite heap',
    ]);
  });

  it('of the library do the same', () => {
    expect(inlinedIn('package p\nimport "errors"\nfunc f() error { return errors.New("x") }\n')).toEqual(['3 composite heap']);
  });

  it('are none where the compiler is told not to, and where they are too large', () => {
    const large = Array.from({ length: 40 }, (_, i) => `x.a = x.a*${i} + x.a`).join('\n\t');
    expect(
      inlinedIn(
        `package p\ntype t struct{ a int }\n//go:noinline\nfunc one() *t { return &t{} }\nfunc two() *t {\n\tx := &t{}\n\t${large}\n\treturn x\n}\nvar g, h = one(), two()\n`,
      ),
    ).toEqual([]);
  });

  it('are none where go or defer calls them', () => {
    expect(inlinedIn(`${MAKER}func f() { defer newT(); go newT() }\n`)).toEqual([]);
  });
});

describe('package variables', () => {
  it('allocate nothing that can be laid out', () => {
    expect(
      heapOf('package p\ntype t struct{ f func(); s []int; p *int }\nvar n = 1\nvar a = []*t{{func() {}, []int{1}, &n}, nil}\n'),
    ).toEqual([]);
  });

  it('allocate what is computed when the package starts', () => {
    const text = 'package p\nfunc size() int { return 3 }\nvar a = map[string][]int{"x": {1}}\nvar b = []any{make([]int, size())}\n';
    expect(heapOf(text).map((site) => site.split(' ')[0])).toEqual(expect.arrayContaining(['composite', 'composite', 'make']));
  });
});
