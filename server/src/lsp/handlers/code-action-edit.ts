/** `codeAction/resolve`: the edit of an action that was offered without, for the very text it was offered for. */
import {
  type CodeAction,
  LSPErrorCodes,
  ResponseError,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextEdit as ByteEdit, CancellationToken } from '../../base/index.ts';
import { combineFixes, type Finding, firstFix } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { type Conversion, isFixData, toWorkspaceEdit } from '../convert.ts';
import type { FixAllData, FixData, SuppressData } from '../protocol.ts';
import type { FileReview } from '../reviews.ts';
import { pathOfUri } from '../uri.ts';

/** What our actions carry. */
export type ActionData = FixData | FixAllData | SuppressData;

/** Fails with "the text has changed" when it has. */
export async function resolveCodeAction(context: ServerContext, action: CodeAction, token: CancellationToken): Promise<CodeAction> {
  const data: unknown = action.data;
  if (!isActionData(data) || action.edit !== undefined) return action;
  const path = pathOfUri(data.uri);
  if (path === undefined) throw textHasChanged();
  const review = await context.reviews.withStandingFixes(path, token);
  if (review.version !== data.version) throw textHasChanged();
  const edit = await editOfData(context, review, data, context.reviews.conversion());
  const isStill = (context.documents.at(path)?.version ?? null) === data.version;
  if (edit === undefined || !isStill) throw textHasChanged();
  return { ...action, edit };
}

/** Undefined when the review holds no such finding. `conversion` must see the text that was reviewed. */
export async function editOfData(
  context: ServerContext,
  review: FileReview,
  data: unknown,
  conversion: Conversion,
): Promise<WorkspaceEdit | undefined> {
  if (!isActionData(data)) return undefined;
  const withVersions = context.client().takesDocumentChanges;
  switch (data.kind) {
    case 'fix': {
      const fix = findingOf(review, data)?.fixes[data.fix];
      const edit = fix === undefined ? undefined : toWorkspaceEdit(fix.edits, conversion, withVersions);
      return fix?.guess === undefined ? edit : withPlaceholder(context, edit, fix.guess);
    }
    case 'fixAll':
      return toWorkspaceEdit(combineSafeFixes(review.findings, data.rule), conversion, withVersions);
    case 'suppress': {
      const finding = findingOf(review, data);
      return finding === undefined ? undefined : suppressEdit(context, finding, conversion);
    }
  }
}

/** Every finding's first safe fix, as far as they go together; the others wait for the next round. */
function combineSafeFixes(findings: readonly Finding[], rule?: string): readonly ByteEdit[] {
  const wanted = rule === undefined ? findings : findings.filter(({ ruleId }) => ruleId === rule);
  return combineFixes(wanted.flatMap((finding) => firstFix(finding, 'safe') ?? [])).edits;
}

const REASON = 'say why';

/** With a placeholder for the reason where the client knows snippets. */
async function suppressEdit(context: ServerContext, finding: Finding, conversion: Conversion): Promise<WorkspaceEdit | undefined> {
  const { takesDocumentChanges } = context.client();
  const { path, ruleId, at } = finding;
  const edits = await context.host.service.suppression({ path, ruleId, at }, REASON);
  const plain = edits.length === 0 ? undefined : toWorkspaceEdit(edits, conversion, takesDocumentChanges);
  return withPlaceholder(context, plain, REASON);
}

/** With `words` selected once the edit is made, where the client knows snippets. */
function withPlaceholder({ client }: ServerContext, edit: WorkspaceEdit | undefined, words: string): WorkspaceEdit | undefined {
  if (edit?.documentChanges === undefined || !client().takesSnippetEdits) return edit;
  const documentChanges = edit.documentChanges.map((change) => {
    if (!('edits' in change)) return change;
    return { ...change, edits: change.edits.map((each) => ('newText' in each ? toSnippet(each, words) : each)) };
  });
  return { documentChanges };
}

function toSnippet({ range, newText }: TextEdit, words: string): SnippetTextEdit | TextEdit {
  // Editors indent a snippet's later lines like the line that it starts in.
  const isIndentedAnew = range.start.character > 0 && newText.includes('\n');
  if (isIndentedAnew || !newText.includes(words)) return { range, newText };
  const literal = (text: string): string => text.replace(/[\\$}]/g, '\\$&');
  return { range, snippet: { kind: 'snippet', value: literal(newText).replace(literal(words), () => `\${1:${literal(words)}}`) } };
}

function findingOf({ findings }: FileReview, { fingerprint }: { readonly fingerprint: string }): Finding | undefined {
  return findings.find((finding) => finding.fingerprint === fingerprint);
}

function isActionData(data: unknown): data is ActionData {
  if (isFixData(data)) return true;
  if (typeof data !== 'object' || data === null || !('kind' in data) || !('uri' in data) || typeof data.uri !== 'string') return false;
  return data.kind === 'fixAll' || (data.kind === 'suppress' && 'fingerprint' in data && typeof data.fingerprint === 'string');
}

function textHasChanged(): ResponseError {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
}
