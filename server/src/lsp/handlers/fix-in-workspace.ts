/** Every safe fix of a rule in the workspace, sent to the client as one edit that people can look through before it is made. */
import { type AnnotatedTextEdit, ApplyWorkspaceEditRequest, type TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { CancellationSource, type CancellationToken, throwIfCancelled } from '../../base/index.ts';
import { combineFixes, firstFix } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { toWorkspaceEdit } from '../convert.ts';

/** As the refactor preview groups and names them. */
const ANNOTATION = 'escapement';

/** Answers how many fixes were offered to the client, in how many files; none, and nothing is asked of it. Rejects with `Cancelled`. */
export async function fixInWorkspace(
  context: ServerContext,
  rule: string,
  token: CancellationToken,
): Promise<{ readonly fixes: number; readonly files: number }> {
  await context.settings.ready();
  const found = await collectFixes(context, rule, token);
  if (found.changes.length > 0) {
    const label = `Fix all ${rule}`;
    const edit = context.client().confirmsEdits ? toConfirm(found.changes, label) : { documentChanges: [...found.changes] };
    await context.connection.sendRequest(ApplyWorkspaceEditRequest.type, { label, edit });
  }
  return { fixes: found.fixes, files: found.changes.length };
}

interface Found {
  readonly fixes: number;
  readonly changes: readonly TextDocumentEdit[];
}

async function collectFixes({ reviews, workspace, connection }: ServerContext, rule: string, token: CancellationToken): Promise<Found> {
  const progress = await connection.window.createWorkDoneProgress();
  const cancelled = new CancellationSource();
  progress.begin(`Escapement: fixing ${rule}`, 0, undefined, true);
  progress.token.onCancellationRequested(() => cancelled.cancel());
  token.onCancelled?.(() => cancelled.cancel());
  const changes: TextDocumentEdit[] = [];
  let fixes = 0;
  try {
    const paths = await workspace.files(cancelled.token);
    for (const [done, path] of paths.entries()) {
      throwIfCancelled(cancelled.token);
      progress.report(Math.floor((100 * done) / paths.length), `${done} of ${paths.length} files`);
      const { findings } = await reviews.withStandingFixes(path, cancelled.token);
      const ofRule = findings.filter(({ ruleId }) => ruleId === rule);
      const { applied, edits } = combineFixes(ofRule.flatMap((finding) => firstFix(finding, 'safe') ?? []));
      const edit = edits.length === 0 ? undefined : toWorkspaceEdit(edits, reviews.conversion(), true);
      if (edit === undefined) continue;
      fixes += applied.length;
      changes.push(...(edit.documentChanges ?? []).filter((change): change is TextDocumentEdit => 'edits' in change));
    }
  } finally {
    progress.done();
  }
  return { fixes, changes };
}

function toConfirm(changes: readonly TextDocumentEdit[], label: string): WorkspaceEdit {
  const documentChanges = changes.map((change) => ({
    ...change,
    edits: change.edits.flatMap((edit): AnnotatedTextEdit[] => ('newText' in edit ? [{ ...edit, annotationId: ANNOTATION }] : [])),
  }));
  return { documentChanges, changeAnnotations: { [ANNOTATION]: { label, needsConfirmation: true } } };
}
