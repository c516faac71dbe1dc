/**
 * The lines of test-fixtures/escape on which something goes to the heap: as the markers say, by our engine and, where there is
 * a Go toolchain new enough, by the compiler itself without inlining.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadTestGrammar } from '../support/grammar.ts';
import { analysed, lineOf } from './analysis.ts';

const FOLDER = join(import.meta.dirname, '../../../test-fixtures/escape');

beforeAll(loadTestGrammar);

describe.each(readdirSync(FOLDER).filter((name) => name.endsWith('.go')))('%s', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');

  it('our verdicts are the markers', () => {
    const result = analysed(text);
    const heap = result.sites.filter((site) => site.gcSays === 'heap' && site.certainty === 'certain');
    expect(sorted(heap.map((site) => lineOf(result, site)))).toEqual(markedLines(text));
  });

  it.runIf(hasCompiler())('the compiler says the same', () => {
    expect(compilerLines(name)).toEqual(markedLines(text));
  });
});

function markedLines(text: string): number[] {
  return text.split('\n').flatMap((line, i) => (/\/\/ heap$/.test(line) ? [i + 1] : []));
}

function sorted(lines: readonly number[]): number[] {
  return [...new Set(lines)].sort((a, b) => a - b);
}

/** `append` has a verdict of its own since Go 1.25. */
function hasCompiler(): boolean {
  const minor = /go1\.(\d+)/.exec(spawnSync('go', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];
  return minor !== undefined && Number(minor) >= 25;
}

function compilerLines(name: string): number[] {
  const { stderr } = spawnSync('go', ['build', '-gcflags=-m -l', '.'], { cwd: FOLDER, encoding: 'utf8' });
  const said = stderr.split('\n').filter((line) => line.startsWith(`./${name}:`) && /escapes to heap$|moved to heap: \w+$/.test(line));
  return sorted(said.map((line) => Number(line.split(':')[1])));
}
