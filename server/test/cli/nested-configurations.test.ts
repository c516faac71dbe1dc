/** Configuration files in directories below what is reviewed: each holds for its directory, the innermost one for a file. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project, untilAllHaveRun } from './project.ts';

const until = untilAllHaveRun();
const OFF = 'version: 1\nrules:\n  disable: [slice-growth]\n';
const ERROR = 'version: 1\nseverity:\n  slice-growth: error\n';
const FILES = { 'a.go': GROWTH, 'quiet/q.go': GROWTH, 'quiet/loud/l.go': GROWTH };
const NESTED = { '.escapement.yml': 'version: 1\n', 'quiet/.escapement.yml': OFF, 'quiet/loud/.escapement.toml': 'version = 1\n' };

function make(files: Readonly<Record<string, string>>): Project {
  return until(makeProject({ ...FILES, ...files }));
}

async function told(project: Project, args: readonly string[]): Promise<readonly string[]> {
  const { stdout, stderr } = await escapement(['review', '--format', 'ndjson', ...args], { cwd: project.directory });
  expect(stderr).toBe('');
  const findings = stdout.split('\n').filter((line) => line !== '');
  return findings.map((line) => JSON.parse(line)).flatMap(({ file, severity }) => (file === undefined ? [] : [`${file} ${severity}`]));
}

describe('a configuration in a directory below', () => {
  it.each([
    ['holds there', ['./...'], NESTED, ['a.go hint', 'quiet/loud/l.go hint']],
    ['holds without one above it', ['./...'], { 'quiet/.escapement.yml': OFF }, ['a.go hint']],
    [
      'does not hold where another is named',
      ['-c', '.escapement.yml', './...'],
      NESTED,
      ['a.go hint', 'quiet/loud/l.go hint', 'quiet/q.go hint'],
    ],
    ['does not hold where none is to', ['--no-config', './...'], NESTED, ['a.go hint', 'quiet/loud/l.go hint', 'quiet/q.go hint']],
    ['holds for its own target only', ['a.go', 'quiet/q.go'], { 'quiet/.escapement.yml': OFF }, ['a.go hint']],
    [
      'holds for its own target, in any order',
      ['quiet/q.go', 'a.go'],
      { 'quiet/.escapement.yml': ERROR },
      ['a.go hint', 'quiet/q.go error'],
    ],
  ])('%s', async (_, args, files, expected) => {
    expect(await told(make(files), args)).toEqual(expected);
  });

  it('turns on rules that gates may name and reports describe', async () => {
    const project = make({ '.escapement.yml': OFF, 'quiet/.escapement.yml': 'version: 1\n' });
    const args = ['review', '--fail-on', 'slice-growth', '--format', 'sarif', './...'];
    const { code, stdout } = await escapement(args, { cwd: project.directory });
    expect(code).toBe(1);
    const [{ tool, results }] = JSON.parse(stdout).runs;
    expect(results.map(({ ruleId }: { readonly ruleId: string }) => ruleId)).toEqual(['slice-growth', 'slice-growth']);
    expect(tool.driver.rules.map(({ id }: { readonly id: string }) => id)).toContain('slice-growth');
  });

  it('is an error when it is wrong, and config verify says so too', async () => {
    const project = make({ 'quiet/.escapement.yml': 'version: 1\nrulez: {}\n' });
    for (const args of [
      ['review', './...'],
      ['config', 'verify'],
    ]) {
      const { code, stderr } = await escapement(args, { cwd: project.directory });
      expect(code).toBe(2);
      expect(stderr).toMatch(/^(escapement: )?quiet\/\.escapement\.yml:2:1: .*rulez.*did you mean rules/);
    }
  });

  it('judges the code before a change as it judges the code now', async () => {
    const project = make({ 'quiet/.escapement.yml': ERROR });
    const git = (...args: readonly string[]): void =>
      void execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: project.directory, stdio: 'ignore' });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'x');
    project.write('quiet/q.go', GROWTH.replace('package p\n', 'package p\n\nconst first = 1\n'));
    project.write('quiet/new.go', GROWTH.replace('lengths', 'others'));
    expect(await told(project, ['--new-from-rev', 'HEAD', './...'])).toEqual(['quiet/new.go error']);
  });

  it('names its exclusions that match no file', async () => {
    const project = make({ 'quiet/.escapement.yml': 'version: 1\nexclusions:\n  warnUnused: true\n  paths: [gone]\n' });
    const { stderr } = await escapement(['review', './...'], { cwd: project.directory });
    expect(stderr).toBe('quiet/.escapement.yml: exclusions.paths: "gone" matches no file; take it out, or mend the pattern\n');
  });
});
