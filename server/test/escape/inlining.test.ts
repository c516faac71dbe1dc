/**
 * What test-fixtures/escape-inlined says of inlining: what its functions cost the inliner, and the lines on which something goes
 * to the heap, by our engine and, where there is a Go toolchain new enough, by the compiler itself.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { LineTable } from '../../src/base/index.ts';
import { children, Kind } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { type Analysed, analysed, lineOf } from './analysis.ts';

const FOLDER = join(import.meta.dirname, '../../../test-fixtures/escape-inlined');
const COSTS = readFileSync(join(FOLDER, 'costs.go'), 'utf8');
const LINES = readFileSync(join(FOLDER, 'lines.go'), 'utf8');

beforeAll(loadTestGrammar);

describe('costs', () => {
  it('ours are the markers', () => {
    expect(ourCosts(analysed(COSTS))).toEqual(marked(COSTS, /\/\/ cost (\w+)$/));
  });

  it.runIf(hasCompiler())('the compiler says the same', () => {
    expect(compilerCosts()).toEqual(marked(COSTS, /\/\/ cost (\d+)$/));
  });
});

describe('lines', () => {
  it('ours are the markers', () => {
    const result = analysed(LINES, 26, { 'z.go': COSTS });
    const heap = result.sites.filter((site) => site.gcSays === 'heap' && site.certainty === 'certain');
    expect(unique(heap.map((site) => `${lineOf(result, site)}: heap`))).toEqual(marked(LINES, /\/\/ (heap)$/));
  });

  it.runIf(hasCompiler())('the compiler says the same', () => {
    const said = compilerSays('-m').filter((line) => /^\.\/lines\.go:.*(escapes to heap|moved to heap: \w+)$/.test(line));
    expect(unique(said.map((line) => `${line.split(':')[1]}: heap`))).toEqual(marked(LINES, /\/\/ (heap)$/));
  });
});

/** `line: what` of each line that a marker ends. */
function marked(text: string, marker: RegExp): string[] {
  return text.split('\n').flatMap((line, i) => {
    const [, what] = marker.exec(line) ?? [];
    return what === undefined ? [] : [`${i + 1}: ${what}`];
  });
}

function unique(lines: readonly string[]): string[] {
  return [...new Set(lines)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}

/** Of the functions whose line has a marker. */
function ourCosts({ file, analysis }: Analysed): string[] {
  const { tree } = file;
  const lines = new LineTable(tree.source);
  const isMarked = new Set(marked(COSTS, /\/\/ cost (\w+)$/).map((line) => Number.parseInt(line, 10)));
  return children(tree, 0)
    .filter((node) => tree.kind[node] === Kind.function_declaration || tree.kind[node] === Kind.method_declaration)
    .map((node) => ({ line: lines.lineOf(tree.start[node]) + 1, cost: analysis.costOf(file, node) }))
    .filter(({ line }) => isMarked.has(line))
    .map(({ line, cost }) => `${line}: ${cost ?? 'none'}`);
}

function compilerCosts(): string[] {
  const isMarked = new Set(marked(COSTS, /\/\/ cost (\d+)$/).map((line) => Number.parseInt(line, 10)));
  return compilerSays('-m=2').flatMap((line) => {
    const [, number, cost] = /^\.\/costs\.go:(\d+):6: can inline \S+ with cost (\d+)/.exec(line) ?? [];
    return isMarked.has(Number(number)) ? [`${number}: ${cost}`] : [];
  });
}

/** What functions cost differs from one Go to the next. */
function hasCompiler(): boolean {
  const minor = /go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  return minor !== undefined && Number(minor) >= 26;
}

function compilerSays(flags: string): string[] {
  return spawnSync('go', ['build', `-gcflags=${flags}`, '.'], { cwd: FOLDER, encoding: 'utf8' }).stderr.split('\n');
}
