/**
 * `npm run fuzz [-- --engine] [--count N --seed N --corpus DIR]`: seeded mutations of real Go, for the night; the test suite does
 * the same with few. The parser alone has to give a well-formed tree; with `--engine` every rule, fix and escape verdict is
 * asked for as well, first of all files of the corpus as they are. Nothing may throw or take longer than its share of CPU; the first that does ends
 * the run with its seed. The compiler's own tests are a good corpus: `--corpus $(go env GOROOT)/test`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type CorpusFile, readCorpus } from '../server/bench/corpus.ts';
import { loadGrammar, parse } from '../server/src/syntax/index.ts';
import { loadTestLibrary } from '../server/test/support/facts.ts';
import { throughEngine } from '../server/test/support/whole-engine.ts';
import { mutated, random } from '../server/test/syntax/oracle/mutations.ts';
import { expectWellFormed } from '../server/test/syntax/well-formed.ts';

const ROOT = join(import.meta.dirname, '..');
const LARGEST_BYTES = 20_000;

const { values } = parseArgs({
  options: {
    engine: { type: 'boolean', default: false },
    count: { type: 'string' },
    seed: { type: 'string', default: '1' },
    corpus: { type: 'string', default: join(ROOT, 'test-fixtures') },
  },
});

/** What is done with a text, and the milliseconds of CPU that it may take. Throws where something is wrong. */
interface Trial {
  readonly count: number;
  readonly limit: number;
  run(text: Uint8Array): void;
}

const PARSER: Trial = { count: 200_000, limit: 2000, run: (text) => expectWellFormed(parse(text).tree) };
const ENGINE: Trial = {
  count: 20_000,
  limit: 10_000,
  run: (text) => {
    const faults = throughEngine(text, loadTestLibrary());
    if (faults.length > 0) throw new Error(faults.join('\n'));
  },
};

async function main(): Promise<void> {
  await loadGrammar((name) => readFileSync(join(ROOT, 'grammars', name)));
  const corpus = readCorpus(values.corpus);
  const trial = values.engine ? ENGINE : PARSER;
  const whole = slowestOf(
    corpus.map(({ path, source }) => ({ name: path, text: source })),
    trial,
  );
  console.log(`fuzz: ${corpus.length} files as they are, slowest ${whole}, 0 faults`);
  const count = values.count === undefined ? trial.count : Number(values.count);
  console.log(`fuzz: ${count} mutations, slowest ${slowestOf(mutations(corpus, count), trial)}, 0 faults`);
}

interface Input {
  readonly name: string;
  readonly text: Uint8Array;
}

function* mutations(corpus: readonly CorpusFile[], count: number): Iterable<Input> {
  const sources = corpus.filter(({ source }) => source.length < LARGEST_BYTES);
  const next = random(Number(values.seed));
  for (let i = 0; i < count; i++) {
    const { path, source } = sources[Math.floor(next() * sources.length)];
    yield { name: `mutation ${i} of seed ${values.seed}, ${path}`, text: mutated(source, next) };
  }
}

function slowestOf(inputs: Iterable<Input>, trial: Trial): string {
  let slowest = { milliseconds: 0, name: 'none' };
  for (const { name, text } of inputs) {
    const milliseconds = timed(name, () => trial.run(text));
    if (milliseconds > trial.limit) throw new Error(`${name}: took ${milliseconds.toFixed(0)} ms of CPU`);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, name };
  }
  return `${slowest.milliseconds.toFixed(0)} ms of CPU (${slowest.name})`;
}

function timed(name: string, work: () => void): number {
  const before = process.cpuUsage();
  try {
    work();
  } catch (error) {
    throw new Error(name, { cause: error });
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
