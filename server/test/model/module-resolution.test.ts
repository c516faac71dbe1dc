/** Imports of other modules: which directory the go command would take each from, in real trees, and by the rules of its reference. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStdFacts, type GoEnvironment, goEnvironment, type Package, Workspace } from '../../src/model/index.ts';
import { compareVersions } from '../../src/model/modules/semver.ts';
import { diskFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const made: string[] = [];

beforeAll(loadTestGrammar);
afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true, force: true });
});

/** Files on disk below a new directory; `cache/` is the module cache. */
function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'escapement-modules-'));
  made.push(root);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root.replaceAll('\\', '/');
}

/** Where `m/a.go`'s imports are found, below the tree's root; `-` for those that are not. */
function found(files: Readonly<Record<string, string>>, imports: readonly string[], more: Partial<GoEnvironment> = {}, at = 'm/a.go') {
  const root = tree({ 'm/a.go': 'package m', ...files });
  const environment = { moduleCache: `${root}/cache`, moduleCacheFrom: 'GOMODCACHE', work: undefined, mod: undefined, ...more } as const;
  const target = { goos: 'linux', goarch: 'amd64', tags: [], go: undefined };
  const workspace = new Workspace(diskFiles, target, createStdFacts(''), { environment: () => environment });
  const from = workspace.packageOf(`${root}/${at}`);
  const show = (pkg: Package | undefined): string => pkg?.directory.slice(root.length + 1) ?? '-';
  /** `a > b`: what `b` is to the package that `a` is. */
  return imports.map((path) =>
    show(path.split(' > ').reduce<Package | undefined>((pkg, each) => pkg && workspace.importPackage(each, pkg), from)),
  );
}

const NEW = 'module m\n\ngo 1.22\n';
const OLD = 'module m\n\ngo 1.16\n';

describe('the module cache', () => {
  it('has modules under escaped paths, in their required versions', () => {
    const files = {
      'm/go.mod': `${NEW}require (\n\tgithub.com/BurntSushi/Toml v1.2.0-RC1\n\tx.org/inc v2.0.0+incompatible\n\tx.org/p/v3 v3.0.0-20200101000000-abcdefabcdef\n)\n`,
      'cache/github.com/!burnt!sushi/!toml@v1.2.0-!r!c1/toml.go': 'package toml',
      'cache/x.org/inc@v2.0.0+incompatible/in/in.go': 'package in',
      'cache/x.org/p/v3@v3.0.0-20200101000000-abcdefabcdef/p.go': 'package p',
      'cache/x.org/absent@v1.0.0/a.go': 'package a',
    };
    expect(
      found(files, ['github.com/BurntSushi/Toml', 'x.org/inc/in', 'x.org/p/v3', 'x.org/p', 'x.org/inc/other', 'x.org/absent']),
    ).toEqual([
      'cache/github.com/!burnt!sushi/!toml@v1.2.0-!r!c1',
      'cache/x.org/inc@v2.0.0+incompatible/in',
      'cache/x.org/p/v3@v3.0.0-20200101000000-abcdefabcdef',
      '-',
      '-',
      '-',
    ]);
  });

  it('has a package in the module with the longest path that holds it', () => {
    const files = {
      'm/go.mod': `${NEW}require (\n\tx.org/a v1.0.0\n\tx.org/a/b v1.5.0\n)\n`,
      'cache/x.org/a@v1.0.0/b/c/c.go': 'package c',
      'cache/x.org/a@v1.0.0/b/d/d.go': 'package d',
      'cache/x.org/a/b@v1.5.0/c/c.go': 'package c',
    };
    expect(found(files, ['x.org/a/b/c', 'x.org/a/b/d'])).toEqual(['cache/x.org/a/b@v1.5.0/c', 'cache/x.org/a@v1.0.0/b/d']);
  });

  it('chooses the newest version that anything asks for, of modules before 1.17 all the way down', () => {
    const download = (path: string, version: string, text: string) => ({ [`cache/cache/download/${path}/@v/${version}.mod`]: text });
    const files = {
      'm/go.mod': `${OLD}require (\n\tx.org/a v1.0.0\n\tx.org/c v1.2.0\n)\n`,
      ...download('x.org/a', 'v1.0.0', 'module x.org/a\nrequire x.org/b v1.9.0\n'),
      ...download('x.org/b', 'v1.9.0', 'module x.org/b\nrequire x.org/c v1.10.0\n'),
      'cache/x.org/a@v1.0.0/a.go': 'package a',
      'cache/x.org/b@v1.9.0/b.go': 'package b',
      'cache/x.org/c@v1.2.0/c.go': 'package c',
      'cache/x.org/c@v1.10.0/c.go': 'package c',
    };
    expect(found(files, ['x.org/a', 'x.org/a > x.org/b', 'x.org/c'])).toEqual([
      'cache/x.org/a@v1.0.0',
      'cache/x.org/b@v1.9.0',
      'cache/x.org/c@v1.10.0',
    ]);
  });

  it('believes a go.mod from 1.17 on to name everything, and looks further for what it does not', () => {
    const files = {
      'm/go.mod': `${NEW}require x.org/a v1.0.0\nexclude x.org/b v1.1.0\n`,
      'cache/x.org/a@v1.0.0/go.mod': 'module x.org/a\ngo 1.18\nrequire (\n\tx.org/b v1.1.0\n\tx.org/d v1.0.0\n)\n',
      'cache/x.org/a@v1.0.0/a.go': 'package a',
      'cache/x.org/b@v1.1.0/b.go': 'package b',
      'cache/x.org/d@v1.0.0/d.go': 'package d',
      'cache/x.org/d@v1.0.0/go.mod': 'module x.org/d\ngo 1.18\nrequire x.org/e v1.0.0\n',
      'cache/x.org/e@v1.0.0/e.go': 'package e',
    };
    expect(found(files, ['x.org/d', 'x.org/b', 'x.org/e'])).toEqual(['cache/x.org/d@v1.0.0', '-', '-']);
  });

  it('keeps internal packages to those beside them', () => {
    const files = {
      'm/go.mod': `${NEW}require x.org/a v1.0.0\n`,
      'm/internal/own/own.go': 'package own',
      'cache/x.org/a@v1.0.0/a.go': 'package a',
      'cache/x.org/a@v1.0.0/internal/i.go': 'package i',
    };
    expect(found(files, ['x.org/a/internal', 'x.org/a > x.org/a/internal', 'm/internal/own'])).toEqual([
      '-',
      'cache/x.org/a@v1.0.0/internal',
      'm/internal/own',
    ]);
  });

  it('is not left by what a go.mod calls a module', () => {
    const files = { 'm/go.mod': `${NEW}require ../outside.org v1.0.0\n`, 'outside.org@v1.0.0/a.go': 'package a' };
    expect(found(files, ['../outside.org'])).toEqual(['-']);
  });

  it('reads what a build for the target takes in', () => {
    const files = {
      'm/go.mod': `${NEW}require x.org/a v1.0.0\n`,
      'cache/x.org/a@v1.0.0/a.go': '//go:build windows\n\npackage other\n',
      'cache/x.org/a@v1.0.0/b.go': 'package a\n\nimport "C"\n',
      'cache/x.org/a@v1.0.0/c.go': 'package a\n',
      'cache/x.org/a@v1.0.0/c_test.go': 'package a\n',
    };
    const root = tree({ 'm/a.go': 'package m\n\nimport "x.org/a"\n', ...files });
    const environment = goEnvironment({ variables: { GOMODCACHE: `${root}/cache` }, platform: 'linux', home: '' }, () => undefined);
    const target = { goos: 'linux', goarch: 'amd64', tags: [], go: undefined };
    const workspace = new Workspace(diskFiles, target, createStdFacts(''), { environment: () => environment });
    const from = workspace.packageOf(`${root}/m/a.go`);
    expect(from?.files[0].imports[0].name).toBe('a');
    const paths = from && workspace.importPackage('x.org/a', from)?.files.map(({ path }) => path.slice(root.length));
    expect(paths).toEqual(['/cache/x.org/a@v1.0.0/c.go']);
  });
});

describe('replace', () => {
  it('takes directories and other modules, one version before all', () => {
    const files = {
      'm/go.mod': `${NEW}require (\n\tx.org/a v1.0.0\n\tx.org/b v1.0.0\n\tx.org/c v1.0.0\n)\nreplace (\n\tx.org/a => ../near\n\tx.org/b => y.org/fork v0.9.0\n\tx.org/c => ../wrong\n\tx.org/c v1.0.0 => y.org/c v1.1.0\n)\n`,
      'near/go.mod': 'module other.org/name\n',
      'near/in/in.go': 'package in',
      'wrong/c.go': 'package c',
      'cache/y.org/fork@v0.9.0/b.go': 'package b',
      'cache/y.org/c@v1.1.0/c.go': 'package c',
    };
    expect(found(files, ['x.org/a/in', 'x.org/b', 'x.org/c'])).toEqual(['near/in', 'cache/y.org/fork@v0.9.0', 'cache/y.org/c@v1.1.0']);
  });
});

describe('go.work', () => {
  const files = {
    'go.work': 'go 1.22\nuse (\n\t./m\n\t./n\n)\nreplace x.org/r => ./r\n',
    'm/go.mod': `${NEW}require (\n\tx.org/a v1.0.0\n\tx.org/r v1.0.0\n)\n`,
    'n/go.mod': 'module x.org/n\ngo 1.22\nrequire x.org/a v1.3.0\n',
    'n/n.go': 'package n',
    'r/go.mod': 'module x.org/r\n',
    'r/r.go': 'package r',
    'cache/x.org/a@v1.0.0/a.go': 'package a',
    'cache/x.org/a@v1.3.0/a.go': 'package a',
  };

  it('makes one build of its modules', () => {
    expect(found(files, ['x.org/n', 'x.org/r', 'x.org/a'])).toEqual(['n', 'r', 'cache/x.org/a@v1.3.0']);
  });

  it('counts only where GOWORK lets it', () => {
    expect(found(files, ['x.org/n', 'x.org/r', 'x.org/a'], { work: 'off' })).toEqual(['-', '-', 'cache/x.org/a@v1.0.0']);
  });
});

describe('vendor', () => {
  const files = {
    'm/go.mod': `${NEW}require x.org/a v1.0.0\n`,
    'm/vendor/modules.txt': '# x.org/a v1.0.0\n## explicit; go 1.18\nx.org/a\n',
    'm/vendor/x.org/a/a.go': 'package a',
    'cache/x.org/a@v1.0.0/a.go': 'package a',
    'cache/x.org/a@v1.1.0/a.go': 'package a',
  };

  it('goes before the module cache', () => {
    expect(found(files, ['x.org/a'])).toEqual(['m/vendor/x.org/a']);
    expect(found(files, ['x.org/a'], { mod: 'mod' })).toEqual(['cache/x.org/a@v1.0.0']);
  });

  it.each([
    ['another version', `${NEW}require x.org/a v1.1.0\n`, 'cache/x.org/a@v1.1.0'],
    ['a requirement more', `${NEW}require (\n\tx.org/a v1.0.0\n\tx.org/b v1.0.0\n)\n`, 'cache/x.org/a@v1.0.0'],
    ['a replacement', `${NEW}require x.org/a v1.0.0\nreplace x.org/a => x.org/a v1.1.0\n`, 'cache/x.org/a@v1.1.0'],
    ['a language before vendoring', 'module m\n\ngo 1.13\nrequire x.org/a v1.0.0\n', 'cache/x.org/a@v1.0.0'],
  ])('does not count beside a go.mod with %s', (_, mod, expected) => {
    expect(found({ ...files, 'm/go.mod': mod }, ['x.org/a'])).toEqual([expected]);
  });
});

describe('two builds', () => {
  it('see a module of the cache with their own versions of what it imports', () => {
    const files = {
      'm/go.mod': `${NEW}require (\n\tx.org/a v1.0.0\n\tx.org/b v1.0.0\n)\n`,
      'm/n/go.mod': 'module n\ngo 1.22\nrequire (\n\tx.org/a v1.0.0\n\tx.org/b v1.7.0\n)\n',
      'm/n/n.go': 'package n',
      'm/a.go': 'package m',
      'cache/x.org/a@v1.0.0/a.go': 'package a',
      'cache/x.org/b@v1.0.0/b.go': 'package b',
      'cache/x.org/b@v1.7.0/b.go': 'package b',
    };
    const root = tree(files);
    const environment = { moduleCache: `${root}/cache`, moduleCacheFrom: 'GOMODCACHE', work: undefined, mod: undefined } as const;
    const target = { goos: 'linux', goarch: 'amd64', tags: [], go: undefined };
    const workspace = new Workspace(diskFiles, target, createStdFacts(''), { environment: () => environment });
    const versions = ['m/a.go', 'm/n/n.go'].map((file) => {
      const from = workspace.packageOf(`${root}/${file}`);
      const a = from && workspace.importPackage('x.org/a', from);
      return a && workspace.importPackage('x.org/b', a)?.directory.slice(root.length);
    });
    expect(versions).toEqual(['/cache/x.org/b@v1.0.0', '/cache/x.org/b@v1.7.0']);
  });
});

describe('compareVersions', () => {
  it('orders as semantic versioning does', () => {
    const ordered = [
      'none',
      'v0.0.0-20190101000000-aaaaaaaaaaaa',
      'v0.0.0-20200101000000-000000000000',
      'v1.0.0-alpha',
      'v1.0.0-alpha.1',
      'v1.0.0-alpha.beta',
      'v1.0.0-beta.2',
      'v1.0.0-beta.11',
      'v1.0.0-rc.1',
      'v1.0.0',
      'v1.0.1-0.20200101000000-abcdefabcdef',
      'v1.2.0',
      'v1.10.0',
      'v2.0.0+incompatible',
    ];
    fc.assert(
      fc.property(fc.nat(ordered.length - 1), fc.nat(ordered.length - 1), (i, j) => {
        expect(Math.sign(compareVersions(ordered[i], ordered[j]))).toBe(Math.sign(i - j));
      }),
    );
    expect(compareVersions('v1.0.0+a', 'v1.0.0+b')).toBe(0);
  });
});

describe('goEnvironment', () => {
  const of = (variables: Record<string, string>, file?: string, platform = 'linux') => {
    const read: string[] = [];
    const environment = goEnvironment({ variables, platform, home: '/home/u' }, (path) => {
      read.push(path);
      return file === undefined ? undefined : new TextEncoder().encode(file);
    });
    return { ...environment, read };
  };

  it.each([
    [{}, undefined, '/home/u/go/pkg/mod', 'default'],
    [{ GOPATH: '/a:/b' }, undefined, '/a/pkg/mod', 'GOPATH'],
    [{ GOPATH: '/a', GOMODCACHE: '/c' }, undefined, '/c', 'GOMODCACHE'],
    [{ GOMODCACHE: 'relative' }, undefined, '/home/u/go/pkg/mod', 'default'],
    [{}, 'GOMODCACHE=/from/file\r\nGOFLAGS=-mod=mod\n', '/from/file', 'GOMODCACHE'],
    [{ GOMODCACHE: '/c' }, 'GOMODCACHE=/from/file\n', '/c', 'GOMODCACHE'],
    [{ GOENV: 'off' }, 'GOMODCACHE=/from/file\n', '/home/u/go/pkg/mod', 'default'],
  ])('%j with the file %j', (variables, file, cache, from) => {
    expect(of(variables as Record<string, string>, file)).toMatchObject({ moduleCache: cache, moduleCacheFrom: from });
  });

  it('reads the file where the system keeps configurations', () => {
    expect(of({}).read).toEqual(['/home/u/.config/go/env']);
    expect(of({ XDG_CONFIG_HOME: '/x' }).read).toEqual(['/x/go/env']);
    expect(of({ GOENV: '/e' }).read).toEqual(['/e']);
    expect(of({}, undefined, 'darwin').read).toEqual(['/home/u/Library/Application Support/go/env']);
    expect(of({ APPDATA: 'C:\\Users\\u\\AppData', GOPATH: 'D:\\go;E:\\go' }, undefined, 'win32')).toMatchObject({
      moduleCache: 'D:/go/pkg/mod',
      read: ['C:/Users/u/AppData/go/env'],
    });
  });

  it('takes GOWORK and -mod', () => {
    expect(of({ GOWORK: 'off', GOFLAGS: '-v -mod=vendor' })).toMatchObject({ work: 'off', mod: 'vendor' });
    expect(of({ GOWORK: '/w/go.work' })).toMatchObject({ work: '/w/go.work', mod: undefined });
  });
});
