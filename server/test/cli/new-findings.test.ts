/** Which findings count as new: by what a change does to them, and whatever git makes of the change. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, untilAllHaveRun } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const keep = untilAllHaveRun();

function repository(files: Readonly<Record<string, string>>): Repository {
  return keep(makeRepository(files));
}

const NEW = ['--new-from-rev', 'HEAD'];
const WIDTHS = GROWTH.replace('lengths', 'widths').replaceAll('ls', 'wide').replaceAll('words', 'boxes');
const SECOND = GROWTH.replace('package p\n', '').replace('lengths', 'sizes');

const UNLOOPED = `package p

func lengths(word string) []int {
	ls := []int{}
	ls = append(ls, len(word)*2)
	return ls
}
`;
const CANCELLED = `package p

import "context"

func wait(parent context.Context, stop bool) error {
	ctx, cancel := context.WithCancel(parent)
	defer cancel()
	if stop {
		return nil
	}
	cancel()
	return ctx.Err()
}
`;
const UNCANCELLED = CANCELLED.replace('\tdefer cancel()\n', '');

describe.concurrent('a finding is new', () => {
  it.each([
    ['when a loop came around its statement', '\tfor range 99 {\n\tls = append(ls, len(word)*2)\n\t}\n'],
    ['when it was indented besides', '\tfor range 99 {\n\t\tls = append(ls, len(word)*2)\n\t}\n'],
  ])('%s', async (_, loop) => {
    const { review, write } = repository({ 'a.go': UNLOOPED + SECOND });
    write('a.go', UNLOOPED.replace('\tls = append(ls, len(word)*2)\n', loop) + SECOND);
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });

  it('when what it starts from changed, elsewhere in the function', async () => {
    const { review, write } = repository({ 'a.go': GROWTH.replace('[]int{}', 'make([]int, 0, len(words))') + SECOND });
    write('a.go', GROWTH + SECOND);
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });

  it('when what kept it from being one was taken out, and nothing put in its place', async () => {
    const { review, write } = repository({ 'a.go': CANCELLED, 'b.go': GROWTH });
    write('a.go', UNCANCELLED);
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });

  it('when its declaration moved into a loop', async () => {
    const text = (outside: string, inside: string): string =>
      `package p\n\ntype box struct{ a, b int }\n\nvar kept []*box\n\nfunc keep(n int) {\n${outside}\tfor i := 0; i < n; i++ {\n${inside}\t\tkept[i] = b\n\t}\n}\n`;
    const { review, write } = repository({ 'a.go': text('\tb := &box{1, 2}\n', '') });
    write('a.go', text('', '\t\tb := &box{1, 2}\n'));
    expect(await review(...NEW, '--rules', 'all')).toEqual(['a.go:9']);
  });

  it('when another line of its statement changed', async () => {
    const text = (number: string): string =>
      `package p\n\nimport "fmt"\n\nfunc name(n int) string {\n\treturn fmt.Sprintf("%d",\n\t\t${number})\n}\n`;
    const { review, write } = repository({ 'a.go': text('n') });
    expect(await review()).toEqual(['a.go:6']);
    write('a.go', text('n+1'));
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });

  it('when a place that it names changed, in another file', async () => {
    const keep = (body: string): string => `package p\n\nvar kept func()\n\nfunc keep(f func()) {\n\t${body}\n}\n`;
    const user = 'package p\n\nfunc use(n int) {\n\tcount := 0\n\tfor range n {\n\t\tkeep(func() { count++ })\n\t}\n}\n';
    const { review, write } = repository({ 'keep.go': keep('f()'), 'use.go': user });
    expect(await review('--rules', 'all')).toEqual([]);
    write('keep.go', keep('kept = f'));
    const [all, fresh] = await Promise.all([review('--rules', 'all'), review('--rules', 'all', ...NEW)]);
    expect(all.length).toBeGreaterThan(0);
    expect(fresh).toEqual(all);
  });
});

describe.concurrent('a finding is not new', () => {
  it('in a file that got another name, known to git or not, with another change in it', async () => {
    const { review, write, git, directory } = repository({ 'a.go': GROWTH, 'b.go': WIDTHS });
    git('mv', 'a.go', 'c.go');
    write('c.go', `${GROWTH}${SECOND}`);
    renameSync(join(directory, 'b.go'), join(directory, 'd.go'));
    expect(await review(...NEW)).toEqual(['c.go:14']);
  });

  it('in a function that moved, in its file or to another', async () => {
    const { review, write } = repository({ 'a.go': GROWTH + SECOND, 'b.go': CLEAN });
    write('a.go', GROWTH.replace('package p\n', `package p\n\nvar x = 1\n${SECOND}`));
    expect(await review(...NEW)).toEqual([]);
    write('a.go', GROWTH);
    write('b.go', CLEAN + SECOND);
    expect(await review(...NEW)).toEqual([]);
  });

  it('in a file with other line ends, or laid out anew, or beside one that is gone', async () => {
    const { review, write, directory } = repository({ 'a.go': GROWTH, 'b.go': GROWTH.replace('lengths', 'widths'), 'c.go': 'package p\n' });
    write('a.go', GROWTH.replaceAll('\n', '\r\n'));
    write('b.go', GROWTH.replace('lengths', 'widths').replaceAll('\t', '    ').replace('\n\n', '\n\n\n'));
    unlinkSync(join(directory, 'c.go'));
    expect(await review(...NEW)).toEqual([]);
    write('a.go', GROWTH.replaceAll('\n', '\r\n') + SECOND);
    expect(await review(...NEW)).toEqual(['a.go:14']);
  });

  it('beside a change of the same function, unless all of the file is asked for', async () => {
    const { review, write } = repository({ 'a.go': GROWTH + SECOND, 'b.go': GROWTH.replace('lengths', 'widths') });
    write('a.go', GROWTH.replace('\treturn ls', '\tprintln(1)\n\treturn ls') + SECOND);
    expect(await review(...NEW)).toEqual([]);
    expect(await review(...NEW, '--whole-files')).toEqual(['a.go:6', 'a.go:15']);
  });

  it('where nothing changed', async () => {
    const { review } = repository({ 'a.go': GROWTH });
    expect(await review(...NEW)).toEqual([]);
    expect(await review(...NEW, '--whole-files')).toEqual([]);
  });
});

describe.concurrent('a patch', () => {
  it('tells new from moved and laid out anew, as git does, whatever ends its lines', async () => {
    const { review, write, git, directory } = repository({
      'a.go': GROWTH + SECOND,
      'b.go': CLEAN,
      'c.go': UNLOOPED.replace('lengths', 'one'),
    });
    write('a.go', GROWTH.replaceAll('\t', '  '));
    write('b.go', CLEAN + SECOND);
    write(
      'c.go',
      UNLOOPED.replace('lengths', 'one').replace(
        '\tls = append(ls, len(word)*2)\n',
        '\tfor range 99 {\n\t\tls = append(ls, len(word)*2)\n\t}\n',
      ),
    );
    const patch = git('diff');
    writeFileSync(join(directory, 'lf.diff'), patch);
    writeFileSync(join(directory, 'crlf.diff'), patch.replaceAll('\n', '\r\n'));
    expect(await review('--new-from-patch', 'lf.diff')).toEqual(['c.go:6']);
    expect(await review('--new-from-patch', 'crlf.diff')).toEqual(['c.go:6']);
  });

  it('may name its files in any way that git has', async () => {
    const names = ['a "q".go', 'b\tc.go', 'd\ne.go', 'f\\g.go', ' x b/y .go', 'grö 🚀.go', '-dash.go'];
    const clean = (i: number): string => CLEAN.replace('one', `one${i}`);
    const { review, write, git, directory } = repository(Object.fromEntries(names.map((name, i) => [name, clean(i)])));
    for (const [i, name] of names.entries()) write(name, clean(i) + SECOND.replace('sizes', `sizes${i}`));
    writeFileSync(join(directory, 'change.diff'), git('diff'));
    const expected = names.map((name) => `${name}:8`).sort();
    expect((await review(...NEW)).toSorted()).toEqual(expected);
    expect((await review('--new-from-patch', 'change.diff')).toSorted()).toEqual(expected);
  });
});

describe.concurrent('repositories', () => {
  it('may have submodules, which count by the commit that was recorded', async () => {
    const inner = repository({ 'in.go': GROWTH });
    const outer = repository({ 'a.go': CLEAN });
    outer.git('submodule', 'add', '-q', inner.directory, 'sub');
    outer.commit();
    expect(await outer.review(...NEW, 'sub')).toEqual([]);
    outer.write('sub/in.go', GROWTH + SECOND);
    expect(await outer.review(...NEW, '.', 'sub')).toEqual(['sub/in.go:14']);
    expect(await outer.review('--new-from-rev', 'HEAD~1', '.', 'sub')).toEqual(['sub/in.go:6', 'sub/in.go:14']);
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@e', 'commit', '-qam', 'x'], { cwd: join(outer.directory, 'sub') });
    expect(await outer.review(...NEW, './...', 'sub')).toEqual(['sub/in.go:14']);
  });

  it('that are shallow lack what is asked for, and the error says what to do', async () => {
    const origin = repository({ 'a.go': CLEAN });
    const base = origin.git('rev-parse', 'HEAD').trim();
    origin.write('a.go', GROWTH);
    origin.commit();
    const clone = makeProject({});
    keep(clone);
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${origin.directory}`, 'shallow'], { cwd: clone.directory, stdio: 'pipe' });
    const remedy = 'this clone is shallow: git fetch --unshallow, or check out with the whole history (fetch-depth: 0, GIT_DEPTH: 0)';
    const run = (...args: readonly string[]) => escapement(['review', ...args], { cwd: join(clone.directory, 'shallow') });
    const [rev, merge] = await Promise.all([run('--new-from-rev', base), run('--new-from-merge-base', base)]);
    expect(rev).toEqual({ code: 2, stdout: '', stderr: `escapement: --new-from-rev: unknown revision "${base}"; ${remedy}\n` });
    expect(merge.stderr).toBe(`escapement: --new-from-merge-base: unknown revision "${base}"; ${remedy}\n`);
  });

  it('are not touched, and nothing is left behind', async () => {
    const { review, write, git, directory } = repository({ 'a.go': CANCELLED });
    write('a.go', UNCANCELLED);
    const state = (): string => git('status', '--porcelain=v2', '--branch') + git('worktree', 'list') + git('stash', 'list');
    const before = state();
    const temporary = mkdtempSync(join(tmpdir(), 'escapement-test-'));
    const { stdout } = await escapement(['review', '-q', ...NEW], { cwd: directory, env: { TMPDIR: temporary } });
    expect(stdout).toContain('a.go:6:');
    expect(state()).toBe(before);
    expect(execFileSync('ls', ['-A', temporary], { encoding: 'utf8' })).toBe('');
    rmSync(temporary, { recursive: true });
    expect(readFileSync(join(directory, 'a.go'), 'utf8')).toBe(UNCANCELLED);
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });
});
