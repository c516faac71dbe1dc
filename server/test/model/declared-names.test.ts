/** Whatever a parse finds declared is among the names that were read without one, in whole files and in broken ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { membersOfFile } from '../../src/model/scopes/symbols.ts';
import { declaredNames } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { goFilesBelow } from '../syntax/oracle/go-files.ts';
import { mutated, random } from '../syntax/oracle/mutations.ts';
import { sourceFile } from './packages.ts';

const FIXTURES = join(import.meta.dirname, '../../../test-fixtures');
const encoder = new TextEncoder();
const decoder = new TextDecoder();

beforeAll(loadTestGrammar);

/** Names that a parse finds and the outline lacks. */
function missing(text: string): string[] {
  const outline = declaredNames(encoder.encode(text));
  if (outline === undefined) return [];
  const { byName, methods } = membersOfFile(sourceFile('/x.go', text));
  return [
    ...[...byName.keys()].filter((name) => !outline.names.has(name)),
    ...methods.map(({ receiver }) => receiver).filter((receiver) => receiver !== '' && !outline.receivers.has(receiver)),
    ...methods.map(({ name }) => name).filter((name) => !outline.methods.has(name)),
  ];
}

describe('declared names', () => {
  it('are read outside brackets only', () => {
    const text = `package p
import "fmt"
const ( a, b = iota, "x"; c = '"' /* d
*/ d )
var e, f = func(x int) { type inner int }, \` type raw int
\`
type G[T any] struct { field int }
type ( H = G[int]; I interface { M() } )
func (g *G[T]) method() { var local int }
func J(parameter string) error { return nil }
`;
    const outline = declaredNames(encoder.encode(text));
    expect([...(outline?.names ?? [])].filter((name) => name !== 'fmt')).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'G', 'H', 'I', 'J']);
    expect([...(outline?.receivers ?? [])]).toEqual(expect.arrayContaining(['G']));
    expect([...(outline?.methods ?? [])]).toEqual(['method']);
    expect([...(outline?.aliases ?? [])]).toEqual(expect.arrayContaining(['H']));
    expect(missing(text)).toEqual([]);
  });

  it.each(['func f() {', 'var x = "', 'var x = `', '/*', 'func f() {\nfunc g() {}\n}', 'func f() {}}', '/*\nfunc f() {}\n*/'])(
    'are unknown in %j',
    (text) => {
      expect(declaredNames(encoder.encode(`package p\n${text}\n`))).toBeUndefined();
    },
  );

  it('are all that a parse finds, whatever an edit breaks', () => {
    const next = random(11);
    const texts = goFilesBelow(FIXTURES).map((path) => readFileSync(path, 'utf8'));
    expect(texts.length).toBeGreaterThan(20);
    for (const text of texts) {
      expect(missing(text)).toEqual([]);
      for (let i = 0; i < 20; i++) {
        const broken = decoder.decode(mutated(encoder.encode(text), next));
        expect(missing(broken), broken).toEqual([]);
      }
    }
  });
});
