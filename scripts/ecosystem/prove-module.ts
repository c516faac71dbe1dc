/** The proof for one module: a copy, its state before, all safe fixes, its state after, and a second run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ModulePin, run, withModuleCopy } from './go-modules.ts';

export interface Proof {
  /** Findings with a safe fix before the run, per rule. */
  readonly fixes: Readonly<Record<string, number>>;
  /** Files that the fixes changed. */
  readonly files: number;
  /** What changed for the worse; empty when the proof holds. */
  readonly problems: readonly string[];
}

interface State {
  readonly build: string;
  readonly vet: string;
  readonly gofmt: string;
  readonly tests: string;
}

interface ReviewOutput {
  readonly findings: readonly { readonly rule: string; readonly fixes: readonly { readonly safety: string }[] }[];
  readonly faults: readonly { readonly file: string; readonly message: string }[];
}

const CLI = join(import.meta.dirname, '../../dist/escapement.js');
const EVERYTHING = ['--rules', 'all', '--no-config'];

export function proveModule(pin: ModulePin, options: { readonly runTests: boolean }): Proof {
  return withModuleCopy(pin, (folder) => prove(folder, options.runTests));
}

function prove(folder: string, runTests: boolean): Proof {
  const before = stateOf(folder, runTests);
  const sources = goSources(folder);
  const review = reviewOf(folder);
  const fixing = run(process.execPath, [CLI, 'review', '--fix', ...EVERYTHING, '--format', 'json', '.'], folder);
  const fixed = goSources(folder);
  const after = stateOf(folder, runTests);
  const again = run(process.execPath, [CLI, 'review', '--fix', ...EVERYTHING, '--format', 'json', '.'], folder);
  const afterSecond = goSources(folder);

  const problems = [
    ...review.faults.map(({ file, message }) => `fault in ${file}: ${message}`),
    ...differences(before, after),
    ...changedFiles(fixed, afterSecond).map((file) => `a second --fix changed ${file}`),
    ...[fixing, again].filter(({ code }) => code === 2).map(({ output }) => `escapement failed: ${output.slice(0, 2000)}`),
  ];
  return { fixes: countSafeFixes(review), files: changedFiles(sources, fixed).length, problems };
}

function reviewOf(folder: string): ReviewOutput {
  const { stdout } = run(process.execPath, [CLI, 'review', ...EVERYTHING, '--format', 'json', '.'], folder);
  return JSON.parse(stdout);
}

function countSafeFixes({ findings }: ReviewOutput): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { rule, fixes } of findings) {
    if (fixes.some(({ safety }) => safety === 'safe')) counts[rule] = (counts[rule] ?? 0) + 1;
  }
  return counts;
}

/** Positions move when lines are added, so messages are compared without them. */
function stateOf(folder: string, runTests: boolean): State {
  return {
    build: withoutPlaces(run('go', ['build', './...'], folder).output),
    vet: withoutPlaces(run('go', ['vet', './...'], folder).output),
    gofmt: run('gofmt', ['-l', '.'], folder).output,
    tests: runTests ? testVerdicts(run('go', ['test', '-short', './...'], folder).stdout) : '',
  };
}

function testVerdicts(output: string): string {
  const verdicts = output.split('\n').flatMap((line) => /^(ok|FAIL)\s+(\S+)/.exec(line)?.slice(1, 3).join(' ') ?? []);
  return [...new Set(verdicts)].sort().join('\n');
}

function withoutPlaces(output: string): string {
  return output
    .replace(/:\d+:\d+/g, '')
    .split('\n')
    .sort()
    .join('\n');
}

function differences(before: State, after: State): string[] {
  return (Object.keys(before) as (keyof State)[])
    .filter((step) => before[step] !== after[step])
    .map((step) => `${step} changed:\n--- before\n${before[step]}\n--- after\n${after[step]}`);
}

function goSources(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name.endsWith('.go'),
  );
  return new Map(files.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), 'latin1')]));
}

function changedFiles(before: Map<string, string>, after: Map<string, string>): string[] {
  return [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => file);
}
