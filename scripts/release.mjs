/**
 * `npm run release -- FOLDER`: what a release is made of. The folder gets the npm package with a manifest that holds nothing of the
 * editor and no scripts, and beside it what GitHub's runners and pre-commit look for. `npm publish FOLDER` publishes it; committed and
 * tagged, it is what `uses: escapement/escapement@v1.2.3` and pre-commit's `rev: v1.2.3` check out, with nothing left to install or build.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Fields of the manifest that a user of the command line has a use for. */
const FIELDS = ['name', 'version', 'description', 'keywords', 'license', 'repository', 'homepage', 'bugs', 'bin', 'engines'];
/** What the npm package leaves out, because only those who take a release from git read it. */
const BESIDE = ['action.yml', '.pre-commit-hooks.yaml', 'CHANGELOG.md'];

const [given] = process.argv.slice(2);
if (given === undefined) fail('usage: npm run release -- FOLDER');
const folder = resolve(process.env.INIT_CWD ?? '.', given);
if (existsSync(folder) && readdirSync(folder).length > 0) fail(`${given} is not empty`);

run(process.execPath, [join(ROOT, 'esbuild.mjs'), '--production']);
for (const file of [...packedFiles(), ...BESIDE]) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  cpSync(join(ROOT, file), join(folder, file));
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const lean = Object.fromEntries(FIELDS.map((field) => [field, manifest[field]]));
writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...lean, engines: { node: manifest.engines.node } }, undefined, 2)}\n`);
for (const file of Object.values(manifest.bin)) chmodSync(join(folder, file), 0o755);
console.log(`${manifest.name} ${manifest.version} in ${given}`);

/** Paths of the npm package's files, as npm itself chooses them. */
function packedFiles() {
  const [{ files }] = JSON.parse(run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts']));
  return files.map(({ path }) => path);
}

/** Standard output of a command in the repository; this process ends with it when it fails. */
function run(command, args) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(`${command}: ${error?.message ?? `code ${status}`}`);
  return stdout;
}

function fail(why) {
  console.error(`release: ${why}`);
  process.exit(2);
}
