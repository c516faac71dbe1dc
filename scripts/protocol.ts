/**
 * `npm run protocol [-- --runs N --seed N --commands N]`: sessions of random editors against the built server over stdio, for the
 * night; the test suite plays a few. The first that breaks an invariant ends the run with its seed and its commands.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadGrammar } from '../server/src/syntax/index.ts';
import { play } from '../server/test/protocol/play.ts';
import { build } from './setup.mjs';

const ROOT = join(import.meta.dirname, '..');

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    commands: { type: 'string', default: '100' },
  },
});

async function main(): Promise<void> {
  build();
  await loadGrammar((name) => readFileSync(join(ROOT, 'grammars', name)));
  const [runs, seed, maxCommands] = [values.runs, values.seed, values.commands].map(Number);
  const played = await play({ script: join(ROOT, 'dist/escapement.js'), runs, seed, maxCommands });
  console.log(
    `protocol: ${played.runs} sessions of seed ${seed}, ${played.requests} requests, ${played.restarts} restarts at broken frames, ` +
      `${played.compared} documents with ${played.findings} findings compared with a fresh server's, 0 violations`,
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? `${error.message}\n${String(error.cause)}` : error);
  process.exitCode = 1;
});
