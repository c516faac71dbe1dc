/** Files in memory that somebody else reads: what is wanted, what is known, and what reads differently when more comes. */
import { describe, expect, it } from 'vitest';
import type { DirectoryEntry } from '../../src/base/index.ts';
import { MemoryFiles } from '../../src/host/index.ts';
import { UNREAD } from '../../src/lsp/index.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const entries = (...names: string[]): DirectoryEntry[] => names.map((name) => ({ name, kind: name.includes('.') ? 'file' : 'directory' }));

function known(): MemoryFiles {
  const files = new MemoryFiles({ readsPackages: true });
  files.provide({
    directories: [{ path: '/w', entries: entries('a.go', 'b.go', 'sub') }],
    files: [
      { path: '/w/a.go', bytes: bytes('package a\n') },
      { path: '/w/b.go', size: 5_000_000 },
    ],
  });
  return files;
}

describe('what is not known', () => {
  it('is absent, wanted once, and named once', () => {
    let calls = 0;
    const files = new MemoryFiles({ readsPackages: true, onWanted: () => calls++ });
    expect(files.readFile('/w/go.mod')).toBeUndefined();
    expect(files.size('/w/go.mod')).toBeUndefined();
    expect(files.list('/w')).toEqual(UNREAD);
    expect(calls).toBe(1);
    expect(files.takeWanted()).toEqual({ packages: ['/w'], directories: [], files: ['/w/go.mod'] });
    expect(files.list('/w')).toEqual(UNREAD);
    expect(files.takeWanted()).toBeUndefined();
    expect(files.isWaiting).toBe(true);
  });

  it('holds a Go file that nobody can read, and that is not asked for', () => {
    const files = new MemoryFiles({ readsPackages: false });
    expect(files.readFile(`/w/${files.list('/w')[0].name}`)).toBeUndefined();
    expect(files.takeWanted()).toEqual({ packages: [], directories: ['/w'], files: [] });
  });

  it('is absent without asking where the directory is known', () => {
    const files = known();
    expect(files.readFile('/w/go.mod')).toBeUndefined();
    expect(files.list('/w/vendor')).toEqual([]);
    expect(files.takeWanted()).toBeUndefined();
    expect(files.isKnown('/w/go.mod')).toBe(true);
    expect(files.isKnown('/w/sub/go.mod')).toBe(false);
  });
});

describe('what is known', () => {
  it('is read, and of a file that is too large only its size', () => {
    const files = known();
    expect(files.readFile('/w/a.go')).toEqual(bytes('package a\n'));
    expect([files.readFile('/w/b.go'), files.size('/w/b.go')]).toEqual([undefined, 5_000_000]);
    expect(files.list('/w').map(({ name }) => name)).toEqual(['a.go', 'b.go', 'sub']);
  });

  it('holds until something else comes for it', () => {
    const files = known();
    files.reconsider(['/w/a.go']);
    expect(files.readFile('/w/a.go')).toEqual(bytes('package a\n'));
    expect(files.takeWanted()).toEqual({ packages: [], directories: [], files: ['/w/a.go'] });
    expect(files.provide({ directories: [], files: [{ path: '/w/a.go', bytes: bytes('package a\n') }] })).toEqual([]);
    expect(files.provide({ directories: [], files: [{ path: '/w/a.go', bytes: bytes('package b\n') }] })).toEqual(['/w/a.go']);
  });

  it('is another with a file that came or went', () => {
    const files = known();
    files.reconsider(['/w/c.go']);
    expect(files.takeWanted()).toEqual({ packages: ['/w'], directories: [], files: [] });
    const listed = { path: '/w', entries: entries('b.go', 'c.go', 'sub') };
    expect(files.provide({ directories: [listed], files: [] })).toEqual(['/w/a.go', '/w/c.go']);
    expect(files.readFile('/w/a.go')).toBeUndefined();
  });

  it('is in its directory no more once it is gone', () => {
    const files = known();
    expect(files.provide({ directories: [], files: [{ path: '/w/a.go' }] })).toEqual(['/w/a.go']);
    expect(files.list('/w').map(({ name }) => name)).toEqual(['b.go', 'sub']);
  });

  it('is all gone with a directory', () => {
    const files = known();
    files.provide({
      directories: [{ path: '/w/sub', entries: entries('x.go') }],
      files: [{ path: '/w/sub/x.go', bytes: bytes('package x') }],
    });
    expect(files.provide({ directories: [{ path: '/w', entries: entries('a.go', 'b.go') }], files: [] })).toEqual(['/w/sub/x.go']);
    expect(files.list('/w/sub')).toEqual([]);
  });

  it('is the same for another that is given all of it', () => {
    const [files, other] = [known(), new MemoryFiles({ readsPackages: true })];
    other.provide(
      JSON.parse(JSON.stringify(files.snapshot()), (key, value) => (key === 'bytes' ? Uint8Array.from(Object.values(value)) : value)),
    );
    expect(other.snapshot()).toEqual(files.snapshot());
    expect(other.takeWanted()).toBeUndefined();
  });
});

it('a package that has come to be known whole reads differently, even if all of it was open', () => {
  const files = new MemoryFiles({ readsPackages: true });
  files.list('/w');
  expect(files.provide({ directories: [{ path: '/w', entries: [] }], files: [] })).toEqual([`/w/${UNREAD[0].name}`]);
});
