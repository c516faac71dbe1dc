/** The tiny analysis in a process of its own, from which a test takes the processor away. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { DISTRIBUTION } from './distribution.ts';

export interface StarvedReview {
  readonly process: ChildProcess;
  /** Parsed from what it printed at its end. */
  readonly outcome: Promise<unknown>;
}

/** Resolves once the worker is at work on the text, which is the first of its package: its deadline is three times `deadlineMs`. */
export async function startReview(deadlineMs: number, source: string, begun: string): Promise<StarvedReview> {
  const args = [
    join(DISTRIBUTION, 'bug-service.js'),
    join(DISTRIBUTION, 'bug-worker.js'),
    String(deadlineMs),
    `// BEGUN ${begun} ${source}`,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const outcome = text(child.stdout).then((printed): unknown => JSON.parse(printed));
  await expect.poll(() => existsSync(begun), { timeout: 15_000, interval: 5 }).toBe(true);
  return { process: child, outcome };
}
