/**
 * The ecosystem proof sees what it is there to see: edits that break types, formatting or comments, tests that fail after
 * them, and the one file or fix to blame. On modules made for the purpose, with edits made by hand.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { blame } from '../../../scripts/ecosystem/blame.ts';
import { commentChanges, gofmtDrift, stateOf, worse } from '../../../scripts/ecosystem/checks.ts';
import { judgeAlone } from '../../../scripts/ecosystem/judge.ts';
import type { FixEdit, FoundFix } from '../../../scripts/ecosystem/product.ts';
import { changedTexts, ENVIRONMENT, type Subject, sourcesOf, writeTexts } from '../../../scripts/ecosystem/subject.ts';
import { dependents, regressions, runTests } from '../../../scripts/ecosystem/tests.ts';
import { hasGo, unlessGo } from '../support/go.ts';

const FILES = {
  'go.mod': 'module example.org/m\n\ngo 1.24\n',
  'a/a.go': 'package a\n\n// One is 1.\nfunc One() int { return 1 }\n',
  'a/a_test.go': 'package a\n\nimport "testing"\n\nfunc TestOne(t *testing.T) {\n\tif One() != 1 {\n\t\tt.Fatal()\n\t}\n}\n',
  'a/windows.go': '//go:build windows\n\npackage a\n\nfunc Path() string { return "C:" }\n',
  'a/nowhere.go': '//go:build nowhere\n\npackage a\n\nfunc Nowhere() string { return "" }\n',
  'b/b.go': 'package b\n\nimport "example.org/m/a"\n\nfunc Two() int { return a.One() + 1 }\n',
  'b/b_test.go': 'package b\n\nimport "testing"\n\nfunc TestTwo(t *testing.T) {\n\tif Two() != 2 {\n\t\tt.Fatal()\n\t}\n}\n',
  'c/c.go': 'package c\n\nfunc Three() int { return 3 }\n',
  'c/d.go': 'package c\n\nfunc Four() int { return Three() + 1 }\n',
};

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-proof-test-')));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeTexts({ folder }, new Map(Object.entries(FILES).map(([name, text]) => [name, Buffer.from(text)])));
const subject: Subject = {
  folder,
  path: 'example.org/m',
  version: 'v1.0.0',
  pattern: './...',
  environment: { ...ENVIRONMENT, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local' },
};
const before = sourcesOf(subject);

describe.skipIf(!hasGo)(`a proof${unlessGo}`, () => {
  it.each([
    ['holds', 'a/a.go', 'return 1', 'return 2', []],
    ['parse', 'a/a.go', 'return 1', 'return (1', ['parse']],
    ['types', 'a/a.go', 'return 1', 'return ""', ['types']],
    ['types', 'a/a_test.go', 'One() != 1', 'One() != ""', ['types']],
    ['types elsewhere in the package', 'c/c.go', 'Three() int', 'Three(_ int) int', ['types']],
    ['types on another system', 'a/windows.go', '"C:"', '1', ['types']],
    ['gofmt', 'b/b.go', 'a.One() + 1', 'a.One()  +1', ['gofmt']],
    ['comments', 'a/a.go', '// One is 1.\n', '', ['comments']],
  ])('of a fix by itself: %s, %s', async (_, file, old, text, steps) => {
    const [verdict] = await judgeAlone(subject, [fixOf(file, old, text)]);
    expect(verdict.built).toBe(true);
    expect(verdict.problems.map(({ step }) => step)).toEqual(steps);
  });

  it('does not claim to know what no compiler reads', async () => {
    const [verdict] = await judgeAlone(subject, [fixOf('a/nowhere.go', '""', '1')]);
    expect(verdict).toMatchObject({ built: false, problems: [] });
  });

  it('of all together names what is new to compiler, vet and gofmt, and comments', async () => {
    const state = await stateOf(subject, ['./...']);
    expect(state).toEqual({ build: [], vet: [] });
    const after = withEdits(fixOf('a/a.go', '// One is 1.\nfunc One() int { return 1 }', 'func One()  int { for { }; return 1 }'));
    const changed = changedTexts(before, after);
    writeTexts(subject, changed);
    expect(worse(state, await stateOf(subject, ['./...'])).map(({ step }) => step)).toEqual(['vet']);
    expect(await gofmtDrift(subject, before, changed)).toEqual([{ step: 'gofmt', says: 'a/a.go' }]);
    expect((await commentChanges(subject, before, changed)).map(({ says }) => says)).toEqual(['a/a.go: lost "// One is 1."']);
    writeTexts(subject, before);
  });

  it('of tests runs those that reach the change, and blames the fix', async () => {
    expect(await dependents(subject, ['./a'])).toEqual(['example.org/m/a', 'example.org/m/b']);
    const packages = ['example.org/m/a', 'example.org/m/b'];
    const first = await runTests(subject, packages, 2);
    const fixes = [fixOf('a/a.go', 'return 1', 'return 0'), fixOf('c/c.go', 'return 3', 'return 4')];
    const changed = changedTexts(before, withEdits(...fixes));
    writeTexts(subject, changed);
    const second = await runTests(subject, packages, 2);
    expect(regressions(first.results, second)).toEqual(['example.org/m/a.TestOne', 'example.org/m/b.TestTwo']);
    const isBroken = async (): Promise<boolean> =>
      (await runTests(subject, ['example.org/m/b'], 2)).results['example.org/m/b.TestTwo'] !== 'pass';
    expect(await blame(subject, before, changed, fixes, isBroken)).toEqual([fixes[0].id]);
    expect(changedTexts(before, sourcesOf(subject)).size).toBe(0);
  });
});

function fixOf(file: string, old: string, newText: string): FoundFix {
  const text = before.get(file)?.toString() ?? '';
  const start = text.indexOf(old);
  return { id: `test ${file} ${newText} safe 1`, rule: 'test', safety: 'safe', edits: [{ file, start, end: start + old.length, newText }] };
}

function withEdits(...fixes: readonly FoundFix[]): ReadonlyMap<string, Buffer> {
  const edited = ({ file, start, end, newText }: FixEdit): [string, Buffer] => {
    const text = before.get(file)?.toString() ?? '';
    return [file, Buffer.from(text.slice(0, start) + newText + text.slice(end))];
  };
  return new Map([...before, ...fixes.flatMap(({ edits }) => edits.map(edited))]);
}
