/** `review --watch` as a process: what it says after each change, and how it ends. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { DISTRIBUTION, escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 120_000 });

const running: { readonly child: ChildProcess; readonly project: Project }[] = [];

afterEach(() => {
  for (const { child, project } of running.splice(0)) {
    child.kill('SIGKILL');
    project.dispose();
  }
});

/** What each finished review of a watching process found, `file:line`, and what came on standard error. */
class Watching {
  readonly project = makeProject({ 'a.go': CLEAN });
  readonly rounds: string[][] = [[]];
  stderr = '';
  readonly ended: Promise<number | null>;
  readonly child: ChildProcess;

  constructor(...args: readonly string[]) {
    const { ESCAPEMENT_CACHE: _, ...env } = process.env;
    const script = join(DISTRIBUTION, 'escapement.js');
    const child = spawn(process.execPath, [script, 'review', '--watch', '--format', 'ndjson', ...args], {
      cwd: this.project.directory,
      env: { ...env, ESCAPEMENT_CACHE: 'off' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.hear(JSON.parse(line));
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
    this.child = child;
    this.ended = new Promise((resolve) => child.on('close', resolve));
    running.push({ child, project: this.project });
  }

  /** Resolves when the last finished review found just this. */
  finds(...expected: readonly string[]): Promise<void> {
    return expect
      .poll(() => (this.rounds.length < 2 ? undefined : this.rounds.at(-2)), { timeout: 30_000, interval: 20 })
      .toEqual(expected);
  }

  private hear(line: { readonly kind: string; readonly file: string; readonly line: number }): void {
    if (line.kind === 'finding') this.rounds.at(-1)?.push(`${line.file}:${line.line}`);
    if (line.kind === 'summary') this.rounds.push([]);
  }
}

it('reviews again after files are written, replaced, renamed, broken, mended and deleted, also in new folders', async () => {
  const watching = new Watching();
  const { project, rounds } = watching;
  const at = (name: string): string => join(project.directory, name);
  await watching.finds();
  project.write('a.go', GROWTH);
  await watching.finds('a.go:6');
  writeFileSync(at('.a.go.swp'), `package p\n\n${GROWTH.replace('package p\n', '')}`);
  renameSync(at('.a.go.swp'), at('a.go'));
  project.write('new/deep/b.go', GROWTH);
  await watching.finds('a.go:7', 'new/deep/b.go:6');
  project.write('a.go', GROWTH.replace('return ls', 'return ls +'));
  await watching.finds('new/deep/b.go:6');
  project.write('a.go', `// Package p.\n${GROWTH}`);
  await watching.finds('a.go:7', 'new/deep/b.go:6');
  renameSync(at('a.go'), at('c.go'));
  await watching.finds('c.go:7', 'new/deep/b.go:6');
  rmSync(at('new'), { recursive: true });
  await watching.finds('c.go:7');
  unlinkSync(at('c.go'));
  await watching.finds();
  const before = rounds.length;
  for (let i = 0; i < 40; i++) project.write(`f${i}.go`, GROWTH.replace('lengths', `lengths${i}`));
  for (let i = 1; i < 40; i++) project.write(`f${i}.go`, 'package p\n');
  await watching.finds('f0.go:6');
  expect(rounds.length - before).toBeLessThan(6);
  watching.child.kill('SIGINT');
  expect(await watching.ended).toBe(130);
});

it('follows the configuration and the module, also through errors in it', async () => {
  const watching = new Watching();
  const { project } = watching;
  await watching.finds();
  project.write('a.go', GROWTH);
  await watching.finds('a.go:6');
  project.write('.escapement.yml', 'version: 1\nrules:\n  disable: [slice-growth]\n');
  await watching.finds();
  project.write('.escapement.yml', 'version: 1\nrules:\n  dissable: [slice-growth]\n');
  await expect.poll(() => watching.stderr, { timeout: 30_000 }).toContain('escapement: .escapement.yml:3:3: dissable is unknown');
  unlinkSync(join(project.directory, '.escapement.yml'));
  await watching.finds('a.go:6');
  mkdirSync(join(project.directory, 'sub'));
  project.write('sub/go.mod', 'module sub\n');
  project.write('sub/b.go', GROWTH);
  project.write('a.go', CLEAN);
  await watching.finds();
  watching.child.kill('SIGTERM');
  expect(await watching.ended).toBe(143);
});

it.each([
  [['--fix'], '--watch: changes nothing by itself; leave out --fix, --diff and --fix-patch'],
  [['--format', 'sarif'], '--watch: sarif is one document; send it to a file with --format sarif:FILE, or take ndjson'],
  [['-', '--stdin-filepath', 'a.go'], '--watch: standard input does not change; name files or directories'],
  [['nowhere'], 'nowhere: no such file or directory'],
])('refuses %j', async (args, message) => {
  const { code, stderr } = await escapement(['review', '--watch', ...args], { cwd: DISTRIBUTION });
  expect({ code, stderr }).toEqual({ code: 2, stderr: `escapement: ${message}\n` });
});
