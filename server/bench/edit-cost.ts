/** What an edit costs the worker, by the length of the file, one thread without a protocol around it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NEWEST_GO } from '../src/model/index.ts';
import { loadGrammar, parse } from '../src/syntax/index.ts';
import { fileOfAbout, readCorpus } from './corpus.ts';
import { edited } from './edited.ts';
import { multiplied } from './multiplied.ts';
import { costOf } from './process.ts';
import { bundlePeers, CACHE, ROOT } from './yardsticks.ts';

const GRAMMARS = join(ROOT, 'grammars');
const FACTS = join(CACHE, 'facts');
/** How often the longest file is repeated to make one that nobody wrote. */
const TIMES = 5;

/** Prints a markdown table of medians. */
export async function printEditCosts(root: string, edits: number): Promise<void> {
  await bundlePeers();
  compressFacts();
  await loadGrammar((name) => readFileSync(join(GRAMMARS, name)));
  const directory = mkdtempSync(join(tmpdir(), 'escapement-bench-'));
  try {
    console.log(
      '| lines | file | parse, CPU ms | and rules within the file | and rules beyond it | where what escapes changes |\n| ---: | --- | ---: | ---: | ---: | ---: |',
    );
    for (const lines of [1000, 2000, 5000]) {
      const { path } = fileOfAbout(root, lines);
      printRow(path, path.slice(root.length + 1), edits);
    }
    printLike(root, 5000, edits);
    const longest = fileOfAbout(root, 5000).path;
    const path = join(directory, 'long.go');
    writeFileSync(path, multiplied(new Uint8Array(readFileSync(longest)), TIMES));
    printRow(path, `${longest.slice(root.length + 1)}, ${TIMES} times`, edits);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** As they ship. */
function compressFacts(): void {
  mkdirSync(FACTS, { recursive: true });
  const file = `std.go1.${NEWEST_GO}.txt`;
  writeFileSync(join(FACTS, `${file}.gz`), gzipSync(readFileSync(join(ROOT, 'server/facts', file))));
}

/** Share of the lines by which a file may be longer or shorter and still be of about that length. */
const TOLERANCE = 0.1;

/** All files of the library of about so many lines in which the edit is one: the one in the middle by cost, and the dearest. */
function printLike(root: string, lines: number, edits: number): void {
  const like = readCorpus(root).filter(({ source }) => {
    const text = decoder.decode(source);
    const isLike = Math.abs(text.split('\n').length - lines) <= lines * TOLERANCE;
    return isLike && parse(encoder.encode(edited(text, '_ = 0'))).problems.length === 0;
  });
  const costs = like.map(({ path }) => measured(path, edits)).sort((a, b) => a.fileMs - b.fileMs);
  const [middle, dearest] = [costs[Math.floor(costs.length / 2)], costs[costs.length - 1]];
  printCosts(middle, `the one in the middle of ${costs.length} files of about ${lines} lines`);
  printCosts(dearest, 'the dearest of them');
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

type Costs = Readonly<Record<'lines' | 'parseMs' | 'fileMs' | 'allMs' | 'flowMs', number>>;

function measured(path: string, edits: number): Costs {
  return JSON.parse(costOf([process.execPath, join(CACHE, 'edits.js'), path, GRAMMARS, FACTS, String(edits)]).stdout);
}

function printRow(path: string, name: string, edits: number): void {
  printCosts(measured(path, edits), name);
}

function printCosts({ lines, parseMs, fileMs, allMs, flowMs }: Costs, name: string): void {
  console.log(`| ${lines} | ${name} | ${parseMs.toFixed(1)} | ${fileMs.toFixed(1)} | ${allMs.toFixed(1)} | ${flowMs.toFixed(1)} |`);
}
