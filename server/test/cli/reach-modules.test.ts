/**
 * From one release of a real module to a later one: what `--new-from-rev` tells is what a review of everything finds and a baseline of the older
 * release does not know, in files that changed and in others. Needs the go command and the module proxy.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { copyModule, type ModulePin, troubleWith } from '../../../scripts/ecosystem/go-modules.ts';
import { escapement } from '../support/distribution.ts';

vi.setConfig({ testTimeout: 300_000 });

interface Pair {
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Findings that the change causes in files that it leaves alone. */
  readonly caused: number;
}

const PAIRS: readonly Pair[] = [
  { path: 'github.com/go-chi/chi/v5', from: 'v5.0.12', to: 'v5.3.1', caused: 0 },
  { path: 'github.com/redis/go-redis/v9', from: 'v9.17.3', to: 'v9.21.0', caused: 2 },
];

const trouble = troubleWith(PAIRS.flatMap(({ path, from, to }): ModulePin[] => [from, to].map((version) => ({ path, version }))));
if (trouble !== '' && process.env.CI) throw new Error(trouble);

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

async function told(cwd: string, ...args: readonly string[]): Promise<readonly string[]> {
  const options = ['--no-config', '--rules', 'all', '--fail-on', 'never', '--format', 'json'];
  const { stdout, stderr, code } = await escapement(['review', ...options, ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout).findings.map(({ rule, file, line, column }: Told) => `${file}:${line}:${column} ${rule}`);
}

/** A repository of two commits; the baseline of the first one lies beside it. */
async function releases({ path, from, to }: Pair, use: (folder: string, baseline: string) => Promise<void>): Promise<void> {
  const [before, after] = [from, to].map((version) => copyModule({ path, version }));
  const git = (...args: readonly string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: before.folder, stdio: 'pipe' });
  try {
    const baseline = join(after.folder, '.escapement-baseline.json');
    git('init', '-q', '-b', 'main');
    await escapement(['baseline', 'update', '--no-config', '--rules', 'all'], { cwd: before.folder });
    execFileSync('mv', [join(before.folder, '.escapement-baseline.json'), baseline]);
    git('add', '--all', '--force', '.');
    git('commit', '-qm', 'before');
    for (const name of readdirSync(before.folder)) if (name !== '.git') rmSync(join(before.folder, name), { recursive: true });
    execFileSync('cp', ['-r', `${after.folder}/.`, before.folder]);
    await use(before.folder, '.escapement-baseline.json');
  } finally {
    for (const { dispose } of [before, after]) dispose();
  }
}

describe.skipIf(trouble !== '')(`what is new in a release${trouble === '' ? '' : ` (skipped: ${trouble})`}`, () => {
  it.each(PAIRS)('$path $to', async (pair) => {
    await releases(pair, async (folder, baseline) => {
      const [unknown, fresh] = [await told(folder, '--baseline', baseline), await told(folder, '--new-from-rev', 'HEAD')];
      const changed = new Set(
        execFileSync('git', ['-C', folder, 'status', '--porcelain', '-uall'], { encoding: 'utf8' })
          .split('\n')
          .map((line) => line.slice(3)),
      );
      const isUnchanged = (each: string): boolean => !changed.has(each.split(':')[0]);
      expect(readFileSync(join(folder, 'go.mod'), 'utf8')).toContain(pair.path);
      expect(unknown.filter((each) => !fresh.includes(each))).toEqual([]);
      // A line that changed makes a finding new that the baseline knows by its function and code.
      expect(fresh.filter((each) => !unknown.includes(each) && isUnchanged(each))).toEqual([]);
      expect(fresh.filter(isUnchanged).length).toBe(pair.caused);
    });
  });
});
