/** The GitHub action, as far as a machine without GitHub can go: its steps run as they stand, in a repository with a pull request's history. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { parseGithub } from '../report/hostile.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly run: string; readonly shell: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const ROOT = join(import.meta.dirname, '../../..');
const action: Action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
const LEAK =
  'package p\n\nimport "context"\n\nfunc leak(c context.Context) context.Context {\n\tc, _ = context.WithCancel(c)\n\treturn c\n}\n';

let project: Project;
let base: string;
/** Where GitHub would have checked the action out: the file and the bundle, nothing installed. */
const checkout = mkdtempSync(join(tmpdir(), 'escapement-action-'));

beforeAll(() => {
  mkdirSync(join(checkout, 'dist'));
  cpSync(DISTRIBUTION, join(checkout, 'dist'), { recursive: true });
  project = makeProject({ 'old.go': LEAK });
  const git = (...args: string[]): string => {
    const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
    const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: project.directory, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'old');
  base = git('rev-parse', 'HEAD');
  project.write('new.go', LEAK.replace('leak', 'more'));
  for (let i = 0; i < 12; i++) project.write(`h${i}.go`, GROWTH.replace('lengths', `lengths${i}`));
  git('add', '-A');
  git('commit', '-qm', 'new');
});
afterAll(() => {
  project.dispose();
  rmSync(checkout, { recursive: true, force: true });
});

/** Runs the steps with inputs as GitHub gives them: defaults where nothing is said. */
function run(inputs: Readonly<Record<string, string>>): {
  readonly code: number | null;
  readonly stdout: string;
  readonly summary: string;
} {
  const summary = join(checkout, 'summary.md');
  rmSync(summary, { force: true });
  const [step] = action.runs.steps;
  const values: Record<string, string> = { 'github.event.pull_request.base.sha': base };
  for (const [name, { default: value }] of Object.entries(action.inputs)) values[`inputs.${name}`] = inputs[name] ?? value;
  const env = Object.entries(step.env).map(([name, text]) => [
    name,
    text.replace(/\$\{\{ (\S+) \}\}/g, (_, key: string) => values[key] ?? ''),
  ]);
  const { status, stdout } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], {
    cwd: project.directory,
    encoding: 'utf8',
    env: { ...process.env, ...Object.fromEntries(env), GITHUB_ACTION_PATH: checkout, GITHUB_STEP_SUMMARY: summary },
  });
  const written = spawnSync('cat', [summary], { encoding: 'utf8' }).stdout;
  return { code: status, stdout, summary: written };
}

it('is composite, with every input told, and nothing of the outside in its script', () => {
  expect(action.runs.using).toBe('composite');
  expect(Object.values(action.inputs).every(({ description }) => description.length > 0)).toBe(true);
  for (const { run: script, shell } of action.runs.steps) {
    expect(shell).toBe('bash');
    expect(script).not.toContain('${{');
  }
});

it('annotates what the pull request brings, worst first, and sums all of it up', () => {
  const { code, stdout, summary } = run({ args: '--rules all' });
  expect(code).toBe(1);
  const commands = stdout.trim().split('\n').map(parseGithub);
  expect(commands[0]).toMatchObject({ command: 'warning', properties: { file: 'new.go', title: 'lost-cancel' } });
  expect(commands.some(({ properties }) => properties.file === 'old.go')).toBe(false);
  expect(commands.length).toBeGreaterThan(10);
  expect(summary).toMatch(/^### Escapement: 1\d findings/);
  expect(summary.match(/^- \*\*/gm)).toHaveLength(commands.length);
});

it('reviews everything where it is told to, and fails as it is told to', () => {
  const all = run({ 'only-new': 'false', 'fail-on': 'never', 'sarif-file': 'out.sarif' });
  expect(all.code).toBe(0);
  expect(all.stdout).toContain('file=old.go');
  expect(JSON.parse(project.read('out.sarif')).version).toBe('2.1.0');
});

it('takes inputs for what they are, whatever they hold', () => {
  const { code, stdout } = run({ paths: '$(touch taken) ;touch$IFS./taken', 'fail-on': '"; exit 0; "' });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(existsSync(join(project.directory, 'taken'))).toBe(false);
});
