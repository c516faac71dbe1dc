/** Counts of a review beside those of a revision (`--no-more-than`), as formats tell them: what there was, what there is, and what is new. */
import type { Places } from './places.ts';

export interface Comparison {
  /** As given, and the commit that it was, in full. */
  readonly revision: string;
  readonly commit: string;
  /** One for each rule that has or had findings, by name, and one for allocations. */
  readonly counts: readonly Count[];
  /** What there was not before, of that of which there is more. */
  readonly fresh: readonly Fresh[];
}

export interface Count {
  /** A rule, or in words what else is counted. */
  readonly what: string;
  readonly before: number;
  readonly after: number;
}

export interface Fresh {
  /** `what` of its count. */
  readonly of: string;
  /** Absolute. */
  readonly path: string;
  /** From 1, columns in UTF-8 bytes. */
  readonly line: number;
  readonly column: number;
  /** Names it and the function around it. */
  readonly text: string;
}

/** `REVISION (COMMIT)`, the commit shortened. */
export function baseOf({ revision, commit }: Comparison): string {
  return `${revision} (${commit.slice(0, 12)})`;
}

export function isMore({ before, after }: Count): boolean {
  return after > before;
}

/** A sentence without a full stop for each count that is more than it was. */
export function moreTexts(comparison: Comparison | undefined): readonly string[] {
  if (comparison === undefined) return [];
  return comparison.counts.filter(isMore).map((count) => moreText(count, baseOf(comparison)));
}

/** `base` as `baseOf` gives it. */
export function moreText({ what, before, after }: Count, base: string): string {
  return `${what}: ${after}, where ${base} has ${before}`;
}

/** As JSON tells it, and SARIF among the properties of the run. */
export function comparisonJson({ revision, commit, counts, fresh }: Comparison, places: Places): object {
  return {
    revision,
    commit,
    more: counts.some(isMore),
    counts: counts.map(({ what, before, after }) => ({ what, base: before, now: after })),
    new: fresh.map(({ path, line, column, text }) => ({ file: places.relative(path), line, column, what: text })),
  };
}
