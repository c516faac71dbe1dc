/**
 * Two judges over the Go toolchain's own sources and tests, and over seeded edits of them: tree-sitter says what the tree is,
 * gofmt what is Go. Where we and tree-sitter disagree on whether a text is Go, gofmt has to be on our side.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Flag, parse, type Tree } from '../../src/syntax/index.ts';
import { hasGo, unlessGo } from '../support/go.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { INVALID_LITERALS, VALID_LITERALS } from './literal-samples.ts';
import { difference } from './oracle/differences.ts';
import { goFilesBelow } from './oracle/go-files.ts';
import { mutated, random } from './oracle/mutations.ts';
import { loadTreeSitter, parseWithTreeSitter } from './oracle/tree-sitter.ts';

const MINUTES = 60_000;

/**
 * Files of GOROOT/test that gofmt accepts and neither the grammar nor we do, each with what it holds. Most are there because
 * the compiler must refuse them; none of it is written by people.
 */
const BEYOND_THE_GRAMMAR: Readonly<Record<string, string>> = {
  'const2.go': 'a constant with a type and no value',
  'ddd1.go': 'make(T, n...)',
  'fixedbugs/bug002.go': 'an empty statement before a condition',
  'fixedbugs/bug003.go': 'an empty statement before a condition',
  'fixedbugs/bug004.go': 'an empty statement before a condition',
  'fixedbugs/bug280.go': '[...]T outside a literal',
  'fixedbugs/bug287.go': '[...]T outside a literal',
  'fixedbugs/bug340.go': 'a value as case of a type switch, and x.(type) elsewhere',
  'fixedbugs/bug358.go': 'a type as a value',
  'fixedbugs/issue11614.go': 'a type as a value',
  'fixedbugs/issue15055.go': 'a conversion of several values',
  'fixedbugs/issue16428.go': '[...]T outside a literal',
  'fixedbugs/issue20233.go': 'a type as a value',
  'fixedbugs/issue20245.go': 'a type as a value',
  'fixedbugs/issue24470.go': 'x.(type) elsewhere',
  'fixedbugs/issue38125.go': 'a method of a type literal',
  'fixedbugs/issue4452.go': '[...]T outside a literal',
  'fixedbugs/issue4470.go': 'x.(type) elsewhere',
  'fixedbugs/issue52278.go': 'a label before an empty labelled statement',
  'fixedbugs/issue70175.go': 'a label before an empty labelled statement',
  'method4.dir/prog.go': 'a method of a type literal',
  'method7.go': 'a method of a type literal',
  'typeparam/issue51521.go': 'a method of a type literal',
};

const root = hasGo ? spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).stdout.trim() : '';
const directory = mkdtempSync(join(tmpdir(), 'escapement-oracle-'));

beforeAll(async () => {
  await loadTestGrammar();
  await loadTreeSitter();
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Verdicts {
  readonly path: string;
  readonly ours: boolean;
  readonly treeSitter: boolean;
  readonly gofmt: boolean;
  /** Class of the first difference of the trees, where both accept. */
  readonly difference: string;
}

function isSound(tree: Tree): boolean {
  return !tree.flags.some((flags) => (flags & Flag.error) !== 0);
}

function judge(paths: readonly string[]): Verdicts[] {
  const refused = refusedByGofmt(paths);
  return paths.map((path) => {
    const source = new Uint8Array(readFileSync(path));
    const { tree, problems } = parse(source);
    const theirs = parseWithTreeSitter(source);
    const verdicts = { ours: problems.length === 0, treeSitter: isSound(theirs), gofmt: !refused.has(path) };
    return { path, ...verdicts, difference: verdicts.ours && verdicts.treeSitter ? difference(tree, theirs) : 'none' };
  });
}

function refusedByGofmt(paths: readonly string[]): Set<string> {
  const refused = new Set<string>();
  for (let i = 0; i < paths.length; i += 500) {
    const { stderr } = spawnSync('gofmt', ['-e', '-l', ...paths.slice(i, i + 500)], { encoding: 'utf8', maxBuffer: 1 << 28 });
    for (const line of stderr.split('\n')) refused.add(line.replace(/:\d+:\d+: .*$/, ''));
  }
  return refused;
}

/** gofmt reports such files under names that they give themselves. */
function renamesLines(path: string): boolean {
  return readFileSync(path, 'latin1').includes('//line ');
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function expectGofmtOnOurSide(verdicts: readonly Verdicts[]): void {
  const lone = verdicts.filter((v) => v.ours !== v.treeSitter && v.ours !== v.gofmt);
  expect(lone.map((v) => v.path)).toEqual([]);
}

describe.skipIf(!hasGo)(`the Go toolchain's sources${unlessGo}`, () => {
  it(
    'are all Go, with the trees of tree-sitter but for the listed classes',
    () => {
      const verdicts = judge(goFilesBelow(join(root, 'src'), (name) => name !== 'testdata'));
      expect(verdicts.length).toBeGreaterThan(4000);
      expect(verdicts.filter((v) => !v.ours).map((v) => v.path)).toEqual([]);
      expectGofmtOnOurSide(verdicts);
      const differences = counted(verdicts.map((v) => v.difference));
      console.log('sources', verdicts.length, differences);
      expect(Object.keys(differences).filter((name) => name.startsWith('byte'))).toEqual([]);
    },
    10 * MINUTES,
  );
});

describe.skipIf(!hasGo)(`the Go toolchain's tests${unlessGo}`, () => {
  it(
    'are accepted and refused as gofmt does, but for the listed ones',
    () => {
      const tests = join(root, 'test');
      const verdicts = judge(goFilesBelow(tests).filter((path) => !renamesLines(path)));
      expect(verdicts.length).toBeGreaterThan(2000);
      expectGofmtOnOurSide(verdicts);
      const tooStrict = verdicts.filter((v) => !v.ours && v.gofmt).map((v) => relative(tests, v.path).replaceAll('\\', '/'));
      expect(tooStrict.filter((path) => !(path in BEYOND_THE_GRAMMAR))).toEqual([]);
      const tooLoose = verdicts.filter((v) => v.ours && !v.gofmt);
      console.log('tests', verdicts.length, counted(verdicts.map((v) => v.difference)), {
        tooStrict: tooStrict.length,
        tooLoose: tooLoose.length,
      });
      expect(verdicts.filter((v) => v.difference.startsWith('byte')).map((v) => `${v.path} ${v.difference}`)).toEqual([]);
    },
    10 * MINUTES,
  );
});

const EDITS = 4000;

describe.skipIf(!hasGo)(`edits of the Go toolchain's sources${unlessGo}`, () => {
  it(
    'are accepted and refused as tree-sitter does, or else as gofmt does',
    () => {
      const next = random(1009);
      const sources = goFilesBelow(join(root, 'src'), (name) => name !== 'testdata')
        .map((path) => new Uint8Array(readFileSync(path)))
        .filter((source) => source.length < 20_000);
      const paths = Array.from({ length: EDITS }, (_, i) => join(directory, `edit${i}.go`));
      for (const path of paths) writeFileSync(path, mutated(sources[Math.floor(next() * sources.length)], next));
      const verdicts = judge(paths);
      expectGofmtOnOurSide(verdicts);
      const tooStrict = verdicts.filter((v) => !v.ours && v.gofmt);
      const tooLoose = verdicts.filter((v) => v.ours && !v.gofmt);
      console.log('edits', EDITS, counted(verdicts.map((v) => v.difference)), { tooStrict: tooStrict.length, tooLoose: tooLoose.length });
      expect(tooStrict.length).toBeLessThan(EDITS / 200);
      expect(verdicts.filter((v) => v.difference.startsWith('byte')).map((v) => `${v.path} ${v.difference}`)).toEqual([]);
    },
    10 * MINUTES,
  );
});

describe.skipIf(!hasGo)(`the samples of literals${unlessGo}`, () => {
  it('are judged as gofmt does', () => {
    const samples = [...VALID_LITERALS, ...INVALID_LITERALS];
    const paths = samples.map((literal, i) => {
      const path = join(directory, `literal${i}.go`);
      writeFileSync(path, `package p\n\nvar x = ${literal}\n`);
      return path;
    });
    const refused = refusedByGofmt(paths);
    expect(samples.filter((_, i) => refused.has(paths[i]))).toEqual(INVALID_LITERALS);
  });
});
