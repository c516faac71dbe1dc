/** The repository as somebody else has it, and commands run in it: for tests of what is made of a clone. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { ROOT } from '../support/distribution.ts';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, with these variables besides ours. */
export function run(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  return { status, stdout: stdout ?? '', stderr: error?.message ?? stderr };
}

/** As `run`; throws what the command says when it fails. Answers its standard output. */
export function must(command: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = run(command, args, cwd, env);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

export function git(cwd: string, ...args: readonly string[]): string {
  return must('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], cwd).trim();
}

export function temporary(name: string): string {
  return realpathSync(mkdtempSync(join(tmpdir(), `escapement-${name}-`)));
}

/** A copy without what `.dockerignore` leaves out, which is what a clone lacks, and with our installed packages. */
export function cloneOfSources(): string {
  const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isIgnored = (path: string): boolean =>
    ignored.includes(relative(ROOT, path)) ||
    ignored.some((pattern) => pattern === `**/${basename(path)}` || (pattern.startsWith('*.') && path.endsWith(pattern.slice(1))));
  const folder = join(temporary('clone'), 'escapement');
  mkdirSync(folder);
  for (const name of readdirSync(ROOT)) {
    if (!isIgnored(join(ROOT, name))) cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !isIgnored(path) });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Paths of the files below a folder, with `/`, sorted. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
