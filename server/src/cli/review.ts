/** `review`: ask the server, keep what is new, fix what may be fixed, write the reports, and say with the exit code how it went. */
import { severityRank } from '../report/index.ts';
import type { Review } from '../review/index.ts';
import type { Severity } from '../rules/index.ts';
import { unifiedDiff } from './diff-output.ts';
import { type FixOutcome, fixAll } from './fix.ts';
import type { Io } from './io.ts';
import type { FailOn, ReviewOptions } from './options.ts';
import { reportDiff, reportFaults, reportFixes, reportReview, reportStats } from './outputs.ts';
import { absolutePath } from './paths.ts';
import { makePlan, type Plan } from './plan.ts';
import { ReviewRun } from './review-run.ts';
import { writeFixes } from './write-fixes.ts';

/** Answers the exit code: 0 clean, 1 findings at or above `--fail-on` (or a diff), 2 when something could not be done. Throws UsageError. */
export async function review(options: ReviewOptions, io: Io): Promise<number> {
  const start = performance.now();
  const plan = await makePlan(options, io);
  const run = await ReviewRun.start(plan, options, io);
  try {
    const first = plan.filter.keepNew(await run.review());
    const outcome = options.fix === undefined ? unfixed(first) : await fix(first, plan, run, options);
    const milliseconds = options.stats ? Math.round(performance.now() - start) : 0;
    return await finish(first, outcome, { ...plan, milliseconds }, options, io);
  } finally {
    await run.stop();
  }
}

function unfixed(review: Review): FixOutcome {
  return { review, applied: [], withheld: new Map() };
}

function fix(first: Review, plan: Plan, run: ReviewRun, { fix: tier = 'safe' }: ReviewOptions): Promise<FixOutcome> {
  const { texts, roots, filter } = plan;
  return fixAll(first, {
    tier,
    roots,
    texts,
    review: async (changed) => {
      await run.show(changed);
      return filter.keepNew(await run.review());
    },
  });
}

async function finish(first: Review, outcome: FixOutcome, plan: Plan, options: ReviewOptions, io: Io): Promise<number> {
  const { texts } = plan;
  if (options.diff) {
    const diff = unifiedDiff(texts, absolutePath(io.cwd, '.'));
    await reportReview(first, (path) => texts.original(path), plan, options, io);
    await reportDiff(diff, outcome, options, io);
    await reportFaults(first, options, io);
    return first.faults.length > 0 ? 2 : diff === '' ? 0 : 1;
  }
  const refused = options.fix === undefined ? new Map<string, string>() : await writeFixes(plan, io);
  await reportReview(outcome.review, (path) => texts.bytes(path), plan, options, io);
  if (options.fix !== undefined) await reportFixes(outcome, refused, options, io);
  await reportFaults(outcome.review, options, io);
  if (options.stats) await reportStats(outcome.review, plan, io);
  if (refused.size > 0 || outcome.review.faults.length > 0) return 2;
  return outcome.review.findings.some(({ severity }) => isAtOrAbove(severity, options.failOn)) ? 1 : 0;
}

function isAtOrAbove(severity: Severity, threshold: FailOn): boolean {
  return threshold !== 'never' && severityRank(severity) >= severityRank(threshold);
}
