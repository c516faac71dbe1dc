/**
 * Keeps the findings on new lines. While fixes change the text, the new lines move with it: what a fix writes is new, what it
 * leaves alone stays what it was.
 */
import { diffArrays } from 'diff';
import { LineTable } from '../base/index.ts';
import type { Review } from '../review/index.ts';
import { isNew, type NewLines } from './new-code.ts';
import type { Texts } from './texts.ts';

export class NewCodeFilter {
  constructor(
    private readonly newLines: NewLines | undefined,
    private readonly texts: Texts,
  ) {}

  /** The review without findings on old lines. Without a choice of new code, the review itself. */
  keepNew(review: Review): Review {
    const { newLines } = this;
    if (newLines === undefined) return review;
    const moved = this.movedLines(newLines);
    const tables = new Map<string, LineTable>();
    const findings = review.findings.filter(({ path, at }) => {
      const table = tables.get(path) ?? new LineTable(this.texts.bytes(path) ?? new Uint8Array());
      tables.set(path, table);
      return isNew(moved, path, table.lineOf(at.start) + 1, table.lineOf(at.end) + 1);
    });
    return { ...review, findings };
  }

  private movedLines({ whole, lines }: NewLines): NewLines {
    const moved = new Map(lines);
    for (const path of this.texts.changed()) {
      const old = lines.get(path);
      if (old !== undefined) moved.set(path, moveLines(this.linesOf(this.texts.original(path)), this.linesOf(this.texts.bytes(path)), old));
    }
    return { whole, lines: moved };
  }

  private linesOf(bytes: Uint8Array | undefined): readonly string[] {
    return new TextDecoder().decode(bytes ?? new Uint8Array()).split('\n');
  }
}

/** Lines (from 1) of `after` that were in `marked` of `before`, or are not in `before` at all. */
function moveLines(before: readonly string[], after: readonly string[], marked: ReadonlySet<number>): ReadonlySet<number> {
  const moved = new Set<number>();
  let [old, now] = [1, 1];
  for (const { added, removed, count } of diffArrays([...before], [...after])) {
    for (let i = 0; i < count; i++) {
      if (added || (!removed && marked.has(old + i))) moved.add(now + i);
    }
    if (!added) old += count;
    if (!removed) now += count;
  }
  return moved;
}
