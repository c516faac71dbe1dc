/** Half-typed functions cost only themselves: the declarations around them parse as if nothing had happened. */
import { beforeAll, describe, expect, it } from 'vitest';
import { descendants, go, isBroken, Kind, parse, type Tree, textBetween, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const around = (body: string): string =>
  `package p\n\nfunc before() {\n\tx()\n}\n\nfunc typing(a int) (b string) {\n\t${body}\n}\n\ntype T struct{ x int }\n\nfunc (t T) after() {\n\tx()\n}\n`;

function functions(tree: Tree, isSound: boolean): string[] {
  const names: string[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (isBroken(tree, row) === isSound) continue;
    if (tree.kind[row] === Kind.function_declaration) names.push(textOf(tree, go.functionDeclaration.name(tree, row)));
    if (tree.kind[row] === Kind.method_declaration) names.push(textOf(tree, go.methodDeclaration.name(tree, row)));
  }
  return names;
}

describe('an unclosed bracket', () => {
  it.each([
    'if x {',
    'for {',
    'f := func() {',
    'switch x {\n\tcase 1:',
    'select {\n\tcase <-',
    'x := []int{1,',
    'type U struct {',
    's := `text',
    'go func() {\n\t\tfoo(\n',
  ])('%j leaves the other functions whole', (body) => {
    const source = new TextEncoder().encode(around(body));
    const { tree, problems } = parse(source);
    expect(functions(tree, true)).toEqual(['before', 'after']);
    expect(problems.length).toBeGreaterThan(0);
    expect(tree.source).toBe(source);
    expect(isBroken(tree, 0)).toBe(true);
  });

  it('keeps the signature of the function it stands in', () => {
    const { tree } = parse(new TextEncoder().encode(around('if x {')));
    expect(functions(tree, false)).toEqual(['typing']);
    const [row] = Array.from({ length: tree.length }, (_, i) => i).filter(
      (i) => tree.kind[i] === Kind.function_declaration && textOf(tree, go.functionDeclaration.name(tree, i)) === 'typing',
    );
    expect(textOf(tree, go.functionDeclaration.parameters(tree, row))).toBe('(a int)');
    expect(textOf(tree, go.functionDeclaration.result(tree, row))).toBe('(b string)');
  });

  it('is told of in its own function', () => {
    const text = around('if x {');
    const { problems } = parse(new TextEncoder().encode(text));
    const end = text.indexOf('type T');
    for (const problem of problems) {
      expect(problem.start).toBeGreaterThanOrEqual(text.indexOf('func typing'));
      expect(problem.end).toBeLessThanOrEqual(end);
    }
  });

  it('in several functions costs each', () => {
    const text = `${around('if x {')}\nfunc more() {\n\tfor {\n}\n\nfunc last() {\n\tx()\n}\n`;
    expect(functions(parse(new TextEncoder().encode(text)).tree, true)).toEqual(['before', 'after', 'last']);
  });

  it('with CRLF and other scripts around keeps every offset', () => {
    const text = around('s := "ä世"\n\tif x {').replaceAll('\n', '\r\n');
    const { tree } = parse(new TextEncoder().encode(text));
    expect(functions(tree, true)).toEqual(['before', 'after']);
    const after = Array.from({ length: tree.length }, (_, i) => i).find((i) => tree.kind[i] === Kind.method_declaration) ?? 0;
    expect(textOf(tree, after)).toBe('func (t T) after() {\r\n\tx()\r\n}');
  });
});

it('leaves a file alone whose errors swallow nothing', () => {
  const { tree } = parse(new TextEncoder().encode(around('x :=')));
  expect(functions(tree, true)).toEqual(['before', 'after']);
});

it('takes a text in column 0 of a raw string for what it is', () => {
  const text = around('s := `\nfunc no() {\n`\n\t_ = s');
  const { tree, problems } = parse(new TextEncoder().encode(text));
  expect(problems).toEqual([]);
  expect(functions(tree, true)).toEqual(['before', 'typing', 'after']);
});

it('calls a statement outside functions an error, and still knows the functions around it', () => {
  const text = 'package p\n\nfunc before() {}\n\nfor _, x := range xs {\n\tx()\n}\n\nfunc after() {}\n';
  const { tree, problems } = parse(new TextEncoder().encode(text));
  expect(problems).toEqual([{ start: text.indexOf('for _'), end: text.indexOf('\n\nfunc after') }]);
  expect(functions(tree, true)).toEqual(['before', 'after']);
});

it('tells of an error that lies between two raw strings', () => {
  const { problems } = parse(new TextEncoder().encode('package p\n\nvar x = f(`\na` + \\fb + `c\n`)\n'));
  expect(problems).toHaveLength(1);
});

describe('the part that parses', () => {
  it('stays as it is in the declaration with the error', () => {
    const { tree, problems } = parse(new TextEncoder().encode(around('a := 1\n\tb := \n\tc := 3')));
    const names = Array.from({ length: tree.length }, (_, i) => i).filter((i) => tree.kind[i] === Kind.short_var_declaration);
    expect(names.map((node) => textOf(tree, node))).toEqual(['a := 1', 'c := 3']);
    expect(problems.map(({ start, end }) => textBetween(tree, start, end))).toEqual(['b :=']);
  });

  it('keeps the other fields of a type and the other imports', () => {
    const text = 'package p\n\nimport (\n\t"a"\n\t"b\n\t"c"\n)\n\ntype T struct {\n\ta int\n\tb +\n\tc string\n}\n';
    const { tree } = parse(new TextEncoder().encode(text));
    expect(descendants(tree, 0, Kind.import_spec).map((node) => textOf(tree, node))).toEqual(['"a"', '"c"']);
    expect(descendants(tree, 0, Kind.field_declaration).map((node) => textOf(tree, node))).toEqual(['a int', 'c string']);
  });

  it('is the function above a declaration whose keyword is being typed', () => {
    for (const typed of ['f', 'fu', 'fun', 'func', 'func f', 'func f(', 'func f()', 'func f() {', 'ty', 'type T', 'va', 'var', 'impo']) {
      const { tree } = parse(new TextEncoder().encode(`package p\n\nfunc before() {\n\tx()\n}\n\n${typed}\n\nfunc after() {\n\tx()\n}\n`));
      expect(functions(tree, true), typed).toEqual(expect.arrayContaining(['before', 'after']));
    }
  });

  it('is not what a closing bracket too many leaves of a function', () => {
    const { tree } = parse(new TextEncoder().encode(around('x()\n\t}\n\ty()')));
    expect(functions(tree, true)).toEqual(['before', 'after']);
  });
});
