/**
 * Every command of docs/ci.md, run as it is written there, in a repository with a branch: none is refused, and each leaves the files it names. What
 * was printed on a console is played by the demo instead, in the repository that it is about.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { escapement, ROOT } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const page = readFileSync(join(ROOT, 'docs/ci.md'), 'utf8');
const blocks = [...page.matchAll(/```(?!console)\w+\n(.*?)```/gs)].map(([, block]) => block).join('\n');
/** Without what comes after the command: comments, pipes, quotes that the recipe's own language puts around it. */
const commands = [...blocks.matchAll(/\bescapement(?:@[\d.]+)? ((?:review|baseline) [^\n#|']*)/g)].map(([, command]) => command.trim());

let project: Project;
let base = '';

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: project.directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

beforeAll(() => {
  project = makeProject({ 'a.go': GROWTH });
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'old');
  base = git('rev-parse', 'HEAD');
  git('update-ref', 'refs/remotes/origin/main', base);
  git('checkout', '-qb', 'branch');
  project.write('b.go', GROWTH.replace('lengths', 'sizes'));
  git('add', '-A');
  git('commit', '-qm', 'new');
  project.write('change.diff', git('diff', 'HEAD~1'));
  project.write('inputs.params', 'a.go\nb.go\n');
  for (const folder of ['out', 'results']) mkdirSync(join(project.directory, folder));
});
afterAll(() => project.dispose());

it('has commands', () => {
  expect(commands.length).toBeGreaterThan(12);
});

it.each(commands)('escapement %s', async (command) => {
  const args = command.split(/\s+/).map((arg) => (arg.startsWith('"$') ? base : arg));
  const { code, stderr } = await escapement(args, { cwd: project.directory });
  expect([0, 1], stderr).toContain(code);
  for (const arg of args) {
    const file = /^\w+:(.+)$/.exec(arg)?.[1] ?? (/\.patch$/.test(arg) ? arg : undefined);
    if (file !== undefined) expect(existsSync(join(project.directory, file)), file).toBe(true);
  }
});
