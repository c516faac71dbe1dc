/**
 * What GitHub takes of a SARIF log. It refuses runs with more results, so the mildest are left out and the log says how many; of the rest it shows
 * 5,000. A log of so many results is about 6 MB in gzip, of the 10 that it takes.
 */
import type { Finding } from '../review/index.ts';
import { severityRank } from './report.ts';

export const MOST_RESULTS = 25_000;

const SUPPRESSED = -1;

/** The findings in their order, without the suppressed ones, the mildest, of these the last, where there are more than `most`. */
export function worstOf(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) return findings;
  const byWorst = [...findings].sort((a, b) => rankOf(b) - rankOf(a));
  const kept = new Set(byWorst.slice(0, most));
  return findings.filter((finding) => kept.has(finding));
}

function rankOf({ severity, suppression }: Finding): number {
  return suppression === undefined ? severityRank(severity) : SUPPRESSED;
}
