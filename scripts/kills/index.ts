/**
 * `npm run kills [-- COUNT] [--seed N] [--module FOLDER [--rules RULE,…]]`: kills the built command line so often while it fixes 200 files, or a
 * copy of a module (with suggestions, so that there is more to write), and says what became of them. Ends with 1 where a file is neither old nor
 * new, or a temporary file outlives the next run.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../../server/test/syntax/oracle/mutations.ts';
import { copyOf, madeUp, type Subject } from './module.ts';
import { kill, type Tally } from './rounds.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' }, module: { type: 'string' }, rules: { type: 'string', default: 'all' } },
});
const count = Number(positionals[0] ?? 100);

function subject(): Subject {
  return values.module === undefined ? madeUp() : copyOf(values.module, values.rules);
}

async function main(): Promise<void> {
  const cli = join(import.meta.dirname, '../../dist/escapement.js');
  const tally = await kill(cli, subject(), count, random(Number(values.seed)), (sofar) => {
    if (sofar.kills % 25 === 0 && sofar.kills < count) console.error(told(sofar));
  });
  console.log(told(tally));
  process.exitCode = tally.broken + tally.leftOver > 0 ? 1 : 0;
}

function told({ files, fixed, kills, before, between, after, withTemporary, leftOver, broken }: Tally): string {
  const when = `${before} before anything was written, ${between} in between, ${after} after it`;
  return `${files} files, of which ${fixed} are fixed: ${kills} kills, ${when}; ${withTemporary} left a temporary file, the next run ${leftOver}; broken files: ${broken}`;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
