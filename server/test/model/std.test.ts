/** The standard library's declarations: all of them are Go, and the list of names beside them is theirs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { isStandardLibrary } from '../../src/model/modules/std-packages.ts';
import { createStdFacts } from '../../src/model/types/std.ts';
import { textBetween } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../facts/std.go1.26.txt'), 'utf8');

beforeAll(loadTestGrammar);

describe('createStdFacts', () => {
  const facts = createStdFacts(TEXT);

  it('parses every package without an error', () => {
    const broken = facts.paths.filter((path) => facts.importPackage(path)?.files.some((file) => file.problems.length > 0) !== false);
    expect(broken).toEqual([]);
    expect(facts.paths.length).toBeGreaterThan(150);
  });

  it('names packages as their clauses do, and as the index lists them', () => {
    expect(facts.paths.filter((path) => facts.importPackage(path)?.name !== facts.packageName(path))).toEqual([]);
    expect(facts.paths.map((path) => `${path} ${facts.packageName(path)}`)).toEqual(TEXT.split('\n\n')[1].split('\n').sort());
  });

  it('holds what rules ask of it', () => {
    const context = facts.importPackage('context');
    expect(context).toMatchObject({ directory: 'std/context', importPath: 'context', name: 'context', module: undefined });
    const tree = context?.files[0].tree;
    expect(tree && textBetween(tree, 0, tree.source.length)).toContain('func WithCancel(parent Context) (ctx Context, cancel CancelFunc)');
    expect(facts.importPackage('context')).toBe(context);
  });

  it('knows no other package', () => {
    expect([facts.has('internal/abi'), facts.importPackage('example.com/x'), facts.packageName('C')]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect(createStdFacts('').paths).toEqual([]);
  });

  it('reads bytes and converted line ends alike', () => {
    const converted = createStdFacts(new TextEncoder().encode(TEXT.replaceAll('\n', '\r\n')));
    expect(converted.paths).toEqual(facts.paths);
    expect(converted.packageName('math/rand/v2')).toBe('rand');
  });

  it('agrees with isStandardLibrary', () => {
    expect(facts.paths.filter((path) => !isStandardLibrary(path))).toEqual([]);
    expect(['internal/abi', 'example.com/x', 'C', 'fixtures', ''].filter(isStandardLibrary)).toEqual([]);
  });
});
