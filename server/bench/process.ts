/** Cold processes and what they cost: user and system time with their children's, by the shell, since Node has no figure for that. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Resident memory of the largest process at its peak, in MB of 2^20 bytes; not a number without GNU time. */
  readonly peakMegabytes: number;
  readonly stdout: string;
}

const GNU_TIME = '/usr/bin/time';

/** Runs a command and throws when its exit code is none of `codes`. Needs bash. */
export function costOf(command: readonly string[], codes: readonly number[] = [0]): Cost {
  const quiet = [...(existsSync(GNU_TIME) ? [GNU_TIME, '-q', '-f', '%M'] : []), 'bash', '-c', 'exec "$@" 2>/dev/null', 'bash'];
  const script = 'TIMEFORMAT="%R %U %S"; time "$@"';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...quiet, ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status === null || !codes.includes(status)) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
  const lines = stderr.trim().split('\n');
  const [wallSeconds, user, system] = lines.at(-1)?.split(' ').map(Number) ?? [];
  const peakMegabytes = lines.length > 1 ? Number(lines.at(-2)) / 1024 : Number.NaN;
  return { cpuSeconds: user + system, wallSeconds, peakMegabytes, stdout };
}

/** The command as one that keeps what it works out in a folder, or with `off` nowhere. */
export function keepingIn(folder: string, command: readonly string[]): string[] {
  return ['env', `ESCAPEMENT_CACHE=${folder}`, ...command];
}

export function inEmptyFolder<T>(run: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-bench-'));
  try {
    return run(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs contestants in turn, `rounds` times after one that is thrown away; gives each one's measurements. */
export function inTurn<T>(contestants: readonly (() => T)[], rounds: number): T[][] {
  const results: T[][] = contestants.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [i, contestant] of contestants.entries()) {
      const result = contestant();
      if (round >= 0) results[i].push(result);
    }
  }
  return results;
}
