/** Which files a target stands for: as the go command walks, and what is named counts whatever it is called. */
import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { discoverFiles } from '../../src/review/discover.ts';
import { memoryFiles } from '../support/files.ts';

const files = memoryFiles(
  Object.fromEntries(
    [
      '/m/go.mod',
      '/m/a.go',
      '/m/_a.go',
      '/m/.a.go',
      '/m/a.txt',
      '/m/sub/b.go',
      '/m/sub/b_test.go',
      '/m/vendor/v/v.go',
      '/m/testdata/t.go',
      '/m/testdata/deep/t.go',
      '/m/_old/o.go',
      '/m/.git/g.go',
      '/m/nested/go.mod',
      '/m/nested/n.go',
      '/m/nested/vendor/w.go',
    ].map((path) => [path, '']),
  ),
);
const found = (...targets: string[]): readonly string[] => discoverFiles(files, targets, [], neverCancelled).files;

describe('discover', () => {
  it('walks a directory as the go command does', () => {
    expect(found('/m')).toEqual(['/m/a.go', '/m/sub/b.go', '/m/sub/b_test.go']);
  });

  it('names the modules that it does not enter', () => {
    expect(discoverFiles(files, ['/m'], [], neverCancelled).modules).toEqual(['/m/nested']);
    expect(discoverFiles(files, ['/m/nested'], [], neverCancelled).modules).toEqual([]);
  });

  it('names the directories with a configuration that it walks', () => {
    const names = ['/m/a.go', '/m/.escapement.yml', '/m/sub/.escapement.toml', '/m/other/.escapement.txt', '/m/testdata/.escapement.yml'];
    const configured = memoryFiles(Object.fromEntries(names.map((name) => [name, ''])));
    expect(discoverFiles(configured, ['/m'], [], neverCancelled).configured).toEqual(['/m', '/m/sub']);
  });

  it('takes dir/... for the same', () => {
    expect(found('/m/...')).toEqual(found('/m'));
    expect(found('/m/')).toEqual(found('/m'));
  });

  it('walks what is named, whatever it is called', () => {
    expect(found('/m/testdata')).toEqual(['/m/testdata/deep/t.go', '/m/testdata/t.go']);
    expect(found('/m/vendor')).toEqual(['/m/vendor/v/v.go']);
    expect(found('/m/nested')).toEqual(['/m/nested/n.go']);
    expect(found('/m/_old/o.go')).toEqual(['/m/_old/o.go']);
  });

  it('names each file once, sorted', () => {
    expect(found('/m/sub', '/m/a.go', '/m')).toEqual(['/m/a.go', '/m/sub/b.go', '/m/sub/b_test.go']);
  });

  it('says what is missing or no Go file', () => {
    expect(discoverFiles(files, ['/m/a.txt', '/absent', '/m/absent.go'], [], neverCancelled)).toEqual({
      files: [],
      skipped: [
        { path: '/m/a.txt', why: 'not a Go file' },
        { path: '/absent', why: 'no such file or directory' },
        { path: '/m/absent.go', why: 'no such file or directory' },
      ],
      modules: [],
      configured: [],
    });
  });

  it('says where there are no Go files, and nothing of a directory named twice', () => {
    const { skipped } = discoverFiles(
      memoryFiles({ '/d/a.txt': '', '/d/sub/b.go': '', '/e/testdata/c.go': '' }),
      ['/d', '/d/sub', '/d', '/e'],
      [],
      neverCancelled,
    );
    expect(skipped).toEqual([{ path: '/e', why: 'no Go files here or below' }]);
  });

  it('finds open documents that are not on disk yet, where a walk would come by', () => {
    const open = ['/m/new/x.go', '/m/testdata/new.go', '/m/nested/new.go', '/elsewhere/x.go'];
    expect(discoverFiles(files, ['/m/...'], open, neverCancelled).files).toEqual([
      '/m/a.go',
      '/m/new/x.go',
      '/m/sub/b.go',
      '/m/sub/b_test.go',
    ]);
    expect(discoverFiles(files, ['/m/new/x.go'], open, neverCancelled).files).toEqual(['/m/new/x.go']);
  });
});
