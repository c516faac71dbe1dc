/**
 * `npm run oracle [-- [--show N] --all | FOLDER…]`: holds the escape analysis against the Go compiler's.
 *
 * With folders (each a module, or the library's source): what `escapement escapes` agrees with the compiler on there.
 * Without: the same of a few pinned modules, and what the compiler confirms of the findings of the rules on the
 * escape analysis; exits 1 below the bars. `--all`: of all training modules and the library, with the same bars.
 * Prints the tables of docs/escape-model.md; `--show N` besides N lines of either kind on which the two disagree.
 */
import { existsSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ModulePin, sampleModules, withModuleCopy } from '../ecosystem/go-modules.ts';
import { build } from '../setup.mjs';
import { missedBars } from './bars.ts';
import { compile } from './compiler.ts';
import { disagreements } from './disagreements.ts';
import { scoreFindings } from './findings.ts';
import { go } from './go.ts';
import { priorOf } from './prior.ts';
import { predictionsOf } from './product.ts';
import { scoreOf } from './score.ts';
import { agreementTables, confirmedOf, findingTable, type Judged, totalOf } from './tables.ts';
import training from './training.json' with { type: 'json' };
import { truthOf } from './truth.ts';
import { readWritten } from './written.ts';

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, show: { type: 'string', default: '0' } },
  allowPositionals: true,
});

function main(): void {
  build();
  const folders = positionals.map((folder) => resolve(process.env.INIT_CWD ?? process.cwd(), folder));
  if (folders.length > 0) {
    console.log(agreementTables(folders.map((folder) => judge(folder, basename(folder), false))));
    return;
  }
  const judged = values.all ? judgeTraining() : sampleModules().map(judgePinned);
  console.log(agreementTables(judged));
  console.log(`\n${findingTable(judged)}`);
  const missed = missedBars(totalOf(judged).ours, confirmedOf(judged));
  for (const bar of missed) console.log(`FAILED ${bar}`);
  process.exitCode = missed.length > 0 ? 1 : 0;
}

function judgeTraining(): readonly Judged[] {
  const library = join(go(['env', 'GOROOT'], '.').stdout.trim(), 'src');
  return [...training.modules.map(judgePinned), judge(library, 'standard library', true)];
}

function judgePinned(pin: Pick<ModulePin, 'path' | 'version'>): Judged {
  const name = `${pin.path.replace(/^github\.com\//, '').replace(/\/v\d+$/, '')} ${pin.version}`;
  return withModuleCopy(pin, (folder) => {
    // Old modules name too few sums for the packages that nobody imports.
    go(['list', '-mod=mod', '-deps', './...'], folder);
    return judge(folder, name, true);
  });
}

function judge(given: string, name: string, withFindings: boolean): Judged {
  if (!existsSync(join(given, 'go.mod'))) throw new Error(`${given} is no module: it has no go.mod`);
  const folder = realpathSync(given);
  const patterns = patternsOf(folder);
  const output = compile(folder, patterns);
  const written = readWritten(folder, patterns);
  const truth = truthOf(folder, output, written);
  const predictions = predictionsOf(folder);
  for (const line of disagreements(truth, predictions, Number(values.show))) console.log(line);
  const findings = withFindings ? scoreFindings(folder, output, truth) : undefined;
  for (const line of findings?.refuted ?? []) console.log(`not confirmed: ${line}`);
  return { name, ours: scoreOf(truth, predictions), prior: scoreOf(truth, priorOf(folder, written)), findings };
}

/** All packages of a module; of the library those that are not the runtime's, whose functions obey rules of their own. */
function patternsOf(folder: string): readonly string[] {
  const module = go(['list', '-m'], folder).stdout.trim();
  return module === 'std' ? training.library : ['./...'];
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
