/** What of a review is told: what is neither known to the baseline nor old. */
import { baseName } from '../base/index.ts';
import type { BaselineEntry, Finding, Review } from '../review/index.ts';
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
    const isUnknown = (finding: Finding): boolean => unknown?.has(finding) !== false;
    const { suppressed = [] } = review;
    const fresh = await this.filter.newIn({ ...review, findings: [...review.findings, ...suppressed] });
    const ofNew = review.findings.filter((finding) => fresh.has(finding));
    const known = ofNew.filter((finding) => !isUnknown(finding)).map((finding) => this.suppressedByBaseline(finding));
    const sifted: Review = {
      ...review,
      findings: ofNew.filter(isUnknown),
      ...(review.suppressed && { suppressed: [...suppressed.filter((finding) => fresh.has(finding)), ...known] }),
    };
    if (!this.isCut || review.incomplete !== undefined) return sifted;
    const why = `stopped after ${this.now.deadline.allowed} (--timeout) before all that is new was known`;
    return { ...sifted, incomplete: { why, unreviewed: [] } };
  }

  private suppressedByBaseline(finding: Finding): Finding {
    const { baseline } = this.now.options;
    return { ...finding, suppression: { kind: 'external', reason: `known to the baseline ${baseName(baseline ?? '')}` } };
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
