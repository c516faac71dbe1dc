/**
 * `npm run fuzz [-- --count N --seed N --corpus DIR]`: the parser on seeded mutations of real Go, for the night. Nothing may
 * throw or take longer than two seconds of CPU, and every tree has to be well-formed; the first that is not ends the run with
 * its seed. The test suite does the same with 5,000.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readCorpus } from '../server/bench/corpus.ts';
import { loadGrammar, parse } from '../server/src/syntax/index.ts';
import { mutated, random } from '../server/test/syntax/oracle/mutations.ts';
import { expectWellFormed } from '../server/test/syntax/well-formed.ts';

const ROOT = join(import.meta.dirname, '..');
const HANG_MS = 2000;
const LARGEST_BYTES = 20_000;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string', default: join(ROOT, 'test-fixtures') },
  },
});

async function main(): Promise<void> {
  await loadGrammar((name) => readFileSync(join(ROOT, 'grammars', name)));
  const sources = readCorpus(values.corpus).filter(({ source }) => source.length < LARGEST_BYTES);
  const next = random(Number(values.seed));
  let broken = 0;
  let slowest = 0;
  for (let i = 0; i < Number(values.count); i++) {
    const { path, source } = sources[Math.floor(next() * sources.length)];
    const milliseconds = check(mutated(source, next), `mutation ${i} of seed ${values.seed}, ${path}`, () => broken++);
    slowest = Math.max(slowest, milliseconds);
  }
  console.log(
    `fuzz: ${values.count} mutations of ${sources.length} files, ${broken} with errors, slowest ${slowest.toFixed(0)} ms of CPU, 0 faults`,
  );
}

function check(text: Uint8Array, name: string, onBroken: () => void): number {
  const before = process.cpuUsage();
  try {
    const { tree, problems } = parse(text);
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    if (problems.length > 0) onBroken();
    expectWellFormed(tree);
    if (milliseconds > HANG_MS) throw new Error(`took ${milliseconds} ms of CPU`);
    return milliseconds;
  } catch (error) {
    throw new Error(name, { cause: error });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
