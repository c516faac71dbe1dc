/** The compiled form of the bundles: V8 takes it as it ships, and without it or with a spoiled one nothing but time is lost. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DISTRIBUTION, ROOT } from '../support/distribution.ts';

const folder = mkdtempSync(join(tmpdir(), 'escapement-code-'));
const copy = join(folder, 'dist');
const FIXTURES = join(ROOT, 'test-fixtures/rules/lost-cancel');
/** Says of each script that is compiled from a cache whether V8 refused it; preloaded into workers, too. */
const WITNESS = `
  const vm = require('node:vm');
  const { writeFileSync } = require('node:fs');
  const { basename, join } = require('node:path');
  vm.Script = class extends vm.Script {
    constructor(source, options) {
      super(source, options);
      if (this.cachedDataRejected !== undefined) writeFileSync(join(${JSON.stringify(folder)}, basename(options.filename) + '.verdict'), String(this.cachedDataRejected));
    }
  };`;

let sound: ReturnType<typeof review> | undefined;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('is taken by V8, in the process and in the worker', () => {
  writeFileSync(join(folder, 'witness.cjs'), WITNESS);
  const { status } = review(DISTRIBUTION, ['--require', join(folder, 'witness.cjs')]);
  expect(status).toBe(1);
  const hasOwnCache = Number.parseInt(process.versions.node, 10) >= 22;
  const files = hasOwnCache ? ['analysis.js'] : ['analysis.js', 'cli.js'];
  expect(files.map((file) => readFileSync(join(folder, `${file}.verdict`), 'utf8'))).toEqual(files.map(() => 'false'));
});

it.each<[string, (file: string) => void]>([
  ['absent', (file) => rmSync(file)],
  ['empty', (file) => writeFileSync(file, '')],
  ['no code', (file) => writeFileSync(file, 'package main\n'.repeat(99))],
  ['cut short', (file) => writeFileSync(file, readFileSync(file).subarray(0, 100_000))],
  ['of another V8', (file) => writeFileSync(file, readFileSync(file).fill(1, 4, 8))],
])('%s, it changes nothing that is printed', (_, spoil) => {
  cpSync(DISTRIBUTION, copy, { recursive: true });
  const caches = readdirSync(copy).filter((name) => name.endsWith('.cache'));
  expect(caches.map((name) => basename(name).split('.')[0]).sort()).toEqual(['analysis', 'cli']);
  for (const name of caches) spoil(join(copy, name));
  sound ??= review(DISTRIBUTION);
  const spoiled = review(copy);
  expect([spoiled.stdout, spoiled.stderr, spoiled.status]).toEqual([sound.stdout, sound.stderr, sound.status]);
  expect(spoiled.stdout).toContain('lost-cancel');
});

function review(distribution: string, flags: readonly string[] = []) {
  const args = [...flags, join(distribution, 'escapement.js'), 'review', '--no-config', '--format', 'json', FIXTURES];
  return spawnSync(process.execPath, args, { encoding: 'utf8' });
}
