/**
 * The demonstration, played: a repository made of a copy of the module, the commits on a branch, and what a shell prints. Dates, names and
 * settings are fixed, so that it prints the same on every machine.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { withModuleCopy } from '../ecosystem/go-modules.ts';
import { COMMITS, type Commit, MODULE } from './commits.ts';
import { STEPS, type Step } from './steps.ts';

/** As Markdown; `cli` and `reviewdog` are paths of programs. Throws when the module cannot be had or a commit does not fit it. */
export function transcript(cli: string, reviewdog: string): string {
  return withModuleCopy(MODULE, (module) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-demo-')));
    try {
      const shell = new Shell(module, programs(join(folder, 'bin'), cli, reviewdog));
      makeBranch(module, shell);
      return STEPS.map((step) => played(step, shell)).join('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

function programs(folder: string, cli: string, reviewdog: string): string {
  mkdirSync(folder);
  cpSync(reviewdog, join(folder, 'reviewdog'));
  writeFileSync(join(folder, 'escapement'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(folder, 'escapement'), 0o755);
  return folder;
}

function makeBranch(folder: string, shell: Shell): void {
  const commit = (subject: string): void => shell.mustRun(`git add -A && git commit -qm '${subject}'`);
  shell.mustRun('git init -q -b main');
  commit(MODULE.version);
  shell.mustRun('git switch -qc headers');
  for (const each of COMMITS) {
    apply(each, folder);
    commit(each.subject);
  }
}

function apply({ moved, added, changed }: Commit, folder: string): void {
  for (const [from, to] of moved) renameSync(join(folder, from), join(folder, to));
  for (const [file, text] of Object.entries(added)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  for (const { file, from, to } of changed) {
    const parts = readFileSync(join(folder, file), 'utf8').split(from);
    if (parts.length !== 2) throw new Error(`${file} of ${MODULE.path} ${MODULE.version} has ${parts.length - 1} times: ${from}`);
    writeFileSync(join(folder, file), parts.join(to));
  }
}

function played({ prose, commands }: Step, shell: Shell): string {
  const lines = commands.map((command) => `$ ${command}\n${shell.run(command)}`);
  return `${prose}\n\n\`\`\`console\n${lines.join('')}\`\`\`\n`;
}

/** One command after the other, each of which knows how the last one ended. */
class Shell {
  private last = 0;
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly cwd: string,
    programs: string,
  ) {
    const who = { NAME: 'Go Developer', EMAIL: 'go@example.com', DATE: '2026-01-05T09:00:00Z' };
    const identity = Object.entries(who).flatMap(([key, value]) => [
      [`GIT_AUTHOR_${key}`, value],
      [`GIT_COMMITTER_${key}`, value],
    ]);
    this.env = {
      ...{ HOME: process.env.HOME, GOMODCACHE: process.env.GOMODCACHE, GOPROXY: process.env.GOPROXY, GOFLAGS: '' },
      ...{ LC_ALL: 'C.UTF-8', NO_COLOR: '1', ESCAPEMENT_CACHE: 'off', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      ...Object.fromEntries(identity),
      PATH: [programs, dirname(process.execPath), process.env.PATH].join(delimiter),
    };
  }

  /** Both streams, with a line feed at their end if there is anything. */
  run(command: string): string {
    const script = `exec 2>&1\n(exit ${this.last})\n${command}`;
    const { status, stdout, error } = spawnSync('bash', ['-c', script], { cwd: this.cwd, env: this.env, encoding: 'utf8' });
    if (error !== undefined) throw error;
    this.last = status ?? 1;
    return stdout === '' || stdout.endsWith('\n') ? stdout : `${stdout}\n`;
  }

  mustRun(command: string): void {
    const output = this.run(command);
    if (this.last !== 0) throw new Error(`${command}: ${output}`);
  }
}
