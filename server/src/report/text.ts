/**
 * `--format text`: for people at a terminal or in a log. Every finding opens with the line that editors and CI systems know
 * how to click, `file:line:column: severity: message (rule)`; columns count UTF-8 bytes as the Go tools do.
 */

import picocolors from 'picocolors';
import { compareText } from '../base/index.ts';
import type { Finding, Review } from '../review/index.ts';
import type { FixSafety, Severity } from '../rules/index.ts';
import { forLog, forTerminal } from './escape.ts';
import { frameOf } from './frame.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import { countSeverities, type Report, type Style } from './report.ts';

type Colours = ReturnType<typeof picocolors.createColors>;

export function writeText(report: Report, style: Style): string {
  return forLog(writeLines(report, style));
}

function writeLines(report: Report, style: Style): string {
  const colours = picocolors.createColors(style.colour);
  const places = new Places(report);
  const findings = placeFindings(report.review.findings, places);
  if (style.detail === 'quiet') {
    const lines = [
      ...findings.map((placed) => headline(placed, colours)),
      ...faultLines(report.review, places, colours),
      ...incompleteLines(report.review, places, style, colours),
    ];
    return lines.map((line) => `${line}\n`).join('');
  }
  const gutter = Math.max(2, ...findings.map(({ place }) => String(place.line).length));
  const blocks = findings.map((placed) => `${block(placed, places, gutter, colours)}\n\n`);
  const notes = [
    ...faultLines(report.review, places, colours),
    ...skipLines(report.review, places, style, colours),
    ...incompleteLines(report.review, places, style, colours),
  ];
  const aside = notes.length === 0 ? '' : `${notes.join('\n')}\n\n`;
  return `${blocks.join('')}${aside}${summaryOf(report, colours)}\n`;
}

function headline({ finding, place }: PlacedFinding, colours: Colours): string {
  const at = colours.bold(`${forTerminal(place.file)}:${place.line}:${place.column}:`);
  const severity = paint(finding.severity, colours)(`${finding.severity}:`);
  const doubt = finding.certainty === 'certain' ? '' : `, ${finding.certainty}`;
  return `${at} ${severity} ${forTerminal(finding.message)} ${colours.dim(`(${forTerminal(finding.ruleId)}${doubt})`)}`;
}

function block(placed: PlacedFinding, places: Places, gutter: number, colours: Colours): string {
  const indent = ' '.repeat(gutter + 2);
  return [
    headline(placed, colours),
    ...frameLines(placed, places, gutter, colours),
    ...placed.finding.related.map(({ at, note }) => {
      const { file, line, column } = places.inBytes(at);
      return `${indent}${colours.cyan('→')} ${forTerminal(note)} ${colours.dim(`at ${forTerminal(file)}:${line}:${column}`)}`;
    }),
    ...placed.finding.fixes.map(
      (fix) => `${indent}${colours.green('fix:')} ${forTerminal(fix.title)} ${colours.dim(`(${optionOf(fix.safety)})`)}`,
    ),
  ].join('\n');
}

function frameLines({ finding, place }: PlacedFinding, places: Places, gutter: number, colours: Colours): string[] {
  const lines = places.lines(finding.path);
  const start = lines.lineStart(place.line - 1);
  const end = lines.lineEnd(place.line - 1);
  if (end <= start) return [];
  const line = places.source(finding.path).subarray(start, end);
  const { parts, carets } = frameOf(line, finding.at.start - start, Math.min(finding.at.end, end) - start);
  const bar = colours.dim('│');
  const mark = paint(finding.severity, colours);
  return [
    ` ${colours.dim(String(place.line).padStart(gutter))} ${bar} ${parts.join('').trimEnd()}`,
    ` ${' '.repeat(gutter)} ${bar} ${mark(carets).trimEnd()}`,
  ];
}

/** The option that applies fixes of a tier. */
function optionOf(tier: FixSafety): string {
  return tier === 'safe' ? '--fix' : `--fix=${tier}`;
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  switch (severity) {
    case 'error':
      return colours.red;
    case 'warning':
      return colours.yellow;
    case 'information':
      return colours.blue;
    case 'hint':
      return colours.cyan;
  }
}

function faultLines(review: Review, places: Places, colours: Colours): string[] {
  return review.faults
    .map(({ path, ruleId, message }) => ({
      file: places.relative(path),
      text: ruleId === undefined ? message : `${ruleId} failed: ${message}`,
    }))
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.text, b.text))
    .map(({ file, text }) => `${colours.bold(`${forTerminal(file)}:`)} ${colours.magenta('fault:')} ${forTerminal(text)}`);
}

function skipLines(review: Review, places: Places, style: Style, colours: Colours): string[] {
  if (review.skipped.length === 0) return [];
  if (style.detail !== 'verbose') return [colours.dim(`${plural(review.skipped.length, 'file')} skipped (-v says which and why)`)];
  return review.skipped
    .map(({ path, why }) => ({ file: places.relative(path), why }))
    .sort((a, b) => compareText(a.file, b.file) || compareText(a.why, b.why))
    .map(({ file, why }) => `${colours.bold(`${forTerminal(file)}:`)} ${colours.dim('skipped:')} ${forTerminal(why)}`);
}

/** Nobody may take what is here for all there is. */
function incompleteLines({ incomplete }: Review, places: Places, { detail }: Style, colours: Colours): string[] {
  if (incomplete === undefined) return [];
  const files = detail === 'verbose' ? incomplete.unreviewed : [];
  return [
    `${colours.red(colours.bold('incomplete:'))} ${forTerminal(incomplete.why)}`,
    ...files.map((path) => `${colours.bold(`${forTerminal(places.relative(path))}:`)} ${colours.dim('not reviewed')}`),
  ];
}

function summaryOf({ review, run }: Report, colours: Colours): string {
  const failed = review.faults.length > 0 ? `, ${colours.magenta(plural(review.faults.length, 'fault'))}` : '';
  const cut = review.incomplete === undefined ? '' : `, ${colours.red('incomplete')}`;
  const end = `${failed}${cut}${run.milliseconds > 0 ? `, ${seconds(run.milliseconds)}` : ''}`;
  if (review.findings.length === 0)
    return `${review.incomplete === undefined ? colours.green('No findings') : 'No findings'} in ${plural(review.files, 'file')}${end}`;
  const counts = countSeverities(review.findings).map(({ severity, count }) =>
    paint(severity, colours)(severity === 'information' ? `${count} information` : plural(count, severity)),
  );
  const touched = new Set(review.findings.map((finding) => finding.path)).size;
  const where = `in ${touched} of ${plural(review.files, 'file')}`;
  return `${colours.bold(plural(review.findings.length, 'finding'))} (${counts.join(', ')}) ${where}${fixable(review.findings)}${end}`;
}

/** Counts what the mildest tier that fixes anything would fix. */
function fixable(findings: readonly Finding[]): string {
  const tiers: readonly FixSafety[] = ['safe', 'suggestion', 'unsafe'];
  for (const tier of tiers) {
    const count = findings.filter((finding) => finding.fixes.some((fix) => fix.safety === tier)).length;
    if (count > 0) return `, ${count} fixable with ${optionOf(tier)}`;
  }
  return '';
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
