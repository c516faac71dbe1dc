/** Paths are text with `/` on every platform. */
import { describe, expect, it } from 'vitest';
import { directoryOf, isForeign, isWithin, joinPath, relativePath } from '../../src/base/index.ts';

describe('paths', () => {
  it('joins and resolves dots', () => {
    expect(joinPath('/a/b', '../c/./d.go')).toBe('/a/c/d.go');
    expect(joinPath('/a', '/b')).toBe('/b');
    expect(joinPath('C:/a', '../b')).toBe('C:/b');
    expect(joinPath('/', 'a')).toBe('/a');
    expect(joinPath('//server/a', '../b')).toBe('//server/b');
  });

  it('relates one path to another', () => {
    expect(relativePath('/a/b', '/a/b/c.go')).toBe('c.go');
    expect(relativePath('/a/b', '/a/x/c.go')).toBe('../x/c.go');
    expect(relativePath('C:/a', 'D:/b.go')).toBe('D:/b.go');
    expect(relativePath('/a', '//memfs:/a/b.go')).toBe('//memfs:/a/b.go');
    expect(relativePath('//memfs:/a', '//memfs:/a/b.go')).toBe('b.go');
  });

  it('knows what lies within a directory', () => {
    expect(isWithin('/a/b', '/a/b/c')).toBe(true);
    expect(isWithin('/a/b', '/a/bc')).toBe(false);
    expect(isWithin('/', '/a')).toBe(true);
    expect(directoryOf('/a')).toBe('/');
  });

  it('climbs to the root of a server, and no further', () => {
    expect(directoryOf('//memfs:/a.go')).toBe('//memfs:');
    expect(directoryOf('//memfs:')).toBe('//memfs:');
    expect(directoryOf('//server/share')).toBe('//server');
    expect(directoryOf('//server')).toBe('//server');
  });

  it('tells what only an editor can read', () => {
    expect(['//memfs:/a.go', '//vscode-vfs:github/o/r/a.go'].map(isForeign)).toEqual([true, true]);
    expect(['/memfs:/a.go', 'c:/a.go', '//server/a:b.go', '/a.go'].map(isForeign)).toEqual([false, false, false, false]);
  });
});
