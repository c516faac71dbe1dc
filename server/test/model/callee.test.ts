/** What calls call, from literal sources. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Callee, Package } from '../../src/model/index.ts';
import { Kind, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { describeType } from './describe-type.ts';
import { packageOf, probe } from './packages.ts';

beforeAll(loadTestGrammar);

const CALLS: readonly number[] = [Kind.call_expression, Kind.type_conversion_expression];

/** Callees of the calls of a function body, outermost and first ones first. */
function callees(body: string, declarations = '', ...packages: readonly Package[]): string[] {
  const { types, tree } = probe(`package p\n${declarations}\nfunc _() {\n${body}\n}\n`, ...packages);
  const rows = Array.from({ length: tree.length }, (_, row) => row).filter((row) => CALLS.includes(tree.kind[row]));
  return rows.map((row) => described(types.calleeOf(row)));
}

function described(callee: Callee): string {
  switch (callee.kind) {
    case 'function':
    case 'method':
      return `${callee.kind} ${callee.path} ${callee.name}${callee.declaration === undefined ? ' (nowhere)' : ''}`;
    case 'literal':
      return `literal ${textOf(callee.declaration.file.tree, callee.declaration.node)}`;
    case 'builtin':
      return `builtin ${callee.name}`;
    case 'conversion':
      return `conversion ${describeType(callee.type)}`;
    case 'dynamic':
      return callee.name === undefined ? 'dynamic' : `dynamic ${callee.path} ${callee.name}`;
    case 'unknown':
      return 'unknown';
  }
}

describe('functions and methods', () => {
  const lib = (): Package =>
    packageOf(
      'x/lib',
      'package lib\nfunc F() {}\nfunc G[T any](t T) T { return t }\ntype T struct{}\nfunc (*T) M() {}\ntype I interface { Do() }\n',
    );

  it('are found in this package and in others', () => {
    expect(
      callees(
        'f(); lib.F(); var t lib.T; t.M(); var l L; l.M(); l.m()',
        'import "x/lib"\nfunc f() {}\ntype L struct { lib.T }\nfunc (L) m() {}',
        lib(),
      ),
    ).toEqual(['function p f', 'function x/lib F', 'method x/lib T.M', 'method x/lib T.M', 'method p L.m']);
  });

  it('may be instantiated, in whichever shape the grammar gives', () => {
    expect(
      callees(
        'g[int](1); g(1); g2[int, string](1); lib.G[int](1); (g[int])(1)',
        'import "x/lib"\nfunc g[T any](t T) {}\nfunc g2[A, B any](a A) {}',
        lib(),
      ),
    ).toEqual(['function p g', 'function p g', 'function p g2', 'function x/lib G', 'function p g']);
  });

  it('of interfaces are dynamic, and named', () => {
    expect(callees('var i lib.I; i.Do(); var e error; e.Error(); var a interface { Do() }; a.Do()', 'import "x/lib"', lib())).toEqual([
      'dynamic x/lib I.Do',
      'dynamic  error.Error',
      'dynamic',
    ]);
  });

  it('as method expressions are methods', () => {
    expect(callees('(*lib.T).M(nil)', 'import "x/lib"', lib())).toEqual(['method x/lib T.M']);
  });

  it('of packages out of view are unknown', () => {
    expect(callees('q.F(); x := q.V; x(); x.m()', 'import "q"')).toEqual(['unknown', 'unknown', 'unknown']);
  });
});

describe('builtins and conversions', () => {
  it('are told from functions of that name', () => {
    expect(callees('len("x"); { len := func(string) int { return 0 }; len("y") }')).toEqual([
      'builtin len',
      'literal func(string) int { return 0 }',
    ]);
  });

  it('are told from calls', () => {
    expect(
      callees(
        'T(1); []byte("x"); (*T)(nil); G[int](nil); m["k"](1); (func())(nil)',
        'type T int\ntype G[E any] []E\nvar m map[string]func(int)',
      ),
    ).toEqual(['conversion p.T', 'conversion []uint8', 'conversion *p.T', 'conversion p.G[int]', 'dynamic', 'conversion func()']);
  });

  it('of unsafe are functions of it', () => {
    expect(callees('_ = unsafe.Sizeof(1); _ = unsafe.Pointer(nil)', 'import "unsafe"')).toEqual([
      'function unsafe Sizeof (nowhere)',
      'conversion unsafe.Pointer',
    ]);
  });
});

describe('function values', () => {
  it('are known while a local variable holds one only', () => {
    expect(callees('func() {}(); f := func() {}; f(); var g func(); g = func() { g() }; g(); h := top; h()', 'func top() {}')).toEqual([
      'literal func() {}',
      'literal func() {}',
      'literal func() { g() }',
      'literal func() { g() }',
      'function p top',
    ]);
  });

  it('are dynamic when they change, come from outside or have their address taken', () => {
    expect(
      callees(
        'f := func() {}; f = nil; f(); g := func() {}; p := &g; g(); _ = p; h(); func(k func()) { k() }(nil)',
        'var h = func() {}',
      ).slice(0, 3),
    ).toEqual(['dynamic', 'dynamic', 'dynamic']);
  });
});
