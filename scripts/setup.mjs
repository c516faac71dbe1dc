/**
 * Makes a fresh clone ready with nothing but Node and npm: a locked install when the lockfile changed, a build when a source
 * did. Both are skipped when nothing changed, so that every command can start with it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const INSTALLED = join(ROOT, 'node_modules/.package-lock.json');
const BUILT = join(ROOT, 'dist/.built');

/**
 * Installs what package-lock.json says, when it is newer than the last install. A linked `node_modules` is another checkout's:
 * `npm ci` would empty it for everyone who shares it.
 */
export function install() {
  if (lstatSync(join(ROOT, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return;
  if (isNewer(INSTALLED, [join(ROOT, 'package-lock.json')])) return;
  console.error('escapement: installing (once) …');
  run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Builds `dist/` when it is older than any source. */
export function build() {
  const sources = ['esbuild.mjs', 'scripts/bundles.mjs', 'package.json', 'server/src', 'server/facts', 'extension/src', 'grammars'].map(
    (path) => join(ROOT, path),
  );
  if (isNewer(BUILT, sources.flatMap(filesBelow))) return;
  console.error('escapement: building …');
  run(process.execPath, [join(ROOT, 'esbuild.mjs')]);
}

/** Runs a command in the repository, its output on standard error, and ends this process with its code when it fails. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (error) console.error(`escapement: cannot run ${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 2);
}

function isNewer(target, sources) {
  if (!existsSync(target)) return false;
  const made = statSync(target).mtimeMs;
  return sources.every((source) => statSync(source).mtimeMs <= made);
}

function filesBelow(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
