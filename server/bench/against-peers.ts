/**
 * Our parser and our review against what else runs on a developer's machine, on one folder of Go: first it is shown that all
 * find the same, then cold processes are timed in turn. CPU time and ratios within one run, because this machine is shared.
 */
import { join } from 'node:path';
import { printColdStart } from './cold-start.ts';
import { readCorpus } from './corpus.ts';
import { PATTERNS } from './patterns.ts';
import { type Cost, costOf, inEmptyFolder, inTurn, keepingIn, median } from './process.ts';
import { prepareYardsticks, ROOT, type Yardsticks } from './yardsticks.ts';

const GRAMMARS = join(ROOT, 'grammars');
const CLI = join(ROOT, 'dist/escapement.js');

interface Contestant {
  readonly name: string;
  readonly command: readonly string[];
  readonly codes: readonly number[];
}

/** Prints markdown tables. Throws when the contestants do not find the same. */
export async function compareWithPeers(directory: string, rounds: number): Promise<void> {
  const yardsticks = await prepareYardsticks();
  for (const reason of yardsticks.skipped) console.log(`skipped: ${reason}`);
  const files = readCorpus(directory);
  const bytes = files.reduce((sum, { source }) => sum + source.length, 0);
  console.log(`${files.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${rounds} rounds\n`);
  checkHits(yardsticks, directory);
  compareParsers(yardsticks, directory, bytes, rounds);
  inEmptyFolder((kept) => compareReviews(yardsticks, directory, bytes, rounds, kept));
  printColdStart(CLI, files, rounds);
  const memory: { rows: number; bytesPerRow: number } = JSON.parse(costOf(ours(yardsticks, 'memory', directory)).stdout);
  console.log(`\nall trees kept: ${memory.rows} nodes, ${memory.bytesPerRow.toFixed(1)} bytes each`);
}

function ours(yardsticks: Yardsticks, mode: string, directory: string): string[] {
  return [process.execPath, yardsticks.ours, mode, directory, GRAMMARS];
}

function checkHits(yardsticks: Yardsticks, directory: string): void {
  const { hits }: { hits: number[] } = JSON.parse(costOf(ours(yardsticks, 'hits', directory)).stdout);
  const columns: { name: string; hits: number[] }[] = [{ name: 'ours', hits }];
  if (yardsticks.native !== undefined) {
    const { stdout } = costOf([process.execPath, yardsticks.native, 'hits', directory]);
    columns.push({ name: 'tree-sitter query', hits: JSON.parse(stdout).hits });
  }
  if (yardsticks.astGrep !== undefined) {
    const { stdout } = costOf([...yardsticks.astGrep, directory], [0, 1]);
    columns.push({ name: 'ast-grep', hits: astGrepHits(stdout) });
  }
  console.log(`| pattern | ${columns.map((column) => column.name).join(' | ')} |\n| --- |${' ---: |'.repeat(columns.length)}`);
  for (const [i, { name }] of PATTERNS.entries()) console.log(`| ${name} | ${columns.map((column) => column.hits[i]).join(' | ')} |`);
  console.log('');
  const odd = columns.filter((column) => column.hits.some((count, i) => Math.abs(count - hits[i]) > hits[i] * TOLERANCE));
  if (odd.length > 0) throw new Error(`not the same hits: ${odd.map((column) => column.name).join(', ')}; the costs are not comparable`);
}

/** Files that tree-sitter cannot parse (`new(1)`, ten parameters of one type) and the other version of the grammar in ast-grep. */
const TOLERANCE = 0.002;

function astGrepHits(stream: string): number[] {
  const counts = new Map<string, number>();
  for (const line of stream.split('\n')) {
    const id = /"ruleId":"([^"]+)"/.exec(line)?.[1];
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return PATTERNS.map(({ name }) => counts.get(name.replaceAll(' ', '-')) ?? 0);
}

/** The work alone, files read and runtime started before the clock. */
function compareParsers(yardsticks: Yardsticks, directory: string, bytes: number, rounds: number): void {
  const contestants: Contestant[] = [
    { name: 'ours: parse and flatten', command: ours(yardsticks, 'parse', directory), codes: [0] },
    { name: 'ours: and the ten patterns', command: ours(yardsticks, 'hits', directory), codes: [0] },
  ];
  if (yardsticks.native !== undefined) {
    const native = (mode: string): string[] => [process.execPath, yardsticks.native ?? '', mode, directory];
    contestants.push({ name: 'native tree-sitter: parse', command: native('parse'), codes: [0] });
    contestants.push({ name: 'native tree-sitter: and a cursor walk', command: native('walk'), codes: [0] });
  }
  const cpuOf = (contestant: Contestant): number => JSON.parse(costOf(contestant.command, contestant.codes).stdout).cpu;
  const results = inTurn(
    contestants.map((contestant) => () => cpuOf(contestant)),
    rounds,
  );
  const reference = median(results[0]);
  console.log('| in one process, one thread | CPU s | MB per CPU s | CPU ÷ ours |\n| --- | ---: | ---: | ---: |');
  for (const [i, { name }] of contestants.entries()) {
    const cpu = median(results[i]);
    console.log(`| ${name} | ${cpu.toFixed(2)} | ${(bytes / 1e6 / cpu).toFixed(1)} | ${(cpu / reference).toFixed(2)} |`);
  }
  console.log('');
}

/** Whole commands, from start to exit. The round that is thrown away is the one in which `kept` is filled. */
function compareReviews(yardsticks: Yardsticks, directory: string, bytes: number, rounds: number, kept: string): void {
  const whole = [process.execPath, CLI, 'review', '--no-config', '--rules', 'all', '-q', `${directory}/...`];
  const contestants: Contestant[] = [
    { name: 'escapement review --rules all, nothing kept', command: keepingIn('off', whole), codes: [0, 1] },
    { name: 'the same, --jobs 1', command: keepingIn('off', [...whole, '--jobs', '1']), codes: [0, 1] },
    { name: 'the same again, all kept', command: keepingIn(kept, whole), codes: [0, 1] },
    { name: 'parse and ten patterns', command: ours(yardsticks, 'hits', directory), codes: [0] },
    { name: 'reading the files', command: ours(yardsticks, 'read', directory), codes: [0] },
  ];
  if (yardsticks.gofmt) contestants.push({ name: 'gofmt -l', command: ['gofmt', '-l', directory], codes: [0, 2] });
  if (yardsticks.astGrep !== undefined) {
    contestants.push({ name: 'ast-grep, ten rules', command: [...yardsticks.astGrep, directory], codes: [0, 1] });
  }
  const results = inTurn(
    contestants.map(
      ({ command, codes }) =>
        (): Cost =>
          costOf(command, codes),
    ),
    rounds,
  );
  const reference = median(results[0].map((cost) => cost.cpuSeconds));
  console.log('| cold process | CPU s | wall s | MB per CPU s | CPU ÷ review |\n| --- | ---: | ---: | ---: | ---: |');
  for (const [i, { name }] of contestants.entries()) {
    const cpu = median(results[i].map((cost) => cost.cpuSeconds));
    const wall = median(results[i].map((cost) => cost.wallSeconds));
    const row = [cpu.toFixed(2), wall.toFixed(2), (bytes / 1e6 / cpu).toFixed(1), (cpu / reference).toFixed(2)];
    console.log(`| ${name} | ${row.join(' | ')} |`);
  }
}
