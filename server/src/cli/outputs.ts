/** Where results go: reports to standard output or files, everything else to standard error. */
import { appendFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import picocolors from 'picocolors';
import { errorMessage, relativePath } from '../base/index.ts';
import { FORMATS, forTerminal, type Report, type Sources } from '../report/index.ts';
import type { Review } from '../review/index.ts';
import { absolutePath, nativePath } from './files/paths.ts';
import { writeOutput, writeProblem } from './files/write-file.ts';
import type { FixOutcome } from './fixes/fix.ts';
import type { Unused } from './gates/unused-exclusions.ts';
import { type Io, type Sink, UsageError } from './io.ts';
import type { Output, ReviewOptions } from './options.ts';
import type { Plan } from './plan.ts';

/** Writes every report that was asked for. Throws UsageError for a file that cannot be written. */
export async function reportReview(review: Review, sources: Sources, plan: Plan, options: ReviewOptions, io: Io): Promise<void> {
  const { rules, milliseconds, comparison } = plan;
  const run = { version: io.version, cwd: absolutePath(io.cwd, '.'), rules, milliseconds, gzipBytes };
  const report: Report = { review, run, sources, ...(comparison && { comparison }) };
  for (const output of options.outputs) await writeReport(report, output, options, io);
  if (options.outputs.some(({ format }) => format === 'github')) addSummary(report, options, io);
}

function gzipBytes(text: string): number {
  return gzipSync(text).length;
}

/** GitHub shows ten annotations of each level; the summary of the step has room for all. Without findings there is nothing to sum up. */
function addSummary(report: Report, { detail }: ReviewOptions, { env, cwd }: Io): void {
  const file = env.GITHUB_STEP_SUMMARY ?? '';
  const { findings, incomplete } = report.review;
  if (file === '' || (findings.length === 0 && incomplete === undefined && report.comparison === undefined)) return;
  try {
    appendFileSync(nativePath(absolutePath(cwd, file)), FORMATS.markdown.write(report, { colour: false, detail }));
  } catch (error) {
    throw new UsageError(`cannot write the summary GITHUB_STEP_SUMMARY names, ${forTerminal(file)}: ${errorMessage(error)}`);
  }
}

async function writeReport(report: Report, { format, file }: Output, options: ReviewOptions, io: Io): Promise<void> {
  const { detail } = options;
  if (file === undefined) {
    const sink = sinkOf(options, io);
    await sink?.write(FORMATS[format].write(report, { colour: isColourful(sink, options, io), detail }));
    return;
  }
  try {
    writeOutput(absolutePath(io.cwd, file), FORMATS[format].write(report, { colour: false, detail }));
  } catch (error) {
    throw new UsageError(`--format: cannot write ${forTerminal(file)}: ${writeProblem(error)}`);
  }
}

/** A diff stands for the report; the fixed text of standard input only moves it aside. */
function sinkOf({ diff, fix, stdinPath }: ReviewOptions, io: Io): Sink | undefined {
  if (diff) return undefined;
  return fix !== undefined && stdinPath !== undefined ? io.stderr : io.stdout;
}

/** The diff on standard output, byte for byte unless people look at it, and what it would fix on standard error. */
export async function reportDiff(diff: string, outcome: FixOutcome, options: ReviewOptions, io: Io): Promise<void> {
  await io.stdout.write(io.stdout.isTerminal ? forPeople(diff, isColourful(io.stdout, options, io)) : diff);
  if (options.detail !== 'quiet') await io.stderr.write(`${wouldFix(outcome)}\n${withheldLines(outcome.withheld, io)}${leftLine(outcome)}`);
}

/** The patch in its file, also an empty one, and what it would fix on standard error. Throws UsageError for a file that cannot be written. */
export async function writePatch(file: string, patch: string, outcome: FixOutcome, options: ReviewOptions, io: Io): Promise<void> {
  try {
    writeOutput(absolutePath(io.cwd, file), patch);
  } catch (error) {
    throw new UsageError(`--fix-patch: cannot write ${forTerminal(file)}: ${writeProblem(error)}`);
  }
  if (options.detail !== 'quiet') await io.stderr.write(`${wouldFix(outcome)}\n${withheldLines(outcome.withheld, io)}${leftLine(outcome)}`);
}

function wouldFix({ applied, review }: FixOutcome): string {
  if (review.incomplete !== undefined) return NOT_FIXED;
  if (applied.length === 0) return 'Nothing to fix.';
  return `Would fix ${plural(applied.length, 'finding')} in ${plural(filesOf(applied).length, 'file')}.`;
}

const NOT_FIXED = 'Nothing was fixed, because the review is incomplete.';

function forPeople(diff: string, colour: boolean): string {
  const colours = picocolors.createColors(colour);
  return diff
    .split('\n')
    .map((line) => {
      const shown = line.split('\t').map(forTerminal).join('\t');
      if (line.startsWith('@@')) return colours.cyan(shown);
      if (line.startsWith('+++') || line.startsWith('---')) return colours.bold(shown);
      return line.startsWith('+') ? colours.green(shown) : line.startsWith('-') ? colours.red(shown) : shown;
    })
    .join('\n');
}

/** What was fixed, and what was not and why, on standard error. */
export async function reportFixes(outcome: FixOutcome, { detail }: ReviewOptions, io: Io): Promise<void> {
  const { applied, withheld, refused, review } = outcome;
  const lines = [
    ...(detail === 'verbose'
      ? applied.map((each) => `${shownPath(each.finding.path, io)}: fixed: ${forTerminal(each.fix.title)} (${each.finding.ruleId})`)
      : []),
    ...(review.incomplete === undefined ? [] : [NOT_FIXED]),
    ...(applied.length > 0 && detail !== 'quiet'
      ? [`Fixed ${plural(applied.length, 'finding')} in ${plural(filesOf(applied).length, 'file')}.`]
      : []),
  ];
  const told = lines.map((line) => `${line}\n`).join('');
  await io.stderr.write(`${told}${withheldLines(withheld, io)}${withheldLines(refused, io)}${leftLine(outcome)}`);
}

/** Fixes that stood in each other's way until the last round. */
function leftLine({ left, review }: FixOutcome): string {
  if (left.length === 0 || review.incomplete !== undefined) return '';
  const [are, them] = left.length === 1 ? ['fix is', 'it'] : ['fixes are', 'them'];
  return `${left.length} ${are} left, in the place of others that were made; --fix, run again, makes ${them}.\n`;
}

function withheldLines(withheld: ReadonlyMap<string, string>, io: Io): string {
  return [...withheld].map(([path, why]) => `${shownPath(path, io)}: not fixed: ${forTerminal(why)}\n`).join('');
}

function filesOf(applied: FixOutcome['applied']): readonly string[] {
  return [...new Set(applied.flatMap(({ fix }) => fix.edits.map((edit) => edit.path)))];
}

/** Says on standard error why the exit code is 2, unless a text report has said it. */
export async function reportFaults({ faults, incomplete }: Review, { diff, outputs }: ReviewOptions, io: Io): Promise<void> {
  const isSaid = !diff && outputs.some(({ format, file }) => format === 'text' && file === undefined);
  if (isSaid) return;
  const more = faults.length < 2 ? '' : `; and ${plural(faults.length - 1, 'more fault')}`;
  const lines = [
    ...(incomplete === undefined ? [] : [`incomplete: ${forTerminal(incomplete.why)}`]),
    ...faults.slice(0, 1).map(({ path, message }) => `${shownPath(path, io)}: ${forTerminal(message)}${more}`),
  ];
  await io.stderr.write(lines.map((line) => `escapement: ${line}\n`).join(''));
}

/** Says on standard error which rules have more findings than `--max` allows; answers whether any has. */
export async function reportMost({ findings }: Review, { most }: ReviewOptions, io: Io): Promise<boolean> {
  const over = [...most]
    .map(([rule, limit]) => ({ rule, limit, count: findings.filter(({ ruleId }) => ruleId === rule).length }))
    .filter(({ limit, count }) => count > limit);
  await io.stderr.write(over.map(({ rule, limit, count }) => `${rule}: ${plural(count, 'finding')}, --max allows ${limit}\n`).join(''));
  return over.length > 0;
}

/** Says on standard error how many entries of the baseline stand for nothing any more. */
export async function reportStale(count: number, { baseline, detail }: ReviewOptions, io: Io): Promise<void> {
  if (count === 0 || detail === 'quiet' || baseline === undefined) return;
  const what = count === 1 ? 'one known finding is' : `${count} known findings are`;
  await io.stderr.write(`${forTerminal(baseline)}: ${what} gone; escapement baseline prune takes ${count === 1 ? 'it' : 'them'} out\n`);
}

/** Says on standard error which exclusions of the configuration files stand for nothing. */
export async function reportUnused(unused: readonly Unused[], { detail }: ReviewOptions, io: Io): Promise<void> {
  if (detail === 'quiet') return;
  const lines = unused.flatMap(({ config, phrases }) => phrases.map((phrase) => `${forTerminal(relativePath(io.cwd, config))}: ${phrase}`));
  for (const line of lines) await io.stderr.write(`${line}; take it out, or mend the pattern\n`);
}

/** Counts per rule and the time taken, on standard error. */
export async function reportStats({ findings, files, faults, skipped }: Review, { milliseconds }: Plan, io: Io): Promise<void> {
  const counts = new Map<string, number>();
  for (const { ruleId } of findings) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rows: readonly (readonly [string, string])[] = [
    ['files', String(files)],
    ['skipped', String(skipped.length)],
    ['faults', String(faults.length)],
    ['findings', String(findings.length)],
    ...byCount.map(([rule, count]) => [`  ${rule}`, String(count)] as const),
    ['time', `${(milliseconds / 1000).toFixed(2)} s`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  await io.stderr.write(rows.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join(''));
}

/** Whether colours may go to a sink; one that nobody reads gets none. */
export function isColourful(sink: Sink | undefined, { colour }: Pick<ReviewOptions, 'colour'>, { env }: Io): boolean {
  if (colour !== 'auto') return colour === 'always';
  return sink?.isTerminal === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
}

function shownPath(path: string, io: Io): string {
  return forTerminal(relativePath(absolutePath(io.cwd, '.'), path));
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
