/** Declarations read from tokens: the names that a parse finds, in the same places, and the words that decide what a change reaches. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, type Declaration, declarationsIn, Field, Kind, parse, type Tree, textOf } from '../../src/syntax/index.ts';
import { ROOT } from '../support/distribution.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const SPECS: ReadonlySet<number> = new Set([Kind.const_spec, Kind.var_spec, Kind.type_spec, Kind.type_alias]);
const FUNCTIONS: ReadonlySet<number> = new Set([Kind.function_declaration, Kind.method_declaration]);

/** `name@offset` of what is declared outside functions. */
function declaredBy(tree: Tree): readonly string[] {
  const found: string[] = [];
  for (let row = 1; row < tree.length; row = FUNCTIONS.has(tree.kind[row]) || SPECS.has(tree.kind[row]) ? tree.next[row] : row + 1) {
    if (!FUNCTIONS.has(tree.kind[row]) && !SPECS.has(tree.kind[row])) continue;
    const names = childrenOf(tree, row, Field.name);
    found.push(`${names.map((name) => textOf(tree, name)).join(',')}@${tree.start[names[0]]}`);
  }
  return found;
}

function one(text: string): Declaration {
  return declarationsIn(new TextEncoder().encode(`package p\n${text}\n`)).declarations[0];
}

describe('declarations of a file', () => {
  it('are those that a parse finds, in all fixtures that parse', () => {
    const folder = join(ROOT, 'test-fixtures');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
    expect(files.length).toBeGreaterThan(100);
    let compared = 0;
    for (const file of files) {
      const source = readFileSync(join(folder, file));
      const { tree, problems } = parse(source);
      if (problems.length > 0 || source.some((byte) => byte >= 0x80)) continue;
      compared++;
      const read = declarationsIn(source).declarations.map(({ names, at }) => `${names.join(',')}@${at}`);
      expect({ file, read }).toEqual({ file, read: declaredBy(tree) });
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('say the same whatever their comments and layout, and directives count', () => {
    const plain = one('func F(a int) int { return a }');
    expect(one('// F is one.\nfunc F(a int) int {\n\t/* what */\n\treturn a // it\n}')).toMatchObject({
      head: plain.head,
      body: plain.body,
    });
    expect(one('//go:noinline\nfunc F(a int) int { return a }').body).not.toBe(plain.body);
  });

  it('count constants, and tell names in loops from others', () => {
    const ofGroup = declarationsIn(new TextEncoder().encode('package p\nconst (\n\tA = iota\n\tB\n\tC = "c"\n\tD\n)\n')).declarations;
    expect(ofGroup.map(({ head }) => head)).toEqual(['A = iota 0', 'B = iota 1', 'C = "c"', 'D = "c"']);
    const fn = one('func (r *T[K]) f() { a(); for i := range x.y { b(func() { c() }) }; d() }');
    expect([fn.receiver, [...fn.looped], [...fn.repeated], [...fn.selected]]).toEqual(['T', ['b', 'func'], ['b', 'func', 'c'], ['y']]);
  });
});
