/** Types of expressions, case by case, from literal sources. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTestGrammar } from '../support/grammar.ts';
import { packageOf, probe } from './packages.ts';

beforeAll(loadTestGrammar);

const inFunction = (body: string, declarations = ''): string => `package p\n${declarations}\nfunc _() {\n${body}\n}\n`;

describe('declared types', () => {
  it('reads variables, parameters and results', () => {
    const p = probe('package p\nvar a []int\nfunc f(b map[string]*int, c ...byte) (d chan<- bool) { use(a, b, c, d); return d }\n');
    expect(p.type('a')).toBe('[]int');
    expect(p.type('b')).toBe('map[string]*int');
    expect(p.type('c')).toBe('[]uint8');
    expect(p.type('d')).toBe('chan<- bool');
  });

  it('gives untyped constants their default type when assigned', () => {
    const p = probe(inFunction('a, b, c, d, e := 1, 2.5, \'x\', "s", 1i\nuse(a, b, c, d, e)'));
    expect(['a', 'b', 'c', 'd', 'e'].map((name) => p.type(name))).toEqual(['int', 'float64', 'int32', 'string', 'complex128']);
  });

  it('repeats const specs and counts iota', () => {
    const p = probe(inFunction('use(A, B, C, D)', 'type T uint8\nconst (\n\tA T = iota + 1\n\tB\n\tC = "x"\n\tD\n)'));
    expect(p.type('B')).toBe('p.T');
    expect(p.type('D')).toBe('untyped string');
    expect(p.types.constantOf(p.node('B'))).toBe(2n);
    expect(p.types.constantOf(p.node('D'))).toBe('x');
  });
});

describe('expressions', () => {
  it('follows fields, embedding and methods through pointers', () => {
    const p = probe(
      inFunction(
        'var o Outer\nuse(o.n, o.Inner, o.get(), o.deep.n, (&o).n)',
        'type Inner struct { n int32; deep *Outer }\nfunc (*Inner) get() (string, error)\ntype Outer struct { *Inner; m bool }',
      ),
    );
    expect(p.type('o.n')).toBe('int32');
    expect(p.type('o.Inner')).toBe('*p.Inner');
    expect(p.type('o.get()')).toBe('(string, error)');
    expect(p.type('o.deep.n')).toBe('int32');
    expect(p.type('(&o).n')).toBe('int32');
  });

  it('knows elided inner literals', () => {
    const p = probe(inFunction('x := []*T{{1}}\ny := map[T][2]T{{2}: {{3}}}\nuse(x, y)', 'type T struct { a int }'));
    expect(p.type('{1}')).toBe('*p.T');
    expect(p.type('{2}')).toBe('p.T');
    expect(p.type('{{3}}')).toBe('[2]p.T');
    expect(p.type('{3}')).toBe('p.T');
  });

  it('types range variables over everything', () => {
    const p = probe(
      inFunction(
        [
          'for a := range 10 { use(a) }',
          'for b1, b2 := range "s" { use(b1, b2) }',
          'for c1, c2 := range &[3]bool{} { use(c1, c2) }',
          'for d1, d2 := range map[string]error{} { use(d1, d2) }',
          'for e := range make(<-chan float32) { use(e) }',
          'for f1, f2 := range func(yield func(int8, *int) bool) {} { use(f1, f2) }',
          'for g := range seq { use(g) }',
        ].join('\n'),
        'type Seq[V any] func(yield func(V) bool)\nvar seq Seq[uint]',
      ),
    );
    const names = ['a', 'b1', 'b2', 'c1', 'c2', 'd1', 'd2', 'e', 'f1', 'f2', 'g'];
    expect(names.map((name) => p.type(name)).join(' ')).toBe('int int int32 int bool string error float32 int8 *int uint');
  });

  it('gives each clause of a type switch its own variable', () => {
    const p = probe(
      inFunction('switch v := x.(type) {\ncase int:\n\tone(v)\ncase string, bool:\n\ttwo(v)\ncase nil:\n\tthree(v)\n}', 'var x any'),
    );
    expect(p.type('v', undefined)).toBe('any');
    expect(p.types.typeOf(p.node('(v)') + 1)).toMatchObject({ kind: 'interface' });
    const one = p.types.typeOf(p.node('one(v)') + 3);
    expect(one).toEqual({ kind: 'basic', name: 'int' });
  });

  it('infers type arguments', () => {
    const p = probe(
      inFunction(
        'use(Map([]int{1}, func(i int) string { return "" }), Sort(names), Max(1, 2.5), Zero[bool](), Keys(m))',
        [
          'type Names []string',
          'var names Names',
          'var m map[string]int8',
          'func Map[T, U any](s []T, f func(T) U) []U',
          'func Sort[S ~[]E, E any](s S) (S, E)',
          'func Max[T int | float64](a, b T) T',
          'func Zero[T any]() T',
          'func Keys[M ~map[K]V, K comparable, V any](m M) []K',
        ].join('\n'),
      ),
    );
    expect(p.type('Map([]int{1}, func(i int) string { return "" })')).toBe('[]string');
    expect(p.type('Sort(names)')).toBe('(p.Names, string)');
    expect(p.type('Max(1, 2.5)')).toBe('float64');
    expect(p.type('Zero[bool]()')).toBe('bool');
    expect(p.type('Keys(m)')).toBe('[]string');
  });

  it('leaves interfaces with an unknown part incomplete', () => {
    const p = probe('package p\nimport "q"\nvar v interface { q.I; M() int8 }\nvar w, x = v.M(), v.N()\n');
    expect(p.type('v')).toBe('interface{M}?');
    expect([p.type('w'), p.type('x')]).toEqual(['int8', '?']);
  });

  it('says unknown where a package is not in view', () => {
    const p = probe('package p\nimport "q"\nfunc _() { x := q.F(); use(x, x.y, []q.T{}) }\n');
    expect(p.type('x')).toBe('?');
    expect(p.type('x.y')).toBe('?');
    expect(p.type('[]q.T{}')).toBe('[]?');
  });

  it('reads imported declarations', () => {
    const q = packageOf(
      'lib/q',
      'package q\ntype T struct { A int; b int }\nfunc (t *T) M() []T { return nil }\nfunc F() (*T, error) { return nil, nil }\nconst N = 3\n',
    );
    const p = probe('package p\nimport "lib/q"\nfunc _() { t, err := q.F(); var a [q.N]q.T; use(t, err, t.A, t.b, t.M(), a) }\n', q);
    expect(p.type('t')).toBe('*lib/q.T');
    expect(p.type('err')).toBe('error');
    expect(p.type('t.A')).toBe('int');
    expect(p.type('t.b')).toBe('?');
    expect(p.type('t.M()')).toBe('[]lib/q.T');
    expect(p.type('a')).toBe('[3]lib/q.T');
  });
});
