/** Names of imports: written, known or guessed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { guessPackageName, importsOf } from '../../src/model/scopes/imports.ts';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

describe('importsOf', () => {
  it('tells the kinds apart and asks for names', () => {
    const { tree } = parse(
      new TextEncoder().encode('package p\nimport "fmt"\nimport (\n\tx "a/b"\n\t. "c"\n\t_ "d"\n\t"e/go-e"\n\t``\n)\n'),
    );
    const imports = importsOf(tree, (path) => (path === 'fmt' ? 'format' : undefined));
    expect(imports.map(({ name, path, kind }) => [name, path, kind])).toEqual([
      ['format', 'fmt', 'named'],
      ['x', 'a/b', 'alias'],
      ['', 'c', 'dot'],
      ['', 'd', 'blank'],
      ['e', 'e/go-e', 'named'],
    ]);
  });
});

describe('guessPackageName', () => {
  it.each([
    ['fmt', 'fmt'],
    ['net/http', 'http'],
    ['math/rand/v2', 'rand'],
    ['github.com/go-chi/chi/v5', 'chi'],
    ['gopkg.in/yaml.v3', 'yaml'],
    ['github.com/mattn/go-sqlite3', 'sqlite3'],
    ['github.com/nats-io/nats.go', 'nats'],
    ['k8s.io/client-go', 'client'],
    ['v2', 'v2'],
    ['', ''],
  ])('%s', (path, name) => {
    expect(guessPackageName(path)).toBe(name);
  });
});
