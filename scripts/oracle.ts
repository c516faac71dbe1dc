/**
 * `npm run oracle [-- MODULE…]`: holds what escaping-pointer and closure-capture say of real, pinned modules against the Go
 * compiler's own escape analysis (`go build -gcflags=-m`). Prints the share that the compiler confirms beside what the naive
 * reading (every local whose address is taken, every literal) would have got, and exits 1 below the bar.
 */
import { join } from 'node:path';
import { type ModulePin, pinnedModules, run, withModuleCopy } from './ecosystem/go-modules.ts';

const CLI = join(import.meta.dirname, '../dist/escapement.js');
const RULES = 'escaping-pointer,closure-capture';
/** Share of findings that the compiler must confirm. */
const BAR = 0.95;

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
process.exitCode = findings > 0 && confirmed / findings >= BAR ? 0 : 1;

function scoreModule(pin: ModulePin): Score {
  return withModuleCopy(pin, (folder) => {
    const { heap, sites, stack } = compilerVerdicts(folder);
    const reported = reviewed(folder).filter(({ file }) => !file.endsWith('_test.go'));
    const refuted = reported.filter((finding) => !isConfirmed(finding, heap));
    for (const { rule, file, line, message } of refuted) console.log(`  not confirmed: ${file}:${line} ${rule}: ${message.slice(0, 90)}`);
    const score = {
      confirmed: reported.length - refuted.length,
      findings: reported.length,
      priorConfirmed: sites.size,
      prior: sites.size + stack.size,
    };
    console.log(
      `${pin.path}@${pin.version}: ${percent(score.confirmed, score.findings)} of ${score.findings} confirmed; prior ${percent(score.priorConfirmed, score.prior)}`,
    );
    return score;
  });
}

function reviewed(folder: string): readonly Finding[] {
  const { stdout, output } = run(process.execPath, [CLI, 'review', '--rules', RULES, '--no-config', '--format', 'json', '.'], folder);
  if (!stdout.startsWith('{')) throw new Error(`the review failed: ${output}`);
  return JSON.parse(stdout).findings;
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
}

function compilerVerdicts(folder: string): Verdicts {
  const { code, output } = run('go', ['build', '-gcflags=-m', './...'], folder);
  if (code !== 0) throw new Error(`the module does not build: ${output.slice(0, 1000)}`);
  const heap = new Set<string>();
  const sites = new Set<string>();
  const stack = new Set<string>();
  for (const line of output.split('\n')) {
    const match = /^(?:\.\/)?(\S+\.go):(\d+):\d+: (?:moved to heap: (\S+)|(.+) (escapes to heap|does not escape))$/.exec(line);
    if (match === null) continue;
    const [, file, number, moved, expression, verdict] = match;
    const place = `${file}:${number}`;
    const isSite = moved !== undefined || /^(&|func literal|new\()/.test(expression);
    if (verdict === 'does not escape') {
      if (isSite) stack.add(place);
      continue;
    }
    heap.add(moved === undefined ? place : `${place} ${moved}`);
    if (isSite) sites.add(place);
  }
  return { heap, sites, stack };
}

function sum(all: readonly Score[], value: (score: Score) => number): number {
  return all.reduce((total, score) => total + value(score), 0);
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;
}
