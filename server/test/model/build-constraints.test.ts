/** Build constraints: the grammar of both spellings, file names, tags, and the search for a target that takes a file in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Constraint,
  evaluate,
  impliedGoVersion,
  parseGoBuildLine,
  parsePlusBuildLine,
  tagsOf,
} from '../../src/model/modules/build-constraints.ts';
import { fileNameConstraint, hasTag, includes, satisfyingTags, tagSetOf } from '../../src/model/modules/target.ts';

const LINUX = tagSetOf({ goos: 'linux', goarch: 'amd64', tags: ['custom'], go: undefined });
const TAGS = ['linux', 'windows', 'amd64', 'custom', 'x.y', 'go1.18'];

/** A constraint as text with superfluous parentheses and blanks, and what it means, worked out by JavaScript's own parser. */
const expressions = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(...TAGS),
    fc.tuple(tie('expression'), fc.constantFrom('&&', '||', ' && ', '\t||  '), tie('expression')).map((parts) => parts.join('')),
    tie('expression').map((inner) => `( ${inner})`),
    tie('expression').map((inner) => `!(${inner})`),
    fc.constantFrom(...TAGS).map((tag) => `!${tag}`),
  ),
})).expression;

function bruteForce(expression: string, set: ReadonlySet<string>): boolean {
  const script = expression.replace(/[\w.]+/g, (tag) => String(set.has(tag)));
  return Boolean(new Function(`return ${script}`)());
}

describe('parseGoBuildLine', () => {
  it('agrees with a brute-force reading on every assignment of tags', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const parsed = parseGoBuildLine(`//go:build ${expression}`);
        for (let mask = 0; mask < 1 << TAGS.length; mask++) {
          const set = new Set(TAGS.filter((_, i) => (mask & (1 << i)) !== 0));
          expect(parsed && evaluate(parsed, (tag) => set.has(tag))).toBe(bruteForce(expression, set));
        }
      }),
      { numRuns: 200 },
    );
  });

  it.each(['', '!', '!!a', 'a b', 'a &', 'a & b', 'a &&', '(a', 'a)', '()', 'a || && b', 'a-b', '!(', 'a,b'])(
    'refuses %j',
    (expression) => {
      expect(parseGoBuildLine(`//go:build ${expression}`)).toBeUndefined();
    },
  );

  it('takes a line for what it is', () => {
    expect(parseGoBuildLine('//go:build\tlinux\r')).toEqual({ kind: 'tag', tag: 'linux' });
    expect(parseGoBuildLine('//go:buildlinux')).toBeUndefined();
    expect(parseGoBuildLine('// go:build linux')).toBeUndefined();
  });

  it('bounds the size of an expression as Go does', () => {
    const operands = (count: number): string => `//go:build ${Array<string>(count).fill('a').join(' || ')}`;
    expect(parseGoBuildLine(operands(1000))).toBeDefined();
    expect(parseGoBuildLine(operands(1001))).toBeUndefined();
    expect(parseGoBuildLine(`//go:build ${'('.repeat(100_000)}a`)).toBeUndefined();
  });
});

describe('parsePlusBuildLine', () => {
  it.each([
    ['// +build a b', 'a || b'],
    ['//+build a,!b c', '(a && !b) || c'],
    ['// +build', 'ignore'],
    ['// +build !!a', 'ignore'],
    ['// +build a-b,c', 'ignore && c'],
  ])('%s', (line, same) => {
    expect(parsePlusBuildLine(line)).toEqual(parseGoBuildLine(`//go:build ${same}`));
  });

  it.each(['// +builda', '// build a', 'x // +build a'])('is not %s', (line) => {
    expect(parsePlusBuildLine(line)).toBeUndefined();
  });
});

describe('impliedGoVersion', () => {
  it.each([
    ['go1.21', 21],
    ['go1.18 && go1.21', 21],
    ['go1.18 || go1.21', 18],
    ['go1.18 || linux', undefined],
    ['go1.18 && linux', 18],
    ['!go1.18', undefined],
    ['!(linux || !go1.20)', 20],
    ['go1', 0],
    ['linux', undefined],
  ])('%s', (expression, minor) => {
    expect(impliedGoVersion(parsed(expression))).toBe(minor);
  });
});

describe('fileNameConstraint', () => {
  it.each([
    ['a_linux.go', ['linux']],
    ['a_amd64_test.go', ['amd64']],
    ['a_windows_arm64.go', ['windows', 'arm64']],
    ['a_b_windows_arm64_test.go', ['windows', 'arm64']],
    ['linux.go', []],
    ['linux_test.go', []],
    ['_linux.go', ['linux']],
    ['a_unix.go', []],
    ['a_amd64_linux.go', ['linux']],
    ['a_linux.gen.go', ['linux']],
    ['a_linux_x.go', []],
    ['a_nacl.go', ['nacl']],
  ])('%s', (name, tags) => {
    const constraint = fileNameConstraint(name);
    expect(constraint === undefined ? [] : tagsOf(constraint)).toEqual(tags);
  });
});

describe('hasTag', () => {
  it('knows platform, compiler, releases and tools', () => {
    const on = ['linux', 'amd64', 'unix', 'gc', 'go1.1', 'go1.26', 'custom', 'amd64.v1', 'goexperiment.regabiargs'];
    const off = ['windows', 'arm64', 'cgo', 'gccgo', 'go1.27', 'go1', 'ignore', 'race', 'arm64.v8.0'];
    expect(on.filter((tag) => !hasTag(LINUX, tag))).toEqual([]);
    expect(off.filter((tag) => hasTag(LINUX, tag))).toEqual([]);
  });

  it.each([
    ['android', 'linux'],
    ['ios', 'darwin'],
    ['illumos', 'solaris'],
  ])('%s is also %s', (goos, other) => {
    expect(hasTag(tagSetOf({ goos, goarch: 'arm64', tags: [], go: 21 }), other)).toBe(true);
  });

  it('ends the releases at the version asked for', () => {
    const tags = tagSetOf({ goos: 'linux', goarch: 'amd64', tags: [], go: 21 });
    expect([hasTag(tags, 'go1.21'), hasTag(tags, 'go1.22')]).toEqual([true, false]);
  });
});

describe('satisfyingTags', () => {
  it.each([
    ['windows', 'windows amd64 26 custom'],
    ['!unix', 'windows amd64 26 custom'],
    ['arm64', 'linux arm64 26 custom'],
    ['windows && 386', 'windows 386 26 custom'],
    ['!linux && !windows', 'darwin amd64 26 custom'],
    ['integration', 'linux amd64 26 custom integration'],
    ['!custom', 'linux amd64 26 !custom'],
    ['linux && cgo && !go1.26', 'linux amd64 26 cgo custom !go1.26'],
    ['linux', 'linux amd64 26 custom'],
  ])('%s', (expression, key) => {
    expect(satisfyingTags(parsed(expression), LINUX)?.key).toBe(key);
  });

  it('finds none for a contradiction', () => {
    expect(satisfyingTags(parsed('a && !a'), LINUX)).toBeUndefined();
  });

  it('what it finds satisfies', () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        const constraint = parsed(expression);
        const tags = satisfyingTags(constraint, LINUX);
        expect(tags === undefined || includes(tags, constraint)).toBe(true);
      }),
    );
  });
});

function parsed(expression: string): Constraint {
  const constraint = parseGoBuildLine(`//go:build ${expression}`);
  if (constraint === undefined) throw new Error(`not a constraint: ${expression}`);
  return constraint;
}
