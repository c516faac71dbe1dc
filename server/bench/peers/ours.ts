/**
 * Our parser over a corpus in a process of its own: `node ours.js MODE DIR`. Prints one line of JSON, its CPU seconds being
 * those of the work alone, after all files were read.
 *
 * Modes: `read` (nothing but reading), `parse` (parse and flatten), `hits` (and the patterns), `memory` (all trees kept).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGrammar, parse, type Tree } from '../../src/syntax/index.ts';
import { readCorpus } from '../corpus.ts';
import { countHits, PATTERNS } from '../patterns.ts';

async function main(): Promise<void> {
  const [mode, directory, grammars] = process.argv.slice(2);
  await loadGrammar((name) => readFileSync(join(grammars, name)));
  const begun = process.cpuUsage();
  const sources = readCorpus(directory).map(({ source }) => source);
  if (mode === 'read') return report(begun, {});
  if (mode === 'memory') return report(begun, memoryOf(sources));
  const before = process.cpuUsage();
  const hits = new Uint32Array(PATTERNS.length);
  let problems = 0;
  for (const source of sources) {
    const result = parse(source);
    problems += result.problems.length;
    if (mode === 'hits' && result.problems.length === 0) countHits(result.tree, hits);
  }
  report(before, { problems, hits: [...hits] });
}

/** Bytes that the process grew by, per row, all trees being alive. */
function memoryOf(sources: readonly Uint8Array[]): object {
  const before = process.memoryUsage().rss;
  const trees: Tree[] = sources.map((source) => parse(source).tree);
  const rows = trees.reduce((sum, tree) => sum + tree.length, 0);
  return { rows, bytesPerRow: (process.memoryUsage().rss - before) / rows };
}

function report(since: NodeJS.CpuUsage, result: object): void {
  const { user, system } = process.cpuUsage(since);
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, ...result }));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
