/** Our SARIF through the validator of the standard's own editors, which knows more than the schema. Fetched when it is first needed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { afterAll, expect, it } from 'vitest';
import { GROWTH, makeProject } from '../cli/project.ts';
import { escapement, ROOT } from '../support/distribution.ts';
import { golden } from './sample.ts';

const VERSION = '5.7.0';
const HOME = join(ROOT, 'node_modules/.cache/sarif-multitool', VERSION);
/** The package for the platform; its script would do no more than make it executable. */
const TOOL = join(HOME, `node_modules/@microsoft/sarif-multitool-${process.platform}/Sarif.Multitool`);
const folder = mkdtempSync(join(tmpdir(), 'escapement-sarif-'));

function install(): string {
  mkdirSync(HOME, { recursive: true });
  writeFileSync(join(HOME, 'package.json'), '{}');
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@microsoft/sarif-multitool@${VERSION}`];
  const { status, stderr, error } = spawnSync('npm', args, { cwd: HOME, encoding: 'utf8' });
  if (status !== 0) return error?.message ?? stderr;
  chmodSync(TOOL, 0o755);
  return '';
}

const trouble = existsSync(TOOL) ? '' : install();
if (trouble !== '' && process.env.CI) throw new Error(`the SARIF validator could not be fetched: ${trouble}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function validate(file: string): string {
  const { stdout, stderr } = spawnSync(TOOL, ['validate', file], { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

it.skipIf(trouble !== '')('finds nothing in the golden report', () => {
  const said = validate(golden('review.sarif'));
  expect(said).toContain('Analysis completed successfully');
  expect(said).not.toMatch(/: (error|warning|note) /);
});

it.skipIf(trouble !== '')('finds nothing in a report that tells suppressed findings too', async () => {
  const { directory, dispose } = makeProject({
    'a.go': GROWTH,
    'b.go': GROWTH.replace('lengths', 'others').replace('\tfor', '\t//escapement:ignore slice-growth -- few words\n\tfor'),
    'c.go': GROWTH.replace('lengths', 'third'),
  });
  const run = (...args: readonly string[]): ReturnType<typeof escapement> => escapement(args, { cwd: directory });
  await run('baseline', 'update', 'a.go');
  const { code } = await run('review', '--show-suppressed', '--baseline', '.escapement-baseline.json', '--format', 'sarif:review.sarif');
  const report = join(directory, 'review.sarif');
  const { results = [] } = (JSON.parse(readFileSync(report, 'utf8')) as Log).runs[0];
  const said = validate(report);
  dispose();
  expect(code).toBe(0);
  expect(results.map(({ suppressions }) => suppressions?.map(({ kind }) => kind))).toEqual([['external'], ['inSource'], []]);
  expect(said).toContain('Analysis completed successfully');
  expect(said).not.toMatch(/: (error|warning|note) /);
});

it.skipIf(trouble !== '')('finds nothing in a report of all rules on their fixtures', async () => {
  const report = join(folder, 'review.sarif');
  const fixtures = join(ROOT, 'test-fixtures/rules');
  const { code } = await escapement(['review', '--rules', 'all', '--format', `sarif:${report}`, '--fail-on', 'never', '.'], {
    cwd: fixtures,
  });
  expect(code).toBe(0);
  const said = validate(report);
  expect(said).toContain('Analysis completed successfully');
  expect(said).not.toMatch(/: (error|warning|note) /);
});
