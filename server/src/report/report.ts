/**
 * What every writer is given and what it gives back. A writer is a pure function: review, sources and run information in,
 * text out. It reads no file and no clock, so the same review gives the same bytes on every machine.
 */

import type { Finding, Review } from '../review/index.ts';
import type { Rule, Severity } from '../rules/index.ts';
import type { Comparison } from './comparison.ts';

/** Where people learn about Escapement. */
export const HOME = 'https://github.com/escapement/escapement';

/** What a report says about a rule beyond its findings. */
export interface RuleInfo extends Pick<Rule, 'id' | 'category' | 'severity' | 'evidence'> {
  readonly docs: Pick<Rule['docs'], 'summary' | 'why' | 'cost' | 'limits' | 'skipWhen'>;
  /** The whole page as markdown. */
  readonly page: string;
  /** Address of the page. */
  readonly url: string;
}

export interface RunInfo {
  /** Version of Escapement. */
  readonly version: string;
  /** Absolute directory with `/`; paths are written relative to it. */
  readonly cwd: string;
  /** The rules that ran; a finding of another rule is still reported. */
  readonly rules: readonly RuleInfo[];
  /** Duration of the review, 0 when it was not asked for: reports of the same input stay the same bytes. */
  readonly milliseconds: number;
  /** Bytes of a text in gzip, for formats whose readers refuse what is larger. */
  readonly gzipBytes: (text: string) => number;
}

/** Bytes of a reviewed file (absolute path), as they were when it was reviewed; undefined when they are gone. */
export type Sources = (path: string) => Uint8Array | undefined;

export interface Report {
  readonly review: Review;
  readonly run: RunInfo;
  readonly sources: Sources;
  /** With the counts of a revision, where that was asked for. */
  readonly comparison?: Comparison;
}

/** How much the text report says. `quiet`: one line per finding. `verbose`: also each skipped file. */
export type Detail = 'quiet' | 'normal' | 'verbose';

export interface Style {
  readonly colour: boolean;
  readonly detail: Detail;
}

export interface Format {
  /** One line for help texts. */
  readonly summary: string;
  /** Whether what is written at this detail depends on the fixes of findings, which cost time to work out. */
  readonly showsFixes: (detail: Detail) => boolean;
  /** Ends with a line feed unless it is empty. */
  readonly write: (report: Report, style: Style) => string;
}

const RANKS: Readonly<Record<Severity, number>> = { error: 3, warning: 2, information: 1, hint: 0 };

/** Higher is worse: hint 0, information 1, warning 2, error 3. */
export function severityRank(severity: Severity): number {
  return RANKS[severity];
}

/** How many findings each severity has, worst first, without those that have none. */
export function countSeverities(findings: readonly Finding[]): readonly { readonly severity: Severity; readonly count: number }[] {
  const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];
  return severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);
}
