/**
 * What names mean and how they are used, from literal sources. A name's occurrences are given as the lines where each is
 * declared: `0` for the universe block, `-` for no symbol.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Package, scopesOf, type Types } from '../../src/model/index.ts';
import { Kind, type Node, type Tree, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { packageOf, probe, sourceFile } from './packages.ts';

beforeAll(loadTestGrammar);

const NAMES: readonly number[] = [
  Kind.identifier,
  Kind.type_identifier,
  Kind.package_identifier,
  Kind.label_name,
  Kind.field_identifier,
  Kind.nil,
  Kind.iota,
  Kind.true,
];

function occurrences(tree: Tree, name: string): Node[] {
  return Array.from({ length: tree.length }, (_, row) => row).filter((row) => NAMES.includes(tree.kind[row]) && textOf(tree, row) === name);
}

function lineOf(tree: Tree, offset: number): number {
  return tree.source.subarray(0, offset).filter((byte) => byte === 10).length + 1;
}

/** Lines of the declarations that the occurrences of a name have, in source order. */
function declared(source: string, name: string, ...packages: readonly Package[]): string {
  const { types, tree } = probe(source, ...packages);
  return occurrences(tree, name)
    .map((row) => {
      const symbol = types.scopes.symbolOf(row);
      if (symbol === undefined) return '-';
      return symbol.file === undefined ? '0' : `${lineOf(symbol.file.tree, symbol.file.tree.start[symbol.declaration])}`;
    })
    .join(' ');
}

/** Accesses of the symbol that the first occurrence of a name has. */
function accesses(source: string, name: string, ...packages: readonly Package[]): string {
  const { types, tree } = probe(source, ...packages);
  return referencesOf(types, tree, name);
}

function referencesOf(types: Types, tree: Tree, name: string): string {
  const symbol = types.scopes.symbolOf(occurrences(tree, name)[0]);
  if (symbol === undefined) throw new Error(`no symbol: ${name}`);
  return types.scopes
    .references(symbol)
    .map(({ access, mayTakeAddress }) => (mayTakeAddress ? `${access}?` : access))
    .join(' ');
}

describe('blocks', () => {
  it('let a name begin after its declaration', () => {
    const source = 'package p\nvar x = 1\nfunc _() {\n\tx := x\n\t{\n\t\tx := x + 1\n\t\t_ = x\n\t}\n\tvar y, x2 = x, x\n}\n';
    expect(declared(source, 'x')).toBe('2 4 2 6 4 6 4 4');
  });

  it('of if, for and switch hold their headers', () => {
    const source = [
      'package p',
      'func _() {',
      '\tif x := f(); x {',
      '\t\tx := 1; _ = x',
      '\t} else if y := x; y { _ = x } else { _ = x; _ = y }',
      '\tfor x := 0; x < 1; x++ { x := x; _ = x }',
      '\tswitch x := g(); x {',
      '\tcase x: x := 1; _ = x',
      '\tdefault: _ = x',
      '\t}',
      '\t_ = x',
      '}',
    ].join('\n');
    expect(declared(source, 'x')).toBe('3 3 4 4 3 3 3 6 6 6 6 6 6 7 7 7 8 8 7 -');
    expect(declared(source, 'y')).toBe('5 5 5');
  });

  it('of range clauses and select cases declare after the expression', () => {
    const source = [
      'package p',
      'func _(v []int, c chan int) {',
      '\tfor _, v := range v { _ = v }',
      '\tselect {',
      '\tcase v := <-c: _ = v',
      '\tcase v[0] = <-c: _ = v',
      '\t}',
      '}',
    ].join('\n');
    expect(declared(source, 'v')).toBe('2 3 2 3 5 5 2 2');
  });

  it('of functions hold parameters and results, types outside them', () => {
    const source = 'package p\ntype T int\nfunc (t T) m(T T, n int) (t2 T) {\n\tn, m := 1, T\n\tfunc(n int) { _ = n }(n)\n\treturn t2\n}\n';
    expect(declared(source, 'T')).toBe('2 2 3 2 2 3');
    expect(declared(source, 'n')).toBe('3 3 5 5 3');
  });

  it('give each clause of a type switch a variable', () => {
    const source =
      'package p\nfunc _(x any) {\n\tswitch x := x.(type) {\n\tcase int: _ = x\n\tcase string: _ = func() { _ = x }\n\t}\n\t_ = x\n}\n';
    expect(declared(source, 'x')).toBe('2 3 2 3 3 2');
    const { types, tree } = probe(source);
    const [first, second] = occurrences(tree, 'x')
      .slice(3, 5)
      .map((row) => types.scopes.symbolOf(row));
    expect(first).not.toBe(second);
  });

  it('keep labels apart from everything else, per function', () => {
    const source =
      'package p\nfunc _() {\nL:\n\tfor L := range 3 {\n\t\tfunc() {\n\t\tL:\n\t\t\tgoto L\n\t\t}()\n\t\t_ = L\n\t\tcontinue L\n\t}\n\tgoto End\nEnd:\n}\n';
    expect(declared(source, 'L')).toBe('3 4 6 6 4 3');
    expect(declared(source, 'End')).toBe('13 13');
  });
});

describe('declarations', () => {
  it('by := are new only where the block has none', () => {
    const source =
      'package p\nfunc _() (err error) {\n\ta, err := f()\n\tb, err := f()\n\tif c, err := f(); c { _ = err }\n\t_, _ = a, b\n\treturn err\n}\n';
    expect(declared(source, 'err')).toBe('2 2 2 5 5 2');
    expect(accesses(source, 'err')).toBe('declare write write read');
  });

  it('of local types are visible in themselves, their type parameters only there', () => {
    const source = 'package p\nfunc _() {\n\ttype T struct{ next *T }\n\ttype G[T any] struct{ v T }\n\tvar _ G[T]\n}\n';
    expect(declared(source, 'T')).toBe('3 3 4 4 3');
  });

  it('of methods rename type parameters of the receiver', () => {
    const source = 'package p\ntype L[E any] struct{ v E }\nfunc (l *L[T]) get(E T) T { var x T; return x }\n';
    expect(declared(source, 'T')).toBe('3 3 3 3');
    expect(declared(source, 'E')).toBe('2 2 3');
  });

  it('may shadow what the universe declares', () => {
    const source = 'package p\nfunc _(len int) {\n\tnil := len\n\tiota, true := nil, true\n\t_, _ = iota, true\n}\nvar _ = len\n';
    expect(declared(source, 'len')).toBe('2 2 0');
    expect(declared(source, 'nil')).toBe('3 3');
    expect(declared(source, 'true')).toBe('4 0 4');
    expect(declared(source, 'iota')).toBe('4 4');
  });

  it('of a package are seen in all its files', () => {
    const pkg = packageOf('lib', 'package lib\nfunc A() { b() }\n', 'package lib\n\nfunc b() {}\n');
    const { types, tree } = probe('package p\nimport l "lib"\nvar l2 = l.A\n', pkg);
    expect(types.scopes.symbolOf(occurrences(tree, 'l')[1])).toMatchObject({ kind: 'import', name: 'l' });
    expect(types.selectionOf(occurrences(tree, 'l')[1] - 1)).toMatchObject({ kind: 'member', symbol: { name: 'A' } });
  });

  it('come from dot imports too', () => {
    const lib = packageOf('lib', 'package lib\n\n\nconst Big = 1\nconst small = 2\n');
    expect(declared('package p\nimport . "lib"\nvar a = Big + small\n', 'Big', lib)).toBe('4');
    expect(declared('package p\nimport . "lib"\nvar a = Big + small\n', 'small', lib)).toBe('-');
  });
});

describe('keys of composite literals', () => {
  const fields = 'package p\ntype S struct{ a int }\ntype M map[int]S\nvar a, b = 1, 2\n';

  it('are fields of structs, expressions elsewhere', () => {
    expect(declared(`${fields}var _ = S{a: a}\n`, 'a')).toBe('- 4 - 4');
    expect(declared(`${fields}var _ = M{a: {a: b}}\n`, 'a')).toBe('- 4 4 -');
    expect(declared(`${fields}var _ = []S{a: {a: 1}}\n`, 'a')).toBe('- 4 4 -');
    expect(declared(`${fields}var _ = map[S][]*S{{a: 1}: {a: {a: a}}}\n`, 'a')).toBe('- 4 - 4 - 4');
  });

  it('count as uses where the type is unknown', () => {
    expect(declared('package p\nimport "q"\nvar a = 1\nvar _ = q.T{a: 1}\n', 'a')).toBe('3 3');
  });
});

describe('accesses', () => {
  it('are read off the statement', () => {
    const source =
      'package p\nfunc _(c chan int) {\n\tvar x int\n\tx = 1\n\tx += x\n\tx++\n\t(x) = 2\n\tp := &x\n\tfor x = range 3 {}\n\tselect { case x = <-c: }\n\t_ = p\n}\n';
    expect(accesses(source, 'x')).toBe('declare write update read update write address write write');
  });

  it('reach into structs and arrays, not through pointers, slices and maps', () => {
    const types = 'package p\ntype S struct { f int; g *S; h [2]int; m map[int]int; S2 }\ntype S2 struct { e int }\n';
    const body = (statement: string): string => `${types}func _() {\n\tvar v S\n\t${statement}\n}\n`;
    expect(accesses(body('v.f = 1'), 'v')).toBe('declare update');
    expect(accesses(body('v.e++'), 'v')).toBe('declare update');
    expect(accesses(body('v.h[1] = 2'), 'v')).toBe('declare update');
    expect(accesses(body('v.g.f = 1'), 'v')).toBe('declare read');
    expect(accesses(body('v.m[1] = 1'), 'v')).toBe('declare read');
    expect(accesses(body('_ = &v.f'), 'v')).toBe('declare address');
    expect(accesses(body('_ = &v.g.f'), 'v')).toBe('declare read');
    expect(accesses(body('_ = v.h[:]'), 'v')).toBe('declare address');
    expect(accesses(body('_ = &v.h[0]'), 'v')).toBe('declare address');
  });

  it('see that methods with pointer receivers take the address', () => {
    const types = 'package p\ntype T struct{}\nfunc (*T) set() {}\nfunc (T) get() {}\ntype E struct { T }\ntype P struct { *T }\n';
    const body = (type: string, statement: string): string => `${types}func _() {\n\tvar v ${type}\n\t${statement}\n}\n`;
    expect(accesses(body('T', 'v.set()'), 'v')).toBe('declare address');
    expect(accesses(body('T', 'v.get()'), 'v')).toBe('declare read');
    expect(accesses(body('T', 'f := v.set; f()'), 'v')).toBe('declare address');
    expect(accesses(body('*T', 'v.set()'), 'v')).toBe('declare read');
    expect(accesses(body('E', 'v.set()'), 'v')).toBe('declare address');
    expect(accesses(body('P', 'v.set()'), 'v')).toBe('declare read');
    expect(accesses(body('[2]T', 'v[0].set()'), 'v')).toBe('declare address');
    expect(accesses(body('[]T', 'v[0].set()'), 'v')).toBe('declare read');
  });

  it('say so where the type is unknown', () => {
    const body = (statement: string): string => `package p\nimport "q"\nfunc _() {\n\tv := q.F()\n\t${statement}\n}\n`;
    expect(accesses(body('v.m()'), 'v')).toBe('declare read?');
    expect(accesses(body('_ = v[:]'), 'v')).toBe('declare read?');
    expect(accesses(body('v.f = 1'), 'v')).toBe('declare update');
  });

  it('tell the function around each use', () => {
    const { types, tree } = probe('package p\nfunc f() {\n\tx := 1\n\tgo func() { x++ }()\n}\n');
    const symbol = types.scopes.symbolOf(occurrences(tree, 'x')[0]);
    if (symbol === undefined) throw new Error('no symbol');
    const kinds = types.scopes.references(symbol).map((each) => tree.kind[each.within]);
    expect(kinds).toEqual([Kind.function_declaration, Kind.func_literal]);
    expect(tree.kind[symbol.owner]).toBe(Kind.function_declaration);
  });
});

describe('lookup', () => {
  it('tells what a name would mean at a place', () => {
    const { types, node } = probe('package p\nimport "fmt"\nfunc f(a int) {\n\tone()\n\tb := a\n\t{ fmt := b; two(fmt) }\n\tthree()\n}\n');
    const meaning = (name: string, at: string): string | undefined => {
      const symbol = types.scopes.lookup(name, node(at, Kind.identifier));
      return symbol && `${symbol.kind}${symbol.role === undefined ? '' : ` ${symbol.role}`}`;
    };
    expect(meaning('a', 'one')).toBe('variable parameter');
    expect(meaning('b', 'one')).toBeUndefined();
    expect(meaning('b', 'three')).toBe('variable local');
    expect(meaning('fmt', 'two')).toBe('variable local');
    expect(meaning('fmt', 'three')).toBe('import');
    expect(meaning('f', 'three')).toBe('function');
    expect(meaning('len', 'three')).toBe('builtin');
  });
});

it('still answers about other declarations when the file was let go in between', () => {
  const text = 'package p\n\nfunc f(x int) int { return x }\n\nfunc g(y int) int { return y }\n';
  const file = { ...sourceFile('/src/p/p.go', text), derived: {} };
  const pkg = { ...packageOf('p', text), files: [file] };
  const scopes = scopesOf(pkg, file);
  const [, x] = occurrences(file.tree, 'x');
  expect(scopes.symbolOf(x)?.name).toBe('x');
  file.derived = {};
  const [declaration, y] = occurrences(file.tree, 'y');
  expect(scopes.symbolOf(y)?.declaration).toBe(declaration);
});
