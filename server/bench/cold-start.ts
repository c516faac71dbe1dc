/** What a review costs before there is much to review: cold processes on small packages beside a Node that does nothing, in turn. */
import { dirname, relative } from 'node:path';
import { type CorpusFile, goRoot } from './corpus.ts';
import { costOf, inEmptyFolder, inTurn, keepingIn, median } from './process.ts';

/** Packages that are taken, and files that they should have. */
const PACKAGES = 4;
const FILES = 10;
/** Processes this short need more rounds than others, and cost little. */
const MIN_ROUNDS = 15;

interface Small {
  readonly directory: string;
  readonly count: number;
}

/** Prints a table: packages of the corpus with about ten files, from all over it, and what each costs more than nothing. */
export function printColdStart(cli: string, files: readonly CorpusFile[], rounds: number): void {
  inEmptyFolder((kept) => printTable(cli, files, rounds, kept));
}

function printTable(cli: string, files: readonly CorpusFile[], rounds: number, folder: string): void {
  const processes = smallPackages(files).flatMap((each) => [
    { ...each, kept: 'off', what: 'nothing kept' },
    { ...each, kept: folder, what: 'all kept' },
  ]);
  const contestants = [
    () => costOf([process.execPath, '-e', '0']),
    ...processes.map(
      ({ directory, kept }) =>
        () =>
          costOf(keepingIn(kept, [process.execPath, cli, 'review', '--no-config', '--rules', 'all', '-q', directory]), [0, 1]),
    ),
  ];
  const costs = inTurn(contestants, Math.max(rounds, MIN_ROUNDS)).map((each) => each.map(({ cpuSeconds }) => cpuSeconds));
  const [nothing, ...ours] = costs.map((seconds) => ({ best: Math.min(...seconds), median: median(seconds) }));
  console.log('\n| cold start | best, CPU s | median | best more than nothing | median |\n| --- | ---: | ---: | ---: | ---: |');
  console.log(`| node -e 0 | ${nothing.best.toFixed(2)} | ${nothing.median.toFixed(2)} | | |`);
  for (const [i, { directory, count, what }] of processes.entries()) {
    const [best, middle] = [ours[i].best, ours[i].median];
    const more = `${(best - nothing.best).toFixed(2)} | ${(middle - nothing.median).toFixed(2)}`;
    console.log(
      `| review --rules all, ${nameOf(directory)}, ${count} files, ${what} | ${best.toFixed(2)} | ${middle.toFixed(2)} | ${more} |`,
    );
  }
}

function smallPackages(files: readonly CorpusFile[]): readonly Small[] {
  const counts = new Map<string, number>();
  for (const { path } of files) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  const byDistance = [...counts].map(([directory, count]) => ({ directory, count, distance: Math.abs(count - FILES) }));
  const distance = byDistance.map((each) => each.distance).sort((a, b) => a - b)[Math.min(PACKAGES, byDistance.length) - 1];
  const near = byDistance.filter((each) => each.distance <= distance);
  const step = near.length / PACKAGES;
  return step <= 1 ? near : Array.from({ length: PACKAGES }, (_, i) => near[Math.floor(i * step)]);
}

function nameOf(directory: string): string {
  const name = relative(goRoot() ?? '', directory);
  return name.startsWith('..') ? directory : name;
}
