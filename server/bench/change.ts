/**
 * What the review of a change costs beside that of the whole: a module is copied into a repository whose last commit lacks some of its
 * files, or has others in their place, and the built command line, nothing kept from run to run, reviews all of it and only what is new. What is found in these files must be
 * found either way; what is new beside it must be findings of the whole, made by what is new.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { type Cost, costOf, inTurn, median } from './process.ts';
import { ROOT } from './yardsticks.ts';

const CLI = join(ROOT, 'dist/escapement.js');

/** Prints a table: the whole module, and changes of `count` files that are far from each other and that are neighbours. */
export function printChangeCost(module: string, count: number, rounds: number): void {
  inRepository(module, (folder) => {
    const files = reviewed(folder);
    printHead(files, rounds);
    for (const [name, changed] of [
      ['far from each other', spread(files, count)],
      ['neighbours', neighbours(files, count)],
    ] as const)
      printAdded(folder, `${changed.length} files, ${name}`, changed, rounds);
    const edited = spread(withFunctions(folder, files), count);
    printEdited(folder, `a function more in each of ${edited.length} files, far from each other`, edited, added, rounds);
    printEdited(folder, `a comment in each of ${edited.length} files, far from each other`, edited, withComment, rounds);
    printEdited(folder, `a statement in each of ${edited.length} files, far from each other`, edited, withStatement, rounds);
  });
}

/** The same of all that is otherwise in the module than in an older version of it, which is in another folder. */
export function printReleaseCost(older: string, module: string, rounds: number): void {
  inRepository(older, (folder) => {
    git(folder, 'add', '-Af');
    git(folder, 'commit', '-qm', 'older');
    const before = textsIn(folder);
    for (const entry of readdirSync(folder)) if (entry !== '.git') rmSync(join(folder, entry), { recursive: true });
    copyInto(folder, module);
    const now = textsIn(folder);
    const changed = [...new Set([...before.keys(), ...now.keys()])].filter((file) => before.get(file) !== now.get(file));
    printHead([...now.keys()], rounds);
    printChange(folder, `${changed.length} files that are others in ${basename(older)}`, [], rounds);
  });
}

/** Of a copy of the module. */
function inRepository(module: string, work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-bench-'));
  try {
    copyInto(folder, module);
    git(folder, 'init', '-q');
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function copyInto(folder: string, module: string): void {
  cpSync(module, folder, { recursive: true, filter: (path) => !path.includes(`${sep}.git`) });
  spawnSync('chmod', ['-R', 'u+w', folder]);
}

function textsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(reviewed(folder).map((file) => [file, readFileSync(join(folder, file), 'latin1')]));
}

function printHead(files: readonly string[], rounds: number): void {
  console.log(`${files.length} Go files; medians of ${rounds} rounds, nothing kept from one to the next`);
  console.log('| cold process | CPU s | ÷ whole module | findings |\n| --- | ---: | ---: | ---: |');
}

function printAdded(folder: string, name: string, changed: readonly string[], rounds: number): void {
  git(folder, 'add', '-A');
  git(folder, 'rm', '-q', '--cached', ...changed);
  git(folder, 'commit', '-qm', name);
  git(folder, 'add', '-A');
  printChange(folder, name, changed, rounds);
}

function printEdited(folder: string, name: string, changed: readonly string[], edit: (text: string) => string, rounds: number): void {
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'all', '--allow-empty');
  for (const file of changed) writeFileSync(join(folder, file), edit(readFileSync(join(folder, file), 'utf8')));
  printChange(folder, name, [], rounds);
  git(folder, 'checkout', '-q', '.');
}

/** At the end, with something to find in it. */
function added(text: string): string {
  const name = `added${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return `${text}\nfunc ${name}(all []string) []int {\n\tvar some []int\n\tfor _, each := range all {\n\t\tsome = append(some, len(each))\n\t}\n\treturn some\n}\n`;
}

/** One that gives the function's callers nothing new. */
function withStatement(text: string): string {
  return inSecondFunction(text, '\tprintln()\n');
}

function withComment(text: string): string {
  return inSecondFunction(text, '\t// Of note.\n');
}

/** With a line at its beginning. */
function inSecondFunction(text: string, line: string): string {
  let count = 0;
  return text.replace(HEAD, (head) => (count++ === 1 ? head + line : head));
}

const HEAD = /^func .*\{\n/gm;

function withFunctions(folder: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(HEAD)].length > 1);
}

function printChange(folder: string, name: string, changed: readonly string[], rounds: number): void {
  const [whole, part] = inTurn([() => review(folder), () => review(folder, '--new-from-rev', 'HEAD')], rounds);
  const [inModule, found] = [whole[0], part[0]].map((cost) => new Set(findingsOf(cost).map((each) => JSON.stringify(each))));
  const lost = findingsOf(whole[0], new Set(changed)).filter((each) => !found.has(JSON.stringify(each)));
  const made = [...found].filter((each) => !inModule.has(each));
  if (lost.length + made.length > 0) throw new Error(`${name}: ${lost.length} findings are lost, ${made.length} are none of the module`);
  const [all, ours] = [whole, part].map((costs) => median(costs.map(({ cpuSeconds }) => cpuSeconds)));
  console.log(`| the whole module | ${all.toFixed(2)} | 1.00 | ${findingsOf(whole[0]).length} |`);
  console.log(`| ${name} | ${ours.toFixed(2)} | ${(ours / all).toFixed(2)} | ${found.size} |`);
}

function review(folder: string, ...more: readonly string[]): Cost {
  return costOf(
    ['env', '-C', folder, 'ESCAPEMENT_CACHE=off', process.execPath, CLI, 'review', '--rules', 'all', '--format', 'json', ...more],
    [0, 1],
  );
}

/** Findings, in files of the module or only in some of them. */
function findingsOf({ stdout }: Cost, files?: ReadonlySet<string>): readonly { readonly file: string }[] {
  const { findings }: { readonly findings: readonly { readonly file: string; readonly related: unknown }[] } = JSON.parse(stdout);
  // Where a change caused one elsewhere, a related place says so.
  const plain = findings.map((each) => ({ ...each, related: undefined }));
  return files === undefined ? plain : plain.filter(({ file }) => files.has(file));
}

function git(folder: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}

/** Paths in the module, of files that a review walks to. */
function reviewed(folder: string): readonly string[] {
  const isWalked = (directory: string): boolean =>
    directory === '.' ||
    (!/^(vendor|testdata|[_.].*)$/.test(basename(directory)) &&
      !existsSync(join(folder, directory, 'go.mod')) &&
      isWalked(dirname(directory)));
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.go') && isWalked(dirname(path)))
    .sort();
}

function spread(files: readonly string[], count: number): readonly string[] {
  const step = Math.max(1, files.length / count);
  return [...new Set(Array.from({ length: count }, (_, i) => files[Math.floor(i * step)]))].filter((path) => path !== undefined);
}

/** Files of the directories that come first to hold enough of them, larger ones before smaller ones. */
function neighbours(files: readonly string[], count: number): readonly string[] {
  const byDirectory = new Map<string, string[]>();
  for (const file of files) byDirectory.set(dirname(file), [...(byDirectory.get(dirname(file)) ?? []), file]);
  return [...byDirectory.values()]
    .sort((a, b) => b.length - a.length)
    .flat()
    .slice(0, count);
}
