/**
 * `--format json` and `ndjson`: the whole review for programs, as one document or line by line. Its schema is a contract; properties are added,
 * never changed.
 */
import { compareText } from '../base/index.ts';
import { comparisonJson } from './comparison.ts';
import { forJson, forJsonLine } from './escape.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import type { Report } from './report.ts';

export function writeJson(report: Report): string {
  const { findings, faults, skipped, incomplete, comparison, summary } = partsOf(report);
  const tool = { name: 'escapement', version: report.run.version };
  return forJson({
    tool,
    findings,
    faults,
    skipped,
    ...(incomplete === undefined ? {} : { incomplete }),
    ...(comparison && { comparison }),
    summary,
  });
}

/**
 * Findings, then faults, then skipped files, then why the review is incomplete if it is, then the counts of a revision if they were asked for, then
 * the summary, each with its `kind` first.
 */
export function writeNdjson(report: Report): string {
  const { findings, faults, skipped, incomplete, comparison, summary } = partsOf(report);
  const lines = [
    ...findings.map((finding) => ({ kind: 'finding', ...finding })),
    ...faults.map((fault) => ({ kind: 'fault', ...fault })),
    ...skipped.map((each) => ({ kind: 'skipped', ...each })),
    ...(incomplete === undefined ? [] : [{ kind: 'incomplete', ...incomplete }]),
    ...(comparison === undefined ? [] : [{ kind: 'comparison', ...comparison }]),
    { kind: 'summary', ...summary },
  ];
  return lines.map(forJsonLine).join('');
}

function partsOf(report: Report): {
  readonly findings: readonly object[];
  readonly faults: readonly object[];
  readonly skipped: readonly object[];
  readonly incomplete: object | undefined;
  readonly comparison: object | undefined;
  readonly summary: object;
} {
  const { review, run } = report;
  const { incomplete } = review;
  const places = new Places(report);
  return {
    findings: placeFindings(review.findings, places).map((placed) => findingJson(placed, places)),
    faults: review.faults
      .map((fault) => ({ file: places.relative(fault.path), rule: fault.ruleId, message: fault.message }))
      .sort((a, b) => compareText(a.file, b.file) || compareText(a.rule ?? '', b.rule ?? '') || compareText(a.message, b.message)),
    skipped: review.skipped
      .map((skipped) => ({ file: places.relative(skipped.path), why: skipped.why }))
      .sort((a, b) => compareText(a.file, b.file) || compareText(a.why, b.why)),
    incomplete: incomplete && { why: incomplete.why, unreviewed: incomplete.unreviewed.map((path) => places.relative(path)) },
    comparison: report.comparison && comparisonJson(report.comparison, places),
    summary: {
      files: review.files,
      findings: review.findings.length,
      ms: run.milliseconds,
      ...(incomplete === undefined ? {} : { incomplete: true }),
    },
  };
}

function findingJson({ finding, place }: PlacedFinding, places: Places): object {
  return {
    rule: finding.ruleId,
    ...place,
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    function: finding.function,
    related: finding.related.map(({ at, note }) => {
      const { file, line, column } = places.inBytes(at);
      return { file, line, column, note };
    }),
    fixes: finding.fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map((edit) => ({ ...places.inBytes(edit), newText: edit.newText })),
    })),
    fingerprint: finding.fingerprint,
  };
}
