/** What of a review is told: what is neither known to the baseline nor old; and what has to be reviewed to tell it. */
import { baseName, type Location } from '../../base/index.ts';
import { type BaselineEntry, type Finding, type Review, type ReviewedParts, SUPPRESSION_RULE } from '../../review/index.ts';
import { TimeIsUp } from '../client/deadline.ts';
import type { ReviewRun } from '../client/review-run.ts';
import type { Affected } from './affected.ts';
import { askedBefore } from './asked-before.ts';
import { type EarlierTexts, earlierTexts, entriesUnder, type Now, type OpenBase, openBase } from './base-review.ts';
import { type AskedBefore, NewCodeFilter } from './filter.ts';
import type { Base } from './new-code.ts';
import { type EarlierCode, reachOf } from './reach.ts';
import type { Touch } from './ripple.ts';

/** What was found before in these files by these rules, and perhaps by others. */
interface Known extends Pick<AskedBefore, 'paths' | 'rules'> {
  /** Not only where some findings are now. */
  readonly isWhole: boolean;
  readonly entries: Promise<readonly BaselineEntry[] | undefined>;
}

export class Sieve {
  private readonly filter: NewCodeFilter;
  private readonly opened = new Map<Base, Promise<OpenBase>>();
  private readonly reached = new Map<string, Touch>();
  private readonly affected = new Map<Base, Affected>();
  /** By the path of a file that did not change: what did in its package. */
  private readonly near = new Map<string, Location>();
  private readonly earlier = new Map<Base, EarlierTexts | undefined>();
  /** Asked already how far the change goes. */
  private run: ReviewRun | undefined;
  private isCut = false;
  private lacksFixes = false;
  /** What was found before, as far as it was asked for. */
  private known: Known | undefined;

  constructor(private readonly now: Now) {
    const { plan, options } = now;
    this.filter = new NewCodeFilter({
      newCode: plan.newCode,
      wholeFiles: options.wholeFiles,
      texts: plan.texts,
      reached: this.reached,
      before: (asked) => this.foundBefore(asked),
    });
  }

  /** Of all that the change reaches, and where it can be told of no more than that: then without fixes. Asks the server how far that is. */
  async review(run: ReviewRun): Promise<Review> {
    const { plan, options } = this.now;
    // Another server does not say what functions are to their callers.
    if (plan.newCode === undefined || options.server !== undefined) return run.review();
    try {
      for (const base of plan.newCode.bases) {
        const { touched, affected } = await reachOf(base, plan, run, this.earlierCode(base));
        for (const [path, touch] of touched) this.reached.set(path, touch);
        for (const [path, place] of affected.near) this.near.set(path, place);
        if (this.isNarrow) this.affected.set(base, affected);
      }
      const known = new Set(plan.only);
      const more = [...this.reached.keys()].filter((path) => !known.has(path));
      if (plan.only !== undefined && more.length > 0) await run.widen(more);
      await run.narrow(this.parts);
      this.run = run;
    } catch (error) {
      if (!(error instanceof TimeIsUp)) throw error;
      this.isCut = true;
    }
    this.lacksFixes = this.isNarrow;
    return run.review(this.lacksFixes ? 'none' : 'shown');
  }

  /** What is told of a review, with fixes. Most of what is found is not new, and nobody need know how to fix it. */
  async told(review: Review, run: ReviewRun): Promise<Review> {
    const kept = await this.keepNew(review);
    return this.lacksFixes ? run.withFixes(kept) : kept;
  }

  /** Fixes move what is beside them, and to tell what a baseline has in vain takes all findings. */
  private get isNarrow(): boolean {
    const { fix, baseline, wholeFiles } = this.now.options;
    return this.now.plan.only !== undefined && fix === undefined && baseline === undefined && !wholeFiles;
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
      findings: ofNew.filter(isUnknown).map((finding) => this.withCause(finding)),
      ...(review.suppressed && { suppressed: [...suppressed.filter((finding) => fresh.has(finding)), ...known] }),
    };
    if (!this.isCut || review.incomplete !== undefined) return sifted;
    const why = `stopped after ${this.now.deadline.allowed} (--timeout) before all that is new was known`;
    return { ...sifted, incomplete: { why, unreviewed: [] } };
  }

  async close(): Promise<void> {
    for (const opening of this.opened.values()) await opening.then((base) => base.close()).catch(() => {});
  }

  private earlierCode(base: Base): EarlierCode {
    const { opened } = this;
    const texts = this.earlierTexts(base);
    return {
      get isOpen() {
        return texts === undefined || opened.has(base);
      },
      texts,
      open: () => this.open(base),
    };
  }

  private async entriesBefore(base: Base, paths: readonly string[], asked: AskedBefore): Promise<readonly BaselineEntry[]> {
    const affected = this.affected.get(base);
    const before = affected && partsBefore(affected, asked);
    const earlier = this.earlierTexts(base);
    if (this.run !== undefined && before !== undefined && earlier !== undefined && !this.opened.has(base))
      return entriesUnder(earlier, { before, now: this.parts }, paths, this.run, this.now.plan);
    const opened = await this.open(base);
    if (before !== undefined) await opened.narrow(before);
    return opened.findingsIn(paths);
  }

  private earlierTexts(base: Base): EarlierTexts | undefined {
    if (!this.earlier.has(base)) this.earlier.set(base, earlierTexts(base));
    return this.earlier.get(base);
  }

  /** Of the files as they are. */
  private get parts(): ReviewedParts {
    return new Map([...this.affected.values()].flatMap(({ now }) => [...now]));
  }

  private open(base: Base): Promise<OpenBase> {
    const known = this.opened.get(base) ?? openBase(base, this.earlierTexts(base), this.now);
    this.opened.set(base, known);
    return known;
  }

  /** Of a finding in a file that did not change, with what did, unless it speaks of a changed file itself. */
  private withCause(finding: Finding): Finding {
    const { files } = this.now.plan.newCode ?? {};
    const { path, related } = finding;
    if (files === undefined || files.has(path)) return finding;
    const cause = this.reached.get(path)?.cause;
    if (cause !== undefined) return { ...finding, related: [...related, { at: cause, note: 'it is new since this changed' }] };
    const near = related.some(({ at }) => files.has(at.path)) ? undefined : this.near.get(path);
    return near === undefined
      ? finding
      : { ...finding, related: [...related, { at: near, note: 'it is new since its package changed, first here' }] };
  }

  private suppressedByBaseline(finding: Finding): Finding {
    const { baseline } = this.now.options;
    return { ...finding, suppression: { kind: 'external', reason: `known to the baseline ${baseName(baseline ?? '')}` } };
  }

  /** Fixes may bring findings into files that had none at first. */
  private foundBefore(asked: AskedBefore): Promise<readonly BaselineEntry[] | undefined> {
    const { known } = this;
    const isKnown = [...asked.paths].every((path) => known?.paths.has(path)) && [...asked.rules].every((rule) => known?.rules.has(rule));
    if (known?.isWhole === true && isKnown) return known.entries;
    const paths = new Set([...(known?.paths ?? []), ...asked.paths]);
    const rules = new Set([...(known?.rules ?? []), ...asked.rules]);
    const findings = known === undefined && this.isNarrow ? asked.findings : undefined;
    this.known = { paths, rules, isWhole: findings === undefined, entries: this.before({ paths, rules, findings }) };
    return this.known.entries;
  }

  /** What was found in the changed files, and in these. */
  private async before(asked: AskedBefore): Promise<readonly BaselineEntry[] | undefined> {
    const { bases = [] } = this.now.plan.newCode ?? {};
    if (bases.length === 0) return undefined;
    try {
      const entries: BaselineEntry[] = [];
      for (const base of bases) {
        const ofChange = new Set(base.files.flatMap(({ path, oldPath }) => [path, oldPath]));
        const same = [...asked.paths].filter((path) => !ofChange.has(path));
        const changed = same.length < asked.paths.size ? base.files.flatMap(({ oldPath }) => oldPath ?? []) : [];
        if (changed.length + same.length > 0) entries.push(...(await this.entriesBefore(base, [...changed, ...same], asked)));
      }
      return entries;
    } catch (error) {
      if (!(error instanceof TimeIsUp)) throw error;
      this.isCut = true;
      return undefined;
    }
  }
}

/** Of a suppression that hides nothing, all rules have to be asked. */
function partsBefore(affected: Affected, { rules, findings }: AskedBefore): ReviewedParts {
  if (rules.has(SUPPRESSION_RULE)) return affected.before;
  const parts = findings === undefined ? affected.before : askedBefore(findings, affected);
  return new Map([...parts].map(([path, each]) => [path, { ...each, rules: [...rules] }]));
}
