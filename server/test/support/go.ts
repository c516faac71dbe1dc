/** The Go toolchain as a judge of what rules write. It compiles and formats; nothing is run and nothing fetched. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const hasGo = spawnSync('go', ['version']).status === 0;
/** For the name of a suite that needs Go. */
export const unlessGo = hasGo ? '' : ' (skipped: there is no go command)';
/** Milliseconds for a test that compiles. */
export const COMPILE_TIMEOUT = 300_000;

const ENVIRONMENT = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };

/** What the compiler says of the packages, or nothing. `-export` compiles each package and writes no program. */
export function compile(directory: string, pattern: string, tags = ''): string {
  const { status, stderr } = spawnSync('go', ['list', '-export', `-tags=${tags}`, '-f', '{{if .Export}}{{end}}', pattern], {
    cwd: directory,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `[${tags}] ${stderr}`;
}

/** Names of the files that gofmt would change. */
export function unformatted(directory: string, files: readonly string[]): string {
  return files.length === 0 ? '' : execFileSync('gofmt', ['-l', ...files], { cwd: directory, encoding: 'utf8' });
}

export function writeText(directory: string, path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}
