/**
 * `--format sarif`: SARIF 2.1.0 for GitHub code scanning and every other reader of the OASIS standard. Columns are UTF-16
 * units and say so. Paths of an escape become code flows, fixes become artifact changes, and nothing names a directory of
 * the machine: files below the run's directory are relative to a base whose place the reader decides.
 */
import type {
  ArtifactLocation,
  Log,
  Notification,
  PhysicalLocation,
  Region,
  Replacement,
  ReportingDescriptor,
  Result,
  Fix as SarifFix,
  Location as SarifLocation,
  Suppression as SarifSuppression,
} from 'sarif';
import { compareText, type Location, sortEdits, type TextEdit } from '../base/index.ts';
import type { Finding, Fix, Incomplete, Suppression } from '../review/index.ts';
import { comparisonJson, moreTexts } from './comparison.ts';
import { forFileUri, forJson, forUri } from './escape.ts';
import { LineHashes } from './line-hash.ts';
import { Places, placeFindings } from './places.ts';
import { HOME, type Report, type RunInfo } from './report.ts';
import { withinLimits } from './sarif-limits.ts';
import { sarifLevel, sarifRule, sarifUnknownRule } from './sarif-rules.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const BASE = '%SRCROOT%';

export function writeSarif(report: Report): string {
  const { review, run } = report;
  const places = new Places(report);
  const all = placeFindings([...review.findings, ...(review.suppressed ?? [])], places).map(({ finding }) => finding);
  return withinLimits(all, run.gzipBytes, (kept, cut) => forJson(logOf(report, places, kept, cut)));
}

/** `cut` says what is missing of the findings. */
function logOf(report: Report, places: Places, findings: readonly Finding[], cut: string | undefined): Log {
  const { review, run } = report;
  const rules = describeRules(findings, run);
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  const writer: Writer = {
    places,
    hashes: new Map(),
    ruleIndex,
    escapeRules: escapeRules(run),
    tellsSuppressed: review.suppressed !== undefined,
  };
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Escapement',
            informationUri: HOME,
            version: run.version,
            semanticVersion: run.version,
            rules,
            notifications: [...NOTIFICATIONS],
          },
        },
        automationDetails: { id: 'escapement/' },
        invocations: [
          {
            executionSuccessful: review.faults.length === 0 && review.incomplete === undefined,
            toolExecutionNotifications: [...cutNotification(cut), ...moreNotifications(report), ...notifications(report, writer)],
          },
        ],
        originalUriBaseIds: { [BASE]: { description: { text: 'The directory that was reviewed.' } } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, writer)),
        ...(report.comparison && { properties: { comparison: comparisonJson(report.comparison, places) } }),
      },
    ],
  };
}

interface Writer {
  readonly places: Places;
  readonly hashes: Map<string, LineHashes>;
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly escapeRules: ReadonlySet<string>;
  /** Then all results say whether they are suppressed, as the standard wants it of all or none (SARIF 2.1.0 §3.27.23). */
  readonly tellsSuppressed: boolean;
}

function describeRules(findings: readonly Finding[], run: RunInfo): ReportingDescriptor[] {
  const described = run.rules.map(sarifRule);
  const known = new Set(described.map((rule) => rule.id));
  for (const finding of findings) {
    if (known.has(finding.ruleId)) continue;
    known.add(finding.ruleId);
    described.push(sarifUnknownRule(finding.ruleId, finding.severity));
  }
  return described.sort((a, b) => compareText(a.id, b.id));
}

function escapeRules(run: RunInfo): ReadonlySet<string> {
  return new Set(run.rules.filter((rule) => rule.evidence === 'escape').map((rule) => rule.id));
}

function resultOf(finding: Finding, writer: Writer): Result {
  const at = { path: finding.path, range: finding.at };
  const related = finding.related;
  const isPath = related.length > 0 && writer.escapeRules.has(finding.ruleId);
  return {
    ruleId: finding.ruleId,
    ruleIndex: writer.ruleIndex.get(finding.ruleId),
    level: sarifLevel(finding.severity),
    message: { text: messageOf(finding) },
    locations: [
      {
        physicalLocation: physicalLocation(at, writer.places),
        ...(finding.function === '' ? {} : { logicalLocations: [{ fullyQualifiedName: finding.function, kind: 'function' }] }),
      },
    ],
    ...(related.length === 0
      ? {}
      : { relatedLocations: related.map((step, i) => ({ id: i + 1, ...noted(step.at, step.note, writer.places) })) }),
    ...(isPath ? { codeFlows: [{ threadFlows: [{ locations: flowOf(finding, writer.places) }] }] } : {}),
    ...(finding.fixes.length === 0 ? {} : { fixes: finding.fixes.map((fix) => fixOf(fix, writer.places)) }),
    ...(writer.tellsSuppressed && { suppressions: suppressionsOf(finding, writer.places) }),
    partialFingerprints: { primaryLocationLineHash: lineHash(at, writer), 'escapement/v1': finding.fingerprint },
    properties: { severity: finding.severity, certainty: finding.certainty },
  };
}

function suppressionsOf({ path, suppression }: Finding, places: Places): SarifSuppression[] {
  return suppression === undefined ? [] : [sarifSuppression(path, suppression, places)];
}

function sarifSuppression(path: string, { kind, reason, at }: Suppression, places: Places): SarifSuppression {
  return {
    kind,
    ...(reason !== '' && { justification: reason }),
    ...(at && { location: { physicalLocation: physicalLocation({ path, range: at }, places) } }),
  };
}

/** Related places are visible on GitHub only when the message links to them. */
function messageOf(finding: Finding): string {
  const links = finding.related.map(({ note }, i) => `[${escapeLinkText(braces(note))}](${i + 1})`);
  const message = braces(finding.message).replace(/\]\(/g, '\\](');
  return links.length === 0 ? message : `${message}\n${links.join('\n')}`;
}

/** Text between the brackets of a link (SARIF 2.1.0 §3.11.6). */
function escapeLinkText(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}

/**
 * Braces that a reader could take for a placeholder or for an escape are doubled (SARIF 2.1.0 §3.11.5). Others stay as they
 * are, because GitHub shows a doubled brace as two and `&T{}` is everyday text here.
 */
function braces(text: string): string {
  return /\{\{|\}\}|\{\d+\}/.test(text) ? text.replace(/[{}]/g, '$&$&') : text;
}

function flowOf(finding: Finding, places: Places): { location: SarifLocation }[] {
  const start = noted({ path: finding.path, range: finding.at }, finding.message, places);
  return [start, ...finding.related.map(({ at, note }) => noted(at, note, places))].map((location) => ({ location }));
}

function noted(at: Location, text: string, places: Places): SarifLocation {
  return { physicalLocation: physicalLocation(at, places), message: { text: braces(text).replace(/\]\(/g, '\\](') } };
}

function physicalLocation(at: Location, places: Places): PhysicalLocation {
  const snippet = new TextDecoder().decode(places.source(at.path).subarray(at.range.start, at.range.end));
  const region = regionOf(at, places);
  return { artifactLocation: artifactOf(at.path, places), region: snippet === '' ? region : { ...region, snippet: { text: snippet } } };
}

function regionOf(at: Location, places: Places): Region {
  const { line, column, endLine, endColumn } = places.inUtf16(at);
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Files outside the run's directory have no relative path that a reader could resolve, so they keep their own. */
function artifactOf(path: string, places: Places): ArtifactLocation {
  const file = places.relative(path);
  const isOutside = file === path || file.startsWith('../');
  return isOutside ? { uri: forFileUri(path) } : { uri: forUri(file), uriBaseId: BASE };
}

function fixOf(fix: Fix, places: Places): SarifFix {
  const edits = sortEdits(fix.edits);
  const paths = [...new Set(edits.map((edit) => edit.path))];
  return {
    description: { text: braces(fix.title) },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactOf(path, places),
      replacements: edits.filter((edit) => edit.path === path).map((edit) => replacementOf(edit, places)),
    })),
    properties: { safety: fix.safety },
  };
}

function replacementOf(edit: TextEdit, places: Places): Replacement {
  const deletedRegion = regionOf(edit, places);
  return edit.newText === '' ? { deletedRegion } : { deletedRegion, insertedContent: { text: edit.newText } };
}

function lineHash(at: Location, { places, hashes }: Writer): string {
  let known = hashes.get(at.path);
  if (known === undefined) {
    known = new LineHashes(places.source(at.path));
    hashes.set(at.path, known);
  }
  return known.hash(places.inUtf16(at).line);
}

const NOTIFICATIONS = [
  { id: 'fault', shortDescription: { text: 'A rule or the review itself failed on a file; everything else went on.' } },
  { id: 'skipped', shortDescription: { text: 'A file was not reviewed.' } },
  {
    id: 'incomplete',
    shortDescription: { text: 'The review was stopped; results are missing, and files that were not reviewed are named.' },
  },
  { id: 'cut', shortDescription: { text: 'Results were left out, because code hosts take no more.' } },
  { id: 'more', shortDescription: { text: 'There is more than in the revision that the review was compared with.' } },
] as const satisfies readonly ReportingDescriptor[];

function descriptorOf(id: (typeof NOTIFICATIONS)[number]['id']): Notification['descriptor'] {
  return { id, index: NOTIFICATIONS.findIndex((each) => each.id === id) };
}

function notifications({ review }: Report, { places, ruleIndex }: Writer): Notification[] {
  const faults = review.faults.map(({ path, ruleId, message }): Notification => {
    const index = ruleId === undefined ? undefined : ruleIndex.get(ruleId);
    return {
      descriptor: descriptorOf('fault'),
      level: 'error',
      message: { text: braces(message) },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path, places) } }],
      ...(index === undefined ? {} : { associatedRule: { id: ruleId, index } }),
    };
  });
  const skipped = review.skipped.map(
    ({ path, why }): Notification => ({
      descriptor: descriptorOf('skipped'),
      level: 'note',
      message: { text: braces(why) },
      locations: [{ physicalLocation: { artifactLocation: artifactOf(path, places) } }],
    }),
  );
  const stopped = review.incomplete === undefined ? [] : [stoppedNotification(review.incomplete, places)];
  return [...stopped, ...[...faults, ...skipped].sort((a, b) => compareText(notificationKey(a), notificationKey(b)))];
}

function stoppedNotification({ why, unreviewed }: Incomplete, places: Places): Notification {
  const locations = unreviewed.map((path) => ({ physicalLocation: { artifactLocation: artifactOf(path, places) } }));
  return {
    descriptor: descriptorOf('incomplete'),
    level: 'error',
    message: { text: braces(why) },
    ...(locations.length === 0 ? {} : { locations }),
  };
}

function cutNotification(text: string | undefined): Notification[] {
  return text === undefined ? [] : [{ descriptor: descriptorOf('cut'), level: 'warning', message: { text } }];
}

function moreNotifications({ comparison }: Report): Notification[] {
  return moreTexts(comparison).map((text) => ({ descriptor: descriptorOf('more'), level: 'error', message: { text: braces(text) } }));
}

function notificationKey({ descriptor, locations, message }: Notification): string {
  return `${descriptor?.id} ${locations?.[0]?.physicalLocation?.artifactLocation?.uri} ${message.text}`;
}
