/** One test for each change of Go's syntax since 1.18, with the tree it has to have. */
import { beforeAll, describe, expect, it } from 'vitest';
import { childOf, descendants, Field, go, Kind, NONE, type Node, parse, type Tree, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

function soundTree(text: string): Tree {
  const { tree, problems } = parse(new TextEncoder().encode(`package p\n\n${text}\n`));
  expect(problems).toEqual([]);
  return tree;
}

function only(tree: Tree, kind: number): Node {
  const found = descendants(tree, 0, kind);
  expect(found).toHaveLength(1);
  return found[0];
}

describe('Go 1.18', () => {
  it('has functions with type parameters', () => {
    const tree = soundTree('func Map[T, U any](xs []T, f func(T) U) []U { return nil }');
    const list = go.functionDeclaration.typeParameters(tree, only(tree, Kind.function_declaration));
    expect(textOf(tree, list)).toBe('[T, U any]');
  });

  it('has types with type parameters, and methods on them', () => {
    const tree = soundTree('type List[T any] struct{ next *List[T] }\n\nfunc (l *List[T]) Push(x T) {}');
    expect(textOf(tree, go.typeSpec.typeParameters(tree, only(tree, Kind.type_spec)))).toBe('[T any]');
    expect(descendants(tree, 0, Kind.generic_type).map((node) => textOf(tree, node))).toEqual(['List[T]', 'List[T]']);
  });

  it('tells an array type from a list of type parameters', () => {
    const tree = soundTree('type A [N]int\n\ntype B [N * 2]int\n\ntype C[P *int,] struct{}\n\ntype D[P interface{ *int }] struct{}');
    expect(descendants(tree, 0, Kind.array_type)).toHaveLength(2);
    expect(descendants(tree, 0, Kind.type_parameter_list)).toHaveLength(2);
  });

  it('has constraints of unions and approximations', () => {
    const tree = soundTree('type Number interface {\n\t~int | ~float64\n\tString() string\n}');
    expect(descendants(tree, 0, Kind.negated_type)).toHaveLength(2);
    expect(descendants(tree, 0, Kind.method_elem)).toHaveLength(1);
  });

  it('has explicit instantiation', () => {
    const tree = soundTree('var f = Map[int, string]\n\nvar g = Pair[int, string]{1, "a"}\n\nfunc h() { Map[int, string](nil, nil) }');
    expect(descendants(tree, 0, Kind.type_instantiation_expression)).toHaveLength(1);
    expect(textOf(tree, go.compositeLiteral.type(tree, only(tree, Kind.composite_literal)))).toBe('Pair[int, string]');
  });
});

describe('Go 1.21', () => {
  it.each(['min(a, b, c)', 'max(a, 1)', 'clear(m)'])('has %s, which is a call like any other', (call) => {
    const tree = soundTree(`func f() { ${call} }`);
    const node = only(tree, Kind.call_expression);
    expect(tree.kind[go.callExpression.function(tree, node)]).toBe(Kind.identifier);
  });
});

describe('Go 1.22', () => {
  it.each(['for i := range 10 {}', 'for range n {}', 'for i := range len(xs) {}'])('ranges over integers: %s', (loop) => {
    const tree = soundTree(`func f() { ${loop} }`);
    expect(childOf(tree, only(tree, Kind.range_clause), Field.right)).not.toBe(NONE);
  });
});

describe('Go 1.23', () => {
  it('ranges over functions', () => {
    const tree = soundTree('func f() {\n\tfor k, v := range maps.All(m) {\n\t}\n\tfor range seq {\n\t}\n}');
    expect(descendants(tree, 0, Kind.range_clause)).toHaveLength(2);
  });
});

describe('Go 1.24', () => {
  it('has aliases with type parameters', () => {
    const tree = soundTree('type Set[T comparable] = map[T]struct{}');
    const alias = only(tree, Kind.type_alias);
    expect(textOf(tree, childOf(tree, alias, Field.type_parameters))).toBe('[T comparable]');
    expect(tree.kind[go.typeAlias.type(tree, alias)]).toBe(Kind.map_type);
  });
});

describe('Go 1.26', () => {
  it.each(['123', '1 + 1', 'f(x)', '"s"', 'T{a: 1}', '[]int{1, 2}', 'func() int { return 1 }()', '&x', 'a.b.c', 'x[i]', '-x', 'secret(v)'])(
    'has new(%s)',
    (value) => {
      const tree = soundTree(`var p = new(${value})`);
      const call = descendants(tree, 0, Kind.call_expression).at(0) ?? NONE;
      expect(textOf(tree, go.callExpression.function(tree, call))).toBe('new');
      const list = go.callExpression.arguments(tree, call);
      expect(textOf(tree, list)).toBe(`(${value})`);
      expect(tree.parent[list + 1]).toBe(list);
    },
  );

  it.each(['int', '*T', '[]byte', 'map[string]int', 'pkg.T', 'struct{ x int }', 'func()', 'List[int]'])('still has new(%s)', (type) => {
    const tree = soundTree(`var p = new(${type})`);
    expect(textOf(tree, go.callExpression.arguments(tree, only(tree, Kind.call_expression)))).toBe(`(${type})`);
  });

  it('lets a type refer to itself in its parameters', () => {
    expect(descendants(soundTree('type Adder[A Adder[A]] interface{ Add(A) A }'), 0, Kind.type_parameter_list)).toHaveLength(1);
  });
});

describe('Go 1.27', () => {
  it('has methods with type parameters', () => {
    const tree = soundTree('func (l *List[T]) Map[U any, V ~int|string](f func(T) U) []U {\n\treturn nil\n}');
    const method = only(tree, Kind.method_declaration);
    expect(textOf(tree, childOf(tree, method, Field.type_parameters))).toBe('[U any, V ~int|string]');
    expect(textOf(tree, go.methodDeclaration.name(tree, method))).toBe('Map');
    expect(textOf(tree, go.methodDeclaration.parameters(tree, method))).toBe('(f func(T) U)');
    expect(textOf(tree, go.methodDeclaration.result(tree, method))).toBe('[]U');
    expect(go.methodDeclaration.body(tree, method)).not.toBe(NONE);
  });

  it('has them with comments between, and without a body', () => {
    const tree = soundTree('func (T) M /* a */ [ /* b */ P any] /* c */ (P)');
    expect(textOf(tree, childOf(tree, only(tree, Kind.method_declaration), Field.type_parameters))).toBe('[ /* b */ P any]');
  });

  it('still has function literals whose result is an instance', () => {
    const tree = soundTree('var f = func(x int) List[int] { return nil }');
    expect(descendants(tree, 0, Kind.generic_type)).toHaveLength(1);
  });
});

describe('words that are no keywords', () => {
  it('can be names', () => {
    const tree = soundTree('func make(n int) int { return n }\n\nfunc f() { new := make(1 + 2); nil := new; _ = nil }');
    expect(only(tree, Kind.binary_expression)).not.toBe(NONE);
  });

  it('are what they are elsewhere', () => {
    expect(descendants(soundTree('func f() { x := make([]int, 0, n); g(nil, true, iota) }'), 0, Kind.nil)).toHaveLength(1);
  });
});

describe('a semicolon', () => {
  it.each([
    'const ( a = 1 )',
    'import ( "fmt" )',
    'type T struct { a int; b string }',
    'func f() { if x { y() } }',
    'var ( a int; b = 1 )',
  ])('may be omitted before a closing bracket: %s', (text) => void soundTree(text));
});
