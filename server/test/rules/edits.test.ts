/** What fixes share: lines in and out in the file's own style, and names that mean nothing else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/base/index.ts';
import {
  type FileEdit,
  indentationAt,
  insertAfter,
  insertAtBlockStart,
  insertBefore,
  lineBreakAt,
  removeStatement,
  replacement,
  statementAround,
  unusedName,
} from '../../src/rules/index.ts';
import { descendants, go, Kind, type Node, parse, type Tree, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sourceFile } from '../support/source-file.ts';

beforeAll(loadTestGrammar);

/** Applies an edit about the statement around the call of `here()`. */
function edited(text: string, edit: (tree: Tree, statement: Node) => FileEdit | undefined): string {
  const { tree } = parse(new TextEncoder().encode(text));
  const made = edit(tree, statementOf(tree));
  return made === undefined ? 'no edit' : new TextDecoder().decode(applyEdits(tree.source, [{ path: '', ...made }]));
}

function statementOf(tree: Tree): Node {
  const call = descendants(tree, 0, Kind.call_expression).find((node) => textOf(tree, go.callExpression.function(tree, node)) === 'here');
  return statementAround(tree, call ?? 0);
}

const wrap = (...lines: string[]): string => `package p\n\nfunc f() {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

describe('insertBefore', () => {
  it('writes lines in the statement’s indentation', () => {
    expect(edited(wrap('a()', '\there()'), (tree, node) => insertBefore(tree, node, ['b()', 'c()']))).toBe(
      wrap('a()', '\tb()', '\tc()', '\there()'),
    );
  });

  it('goes behind comments above the statement', () => {
    expect(edited(wrap('// About here.', 'here()'), (tree, node) => insertBefore(tree, node, ['b()']))).toBe(
      wrap('// About here.', 'b()', 'here()'),
    );
  });

  it('stays on the line where the statement does not begin it', () => {
    expect(edited('package p\n\nfunc f() { here() }\n', (tree, node) => insertBefore(tree, node, ['b()']))).toBe(
      'package p\n\nfunc f() { b(); here() }\n',
    );
  });

  it('keeps CRLF', () => {
    const text = wrap('here()').replaceAll('\n', '\r\n');
    expect(edited(text, (tree, node) => insertBefore(tree, node, ['b()']))).toBe(wrap('b()', 'here()').replaceAll('\n', '\r\n'));
  });
});

describe('insertAfter', () => {
  it('writes lines below, behind a trailing comment', () => {
    expect(edited(wrap('here() // why', 'a()'), (tree, node) => insertAfter(tree, node, ['b()', 'c()']))).toBe(
      wrap('here() // why', 'b()', 'c()', 'a()'),
    );
    expect(edited(wrap('here() /* why */', 'a()'), (tree, node) => insertAfter(tree, node, ['b()']))).toBe(
      wrap('here() /* why */', 'b()', 'a()'),
    );
  });

  it('indents as the first line of a statement of several', () => {
    expect(edited(wrap('x := here(', '\t1,', ')'), (tree, node) => insertAfter(tree, node, ['b()']))).toBe(
      wrap('x := here(', '\t1,', ')', 'b()'),
    );
  });

  it('stays on the line where more code follows', () => {
    expect(edited(wrap('here(); a()'), (tree, node) => insertAfter(tree, node, ['b()']))).toBe(wrap('here(); b(); a()'));
    expect(edited('package p\n\nfunc f() { here() }\n', (tree, node) => insertAfter(tree, node, ['b()']))).toBe(
      'package p\n\nfunc f() { here(); b() }\n',
    );
    expect(edited(wrap('here() /* one', 'two */'), (tree, node) => insertAfter(tree, node, ['b()']))).toBe(
      wrap('here(); b() /* one', 'two */'),
    );
  });

  it('works at the end of a file without a break, and keeps CRLF', () => {
    const text = wrap('here()').replaceAll('\n', '\r\n');
    expect(edited(text, (tree, node) => insertAfter(tree, node, ['b()']))).toBe(wrap('here()', 'b()').replaceAll('\n', '\r\n'));
  });
});

it('lines around a labelled statement stand one level deeper than the label', () => {
  const text = 'package p\n\nfunc f() {\nL:\n\there()\n\tgoto L\n}\n';
  expect(edited(text, (tree, node) => insertAfter(tree, node, ['b()']))).toBe(
    'package p\n\nfunc f() {\nL:\n\there()\n\tb()\n\tgoto L\n}\n',
  );
  expect(edited(text, (tree, node) => insertBefore(tree, node, ['b()']))).toBe(
    'package p\n\nfunc f() {\n\tb()\nL:\n\there()\n\tgoto L\n}\n',
  );
});

it('insertAtBlockStart writes lines one level in, and nothing into a block on one line', () => {
  const block = (tree: Tree): Node => descendants(tree, 0, Kind.block)[0];
  expect(edited(wrap('here()'), (tree) => insertAtBlockStart(tree, block(tree), ['b()']))).toBe(wrap('b()', 'here()'));
  expect(edited('package p\n\nfunc f() { here() }\n', (tree) => insertAtBlockStart(tree, block(tree), ['b()']))).toBe('no edit');
});

describe('removeStatement', () => {
  it.each([
    [wrap('a()', 'here()', 'b()'), wrap('a()', 'b()')],
    [wrap('x := here(', '\t1,', ')', 'b()'), wrap('b()')],
    [wrap('here(); b()'), wrap('b()')],
    [wrap('a(); here()'), wrap('a()')],
    [wrap('a(); here(); b()'), wrap('a(); b()')],
    [wrap('here() // kept'), wrap('// kept')],
    ['package p\n\nfunc f() { here() }\n', 'package p\n\nfunc f() { }\n'],
    [wrap('a()', '', 'here()', '', 'b()'), wrap('a()', '', 'b()')],
    [wrap('a()', '', 'here()', 'b()'), wrap('a()', '', 'b()')],
    [wrap('a()', 'here()', '', 'b()'), wrap('a()', '', 'b()')],
    [wrap('here()', '', 'b()'), wrap('b()')],
    [wrap('a()', '', 'here()'), wrap('a()')],
    [wrap('a()', '', 'here()', '', 'b()').replaceAll('\n', '\r\n'), wrap('a()', '', 'b()').replaceAll('\n', '\r\n')],
  ])('%j', (text, expected) => {
    expect(edited(text, removeStatement)).toBe(expected);
  });
});

it('replacement puts text in a node’s place', () => {
  expect(edited(wrap('here()'), (tree, node) => replacement(tree, node, 'b()'))).toBe(wrap('b()'));
});

it('indentation and line break are those of the line', () => {
  const { tree } = parse(new TextEncoder().encode('package p\r\n\n \t x\n'));
  expect(indentationAt(tree, 15)).toBe(' \t ');
  expect([lineBreakAt(tree, 0), lineBreakAt(tree, 11)]).toEqual(['\r\n', '\n']);
});

describe('unusedName', () => {
  const nameAt = (text: string, base: string): string => {
    const { file, scopes } = sourceFile(text);
    return unusedName(file.tree, scopes, base, statementOf(file.tree));
  };

  it('is the name itself where it means nothing', () => {
    expect(nameAt(wrap('here()'), 'cancel')).toBe('cancel');
    expect(nameAt(`${wrap('here()')}\nfunc g() { cancel := 1; _ = cancel }\n`, 'cancel')).toBe('cancel');
  });

  it.each([
    [wrap('cancel := 1', '_ = cancel', 'here()'), 'cancel'],
    [wrap('here()', 'func() { cancel := 1; _ = cancel }()'), 'cancel'],
    [`${wrap('here()')}\nvar cancel int\n`, 'cancel'],
    [`import "cancel"\n${wrap('here()')}`.replace(/^(import.*)\n(package p)\n/, '$2\n$1\n'), 'cancel'],
  ])('has a number where it means something: %j', (text, base) => {
    expect(nameAt(text, base)).toBe(`${base}2`);
  });

  it('is no keyword and hides no builtin', () => {
    expect(nameAt(wrap('here()'), 'type')).toBe('type2');
    expect(nameAt(wrap('here()'), 'len')).toBe('len2');
  });
});
