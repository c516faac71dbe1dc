/** Every safe fix of a rule in the workspace, sent to the client as one edit that people can look through before it is made. */
import {
  ApplyWorkspaceEditRequest,
  ErrorCodes,
  type OptionalVersionedTextDocumentIdentifier,
  ResponseError,
  type TextEdit,
  type WorkDoneProgressServerReporter,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { CancellationSource, type CancellationToken, throwIfCancelled } from '../../base/index.ts';
import { combineFixes, firstFix } from '../../review/index.ts';
import type { Client } from '../client.ts';
import type { ServerContext } from '../context.ts';
import { toWorkspaceEdit } from '../convert.ts';
import { Outdated } from '../reviews.ts';

/** As the refactor preview groups and names them. */
const ANNOTATION = 'escapement';

/**
 * Answers how many fixes were offered to the client, in how many files; none, and nothing is asked of it. Rejects with `Cancelled`, with
 * `Outdated`, and where the client makes no edits that we send.
 */
export async function fixInWorkspace(
  context: ServerContext,
  rule: string,
  token: CancellationToken,
): Promise<{ readonly fixes: number; readonly files: number }> {
  if (!context.client().appliesEdits) throw new ResponseError(ErrorCodes.InvalidRequest, 'this client makes no edits that a server sends');
  await context.settings.ready();
  const found = await collectFixes(context, rule, token);
  if (found.changes.length > 0) {
    const label = `Fix all ${rule}`;
    const edit = workspaceEdit(found.changes, label, context.client());
    // The first file was read long before the last one, and not every client compares versions.
    if (!found.changes.every((change) => isCurrent(context, change))) throw new Outdated();
    await context.connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit });
  }
  return { fixes: found.fixes, files: found.changes.length };
}

interface FileChange {
  readonly textDocument: OptionalVersionedTextDocumentIdentifier;
  readonly edits: TextEdit[];
}

interface Found {
  readonly fixes: number;
  readonly changes: readonly FileChange[];
}

async function collectFixes(context: ServerContext, rule: string, token: CancellationToken): Promise<Found> {
  const { reviews, workspace } = context;
  const progress = await createProgress(context);
  const cancelled = new CancellationSource();
  progress?.begin(`Escapement: fixing ${rule}`, 0, undefined, true);
  progress?.token.onCancellationRequested(() => cancelled.cancel());
  token.onCancelled?.(() => cancelled.cancel());
  const changes: FileChange[] = [];
  let fixes = 0;
  try {
    const paths = await workspace.files(cancelled.token);
    for (const [done, path] of paths.entries()) {
      throwIfCancelled(cancelled.token);
      progress?.report(Math.floor((100 * done) / paths.length), `${done} of ${paths.length} files`);
      const { findings } = await reviews.withStandingFixes(path, cancelled.token);
      const ofRule = findings.filter(({ ruleId }) => ruleId === rule);
      const { applied, edits } = combineFixes(ofRule.flatMap((finding) => firstFix(finding, 'safe') ?? []));
      const edit = edits.length === 0 ? undefined : toWorkspaceEdit(edits, reviews.conversion(), true);
      if (edit === undefined) continue;
      fixes += applied.length;
      changes.push(...(edit.documentChanges ?? []).filter(isFileChange));
    }
  } finally {
    progress?.done();
  }
  return { fixes, changes };
}

/** Undefined where the client will not have it: the work goes on unseen. */
async function createProgress({ connection, host }: ServerContext): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    return await connection.window.createWorkDoneProgress();
  } catch (error) {
    host.logger.warn(`the client shows no progress: ${String(error)}`);
    return undefined;
  }
}

function isFileChange(change: NonNullable<WorkspaceEdit['documentChanges']>[number]): change is FileChange {
  return 'edits' in change && change.edits.every((edit) => 'newText' in edit);
}

function isCurrent({ documents }: ServerContext, { textDocument: { uri, version } }: FileChange): boolean {
  return (documents.get(uri)?.version ?? null) === version;
}

/** In the newest shape that the client knows. */
function workspaceEdit(changes: readonly FileChange[], label: string, client: Client): WorkspaceEdit {
  if (!client.takesDocumentChanges)
    return { changes: Object.fromEntries(changes.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
  if (!client.confirmsEdits) return { documentChanges: [...changes] };
  const documentChanges = changes.map(({ textDocument, edits }) => ({
    textDocument,
    edits: edits.map((edit) => ({ ...edit, annotationId: ANNOTATION })),
  }));
  return { documentChanges, changeAnnotations: { [ANNOTATION]: { label, needsConfirmation: true } } };
}
