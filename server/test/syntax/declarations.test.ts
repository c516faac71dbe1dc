/** Declarations read from tokens: the names that a parse finds, in the same places, and the words that decide what a change reaches. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  changedMembers,
  childrenOf,
  type Declaration,
  declarationsIn,
  Field,
  flowAlike,
  hasArrays,
  Kind,
  parse,
  type Tree,
  textOf,
  typeMembers,
} from '../../src/syntax/index.ts';
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
    expect([fn.receiver, [...fn.looped], [...fn.repeated]]).toEqual(['T', ['b', 'func'], ['b', 'func', 'c']]);
  });
});

describe('words behind dots', () => {
  const origins = (text: string, word = 'A'): readonly string[] => [...new Set(one(text).selections.originsOf(word))].sort();

  it.each([
    ['func f(a p.A) { p.A() }', ['p']],
    ['func f() { p.A(q.A{}) }', ['p', 'q']],
    ['func f() { p.B.A() }', ['.']],
    ['func f() { p.B().A() }', ['.']],
    ['func f(a ...A) {}', ['.']],
    ['func f() { A(p.A) }', ['', 'p']],
    ['func f() { x := T{A: p.A} }', ['', 'p']],
    ['type T struct {\n\tp\n\tA\n}', ['']],
    ['func f() { /* p */ p. /* of */ A() }', ['p']],
  ])('%s', (text, expected) => {
    expect(origins(text)).toEqual(expected);
  });

  it.each([
    ['func f() { p.A() }', false],
    ['func f(p T) { p.A() }', true],
    ['func f() { p := p.A(); p.B() }', true],
    ['func f() { for p := range q.A() {} }', true],
    ['func f() { q.p.A() }', false],
    ['var x = p', true],
  ])('%s has p alone: %j', (text, isBare) => {
    expect(one(text).selections.isBare('p')).toBe(isBare);
  });
});

describe('members of a type', () => {
  const structOf = (...members: readonly string[]): Declaration => one(`type T struct {\n${members.join('\n')}\n}`);
  const changed = (now: Declaration, before: Declaration): readonly string[] | undefined => {
    const found = changedMembers(now.headTokens, before.headTokens);
    return found && [...found];
  };

  it.each([
    ['a, b map[string]*p.T `json:"a b"`', ['a', 'b']],
    ['a [4]int', ['a']],
    ['a []List[int]', ['a']],
    ['a struct {\n\t\tb int\n\t}', ['a']],
    ['a func(b int,\n\t\tc int) chan *T', ['a']],
    ['_ int', ['_']],
    ['T', []],
    ['*T "tag"', []],
    ['p.T', []],
    ['p.List[int]', []],
    ['List[T]', []],
  ])('%j is a field with the names %j', (member, names) => {
    expect(typeMembers(structOf('before int', member, 'after int').headTokens).map((each) => each.names)).toEqual([
      ['before'],
      names,
      ['after'],
    ]);
  });

  it('of an interface are its methods, and what it embeds has no name', () => {
    const { headTokens } = one('type T interface {\n\tM(a int) error // says\n\tfmt.Stringer\n\tE\n\t~int | string\n}');
    expect(typeMembers(headTokens).map((each) => each.names)).toEqual([['M'], [], [], []]);
    expect(typeMembers(one('type T []struct{ a int }').headTokens).map((each) => each.names)).toEqual([['a']]);
    expect(typeMembers(one('type T func(struct{ a int })').headTokens)).toEqual([]);
    expect(typeMembers(one('type T map[struct{ a int }]struct{ b int }').headTokens)).toEqual([]);
  });

  it('that changed are told by name, wherever they stand, unless more than members changed', () => {
    const before = structOf('a int', 'b, c string', 'T');
    expect(changed(structOf('T', 'b, c string', 'a int'), before)).toEqual([]);
    expect(changed(structOf('a int32', 'b, c string', 'T', 'd *T'), before)).toEqual(['a', 'd']);
    expect(changed(structOf('a int', 'T'), before)).toEqual(['b', 'c']);
    expect(changed(structOf('a int', 'b, c string', '*T'), before)).toBeUndefined();
    expect(changed(one('type T[P any] struct {\n\ta int\n\tb, c string\n\tT\n}'), before)).toBeUndefined();
    expect(changed(one('type T struct{ a int; b, c string; T }'), before)).toEqual([]);
    expect(changed(one('type T int'), one('type T string'))).toBeUndefined();
  });

  it.each([
    ['keeps a pointer', ['p *int', 'n int'], ['p *int', 'n int', 's []T'], true],
    ['keeps a map', ['m map[string]T', 'n int'], ['m map[string]T', 'q Q'], true],
    ['got plain values', ['a int', 'b bool'], ['a int', 'b, c uint64 "tag"'], true],
    ['got what may be its first pointer', ['a int', 'b bool'], ['a int', 'b Q'], false],
    ['keeps what may hold a pointer', ['q p.T', 'n int'], ['q p.T', 's []int'], false],
    ['keeps what a package names like an interface', ['q any.T', 'n int'], ['q any.T', 's []int'], false],
    ['was a pointer', ['p *int'], ['p *int', 'n int'], false],
    ['has arrays', ['p *int', 'n [4]int'], ['p *int', 'n [5]int'], false],
  ])('of a struct that %s flow as before: %#', (_, before, now, isAlike) => {
    expect(flowAlike(structOf(...now).headTokens, structOf(...before).headTokens)).toBe(isAlike);
  });

  it('of an interface flow as before whatever it asks for', () => {
    const [before, now] = ['type T interface {\n\tM()\n}', 'type T interface {\n\tM() *int\n\tN()\n}'].map(one);
    expect(flowAlike(now.headTokens, before.headTokens)).toBe(true);
  });

  it.each([
    ['type T [4]int', true],
    ['type T [size]*p.Q', true],
    ['type T [2 * size][]int', true],
    ['type T [2]<-chan int', true],
    ['type T struct {\n\ta []int\n\tm map[int]string\n}', false],
    ['type T[K any] struct {\n\ta K\n}', false],
    ['type T[K, V any] = Q[K]', false],
    ['type T struct {\n\tq Q[int]\n}', false],
  ])('%j has arrays: %s', (text, has) => {
    expect(hasArrays(one(text).headTokens)).toBe(has);
  });

  it('are laid out in any way', () => {
    expect(one('type T struct{ a int; b string }').head).toBe(structOf('a int', '', '// b', 'b string').head);
  });
});

describe('values behind pointers', () => {
  it.each([
    ['func f(a *T, b map[string]*p.T) *U', []],
    ['func f(a T) p.U', ['T', 'p', 'U']],
    ['func f(a *[]T, b chan T, c ...T)', ['T', 'chan']],
    ['func (r T) f()', []],
    ['func f(func(*T, ...U))', ['func', 'U']],
  ])('%s names %j otherwise', (text, words) => {
    const { headWordsByValue } = one(`${text} {}`);
    const written = [...headWordsByValue].filter((word) => !['a', 'b', 'c', 'map', 'string'].includes(word));
    expect(written.sort()).toEqual([...words].sort());
  });

  it.each([
    ['v := *p', true],
    ['return a, *p', true],
    ['for range *p {}', true],
    ['f(*p)', true],
    ['f((*p).a)', true],
    ['if *p == 1 {}', true],
    ['v := &*p', true],
    ['*p = v', false],
    ['f(a * b)', false],
    ['var v []*T', false],
    ['g := func(p *T) *T { return p }', false],
    ['f("*p") // *p', false],
  ])('%s takes one: %j', (statement, takes) => {
    expect(one(`func f() {\n\tg()\n\t${statement}\n}`).dereferences).toBe(takes);
  });

  it('are taken by a variable that begins with one', () => {
    expect(one('var v = *p').dereferences).toBe(true);
    expect(one('var v *T = p').dereferences).toBe(false);
    expect(one('var v *T').dereferences).toBe(false);
  });
});
