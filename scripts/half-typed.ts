/**
 * `npm run half-typed [-- --files N --cuts N --typed N]`: real files of the Go library, each cut off at many places as if it were
 * being typed. Nothing may throw, no finding may lie in the function that the cut broke, and no fix may be offered in the file.
 * Which function a cut breaks is read off the whole file. Into some of the files statements are typed key by key: findings of
 * other functions may not flicker (see `typing.ts`). Needs a Go toolchain for its library.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DirectoryEntry, type FileSystem, neverCancelled, type Range } from '../server/src/base/index.ts';
import { resolveSettings } from '../server/src/config/index.ts';
import { createSession, type Review } from '../server/src/review/index.ts';
import { go, Kind, loadGrammar, NONE, parse } from '../server/src/syntax/index.ts';
import { STATEMENTS, statementStarts, typeInto } from '../server/test/review/typing.ts';

const PATH = '/module/file.go';
const GO_MOD = new TextEncoder().encode('module example.com/m\n\ngo 1.26\n');
const GRAMMARS = join(import.meta.dirname, '../grammars');
const MAXIMUM_BYTES = 200_000;

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '200' },
    cuts: { type: 'string', default: '50' },
    typed: { type: 'string', default: '40' },
  },
});

async function main(): Promise<void> {
  const root = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  if (root.status !== 0) {
    console.log('skipped: the Go library is the corpus, and there is no Go toolchain');
    return;
  }
  await loadGrammar((name) => readFileSync(join(GRAMMARS, name)));
  const all = goFiles(join(root.stdout.trim(), 'src'));
  const files = spread(all, Number(values.files));
  const outcome = { cuts: 0, broken: 0, findings: 0, problems: [] as string[] };
  for (const file of files) reviewCuts(file, Number(values.cuts), outcome);
  for (const problem of outcome.problems.slice(0, 40)) console.log(`FAILED ${problem}`);
  console.log(
    `half-typed: ${files.length} files, ${outcome.cuts} cuts, ${outcome.broken} inside a function, ${outcome.findings} findings elsewhere, ${outcome.problems.length} problems`,
  );
  const isTyped = typeStatements(spread(all, Number(values.typed)));
  process.exitCode = outcome.problems.length > 0 || outcome.broken === 0 || !isTyped ? 1 : 0;
}

/** Whether nothing flickered. */
function typeStatements(files: readonly string[]): boolean {
  const settings = resolveSettings({ preset: 'all', showPossible: true }, undefined);
  const total = { statements: 0, broken: 0, others: 0, kept: 0, flickers: 0 };
  for (const [i, file] of files.entries()) {
    const text = readFileSync(file, 'latin1');
    const starts = statementStarts(text);
    if (/[^\0-\x7f]/.test(text) || starts.length === 0) continue;
    const { findings } = reviewText(readFileSync(file));
    const finding = findings.at(i % Math.max(1, findings.length));
    const at = starts.find((start) => start > (finding?.at.start ?? text.length)) ?? starts[(i * 7) % starts.length];
    const { flickers, ...typed } = typeInto({ files: {}, path: '/m/x.go', text, at, keys: STATEMENTS[i % STATEMENTS.length], settings });
    for (const flicker of flickers) console.log(`FAILED ${file}: ${flicker}`);
    total.statements++;
    total.broken += typed.broken;
    total.others += typed.others;
    total.kept += typed.kept;
    total.flickers += flickers.length;
  }
  console.log(
    `typed: ${total.statements} statements, ${total.broken} keys after which nothing parses, ${total.others} findings of other functions there, ` +
      `${total.kept} of the function itself that stay, ${total.flickers} flickers`,
  );
  return total.flickers === 0;
}

function reviewCuts(file: string, cuts: number, outcome: { cuts: number; broken: number; findings: number; problems: string[] }): void {
  const whole = readFileSync(file);
  const bodies = functionBodies(whole);
  for (let i = 1; i <= cuts; i++) {
    const cut = Math.floor((whole.length * i) / (cuts + 1));
    const broken = bodies.find((body) => body.start < cut && cut < body.end);
    outcome.cuts++;
    if (broken !== undefined) outcome.broken++;
    const place = `${file} cut at byte ${cut}`;
    try {
      const review = reviewText(whole.subarray(0, cut));
      outcome.findings += review.findings.length;
      outcome.problems.push(...violations(review, broken).map((violation) => `${place}: ${violation}`));
    } catch (error) {
      outcome.problems.push(`${place}: threw ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}

function violations(review: Review, broken: Range | undefined): string[] {
  const faults = review.faults.map((fault) => fault.message);
  if (broken === undefined) return faults;
  const inside = review.findings.filter(({ at }) => at.start >= broken.start).map(({ ruleId }) => `${ruleId} inside the broken function`);
  const fixes = review.findings.filter(({ fixes }) => fixes.length > 0).map(({ ruleId }) => `a fix of ${ruleId} in a broken file`);
  return [...faults, ...inside, ...fixes];
}

function reviewText(text: Uint8Array): Review {
  const session = createSession(onlyFile(text));
  session.configure(resolveSettings({ preset: 'all', showPossible: true }, undefined));
  return session.review([PATH], neverCancelled);
}

function onlyFile(text: Uint8Array): FileSystem {
  const files = new Map<string, Uint8Array>([
    [PATH, text],
    ['/module/go.mod', GO_MOD],
  ]);
  const entries: DirectoryEntry[] = [
    { name: 'file.go', kind: 'file' },
    { name: 'go.mod', kind: 'file' },
  ];
  return {
    readFile: (path) => files.get(path),
    size: (path) => files.get(path)?.length,
    list: (directory) => (directory === '/module' ? entries : []),
  };
}

/** Byte ranges from after each top-level function's opening brace to its closing one. */
function functionBodies(source: Uint8Array): Range[] {
  const { tree } = parse(source);
  const bodies: Range[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    const isFunction = tree.kind[row] === Kind.function_declaration || tree.kind[row] === Kind.method_declaration;
    const body = isFunction ? go.functionDeclaration.body(tree, row) : NONE;
    if (body !== NONE) bodies.push({ start: tree.start[body] + 1, end: tree.end[body] });
  }
  return bodies;
}

function goFiles(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.go') && !path.includes('testdata'))
    .map((path) => join(root, path))
    .filter((path) => statSync(path).size <= MAXIMUM_BYTES)
    .sort();
}

/** `count` elements at equal distances, so that every run and machine with the same library takes the same ones. */
function spread<T>(all: readonly T[], count: number): T[] {
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor((i * all.length) / Math.min(count, all.length))]);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
