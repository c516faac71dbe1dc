/** Runs the command line as users have it. */
import { join } from 'node:path';
import { run } from '../ecosystem/go-modules.ts';
import type { Predicted } from './score.ts';

const CLI = join(import.meta.dirname, '../../dist/escapement.js');

/** What it prints. Throws when that is not the JSON that was asked for. */
export function product(args: readonly string[], folder: string): string {
  const { stdout, output } = run(process.execPath, [CLI, ...args], folder);
  if (!stdout.startsWith('{')) throw new Error(`escapement ${args[0]} failed in ${folder}: ${output.slice(0, 2000)}`);
  return stdout;
}

/** The records of `escapes`; the flows are dropped, which are most of the text. */
export function predictionsOf(folder: string): readonly Predicted[] {
  const lines = product(['escapes', '--format', 'ndjson', '.'], folder).trimEnd().split('\n');
  return lines.map((line): Predicted => {
    const record: Predicted = JSON.parse(line);
    return record.kind === 'parameter' ? record : { ...record, flow: [] };
  });
}
