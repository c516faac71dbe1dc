/** `review`: ask the server, keep what is new, fix what may be fixed, write the reports, and say with the exit code how it went. */
import { type Comparison, type Sources, severityRank } from '../../report/index.ts';
import type { Finding, Incomplete, Review } from '../../review/index.ts';
import { type Deadline, startDeadline, TimeIsUp } from '../client/deadline.ts';
import { ReviewRun } from '../client/review-run.ts';
import { absolutePath } from '../files/paths.ts';
import { whyNotWritable } from '../files/write-file.ts';
import { unifiedDiff } from '../fixes/diff-output.ts';
import { type AppliedFix, type FixOutcome, fixAll, unfixed } from '../fixes/fix.ts';
import { writeFixes } from '../fixes/write-fixes.ts';
import { compareWith, reportMore } from '../gates/no-more-than.ts';
import { unusedExclusions } from '../gates/unused-exclusions.ts';
import type { Io } from '../io.ts';
import type { Now } from '../new-code/base-review.ts';
import { Sieve } from '../new-code/sieve.ts';
import type { FailOn, ReviewOptions } from '../options.ts';
import {
  reportDiff,
  reportFaults,
  reportFixes,
  reportMost,
  reportReview,
  reportStale,
  reportStats,
  reportUnused,
  writePatch,
} from '../outputs.ts';
import { makePlan, type Plan } from '../plan.ts';

/** Answers the exit code: 0 clean, 1 findings at or above `--fail-on` (or a diff), 2 when something could not be done. Throws UsageError. */
export async function review(options: ReviewOptions, io: Io): Promise<number> {
  const start = performance.now();
  const plan = await makePlan(options, io);
  const deadline = startDeadline(options.timeout);
  const run = await startInTime(plan, options, io, deadline);
  if ('why' in run) return report(nothingReviewed(run), (path) => plan.texts.original(path), plan, options, io);
  try {
    return await reviewOnce(run, { plan, options, io, deadline }, start);
  } finally {
    await run.stop();
  }
}

/** By a server that is up; `start` is when the time began that `--stats` tells. Answers the exit code. */
export async function reviewOnce(run: ReviewRun, now: Now, start: number): Promise<number> {
  const sieve = new Sieve(now);
  try {
    return await reviewThrough(sieve, run, now, start);
  } finally {
    await sieve.close();
  }
}

async function reviewThrough(sieve: Sieve, run: ReviewRun, now: Now, start: number): Promise<number> {
  const { plan, options, io } = now;
  const all = await sieve.review(run);
  const first = await sieve.told(all, run);
  const compared = await compareInTime(all, run, now);
  const comparison = compared instanceof TimeIsUp ? undefined : compared;
  const outcome = options.fix === undefined ? unfixed(first) : await fix(first, plan, sieve, run, options, io);
  const milliseconds = options.stats ? Math.round(performance.now() - start) : 0;
  const code = await finish(first, outcome, { ...plan, milliseconds, comparison }, options, io);
  if (compared instanceof TimeIsUp) throw compared;
  const isMore = comparison !== undefined && (await reportMore(comparison, options, io));
  if (plan.baseline !== undefined && all.incomplete === undefined) {
    await reportStale(plan.baseline.staleIn(all).length, options, io);
  }
  if (all.incomplete === undefined) await reportUnused(await unusedExclusions(plan, () => run.held()), options, io);
  return isMore ? Math.max(1, code) : code;
}

/** Of the code as it is before anything is fixed; where time was up, what says so, for after the reports. */
async function compareInTime(all: Review, run: ReviewRun, now: Now): Promise<Comparison | TimeIsUp | undefined> {
  const { noMoreThan } = now.options;
  try {
    return noMoreThan === undefined ? undefined : await compareWith(noMoreThan, all, run, now);
  } catch (error) {
    if (error instanceof TimeIsUp) return error;
    throw error;
  }
}

/** Answers why nothing could be reviewed where the server was not up when time was. */
async function startInTime(plan: Plan, options: ReviewOptions, io: Io, deadline: Deadline): Promise<ReviewRun | Incomplete> {
  try {
    return await ReviewRun.start(plan, options, io, deadline);
  } catch (error) {
    if (!(error instanceof TimeIsUp)) throw error;
    return { why: `stopped after ${options.timeout?.text} (--timeout) before the first file was reviewed`, unreviewed: [] };
  }
}

function nothingReviewed(incomplete: Incomplete): Review {
  return { findings: [], faults: [], files: 0, skipped: [], incomplete };
}

/** All or nothing: where time was up, no fix has been seen to hold beside the others. */
async function fix(first: Review, plan: Plan, sieve: Sieve, run: ReviewRun, options: ReviewOptions, io: Io): Promise<FixOutcome> {
  if (first.incomplete !== undefined) return unfixed(first);
  const { texts, roots, stdinPath } = plan;
  const isWriting = !options.diff && options.fixPatch === undefined;
  const review = async (changed: readonly string[]): Promise<Review> => {
    await run.show(changed);
    return sieve.keepNew(await run.review());
  };
  const outcome = await fixAll(first, {
    tier: options.fix ?? 'safe',
    roots,
    unwritable: (path) => (isWriting && path !== stdinPath ? whyNotWritable(path) : undefined),
    texts,
    review,
  });
  const { incomplete } = outcome.review;
  if (incomplete === undefined) return isWriting ? write(outcome, plan, review, io) : outcome;
  texts.restore();
  return unfixed({ ...first, incomplete: { ...incomplete, unreviewed: [] } });
}

/** What could not be written is reviewed as it is. */
async function write(
  outcome: FixOutcome,
  plan: Plan,
  review: (changed: readonly string[]) => Promise<Review>,
  io: Io,
): Promise<FixOutcome> {
  const failed = await writeFixes(plan, io);
  if (failed.size === 0) return outcome;
  plan.texts.forget([...failed.keys()]);
  const isWritten = ({ fix }: AppliedFix): boolean => !fix.edits.some(({ path }) => failed.has(path));
  return {
    ...outcome,
    review: await review([...failed.keys()]),
    applied: outcome.applied.filter(isWritten),
    left: outcome.left.filter(isWritten),
    refused: new Map([...outcome.refused, ...failed]),
  };
}

async function finish(first: Review, outcome: FixOutcome, plan: Plan, options: ReviewOptions, io: Io): Promise<number> {
  const { texts } = plan;
  if (options.diff) {
    const diff = unifiedDiff(texts, absolutePath(io.cwd, '.'));
    await reportReview(first, (path) => texts.original(path), plan, options, io);
    await reportDiff(diff, outcome, options, io);
    await reportFaults(outcome.review, options, io);
    return isUnfinished(outcome.review) ? 2 : diff === '' ? 0 : 1;
  }
  if (options.fixPatch !== undefined) {
    await writePatch(options.fixPatch, unifiedDiff(texts, absolutePath(io.cwd, '.')), outcome, options, io);
    return report({ ...first, incomplete: outcome.review.incomplete }, (path) => texts.original(path), plan, options, io);
  }
  const code = await report(outcome.review, (path) => texts.bytes(path), plan, options, io);
  if (options.fix !== undefined) await reportFixes(outcome, options, io);
  return outcome.refused.size > 0 ? 2 : code;
}

/** Writes the reports; answers the exit code that the review asks for. */
async function report(review: Review, sources: Sources, plan: Plan, options: ReviewOptions, io: Io): Promise<number> {
  await reportReview(review, sources, plan, options, io);
  await reportFaults(review, options, io);
  if (options.stats) await reportStats(review, plan, io);
  const isOverMost = await reportMost(review, options, io);
  if (isUnfinished(review)) return 2;
  return isOverMost || review.findings.some((finding) => failsOn(finding, options.failOn)) ? 1 : 0;
}

function isUnfinished({ faults, incomplete }: Review): boolean {
  return faults.length > 0 || incomplete !== undefined;
}

function failsOn({ severity, ruleId }: Finding, { level, rules }: FailOn): boolean {
  return rules.has(ruleId) || (level !== 'never' && severityRank(severity) >= severityRank(level));
}
