/** On our own Go files the tree is tree-sitter's, row by row; on the Go toolchain's sources a slow test asks the same. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse, type Tree } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { difference } from './oracle/differences.ts';
import { goFilesBelow } from './oracle/go-files.ts';
import { mutated, random } from './oracle/mutations.ts';
import { loadTreeSitter, parseWithTreeSitter } from './oracle/tree-sitter.ts';
import { expectWellFormed } from './well-formed.ts';

const FIXTURES = join(import.meta.dirname, '../../../test-fixtures');
const sources = goFilesBelow(FIXTURES).map((path) => ({ path, source: new Uint8Array(readFileSync(path)) }));

beforeAll(async () => {
  await loadTestGrammar();
  await loadTreeSitter();
});

describe('the tree', () => {
  it("is tree-sitter's, but for the listed classes", () => {
    expect(sources.length).toBeGreaterThan(20);
    for (const { path, source } of sources) {
      const { tree, problems } = parse(source);
      if (problems.length === 0) expect(difference(tree, parseWithTreeSitter(source)), path).not.toMatch(/^byte/);
    }
  });

  it('is the same whatever was parsed before', () => {
    const [first] = sources;
    const before = parse(first.source).tree;
    for (const { source } of sources) parse(source);
    expect(parse(first.source).tree).toEqual(before);
  });
});

const MUTATIONS = 5000;
/** A thousand times what a fixture takes: a hang, not a slow machine. */
const HANG_MS = 2000;

/** Of three attempts one has to be quick: CPU time counts the threads beside this one, too. Throws when none is. */
function parsedWithoutDelay(text: Uint8Array, name: string): Tree {
  const costs: number[] = [];
  for (let attempt = 0; attempt < 3; attempt++) {
    const begun = process.cpuUsage();
    const { tree } = parse(text);
    const { user, system } = process.cpuUsage(begun);
    costs.push((user + system) / 1000);
    if (costs[attempt] <= HANG_MS) return tree;
  }
  throw new Error(`${name} took ${costs.join(', ')} ms of CPU`);
}

it(`is well-formed after ${MUTATIONS} seeded mutations, each of them parsed without delay`, () => {
  const next = random(20261121);
  for (let i = 0; i < MUTATIONS; i++) {
    const { source } = sources[Math.floor(next() * sources.length)];
    const text = mutated(source, next);
    expectWellFormed(parsedWithoutDelay(text, `mutation ${i}`));
  }
});

const around = (text: string): Uint8Array => new TextEncoder().encode(`package p\n\nfunc before() {}\n\n${text}\n\nfunc after() {}\n`);

it.each([
  ['open brackets', `var x = ${'('.repeat(100_000)}`],
  ['closed brackets', `var x = ${'('.repeat(50_000)}1${')'.repeat(50_000)}`],
  ['blocks', `func f() {${'{'.repeat(50_000)}${'}'.repeat(50_000)}}`],
  ['open blocks', `func f() {${'{'.repeat(100_000)}`],
  ['function literals', `func f() {${'func() {'.repeat(20_000)}`],
  ['operators', `var x = 1${' + 1'.repeat(100_000)}`],
  ['unary operators', `var x = ${'-'.repeat(100_000).replaceAll('--', '- ')}1`],
  ['index expressions', `var x = a${'[a'.repeat(20_000)}${']'.repeat(20_000)}`],
  ['types', `var x ${'[]'.repeat(100_000)}int`],
  ['open strings', '"\n'.repeat(20_000)],
  ['backquotes', '`\nfunc f() {\n'.repeat(2_001)],
  ['broken functions', 'func f() { x := }\n'.repeat(5_000)],
  ['unclosed functions', 'func f() {\n'.repeat(5_000)],
  ['comments', '// a\n'.repeat(100_000)],
  ['else-ifs', `func f() { if a {}${' else if b {}'.repeat(20_000)} }`],
])('takes 100,000 %s', (_, text) => {
  expectWellFormed(parsedWithoutDelay(around(text), 'this'));
});
