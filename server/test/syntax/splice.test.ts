/** Edits: a tree made of the tree before and of what the edit touched has the rows that reading the whole text gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCorpus } from '../../bench/corpus.ts';
import { parse, type Tree } from '../../src/syntax/index.ts';
import { spliced } from '../../src/syntax/splice.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { mutated, random } from './oracle/mutations.ts';

beforeAll(loadTestGrammar);

const FIXTURES = join(import.meta.dirname, '../../../test-fixtures');
const encoder = new TextEncoder();
/** What people type between statements and declarations: most of it leaves the file whole. */
const PIECES = [
  '\n',
  '// c\n',
  '/* x */',
  '/* a\n b */',
  ';',
  '\nvar _ = 1\n',
  '\n\tx := 1\n',
  ' ',
  '\nfunc g() {}\n',
  '`',
  '}\n\nfunc h() {\n',
].map((each) => encoder.encode(each));

function typed(source: Uint8Array, next: () => number): Uint8Array {
  const from = Math.floor(next() * source.length);
  const at = source.indexOf(10, from) + (next() < 0.5 ? 1 : 0);
  const piece = PIECES[Math.floor(next() * PIECES.length)];
  return Uint8Array.from([...source.subarray(0, at), ...piece, ...source.subarray(next() < 0.2 ? from : at)]);
}

function expectSame(tree: Tree, whole: Tree, name: string): void {
  expect(tree.length, name).toBe(whole.length);
  for (const column of ['kind', 'field', 'flags', 'start', 'end', 'parent', 'next'] as const) {
    expect(Buffer.compare(Buffer.from(tree[column].buffer), Buffer.from(whole[column].buffer)), `${column}, ${name}`).toBe(0);
  }
}

describe('a tree of the edited text', () => {
  it('has the rows that reading all of it gives, after 6,000 edits of the fixtures', () => {
    const files = readCorpus(FIXTURES).filter(({ source }) => source.length > 200);
    const next = random(26);
    for (let round = 0; round < 1500; round++) {
      const { path, source } = files[Math.floor(next() * files.length)];
      let { tree } = parse(source);
      for (let edit = 0; edit < 4; edit++) {
        const text = (next() < 0.5 ? mutated : typed)(tree.source, next);
        const [after, whole] = [parse(text, tree), parse(text)];
        expectSame(after.tree, whole.tree, `edit ${edit} of round ${round}, ${path}`);
        expect(after.problems).toEqual(whole.problems);
        tree = after.tree;
      }
    }
  });

  it('reads again only the declaration that was edited', () => {
    const source = readFileSync(join(FIXTURES, 'rules/lost-cancel/bad.go'));
    const text = source.toString();
    const at = text.indexOf('{\n', text.length / 2) + 1;
    const edited = encoder.encode(`${text.slice(0, at)}\n\t_ = 1${text.slice(at)}`);
    const readAgain: string[] = [];
    spliced(parse(source).tree, edited, (part) => {
      readAgain.push(Buffer.from(part).toString());
      return undefined;
    });
    expect(readAgain).toHaveLength(1);
    expect(readAgain[0]).toContain('\n\t_ = 1\n');
    expect(readAgain[0].match(/^func /gm)).toHaveLength(1);
  });
});
