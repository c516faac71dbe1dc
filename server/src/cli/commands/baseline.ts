/** `escapement baseline`: writes the file of known findings, and takes out what the code no longer has. */
import { directoryOf } from '../../base/index.ts';
import { forTerminal } from '../../report/index.ts';
import { type BaselineEntry, baselineText, type Review } from '../../review/index.ts';
import { ReviewRun } from '../client/review-run.ts';
import { absolutePath } from '../files/paths.ts';
import { writeOutput, writeProblem } from '../files/write-file.ts';
import { BaselineFilter, identified } from '../gates/baseline-filter.ts';
import { type Io, UsageError } from '../io.ts';
import type { ReviewOptions } from '../options.ts';
import { plural } from '../outputs.ts';
import { makePlan, type Plan } from '../plan.ts';

/** Where the file is when nobody says otherwise. */
export const BASELINE_NAME = '.escapement-baseline.json';

/** Writes all findings there are as known. Answers 0, or 2 where something could not be reviewed. Throws UsageError. */
export function updateBaseline(options: ReviewOptions, io: Io): Promise<number> {
  return withReview(options, io, async (review, plan, file) => {
    const directory = directoryOf(absolutePath(io.cwd, file));
    write(
      file,
      identified(review.findings, directory, plan.texts).map(({ entry }) => entry),
      io,
    );
    await io.stderr.write(`${forTerminal(file)}: ${plural(review.findings.length, 'known finding')}\n`);
  });
}

/** Takes out what the reviewed places no longer have. */
export function pruneBaseline(options: ReviewOptions, io: Io): Promise<number> {
  return withReview(options, io, async (review, plan, file) => {
    const filter = BaselineFilter.read(file, plan, io);
    const stale = filter.staleIn(review);
    const kept = filter.without(stale);
    if (stale.length > 0) write(file, kept, io);
    await io.stderr.write(`${forTerminal(file)}: ${stale.length} taken out, ${kept.length} left\n`);
  });
}

async function withReview(
  options: ReviewOptions,
  io: Io,
  act: (review: Review, plan: Plan, file: string) => Promise<void>,
): Promise<number> {
  const plan = await makePlan({ ...options, baseline: undefined }, io);
  const run = await ReviewRun.start(plan, options, io);
  try {
    const review = await run.review();
    if (review.incomplete !== undefined) throw new UsageError(`${review.incomplete.why}; the baseline is left as it is`);
    await act(review, plan, options.baseline ?? BASELINE_NAME);
    for (const { path, message } of review.faults) await io.stderr.write(`${forTerminal(path)}: ${forTerminal(message)}\n`);
    return review.faults.length > 0 ? 2 : 0;
  } finally {
    await run.stop();
  }
}

function write(file: string, entries: readonly BaselineEntry[], io: Io): void {
  try {
    writeOutput(absolutePath(io.cwd, file), baselineText(entries));
  } catch (error) {
    throw new UsageError(`--baseline: cannot write ${forTerminal(file)}: ${writeProblem(error)}`);
  }
}
