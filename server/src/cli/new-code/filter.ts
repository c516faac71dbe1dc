/**
 * Keeps the findings that are new: those whose own statement changed, or what makes them findings, be it in view (a loop around them, a
 * place they name) or not, which the review before the change tells. While fixes change the text, the changed lines move with it: what
 * a fix writes is new, what it leaves alone stays what it was.
 */
import { diffArrays } from 'diff';
import type { Range } from '../../base/index.ts';
import { type BaselineEntry, type Finding, matchBaseline, type Review } from '../../review/index.ts';
import { rules } from '../../rules/index.ts';
import type { Texts } from '../files/texts.ts';
import { identified } from '../gates/baseline-filter.ts';
import type { ChangedLines } from './changed-lines.ts';
import { filesToReview, type NewCode } from './new-code.ts';
import type { Reached } from './reach.ts';
import { TouchedLines } from './touched-lines.ts';

export interface NewCodeParts {
  /** Undefined where everything counts. */
  readonly newCode: NewCode | undefined;
  /** All of a file counts in which anything changed. */
  readonly wholeFiles: boolean;
  readonly texts: Texts;
  /** Files that did not change, but may have findings that the change caused. */
  readonly reached: Reached;
  /**
   * What was found before the change in the changed files, and in those of the paths that it reaches; relative to the root of the file system.
   * By rules (ids), and perhaps by others. Undefined where nobody knows.
   */
  readonly before: (asked: AskedBefore) => Promise<readonly BaselineEntry[] | undefined>;
}

export interface AskedBefore {
  readonly paths: ReadonlySet<string>;
  /** Ids. */
  readonly rules: ReadonlySet<string>;
  /** To know whether these were there, in the declarations that they are in; undefined where one may have been in another. */
  readonly findings: readonly Finding[] | undefined;
}

type Verdict = 'new' | 'old' | 'unsure';

export class NewCodeFilter {
  constructor(private readonly parts: NewCodeParts) {}

  /** The findings that are new; without a choice of new code, all of them. */
  async newIn(review: Review): Promise<ReadonlySet<Finding>> {
    const { newCode, wholeFiles } = this.parts;
    if (newCode === undefined) return new Set(review.findings);
    const judge = new Judge(this.movedLines(newCode.files), new Set(filesToReview(newCode)), wholeFiles, this.parts);
    const verdicts = new Map(review.findings.map((finding) => [finding, judge.verdict(finding)]));
    const unsure = review.findings.filter((finding) => verdicts.get(finding) === 'unsure');
    const haveMoved = unsure.some((finding) => judge.hasMoved(finding));
    const unknown = unsure.length > 0 ? await this.unknownBefore(review.findings, unsure, haveMoved) : new Set();
    return new Set(
      review.findings.filter((finding) => {
        const verdict = verdicts.get(finding);
        return verdict === 'new' || (verdict === 'unsure' && unknown.has(finding));
      }),
    );
  }

  /** Findings that were not there before, of files about which the lines do not say all. */
  private async unknownBefore(all: readonly Finding[], open: readonly Finding[], haveMoved: boolean): Promise<ReadonlySet<unknown>> {
    const unsure = new Set(open.map(({ path }) => path));
    const rulesOfThem = new Set(open.map(({ ruleId }) => ruleId));
    const before = await this.parts.before({ paths: unsure, rules: rulesOfThem, findings: haveMoved ? undefined : open });
    if (before === undefined) return new Set();
    const changed = this.parts.newCode?.files;
    const isOfChange = [...unsure].some((path) => changed?.has(path));
    const findings = all.filter(({ path }) => unsure.has(path) || (isOfChange && changed?.has(path)));
    const { fresh } = matchBaseline({ findings: before }, identified(findings, '/', this.parts.texts));
    return new Set(fresh);
  }

  private movedLines(files: NewCode['files']): NewCode['files'] {
    const { texts } = this.parts;
    const moved = new Map(files);
    for (const path of texts.changed()) {
      const before = files.get(path);
      if (before !== undefined) moved.set(path, moveLines(linesOf(texts.original(path)), linesOf(texts.bytes(path)), before));
    }
    return moved;
  }
}

/** One review's findings against the changed lines of its texts. */
class Judge {
  private readonly lines: TouchedLines;

  constructor(
    private readonly files: NewCode['files'],
    /** Those and the rest of their packages. */
    private readonly around: ReadonlySet<string>,
    private readonly wholeFiles: boolean,
    private readonly parts: Pick<NewCodeParts, 'texts' | 'reached'>,
  ) {
    this.lines = new TouchedLines(files, parts.texts);
  }

  verdict(finding: Finding): Verdict {
    const { path, frame, related } = finding;
    const changed = this.files.get(path);
    if (!this.around.has(path)) return this.isReached(finding) ? 'unsure' : 'old';
    if (changed !== undefined && this.wholeFiles) return 'new';
    const own = placesOf(finding);
    const loops = repeats(finding) ? (frame?.loops ?? []) : [];
    if ([...own, ...loops].some((range) => this.lines.touches(path, range, 'fresh'))) return 'new';
    if (related.some((step) => this.lines.touches(step.at.path, step.at.range, 'fresh'))) return 'new';
    // Statements that moved into a loop which stood there already are repeated now.
    return this.hasMoved(finding) && loops.some((range) => !this.lines.touches(path, range, 'moved')) ? 'new' : 'unsure';
  }

  hasMoved(finding: Finding): boolean {
    return placesOf(finding).some((range) => this.lines.touches(finding.path, range, 'moved'));
  }

  private isReached({ path, ruleId }: Finding): boolean {
    const touch = this.parts.reached.get(path);
    return touch !== undefined && (!touch.isFollowed || FOLLOWING.has(ruleId));
  }
}

/** Rules whose findings are there whatever repeats them: a leak is one outside loops too, and names the loop where it matters. */
const ONCE: ReadonlySet<string> = new Set(
  rules.filter(({ category }) => category === 'leak' || category === 'correctness').map(({ id }) => id),
);

const FOLLOWING: ReadonlySet<string> = new Set(rules.filter(({ follows }) => follows !== undefined).map(({ id }) => id));

function placesOf({ at, frame }: Finding): readonly Range[] {
  return [at, ...(frame === undefined ? [] : [frame.statement])];
}

function repeats({ ruleId }: Finding): boolean {
  return !ONCE.has(ruleId);
}

function linesOf(bytes: Uint8Array | undefined): readonly string[] {
  return new TextDecoder().decode(bytes).split('\n');
}

/** Lines of `after` that were marked in `before`, or are not in `before` at all, which makes them fresh. */
function moveLines(before: readonly string[], after: readonly string[], { fresh, moved }: ChangedLines): ChangedLines {
  const now = { fresh: new Set<number>(), moved: new Set<number>() };
  let [old, line] = [1, 1];
  for (const { added, removed, count } of diffArrays([...before], [...after])) {
    for (let i = 0; i < count && !removed; i++) {
      if (added || fresh.has(old + i)) now.fresh.add(line + i);
      else if (moved.has(old + i)) now.moved.add(line + i);
    }
    if (!added) old += count;
    if (!removed) line += count;
  }
  return now;
}
