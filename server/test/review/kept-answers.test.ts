/** What is kept from one run to the next: whatever changes in between, the answers are those of a run that kept nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/base/index.ts';
import { createStore } from '../../src/node/store.ts';
import { createSession, type EscapeRecord } from '../../src/review/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { keptFiles } from '../support/kept-files.ts';

type Files = Readonly<Record<string, string>>;

const MODULE: Files = {
  '/m/go.mod': 'module m\n\ngo 1.26\n',
  '/m/a.go': 'package m\n\nimport "m/b"\n\nfunc F() int { p := new(int); b.Keep(p); return *p }\n',
  '/m/a_test.go': 'package m\n\nimport "m/testing"\n\nvar _ = testing.T\n',
  '/m/testing/t.go': 'package testing\n\nimport "m/d"\n\nconst T = d.D\n',
  '/m/d/d.go': 'package d\n\nimport _ "m"\n\nconst D = 1\n',
  '/m/b/b.go': 'package b\n\nimport "m/c"\n\nfunc Keep(p *int) { c.Keep(p) }\n',
  '/m/c/c.go': 'package c\n\nvar kept *int\n\nfunc Keep(p *int) { kept = p }\n',
  '/m/c/c_windows.go': 'package c\n\nconst W = 1\n',
  '/m/b/b_test.go': 'package b\n\nimport _ "m/e"\n',
  '/m/e/e.go': 'package e\n\nfunc New() *int { return new(int) }\n',
};

let directory: string;

beforeAll(loadTestGrammar);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'escapement-kept-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function escapes(files: Files, store: Store | undefined, path = '/m/a.go'): readonly EscapeRecord[] {
  return createSession(memoryFiles(files), loadTestLibrary(), undefined, { store }).escapes(path);
}

function openStore(): Store {
  return createStore({ directory, build: () => 'one' });
}

function entries(): number {
  return keptFiles(directory).length;
}

describe('answers that are kept', () => {
  it('come out as they went in, once for each file', () => {
    const made = escapes(MODULE, undefined);
    expect(made.some((record) => record.kind === 'new' && record.verdict === 'heap')).toBe(true);
    for (let run = 0; run < 3; run++) expect(JSON.stringify(escapes(MODULE, openStore()))).toBe(JSON.stringify(made));
    expect(entries()).toBe(1);
    escapes(MODULE, openStore(), '/m/b/b.go');
    expect(entries()).toBe(2);
  });

  it.each<[string, Files]>([
    ['the file', { '/m/a.go': MODULE['/m/a.go'].replace('b.Keep(p)', '_ = b.Keep') }],
    ['a file beside it', { '/m/more.go': 'package m\n\nvar more = 1\n' }],
    ['its tests', { '/m/a_test.go': 'package m\n' }],
    ['a package that it imports', { '/m/b/b.go': 'package b\n\nfunc Keep(p *int) {}\n' }],
    ['a package behind that', { '/m/c/c.go': 'package c\n\nfunc Keep(p *int) {}\n' }],
    ['tests of a package that it imports', { '/m/b/b_test.go': 'package b\n' }],
    ['what its tests import', { '/m/d/d.go': 'package d\n\nconst D = 2\n' }],
    ['files for another system', { '/m/c/c_windows.go': 'package c\n\nconst W = 2\n' }],
    ['the language', { '/m/go.mod': 'module m\n\ngo 1.21\n' }],
    ['where an import leads', { '/m/go.mod': 'module m\n\ngo 1.26\n\nreplace m/b => ./e\n', '/m/b/b.go': '' }],
  ])('are made anew when %s changes', (_, change) => {
    const changed = { ...MODULE, ...change };
    escapes(MODULE, openStore());
    expect(escapes(changed, openStore())).toEqual(JSON.parse(JSON.stringify(escapes(changed, undefined))));
    expect(entries()).toBe(2);
  });

  it('are not made anew when another package changes, although tests of an imported one import it', () => {
    escapes(MODULE, openStore());
    escapes({ ...MODULE, '/m/e/e.go': 'package e\n' }, openStore());
    expect(entries()).toBe(1);
  });

  it('of outer tests are made anew when something changes that inner tests import', () => {
    const files: Files = {
      ...MODULE,
      '/m/b/export_test.go': 'package b\n\nimport "m/e"\n\nvar New = e.New\n',
      '/m/b/outer_test.go': 'package b_test\n\nimport "m/b"\n\nfunc F() int { return *b.New() }\n',
    };
    escapes(files, openStore(), '/m/b/outer_test.go');
    escapes({ ...files, '/m/e/e.go': 'package e\n\nfunc New() *int { return nil }\n' }, openStore(), '/m/b/outer_test.go');
    expect(entries()).toBe(2);
  });

  it('follow open documents', () => {
    const session = createSession(memoryFiles(MODULE), loadTestLibrary(), undefined, { store: openStore() });
    const verdicts = (): readonly string[] =>
      session.escapes('/m/a.go').flatMap((record) => (record.kind === 'new' ? [record.verdict] : []));
    expect(verdicts()).toEqual(['heap']);
    session.open({ path: '/m/c/c.go', version: 1, text: 'package c\n\nfunc Keep(p *int) {}\n' });
    expect(verdicts()).toEqual(['stack']);
    session.close('/m/c/c.go');
    expect(verdicts()).toEqual(['heap']);
  });
});
