/**
 * `npm run check`: everything that judges the code without running the product, in the order CI runs it, offline. All steps
 * run even when one fails, so that one run shows all there is to mend.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './setup.mjs';

install();
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const STEPS = [
  ['types', ['tsc', '--project', '.']],
  ['types in a browser', ['tsc', '--project', 'tsconfig.web.json']],
  ['format and lint', ['biome', 'check', '--error-on-warnings', '.']],
  ['layers', ['depcruise', 'server/src', 'extension/src', '--config', '.dependency-cruiser.cjs']],
  ['dead code', ['knip']],
  ['generated files', ['tsx', 'scripts/generate/index.ts', '--check']],
];

const failed = STEPS.filter(([name, command]) => !passes(name, command)).map(([name]) => name);
console.log(failed.length === 0 ? 'check: all passed' : `check: failed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function passes(name, [tool, ...args]) {
  console.log(`check: ${name}`);
  const { status } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status === 0;
}
