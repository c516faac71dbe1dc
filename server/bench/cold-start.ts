/** What a review costs before there is much to review: a cold process on one small package beside a Node that does nothing, in pairs. */
import { dirname, relative } from 'node:path';
import { type CorpusFile, goRoot } from './corpus.ts';
import { costOf, inTurn, median } from './process.ts';

/** Files of the package that is taken. */
const FILES = 10;
/** Processes this short need more rounds than others, and cost little. */
const MIN_ROUNDS = 7;

/** Prints a table: the package of the corpus whose number of files is nearest to ten, the first where there are several. */
export function printColdStart(cli: string, files: readonly CorpusFile[], rounds: number): void {
  const { directory, count } = smallPackage(files);
  const review = [process.execPath, cli, 'review', '--no-config', '--rules', 'all', '-q', directory];
  const contestants = [() => costOf([process.execPath, '-e', '0']), () => costOf(review, [0, 1])];
  const [nothing, ours] = inTurn(contestants, Math.max(rounds, MIN_ROUNDS)).map((costs) =>
    median(costs.map(({ cpuSeconds }) => cpuSeconds)),
  );
  console.log('\n| cold start | CPU s | more than nothing, CPU s |\n| --- | ---: | ---: |');
  console.log(`| node -e 0 | ${nothing.toFixed(2)} | |`);
  console.log(
    `| escapement review --rules all, ${nameOf(directory)}, ${count} files | ${ours.toFixed(2)} | ${(ours - nothing).toFixed(2)} |`,
  );
}

function smallPackage(files: readonly CorpusFile[]): { readonly directory: string; readonly count: number } {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const [first, ...others] = [...counts].map(([directory, count]) => ({ directory, count }));
  return others.reduce((best, each) => (Math.abs(each.count - FILES) < Math.abs(best.count - FILES) ? each : best), first);
}

function nameOf(directory: string): string {
  const name = relative(goRoot() ?? '', directory);
  return name.startsWith('..') ? directory : name;
}
