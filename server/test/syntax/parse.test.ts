/** The flat tree: its shape on any text, its offsets in bytes, its errors where they are. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  children,
  declaresVariables,
  descendants,
  go,
  isBroken,
  Kind,
  NONE,
  parse,
  type Tree,
  textOf,
  tokenOffset,
} from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { expectWellFormed } from './well-formed.ts';

const encoder = new TextEncoder();

beforeAll(loadTestGrammar);

function treeOf(text: string): Tree {
  return parse(encoder.encode(text)).tree;
}

const goPieces = fc.constantFrom(
  'package p\n',
  'func f() {',
  '}',
  '\n',
  'x := 1',
  'for i := range xs {',
  '"é😀"',
  '`世',
  '(',
  ')',
  '// ü\n',
  '\ufeff',
  '\r\n',
  'go func(){}()',
  '\u0000',
  'return',
  '1e',
  "'''",
);

describe('parse', () => {
  it('yields a well-formed tree for any text', () => {
    fc.assert(
      fc.property(fc.array(goPieces, { maxLength: 25 }), (pieces) => expectWellFormed(treeOf(pieces.join('')))),
      { numRuns: 150 },
    );
  });

  it('yields a well-formed tree for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => expectWellFormed(parse(bytes).tree)),
      { numRuns: 150 },
    );
  });

  it('counts offsets in bytes behind text that is not ASCII', () => {
    const tree = treeOf('package p\n\nvar ü, x = "😀", 1\n');
    const names = descendants(tree, 0, Kind.identifier).map((node) => textOf(tree, node));
    expect(names).toEqual(['ü', 'x']);
    expect(textOf(tree, descendants(tree, 0, Kind.int_literal)[0])).toBe('1');
  });

  it('says where the errors are and leaves other functions whole', () => {
    const { tree, problems } = parse(encoder.encode('package p\n\nfunc a() { x := }\n\nfunc b() { y() }\n'));
    expect(problems).toHaveLength(1);
    const [a, b] = descendants(tree, 0, Kind.function_declaration);
    expect([isBroken(tree, a), isBroken(tree, b)]).toEqual([true, false]);
  });

  it('takes nesting of 10,000 without a stack overflow', () => {
    expectWellFormedShape(treeOf(`package p\n\nvar x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`));
  });

  it('gives fields by name and NONE for what is absent', () => {
    const tree = treeOf('package p\n\nfunc f(a, b int) { g(a) }\n');
    const [call] = descendants(tree, 0, Kind.call_expression);
    expect(textOf(tree, go.callExpression.function(tree, call))).toBe('g');
    expect(go.callExpression.typeArguments(tree, call)).toBe(NONE);
    const [parameter] = descendants(tree, 0, Kind.parameter_declaration);
    expect(go.parameterDeclaration.name(tree, parameter).map((name) => textOf(tree, name))).toEqual(['a', 'b']);
  });

  it('leaves comments out of children', () => {
    const tree = treeOf('package p\n\nfunc f() { g(/* a */ 1, // b\n 2) }\n');
    const [args] = descendants(tree, 0, Kind.argument_list);
    expect(children(tree, args).map((child) => textOf(tree, child))).toEqual(['1', '2']);
  });

  it('tells := from = in range clauses, whatever comments say', () => {
    const tree = treeOf('package p\n\nfunc f() {\n\tfor i /* := */ = range x {\n\t}\n\tfor j := range x {\n\t}\n}\n');
    expect(descendants(tree, 0, Kind.range_clause).map((clause) => declaresVariables(tree, clause))).toEqual([false, true]);
  });

  it('finds tokens that have no row', () => {
    const text = 'package p // func\n/* func */ func f() {}\n';
    expect(tokenOffset(treeOf(text), 'func', 0, text.length)).toBe(text.lastIndexOf('func'));
  });
});

function expectWellFormedShape(tree: Tree): void {
  expect(tree.length).toBeGreaterThan(10_000);
  expect(tree.next[0]).toBe(tree.length);
}
