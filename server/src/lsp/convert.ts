/**
 * Findings to diagnostics and fixes to workspace edits, and back. Both ways stand here because the headless client rebuilds
 * the review from what the server sends, and the two must agree to the byte.
 */
import {
  type CodeAction,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type TextEdit as LspTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { LineTable, Range, TextEdit } from '../base/index.ts';
import type { Finding, Fix } from '../review/index.ts';
import type { Severity } from '../rules/index.ts';
import { type PositionEncoding, toByteRange, toLspRange } from './encoding.ts';
import { type DiagnosticData, type FixData, SOURCE, UNSAFE_SUFFIX } from './protocol.ts';
import { pathOfUri } from './uri.ts';

/** A text as positions need it: its lines (broken as LSP does) and how the client calls it. */
export interface PositionedText {
  readonly uri: string;
  /** Null when the text is the file's on disk. */
  readonly version: number | null;
  readonly lines: LineTable;
  /** Of a file on disk. */
  readonly contentHash?: string;
}

/** Undefined when the file cannot be read. */
export type TextLookup = (path: string) => PositionedText | undefined;

export interface Conversion {
  readonly encoding: PositionEncoding;
  readonly textOf: TextLookup;
}

/** Undefined when the finding's file cannot be read any more. */
export function toDiagnostic(
  finding: Finding,
  { encoding, textOf }: Conversion,
  ruleUrl: (rule: string) => string,
): Diagnostic | undefined {
  const text = textOf(finding.path);
  if (text === undefined) return undefined;
  const data: DiagnosticData = {
    fingerprint: finding.fingerprint,
    certainty: finding.certainty,
    function: finding.function,
    fixes: finding.suppression === undefined ? finding.fixes.length : 0,
    ...(finding.frame === undefined ? {} : { frame: finding.frame }),
    ...(finding.isKept ? { kept: true } : {}),
    ...(finding.suppression && { suppression: finding.suppression }),
  };
  const related = finding.related.flatMap((step): DiagnosticRelatedInformation[] => {
    const there = textOf(step.at.path);
    if (there === undefined) return [];
    return [{ location: { uri: there.uri, range: toLspRange(there.lines, step.at.range, encoding) }, message: step.note }];
  });
  return {
    range: toLspRange(text.lines, onOneLine(text.lines, finding.at), encoding),
    severity: toLspSeverity(finding.severity),
    code: finding.ruleId,
    codeDescription: { href: ruleUrl(finding.ruleId) },
    source: SOURCE,
    message: finding.message,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    data,
  };
}

/** A finding without its fixes, which `fixOfAction` gives; undefined for diagnostics of another source or unreadable text. */
export function toFinding(diagnostic: Diagnostic, uri: string, { encoding, textOf }: Conversion): Finding | undefined {
  const path = pathOfUri(uri);
  const text = path === undefined ? undefined : textOf(path);
  if (path === undefined || text === undefined || diagnostic.source !== SOURCE) return undefined;
  const data = isDiagnosticData(diagnostic.data) ? diagnostic.data : undefined;
  return {
    ruleId: String(diagnostic.code ?? SOURCE),
    severity: severityOf(diagnostic.severity),
    certainty: data?.certainty ?? 'certain',
    message: typeof diagnostic.message === 'string' ? diagnostic.message : diagnostic.message.value,
    path,
    at: toByteRange(text.lines, diagnostic.range, encoding),
    function: data?.function ?? '',
    related: (diagnostic.relatedInformation ?? []).flatMap(({ location, message }) => {
      const there = pathOfUri(location.uri);
      const thereText = there === undefined ? undefined : textOf(there);
      if (there === undefined || thereText === undefined) return [];
      return [{ at: { path: there, range: toByteRange(thereText.lines, location.range, encoding) }, note: message }];
    }),
    fixes: [],
    fingerprint: data?.fingerprint ?? '',
    ...(data?.frame === undefined ? {} : { frame: data.frame }),
    ...(data?.suppression && { suppression: data.suppression }),
  };
}

/** Undefined when a file it edits cannot be read. With versions where the client understands them. */
export function toWorkspaceEdit(
  edits: readonly TextEdit[],
  { encoding, textOf }: Conversion,
  withVersions: boolean,
): WorkspaceEdit | undefined {
  const byPath = new Map<string, { text: PositionedText; edits: LspTextEdit[] }>();
  for (const edit of edits) {
    const text = byPath.get(edit.path)?.text ?? textOf(edit.path);
    if (text === undefined) return undefined;
    const entry = byPath.get(edit.path) ?? { text, edits: [] };
    entry.edits.push({ range: toLspRange(text.lines, edit.range, encoding), newText: edit.newText });
    byPath.set(edit.path, entry);
  }
  const files = [...byPath.values()];
  if (!withVersions) return { changes: Object.fromEntries(files.map(({ text, edits: its }) => [text.uri, its])) };
  return {
    documentChanges: files.map(({ text, edits: its }) => ({ textDocument: { uri: text.uri, version: text.version }, edits: its })),
  };
}

/** Byte edits of a workspace edit; undefined when it does anything but edit readable text. */
export function fromWorkspaceEdit(edit: WorkspaceEdit, { encoding, textOf }: Conversion): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const [uri, its] of editsByUri(edit)) {
    const path = pathOfUri(uri);
    const text = path === undefined ? undefined : textOf(path);
    if (its === undefined || path === undefined || text === undefined) return undefined;
    for (const { range, newText } of its) edits.push({ path, range: toByteRange(text.lines, range, encoding), newText });
  }
  return edits;
}

/** The fix that a code action stands for, and the finding (by fingerprint) it belongs to; undefined for other actions. */
export function fixOfAction(action: CodeAction, conversion: Conversion): { readonly data: FixData; readonly fix: Fix } | undefined {
  const data: unknown = action.data;
  if (!isFixData(data) || action.edit === undefined) return undefined;
  const edits = fromWorkspaceEdit(action.edit, conversion);
  if (edits === undefined) return undefined;
  const { title, safety, dropped, declares, guess } = data;
  const together = { ...(dropped && { dropped }), ...(declares && { declares }), ...(guess && { guess }) };
  return { data, fix: { title, safety, edits, ...together } };
}

/** What a menu shows for a fix. */
export function titleOf(fix: Fix): string {
  return fix.safety === 'unsafe' && !fix.title.endsWith(UNSAFE_SUFFIX) ? `${fix.title} ${UNSAFE_SUFFIX}` : fix.title;
}

export function isFixData(data: unknown): data is FixData {
  return (
    isRecord(data) &&
    data.kind === 'fix' &&
    typeof data.fingerprint === 'string' &&
    typeof data.fix === 'number' &&
    typeof data.uri === 'string'
  );
}

function isDiagnosticData(data: unknown): data is DiagnosticData {
  return isRecord(data) && typeof data.fingerprint === 'string' && typeof data.fixes === 'number';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function toLspSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}

function severityOf(severity: DiagnosticSeverity | undefined): Severity {
  switch (severity) {
    case DiagnosticSeverity.Error:
      return 'error';
    case DiagnosticSeverity.Information:
      return 'information';
    case DiagnosticSeverity.Hint:
      return 'hint';
    default:
      return 'warning';
  }
}

/** A squiggle over several lines hides the code; its first line says enough. */
function onOneLine(lines: LineTable, range: Range): Range {
  return { start: range.start, end: Math.min(range.end, lines.lineEnd(lines.lineOf(range.start))) };
}

function editsByUri(edit: WorkspaceEdit): [string, readonly LspTextEdit[] | undefined][] {
  if (edit.documentChanges === undefined) return Object.entries(edit.changes ?? {});
  return edit.documentChanges.map((change) => {
    if (!('textDocument' in change)) return ['', undefined];
    const plain = change.edits.filter((one): one is LspTextEdit => 'newText' in one);
    return [change.textDocument.uri, plain.length === change.edits.length ? plain : undefined];
  });
}
