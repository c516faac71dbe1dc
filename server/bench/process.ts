/** Cold processes and what they cost: user and system time with their children's, by the shell, since Node has no figure for that. */
import { spawnSync } from 'node:child_process';

export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly stdout: string;
}

/** Runs a command and throws when its exit code is none of `codes`. Needs bash. */
export function costOf(command: readonly string[], codes: readonly number[] = [0]): Cost {
  const script = 'TIMEFORMAT="%R %U %S"; exec 3>&2; time "$@" 2>/dev/null';
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status === null || !codes.includes(status)) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr}`);
  const [wallSeconds, user, system] = stderr.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { cpuSeconds: user + system, wallSeconds, stdout };
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
