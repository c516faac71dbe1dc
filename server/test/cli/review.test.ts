/** `escapement review` as a process: what it prints where, and how it ends. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement, VERSION } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

describe.concurrent('exit codes', () => {
  it('are 0 without findings', async () => {
    const { directory: cwd } = project({ 'a.go': CLEAN });
    expect(await escapement(['review'], { cwd })).toEqual({ code: 0, stdout: 'No findings in 1 file\n', stderr: '' });
  });

  it('are 0 for findings below --fail-on and 1 from there on', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const levels = ['never', 'error', 'warning', 'information', 'hint'];
    const codes = await Promise.all(levels.map(async (level) => (await escapement(['review', '--fail-on', level], { cwd })).code));
    expect(codes).toEqual([0, 0, 0, 0, 1]);
  });

  it('are 1 for findings of rules that --fail-on names, by themselves or beside a severity', async () => {
    const leak =
      'package p\n\nimport "context"\n\nfunc f(c context.Context) context.Context {\n\td, _ := context.WithCancel(c)\n\treturn d\n}\n';
    const { directory: cwd } = project({ 'a.go': GROWTH, 'leak/b.go': leak });
    const codeOf = async (path: string, ...gates: readonly string[]): Promise<number | null> =>
      (await escapement(['review', path, ...gates.flatMap((gate) => ['--fail-on', gate])], { cwd })).code;
    const ofHint = [
      ['slice-growth'],
      ['lost-cancel'],
      ['never,slice-growth'],
      ['error', 'sprintf-write,slice-growth'],
      ['error,lost-cancel'],
    ];
    expect(await Promise.all(ofHint.map((gates) => codeOf('a.go', ...gates)))).toEqual([1, 0, 1, 1, 0]);
    const ofWarning = [['slice-growth'], ['slice-growth', 'warning'], ['warning,error'], ['escapement'], ['lost-cancel']];
    expect(await Promise.all(ofWarning.map((gates) => codeOf('leak', ...gates)))).toEqual([0, 1, 0, 0, 1]);
  });

  it('are 2 when time is up', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const { code, stderr, stdout } = await escapement(['review', '--timeout', '1ms'], { cwd });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/^incomplete: stopped after 1ms \(--timeout\)[^\n]*\n\nNo findings in 0 files, incomplete\n$/);
  });
});

describe.concurrent('what cannot be done', () => {
  it('is one line that names the file that cannot be written', async () => {
    const { directory: cwd } = project({ 'a.go': CLEAN });
    const run = await escapement(['review', '--format', 'json:no/such/dir.json'], { cwd });
    expect(run).toEqual({
      code: 2,
      stdout: '',
      stderr: 'escapement: --format: cannot write no/such/dir.json: ENOENT: no such file or directory\n',
    });
  });

  it('names the place in a configuration file', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH, '.escapement.yml': 'version: 1\nrules:\n  defualt: all\n' });
    const { code, stderr } = await escapement(['review'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^escapement: \.escapement\.yml:3:3: defualt is unknown.*\n$/);
    expect((await escapement(['review', '--no-config'], { cwd })).code).toBe(0);
  });
});

describe.concurrent('output', () => {
  it('is one line per finding when quiet', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH, 'sub/b.go': GROWTH });
    const { stdout } = await escapement(['review', './...', '-q'], { cwd });
    expect(stdout.split('\n').map((line) => line.split(': ')[0])).toEqual(['a.go:6:3', 'sub/b.go:6:3', '']);
  });

  it('has colours only when asked for, as nobody looks', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const [plain, always, bare] = await Promise.all(
      [[], ['--color', 'always'], ['--color']].map((args) => escapement(['review', ...args], { cwd })),
    );
    expect(plain.stdout).not.toContain('\u001b');
    expect(always.stdout).toContain('\u001b[');
    expect(bare.stdout).toBe(always.stdout);
  });

  it('is JSON of the published schema, alone on standard output', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const { stdout, stderr } = await escapement(['review', '--format', 'json'], { cwd });
    const report = JSON.parse(stdout);
    expect(stderr).toBe('');
    expect(report).toMatchObject({ tool: { name: 'escapement', version: VERSION }, summary: { files: 1, findings: 1, ms: 0 } });
    expect(report.findings[0]).toMatchObject({ rule: 'slice-growth', file: 'a.go', line: 6, column: 3, endLine: 6, function: 'lengths' });
    expect(report.findings[0].fixes[0]).toMatchObject({ safety: 'safe' });
  });

  it('goes to several places at once', async () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    const { stdout } = await escapement(['review', '--format', 'sarif:out.sarif', '--format', 'json:out.json', '--format', 'github'], {
      cwd,
    });
    expect(stdout).toMatch(/^::notice file=a\.go,line=6,/);
    expect(JSON.parse(read('out.json')).findings).toHaveLength(1);
    expect(JSON.parse(read('out.sarif')).runs[0].results[0].ruleId).toBe('slice-growth');
  });

  it('is the same whatever the number of workers', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`p${i % 5}/f${i}.go`, GROWTH.replace('lengths', `lengths${i}`)]),
    );
    const { directory: cwd } = project(files);
    const reports = await Promise.all(['1', '2', '4'].map((jobs) => escapement(['review', '--format', 'json', '--jobs', jobs], { cwd })));
    expect(JSON.parse(reports[0].stdout).summary).toMatchObject({ files: 20, findings: 20 });
    expect(new Set(reports.map((report) => report.stdout)).size).toBe(1);
  });

  it('counts and times with --stats, on standard error', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const { stdout, stderr } = await escapement(['review', '--stats', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout).summary.ms).toBeGreaterThan(0);
    expect(stderr).toMatch(/files +1\n.*slice-growth +1\ntime +\d+\.\d\d s\n$/s);
  });

  it('ends quietly when nobody reads it', async () => {
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`p${i}/f.go`, GROWTH]));
    const { directory: cwd } = project(files);
    expect(await escapement(['review'], { cwd, closeStdout: true })).toMatchObject({ code: 0, stderr: '' });
  });

  it('makes hostile names harmless', async () => {
    const { directory: cwd } = project({ 'a\u001b]0;x\u0007\u202e.go': GROWTH });
    const { stdout } = await escapement(['review'], { cwd });
    expect(stdout).toContain('a\\x1b]0;x\\x07\\u202e.go:6:3: hint:');
    expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe.concurrent('what is reviewed', () => {
  const tree = {
    'a.go': GROWTH,
    'sub/b.go': GROWTH,
    'testdata/c.go': GROWTH,
    'vendor/d/d.go': GROWTH,
    'inner/go.mod': 'module q\n',
    'inner/e.go': GROWTH,
    '.escapement.yml': 'version: 1\nrules: { settings: { slice-growth: { seldom: true } } }\n',
  };
  const filesOf = async (args: readonly string[], cwd: string): Promise<readonly string[]> => {
    const { stdout } = await escapement(['review', '--rules', 'all', '--format', 'json', ...args], { cwd });
    return JSON.parse(stdout).findings.map((finding: { file: string }) => finding.file);
  };

  it('is the tree below a directory, as the go command walks', async () => {
    const { directory: cwd } = project(tree);
    expect(await filesOf([], cwd)).toEqual(['a.go', 'sub/b.go']);
    expect(await filesOf(['./...'], cwd)).toEqual(['a.go', 'sub/b.go']);
    expect(await filesOf(['sub/...'], cwd)).toEqual(['sub/b.go']);
    expect(await filesOf([join(cwd, 'sub')], cwd)).toEqual(['sub/b.go']);
  });

  it('is what is named, whatever it is called', async () => {
    const { directory: cwd } = project(tree);
    expect(await filesOf(['testdata', 'inner', 'vendor/d/d.go'], cwd)).toEqual(['inner/e.go', 'testdata/c.go', 'vendor/d/d.go']);
  });

  it('has one name, whatever links led there', async () => {
    const { directory } = project(tree);
    symlinkSync('sub', join(directory, 'link'));
    expect(await filesOf(['link', 'link/b.go', 'sub'], directory)).toEqual(['sub/b.go']);
  });

  it('has paths relative to the working directory', async () => {
    const { directory } = project(tree);
    expect(await filesOf(['..'], join(directory, 'sub'))).toEqual(['../a.go', 'b.go']);
  });

  it('is standard input with -', async () => {
    const { directory: cwd } = project({ 'a.go': CLEAN });
    const { stdout, code } = await escapement(['review', '-', '--stdin-filepath', 'new.go', '-q', '--fail-on', 'hint'], {
      cwd,
      stdin: GROWTH,
    });
    expect(stdout).toMatch(/^new\.go:6:3: hint: /);
    expect(code).toBe(1);
  });

  it('follows --rules rather than the configuration', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH, '.escapement.yml': 'version: 1\nrules:\n  disable: [slice-growth]\n' });
    expect(await filesOf([], cwd)).toEqual([]);
    expect(await filesOf(['--rules', 'slice-growth'], cwd)).toEqual(['a.go']);
    expect(await filesOf(['--rules', 'map-growth'], cwd)).toEqual([]);
  });

  it('says what was skipped', async () => {
    const { directory: cwd } = project({ 'a.go': CLEAN, 'g.go': `// Code generated by x. DO NOT EDIT.\n\n${GROWTH}` });
    const [some, all] = await Promise.all([[], ['-v']].map((args) => escapement(['review', ...args], { cwd })));
    expect(some.stdout).toBe('1 file skipped (-v says which and why)\n\nNo findings in 1 file\n');
    expect(all.stdout).toMatch(/^g\.go: skipped: generated code/);
  });
});

describe.concurrent('other commands', () => {
  it('print the version', async () => {
    expect(await escapement(['--version'])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: '' });
  });

  it('print help on request, and instead of doing nothing', async () => {
    const [asked, review, none] = await Promise.all([['--help'], ['review', '--help'], []].map((args) => escapement(args)));
    expect([asked.code, review.code, none.code]).toEqual([0, 0, 2]);
    expect(review.stdout).toContain('Exit codes:');
    expect(none).toMatchObject({ stdout: '', stderr: asked.stdout });
  });

  it('list and explain rules', async () => {
    const [text, json, page] = await Promise.all(
      [['rules'], ['rules', '--format', 'json'], ['explain', 'slice-growth']].map((args) => escapement(args)),
    );
    expect(text.stdout).toMatch(/^slice-growth {2,}hint/m);
    expect(JSON.parse(json.stdout).map((rule: { id: string }) => rule.id)).toContain('slice-growth');
    expect(page.stdout).toMatch(/^# slice-growth\n/);
  });

  it('print, verify and describe the configuration', async () => {
    const { directory: cwd } = project({ '.escapement.yml': 'version: 1\nseverity:\n  slice-growth: error\n' });
    const [print, verify, schema] = await Promise.all(['print', 'verify', 'schema'].map((what) => escapement(['config', what], { cwd })));
    expect(JSON.parse(print.stdout)).toMatchObject({ file: '.escapement.yml', settings: { rules: { 'slice-growth': 'error' } } });
    expect(verify).toEqual({ code: 0, stdout: '.escapement.yml: valid\n', stderr: '' });
    expect(() => new Ajv({ strict: false }).compile(JSON.parse(schema.stdout))).not.toThrow();
  });

  it('find a wrong configuration', async () => {
    const { directory: cwd } = project({ 'wrong.yml': 'version: 2\n' });
    const { code, stdout, stderr } = await escapement(['config', 'verify', '--config', 'wrong.yml'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^wrong\.yml:1:\d+: /);
  });

  it('know that they are well', async () => {
    const { code, stdout } = await escapement(['doctor']);
    expect(stdout).toContain('review: works');
    expect(code).toBe(0);
  });
});
