/** Paths are text with `/` on every platform. */
import { describe, expect, it } from 'vitest';
import { directoryOf, isWithin, joinPath, relativePath } from '../../src/base/index.ts';

describe('paths', () => {
  it('joins and resolves dots', () => {
    expect(joinPath('/a/b', '../c/./d.go')).toBe('/a/c/d.go');
    expect(joinPath('/a', '/b')).toBe('/b');
    expect(joinPath('C:/a', '../b')).toBe('C:/b');
  });

  it('relates one path to another', () => {
    expect(relativePath('/a/b', '/a/b/c.go')).toBe('c.go');
    expect(relativePath('/a/b', '/a/x/c.go')).toBe('../x/c.go');
    expect(relativePath('C:/a', 'D:/b.go')).toBe('D:/b.go');
  });

  it('knows what lies within a directory', () => {
    expect(isWithin('/a/b', '/a/b/c')).toBe(true);
    expect(isWithin('/a/b', '/a/bc')).toBe(false);
    expect(isWithin('/', '/a')).toBe(true);
    expect(directoryOf('/a')).toBe('/');
  });
});
