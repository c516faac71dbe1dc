/** `--baseline`, `escapement baseline`, `--max` and `--fix-patch` as a process: known findings stay quiet, gone ones are told, limits hold. */
import { spawnSync } from 'node:child_process';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, GROWTH_FIXED, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const projects: Project[] = [];
const SECOND = GROWTH.replace('lengths', 'sizes');
const HINTS = ['--fail-on', 'hint', '-q'];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

async function known(files: Readonly<Record<string, string>>): Promise<Project> {
  const made = project(files);
  const run = await escapement(['baseline', 'update'], { cwd: made.directory });
  expect(run).toMatchObject({ code: 0, stdout: '' });
  return made;
}

const review = (cwd: string): ReturnType<typeof escapement> =>
  escapement(['review', '--baseline', '.escapement-baseline.json', ...HINTS], { cwd });

describe.concurrent('a baseline', () => {
  it('keeps known findings quiet, moved, renamed and laid out anew, and tells new ones', async () => {
    const { directory, write, read } = await known({ 'a.go': GROWTH });
    expect(JSON.parse(read('.escapement-baseline.json')).findings).toMatchObject([
      { rule: 'slice-growth', file: 'a.go', function: 'lengths' },
    ]);
    expect(await review(directory)).toEqual({ code: 0, stdout: '', stderr: '' });
    renameSync(join(directory, 'a.go'), join(directory, 'b.go'));
    write(
      'b.go',
      GROWTH.replace('package p\n', 'package p\n\n// moved\nvar moved int\n').replace('append(ls, len(w)*2)', 'append(ls,  len(w) * 2)'),
    );
    expect(await review(directory)).toEqual({ code: 0, stdout: '', stderr: '' });
    write('c.go', SECOND);
    expect(await review(directory)).toMatchObject({ code: 1, stdout: expect.stringMatching(/^c\.go:6:.*\(slice-growth\)\n$/) });
  });

  it('says what is gone, and takes it out', async () => {
    const { directory, write, read } = await known({ 'a.go': GROWTH, 'sub/b.go': SECOND });
    write('a.go', CLEAN);
    const told = await escapement(['review', '--baseline', '.escapement-baseline.json'], { cwd: directory });
    expect(told).toMatchObject({
      code: 0,
      stderr: '.escapement-baseline.json: one known finding is gone; escapement baseline prune takes it out\n',
    });
    const elsewhere = await escapement(['review', '--baseline', '.escapement-baseline.json', 'sub'], { cwd: directory });
    expect(elsewhere.stderr).toBe('');
    const pruned = await escapement(['baseline', 'prune'], { cwd: directory });
    expect(pruned).toEqual({ code: 0, stdout: '', stderr: '.escapement-baseline.json: 1 taken out, 1 left\n' });
    expect(JSON.parse(read('.escapement-baseline.json')).findings).toMatchObject([{ file: 'sub/b.go' }]);
  });

  it('of several files with the same code takes each for itself, whatever is reviewed', async () => {
    const { directory, write } = await known({ 'a/x.go': GROWTH, 'b/x.go': GROWTH });
    renameSync(join(directory, 'b/x.go'), join(directory, 'b/y.go'));
    const part = ['review', '--baseline', '.escapement-baseline.json', ...HINTS.slice(0, 2), '--format', 'github', 'b'];
    expect(await escapement(part, { cwd: directory })).toEqual({ code: 0, stdout: '', stderr: '' });
    const pruned = await escapement(['baseline', 'prune', 'b'], { cwd: directory });
    expect(pruned.stderr).toBe('.escapement-baseline.json: 0 taken out, 2 left\n');
    renameSync(join(directory, 'b/y.go'), join(directory, 'b/x.go'));
    write('c/x.go', GROWTH);
    const copied = await escapement(['review', '--baseline', '.escapement-baseline.json', ...HINTS, 'c'], { cwd: directory });
    expect(copied).toMatchObject({ code: 1, stdout: expect.stringMatching(/^c\/x\.go:6:/) });
  });

  it('leaves known findings unfixed', async () => {
    const { directory, write, read } = await known({ 'a.go': GROWTH });
    write('c.go', SECOND);
    await escapement(['review', '--fix', '--baseline', '.escapement-baseline.json'], { cwd: directory });
    expect(read('a.go')).toBe(GROWTH);
    expect(read('c.go')).toBe(GROWTH_FIXED.replace('lengths', 'sizes'));
  });

  it('that cannot be read is an error that helps', async () => {
    const { directory, write } = project({ 'a.go': GROWTH });
    expect(await review(directory)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'escapement: --baseline: cannot read .escapement-baseline.json; escapement baseline update writes one\n',
    });
    write('.escapement-baseline.json', '{"version": 7}');
    expect(await review(directory)).toMatchObject({ code: 2, stderr: expect.stringContaining('its version is 7 instead of 1') });
  });
});

describe.concurrent('--max', () => {
  it('fails where a rule has more findings, whatever their severity', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH, 'b.go': SECOND });
    const run = (limit: string): ReturnType<typeof escapement> => escapement(['review', '-q', '--max', limit], { cwd });
    expect((await run('slice-growth=2')).code).toBe(0);
    expect(await run('slice-growth=1')).toMatchObject({ code: 1, stderr: 'slice-growth: 2 findings, --max allows 1\n' });
    expect(await run('slice-groth=1')).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean slice-growth?') });
    expect(await run('slice-growth')).toMatchObject({ code: 2, stderr: expect.stringContaining('RULE=NUMBER') });
  });
});

describe.concurrent('--fix-patch', () => {
  it('writes what git applies, reports what there is, and leaves the files alone', async () => {
    const { directory: cwd, read, write } = project({ 'a.go': GROWTH });
    const run = await escapement(['review', '--fix-patch', 'fix.patch', ...HINTS], { cwd });
    expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('(slice-growth)') });
    expect(read('a.go')).toBe(GROWTH);
    expect(spawnSync('git', ['apply', 'fix.patch'], { cwd }).status).toBe(0);
    expect(read('a.go')).toBe(GROWTH_FIXED);
    const again = await escapement(['review', '--fix-patch', 'fix.patch', '-q'], { cwd });
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(read('fix.patch')).toBe('');
    write('x/y', '');
    const refused = await escapement(['review', '--fix-patch', 'x/y/fix.patch', '-q'], { cwd });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--fix-patch: cannot write x/y/fix.patch') });
    rmSync(join(cwd, 'x'), { recursive: true });
  });
});
