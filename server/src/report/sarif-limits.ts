/**
 * What GitHub takes of a SARIF log: it refuses runs with more results and logs that are larger in gzip, so the mildest findings are left out, and the
 * log says how many. Of the rest it shows 5,000.
 */
import type { Finding } from '../review/index.ts';
import { countSeverities, severityRank } from './report.ts';

const MOST_RESULTS = 25_000;
/** In gzip. */
const MOST_BYTES = 10_000_000;
/** Results are of different sizes, so that a part of them is seldom just as large as its share. */
const CAUTION = 0.97;

/**
 * The text that `write` makes of the findings in their order: of all, or of as many of the worst as there is room for, with a sentence about the
 * others. A log that is too large without any finding is given all the same.
 */
export function withinLimits(
  findings: readonly Finding[],
  gzipBytes: (text: string) => number,
  write: (kept: readonly Finding[], cut: string | undefined) => string,
): string {
  let most = Math.min(findings.length, MOST_RESULTS);
  let why = `${MOST_RESULTS} results of a run`;
  for (;;) {
    const kept = worstOf(findings, most);
    const text = write(kept, kept.length === findings.length ? undefined : cutText(findings, new Set(kept), why));
    const bytes = gzipBytes(text);
    if (bytes <= MOST_BYTES || most === 0) return text;
    most = Math.floor(most * (MOST_BYTES / bytes) * CAUTION);
    why = `a log of ${MOST_BYTES / 1_000_000} MB in gzip`;
  }
}

/** Without the suppressed ones, then the mildest, of these the last, where there are more than `most`. */
function worstOf(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings;
  const byWorst = [...findings].sort((a, b) => rankOf(b) - rankOf(a));
  const kept = new Set(byWorst.slice(0, most));
  return findings.filter((finding) => kept.has(finding));
}

const SUPPRESSED = -1;

function rankOf({ severity, suppression }: Finding): number {
  return suppression === undefined ? severityRank(severity) : SUPPRESSED;
}

/** Nothing that is left out goes unsaid. */
function cutText(findings: readonly Finding[], kept: ReadonlySet<Finding>, why: string): string {
  const cut = findings.filter((finding) => !kept.has(finding));
  const told = cut.filter(({ suppression }) => suppression === undefined);
  const counts = [...countSeverities(told), { severity: 'suppressed', count: cut.length - told.length }].filter(({ count }) => count > 0);
  const kinds = counts.map(({ severity, count }) => `${severity} ${count}`).join(', ');
  return `${cut.length} of the mildest findings are left out (${kinds}), because GitHub takes ${why}; review parts of the code by themselves.`;
}
