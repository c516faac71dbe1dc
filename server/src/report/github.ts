/**
 * `--format github`: workflow commands, which GitHub Actions turns into annotations. Worst first, because a step shows only
 * ten of each level.
 */
import type { Severity } from '../rules/index.ts';
import { moreTexts } from './comparison.ts';
import { forCommandData, forCommandProperty } from './escape.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import { type Report, severityRank } from './report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };

export function writeGithub(report: Report): string {
  const places = new Places(report);
  const worstFirst = [...placeFindings(report.review.findings, places)].sort(
    (a, b) => severityRank(b.finding.severity) - severityRank(a.finding.severity),
  );
  const faults = report.review.faults.map(
    (fault) => `::warning file=${forCommandProperty(places.relative(fault.path))},title=escapement::${forCommandData(fault.message)}\n`,
  );
  const { incomplete } = report.review;
  const stopped = incomplete === undefined ? '' : `::error title=escapement::${forCommandData(`incomplete: ${incomplete.why}`)}\n`;
  const more = moreTexts(report.comparison).map((text) => `::error title=escapement::${forCommandData(text)}\n`);
  return [stopped, ...more, ...worstFirst.map((placed) => annotation(placed, places)), ...faults].join('');
}

function annotation({ finding }: PlacedFinding, places: Places): string {
  const { file, line, column, endLine, endColumn } = places.inUtf16({ path: finding.path, range: finding.at });
  const properties = [
    `file=${forCommandProperty(file)}`,
    `line=${line}`,
    `endLine=${endLine}`,
    // GitHub refuses columns that span lines.
    ...(line === endLine ? [`col=${column}`, `endColumn=${endColumn}`] : []),
    `title=${forCommandProperty(finding.ruleId)}`,
  ];
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${forCommandData(finding.message)}\n`;
}
