/**
 * `npm run syntax-oracle -- DIR…`: parses every Go file below the folders and asks gofmt about those in which we see errors. A
 * file that gofmt accepts is a false syntax error of ours; each is listed with its place. Exits 1 when there is one.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCorpus } from '../server/bench/corpus.ts';
import { loadGrammar, parse } from '../server/src/syntax/index.ts';

const GRAMMARS = join(import.meta.dirname, '../grammars');

async function main(): Promise<void> {
  const directories = process.argv.slice(2);
  if (directories.length === 0) throw new Error('usage: npm run syntax-oracle -- DIR…');
  await loadGrammar((name) => readFileSync(join(GRAMMARS, name)));
  let wrong = 0;
  for (const directory of directories) {
    const files = readCorpus(directory);
    const refused = files.flatMap(({ path, source }) => refusedAt(path, source));
    const falsely = refused.filter(({ path }) => spawnSync('gofmt', ['-e', '-l', path], { stdio: 'ignore' }).status === 0);
    for (const { path, line } of falsely) console.log(`FALSE ${path}:${line}`);
    console.log(`${directory}: ${files.length} files, ${refused.length} with errors, ${falsely.length} of them falsely`);
    wrong += falsely.length;
  }
  process.exitCode = wrong > 0 ? 1 : 0;
}

function refusedAt(path: string, source: Uint8Array): { readonly path: string; readonly line: number }[] {
  const [problem] = parse(source).problems;
  if (problem === undefined) return [];
  return [{ path, line: source.subarray(0, problem.start).filter((byte) => byte === 0x0a).length + 1 }];
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
});
