/**
 * What `escapement escapes` costs on a whole module, beside `go build -gcflags=-m` of the same one: with nothing kept from an
 * earlier run, and with everything. The compiler's build cache is empty each time; modules are on disk.
 */
import { join } from 'node:path';
import { type Cost, costOf, inEmptyFolder, inTurn, keepingIn, median } from './process.ts';
import { ROOT } from './yardsticks.ts';

const CLI = join(ROOT, 'dist/escapement.js');

/** Prints a table of medians; the compiler's times and ours are of the same rounds. */
export function printEscapesCost(module: string, rounds: number): void {
  const contestants: (readonly [string, () => Cost])[] = [
    ['go build -gcflags=-m, build cache empty', () => inEmptyFolder((folder) => compile(module, folder))],
    ['escapement escapes, nothing kept', () => inEmptyFolder((folder) => escapes(module, folder))],
    [
      'escapement escapes, all kept',
      () =>
        inEmptyFolder((folder) => {
          escapes(module, folder);
          return escapes(module, folder);
        }),
    ],
  ];
  const costs = inTurn(
    contestants.map(([, run]) => run),
    rounds,
  );
  const yardstick = median(costs[0].map(({ cpuSeconds }) => cpuSeconds));
  console.log('| cold process | CPU s | wall s | peak MB | CPU ÷ compiler |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [i, [name]] of contestants.entries()) {
    const of = (pick: (cost: Cost) => number): number => median(costs[i].map(pick));
    const cpu = of(({ cpuSeconds }) => cpuSeconds);
    const [wall, peak] = [of(({ wallSeconds }) => wallSeconds), of(({ peakMegabytes }) => peakMegabytes)];
    console.log(`| ${name} | ${cpu.toFixed(2)} | ${wall.toFixed(2)} | ${peak.toFixed(0)} | ${(cpu / yardstick).toFixed(2)} |`);
  }
}

function compile(module: string, cache: string): Cost {
  return costOf(['env', `GOCACHE=${cache}`, 'go', '-C', module, 'build', '-o', '/dev/null', '-gcflags=-m', './...']);
}

function escapes(module: string, kept: string): Cost {
  return costOf(keepingIn(kept, [process.execPath, CLI, 'escapes', '--format', 'ndjson', module]));
}
