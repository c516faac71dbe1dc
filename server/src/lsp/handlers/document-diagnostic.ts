/** `textDocument/diagnostic`: one document's findings, or that nothing changed since the client last asked. */
import {
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { isGo } from '../documents.ts';
import { Outdated } from '../reviews.ts';
import { pathOfUri } from '../uri.ts';

export async function documentDiagnostic(
  { reviews, settings }: ServerContext,
  { textDocument, previousResultId }: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  const path = pathOfUri(textDocument.uri);
  if (path === undefined || !isGo({ path })) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
  await settings.ready();
  try {
    const { resultId, shown } = await reviews.file(path, token);
    if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...shown] };
  } catch (error) {
    if (!(error instanceof Outdated)) throw error;
    throw new ResponseError(LSPErrorCodes.ServerCancelled, error.message, { retriggerRequest: true });
  }
}
