/**
 * Safe fixes of the growth rules change nothing that a program can see: a cross of ways to begin, to loop and to go on is
 * fixed, and Go runs both versions on the same inputs. Values, nil-ness and panics must be printed alike. Also the options.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { createSession, type Finding } from '../../src/review/index.ts';
import { appendLoop } from '../../src/rules/append-loop/rule.ts';
import { mapGrowth } from '../../src/rules/map-growth/rule.ts';
import { sliceGrowth } from '../../src/rules/slice-growth/rule.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { fixOnce, settingsFor } from './fixtures.ts';

beforeAll(loadTestGrammar);

const RULES = [sliceGrowth, mapGrowth, appendLoop];
const ENVIRONMENT = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off' };
const hasGo = spawnSync('go', ['version']).status === 0;

const scratch = mkdtempSync(join(tmpdir(), 'escapement-growth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Ways for `s []int` to begin empty; the last is a named result. */
const STARTS = ['var s []int', 's := []int{}', 's := make([]int, 0)', 'var s []int = nil', 's, k := []int{}, 0\n\tk++', 's = nil', ''];

/** Loops that append to s; `v(x)` panics on some values. */
const LOOPS = [
  'for _, x := range in.xs {\n\t\ts = append(s, v(x))\n\t}',
  'for i := range in.xs {\n\t\ts = append(s, v(i), in.xs[i])\n\t}',
  'for _, x := range in.four {\n\t\ts = append(s, x, v(x))\n\t}',
  'for _, x := range &in.four {\n\t\ts = append(s, x+1)\n\t\ts = append(s, v(x))\n\t}',
  'for range in.ages {\n\t\ts = append(s, 1)\n\t}',
  'for _, r := range in.text {\n\t\ts = append(s, v(int(r)))\n\t}',
  'for i := range in.n {\n\t\ts = append(s, v(i))\n\t}',
  'for i := 0; i < in.n; i++ {\n\t\ts = append(s, v(i))\n\t}',
  'for i := 2; i <= in.n; i += 3 {\n\t\ts = append(s, v(i))\n\t}',
  'for i := in.n; i > 1; i -= 2 {\n\t\ts = append(s, v(i))\n\t}',
  'for i := len(in.xs) - 1; i >= 0; i-- {\n\t\ts = append(s, in.xs[i])\n\t}',
  'for i := int8(0); int8(in.n) > i; i++ {\n\t\ts = append(s, v(int(i)))\n\t}',
  'for i, end := 0, len(in.xs); i < end; i++ {\n\t\ts = append(s, i)\n\t}',
  'for range in.xs {\n\t\tfor j := 0; j < in.n; j++ {\n\t\t\ts = append(s, v(j))\n\t\t}\n\t}',
  'for range 7 {\n\t\ts = append(s, v(in.n))\n\t}',
  'if in.n > 3 {\n\t\tfor _, x := range in.xs {\n\t\t\ts = append(s, v(x))\n\t\t}\n\t}',
  'for _, x := range in.xs {\n\t\ts = append(s, x)\n\t}',
  'for i := range in.four {\n\t\ts = append(s, in.four[i])\n\t}',
  'for _, x := range double(in.xs) {\n\t\ts = append(s, x)\n\t}',
];

/** What is seen of s in the end. */
const ENDS = [
  'return s',
  'return []int{len(s)}',
  's = append(s, 1)\n\ts = append(s, 2, 3)\n\treturn s',
  'if s == nil {\n\t\treturn []int{-1}\n\t}\n\treturn s',
];

const MAPS = [
  'm := make(map[int]int)\n\tfor i, x := range in.xs {\n\t\tm[i] = v(x)\n\t}\n\treturn m',
  'm := map[int]int{}\n\tfor i := in.n; i > 0; i-- {\n\t\tm[i] = v(i)\n\t\tm[-i] = i\n\t}\n\treturn m',
  'm := map[int]int{}\n\txs := double(in.xs)\n\tfor i := range xs {\n\t\tm[xs[i]] = i\n\t}\n\treturn m',
  'm := make(map[int]int)\n\tfor i := 0; i < in.n; i++ {\n\t\tfor j := 0; j < in.n-4; j++ {\n\t\t\tm[i*100+j] = i\n\t\t}\n\t}\n\treturn m',
];

function subjects(): string {
  const slices = STARTS.flatMap((start) =>
    LOOPS.flatMap((loop) => ENDS.map((end) => ({ start, body: `\t${[start, loop, end].filter(Boolean).join('\n\t')}` }))),
  );
  const functions = [
    ...slices.map(
      ({ start, body }, i) => `func f${i}(in input) ${start === '' || start === 's = nil' ? '(s []int)' : '[]int'} {\n${body}\n}`,
    ),
    ...MAPS.map((body, i) => `func m${i}(in input) map[int]int {\n\t${body}\n}`),
  ];
  const names = [...slices.map((_, i) => `f${i}`), ...MAPS.map((_, i) => `m${i}`)];
  const table = names.map((name) => `\tfunc(in input) any { return ${name}(in) },`).join('\n');
  return `package main\n\nvar subjects = []func(in input) any{\n${table}\n}\n\n${functions.join('\n\n')}\n`;
}

const DRIVER = `package main

import (
	"fmt"
	"math/rand"
)

type input struct {
	xs   []int
	four [4]int
	ages map[string]int
	text string
	n    int
}

func v(x int) int { return 100 / (x - 9) }

func double(xs []int) []int { return append(append([]int(nil), xs...), xs...) }

func run(subject func(input) any, in input) (result string) {
	defer func() {
		if r := recover(); r != nil {
			result = fmt.Sprint("panic: ", r)
		}
	}()
	return fmt.Sprintf("%#v", subject(in))
}

func main() {
	random := rand.New(rand.NewSource(1))
	for round := 0; round < 40; round++ {
		in := input{text: "aé世\\xff"[:random.Intn(8)], n: random.Intn(16) - 4, ages: map[string]int{}}
		if random.Intn(3) > 0 {
			in.xs = make([]int, random.Intn(12))
		}
		for i := range in.xs {
			in.xs[i] = random.Intn(40)
		}
		for i := range in.four {
			in.four[i] = random.Intn(20)
		}
		for i := 0; i < random.Intn(6); i++ {
			in.ages[fmt.Sprint(i)] = i
		}
		for i, subject := range subjects {
			fmt.Println(round, i, run(subject, in))
		}
	}
}
`;

describe.skipIf(!hasGo)(`safe fixes${hasGo ? '' : ' (skipped: there is no go command)'}`, () => {
  it('leave values, nil-ness and panics as they were', () => {
    const before = subjects();
    const { text, fixes } = fixed(before);
    expect(fixes, 'nearly every subject is fixed').toBeGreaterThan(450);
    expect(outputOf('after', text)).toBe(outputOf('before', before));
  }, 120_000);
});

/** The text after as many rounds of safe fixes as it takes. */
function fixed(source: string): { readonly text: string; readonly fixes: number } {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module m\n\ngo 1.26\n', '/m/driver.go': DRIVER }), undefined, RULES);
  session.configure(settingsFor(RULES));
  let text = source;
  let fixes = 0;
  for (;;) {
    const round = fixOnce(session, '/m/subjects.go', text, 'safe');
    if (round.applied.length === 0) return { text, fixes };
    fixes += round.applied.length;
    text = round.text;
  }
}

function outputOf(name: string, text: string): string {
  const folder = join(scratch, name);
  mkdirSync(folder);
  writeFileSync(join(folder, 'go.mod'), 'module m\n\ngo 1.26\n');
  writeFileSync(join(folder, 'driver.go'), DRIVER);
  writeFileSync(join(folder, 'subjects.go'), text);
  const { status, stdout, stderr } = spawnSync('go', ['run', '.'], { cwd: folder, env: ENVIRONMENT, encoding: 'utf8', maxBuffer: 1 << 28 });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

describe('options', () => {
  const source = `package p

func f(xs []int) []int {
	var s []int
	for _, x := range xs {
		if x > 0 {
			s = append(s, x+1)
		}
	}
	return s
}
`;

  it('upperBound reports appends that may be skipped, as suggestions', () => {
    expect(review('/m/x.go', source, {})).toEqual([]);
    const [finding] = review('/m/x.go', source, { upperBound: true });
    expect(finding.message).toContain('at most len(xs) elements');
    expect(finding.certainty).toBe('possible');
    expect(finding.fixes.map((fix) => fix.safety)).toEqual(['suggestion', 'suggestion']);
  });

  it('tests reports in test files', () => {
    const unconditional = source.replace('if x > 0', '');
    expect(review('/m/x_test.go', unconditional, {})).toEqual([]);
    expect(review('/m/x_test.go', unconditional, { tests: true })).toHaveLength(1);
  });
});

function review(path: string, text: string, options: Readonly<Record<string, unknown>>): readonly Finding[] {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module m\n\ngo 1.26\n', [path]: text }), undefined, RULES);
  session.configure({ ...settingsFor(RULES), ruleOptions: { 'slice-growth': options } });
  return session.review([path], neverCancelled).findings;
}
