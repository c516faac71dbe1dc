/**
 * `npm run kills [-- COUNT] [--seed N]`: kills the built command line so often while it fixes 200 files, and says what became of them. Ends
 * with 1 where a file is neither old nor new, or a temporary file outlives the next run.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../../server/test/syntax/oracle/mutations.ts';
import { kill } from './rounds.ts';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string', default: '1' } } });
const count = Number(positionals[0] ?? 100);

async function main(): Promise<void> {
  const cli = join(import.meta.dirname, '../../dist/escapement.js');
  const tally = await kill(cli, count, random(Number(values.seed)), ({ kills }) => {
    if (kills % 50 === 0) console.error(`${kills} of ${count}`);
  });
  const { kills, before, between, after, withTemporary, leftOver, broken } = tally;
  console.log(`${kills} kills: ${before} before anything was written, ${between} in between, ${after} after it`);
  console.log(`${withTemporary} left a temporary file; files left over by the next run: ${leftOver}; broken files: ${broken}`);
  process.exitCode = broken + leftOver > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
