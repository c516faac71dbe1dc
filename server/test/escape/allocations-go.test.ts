/**
 * What sites are said to cost against what programs allocate: small functions of every class, run under testing.AllocsPerRun and
 * runtime.MemStats. Skipped where there is no Go.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EscapeSite } from '../../src/escape/index.ts';
import { go, Kind, textOf } from '../../src/syntax/index.ts';
import { COMPILE_TIMEOUT, hasGo, unlessGo, writeText } from '../support/go.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { analysed } from './analysis.ts';

/** A type and an expression that gives an ordinary value of it: not zero, not empty, not below 256. */
const TYPES: Readonly<Record<string, string>> = {
  bool: 'true',
  byte: "'x'",
  int16: '1000',
  int32: '1000',
  int: '1000',
  uint64: '1000',
  float32: '1.5',
  float64: '1.5',
  complex128: '1i',
  string: '"text"',
  '[]int': '[]int{1}',
  '[2]byte': '[2]byte{1, 2}',
  '[0]int': '[0]int{}',
  '[1]byte': '[1]byte{1}',
  '[3]string': '[3]string{"a"}',
  'struct{}': 'struct{}{}',
  'struct{ _ [0]func(); n int }': 'struct{ _ [0]func(); n int }{n: 1000}',
  'struct{ a, b int }': 'struct{ a, b int }{1, 2}',
  'struct{ b bool }': 'struct{ b bool }{true}',
  'struct{ p *int }': 'struct{ p *int }{new(int)}',
  'struct{ s string }': 'struct{ s string }{"text"}',
  '*int': 'new(int)',
  'map[string]int': 'map[string]int{"a": 1}',
  'chan int': 'make(chan int)',
  'func()': 'func() {}',
  error: 'errors.New("text")',
  'pair[int16]': 'pair[int16]{1, 2}',
  '[2000]byte': '[2000]byte{1}',
  duration: '1000',
};

const HEAD = `package main

import "errors"

type pair[T any] struct{ a, b T }
type duration int64
type counter struct{ n int }

func (c *counter) add()    { c.n++ }
func (c counter) get() int { return c.n }

type getter interface{ get() int }

func newCounter(n int) *counter { return &counter{n} }
func wrap(n int) *counter       { return newCounter(n) }
func boxed(n int) any           { return n }
func boxedConstant() any        { return 7 }

var (
	_          = errors.New
	sink       any
	sinkAll    []any
	sinkText   string
	sinkBytes  []byte
	sinkFunc   func()
	sinkGet    func() int
	sinkInts   []int
	sinkMap    map[string]int
	sinkError  error
	sinkPoint  *counter
	sinkNumber int
	number     = 1000
	three      = 3
	hundred    = 100
	text       = "some text"
	long       = "some text that is longer than the buffer on the stack of 32 bytes"
	bytes      = []byte("some bytes")
	longBytes  = []byte(long)
	full       = make([]int, 4)
	roomy      = make([]int, 0, 1000)
	held       = counter{1}
	interfaced getter = held
	numbers    = map[string]int{"some bytes": 1}
)

//go:noinline
func keepAll(values ...any) { sinkAll = values }

//go:noinline
func look(values ...any) { sinkNumber = len(values) }

//go:noinline
func lookAt(v any) { _, _ = v.(int) }

//go:noinline
func lookAtText(s string) { sinkNumber = len(s) }

//go:noinline
func lookAtInts(s []int) { sinkNumber = len(s) }
`;

/** Bodies beside those that are made for each type. */
const BODIES: readonly string[] = [
  'sink = 1000',
  'sink = "constant"',
  'const c = 1000; sink = c',
  'x := 1000; sink = x',
  'x := "settled"; y := x; sink = y',
  'x := number; x++; sink = x',
  'sink = pair[int]{1, 2}',
  'sink = pair[int]{}',
  'sink = pair[int]{number, 2}',
  'x := pair[int]{1, 2}; sink = x',
  'x := pair[any]{1, "a"}; sink = x',
  'sink = [2]int{1, 2}',
  'sink = [2]string{text, text}',
  'keepAll()',
  'keepAll(1, "a")',
  'keepAll(number, text)',
  'look(1, "a")',
  'look(number, text)',
  'lookAt(number)',
  'lookAt(text)',
  'lookAt(pair[[1000]byte]{})',
  'v := pair[[1000]byte]{}; v.a[three] = 1; lookAt(v)',
  'sinkFunc = func() {}',
  'sinkFunc = func() { number++; number-- }',
  'x := number; sinkFunc = func() { sinkNumber = x }',
  'x, y := number, &number; sinkFunc = func() { sinkNumber = x + *y }',
  'x := number; sinkFunc = func() { x++ }',
  's := text; sinkFunc = func() { sinkText = s }',
  'x := number; f := func() { sinkNumber = x }; f()',
  'sinkGet = held.get',
  'sinkFunc = held.add',
  'sinkGet = (&held).get',
  'sinkGet = interfaced.get',
  'sinkText = text + "!"',
  'sinkText = text + text + "!"',
  'lookAtText(text + "!")',
  'lookAtText(long + "!")',
  'sinkText = string(bytes)',
  'sinkBytes = []byte(text)',
  'sinkBytes = []byte("constant")',
  'sinkText = string(rune(number))',
  'lookAtText(string(bytes))',
  'lookAtText(string(longBytes))',
  'sinkNumber = numbers[string(longBytes)]',
  'if string(longBytes) == long { sinkNumber = 1 }',
  'for range []byte(long) { sinkNumber++ }',
  'sinkInts = append(sinkInts[:0:0], 1)',
  'sinkInts = append([]int(nil), full...)',
  'sinkInts = append([]int{}, number)',
  'sinkInts = append(full, 1)',
  'sinkInts = append(roomy, 1)',
  'var xs []int; xs = append(xs, number); lookAtInts(xs)',
  'sinkInts = make([]int, three)',
  'sinkInts = make([]int, 0, three)',
  'lookAtInts(make([]int, three))',
  'lookAtInts(make([]int, hundred))',
  'lookAtInts(make([]int, 100))',
  'n := 100; lookAtInts(make([]int, n))',
  'sinkMap = map[string]int{}',
  'sinkMap = map[string]int{text: 1}',
  'sinkMap = make(map[string]int)',
  'sinkMap = make(map[string]int, 100)',
  'm := make(map[string]int); sinkNumber = len(m)',
  'm := make(map[string]int, 100); sinkNumber = len(m)',
  'm := make(map[string]int, hundred); sinkNumber = len(m)',
  'm := map[string]int{}; sinkNumber = len(m)',
  'sinkPoint = &counter{number}',
  'p := &counter{number}; sinkNumber = p.n',
  'p := new(counter); sinkNumber = p.n',
  'p := new(number); sinkNumber = *p',
  'sink = new(number)',
  'sinkPoint = newCounter(number)',
  'sinkPoint = wrap(number)',
  'sinkNumber = wrap(number).n',
  'sink = boxed(number)',
  'sink = boxedConstant()',
  'sinkError = errors.New("text")',
  'xs := []int{1, 2, 3}; lookAtInts(xs)',
  'sink = &[]int{}',
  'sink = []*counter{{1}, {2}}',
];

function bodiesOfType(type: string, i: number): string[] {
  const values = `values${i}`;
  return [
    `sink = value${i}`,
    `x := value${i}; sink = x`,
    `p := new(${type}); *p = value${i}; sink = p`,
    `x := value${i}; sink = &x`,
    `lookAt(value${i})`,
    `${values} = []${type}{}`,
    `${values} = []${type}{value${i}}`,
    `${values} = []${type}{value${i}, value${i}, value${i}}`,
    `${values} = make([]${type}, 0)`,
    `${values} = make([]${type}, 3)`,
    `${values} = make([]${type}, three)`,
    `${values} = append(${values}[:0:0], value${i})`,
    `x := value${i}; sinkFunc = func() { value${i} = x }`,
  ];
}

const TYPE_NAMES = Object.keys(TYPES);
const ALL_BODIES = [...BODIES, ...TYPE_NAMES.flatMap(bodiesOfType)];

function source(): string {
  const variables = Object.entries(TYPES).map(([type, value], i) => `var value${i} ${type} = ${value}\nvar values${i} []${type}\n`);
  const functions = ALL_BODIES.map((body, i) => `//go:noinline\nfunc case${i}() { ${body} }\n`);
  return [HEAD, ...variables, ...functions].join('\n');
}

const RUNS = 100;
const MAIN = `package main

import (
	"fmt"
	"runtime"
	"testing"
)

func main() {
	for _, f := range cases {
		// The runtime allocates now and then, too: the smallest of several is ours.
		fmt.Println(testing.AllocsPerRun(${RUNS}, f), min(bytesPerRun(f), bytesPerRun(f), bytesPerRun(f)))
	}
}

func bytesPerRun(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < ${RUNS}; i++ {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.TotalAlloc - before.TotalAlloc) / ${RUNS}
}

var cases = []func(){
${ALL_BODIES.map((_, i) => `\tcase${i},`).join('\n')}
}
`;

interface Measured {
  readonly count: number;
  readonly bytes: number;
}

function run(directory: string): Measured[] {
  writeText(directory, 'go.mod', 'module example.com/m\n\ngo 1.26\n');
  writeText(directory, 'cases.go', source());
  writeText(directory, 'main.go', MAIN);
  const environment = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };
  const printed = execFileSync('go', ['run', '.'], { cwd: directory, env: environment, encoding: 'utf8' });
  return printed
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number))
    .map(([count, bytes]) => ({ count, bytes }));
}

/** Maps are made of several objects, of which the site speaks as one. */
const OBJECTS_OF_A_MAP = 4;

function isMap(site: EscapeSite): boolean {
  return (
    textOf(site.file.tree, site.node).includes('map[') || (site.kind === 'composite' && textOf(site.file.tree, site.node).includes(': 1'))
  );
}

function sitesOf(sites: readonly EscapeSite[]): ReadonlyMap<string, readonly EscapeSite[]> {
  const byFunction = new Map<string, EscapeSite[]>();
  for (const site of sites) {
    const { tree } = site.file;
    for (let at = site.node; at > 0; at = tree.parent[at]) {
      if (tree.kind[at] !== Kind.function_declaration) continue;
      const name = textOf(tree, go.functionDeclaration.name(tree, at));
      byFunction.set(name, [...(byFunction.get(name) ?? []), site]);
    }
  }
  return byFunction;
}

/** A complaint, or nothing. */
function judge(body: string, sites: readonly EscapeSite[], { count, bytes }: Measured): string[] {
  const always = sites.filter((site) => site.cost.allocates === 'always');
  const most = sites.filter((site) => site.cost.allocates !== 'never').reduce((sum, site) => sum + (isMap(site) ? OBJECTS_OF_A_MAP : 1), 0);
  const said = sites.map((site) => `${site.kind} ${site.gcSays} ${site.cost.allocates} ${site.cost.bytes ?? '?'}`).join(', ');
  if (count < always.length || count > most) return [`${body}: ${count} allocations, but said ${said}`];
  const known = always.map((site) => site.cost.bytes);
  const expected = known.reduce((sum: number, size) => sum + (size ?? Number.NaN), 0);
  if (always.length !== most || always.length === 0 || Number.isNaN(expected) || expected < 16) return [];
  return expected <= bytes && bytes <= expected * 1.25 + 16 * always.length ? [] : [`${body}: ${bytes} bytes, but said ${said}`];
}

describe.skipIf(!hasGo)(`what sites cost${unlessGo}`, () => {
  const directory = mkdtempSync(join(tmpdir(), 'escapement-costs-'));
  beforeAll(loadTestGrammar);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it(
    'is what programs allocate',
    () => {
      const measured = run(directory);
      const byFunction = sitesOf(analysed(source()).sites);
      expect(measured).toHaveLength(ALL_BODIES.length);
      expect(ALL_BODIES.flatMap((body, i) => judge(body, byFunction.get(`case${i}`) ?? [], measured[i]))).toEqual([]);
    },
    COMPILE_TIMEOUT,
  );

  it('has sites of every kind that allocate and that do not', () => {
    const { sites } = analysed(source());
    const kinds = (isFree: boolean) => [
      ...new Set(sites.filter(({ cost }) => (cost.allocates === 'never') === isFree).map(({ kind }) => kind)),
    ];
    expect(kinds(false).sort()).toEqual(
      ['append', 'closure', 'composite', 'concat', 'conversion', 'interface', 'make', 'method-value', 'moved', 'new', 'variadic'].sort(),
    );
    expect(kinds(true)).toEqual(
      expect.arrayContaining(['composite', 'new', 'make', 'moved', 'closure', 'interface', 'variadic', 'conversion']),
    );
  });
});
