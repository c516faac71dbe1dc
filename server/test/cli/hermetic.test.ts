/**
 * A review as a build system runs it: its inputs named in a file, no network, no other program, no variables, a tree that nobody may write.
 * The outputs depend on the inputs alone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { DISTRIBUTION } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';
import { filesBelow, must, temporary } from './shipping.ts';

vi.setConfig({ testTimeout: 240_000 });

const SOURCES: Readonly<Record<string, string>> = {
  'b/b.go': GROWTH.replace('package p', 'package b'),
  'a/use.go': GROWTH.replace('package p', 'package a').replace('lengths', 'numbers').replace('len(w)', 'number(w)'),
  'a/number.go': 'package a\n\nfunc number(s string) int { return len(s) }\n',
  'a/left.go': GROWTH.replace('package p', 'package a'),
};
const INPUTS = ['a/number.go', 'a/use.go', 'b/b.go'];
const OUTPUTS = ['out.sarif', 'out.json', 'out.patch'];

const projects: Project[] = [];
const folders: string[] = [];
afterAll(() => {
  for (const { directory, dispose } of projects) {
    must('chmod', ['-R', 'u+w', directory], '/');
    dispose();
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Without the network where this machine lets us leave it. */
const canLeaveNetwork = spawnSync('unshare', ['-rn', 'true']).status === 0;
const ALONE: readonly string[] = canLeaveNetwork ? ['unshare', '-rn'] : [];

interface Made {
  readonly outputs: readonly string[];
  readonly stderr: string;
}

/** The action in a tree of its own: files written in this order, at this time (seconds). */
function act(order: readonly string[], time: number, jobs: number): Made {
  const project = makeProject({});
  const out = temporary('out');
  projects.push(project);
  folders.push(out);
  for (const file of order) project.write(file, SOURCES[file]);
  for (const file of order) utimesSync(join(project.directory, file), time, time);
  const outputs = OUTPUTS.map((name) => join(out, name));
  const [sarif, json, patch] = outputs;
  writeFileSync(
    join(out, 'inputs.params'),
    ['--format', `sarif:${sarif}`, '--format', `json:${json}`, '--fix-patch', patch, ...INPUTS, ''].join('\n'),
  );
  must('chmod', ['-R', 'a-w', project.directory], '/');
  const before = fingerprint(project.directory);
  const command = [process.execPath, join(DISTRIBUTION, 'escapement.js'), 'review', '--no-config', '--rules', 'all', '--fail-on', 'never'];
  const [program, ...args] = [...ALONE, ...command, '-q', '--jobs', String(jobs), `@${join(out, 'inputs.params')}`];
  const env = { ESCAPEMENT_CACHE: 'off', GOMODCACHE: '/nonexistent', PATH: '/nonexistent' };
  const { status, stdout, stderr } = spawnSync(program.includes('/') ? program : `/usr/bin/${program}`, args, {
    cwd: project.directory,
    env,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  expect(stdout).toBe('');
  expect(fingerprint(project.directory)).toBe(before);
  return { outputs: outputs.map((path) => readFileSync(path, 'utf8')), stderr };
}

/** Of the names and contents of all files. */
function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const file of filesBelow(folder)) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('hex');
}

it(`gives the same bytes wherever and whenever it runs${canLeaveNetwork ? '' : ' (with a network: this machine gives no other)'}`, () => {
  const files = Object.keys(SOURCES);
  const first = act(files, 1_000_000_000, 1);
  const [sarif, json, patch] = first.outputs;
  const { findings } = JSON.parse(json);
  expect(new Set(findings.map(({ file }: { file: string }) => file))).toEqual(new Set(['a/use.go', 'b/b.go']));
  expect(JSON.parse(sarif).runs[0].results).toHaveLength(findings.length);
  expect(patch).toMatch(/^--- a\/a\/use\.go\n/);
  for (const each of first.outputs) expect(each).not.toContain(projects[0].directory);
  expect(act([...files].reverse(), 1_700_000_000, 4)).toEqual(first);
});

it('reads arguments from files, one on each line', () => {
  const project = makeProject({ 'a b.go': GROWTH, '@c.go': GROWTH });
  projects.push(project);
  mkdirSync(join(project.directory, 'empty'));
  chmodSync(join(project.directory, 'empty'), 0o755);
  project.write('one.params', 'a b.go\r\n\n--rules\nslice-growth\n');
  const review = (...args: string[]): string =>
    spawnSync(process.execPath, [join(DISTRIBUTION, 'escapement.js'), 'review', '-q', ...args], {
      cwd: project.directory,
      encoding: 'utf8',
    }).stdout;
  expect(review('@one.params')).toMatch(/^a b\.go:6:3: hint: .*\n$/);
  expect(review('./@c.go')).toMatch(/^@c\.go:6:3: hint: .*\n$/);
});
