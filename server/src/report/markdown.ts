/**
 * `--format markdown`: a comment for a pull request. Worst rules first, each folded with its findings, and each finding with the change that
 * its first fix makes. Comments have a largest size; what does not fit is counted.
 */
import { structuredPatch } from 'diff';
import { applyEdits } from '../base/index.ts';
import type { Finding, Fix } from '../review/index.ts';
import { baseOf, type Comparison, isMore } from './comparison.ts';
import { forCodeBlock, forHtml, forLog, forMarkdown } from './escape.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import { countSeverities, type Report, severityRank } from './report.ts';

/** Characters; GitHub takes 65,536, GitLab a million. */
const LARGEST = 60_000;
/** New places that are named one by one. */
const MOST_FRESH = 50;
/** Lines of a diff above and below a change. */
const CONTEXT = 2;

export function writeMarkdown(report: Report): string {
  const { review, run } = report;
  const places = new Places(report);
  const urls = new Map(run.rules.map(({ id, url }) => [id, url]));
  const stopped = review.incomplete === undefined ? '' : `\n**Incomplete:** ${forMarkdown(review.incomplete.why)}\n`;
  const compared = report.comparison === undefined ? '' : comparisonOf(report.comparison, places);
  const head = `### Escapement: ${headline(report)}\n${stopped}${compared}`;
  const groups = ranked(placeFindings(review.findings, places));
  const room = { left: LARGEST - head.length };
  const sections = groups.map(([rule, findings]) => sectionOf(rule, findings, urls.get(rule), places, room));
  const shown = sections.reduce((sum, { count }) => sum + count, 0);
  const cut = review.findings.length - shown;
  const faults = review.faults.map(({ path, message }) => `- ${forMarkdown(places.relative(path))}: ${forMarkdown(message)}\n`);
  return forLog(
    [
      head,
      ...sections.map(({ text }) => text),
      ...(cut > 0 ? [`\n${cut} more ${cut === 1 ? 'finding does' : 'findings do'} not fit here.\n`] : []),
      ...(faults.length > 0 ? ['\n**Not reviewed wholly**\n\n', ...faults] : []),
    ].join(''),
  );
}

/** What changed and what is new of that of which there is more; most counts are what they were. */
function comparisonOf(comparison: Comparison, places: Places): string {
  const base = forMarkdown(baseOf(comparison));
  const changed = comparison.counts.filter(({ before, after }) => before !== after);
  if (changed.length === 0) return `\nAs many of everything as in ${base}.\n`;
  const verdict = changed.some(isMore) ? `**More than in ${base}**` : `No more than in ${base}`;
  const rows = changed.map((count) => {
    const what = forMarkdown(count.what);
    return `| ${isMore(count) ? `**${what}**` : what} | ${count.before} | ${count.after} |\n`;
  });
  const shown = comparison.fresh.slice(0, MOST_FRESH);
  const fresh = shown.map(
    ({ path, line, column, text }) => `- new: **${forMarkdown(`${places.relative(path)}:${line}:${column}`)}** ${forMarkdown(text)}\n`,
  );
  const cut = comparison.fresh.length - shown.length;
  const more = cut > 0 ? [`- and ${cut} more\n`] : [];
  const list = fresh.length > 0 ? `\n${[...fresh, ...more].join('')}` : '';
  return `\n${verdict}\n\n| | base | now |\n| --- | ---: | ---: |\n${rows.join('')}${list}`;
}

function headline({ review: { findings, files } }: Report): string {
  if (findings.length === 0) return `no findings in ${counted(files, 'file')}`;
  const severities = countSeverities(findings).map(({ severity, count }) => `${count} ${severity}`);
  return `${counted(findings.length, 'finding')} (${severities.join(', ')}) in ${counted(files, 'file')}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** By rule; the rule with the worst finding first, then the one with the most. */
function ranked(findings: readonly PlacedFinding[]): readonly (readonly [string, readonly PlacedFinding[]])[] {
  const groups = new Map<string, PlacedFinding[]>();
  for (const placed of findings) {
    const { ruleId } = placed.finding;
    groups.set(ruleId, [...(groups.get(ruleId) ?? []), placed]);
  }
  const worst = (group: readonly PlacedFinding[]): number => Math.max(...group.map(({ finding }) => severityRank(finding.severity)));
  return [...groups].sort(([a, inA], [b, inB]) => worst(inB) - worst(inA) || inB.length - inA.length || (a < b ? -1 : 1));
}

function sectionOf(
  rule: string,
  findings: readonly PlacedFinding[],
  url: string | undefined,
  places: Places,
  room: { left: number },
): { readonly text: string; readonly count: number } {
  const severities = countSeverities(findings.map(({ finding }) => finding)).map(({ severity, count }) => `${count} ${severity}`);
  const open = `\n<details><summary><b>${forHtml(rule)}</b> · ${severities.join(', ')}</summary>\n\n`;
  const link = url === undefined ? '' : `[What it is, what it costs, when to skip it](${url})\n\n`;
  const close = '\n</details>\n';
  const items: string[] = [];
  let left = room.left - open.length - link.length - close.length;
  for (const placed of findings) {
    const item = itemOf(placed, places);
    if (item.length > left) break;
    left -= item.length;
    items.push(item);
  }
  if (items.length === 0) return { text: '', count: 0 };
  room.left = left;
  return { text: `${open}${link}${items.join('')}${close}`, count: items.length };
}

function itemOf({ finding, place: { file, line, column } }: PlacedFinding, places: Places): string {
  const [fix] = finding.fixes;
  const text = `- **${forMarkdown(`${file}:${line}:${column}`)}** ${forMarkdown(finding.message)}\n`;
  return fix === undefined ? text : `${text}${fixOf(finding, fix, places)}`;
}

function fixOf({ path }: Finding, fix: Fix, places: Places): string {
  const title = `\n  ${fix.safety} fix: ${forMarkdown(fix.title)}\n`;
  const lines = diffOf(path, fix, places);
  if (lines.length === 0) return `${title}\n`;
  const block = forCodeBlock('diff', lines).replace(/^/gm, '  ');
  return `${title}\n${block}\n\n`;
}

/** Of the finding's own file, with a little around each change. */
function diffOf(path: string, fix: Fix, places: Places): readonly string[] {
  const edits = fix.edits.filter((edit) => edit.path === path);
  const source = places.source(path);
  const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\r', '');
  if (edits.length === 0 || edits.some(({ range }) => range.end > source.length)) return [];
  const patch = structuredPatch('', '', decode(source), decode(applyEdits(source, edits)), '', '', { context: CONTEXT });
  return patch.hunks.flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
    `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    ...lines,
  ]);
}
