/** What verdicts carry besides heap or stack: how sure they are, what keeps the value, and the way it goes. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LineTable } from '../../src/base/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { analysed, heapOf, lineOf } from './analysis.ts';

beforeAll(loadTestGrammar);

/** Line and sentence of each step of the only heap site of that kind. */
function storyOf(text: string, kind: string): string[] {
  const result = analysed(text);
  const found = result.sites.filter((site) => site.gcSays === 'heap' && site.kind === kind);
  expect(found.length).toBe(1);
  const lines = new LineTable(result.file.tree.source);
  return found.flatMap((site) => site.steps.map((step) => `${lines.lineOf(step.at.range.start) + 1}: ${step.note}`));
}

describe('certainty', () => {
  it('is possible where the callee is out of view', () => {
    expect(heapOf('package p\nimport "example.org/x"\nfunc f() { v := 1; x.Use(&v) }\n')).toEqual(['moved v possible']);
  });

  it('is certain through an interface', () => {
    expect(heapOf('package p\ntype w interface{ use(*int) }\nfunc f(x w) { v := 1; x.use(&v) }\n')).toEqual(['moved v certain']);
  });

  const taker =
    'package p\ntype w interface{ use(*int) }\ntype t struct{}\nfunc (t) use(*int) {}\ntype u struct{ p *int }\nfunc (x *u) use(p *int) { x.p = p }\n';

  it('is that of the method, where only one can stand behind the interface', () => {
    expect(heapOf(`${taker}func f() { var x w = t{}; v := 1; x.use(&v) }\n`)).toEqual([]);
    expect(heapOf(`${taker}func f(y any) { var x w; x = t{}; v := 1; any(x).(w).use(&v) }\n`)).toEqual([]);
    expect(heapOf(`${taker}var kept u\nfunc f() { var x w = &kept; v := 1; x.use(&v) }\n`)).toEqual(['moved v certain']);
  });

  it('is certain where several may stand behind it', () => {
    expect(heapOf(`${taker}func f(y bool) { var x w = t{}; if y { x = &u{} }; v := 1; x.use(&v) }\n`)).toContain('moved v certain');
    expect(heapOf(`${taker}func f(x w) { v := 1; x.use(&v) }\n`)).toEqual(['moved v certain']);
  });

  it('is certain where the function in a variable is set after its declaration, or comes from a field', () => {
    expect(heapOf('package p\nfunc f() { var g func(*int); g = func(*int) {}; v := 1; g(&v) }\n')).toContain('moved v certain');
    expect(heapOf('package p\nfunc f(x struct{ g func(*int) }) { g := x.g; v := 1; g(&v) }\n')).toEqual(['moved v certain']);
    expect(heapOf('package p\nfunc f() { g := func(*int) {}; v := 1; g(&v) }\n')).toEqual([]);
  });

  it('is possible where an inlined call may tell the compiler', () => {
    expect(heapOf(`${taker}func make() w { return t{} }\nfunc f() { x := make(); v := 1; x.use(&v) }\n`)).toContain('moved v possible');
  });

  it('rests on no unknown type', () => {
    expect(heapOf('package p\nfunc f() { v := 1; q := missing(v); q.field = &v }\n')).toEqual(['moved v possible']);
  });

  it('has no say in functions with syntax errors', () => {
    expect(heapOf('package p\nvar g *int\nfunc f() { v := 1; g = &v; if { }\nfunc h() { v := 1; g = &v }\n')).toEqual(['moved v certain']);
  });
});

describe('the way', () => {
  it('is told step by step', () => {
    const text = 'package p\ntype h struct{ p *int }\nfunc f(x *h) {\n\tv := 1\n\tq := &v\n\tx.p = q\n}\n';
    expect(storyOf(text, 'moved')).toEqual(['5: the address of v is assigned to q', '6: q is stored in x.p']);
  });

  it('goes on in the function that keeps the argument', () => {
    const text = 'package p\nvar g *int\nfunc keep(p *int) {\n\tg = p\n}\nfunc f() {\n\tv := 1\n\tkeep(&v)\n}\n';
    expect(storyOf(text, 'moved')).toEqual(['8: the address of v is passed to keep, which keeps it', '4: p is assigned to g']);
  });

  it('names the closure and what starts it', () => {
    const text = 'package p\nfunc f(c chan int) {\n\tv := 1\n\tgo func() {\n\t\tv++\n\t\tc <- v\n\t}()\n}\n';
    expect(storyOf(text, 'moved').map((step) => step.slice(0, 48))).toEqual([
      '4: v is shared by reference with this function l',
      '4: the function literal is handed to the gorouti',
    ]);
  });

  it('ends at the function literal that keeps the value, not at the call that it is passed to', () => {
    const text = `package p
func match(keep func(n int) bool) *int {
	if keep(1) {
		return new(int)
	}
	return nil
}
func f() *int {
	var first *int
	return match(func(n int) bool {
		if first == nil {
			first = &n
		}
		return *first != n
	})
}
`;
    expect(storyOf(text, 'moved').at(-1)).toBe('10: the function literal outlives the iteration or call in which the value is made');
  });

  it('ends at the variable that outlives the iteration', () => {
    const text = 'package p\nfunc f() int {\n\tvar last *int\n\tfor i := range 3 {\n\t\tv := i\n\t\tlast = &v\n\t}\n\treturn *last\n}\n';
    expect(storyOf(text, 'moved').at(-1)).toBe('6: last outlives the iteration or call in which the value is made');
  });

  it('ends where assignments go in a circle', () => {
    const text =
      'package p\ntype t struct{ a, b *t }\nvar g *t\nfunc f() {\n\tvar x, y t\n\tx.a = &y\n\ty.a = &x\n\tp := &x\n\tp.b = p\n\tg = p.a\n}\n';
    expect(heapOf(text)).toEqual(['moved x certain', 'moved y certain']);
  });
});

describe('captures', () => {
  const captures = (text: string): string[] => {
    const { analysis, file, sites } = analysed(text);
    return sites
      .filter((site) => site.kind === 'closure')
      .flatMap((site) => analysis.captures(file, site.node))
      .map(({ symbol, cause }) => `${symbol.name} ${cause?.reason ?? 'value'}`);
  };

  it('are by value while nobody assigns again', () => {
    expect(captures('package p\nfunc f(a int) func() int { if a < 0 { a = 0 }; return func() int { return a } }\n')).toEqual(['a value']);
  });

  it('are by reference in a loop after an assignment before it', () => {
    expect(captures('package p\nfunc f(a int) { a++; for range 3 { go func() { println(a) }() } }\n')).toEqual(['a written']);
  });

  it('hold a counter of its own for every iteration by value', () => {
    const text = 'package p\nfunc f() { for i := 0; i < 3; i++ { go func() { println(i) }() } }\n';
    expect(captures(text)).toEqual(['i value']);
  });

  it('see one counter for all iterations before Go 1.22', () => {
    const text = 'package p\nfunc f() { for i := 0; i < 3; i++ { go func() { println(i) }() } }\n';
    expect(heapOf(text, 21)).toEqual(['moved i certain', 'closure certain']);
  });

  it('are by reference above 128 bytes', () => {
    expect(captures('package p\nfunc f(a [17]int) func() int { return func() int { return a[0] } }\n')).toEqual(['a size']);
  });
});

describe('any code', () => {
  it('nested deeply is analysed', () => {
    const deep = `${'('.repeat(3000)}x${')'.repeat(3000)}`;
    expect(heapOf(`package p\nvar g *int\nfunc f() { x := 1; y := ${deep}; g = &y }\n`)).toEqual(['moved y certain']);
  });

  it('never throws, whatever is cut out of it', () => {
    const text = `package p
type t struct { next *t; all []*t; m map[string]*t }
func (x *t) add(y *t) *t { x.all = append(x.all, y); return x }
func f(c chan *t, w interface{ use(...any) }) (r *t, err error) {
	for i, v := range r.all { v := v; go func() { c <- v; w.use(i, v, &i) }() }
	switch y := any(r).(type) { case *t: y.next = &t{next: y}; case int: _ = y }
	a, b := []*t{{}, {next: r}}, map[string]*t{"a": {}}
	select { case r = <-c: case c <- a[0]: default: defer b["a"].add(new(t)) }
	return a[0].add(b["a"]).next, nil
}
`;
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), (at, length) => {
        heapOf(text.slice(0, at) + text.slice(at + length));
      }),
      { numRuns: 150 },
    );
  });

  it('gives every site a line of its file', () => {
    const result = analysed('package p\nfunc f() []*int { a := 1; return []*int{&a} }\n');
    expect(result.sites.map((site) => [site.kind, lineOf(result, site)])).toEqual([
      ['moved', 2],
      ['composite', 2],
    ]);
  });
});
