/** Constants, sizes, identity, text, methods: what else is asked of types, from literal sources. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Package, Type } from '../../src/model/index.ts';
import { Kind } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { type Probe, packageOf, probe } from './packages.ts';

beforeAll(loadTestGrammar);

function constant(expression: string, declarations = ''): bigint | number | string | boolean | undefined {
  const p = probe(`package p\n${declarations}\nvar _ = (${expression})\n`);
  return p.types.constantOf(p.node(`(${expression})`));
}

/** Type of a package-level variable `v` declared with this type, and all that answers about it. */
function typeOf(written: string, declarations = ''): { readonly p: Probe; readonly type: Type } {
  const p = probe(`package p\n${declarations}\nvar v ${written}\n`);
  return { p, type: p.types.typeOf(p.node('v', Kind.identifier)) };
}

describe('constantOf', () => {
  it('computes as Go does, exactly', () => {
    expect(constant('1<<62 | 0x_F')).toBe((1n << 62n) | 15n);
    expect(constant('7 / 2 * 2.0')).toBe(6);
    expect(constant('7 / 2.0')).toBe(3.5);
    expect(constant('-7 % 3')).toBe(-1n);
    expect(constant("'a' + 1")).toBe(98n);
    expect(constant('^uint8(1)')).toBe(254n);
    expect(constant('int64(C)', 'const C = -(292277022400 * 365.2425 + 306) * 86400')).toBe(-9223371966606163200n);
    expect(constant('"a" + "b" == `ab` && !false')).toBe(true);
    expect(constant('len("aä") + len([3]int{}) + cap([...]int{5: 1})')).toBe(12n);
    expect(constant('min(3, 1.5, 2)')).toBe(1.5);
    expect(constant('string(rune(65))')).toBe('A');
    expect(constant('0x1p-2')).toBe(0.25);
  });

  it('knows iota in its spec and repeated ones', () => {
    const weekdays = 'type D uint8\nconst (\n\tMon D = 1 << iota\n\tTue\n\t_\n\tThu\n)';
    expect(constant('Tue + Thu', weekdays)).toBe(10n);
  });

  it('has no value for variables, calls, overflow and division by zero', () => {
    for (const expression of ['x', 'f()', 'uint8(256)', '1 / 0', 'len(s)', '1 << 100000', '"\\xff"', '1 << x']) {
      expect(constant(expression, 'var x int\nvar s []int\nfunc f() int { return 1 }')).toBeUndefined();
    }
  });
});

describe('sizeOf', () => {
  it('lays out as gc does on amd64', () => {
    const sizes: Readonly<Record<string, number>> = {
      int: 8,
      '[3]int16': 6,
      string: 16,
      '[]int': 24,
      any: 16,
      'map[int]int': 8,
      'struct{}': 0,
      'struct { a bool; b int64; c bool }': 24,
      'struct { a int32; b struct{} }': 8,
      'struct { a complex64; b bool }': 12,
      '[0]int': 0,
      'struct { T; p *T }': 16,
    };
    for (const [written, size] of Object.entries(sizes)) {
      const { p, type } = typeOf(written, 'type T struct { a byte }');
      expect([written, p.types.sizeOf(type)]).toEqual([written, size]);
    }
  });

  it('is unknown where a part is', () => {
    const { p, type } = typeOf('struct { a int; b q.T }', 'import "q"');
    expect(p.types.sizeOf(type)).toBeUndefined();
  });

  it('is not fooled by types that hold one another often', () => {
    const chain = Array.from({ length: 50 }, (_, i) => `type T${i + 1} struct { a, b T${i} }`).join('\n');
    const { p, type } = typeOf('T50', `type T0 struct{}\n${chain}`);
    expect(p.types.sizeOf(type)).toBe(0);
  });
});

describe('isPointerShaped', () => {
  it('sees through structs and arrays of one', () => {
    for (const [written, expected] of [
      ['*int', true],
      ['struct { f func() }', true],
      ['[1]chan int', true],
      ['int', false],
      ['struct { a, b *int }', false],
    ] as const) {
      const { p, type } = typeOf(written);
      expect([written, p.types.isPointerShaped(type)]).toEqual([written, expected]);
    }
  });
});

describe('isIdentical', () => {
  it('takes byte for uint8, and never what is unknown', () => {
    const p = probe('package p\nimport "q"\nvar a []byte\nvar b []uint8\nvar c, d q.T\ntype T []byte\nvar e T\n');
    const type = (name: string): Type => p.types.typeOf(p.node(name, Kind.identifier));
    expect(p.types.isIdentical(type('a'), type('b'))).toBe(true);
    expect(p.types.isIdentical(type('c'), type('d'))).toBe(false);
    expect(p.types.isIdentical(type('a'), type('e'))).toBe(false);
  });
});

describe('typeText', () => {
  const lib = (): Package =>
    packageOf(
      'x/lib',
      'package lib\ntype T struct{}\ntype G[E any] struct{}\ntype t struct{}\nvar Hidden t\nvar Made = []*T{}\nvar Open G[*T]\n',
    );
  const text = (source: string, expression: string, at?: string): string | undefined => {
    const p = probe(source, lib());
    return p.types.typeText(p.types.typeOf(p.node(expression)), at === undefined ? undefined : p.node(at));
  };

  it('writes types as this file would', () => {
    expect(text('package p\nvar v map[string][]*[2]chan<- (<-chan byte)\n', 'v')).toBe('map[string][]*[2]chan<- (<-chan byte)');
    expect(text('package p\nvar v func(a int, b ...rune) (error, struct { x any; T })\ntype T int\n', 'v')).toBe(
      'func(int, ...rune) (error, struct{ x any; T })',
    );
    expect(text('package p\nimport m "x/lib"\nvar v = m.Made\n', 'v')).toBe('[]*m.T');
    expect(text('package p\nimport "x/lib"\nvar v = lib.Open\n', 'v')).toBe('lib.G[*lib.T]');
    expect(text('package p\nimport . "x/lib"\nvar v = Made\n', 'v')).toBe('[]*T');
  });

  it('gives up where the type cannot be written', () => {
    expect(text('package p\nimport "x/lib"\nvar v = lib.Hidden\n', 'v')).toBeUndefined();
    expect(text('package p\nimport "x/lib"\nvar f = lib.F()\nvar v = []int{f}\n', 'f')).toBeUndefined();
    expect(text('package p\nfunc _() { type L int; var v []L; one(v) }\n', 'v')).toBeUndefined();
    expect(text('package p\nfunc _() { type L int; var v []L; one(v) }\n', 'v', 'one')).toBe('[]L');
    expect(text('package p\ntype T int\nfunc _(v T) { { type T bool; one(v) } }\n', '(v)', 'one')).toBeUndefined();
    expect(text('package p\nimport "x/lib"\nfunc _(lib int) { one(w) }\nvar w = lib.Made\n', 'w', 'one')).toBeUndefined();
  });
});

describe('methods', () => {
  const declarations = [
    'type Base struct{}',
    'func (*Base) Error() string { return "" }',
    'type A struct { Base }',
    'type B struct { *Base }',
    'type G[T any] struct{}',
    'func (g G[E]) get(e E) []E { return nil }',
    'type Both struct { A; B }',
  ].join('\n');

  it('are promoted, and know whether they need a pointer', () => {
    const { p, type } = typeOf('A', declarations);
    expect(p.types.lookupFieldOrMethod(type, 'Error')).toMatchObject({ kind: 'method', hasPointerReceiver: true, isIndirect: false });
    expect(p.types.implementsError(type)).toBe(false);
    expect(p.types.implementsError({ kind: 'pointer', element: type })).toBe(true);
    const b = typeOf('B', declarations);
    expect(b.p.types.implementsError(b.type)).toBe(true);
  });

  it('of generic types are those of the instance', () => {
    const p = probe(`package p\n${declarations}\nvar g G[int8]\nvar v = g.get(1)\n`);
    expect(p.type('v')).toBe('[]int8');
  });

  it('are listed with their depth decided', () => {
    const { p, type } = typeOf('Both', declarations);
    expect(p.types.lookupFieldOrMethod(type, 'Error')).toBeUndefined();
    const a = typeOf('A', declarations);
    expect(a.p.types.methodsOf(a.type).methods.map((each) => each.name)).toEqual(['Error']);
  });

  it('may be declared on an alias', () => {
    const p = probe('package p\ntype T struct{}\ntype A = T\nfunc (A) m() int8 { return 0 }\nvar v = T{}.m()\n');
    expect(p.type('v')).toBe('int8');
  });

  it('are not believed behind an unknown embedded type', () => {
    const p = probe(
      'package p\nimport "q"\ntype In struct { name int }\ntype Mid struct { In }\ntype S struct { q.T; Mid }\nvar s S\nvar v = s.name\nvar w = s.Mid\n',
    );
    expect(p.type('v')).toBe('?');
    expect(p.type('w')).toBe('p.Mid');
  });
});
