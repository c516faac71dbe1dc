import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNodeFileSystem } from '../../src/node/index.ts';

const directory = mkdtempSync(join(tmpdir(), 'escapement-'));
const fileSystem = createNodeFileSystem();

beforeAll(() => {
  mkdirSync(join(directory, 'sub'));
  writeFileSync(join(directory, 'b.go'), 'package b\n');
  writeFileSync(join(directory, 'é.go'), '');
  writeFileSync(join(directory, 'Z.go'), '');
  symlinkSync('b.go', join(directory, 'link.go'));
  symlinkSync('.', join(directory, 'loop'));
});

afterAll(() => rmSync(directory, { recursive: true }));

describe('node file system', () => {
  it('reads regular files', () => {
    expect(new TextDecoder().decode(fileSystem.readFile(join(directory, 'b.go')))).toBe('package b\n');
    expect(fileSystem.size(join(directory, 'b.go'))).toBe(10);
  });

  it('knows nothing of what is absent, a directory or a link', () => {
    for (const name of ['no.go', 'sub', 'link.go', 'loop']) {
      expect(fileSystem.readFile(join(directory, name))).toBeUndefined();
      expect(fileSystem.size(join(directory, name))).toBeUndefined();
    }
  });

  it('does not wait at a pipe that nobody writes to', () => {
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(directory, 'pipe.go')]);
    expect(fileSystem.readFile(join(directory, 'pipe.go'))).toBeUndefined();
    rmSync(join(directory, 'pipe.go'));
  });

  it('reads no giant', () => {
    const giant = join(directory, 'giant.go');
    writeFileSync(giant, '');
    truncateSync(giant, 1e12);
    expect(fileSystem.readFile(giant)).toBeUndefined();
    expect(fileSystem.size(giant)).toBe(1e12);
    rmSync(giant);
  });

  it('lists in bytewise order, links as others', () => {
    expect(fileSystem.list(directory)).toEqual([
      { name: 'Z.go', kind: 'file' },
      { name: 'b.go', kind: 'file' },
      { name: 'link.go', kind: 'other' },
      { name: 'loop', kind: 'other' },
      { name: 'sub', kind: 'directory' },
      { name: 'é.go', kind: 'file' },
    ]);
    expect(fileSystem.list(join(directory, 'nowhere'))).toEqual([]);
  });
});
