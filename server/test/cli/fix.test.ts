/** `--fix` and `--diff` as a process: what they write, what they leave alone, and that they say so. */
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { applyPatch } from 'diff';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, GROWTH_FIXED, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

/** Its safe fix adds an import; then nothing is left. */
const NIL = GROWTH.replace('ls := []int{}', 'var ls []int');
const twice = `${NIL}\n${NIL.replace('package p\n', '').replace('lengths', 'sizes')}`;

describe.concurrent('--fix', () => {
  it('applies safe fixes and reports what is left', async () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH, 'b.go': CLEAN });
    const run = await escapement(['review', '--fix', '.', '--fail-on', 'hint'], { cwd });
    expect(run).toEqual({ code: 0, stdout: 'No findings in 2 files\n', stderr: 'Fixed 1 finding in 1 file.\n' });
    expect(read('a.go')).toBe(GROWTH_FIXED);
    expect(read('b.go')).toBe(CLEAN);
  });

  it('goes on until nothing is left, though two fixes want one import', async () => {
    const { directory: cwd, read } = project({ 'a.go': twice });
    const { stderr } = await escapement(['review', '--fix', '-v', 'a.go'], { cwd });
    expect(stderr.trimEnd().split('\n').at(-1)).toBe('Fixed 2 findings in 1 file.');
    expect(read('a.go').match(/"slices"/g)).toHaveLength(1);
    expect(read('a.go').match(/slices\.Grow\(ls, len\(words\)\)/g)).toHaveLength(2);
  });

  it('takes an import away whose last uses go with several fixes', async () => {
    const errors = 'package p\n\nimport "fmt"\n\nvar a, b = fmt.Errorf("a"), fmt.Errorf("b")\n';
    const { directory: cwd, read } = project({
      'a.go': errors.replace('import "fmt"', 'import (\n\t"errors"\n\t"fmt"\n)\n\nvar c = errors.New("c")'),
    });
    await escapement(['review', '--rules', 'errorf-without-verb', '--fix', '.'], { cwd });
    expect(read('a.go')).toBe(
      'package p\n\nimport (\n\t"errors"\n)\n\nvar c = errors.New("c")\n\nvar a, b = errors.New("a"), errors.New("b")\n',
    );
  });

  it('changes nothing the second time', async () => {
    const { directory: cwd, read } = project({ 'a.go': twice });
    await escapement(['review', '--fix'], { cwd });
    const once = read('a.go');
    const again = await escapement(['review', '--fix'], { cwd });
    expect(again.stderr).toBe('');
    expect(read('a.go')).toBe(once);
  });

  it('keeps byte order mark, CRLF, mode and links, and leaves no other file', async () => {
    const text = `\ufeff${GROWTH.replaceAll('\n', '\r\n')}`;
    const { directory: cwd, read } = project({ 'real.go': text });
    chmodSync(join(cwd, 'real.go'), 0o751);
    symlinkSync('real.go', join(cwd, 'link.txt'));
    await escapement(['review', '--fix'], { cwd });
    expect(read('real.go')).toBe(`\ufeff${GROWTH_FIXED.replaceAll('\n', '\r\n')}`);
    expect(statSync(join(cwd, 'real.go')).mode & 0o777).toBe(0o751);
    expect(lstatSync(join(cwd, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readdirSync(cwd).sort()).toEqual(['go.mod', 'link.txt', 'real.go']);
  });

  it('withholds fixes where text and bytes could part', async () => {
    const bytes = Buffer.concat([Buffer.from(GROWTH), Buffer.from('// '), Buffer.of(0xff, 0x0a)]);
    const { directory: cwd } = project({ 'a.go': bytes });
    const { stderr } = await escapement(['review', '--fix'], { cwd });
    expect(stderr === '' || stderr === 'a.go: not fixed: it is not valid UTF-8\n').toBe(true);
    expect(readFileSync(join(cwd, 'a.go'))).toEqual(bytes);
  });

  it('fixes nothing in a file with syntax errors', async () => {
    const broken = `${GROWTH}\nfunc broken( {\n`;
    const { directory: cwd, read } = project({ 'a.go': broken });
    await escapement(['review', '--fix=unsafe'], { cwd });
    expect(read('a.go')).toBe(broken);
  });

  it('touches only what is new', async () => {
    const { directory: cwd, read } = project({ 'a.go': twice });
    const lines = twice.split('\n');
    const appended = lines.slice(10);
    const patch = `--- a/a.go\n+++ b/a.go\n@@ -10,0 +11,${appended.length} @@\n${appended.map((line) => `+${line}\n`).join('')}`;
    const { code } = await escapement(['review', '--fix', '--new-from-patch', '-'], { cwd, stdin: patch });
    expect(code).toBe(0);
    expect(read('a.go').match(/slices\.Grow/g)).toHaveLength(1);
    expect(read('a.go').indexOf('slices.Grow')).toBeGreaterThan(read('a.go').indexOf('sizes'));
  });

  it('gives the fixed text of standard input on standard output', async () => {
    const { directory: cwd } = project({});
    const run = await escapement(['review', '--fix', '-', '--stdin-filepath', 'a.go'], { cwd, stdin: GROWTH });
    expect(run).toEqual({ code: 0, stdout: GROWTH_FIXED, stderr: 'No findings in 1 file\nFixed 1 finding in 1 file.\n' });
  });
});

describe.concurrent('--diff', () => {
  it('shows what --fix would do, and changes nothing', async () => {
    const { directory: cwd, read } = project({ 'sub/a.go': GROWTH });
    const { code, stdout, stderr } = await escapement(['review', '--diff'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'Would fix 1 finding in 1 file.\n' });
    expect(stdout).toMatch(/^--- a\/sub\/a\.go\n\+\+\+ b\/sub\/a\.go\n@@ /);
    expect(applyPatch(GROWTH, stdout)).toBe(GROWTH_FIXED);
    expect(read('sub/a.go')).toBe(GROWTH);
  });

  it('ends with 0 when there is nothing to show', async () => {
    const { directory: cwd } = project({ 'a.go': CLEAN });
    expect(await escapement(['review', '--diff'], { cwd })).toEqual({ code: 0, stdout: '', stderr: 'Nothing to fix.\n' });
  });

  it('writes reports of the code as it is to files', async () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    await escapement(['review', '--diff', '--format', 'json:out.json'], { cwd });
    expect(JSON.parse(read('out.json')).findings).toHaveLength(1);
  });
});
