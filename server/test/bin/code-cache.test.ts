/** The compiled form of the bundles: V8 takes it as it ships, and without it or with a spoiled one nothing but time is lost. */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { makeCodeCache } from '../../../scripts/code-cache.mjs';
import { DISTRIBUTION, ROOT } from '../support/distribution.ts';

const folder = mkdtempSync(join(tmpdir(), 'escapement-code-'));
const copy = join(folder, 'dist');
const FIXTURES = join(ROOT, 'test-fixtures/rules/lost-cancel');
const KEEPS_CODE_ITSELF = Number.parseInt(process.versions.node, 10) >= 22;

let sound: ReturnType<typeof review> | undefined;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.skipIf(KEEPS_CODE_ITSELF)('is taken by V8, in the process and in the worker', () => {
  const verdicts = witness('review');
  const { status } = review(DISTRIBUTION, verdicts.flags);
  expect(status).toBe(1);
  expect(['analysis.js', 'cli.js'].map(verdicts.of)).toEqual(['false', 'false']);
});

it.skipIf(KEEPS_CODE_ITSELF).each([['server.js'], ['escapement.js', 'lsp']])(
  'is taken by the worker of %s, too',
  async (entry, ...command) => {
    const verdicts = witness(entry);
    const server = spawn(process.execPath, [...verdicts.flags, join(DISTRIBUTION, entry), ...command, '--stdio'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    try {
      await expect.poll(() => verdicts.of('analysis.js'), { timeout: 10_000 }).toBe('false');
    } finally {
      server.kill();
    }
  },
);

it.skipIf(KEEPS_CODE_ITSELF)('holds the analysis, whatever earlier builds have kept', () => {
  const built = join(folder, 'built');
  cpSync(DISTRIBUTION, built, { recursive: true });
  vi.stubEnv('ESCAPEMENT_CACHE', join(folder, 'kept'));
  const sizes = [1, 2].map(() => {
    makeCodeCache(built);
    return statSync(join(built, `analysis.js.${process.arch}.cache`)).size;
  });
  vi.unstubAllEnvs();
  expect(sizes[1] / sizes[0]).toBeCloseTo(1, 2);
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

/** Lets a process say of each script that is compiled from a cache whether V8 refused it; it is preloaded into workers, too. */
function witness(name: string) {
  const verdicts = join(folder, name);
  const file = join(verdicts, 'witness.cjs');
  mkdirSync(verdicts);
  writeFileSync(
    file,
    `
    const vm = require('node:vm');
    const { writeFileSync } = require('node:fs');
    const { basename, join } = require('node:path');
    vm.Script = class extends vm.Script {
      constructor(source, options) {
        super(source, options);
        if (this.cachedDataRejected !== undefined) writeFileSync(join(__dirname, basename(options.filename) + '.verdict'), String(this.cachedDataRejected));
      }
    };`,
  );
  return {
    flags: ['--require', file],
    of: (bundle: string): string => {
      const verdict = join(verdicts, `${bundle}.verdict`);
      return existsSync(verdict) ? readFileSync(verdict, 'utf8') : '';
    },
  };
}
