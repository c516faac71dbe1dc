/**
 * `npm run ecosystem [-- OPTION… MODULE…]`: proves the fixes of all rules on real, pinned modules and the library of Go.
 *
 * Every fix by itself: the text parses, type-checks with its package, is as gofmt leaves it, and keeps all comments. All
 * safe ones together, as `--fix` applies them: the compiler and `go vet` have nothing new to say, tests that passed before
 * pass, and a second run has nothing to do. What breaks is traced to the fix. Needs Go and the module proxy. Exits 1 when
 * something broke or could not be proved.
 *
 *   --small            the slice that CI runs
 *   --jobs N           modules at a time; default 1
 *   --test-minutes N   for the tests of one module, before and again after; default 10, 0 runs none
 *   --by-rule          also the safe fixes of each rule without those of the others: compiler and vet
 *   --folder DIR       where results are kept, so that a run that was stopped goes on
 *   --report FILE      where the report goes; default: report-COMMIT.json in that folder
 *   --record           also writes the tables into docs/fix-safety.md
 *   --compare A B      compares two reports: findings that are new, lost or changed
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../setup.mjs';
import { inParallel, run } from './commands.ts';
import { compareReports } from './compare.ts';
import { type ModulePin, pinnedModules } from './go-modules.ts';
import { defaultFolder, occupy, writeJson } from './memory.ts';
import { productIn } from './product.ts';
import { proveModule } from './prove-module.ts';
import { writeRecord } from './record.ts';
import type { ModuleProof, Report } from './report.ts';
import { reportTables, summaryLine } from './tables.ts';

const { values, positionals } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '1' },
    'test-minutes': { type: 'string', default: '10' },
    'by-rule': { type: 'boolean', default: false },
    folder: { type: 'string', default: defaultFolder() },
    report: { type: 'string' },
    record: { type: 'boolean', default: false },
    compare: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

async function main(): Promise<number> {
  if (values.compare) return compare(positionals);
  build();
  const folder = given(values.folder);
  occupy(folder);
  const product = productIn(folder);
  const go = await goVersion();
  const options = { product, memory: join(folder, go), testMinutes: Number(values['test-minutes']), withRules: values['by-rule'] };
  const modules = await inParallel(chosenModules(), Number(values.jobs), async (pin) => {
    const proof = await proveModule(pin, options);
    console.log(progressLine(proof));
    return proof;
  });
  const report: Report = { product, go, date: new Date().toISOString().slice(0, 10), modules };
  const file = values.report === undefined ? join(folder, `report-${product.commit}.json`) : given(values.report);
  writeJson(file, report);
  if (values.record) writeRecord(report);
  console.log(`\n${reportTables(report)}\n\nreport: ${file}\n${summaryLine(report)}`);
  return modules.length > 0 && modules.every(({ status }) => status === 'proved') ? 0 : 1;
}

function chosenModules(): readonly ModulePin[] {
  return pinnedModules().filter(
    ({ path, isSmall }) => (positionals.length === 0 || positionals.includes(path)) && (!values.small || isSmall === true),
  );
}

function progressLine(proof: ModuleProof): string {
  const name = `${proof.module}@${proof.version}: ${proof.status}`;
  if (proof.status === 'unproved') return `${name}: ${proof.why}`;
  const applied = Object.values(proof.rules).reduce((sum, rule) => sum + rule.applied, 0);
  return `${name}, ${applied} safe fixes, ${proof.tests.passedAfter} of ${proof.tests.passedBefore} tests, ${proof.problems.length} problems`;
}

function compare(files: readonly string[]): number {
  if (files.length !== 2) throw new Error('--compare needs two reports');
  const [before, after] = files.map((file): Report => JSON.parse(readFileSync(given(file), 'utf8')));
  const { lines, added, lost, changed, apart } = compareReports(before, after);
  for (const line of lines) console.log(line);
  for (const module of apart) console.log(`? ${module} is not in both`);
  console.log(`${before.product.commit} → ${after.product.commit}: ${added} new, ${lost} lost, ${changed} changed findings`);
  return 0;
}

async function goVersion(): Promise<string> {
  const { stdout } = await run('go', ['env', 'GOVERSION'], { folder: '.', environment: process.env });
  return stdout.trim();
}

/** As the user meant it, who may stand in another folder than npm. */
function given(file: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
