/**
 * `--format rdjson` and `rdjsonl`: Reviewdog Diagnostic Format, as one document or line by line. Columns are UTF-8 bytes. A fix that is one
 * change becomes a suggestion, which reviewers take with one click; what may change behaviour never does.
 */
import type { Location } from '../base/index.ts';
import type { Finding } from '../review/index.ts';
import type { Severity } from '../rules/index.ts';
import { contiguousEdit } from './contiguous.ts';
import { forJson, forJsonLine } from './escape.ts';
import { incompleteIn } from './incomplete.ts';
import { Places, placeFindings } from './places.ts';
import { HOME, type Report } from './report.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', information: 'INFO', hint: 'INFO' };
const SOURCE = { name: 'escapement', url: HOME };

export function writeRdjson(report: Report): string {
  return forJson({ source: SOURCE, diagnostics: diagnosticsOf(report) });
}

export function writeRdjsonl(report: Report): string {
  return diagnosticsOf(report)
    .map((diagnostic) => forJsonLine({ ...diagnostic, source: SOURCE }))
    .join('');
}

function diagnosticsOf(report: Report): readonly object[] {
  const places = new Places(report);
  const urls = new Map(report.run.rules.map(({ id, url }) => [id, url]));
  const findings = placeFindings(report.review.findings, places).map(({ finding }) => diagnosticOf(finding, places, urls));
  const faults = report.review.faults.map(({ path, message }) => ({
    message,
    location: { path: places.relative(path) },
    severity: 'ERROR',
    code: { value: 'escapement' },
  }));
  const stopped = incompleteIn(report.review, places).map(({ file, message }) => ({
    message,
    location: { path: file },
    severity: 'ERROR',
    code: { value: 'escapement' },
  }));
  return [...stopped, ...findings, ...faults];
}

function diagnosticOf(finding: Finding, places: Places, urls: ReadonlyMap<string, string>): object {
  const url = urls.get(finding.ruleId);
  const suggestions = suggestionsOf(finding, places);
  const related = finding.related.map(({ at, note }) => ({ message: note, location: locationOf(at, places) }));
  return {
    message: finding.message,
    location: locationOf({ path: finding.path, range: finding.at }, places),
    severity: SEVERITIES[finding.severity],
    code: { value: finding.ruleId, ...(url === undefined ? {} : { url }) },
    ...(suggestions.length === 0 ? {} : { suggestions }),
    ...(related.length === 0 ? {} : { related_locations: related }),
  };
}

function suggestionsOf(finding: Finding, places: Places): readonly object[] {
  return finding.fixes
    .filter(({ safety }) => safety !== 'unsafe')
    .flatMap((fix) => {
      const edit = contiguousEdit(fix, places);
      return edit === undefined || edit.path !== finding.path ? [] : [{ range: rangeOf(edit, places), text: edit.newText }];
    });
}

function locationOf(at: Location, places: Places): object {
  return { path: places.relative(at.path), range: rangeOf(at, places) };
}

function rangeOf(at: Location, places: Places): object {
  const { line, column, endLine, endColumn } = places.inBytes(at);
  return { start: { line, column }, end: { line: endLine, column: endColumn } };
}
