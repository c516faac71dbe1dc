/**
 * `npm run oracle [-- MODULE…]`: holds what the rules on the escape analysis say of real, pinned modules against the Go
 * compiler's own escape analysis (`go build -gcflags=-m`). Prints the share that the compiler confirms beside what the naive
 * reading (every local whose address is taken, every literal) would have got, and the agreement of `escapement escapes` on
 * lines with a heap verdict, inlined functions included. Exits 1 below the bars.
 */
import { join } from 'node:path';
import { type ModulePin, pinnedModules, run, withModuleCopy } from './ecosystem/go-modules.ts';

const CLI = join(import.meta.dirname, '../dist/escapement.js');
const RULES = 'escaping-pointer,closure-capture,interface-boxing';
/** Share of findings that the compiler must confirm. */
const BAR = 0.95;
/** Of the lines that `escapes` or the compiler calls heap, those on which they agree. */
const LINE_BARS = { precision: 0.94, recall: 0.88 };

interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface Score {
  readonly confirmed: number;
  readonly findings: number;
  readonly priorConfirmed: number;
  readonly prior: number;
  /** Lines with a heap verdict: ours, the compiler's, both's. */
  readonly ours: number;
  readonly theirs: number;
  readonly both: number;
}

const names = process.argv.slice(2);
const chosen = pinnedModules().filter(({ path }) => names.length === 0 || names.includes(path));
const scores = chosen.map(scoreModule);
const confirmed = sum(scores, (score) => score.confirmed);
const findings = sum(scores, (score) => score.findings);
console.log(
  `all: ${percent(confirmed, findings)} of ${findings} findings confirmed; prior ${percent(
    sum(scores, (score) => score.priorConfirmed),
    sum(scores, (score) => score.prior),
  )}`,
);
const lines = { ours: sum(scores, ({ ours }) => ours), theirs: sum(scores, ({ theirs }) => theirs), both: sum(scores, ({ both }) => both) };
console.log(`all lines: ${agreement(lines)}`);
const areLinesRight = lines.both / lines.ours >= LINE_BARS.precision && lines.both / lines.theirs >= LINE_BARS.recall;
process.exitCode = findings > 0 && confirmed / findings >= BAR && areLinesRight ? 0 : 1;

function scoreModule(pin: ModulePin): Score {
  return withModuleCopy(pin, (folder) => {
    const { heap, sites, stack, lines, files } = compilerVerdicts(folder);
    const ours = predictedLines(folder, files);
    const reported = reviewed(folder).filter(({ file }) => !file.endsWith('_test.go'));
    const refuted = reported.filter((finding) => !isConfirmed(finding, heap));
    for (const { rule, file, line, message } of refuted) console.log(`  not confirmed: ${file}:${line} ${rule}: ${message.slice(0, 90)}`);
    const score = {
      confirmed: reported.length - refuted.length,
      findings: reported.length,
      priorConfirmed: sites.size,
      prior: sites.size + stack.size,
      ours: ours.size,
      theirs: lines.size,
      both: [...ours].filter((line) => lines.has(line)).length,
    };
    console.log(
      `${pin.path}@${pin.version}: ${percent(score.confirmed, score.findings)} of ${score.findings} confirmed; prior ${percent(score.priorConfirmed, score.prior)}`,
    );
    console.log(`  lines: ${agreement(score)}`);
    return score;
  });
}

function reviewed(folder: string): readonly Finding[] {
  const { stdout, output } = run(process.execPath, [CLI, 'review', '--rules', RULES, '--no-config', '--format', 'json', '.'], folder);
  if (!stdout.startsWith('{')) throw new Error(`the review failed: ${output}`);
  return JSON.parse(stdout).findings;
}

function agreement({ ours, theirs, both }: Pick<Score, 'ours' | 'theirs' | 'both'>): string {
  return `precision ${percent(both, ours)}, recall ${percent(both, theirs)} of ${theirs} heap lines`;
}

/** Lines of these files on which `escapes` sees something on the heap, `file:line`. */
function predictedLines(folder: string, files: ReadonlySet<string>): ReadonlySet<string> {
  const { stdout, output } = run(process.execPath, [CLI, 'escapes', '--format', 'ndjson', '.'], folder);
  if (!stdout.startsWith('{')) throw new Error(`escapes failed: ${output}`);
  const records: readonly EscapeLine[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const isHeap = ({ verdict, certainty }: EscapeLine): boolean => verdict === 'heap' && certainty !== 'possible';
  return new Set(records.filter((record) => isHeap(record) && files.has(record.file)).map(({ file, line }) => `${file}:${line}`));
}

interface EscapeLine {
  readonly file: string;
  readonly line: number;
  readonly verdict?: string;
  readonly certainty?: string;
}

/** A moved variable by its name on its line; an allocation or closure by any heap verdict on its line. */
function isConfirmed({ rule, file, line, message }: Finding, heap: ReadonlySet<string>): boolean {
  const moved = /^(\S+) (?:moves|is a copy)/.exec(message);
  if (rule === 'escaping-pointer' && moved !== null) return heap.has(`${file}:${line} ${moved[1]}`);
  return heap.has(`${file}:${line}`);
}

interface Verdicts {
  /** `file:line`, and `file:line name` for variables. */
  readonly heap: ReadonlySet<string>;
  /** Heap lines of the forms that the rules speak of: `&T{}`, `new`, literals of functions, variables. */
  readonly sites: ReadonlySet<string>;
  /** Lines where something was allocated or taken by address that stays on the stack. */
  readonly stack: ReadonlySet<string>;
  /** Every line with a heap verdict. */
  readonly lines: ReadonlySet<string>;
  /** Files of which the compiler said anything. */
  readonly files: ReadonlySet<string>;
}

function compilerVerdicts(folder: string): Verdicts {
  const { code, output } = run('go', ['build', '-gcflags=-m', './...'], folder);
  if (code !== 0) throw new Error(`the module does not build: ${output.slice(0, 1000)}`);
  const heap = new Set<string>();
  const sites = new Set<string>();
  const stack = new Set<string>();
  const lines = new Set<string>();
  const files = new Set<string>();
  for (const line of output.split('\n')) {
    files.add(/^(?:\.\/)?(\S+\.go):\d+:/.exec(line)?.[1] ?? '');
    const match = /^(?:\.\/)?(\S+\.go):(\d+):\d+: (?:moved to heap: (\S+)|(.+) (escapes to heap|does not escape))$/.exec(line);
    if (match === null) continue;
    const [, file, number, moved, expression, verdict] = match;
    const place = `${file}:${number}`;
    const isSite = moved !== undefined || /^(&|func literal|new\()/.test(expression);
    if (verdict === 'does not escape') {
      if (isSite) stack.add(place);
      continue;
    }
    lines.add(place);
    heap.add(moved === undefined ? place : `${place} ${moved}`);
    if (isSite) sites.add(place);
  }
  return { heap, sites, stack, lines, files };
}

function sum(all: readonly Score[], value: (score: Score) => number): number {
  return all.reduce((total, score) => total + value(score), 0);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
