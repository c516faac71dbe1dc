/** `--format azure`: logging commands of Azure Pipelines, which knows errors and warnings only. Columns are UTF-16 units. */
import { moreTexts } from './comparison.ts';
import { forAzureData, forAzureProperty } from './escape.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import { type Report, severityRank } from './report.ts';

export function writeAzure(report: Report): string {
  const places = new Places(report);
  const worstFirst = [...placeFindings(report.review.findings, places)].sort(
    (a, b) => severityRank(b.finding.severity) - severityRank(a.finding.severity),
  );
  const faults = report.review.faults.map(({ path, message }) =>
    issue({ type: 'error', sourcepath: places.relative(path), code: 'escapement' }, message),
  );
  const { incomplete } = report.review;
  const stopped = incomplete === undefined ? '' : issue({ type: 'error', code: 'escapement' }, `incomplete: ${incomplete.why}`);
  const more = moreTexts(report.comparison).map((text) => issue({ type: 'error', code: 'escapement' }, text));
  return [stopped, ...more, ...worstFirst.map((placed) => issueOf(placed, places)), ...faults].join('');
}

function issueOf({ finding }: PlacedFinding, places: Places): string {
  const { file, line, column } = places.inUtf16({ path: finding.path, range: finding.at });
  const type = finding.severity === 'error' ? 'error' : 'warning';
  return issue({ type, sourcepath: file, linenumber: line, columnnumber: column, code: finding.ruleId }, finding.message);
}

function issue(properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${forAzureProperty(String(value))}`);
  return `##vso[task.logissue ${list.join(';')}]${forAzureData(message)}\n`;
}
