/** Workers on a machine that has far more to do than it can: the healthy ones are left alone, the others still stopped. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startReview } from '../support/starved.ts';

const directory = mkdtempSync(join(tmpdir(), 'escapement-'));
const load: ChildProcess[] = [];

beforeAll(() => {
  for (let i = 0; i < 4 * availableParallelism(); i++) load.push(spawn(process.execPath, ['--eval', 'for (;;) {}']));
});

afterAll(() => {
  for (const each of load) each.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

describe('under heavy load', () => {
  it('a file that needs less processor time than it may have is reviewed, though it takes longer on the wall', async () => {
    const review = await startReview(300, 'BUSY 300 BUG', join(directory, 'healthy'));
    const start = performance.now();
    expect(await review.outcome).toEqual({ findings: 1, skipped: [], replaced: 0 });
    expect(performance.now() - start).toBeGreaterThan(3 * 300);
  });

  it('a file that never ends is put aside', async () => {
    const review = await startReview(100, 'HANG', join(directory, 'endless'));
    expect(await review.outcome).toMatchObject({ findings: 0, skipped: [{ path: '/w/a.go' }], replaced: 2 });
  });
});
