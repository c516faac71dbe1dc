/** Packages as the go command forms them, and which objects stay and go when files change. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileSystem } from '../../src/base/index.ts';
import {
  type BuildTarget,
  createStdFacts,
  type GoEnvironment,
  type Package,
  Workspace,
  type WorkspaceOptions,
} from '../../src/model/index.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const ENVIRONMENT: GoEnvironment = { moduleCache: '/cache', moduleCacheFrom: 'GOMODCACHE', work: undefined, mod: undefined };
const LINUX: BuildTarget = { goos: 'linux', goarch: 'amd64', tags: [], go: undefined };
const FACTS = createStdFacts('\n-- fmt --\npackage fmt\n\nfunc Println(a ...any) (n int, err error)\n-- gopkg --\npackage other\n');
const MODULE = 'module m\n\ngo 1.22\n';

beforeAll(loadTestGrammar);

describe('grouping', () => {
  it('puts internal tests into the package and external ones beside it', () => {
    const workspace = open({
      '/m/go.mod': MODULE,
      '/m/p/a.go': 'package p',
      '/m/p/a_test.go': 'package p',
      '/m/p/b_test.go': 'package p_test',
      '/m/p/c.go': 'package p',
    });
    const inside = workspace.packageOf('/m/p/a.go');
    const outside = workspace.packageOf('/m/p/b_test.go');
    expect(described(inside)).toBe('m/p p: a.go a_test.go c.go');
    expect(described(outside)).toBe('m/p_test p_test: b_test.go');
    expect(workspace.packageOf('/m/p/a_test.go')).toBe(inside);
  });

  it('reviews what the target leaves out on a target that takes it in', () => {
    const workspace = open({
      '/m/go.mod': MODULE,
      '/m/a.go': 'package m',
      '/m/a_linux.go': 'package m',
      '/m/a_windows.go': 'package m',
      '/m/b_windows_arm64.go': 'package m',
      '/m/c.go': '//go:build windows\n\npackage m',
      '/m/d.go': '//go:build integration\n\npackage m',
      '/m/e.go': 'package m\n\nimport "C"\n',
    });
    expect(described(workspace.packageOf('/m/a.go'))).toBe('m m: a.go a_linux.go');
    expect(described(workspace.packageOf('/m/a_windows.go'))).toBe('m m: a.go a_windows.go c.go');
    expect(described(workspace.packageOf('/m/b_windows_arm64.go'))).toBe('m m: a.go a_windows.go b_windows_arm64.go c.go');
    expect(described(workspace.packageOf('/m/d.go'))).toBe('m m: a.go a_linux.go d.go');
    expect(described(workspace.packageOf('/m/e.go'))).toBe('m m: a.go a_linux.go e.go');
    expect(workspace.packageOf('/m/c.go')).toBe(workspace.packageOf('/m/a_windows.go'));
    expect(workspace.packageOf('/m/a_windows.go')?.files[0]).toBe(workspace.fileAt('/m/a.go'));
  });

  it('leaves on their own what nothing builds together', () => {
    const workspace = open({
      '/m/go.mod': MODULE,
      '/m/a.go': 'package m',
      '/m/gen.go': '//go:build ignore\n\npackage main',
      '/m/gen2.go': '// +build ignore\n\npackage main',
      '/m/_hidden.go': 'package m',
      '/m/typing.go': 'pack',
      '/m/broken.go': '//go:build linux &&\n\npackage m',
      '/m/never.go': '//go:build linux && !linux\n\npackage m',
    });
    for (const name of ['gen.go', 'gen2.go', '_hidden.go', 'typing.go', 'broken.go', 'never.go']) {
      expect(workspace.packageOf(`/m/${name}`)?.files.map((file) => file.path)).toEqual([`/m/${name}`]);
    }
  });

  it('honours the tags and the release asked for', () => {
    const files = {
      '/m/go.mod': MODULE,
      '/m/a.go': 'package m',
      '/m/b.go': '//go:build extra\n\npackage m',
      '/m/c.go': '//go:build go1.23\n\npackage m',
    };
    expect(described(open(files, { target: { ...LINUX, tags: ['extra'], go: 22 } }).packageOf('/m/a.go'))).toBe('m m: a.go b.go');
    expect(described(open(files).packageOf('/m/a.go'))).toBe('m m: a.go c.go');
  });

  it('makes one package of the newest version of a directory outside any module', () => {
    const package_ = open({ '/x/a.go': 'package main', '/x/b.go': 'package main' }).packageOf('/x/a.go');
    expect(package_).toMatchObject({ importPath: undefined, module: undefined, name: 'main' });
    expect(package_?.files.map((file) => file.go)).toEqual([26, 26]);
  });
});

describe('language version of a file', () => {
  it.each([
    ['go 1.22', '', 22],
    ['go 1.22', '//go:build go1.21\n\n', 21],
    ['go 1.22', '//go:build go1.18\n\n', 21],
    ['go 1.22', '//go:build go1.24\n\n', 24],
    ['go 1.18', '', 18],
    ['go 1.18', '//go:build go1.17\n\n', 21],
    ['go 1.18', '// +build go1.22\n\n', 18],
    ['', '', 16],
    ['go 1.24.1', '//go:build linux\n\n', 24],
  ])('%s with %j', (line, constraint, minor) => {
    expect(open({ '/m/go.mod': `module m\n${line}\n`, '/m/a.go': `${constraint}package m` }).fileAt('/m/a.go')?.go).toBe(minor);
  });

  it('gives way to the release asked for', () => {
    const workspace = open({ '/m/go.mod': MODULE, '/m/a.go': 'package m' }, { target: { ...LINUX, go: 20 } });
    expect(workspace.fileAt('/m/a.go')?.go).toBe(20);
    expect(workspace.moduleOf('/m/a.go')).toEqual({ root: '/m', path: 'm', go: 20 });
  });
});

describe('skipping', () => {
  it('says why', () => {
    const listed: FileSystem = {
      ...memoryFiles({
        '/m/big.go': new Uint8Array((1 << 20) + 1),
        '/m/deep.go': `package m\nvar x = ${'('.repeat(12_000)}1${')'.repeat(12_000)}`,
      }),
      list: () => ['big.go', 'deep.go', 'gone.go', 'link.go'].map((name) => ({ name, kind: name === 'link.go' ? 'other' : 'file' })),
    };
    const workspace = new Workspace(listed, LINUX);
    const reasons = ['big.go', 'deep.go', 'gone.go', 'link.go', 'absent.go', 'a.txt'].map((name) => [
      workspace.fileAt(`/m/${name}`),
      workspace.skipReason(`/m/${name}`),
    ]);
    expect(reasons).toEqual([
      [undefined, 'larger than 1 MiB'],
      [undefined, 'nested more than 10,000 levels deep'],
      [undefined, 'not readable'],
      [undefined, 'not a regular file'],
      [undefined, 'no such file'],
      [undefined, 'not a Go file'],
    ]);
  });

  it('leaves nothing of a file that nests too deep for others to walk', () => {
    const workspace = open({ '/m/a.go': 'package m', '/m/deep.go': `package m\nvar x = ${'-'.repeat(12_001)}1` });
    expect(workspace.packageOf('/m/a.go')?.files.map((file) => file.tree.length < 10)).toEqual([true, true]);
  });
});

describe('what is derived from a package', () => {
  const files = { '/m/go.mod': MODULE, '/m/a/a.go': 'package a', '/m/b/b.go': 'package b' };

  it('stays while its directory is asked about, and is let go with the next', () => {
    const workspace = open(files);
    const pkg = workspace.packageOf('/m/a/a.go');
    const [derived, ofFile] = [pkg?.derived, pkg?.files[0].derived];
    expect(workspace.packageOf('/m/a/a.go')?.derived).toBe(derived);
    workspace.packageOf('/m/b/b.go');
    expect(workspace.packageOf('/m/a/a.go')).toBe(pkg);
    expect(pkg?.derived).not.toBe(derived);
    expect(pkg?.files[0].derived).not.toBe(ofFile);
  });

  it('stays while a document of the package is open', () => {
    const workspace = open(files);
    workspace.setDocument('/m/a/a.go', new TextEncoder().encode('package a\n'));
    const derived = workspace.packageOf('/m/a/a.go')?.derived;
    workspace.packageOf('/m/b/b.go');
    expect(workspace.packageOf('/m/a/a.go')?.derived).toBe(derived);
  });
});

describe('imports', () => {
  it('finds packages of the module, the workspace and the library, and takes their names', () => {
    const workspace = open({
      '/w/go.work': 'go 1.22\nuse (\n\t./m\n\t./n\n)\n',
      '/w/m/go.mod': MODULE,
      '/w/n/go.mod': 'module example.com/n\n',
      '/w/m/a.go': 'package m\nimport (\n"m/sub-dir"\n"example.com/n/x"\n"fmt"\n"example.com/go-absent.v2"\n"gopkg"\n"C"\n)',
      '/w/m/sub-dir/s.go': 'package named',
      '/w/n/x/x.go': 'package ecks',
      '/w/n/x/x_test.go': 'package ecks_test',
    });
    const from = present(workspace.packageOf('/w/m/a.go'));
    expect(from.files[0].imports.map(({ name }) => name)).toEqual(['named', 'ecks', 'fmt', 'absent', 'other', 'C']);
    expect(described(workspace.importPackage('m/sub-dir', from))).toBe('m/sub-dir named: s.go');
    expect(described(workspace.importPackage('example.com/n/x', from))).toBe('example.com/n/x ecks: x.go');
    expect(described(workspace.importPackage('fmt', from))).toBe('fmt fmt: stub.go');
    expect([workspace.importPackage('C', from), workspace.importPackage('example.com/absent', from)]).toEqual([undefined, undefined]);
    expect(workspace.importPackage('fmt', present(workspace.importPackage('gopkg', from)))?.name).toBe('fmt');
  });

  it('goes by replace, vendor and the module cache', () => {
    const workspace = open(
      {
        '/m/go.mod': `${MODULE}require (\n\ta.com/A v1.0.0\n\tb.com/b v1.0.0\n\td.com/d v1.1.0\n)\nreplace b.com/b => ../b\nreplace d.com/d => e.com/e v0.1.0\n`,
        '/m/a.go': 'package m',
        '/b/go.mod': 'module b.com/b\ngo 1.20\n',
        '/b/in/b.go': 'package in',
        '/b/in/more/c.go': 'package more',
        '/cache/a.com/!a@v1.0.0/x/x.go': 'package x',
        '/cache/e.com/e@v0.1.0/go.mod': 'module e.com/e\ngo 1.19\n',
        '/cache/e.com/e@v0.1.0/e.go': 'package e',
      },
      { environment: () => ENVIRONMENT },
    );
    const from = present(workspace.packageOf('/m/a.go'));
    const b = present(workspace.importPackage('b.com/b/in', from));
    expect([described(b), b.module?.go]).toEqual(['b.com/b/in in: b.go', 20]);
    expect(described(workspace.importPackage('a.com/A/x', from))).toBe('a.com/A/x x: x.go');
    expect(described(workspace.importPackage('d.com/d', from))).toBe('d.com/d e: e.go');
    expect(described(workspace.importPackage('a.com/A/x', b))).toBe('a.com/A/x x: x.go');
    expect(described(workspace.importPackage('b.com/b/in/more', b))).toBe('b.com/b/in/more more: c.go');
  });

  it('reads vendored packages in their own language version', () => {
    const workspace = open({
      '/m/go.mod': `${MODULE}require v.com/v v1.0.0\n`,
      '/m/a.go': 'package m',
      '/m/vendor/modules.txt': '# v.com/v v1.0.0\n## explicit; go 1.18\nv.com/v/p\n',
      '/m/vendor/v.com/v/p/p.go': 'package p',
    });
    const vendored = workspace.importPackage('v.com/v/p', present(workspace.packageOf('/m/a.go')));
    expect(described(vendored)).toBe('v.com/v/p p: p.go');
    expect(vendored?.module).toEqual({ root: '/m/vendor/v.com/v', path: 'v.com/v', go: 18 });
  });

  it('keeps nested modules apart', () => {
    const workspace = open({ '/m/go.mod': MODULE, '/m/a.go': 'package m', '/m/n/go.mod': 'module other\n', '/m/n/n.go': 'package n' });
    expect(workspace.importPackage('m/n', present(workspace.packageOf('/m/a.go')))).toBeUndefined();
    expect(workspace.packageOf('/m/n/n.go')?.importPath).toBe('other');
  });

  it('resolves the library to its own sources when that is what is reviewed', () => {
    const workspace = open({
      '/src/go.mod': 'module std\ngo 1.26\n',
      '/src/fmt/a.go': 'package fmt',
      '/src/internal/abi/a.go': 'package abi',
      '/src/vendor/modules.txt': '# x.org/x v1\n## explicit; go 1.24\nx.org/x\n',
      '/src/vendor/x.org/x/x.go': 'package x',
    });
    const from = present(workspace.packageOf('/src/internal/abi/a.go'));
    expect(from.importPath).toBe('internal/abi');
    expect(described(workspace.importPackage('fmt', from))).toBe('fmt fmt: a.go');
    const vendored = present(workspace.importPackage('x.org/x', from));
    expect(described(workspace.importPackage('fmt', vendored))).toBe('fmt fmt: a.go');
  });

  it('finds under another target what is compiled there', () => {
    const workspace = open({
      '/m/go.mod': MODULE,
      '/m/a_windows.go': 'package m',
      '/m/sys/s_windows.go': 'package sys',
      '/m/sys/s_linux.go': 'package sys',
    });
    expect(described(workspace.importPackage('m/sys', present(workspace.packageOf('/m/a_windows.go'))))).toBe('m/sys sys: s_windows.go');
  });
});

describe('changes', () => {
  const files = {
    '/m/go.mod': MODULE,
    '/m/a/a.go': 'package a\nimport "m/b"',
    '/m/a/x.go': 'package a',
    '/m/b/b.go': 'package b\nimport "m/c"',
    '/m/b/b_test.go': 'package b_test\nimport "m/b"',
    '/m/c/c.go': 'package c',
    '/m/d/d.go': 'package d',
  };
  const names = ['/m/a/a.go', '/m/b/b.go', '/m/b/b_test.go', '/m/c/c.go', '/m/d/d.go'];

  /** A workspace whose packages have looked at what they import. */
  function loaded(): {
    workspace: Workspace;
    packages: () => (Package | undefined)[];
    changed: (before: readonly (Package | undefined)[]) => string[];
  } {
    const workspace = open(files);
    const packages = (): (Package | undefined)[] =>
      names.map((name) => {
        const package_ = workspace.packageOf(name);
        for (const file of package_?.files ?? []) for (const { path } of file.imports) workspace.importPackage(path, present(package_));
        return package_;
      });
    packages();
    return { workspace, packages, changed: (before) => packages().flatMap((now, i) => (now === before[i] ? [] : [present(now).name])) };
  }

  it('keep packages whose files and imports stay', () => {
    const { workspace, packages, changed } = loaded();
    const before = packages();
    const untouched = workspace.fileAt('/m/a/x.go');
    const tree = untouched?.tree;
    workspace.setDocument('/m/a/a.go', bytes('package a\nimport "m/b"\nvar x int'));
    expect(changed(before)).toEqual(['a']);
    expect(workspace.packageOf('/m/a/a.go')?.files[1]).toBe(untouched);
    expect(untouched?.tree).toBe(tree);
  });

  it('renew whatever rests on the changed package', () => {
    const { workspace, packages, changed } = loaded();
    const before = packages();
    workspace.setDocument('/m/c/c.go', bytes('package c\nvar x int'));
    expect(changed(before)).toEqual(['a', 'b', 'b_test', 'c']);
  });

  it('of an external test concern nobody else', () => {
    const { workspace, packages, changed } = loaded();
    const before = packages();
    workspace.setDocument('/m/b/b_test.go', bytes('package b_test\nimport "m/b"\nvar x int'));
    expect(changed(before)).toEqual(['b_test']);
  });

  it('that change no byte change nothing', () => {
    const { workspace, packages, changed } = loaded();
    const before = packages();
    workspace.setDocument('/m/c/c.go', bytes(files['/m/c/c.go']));
    workspace.removeDocument('/m/c/c.go');
    workspace.invalidate(['/m/c/c.go', '/m/README.md', '/m/nowhere']);
    expect(changed(before)).toEqual([]);
  });

  it('of a document that are taken back need no second parse, the last one only', () => {
    const { workspace } = loaded();
    const treeOf = (text: string): unknown => {
      workspace.setDocument('/m/c/c.go', bytes(text));
      return workspace.fileAt('/m/c/c.go')?.tree;
    };
    const onDisk = workspace.fileAt('/m/c/c.go')?.tree;
    const [first, second] = [treeOf('package c\nvar x int'), treeOf('package c\nvar y int')];
    expect(treeOf('package c\nvar x int')).toBe(first);
    expect(treeOf('package c\nvar y int')).toBe(second);
    expect(treeOf(files['/m/c/c.go'])).toEqual(onDisk);
    expect(treeOf('package c\nvar x int')).not.toBe(first);
    expect(treeOf('package c\nvar x int')).toEqual(first);
    workspace.removeDocument('/m/c/c.go');
    expect(workspace.fileAt('/m/c/c.go')?.tree).toEqual(onDisk);
  });

  it('bring new files in and take removed ones out', () => {
    const { workspace, packages, changed } = loaded();
    const before = packages();
    workspace.setDocument('/m/c/new.go', bytes('package c'));
    expect(described(workspace.packageOf('/m/c/c.go'))).toBe('m/c c: c.go new.go');
    expect(changed(before)).toEqual(['a', 'b', 'b_test', 'c']);
    workspace.removeDocument('/m/c/new.go');
    expect(described(workspace.packageOf('/m/c/c.go'))).toBe('m/c c: c.go');
    expect(workspace.fileAt('/m/c/new.go')).toBeUndefined();
  });

  it('make packages appear where an import found none', () => {
    const workspace = open({ '/m/go.mod': MODULE, '/m/a.go': 'package m\nimport "m/late"' });
    const before = present(workspace.packageOf('/m/a.go'));
    expect(workspace.importPackage('m/late', before)).toBeUndefined();
    workspace.setDocument('/m/late/l.go', bytes('package tardy'));
    const after = present(workspace.packageOf('/m/a.go'));
    expect(after).not.toBe(before);
    expect(described(workspace.importPackage('m/late', after))).toBe('m/late tardy: l.go');
    expect(after.files[0].imports[0].name).toBe('tardy');
  });

  it('of a package clause rename imports', () => {
    const { workspace } = loaded();
    expect(workspace.fileAt('/m/a/a.go')?.imports[0].name).toBe('b');
    workspace.setDocument('/m/b/b.go', bytes('package bee\nimport "m/c"'));
    expect(workspace.fileAt('/m/a/a.go')?.imports[0].name).toBe('bee');
  });

  it('of a constraint move a file between packages', () => {
    const workspace = open({ '/m/go.mod': MODULE, '/m/a.go': 'package m', '/m/b.go': 'package m' });
    expect(described(workspace.packageOf('/m/a.go'))).toBe('m m: a.go b.go');
    workspace.setDocument('/m/b.go', bytes('//go:build windows\n\npackage m'));
    expect(described(workspace.packageOf('/m/a.go'))).toBe('m m: a.go');
    expect(described(workspace.packageOf('/m/b.go'))).toBe('m m: a.go b.go');
  });

  it('of go.mod are seen', () => {
    const workspace = open(files);
    const tree = workspace.fileAt('/m/a/x.go')?.tree;
    workspace.setDocument('/m/go.mod', bytes('module n\ngo 1.19\n'));
    expect(workspace.packageOf('/m/a/x.go')).toMatchObject({ importPath: 'n/a', module: { go: 19 } });
    expect(workspace.fileAt('/m/a/x.go')?.go).toBe(19);
    expect(workspace.fileAt('/m/a/x.go')?.tree).toBe(tree);
  });

  it('of a whole directory are seen', () => {
    const disk: Record<string, string> = { '/m/go.mod': MODULE, '/m/a/a.go': 'package a', '/m/b/b.go': 'package b' };
    const workspace = new Workspace(
      {
        readFile: (path) => memoryFiles(disk).readFile(path),
        list: (path) => memoryFiles(disk).list(path),
        size: (path) => memoryFiles(disk).size(path),
      },
      LINUX,
    );
    const kept = workspace.fileAt('/m/b/b.go')?.tree;
    workspace.fileAt('/m/a/a.go');
    disk['/m/a/a.go'] = 'package changed';
    workspace.invalidate(['/m/a']);
    expect(workspace.packageOf('/m/a/a.go')?.name).toBe('changed');
    expect(workspace.fileAt('/m/b/b.go')?.tree).toBe(kept);
  });
});

describe('memory', () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`/m/p${i}/a.go`, `package p${i}\n${'var _ = 1\n'.repeat(50)}`]));

  it('lets go of everything when much was parsed for many packages, and makes the same trees again', () => {
    const workspace = open({ '/m/go.mod': MODULE, ...files }, { treeBytes: 20_000 });
    const first = present(workspace.packageOf('/m/p0/a.go'));
    const tree = first.files[0].tree;
    for (const path of Object.keys(files)) expect(workspace.packageOf(path)?.files[0].tree.length).toBe(tree.length);
    const again = present(workspace.packageOf('/m/p0/a.go'));
    expect(again).not.toBe(first);
    expect(again.files[0].tree.kind).toEqual(tree.kind);
    expect(described(again)).toBe(described(first));
    expect(first.files[0].tree.length).toBe(tree.length);
  });

  it('keeps what few packages need, however large', () => {
    const workspace = open({ '/m/go.mod': MODULE, ...files }, { treeBytes: 1 });
    const paths = Object.keys(files).slice(0, 10);
    const packages = paths.map((path) => workspace.packageOf(path));
    for (const package_ of packages) expect(package_?.files[0].tree.length).toBeGreaterThan(100);
    expect(paths.map((path) => workspace.packageOf(path))).toEqual(packages);
  });
});

function open(files: Readonly<Record<string, string>>, options: WorkspaceOptions & { target?: BuildTarget } = {}): Workspace {
  return new Workspace(memoryFiles(files), options.target ?? LINUX, FACTS, options);
}

function described(package_: Package | undefined): string | undefined {
  return (
    package_ &&
    `${package_.importPath} ${package_.name}: ${package_.files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)).join(' ')}`
  );
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('absent');
  return value;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
