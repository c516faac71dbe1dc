/**
 * What a review costs before there is much to review, as a multiple of a Node that does nothing: best of many runs in turn, since
 * processor time only ever grows by what else a machine does. Bounds are a fifth above what it is.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { goRoot } from '../../bench/corpus.ts';
import { costOf, inTurn } from '../../bench/process.ts';
import { DISTRIBUTION } from '../support/distribution.ts';

const ROUNDS = 15;
const folder = mkdtempSync(join(tmpdir(), 'escapement-cold-'));
const root = goRoot();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('of one empty function is five times nothing at most', () => {
  writeFileSync(join(folder, 'empty.go'), 'package empty\n\nfunc f() {}\n');
  expect(timesNothing(folder)).toBeLessThan(5);
});

it.skipIf(root === undefined)('of bufio is ten and a half times nothing at most', () => {
  expect(timesNothing(join(root ?? '', 'bufio'))).toBeLessThan(10.5);
});

function timesNothing(directory: string): number {
  const review = [process.execPath, join(DISTRIBUTION, 'escapement.js'), 'review', '--no-config', '--rules', 'all', '-q', directory];
  const contestants = [() => costOf([process.execPath, '-e', '0']), () => costOf(review, [0, 1])];
  const [nothing, ours] = inTurn(contestants, ROUNDS).map((costs) => Math.min(...costs.map(({ cpuSeconds }) => cpuSeconds)));
  return ours / nothing;
}
