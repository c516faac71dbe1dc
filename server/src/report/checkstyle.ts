/** `--format checkstyle`: the XML of Checkstyle 4.3, which Jenkins, reviewdog and many others read. Columns are UTF-8 bytes. */
import type { Severity } from '../rules/index.ts';
import { byFile } from './by-file.ts';
import { incompleteIn } from './incomplete.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import type { Report } from './report.ts';
import { type Element, xmlDocument } from './xml.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'info', hint: 'info' };

export function writeCheckstyle(report: Report): string {
  const { review } = report;
  const places = new Places(report);
  const files = byFile(placeFindings(review.findings, places)).map(
    ([name, findings]): Element => ({ name: 'file', attributes: { name }, children: findings.map(errorOf) }),
  );
  const faults = review.faults.map(({ path, message }) => problemIn(places.relative(path), message));
  const stopped = incompleteIn(review, places).map(({ file, message }) => problemIn(file, message));
  return xmlDocument({ name: 'checkstyle', attributes: { version: '4.3' }, children: [...stopped, ...files, ...faults] });
}

/** What kept a file from its review. */
function problemIn(file: string, message: string): Element {
  const error = { name: 'error', attributes: { line: 1, severity: 'error', message, source: 'escapement' } };
  return { name: 'file', attributes: { name: file }, children: [error] };
}

function errorOf({ finding: { severity, message, ruleId }, place: { line, column } }: PlacedFinding): Element {
  return { name: 'error', attributes: { line, column, severity: SEVERITIES[severity], message, source: `escapement.${ruleId}` } };
}
