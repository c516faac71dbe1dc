/** The same input gives the same bytes: in every format, whatever the number of workers, with nothing kept, with the cache cold and warm. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/index.ts';
import { escapement, ROOT } from '../support/distribution.ts';
import { temporary } from './shipping.ts';

const RUNS = 20;
const out = temporary('same');
afterAll(() => rmSync(out, { recursive: true, force: true }));

/** All reports of one review, by format. */
async function reports(jobs: number, cache: string): Promise<Readonly<Record<string, string>>> {
  const formats = FORMAT_NAMES.flatMap((name) => ['--format', `${name}:${join(out, name)}`]);
  const args = ['review', '--rules', 'all', '--fail-on', 'never', '--jobs', String(jobs), ...formats, 'test-fixtures/workspaces/mixed'];
  const { code, stderr } = await escapement([...args, 'test-fixtures/rules/escaping-pointer', 'test-fixtures/rules/slice-growth'], {
    cwd: ROOT,
    env: { ESCAPEMENT_CACHE: cache },
  });
  expect(code, stderr).toBe(0);
  return Object.fromEntries(FORMAT_NAMES.map((name) => [name, readFileSync(join(out, name), 'utf8')]));
}

it('with one worker and with eight, with a cache and without', { timeout: 900_000 }, async () => {
  const first = await reports(1, 'off');
  expect(JSON.parse(first.json).findings.length).toBeGreaterThan(20);
  for (let run = 1; run < RUNS; run++) {
    const [jobs, cache] = [run % 2 === 0 ? 1 : 8, run < RUNS / 2 ? 'off' : join(out, 'cache')];
    expect(await reports(jobs, cache), `run ${run}, --jobs ${jobs}, cache ${cache}`).toEqual(first);
  }
});
