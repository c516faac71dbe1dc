/** Diagnostics about the review itself: why a document has none, and that it has more than are shown. */
import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver';
import { SKIPPED_CODE, SOURCE } from './protocol.ts';

/** Editors decorate no more of one file, and nobody reads them. */
export const MAX_SHOWN = 500;

const AT_TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Files that were put aside are to be tried again, other reasons are facts. */
export function isPutAside(why: string): boolean {
  return why.startsWith('put aside');
}

/** What tells the user that a document was not reviewed; undefined where nobody would expect it to be. */
export function noticeOf(why: string): Diagnostic | undefined {
  if (/^(generated|excluded)/.test(why)) return undefined;
  const severity = isPutAside(why) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information;
  return { range: AT_TOP, severity, source: SOURCE, code: SKIPPED_CODE, message: `Not reviewed: ${why}.` };
}

/** At most `limit` of a file's diagnostics, the most severe of them in the order they had, and how many are left out. */
export function shownOf(diagnostics: readonly Diagnostic[], limit: number): readonly Diagnostic[] {
  if (diagnostics.length <= limit) return diagnostics;
  const ranked = diagnostics.map((_, i) => i).sort((a, b) => severityOf(diagnostics[a]) - severityOf(diagnostics[b]) || a - b);
  const shown = new Set(ranked.slice(0, limit));
  const notice: Diagnostic = {
    range: AT_TOP,
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    code: 'more',
    message: `${limit} of ${diagnostics.length} findings in this file are shown, the most severe first; escapement review shows all.`,
  };
  return [...diagnostics.filter((_, i) => shown.has(i)), notice];
}

function severityOf({ severity }: Diagnostic): number {
  return severity ?? DiagnosticSeverity.Error;
}
