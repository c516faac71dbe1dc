/**
 * The tests of a tree before and after. Only tests count that pass before; one that then fails is run again, and against
 * the tree as it was, because many a test depends on time, on the network or on the other tests.
 */
import { type Ran, run } from './commands.ts';
import type { Subject } from './subject.ts';

/** `package.Test` of top-level tests, and what became of them. */
export type Results = Readonly<Record<string, 'pass' | 'fail' | 'skip'>>;

export interface TestRun {
  readonly results: Results;
  /** It took too long and was stopped; what had not run is missing. */
  readonly isCut: boolean;
}

interface Event {
  readonly Action: string;
  readonly Package?: string;
  readonly Test?: string;
}

/** For one package of tests. */
const PACKAGE_MINUTES = 5;

/** Runs the short tests of packages, for `minutes` at most; with `only`, the tests of these names. */
export async function runTests(
  subject: Subject,
  packages: readonly string[],
  minutes: number,
  only: readonly string[] = [],
): Promise<TestRun> {
  if (packages.length === 0) return { results: {}, isCut: false };
  const chosen = only.length === 0 ? [] : ['-count=1', '-run', `^(${only.join('|')})$`];
  const args = ['test', '-short', '-vet=off', '-json', `-timeout=${PACKAGE_MINUTES}m`, ...chosen, ...packages];
  const ran = await run('go', args, subject, { minutes });
  return { results: resultsOf(ran), isCut: ran.isCut };
}

/** Tests that passed before and do not now; what was cut off before its end is not counted. */
export function regressions(before: Results, after: TestRun): readonly string[] {
  return Object.entries(before)
    .filter(([, result]) => result === 'pass')
    .map(([test]) => test)
    .filter((test) => (after.isCut ? after.results[test] === 'fail' : after.results[test] === 'fail' || after.results[test] === undefined))
    .sort();
}

/** Import paths of packages whose tests run code of the given folders; of the library, only of those folders themselves. */
export async function dependents(subject: Subject, folders: readonly string[]): Promise<readonly string[]> {
  const own = new Set(await packagesHere(subject, folders));
  if (own.size === 0 || subject.pattern === 'std') return [...own].sort();
  const all = await list(subject, ['-test', '-json=ImportPath,Deps', subject.pattern]);
  const indirect = all
    .filter(({ ImportPath, Deps = [] }) => ImportPath.endsWith('.test') && Deps.some((path) => own.has(path.split(' ')[0])))
    .map(({ ImportPath }) => ImportPath.replace(/\.test$/, ''));
  return [...new Set([...[...own].sort(), ...indirect.sort()])];
}

/** Import paths of the folders that have a file for this target; the go command refuses the others. */
export async function packagesHere(subject: Subject, folders: readonly string[]): Promise<readonly string[]> {
  if (folders.length === 0) return [];
  const all = await list(subject, ['-json=ImportPath,GoFiles,TestGoFiles,XTestGoFiles', ...folders]);
  return all
    .filter((each) => [each.GoFiles, each.TestGoFiles, each.XTestGoFiles].some((files) => (files ?? []).length > 0))
    .map(({ ImportPath }) => ImportPath);
}

interface Listed {
  readonly ImportPath: string;
  readonly Deps?: readonly string[];
  readonly GoFiles?: readonly string[];
  readonly TestGoFiles?: readonly string[];
  readonly XTestGoFiles?: readonly string[];
}

async function list(subject: Subject, args: readonly string[]): Promise<readonly Listed[]> {
  const { stdout } = await run('go', ['list', '-e', ...args], subject);
  return stdout.split(/^(?=\{)/m).flatMap((text): Listed[] => (text.trim() === '' ? [] : [JSON.parse(text)]));
}

function resultsOf({ stdout }: Ran): Results {
  const results: Record<string, 'pass' | 'fail' | 'skip'> = {};
  for (const line of stdout.split('\n')) {
    if (!line.startsWith('{') || !line.endsWith('}')) continue;
    const { Action, Package, Test }: Event = JSON.parse(line);
    const isResult = Action === 'pass' || Action === 'fail' || Action === 'skip';
    if (isResult && Package !== undefined && Test !== undefined && !Test.includes('/')) results[`${Package}.${Test}`] = Action;
  }
  return results;
}
