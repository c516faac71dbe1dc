/** `--new-from-…` in real git repositories. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

interface Repository extends Project {
  git(...args: readonly string[]): string;
  commit(): void;
  /** Places of the findings that a review reports. */
  review(...args: readonly string[]): Promise<readonly string[]>;
}

function repository(files: Readonly<Record<string, string>>): Repository {
  const project = makeProject(files);
  projects.push(project);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: project.directory,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const commit = (): void => {
    git('add', '.');
    git('commit', '-qm', 'x');
  };
  const review = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout, stderr, code } = await escapement(['review', '--format', 'json', ...args], { cwd: project.directory });
    if (code === 2) throw new Error(stderr);
    return JSON.parse(stdout).findings.map((finding: { file: string; line: number }) => `${finding.file}:${finding.line}`);
  };
  git('init', '-q', '-b', 'main');
  commit();
  return { ...project, git, commit, review };
}

const SECOND = GROWTH.replace('package p\n', '').replace('lengths', 'sizes');

describe.concurrent('new code', () => {
  it('is what changed since a revision, committed or not', async () => {
    const { review, write, commit } = repository({ 'a.go': GROWTH });
    expect(await review('--new-from-rev', 'HEAD')).toEqual([]);
    write('a.go', GROWTH + SECOND);
    expect(await review()).toEqual(['a.go:6', 'a.go:14']);
    expect(await review('--new-from-rev', 'HEAD')).toEqual(['a.go:14']);
    commit();
    expect(await review('--new-from-rev', 'HEAD')).toEqual([]);
    expect(await review('--new-from-rev', 'HEAD~1')).toEqual(['a.go:14']);
  });

  it('is a file that git does not know yet, and not one that git ignores', async () => {
    const { review, write } = repository({ 'a.go': CLEAN, '.gitignore': 'ignored.go\n' });
    write('grö ße.go', GROWTH);
    write('ignored.go', GROWTH);
    expect(await review('--new-from-rev', 'HEAD')).toEqual(['grö ße.go:6']);
  });

  it('is what a branch changed, not what happened on the other since', async () => {
    const { review, write, commit, git } = repository({ 'a.go': GROWTH });
    git('checkout', '-qb', 'topic');
    write('b.go', SECOND.replace('\n', 'package p\n'));
    commit();
    git('checkout', '-q', 'main');
    write('a.go', CLEAN);
    commit();
    git('checkout', '-q', 'topic');
    expect(await review('--new-from-rev', 'main')).toEqual(['a.go:6', 'b.go:5']);
    expect(await review('--new-from-merge-base', 'main')).toEqual(['b.go:5']);
  });

  it('is what a patch adds, named from the top or from here', async () => {
    const { review, write, git, directory } = repository({ 'sub/a.go': GROWTH, 'grö ße.go': CLEAN });
    write('sub/a.go', GROWTH + SECOND);
    write('grö ße.go', CLEAN + SECOND);
    writeFileSync(join(directory, 'change.diff'), git('diff'));
    expect(await review('--new-from-patch', 'change.diff')).toEqual(['grö ße.go:8', 'sub/a.go:14']);
    const { stdout } = await escapement(['review', '-q', '--new-from-patch', '../change.diff'], { cwd: join(directory, 'sub') });
    expect(stdout).toMatch(/^a\.go:14:3: [^\n]*\n$/);
  });

  it.each([
    [['--new-from-rev', 'nope'], '--new-from-rev: unknown revision "nope"; fetch it, or check its name'],
    [['--new-from-rev', '--output=x'], '--new-from-rev: unknown revision "--output=x"; fetch it, or check its name'],
    [
      ['--new-from-rev', 'HEAD', '--new-from-patch', 'x'],
      '--new-from-rev, --new-from-merge-base and --new-from-patch exclude each other; keep one',
    ],
    [['--new-from-patch', 'go.mod'], undefined],
  ])('%j fails with a clear line, or finds nothing new', async (args, message) => {
    const { directory: cwd } = repository({ 'a.go': GROWTH });
    const { code, stderr } = await escapement(['review', ...args], { cwd });
    expect({ code, stderr }).toEqual(message === undefined ? { code: 0, stderr: '' } : { code: 2, stderr: `escapement: ${message}\n` });
  });

  it('fails where there is no repository, and where there is no git', async () => {
    const project = makeProject({ 'a.go': GROWTH });
    projects.push(project);
    const { directory: cwd } = project;
    const outside = await escapement(['review', '--new-from-rev', 'HEAD'], { cwd, env: { GIT_CEILING_DIRECTORIES: cwd } });
    const without = await escapement(['review', '--new-from-rev', 'HEAD'], { cwd, env: { PATH: '' } });
    expect(outside.stderr).toBe(`escapement: --new-from-rev: "${cwd}" is in no git work tree\n`);
    expect(without.stderr).toBe('escapement: --new-from-rev: there is no git; install it, or use --new-from-patch\n');
  });

  it('never runs what the reviewed tree brings along', async () => {
    const { directory: cwd, git, write, commit } = repository({ 'a.go': GROWTH });
    const marker = join(cwd, 'marker');
    mkdirSync(join(cwd, 'bin'));
    writeFileSync(join(cwd, 'bin/git'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    writeFileSync(join(cwd, 'evil'), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
    commit();
    git('config', 'core.fsmonitor', join(cwd, 'evil'));
    git('config', 'diff.external', join(cwd, 'evil'));
    git('config', 'diff.evil.textconv', join(cwd, 'evil'));
    write('.gitattributes', '*.go diff=evil\n');
    write('a.go', GROWTH + SECOND);
    const run = await escapement(['review', '-q', '--new-from-rev', 'HEAD'], {
      cwd,
      env: { PATH: `${join(cwd, 'bin')}:bin:${process.env.PATH}` },
    });
    expect(run.stdout).toMatch(/^a\.go:14:3: [^\n]*\n$/);
    const { stdout } = await escapement(['review', '.', '-q'], { cwd });
    expect(stdout).toContain('a.go:6:3');
    expect(() => execFileSync('test', ['-e', marker])).toThrow();
  });
});
