/** What of a review is told: what is neither known to the baseline nor old. */
import type { BaselineEntry, Review } from '../review/index.ts';
import { findingsBefore, type Now } from './base-review.ts';
import { TimeIsUp } from './deadline.ts';
import { NewCodeFilter } from './new-code-filter.ts';

export class Sieve {
  private readonly filter: NewCodeFilter;
  private isCut = false;
  private asked: Promise<readonly BaselineEntry[] | undefined> | undefined;

  constructor(private readonly now: Now) {
    const { plan, options } = now;
    this.filter = new NewCodeFilter({
      newCode: plan.newCode,
      wholeFiles: options.wholeFiles,
      texts: plan.texts,
      before: () => (this.asked ??= this.before()),
    });
  }

  async keepNew(review: Review): Promise<Review> {
    const unknown = this.now.plan.baseline?.newIn(review);
    const fresh = await this.filter.newIn(review);
    const findings = review.findings.filter((finding) => fresh.has(finding) && unknown?.has(finding) !== false);
    if (!this.isCut || review.incomplete !== undefined) return { ...review, findings };
    const why = `stopped after ${this.now.deadline.allowed} (--timeout) before all that is new was known`;
    return { ...review, findings, incomplete: { why, unreviewed: [] } };
  }

  private async before(): Promise<readonly BaselineEntry[] | undefined> {
    const { bases = [] } = this.now.plan.newCode ?? {};
    if (bases.length === 0) return undefined;
    try {
      const entries: BaselineEntry[] = [];
      for (const base of bases) entries.push(...(await findingsBefore(base, this.now)));
      return entries;
    } catch (error) {
      if (!(error instanceof TimeIsUp)) throw error;
      this.isCut = true;
      return undefined;
    }
  }
}
