/**
 * `npm run behaviour [-- OPTION… RULE…]`: safe fixes with arithmetic or order in them change nothing that a program can see.
 * Go functions are generated, fixed by the built command line and run before and after on the same inputs: results,
 * nil-ness, panics, side effects and allocations are compared. Needs Go; exits 1 when something differs, or when too few
 * functions were fixed for the proof to mean something.
 *
 *   --functions N   per generator; default 400
 *   --inputs N      that each function is run on; default 60
 *   --seed N        of what is generated; default: another one each time, and printed
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../setup.mjs';
import { GENERATORS } from './generators.ts';
import { proveBehaviour } from './prove.ts';

const { values, positionals } = parseArgs({
  options: {
    functions: { type: 'string', default: '400' },
    inputs: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
  allowPositionals: true,
});
const SHOWN = 5;

build();
const entry = join(import.meta.dirname, '../../dist/escapement.js');
const sample = { seed: Number(values.seed), functions: Number(values.functions), inputs: Number(values.inputs) };
console.log(`seed ${sample.seed}`);
for (const generator of GENERATORS) {
  if (positionals.length > 0 && !generator.rules.some((rule) => positionals.includes(rule))) continue;
  const { functions, fixed, measured, problems } = proveBehaviour(entry, generator, sample);
  const isThin = fixed < generator.hits * functions;
  const saving = generator.saves ? `, ${measured} had to save allocations` : '';
  console.log(
    `${generator.rules.join(', ')}: ${fixed} of ${functions} fixed${saving}, ${problems.length} problems${isThin ? ', too few fixed' : ''}`,
  );
  for (const problem of problems.slice(0, SHOWN)) console.log(`FAILED ${problem}`);
  if (problems.length > 0 || isThin) process.exitCode = 1;
}
