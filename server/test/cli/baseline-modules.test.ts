/**
 * Baselines of real modules: what is known stays so when all files move, get other names and another layout, and from one release to the next
 * nothing is told as new that was there in a line that stayed. Needs the go command and the module proxy.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diffArrays } from 'diff';
import { describe, expect, it, vi } from 'vitest';
import { copyModule, type ModulePin, troubleWith } from '../../../scripts/ecosystem/go-modules.ts';
import { escapement } from '../support/distribution.ts';

vi.setConfig({ testTimeout: 300_000 });

const BASELINE = '.escapement-baseline.json';
const ALL = ['--no-config', '--rules', 'all'];
const CHI: ModulePin = { path: 'github.com/go-chi/chi/v5', version: 'v5.3.1' };

/** Small ones; between testify's a receiver became a pointer, between chi's files came and went. */
const RELEASES: readonly (readonly [ModulePin, ModulePin])[] = [
  [{ ...CHI, version: 'v5.0.12' }, CHI],
  [
    { path: 'github.com/stretchr/testify', version: 'v1.10.0' },
    { path: 'github.com/stretchr/testify', version: 'v1.11.1' },
  ],
];

const trouble = troubleWith([CHI, ...RELEASES.flat()]);
if (trouble !== '' && process.env.CI) throw new Error(trouble);

async function withCopy(pin: ModulePin, use: (folder: string) => Promise<void>): Promise<void> {
  const { folder, dispose } = copyModule(pin);
  try {
    await use(folder);
  } finally {
    dispose();
  }
}

interface Told {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
}

async function told(cwd: string, ...args: readonly string[]): Promise<readonly Told[]> {
  const { stdout, stderr, code } = await escapement(['review', ...ALL, '--fail-on', 'never', '--format', 'json', ...args], { cwd });
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout).findings.map(({ rule, file, line }: Told) => ({ rule, file, line }));
}

async function update(cwd: string): Promise<void> {
  const { code, stderr } = await escapement(['baseline', 'update', ...ALL], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^\.escapement-baseline\.json: \d+ known findings\n$/) });
}

function goFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
}

/** Another name, another first page, other white space everywhere but in texts of several lines. */
function disguise(folder: string, file: string): void {
  const text = readFileSync(join(folder, file), 'utf8');
  const moved = text.replace(/^package .*$/m, (clause) => `// A line more.\n\n${clause}\n\n// And another one.\n`);
  const other = text.includes('`') ? moved : moved.replaceAll(/^\t+/gm, (tabs) => '   '.repeat(tabs.length)).replaceAll(' := ', '  :=  ');
  writeFileSync(join(folder, file), other);
  renameSync(join(folder, file), join(folder, dirname(file), `disguised_${basename(file)}`));
}

/** By `file:line` of `after`, the line of `before` in the file of the same name; only lines that are in both. */
function sameLines(before: string, after: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const old = new Set(goFiles(before));
  for (const file of goFiles(after).filter((name) => old.has(name))) {
    const [a, b] = [before, after].map((folder) => readFileSync(join(folder, file), 'utf8').split('\n'));
    let [from, to] = [1, 1];
    for (const { added, removed, count } of diffArrays(a, b)) {
      for (let i = 0; i < count && !added && !removed; i++) lines.set(`${file}:${to + i}`, from + i);
      if (!added) from += count;
      if (!removed) to += count;
    }
  }
  return lines;
}

describe.skipIf(trouble !== '')(`a baseline of a real module${trouble === '' ? '' : ` (skipped: ${trouble})`}`, () => {
  it('knows all of it in other files, elsewhere in them, and laid out anew', async () => {
    await withCopy(CHI, async (folder) => {
      const findings = await told(folder);
      expect(findings.length).toBeGreaterThan(20);
      await update(folder);
      for (const file of goFiles(folder)) disguise(folder, file);
      const now = await told(folder);
      expect(now.length).toBe(findings.length);
      expect(now.filter(({ file }) => !file.includes('disguised_'))).toEqual([]);
      expect(await told(folder, '--baseline', BASELINE)).toEqual([]);
      const { stderr } = await escapement(['baseline', 'prune', ...ALL], { cwd: folder });
      expect(stderr).toBe(`${BASELINE}: 0 taken out, ${findings.length} left\n`);
    });
  });

  it('says what went with a file, and prunes just that', async () => {
    await withCopy(CHI, async (folder) => {
      const findings = await told(folder);
      await update(folder);
      const [{ file }] = findings;
      const gone = findings.filter((each) => each.file === file).length;
      rmSync(join(folder, file));
      const { stderr } = await escapement(['review', ...ALL, '--fail-on', 'never', '--baseline', BASELINE], { cwd: folder });
      expect(stderr).toMatch(gone === 1 ? 'one known finding is gone' : `${gone} known findings are gone`);
      const pruned = await escapement(['baseline', 'prune', ...ALL], { cwd: folder });
      expect(pruned.stderr).toBe(`${BASELINE}: ${gone} taken out, ${findings.length - gone} left\n`);
    });
  });

  it.each(RELEASES)('of %o tells nothing as new that stayed in %o', async (old, next) => {
    await withCopy(old, (before) =>
      withCopy(next, async (after) => {
        const known = new Set((await told(before)).map(({ rule, file, line }) => `${rule} ${file}:${line}`));
        await update(before);
        renameSync(join(before, BASELINE), join(after, BASELINE));
        const fresh = await told(after, '--baseline', BASELINE);
        const same = sameLines(before, after);
        const stayed = fresh.filter(({ rule, file, line }) => known.has(`${rule} ${file}:${same.get(`${file}:${line}`)}`));
        expect(same.size).toBeGreaterThan(1000);
        expect(stayed).toEqual([]);
      }),
    );
  });
});
