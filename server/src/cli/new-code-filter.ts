/**
 * Keeps the findings that are new: those whose own statement changed, or what makes them findings, be it in view (a loop around them, a
 * place they name) or not, which the review before the change tells. While fixes change the text, the changed lines move with it: what
 * a fix writes is new, what it leaves alone stays what it was.
 */
import { diffArrays } from 'diff';
import { LineTable, type Range } from '../base/index.ts';
import { type BaselineEntry, type Finding, matchBaseline, type Review } from '../review/index.ts';
import { rules } from '../rules/index.ts';
import { identified } from './baseline-filter.ts';
import type { ChangedLines } from './changed-lines.ts';
import type { NewCode } from './new-code.ts';
import type { Texts } from './texts.ts';

export interface NewCodeParts {
  /** Undefined where everything counts. */
  readonly newCode: NewCode | undefined;
  /** All of a file counts in which anything changed. */
  readonly wholeFiles: boolean;
  readonly texts: Texts;
  /** What was found in the changed files before the change, relative to the root of the file system; undefined where nobody knows. */
  readonly before: () => Promise<readonly BaselineEntry[] | undefined>;
}

type Verdict = 'new' | 'old' | 'unsure';

export class NewCodeFilter {
  constructor(private readonly parts: NewCodeParts) {}

  /** The findings that are new; without a choice of new code, all of them. */
  async newIn(review: Review): Promise<ReadonlySet<Finding>> {
    const { newCode, wholeFiles } = this.parts;
    if (newCode === undefined) return new Set(review.findings);
    const judge = new Judge(this.movedLines(newCode.files), wholeFiles, this.parts.texts);
    const verdicts = new Map(review.findings.map((finding) => [finding, judge.verdict(finding)]));
    const unknown = [...verdicts.values()].includes('unsure') ? await this.unknownBefore(review, newCode) : new Set();
    return new Set(
      review.findings.filter((finding) => {
        const verdict = verdicts.get(finding);
        return verdict === 'new' || (verdict === 'unsure' && unknown.has(finding));
      }),
    );
  }

  /** Findings of changed files that were not there before. */
  private async unknownBefore(review: Review, { files }: NewCode): Promise<ReadonlySet<unknown>> {
    const before = await this.parts.before();
    if (before === undefined) return new Set();
    const findings = review.findings.filter(({ path }) => files.has(path));
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
  private readonly tables = new Map<string, LineTable>();

  constructor(
    private readonly files: NewCode['files'],
    private readonly wholeFiles: boolean,
    private readonly texts: Texts,
  ) {}

  verdict(finding: Finding): Verdict {
    const { path, at, frame, related } = finding;
    const changed = this.files.get(path);
    if (changed !== undefined && this.wholeFiles) return 'new';
    const own = [at, ...(frame === undefined ? [] : [frame.statement])];
    const loops = repeats(finding) ? (frame?.loops ?? []) : [];
    if ([...own, ...loops].some((range) => this.touches(path, range, 'fresh'))) return 'new';
    if (related.some((step) => this.touches(step.at.path, step.at.range, 'fresh'))) return 'new';
    if (changed === undefined) return 'old';
    // Statements that moved into a loop which stood there already are repeated now.
    const hasMoved = own.some((range) => this.touches(path, range, 'moved'));
    return hasMoved && loops.some((range) => !this.touches(path, range, 'moved')) ? 'new' : 'unsure';
  }

  private touches(path: string, { start, end }: Range, how: keyof ChangedLines): boolean {
    const lines = this.files.get(path)?.[how];
    if (lines === undefined || lines.size === 0) return false;
    const table = this.tables.get(path) ?? new LineTable(this.texts.bytes(path) ?? new Uint8Array());
    this.tables.set(path, table);
    const last = table.lineOf(Math.max(start, end - 1)) + 1;
    for (let line = table.lineOf(start) + 1; line <= last; line++) if (lines.has(line)) return true;
    return false;
  }
}

/** Rules whose findings are there whatever repeats them: a leak is one outside loops too, and names the loop where it matters. */
const ONCE: ReadonlySet<string> = new Set(
  rules.filter(({ category }) => category === 'leak' || category === 'correctness').map(({ id }) => id),
);

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
