/** Processes by what stands on their command line, from /proc; none where there is no /proc. */
import { readdirSync, readFileSync } from 'node:fs';

export function processesWith(...words: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => words.every((word) => commandLineOf(name).includes(word)))
    .map(Number);
}

function commandLineOf(name: string): string {
  try {
    return readFileSync(`/proc/${name}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
