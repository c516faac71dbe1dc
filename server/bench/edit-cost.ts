/** What an edit costs the worker, by the length of the file, one thread without a protocol around it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { NEWEST_GO } from '../src/model/index.ts';
import { loadGrammar } from '../src/syntax/index.ts';
import { fileOfAbout } from './corpus.ts';
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

function printRow(path: string, name: string, edits: number): void {
  const { stdout } = costOf([process.execPath, join(CACHE, 'edits.js'), path, GRAMMARS, FACTS, String(edits)]);
  const { lines, parseMs, fileMs, allMs, flowMs }: Record<string, number> = JSON.parse(stdout);
  console.log(`| ${lines} | ${name} | ${parseMs.toFixed(1)} | ${fileMs.toFixed(1)} | ${allMs.toFixed(1)} | ${flowMs.toFixed(1)} |`);
}
