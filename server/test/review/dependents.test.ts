/** Whose findings may be others after an edit, told by names. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Body, type Dependents, PackageNames } from '../../src/review/reuse/dependents.ts';
import { hashOfText } from '../../src/review/reuse/names.ts';
import { childOf, Field, outermostRows, parse, type Tree, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const TEXT = `package p

import "fmt"

var shared = 1

var _ = shared

type inner struct{ depth int }

type outer struct{ parts []inner }

func leaf() { println(1) }

func middle() { leaf() }

func top() { middle() }

func reads() int { return shared }

func writes() { shared = 2 }

func prints() { fmt.Println("a") }

func apart() { _ = outer{} }
`;

/** Text of the type `kept` is in what the change of a body says otherwise. */
function touches(from: string, to: string): boolean {
  const text = (body: string): string => `package p\n\ntype kept struct{ size int }\n\nfunc body(n int) {\n${body}}\n`;
  const names = new PackageNames([fileOf(text(from))]);
  return changeIn(names, 'body', text(from), text(to)).touched.has(hashOfText('kept'));
}

describe('what a body names is touched', () => {
  const KEPT = '\tk := make([]kept, n)\n';
  it.each([
    ['where its statement changed', KEPT, KEPT.replace('n)', 'n, 2*n)')],
    ['where it came', '', KEPT],
    ['where it went', KEPT, ''],
    ['where a loop came around it', KEPT, `\tfor range n {\n${KEPT}\t}\n`],
    ['where the loop around it goes on for longer', `\tfor range 3 {\n${KEPT}\t}\n`, `\tfor range n {\n${KEPT}\t}\n`],
    ['where what it is made of is something else', `\tm := n\n${KEPT.replace('n)', 'm)')}`, `\tm := 2 * n\n${KEPT.replace('n)', 'm)')}`],
    [
      'where that is some statements away',
      `\tl := 1\n\tm := l\n${KEPT.replace('n)', 'm)')}`,
      `\tl := 2\n\tm := l\n${KEPT.replace('n)', 'm)')}`,
    ],
  ])('%s', (_, from, to) => {
    expect(touches(from, to)).toBe(true);
  });

  it.each([
    ['where a statement beside it changed', `${KEPT}\tprintln(1)\n`, `${KEPT}\tprintln(2)\n`],
    ['where it has another place', `${KEPT}\tprintln(1)\n`, `\tprintln(1)\n${KEPT}`],
    ['where a value came that it does not name', KEPT, `\tm := 3\n${KEPT}`],
  ])('but not %s', (_, from, to) => {
    expect(touches(from, to)).toBe(false);
  });
});

describe('the dependents of a body', () => {
  it('are its callers and theirs', () => {
    const { callers } = edited('leaf', 'println(1)', 'println(2)');
    expect(callers).toEqual(['leaf', 'middle', 'top']);
  });

  it('are those that it calls, or called before, for rules that ask for callers', () => {
    expect(edited('top', '{ middle() }', '{ reads() }').called).toEqual(expect.arrayContaining(['leaf', 'middle', 'reads', 'top']));
  });

  it('are those that name a variable with which it does something else', () => {
    expect(edited('writes', 'shared = 2', 'shared = 3').sharing).toEqual(['_', 'reads', 'shared', 'writes']);
    expect(edited('writes', 'shared = 2', 'shared = 2\n\tprintln()').sharing).toEqual(['writes']);
  });

  it('are those that name an import which it begins or ceases to name', () => {
    expect(edited('leaf', 'println(1)', 'fmt.Print(1)').sharing).toEqual(['leaf', 'prints']);
    expect(edited('prints', '"a"', '"b"').sharing).toEqual(['prints']);
  });

  it('are not those that share the blank name', () => {
    expect(edited('apart', 'outer{}', 'outer{parts: nil}').sharing).toEqual(['apart']);
  });

  it('are types that it names, and types in those', () => {
    const { touched } = change('apart', 'outer{}', 'outer{nil}');
    const { touched: others } = change('leaf', 'println(1)', 'println(2)');
    expect(touched.size).toBeGreaterThan(others.size);
  });

  it('are the same for the next key in the body', () => {
    const names = new PackageNames([fileOf(TEXT)]);
    const first = changeIn(names, 'leaf', TEXT, TEXT.replace('println(1)', 'println(22)'));
    const second = changeIn(names, 'leaf', TEXT, TEXT.replace('println(1)', 'println(333)'));
    const third = changeIn(names, 'top', TEXT, TEXT.replace('{ middle() }', '{ middle(4) }'));
    expect(namesOf(names, second).callers).toEqual(namesOf(names, first).callers);
    expect(namesOf(names, third).callers).toEqual(['top']);
  });
});

function edited(name: string, from: string, to: string): Record<'sharing' | 'callers' | 'called', readonly string[]> {
  const names = new PackageNames([fileOf(TEXT)]);
  return namesOf(names, changeIn(names, name, TEXT, TEXT.replace(from, to)));
}

function change(name: string, from: string, to: string): Dependents {
  return changeIn(new PackageNames([fileOf(TEXT)]), name, TEXT, TEXT.replace(from, to));
}

function changeIn(names: PackageNames, name: string, before: string, now: string): Dependents {
  const [from, to] = [treeOf(before), treeOf(now)];
  const index = outermostRows(from).findIndex((row) => nameAt(from, row) === name);
  const body = names.bodiesOf('p.go')[index];
  return names.change([{ body, before: { tree: from, row: outermostRows(from)[index] }, tree: to, row: outermostRows(to)[index] }]);
}

function namesOf(names: PackageNames, dependents: Dependents): Record<'sharing' | 'callers' | 'called', readonly string[]> {
  const tree = treeOf(TEXT);
  const rows = outermostRows(tree);
  const bodies = names.bodiesOf('p.go');
  const told = (set: ReadonlySet<Body>): readonly string[] =>
    rows.flatMap((row, i) => (set.has(bodies[i]) ? nameAt(tree, row) : [])).sort();
  return { sharing: told(dependents.sharing), callers: told(dependents.callers), called: told(dependents.called) };
}

function nameAt(tree: Tree, row: number): string {
  return textOf(tree, childOf(tree, row, Field.name));
}

function fileOf(text: string) {
  const tree = treeOf(text);
  return { path: 'p.go', tree, imports: [{ node: 0, path: 'fmt', name: 'fmt', kind: 'named' as const }] };
}

function treeOf(text: string): Tree {
  return parse(new TextEncoder().encode(text)).tree;
}
