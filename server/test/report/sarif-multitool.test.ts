/** Our SARIF through the validator of the standard's own editors, which knows more than the schema. Fetched when it is first needed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
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
