/** A file is wholly old or wholly new, whatever happens. */
import { spawn } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { replaceFile, writeOutput } from '../../src/cli/files/write-file.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { makeProject, type Project } from './project.ts';

const projects: Project[] = [];

afterEach(() => {
  for (const each of projects.splice(0)) each.dispose();
});

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));

describe('replacing a file', () => {
  it('is refused when its content moved', () => {
    const { directory, read } = project({ 'a.go': 'newer' });
    expect(replaceFile(`${directory}/a.go`, bytes('old'), bytes('fixed'), [directory])).toBe('moved');
    expect(read('a.go')).toBe('newer');
    expect(readdirSync(directory).sort()).toEqual(['a.go', 'go.mod']);
  });

  it('is refused outside the roots, also through links', () => {
    const outside = project({ 'a.go': 'old' });
    const { directory } = project({});
    symlinkSync(join(outside.directory, 'a.go'), join(directory, 'file.go'));
    symlinkSync(outside.directory, join(directory, 'folder'));
    for (const path of ['file.go', 'folder/a.go']) {
      expect(replaceFile(`${directory}/${path}`, bytes('old'), bytes('fixed'), [directory])).toBe('outside');
    }
    expect(outside.read('a.go')).toBe('old');
  });

  it('goes through a link that stays inside', () => {
    const { directory, read } = project({ 'real/a.go': 'old' });
    symlinkSync('real/a.go', join(directory, 'link.go'));
    expect(replaceFile(`${directory}/link.go`, bytes('old'), bytes('fixed'), [directory])).toBeUndefined();
    expect(read('real/a.go')).toBe('fixed');
    expect(lstatSync(join(directory, 'link.go')).isSymbolicLink()).toBe(true);
  });

  it('throws for a folder that is gone', () => {
    const { directory } = project({});
    expect(() => replaceFile(`${directory}/no/a.go`, bytes('old'), bytes('fixed'), [directory])).toThrow(/ENOENT/);
  });

  it('takes away what killed runs left, though another process has their number now', () => {
    const { directory, write } = project({ 'a.go': 'old' });
    const [now, old] = [Date.now(), Date.now() - 2 * 3_600_000].map((time) => time.toString(36));
    const orphans = [`.escapement-${process.pid}-${now}.tmp`, `.escapement-1-${old}.tmp`, `.escapement-999999999-${now}.tmp`];
    const others = [`.escapement-1-${now}.tmp`, '.escapement-notes.tmp', '.escapement.yml'];
    for (const name of [...orphans, ...others]) write(name, '');
    expect(replaceFile(`${directory}/a.go`, bytes('old'), bytes('fixed'), [directory])).toBeUndefined();
    expect(readdirSync(directory).sort()).toEqual([...others, 'a.go', 'go.mod'].sort());
  });

  it('never leaves half a file behind when the process is killed', async () => {
    const { directory, read, write } = project({ 'a.go': 'x'.repeat(1 << 20) });
    const module = join(DISTRIBUTION, 'write-file.js');
    const script = `
      const { replaceFile } = require(${JSON.stringify(module)});
      const [x, y] = ['x', 'y'].map((letter) => new Uint8Array(Buffer.from(letter.repeat(1 << 20))));
      process.stdout.write('go');
      for (;;) { replaceFile(${JSON.stringify(`${directory}/a.go`)}, x, y, ['/']); replaceFile(${JSON.stringify(`${directory}/a.go`)}, y, x, ['/']); }`;
    for (let i = 0; i < 5; i++) {
      await killWhileRunning(script, i * 7);
      const text = read('a.go');
      expect(text === 'x'.repeat(1 << 20) || text === 'y'.repeat(1 << 20)).toBe(true);
      if (text.startsWith('y')) write('a.go', 'x'.repeat(1 << 20));
    }
    expect(replaceFile(`${directory}/a.go`, bytes('x'.repeat(1 << 20)), bytes('z'), [directory])).toBeUndefined();
    expect(readdirSync(directory).sort()).toEqual(['a.go', 'go.mod']);
  });
});

describe('writing a report', () => {
  it('creates, then replaces and keeps links', () => {
    const { directory, read } = project({});
    writeOutput(`${directory}/out.json`, 'one');
    symlinkSync('out.json', join(directory, 'link.json'));
    writeOutput(`${directory}/link.json`, 'two');
    expect(read('out.json')).toBe('two');
    expect(lstatSync(join(directory, 'link.json')).isSymbolicLink()).toBe(true);
    expect(statSync(join(directory, 'out.json')).mode & 0o111).toBe(0);
  });

  it('throws for a directory', () => {
    const { directory } = project({});
    mkdirSync(join(directory, 'out'));
    expect(() => writeOutput(`${directory}/out`, 'text')).toThrow(/EISDIR/);
    expect(readFileSync(join(directory, 'go.mod'), 'utf8')).toContain('module');
  });
});

async function killWhileRunning(script: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, ['--eval', script]);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('close', resolve));
}
