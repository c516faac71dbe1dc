/** Of a change no more is reviewed than what it affects; comments that speak to rules, and where the module lies, take nothing from what is new. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH, makeProject, untilAllHaveRun } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const keep = untilAllHaveRun();

function repository(files: Readonly<Record<string, string>>): Repository {
  return keep(makeRepository(files));
}

const NEW = ['--new-from-rev', 'HEAD'];
const SECOND = GROWTH.replace('package p\n', '').replace('lengths', 'sizes');
const IGNORE = '\t\t//escapement:ignore slice-growth -- short lists\n';
const IGNORED = GROWTH.replace('\t\tls = append', `${IGNORE}\t\tls = append`);

describe.concurrent('a finding is new', () => {
  it('where the comment is gone that hid it', async () => {
    const { review, write } = repository({ 'a.go': SECOND.replace('\n', 'package p\n\n') + IGNORED.replace('package p\n', '') });
    expect(await review()).toEqual(['a.go:6']);
    write('a.go', SECOND.replace('\n', 'package p\n\n') + GROWTH.replace('package p\n', ''));
    expect(await review(...NEW)).toEqual(['a.go:14']);
  });

  it('in all of the file where the comment is gone that hid them there', async () => {
    const { review, write } = repository({ 'a.go': `//escapement:file-ignore slice-growth -- short lists\n\n${GROWTH}${SECOND}` });
    expect(await review()).toEqual([]);
    write('a.go', `// Package p is one.\n\n${GROWTH}${SECOND}`);
    expect(await review(...NEW)).toEqual(['a.go:8', 'a.go:16']);
  });

  it('where a comment hides nothing any more, and not where it never did', async () => {
    const idle = SECOND.replace('\t\tls = append', `${IGNORE}\t\tls = append`).replace('[]int{}', 'make([]int, 0, len(words))');
    const { review, write } = repository({ 'a.go': IGNORED + idle });
    expect(await review()).toEqual(['a.go:15']);
    write('a.go', IGNORED.replace('[]int{}', 'make([]int, 0, len(words))') + idle);
    expect(await review(...NEW)).toEqual(['a.go:6']);
  });

  it('where its function is called in a loop now, in another file and by way of two functions that are not', async () => {
    const large =
      'package p\n\ntype large struct{ all [200]int }\n\nfunc first(l large) int {\n\tdefer println()\n\treturn l.all[3]\n}\n\nfunc between(l *large) int { return first(*l) }\n\nfunc outer(l *large) int { return between(l) }\n';
    const caller = (text: string): string => `package p\n\nfunc Sum(l *large) (sum int) {\n\t${text}\n\treturn\n}\n`;
    const { review, write } = repository({ 'large.go': large, 'sum.go': caller('sum += between(l) + outer(l)') });
    expect(await review('--rules', 'all')).toEqual([]);
    write('sum.go', caller('sum += between(l)\n\tfor range 9 {\n\t\tsum += outer(l)\n\t}'));
    const [all, fresh] = await Promise.all([review('--rules', 'all'), review(...NEW, '--rules', 'all')]);
    expect(all).toContain('large.go:5');
    expect(fresh).toEqual(all);
  });

  it('where a function two calls on goes on with what it is given, which its callers do not see', async () => {
    const caller =
      'package p\n\nimport "context"\n\nfunc Checked(n int) {\n\tctx, cancel := context.WithCancel(context.Background())\n\tfirst(ctx)\n\tif n < 0 {\n\t\tpanic("negative")\n\t}\n\tcancel()\n}\n\nfunc first(ctx context.Context) { second(ctx) }\n';
    const called = (text: string): string =>
      `package p\n\nimport "context"\n\nvar kept context.Context\n\nfunc second(ctx context.Context) {\n\tdefer println()\n\tkept = ctx\n${text}}\n\nfunc work(ctx context.Context) { <-ctx.Done() }\n`;
    const { review, write } = repository({ 'a.go': caller, 'b.go': called('') });
    expect(await review('--rules', 'all')).toEqual([]);
    write('b.go', called('\tgo work(ctx)\n'));
    expect(await review(...NEW, '--rules', 'all')).toEqual(['a.go:6']);
  });

  it('where a method that could be called instead does other things, though nobody names it', async () => {
    const sink = (text: string): string =>
      `package p\n\ntype sink struct{ all, last []byte }\n\nfunc (s *sink) Write(p []byte) (int, error) {\n\ts.last = p\n\treturn len(p), nil\n}\n\nfunc (s *sink) WriteString(text string) (int, error) {\n\tdefer println()\n\t${text}\n}\n`;
    const caller = 'package p\n\nfunc Say(w *sink, s string) {\n\tw.Write([]byte(s))\n}\n';
    const { review, write } = repository({ 'a.go': caller, 'b.go': sink('return s.Write([]byte(text))') });
    expect(await review('--rules', 'write-conversion')).toEqual([]);
    write('b.go', sink('s.all = append(s.all, text...)\n\treturn s.Write(nil)'));
    expect(await review(...NEW, '--rules', 'write-conversion')).toEqual(['a.go:4']);
  });

  it('where a statement in another file is gone that had settled it for the package', async () => {
    const server =
      'package p\n\nimport "net/http"\n\nvar server = http.Server{Addr: ":80"}\n\nfunc Run() error { return server.ListenAndServe() }\n';
    const setup = (text: string): string => `package p\n\nimport "time"\n\nfunc Setup() {\n\tprintln(time.Now())\n${text}}\n`;
    const { review, write, directory } = repository({ 'run.go': server, 'setup.go': setup('\tserver.ReadHeaderTimeout = time.Second\n') });
    expect(await review('--rules', 'all')).toEqual([]);
    write('setup.go', setup(''));
    expect(await review(...NEW, '--rules', 'all')).toEqual(['run.go:5']);
    const { stdout } = await escapement(['review', ...NEW, '--rules', 'all'], { cwd: directory });
    expect(stdout).toContain('it is new since its package changed, first here at setup.go:5:6');
  });
});

describe.concurrent('a finding is not new', () => {
  it('beside a variable of its group that speaks of what changed', async () => {
    const text = (field: string): string =>
      `package p\n\nimport "fmt"\n\nvar (\n\tErr   = fmt.Errorf("none")\n\tFirst = row{}\n)\n\ntype row struct {\n\ta int\n${field}}\n`;
    const { review, write } = repository({ 'a.go': text('') });
    const before = await review('--rules', 'all');
    expect(before).toEqual(['a.go:6']);
    write('a.go', text('\tb [300]int\n'));
    expect(await review('--rules', 'all')).toEqual(before);
    expect(await review(...NEW, '--rules', 'all')).toEqual([]);
  });

  it('beside a change of its function, wherever the module lies', async () => {
    const project = makeProject({ '.work/testdata/m/go.mod': 'module m\n\ngo 1.26\n', '.work/testdata/m/a.go': GROWTH + SECOND });
    keep(project);
    const cwd = join(project.directory, '.work/testdata/m');
    const git = (...args: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd, encoding: 'utf8' });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'x');
    project.write('.work/testdata/m/a.go', GROWTH.replace('\treturn', '\tprintln(words)\n\treturn') + SECOND);
    const { stdout, code } = await escapement(['review', '--format', 'json', ...NEW], { cwd });
    expect(JSON.parse(stdout).findings).toEqual([]);
    expect(code).toBe(0);
  });

  it('where a comment that only people read came, in its loop, in its statement or above the package', async () => {
    const many = GROWTH.replace('append(ls, len(w)*2)', 'append(\n\t\t\tls,\n\t\t\tlen(w),\n\t\t)');
    const { review, write } = repository({ 'a.go': many });
    expect(await review()).toEqual(['a.go:6']);
    const commented = many.replace('\t\t\tlen(w)', '\t\t\t// The length.\n\t\t\tlen(w)').replace('\tfor', '\t// All of them.\n\tfor');
    write('a.go', `// Package p is one.\n${commented}`);
    expect(await review()).toEqual(['a.go:8']);
    expect(await review(...NEW)).toEqual([]);
    expect(await review(...NEW, '--whole-files')).toEqual(['a.go:8']);
  });
});
