/** `--new-from-…` in real git repositories. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, untilAllHaveRun } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 60_000 });

const keep = untilAllHaveRun();

function repository(files: Readonly<Record<string, string>>): Repository {
  return keep(makeRepository(files));
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
    ['of git with other prefixes', (git: Repository['git']) => git('-c', 'diff.mnemonicPrefix=true', 'diff')],
    ['without context', (git: Repository['git']) => git('diff', '-U0')],
    ['without prefixes', (git: Repository['git']) => git('diff', '--no-prefix')],
    ['between two directories', (git: Repository['git']) => git('diff', '--src-prefix=before/', '--dst-prefix=after/')],
    [
      'by mail',
      (git: Repository['git']) =>
        `From: a\nSubject: [PATCH] x\n\n--- dashes and @@ -1 +1 @@ in a message\n---\n a.go | 1 +\n\n${git('diff')}-- \n2.39.5\n\n`,
    ],
  ])('is what a patch adds %s, of files with one name where it fits', async (_, patchOf) => {
    const { review, write, git, directory } = repository({ 'a.go': GROWTH, 'sub/a.go': CLEAN });
    write('a.go', GROWTH + SECOND);
    writeFileSync(join(directory, 'change.diff'), patchOf(git));
    expect(await review('--new-from-patch', 'change.diff')).toEqual(['a.go:14']);
    const inSub = await escapement(['review', '-q', '--new-from-patch', '../change.diff', '..'], { cwd: join(directory, 'sub') });
    expect(inSub.stdout).toMatch(/^\.\.\/a\.go:14:3: [^\n]*\n$/);
    const elsewhere = await escapement(['review', '-q', '--new-from-patch', join(directory, 'change.diff'), directory], { cwd: '/' });
    expect(elsewhere.stdout).toMatch(/\/a\.go:14:3: [^\n]*\n$/);
  });

  it('fails for a patch of files that are not there', async () => {
    const { directory: cwd, write, git } = repository({ 'a.go': GROWTH });
    write('a.go', GROWTH + SECOND);
    writeFileSync(join(cwd, 'change.diff'), git('diff').replaceAll('a.go', 'b.go'));
    const { code, stderr } = await escapement(['review', '--new-from-patch', 'change.diff'], { cwd });
    const why = 'no file that it names is there, such as "b/b.go"; run in the directory that its names are relative to';
    expect({ code, stderr }).toEqual({ code: 2, stderr: `escapement: --new-from-patch: "change.diff": ${why}\n` });
  });

  it('is reviewed alone, with the findings that a review of everything has there', async () => {
    const tree = {
      'lib/lib.go':
        'package lib\n\nvar kept []*int\n\nfunc Keep(p *int) { kept = append(kept, p) }\n\nfunc Read(p *int) int { return *p }\n',
      'old.go': GROWTH,
      'old_test.go': GROWTH.replace('lengths', 'tested'),
      'testdata/t.go': GROWTH,
      'generated.go': `// Code generated by hand. DO NOT EDIT.\n\n${SECOND.replace('\n', 'package p\n')}`,
    };
    const news = {
      'use.go': 'package p\n\nimport "p/lib"\n\nfunc use() int {\n\tx, y := 1, 2\n\tlib.Keep(&x)\n\treturn lib.Read(&y)\n}\n',
      'sub/sub.go': GROWTH.replace('lengths', 'below'),
      'testdata/new.go': GROWTH,
      '_left/out.go': GROWTH,
    };
    const { directory: cwd, write } = repository(tree);
    for (const [file, text] of Object.entries(news)) write(file, text);
    const run = async (...more: string[]): Promise<{ findings: { file: string }[]; summary: { files: number } }> =>
      JSON.parse((await escapement(['review', '--rules', 'all', '--format', 'json', ...more], { cwd })).stdout);
    const [all, ours] = [await run(), await run('--new-from-rev', 'HEAD')];
    expect(ours.findings).toEqual(all.findings.filter(({ file }) => file in news));
    expect(new Set(ours.findings.map(({ file }) => file))).toEqual(new Set(['sub/sub.go', 'use.go']));
    expect([ours.summary.files, all.summary.files]).toEqual([3, 5]);
  });

  it.each([
    [['--new-from-rev', 'nope'], '--new-from-rev: unknown revision "nope"; fetch it, or check its name'],
    [['--new-from-rev', '--output=x'], '--new-from-rev: unknown revision "--output=x"; fetch it, or check its name'],
    [
      ['--new-from-rev', 'HEAD', '--new-from-patch', 'x'],
      '--new-from-rev, --new-from-merge-base and --new-from-patch exclude each other; keep one',
    ],
    [['--new-from-patch', 'go.mod'], '--new-from-patch: "go.mod": not a unified diff (it names no file, as in "--- a/x.go")'],
  ])('%j fails with a clear line', async (args, message) => {
    const { directory: cwd } = repository({ 'a.go': GROWTH });
    const { code, stderr } = await escapement(['review', ...args], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `escapement: ${message}\n` });
  });

  it('fails where there is no repository, and where there is no git', async () => {
    const project = makeProject({ 'a.go': GROWTH });
    keep(project);
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
