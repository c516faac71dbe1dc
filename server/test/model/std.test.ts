/** The standard library's declarations: all of them are Go, and the list of names beside them is theirs. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { membersOf, NEWEST_GO, OLDEST_COMPILER, wordsBehind } from '../../src/model/index.ts';
import { isStandardLibrary } from '../../src/model/modules/std-packages.ts';
import { createStdFacts, createStdLibrary, type StdFacts } from '../../src/model/types/std.ts';
import { textBetween } from '../../src/syntax/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const FACTS = join(import.meta.dirname, '../../facts');
const TEXT = readFileSync(join(FACTS, `std.go1.${NEWEST_GO}.txt`), 'utf8');
const RELEASES = Array.from({ length: NEWEST_GO - OLDEST_COMPILER + 1 }, (_, i) => OLDEST_COMPILER + i);

beforeAll(loadTestGrammar);

describe.each(RELEASES)('facts of Go 1.%i', (release) => {
  const facts = loadTestLibrary().at(release);
  const head = readFileSync(join(FACTS, `std.go1.${release}.txt`), 'utf8').split('\n\n');

  it('parses every package without an error', () => {
    const broken = facts.paths.filter((path) => facts.importPackage(path)?.files.some((file) => file.problems.length > 0) !== false);
    expect(broken).toEqual([]);
    expect(facts.paths.length).toBeGreaterThan(150);
  });

  it('names packages as their clauses do, and as the index lists them', () => {
    expect(facts.paths.filter((path) => facts.importPackage(path)?.name !== facts.packageName(path))).toEqual([]);
    expect(facts.paths.map((path) => `${path} ${facts.packageName(path)}`)).toEqual(head[1].split('\n').sort());
    expect(head[0]).toContain(`go1.${release}.`);
  });

  it('holds what rules ask of it', () => {
    const context = facts.importPackage('context');
    expect(context).toMatchObject({ directory: 'std/context', importPath: 'context', name: 'context', module: undefined });
    expect(textOf(facts, 'context')).toContain('func WithCancel(parent Context) (ctx Context, cancel CancelFunc)');
    expect(facts.importPackage('context')).toBe(context);
  });

  it('knows no other package', () => {
    expect([facts.has('internal/abi'), facts.importPackage('example.com/x'), facts.packageName('C')]).toEqual([
      false,
      undefined,
      undefined,
    ]);
  });

  it('agrees with isStandardLibrary', () => {
    expect(facts.paths.filter((path) => !isStandardLibrary(path))).toEqual([]);
    expect(['internal/abi', 'example.com/x', 'C', 'fixtures', ''].filter(isStandardLibrary)).toEqual([]);
  });

  it('knows what never returns, and nothing that does', () => {
    const words = (path: string, name: string): readonly string[] => {
      const pkg = facts.importPackage(path);
      const [first, second] = name.split('.');
      const members = pkg && membersOf(pkg);
      const symbol = members?.symbols.get(first);
      const method = second === undefined ? undefined : members?.methods.get(first)?.get(second);
      if (method !== undefined) return wordsBehind(method.file, method.node);
      return symbol?.file === undefined ? [] : wordsBehind(symbol.file, symbol.file.tree.parent[symbol.declaration]);
    };
    const ends = [
      'os Exit',
      'syscall Exit',
      'runtime Goexit',
      'log Fatal',
      'log Logger.Panicf',
      'testing common.FailNow',
      'testing common.Skipf',
    ];
    expect(ends.filter((each) => !words(...pair(each)).includes('never'))).toEqual([]);
    const goOn = ['os Getpid', 'log Println', 'testing common.Error', 'hash/maphash WriteComparable', 'sort Sort', 'context WithCancel'];
    expect(goOn.filter((each) => words(...pair(each)).includes('never'))).toEqual([]);
  });
});

describe('createStdLibrary', () => {
  it('tells releases apart', () => {
    const library = loadTestLibrary();
    expect(textOf(library.at(24), 'sync')).not.toContain('func (wg *WaitGroup) Go(');
    expect(textOf(library.at(25), 'sync')).toContain('func (wg *WaitGroup) Go(');
    expect(RELEASES.map((release) => library.at(release).has('testing/synctest'))).toEqual([false, true, true]);
    expect(RELEASES.map((release) => library.at(release).has('testing/cryptotest'))).toEqual([false, false, true]);
    expect([library.at(21), library.at(99)]).toEqual([library.at(OLDEST_COMPILER), library.at(NEWEST_GO)]);
  });

  it('reads nothing before a standard package is asked about, and each release once', () => {
    const read: number[] = [];
    const library = createStdLibrary((release) => {
      read.push(release);
      return readFileSync(join(FACTS, `std.go1.${release}.txt`));
    });
    const facts = library.at(25);
    expect([facts.has('example.com/fmt'), facts.importPackage('github.com/a/b'), facts.packageName('m.io')]).toEqual([
      false,
      undefined,
      undefined,
    ]);
    expect(read).toEqual([]);
    expect([facts.packageName('fmt'), facts.has('strings'), library.at(25).has('os')]).toEqual(['fmt', true, true]);
    expect([...read].sort()).toEqual([25, 26]);
  });

  it('applies the edits of each release to the next newer one', () => {
    const texts: Record<number, string> = {
      26: '\n-- a --\npackage a\n\nfunc New()\nfunc Same()\n-- b --\npackage b\n',
      25: '\n-- a --\n=2\n-1\n+func Old()\n=1\n-- b --\n-1\n-- c --\n+package c\n',
    };
    const library = createStdLibrary((release) => texts[release]);
    expect(textOf(library.at(25), 'a')).toBe('package a\n\nfunc Old()\nfunc Same()\n');
    expect(textOf(library.at(24), 'a')).toBe(textOf(library.at(25), 'a'));
    expect([library.at(26).paths, library.at(25).paths, library.at(24).paths]).toEqual([
      ['a', 'b'],
      ['a', 'c'],
      ['a', 'c'],
    ]);
  });

  it('does without a text', () => {
    expect(createStdLibrary(() => undefined).at(25).paths).toEqual([]);
    expect(createStdFacts('').paths).toEqual([]);
  });

  it('reads bytes and converted line ends alike', () => {
    const converted = createStdFacts(new TextEncoder().encode(TEXT.replaceAll('\n', '\r\n')));
    expect(converted.paths).toEqual(loadTestLibrary().at(NEWEST_GO).paths);
    expect(converted.packageName('math/rand/v2')).toBe('rand');
  });
});

function pair(words: string): [string, string] {
  const [path, name] = words.split(' ');
  return [path, name];
}

function textOf(facts: StdFacts, path: string): string {
  const tree = facts.importPackage(path)?.files[0].tree;
  return tree === undefined ? '' : textBetween(tree, 0, tree.source.length);
}
