/**
 * Verdicts on files that outlive the run: a file is asked about once in each session, and answered from the store where nothing
 * changed that its verdict rests on. What is found at later changes comes into the store when there is time, as far as it is
 * still true then, so that a server that is killed has successors who know what it knew.
 */
import type { ReviewSettings } from '../../config/index.ts';
import type { Package, Workspace } from '../../model/index.ts';
import type { Finding, FixOfFinding, RuleFault } from '../shapes.ts';
import { keepAnswer, keptAnswer, readAnswer } from './answers.ts';

/** On one file: what is found in it, or why nobody looked. */
export type Verdict = Judged | { readonly skip: string };

interface Judged {
  readonly findings: readonly Finding[];
  readonly suppressed?: readonly Finding[];
  readonly faults: readonly RuleFault[];
}

/** A verdict that waits for time to be kept, and the package that it is on. */
interface Later {
  readonly pkg: Package;
  readonly verdict: Verdict;
}

export class KeptVerdicts {
  private readonly asked = new Set<string>();
  private readonly later = new Map<string, Later>();
  private readonly settings: string;

  /** Texts and settings are all that a verdict rests on. */
  constructor(
    private readonly workspace: Workspace,
    settings: ReviewSettings,
  ) {
    this.settings = JSON.stringify(settings);
  }

  /** From the store when the file is asked about first, else what `judge` finds. One with faults is never kept. */
  verdict(pkg: Package, path: string, judge: () => Verdict): Verdict {
    if (this.asked.has(path)) return this.again(pkg, path, judge());
    this.asked.add(path);
    const known = readAnswer<Verdict>(this.workspace, pkg, this.question(path));
    if (known !== undefined) return known;
    const made = judge();
    if (isWorthKeeping(made)) keepAnswer(this.workspace, pkg, this.question(path), made);
    return made;
  }

  /** The fixes of a file on disk that do not stand. */
  refuted(pkg: Package, path: string, judge: () => readonly FixOfFinding[]): readonly FixOfFinding[] {
    return keptAnswer(this.workspace, pkg, `refuted fixes in ${path} under ${this.settings}`, judge);
  }

  private again(pkg: Package, path: string, verdict: Verdict): Verdict {
    if (isWorthKeeping(verdict)) this.later.set(path, { pkg, verdict });
    else this.later.delete(path);
    return verdict;
  }

  /** What was found since the last time goes into the store, unless its package was replaced meanwhile. */
  keep(): void {
    for (const [path, { pkg, verdict }] of this.later)
      if (this.workspace.packageOf(path) === pkg) keepAnswer(this.workspace, pkg, this.question(path), verdict);
    this.later.clear();
  }

  private question(path: string): string {
    return `verdict on ${path} under ${this.settings}`;
  }
}

/** What failed may do better next time. */
function isWorthKeeping(verdict: Verdict): boolean {
  return 'skip' in verdict || verdict.faults.length === 0;
}
