/** `--format gitlab`: a Code Quality report. GitLab drops findings of one file whose fingerprints are equal, so each is made unique. */
import type { Severity } from '../rules/index.ts';
import { forJson } from './escape.ts';
import { incompleteIn } from './incomplete.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import type { Report } from './report.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', information: 'minor', hint: 'info' };

export function writeGitlab(report: Report): string {
  const places = new Places(report);
  const taken = new Map<string, number>();
  const stopped = incompleteIn(report.review, places).map(({ file, message }) => ({
    description: message,
    check_name: 'escapement',
    fingerprint: 'incomplete',
    severity: 'blocker',
    location: { path: file, lines: { begin: 1, end: 1 } },
  }));
  return forJson([...stopped, ...placeFindings(report.review.findings, places).map((placed) => issueOf(placed, taken))]);
}

function issueOf({ finding, place }: PlacedFinding, taken: Map<string, number>): object {
  const { ruleId, severity, message, fingerprint } = finding;
  const before = taken.get(fingerprint) ?? 0;
  taken.set(fingerprint, before + 1);
  return {
    description: message,
    check_name: ruleId,
    categories: ['Performance'],
    fingerprint: before === 0 ? fingerprint : `${fingerprint}-${before}`,
    severity: SEVERITIES[severity],
    location: { path: place.file, lines: { begin: place.line, end: place.endLine } },
  };
}
