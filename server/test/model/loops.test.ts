/** Trip counts: which loops have one, as a number and as the Go text that a fix writes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { capacityOf, type TripCount, tripCount, typesOf, Workspace } from '../../src/model/index.ts';
import { descendants, Kind } from '../../src/syntax/index.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const DECLARATIONS = `package p

type T struct{ xs []int; n int; arr [9]string }
func (t *T) size() int { return t.n }
const six = 6
func f(xs []int, m map[string]int, s string, n, a, b int, u uint, i64 int64, t *T, ch chan int, seq func(func(int) bool), next func() bool, p *[9]string) {
`;

/** Counts of the loops of a function body, outermost first. */
function countsOf(body: string): (TripCount | undefined)[] {
  const workspace = new Workspace(memoryFiles({ '/m/go.mod': 'module m\n\ngo 1.26\n', '/m/x.go': `${DECLARATIONS}${body}\n}\n` }), {
    goos: 'linux',
    goarch: 'amd64',
    tags: [],
    go: undefined,
  });
  const pkg = workspace.packageOf('/m/x.go');
  const file = workspace.fileAt('/m/x.go');
  if (pkg === undefined || file === undefined) throw new Error('no package');
  const types = typesOf(workspace, pkg, file);
  const code = { tree: file.tree, scopes: types.scopes, types };
  return descendants(file.tree, 0, Kind.for_statement).map((loop) => tripCount(code, loop));
}

function textOf(header: string, body = ''): string | undefined {
  return countsOf(`for ${header} { ${body} }`)[0]?.text;
}

describe('range', () => {
  it.each([
    ['range xs', 'len(xs)'],
    ['_, c := range s', 'len(s)'],
    ['k := range m', 'len(m)'],
    ['range t.xs', 'len(t.xs)'],
    ['range t.arr', 'len(t.arr)'],
    ['range p', 'len(p)'],
    ['range xs[a:b]', 'len(xs[a:b])'],
    ['range n', 'n'],
    ['range i64', 'int(i64)'],
    ['range len(xs) - 1', 'len(xs)-1'],
    ['range 12', '12'],
    ['range six', 'six'],
    ['range []int{1, 2, 3}', '3'],
  ])('%s: %s', (header, text) => expect(textOf(header)).toBe(text));

  it('knows the length of arrays and constants', () => {
    const iterations = countsOf('for range t.arr {}\nfor range p {}\nfor range six {}\nfor range "añb" {}\nfor range xs {}').map(
      (count) => count?.iterations,
    );
    expect(iterations).toEqual([9, 9, 6, 3, undefined]);
  });

  it('knows that a call has a count, but does not repeat it', () => {
    const [count] = countsOf('for range append(xs, 1) {}');
    expect(count).toMatchObject({ text: undefined, iterations: undefined });
  });

  it.each(['range ch', 'range seq', 'range unknown'])('%s: nothing', (header) => expect(countsOf(`for ${header} {}`)).toEqual([undefined]));
});

describe('counted', () => {
  it.each([
    ['i := 0; i < n; i++', 'n'],
    ['i := 1; i <= n; i++', 'n'],
    ['i := 0; i <= n; i++', 'n+1'],
    ['i := a; i < b; i++', 'b-a'],
    ['i := 0; len(xs) > i; i++', 'len(xs)'],
    ['i := len(xs) - 1; i >= 0; i--', 'len(xs)'],
    ['i := n; i > a; i--', 'n-a'],
    ['i := 0; i < n; i += 4', '(n+3)/4'],
    ['i := n; i > 0; i -= 2', '(n+1)/2'],
    ['i := 0; i < 2*n; i++', '2*n'],
    ['i, end := 0, len(xs); i < end; i++', 'len(xs)'],
    ['i := int64(0); i < i64; i++', 'int(i64)'],
    ['i := uint(0); i < u; i++', 'int(u)'],
    ['i := 0; i < six; i++', 'six'],
    ['i := 3; i < 10; i += 3', '3'],
    ['i := 0; i < t.n; i++', 't.n'],
  ])('%s: %s', (header, text) => expect(textOf(header)).toBe(text));

  it.each([
    ['i := 0; i < n; i++', 'n--'],
    ['i := 0; i < n; i++', 'i++'],
    ['i := 0; i < len(xs); i++', 'xs = append(xs, i)'],
    ['i := 0; i < t.n; i++', 't.n = 3'],
    ['i := 0; i < n; i++', 'q := &n; _ = q'],
    ['i := 0; i < n; i++', 'func() { n = 4 }()'],
    ['i := 0; i < t.size(); i++', ''],
    ['i := 0; next(); i++', ''],
    ['i := 1; i < n; i *= 2', ''],
    ['i := 0; i != n; i++', ''],
    ['i := 0; i < n; i--', ''],
    ['i := uint(2); i < u; i++', ''],
    ['i, xs := 0, xs[1:]; i < len(xs); i++', ''],
    ['; a < n; a++', ''],
    ['', ''],
  ])('%s { %s }: nothing', (header, body) => expect(countsOf(`for ${header} { ${body} }`)[0]).toBeUndefined());

  it('says which can be below zero', () => {
    const signs = countsOf('for i := 0; i < n; i++ {}\nfor i := 0; i < len(xs); i++ {}\nfor i := 1; i < len(xs); i++ {}').map(
      (count) => count?.mayBeNegative,
    );
    expect(signs).toEqual([true, false, true]);
  });
});

describe('capacity of nested loops', () => {
  const capacity = (body: string, perIteration: number) =>
    capacityOf(
      countsOf(body).filter((count) => count !== undefined),
      perIteration,
    );

  it('multiplies, with parentheses where they are needed', () => {
    expect(capacity('for range xs { for i := 1; i < len(s); i++ {} }', 2).text).toBe('2*len(xs)*(len(s)-1)');
  });

  it('guards each factor that may be below zero', () => {
    expect(capacity('for range n { for range xs {} }', 1).guardedText).toBe('max(n, 0)*len(xs)');
  });

  it('multiplies numbers out', () => {
    expect(capacity('for range 3 { for range 4 {} }', 2)).toMatchObject({ elements: 24, text: '24' });
  });
});
