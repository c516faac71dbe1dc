/** `textDocument/codeAction` and its resolve: fixes of the findings in a range, fix all, suppress with a reason, explain. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { CancellationToken, TextEdit } from '../../base/index.ts';
import { combineFixes, type Finding, firstFix } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { isFixData, titleOf, toWorkspaceEdit } from '../convert.ts';
import { isGo } from '../documents.ts';
import { toByteRange } from '../encoding.ts';
import { EXPLAIN_COMMAND, FIX_ALL_KIND, type FixAllData, type FixData, SHOW_RULE_COMMAND, SOURCE, SUPPRESS_KIND } from '../protocol.ts';
import type { FileReview } from '../reviews.ts';
import { placeAbove } from '../suppression.ts';
import { pathOfUri } from '../uri.ts';

const FIX_RULE_KIND = 'quickfix.fixRule.escapement';
const EXPLAIN_KIND = 'quickfix.explain.escapement';

interface Offer {
  readonly context: ServerContext;
  readonly review: FileReview;
  /** Kinds the client asks for; undefined for whatever there is. */
  readonly only: readonly string[] | undefined;
}

export async function codeActions(context: ServerContext, params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
  const path = pathOfUri(params.textDocument.uri);
  if (path === undefined || !isGo({ path })) return [];
  await context.settings.ready();
  const review = await context.reviews.file(path, token);
  if (review.findings.length === 0) return [];
  const offer: Offer = { context, review, only: params.context.only };
  const here = findingsIn(offer, params);
  return [
    ...here.flatMap(({ finding, diagnostic }) => fixActions(offer, finding, diagnostic)),
    ...fixRuleActions(
      offer,
      here.map(({ finding }) => finding.ruleId),
    ),
    ...here.flatMap(({ finding, diagnostic }) => suppressAction(offer, finding, diagnostic)),
    ...explainActions(offer, here),
    ...fixAllAction(offer),
  ];
}

/** Computes the edit of an action that was offered without; fails when the text is not the one it was offered for. */
export async function resolveCodeAction(context: ServerContext, action: CodeAction, token: CancellationToken): Promise<CodeAction> {
  const data: unknown = action.data;
  const wanted = isFixData(data) ? data : isFixAllData(data) ? data : undefined;
  if (wanted === undefined || action.edit !== undefined) return action;
  const path = pathOfUri(wanted.uri);
  if (path === undefined) throw textHasChanged();
  const review = await context.reviews.file(path, token);
  if (review.version !== wanted.version) throw textHasChanged();
  const edits = wanted.kind === 'fix' ? editsOfFix(review, wanted) : combineSafeFixes(review.findings, wanted.rule);
  const edit = edits === undefined ? undefined : toEdit(context, edits);
  if (edit === undefined) throw textHasChanged();
  return { ...action, edit };
}

interface Here {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

function findingsIn({ context, review }: Offer, { range }: CodeActionParams): Here[] {
  const { textOf, encoding } = context.reviews.conversion();
  const text = textOf(review.path);
  if (text === undefined || review.diagnostics.length !== review.findings.length) return [];
  const asked = toByteRange(text.lines, range, encoding);
  return review.findings
    .map((finding, i) => ({ finding, diagnostic: review.diagnostics[i] }))
    .filter(({ finding: { at } }) => at.start <= asked.end && asked.start <= at.end);
}

function fixActions(offer: Offer, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (!isWanted(offer, CodeActionKind.QuickFix)) return [];
  const preferred = finding.fixes.findIndex(({ safety }) => safety === 'safe');
  return finding.fixes.flatMap((fix, i) => {
    const { uri, version } = offer.review;
    const data: FixData = {
      kind: 'fix',
      uri,
      version,
      rule: finding.ruleId,
      title: fix.title,
      fingerprint: finding.fingerprint,
      fix: i,
      safety: fix.safety,
    };
    const action: CodeAction = {
      title: titleOf(fix),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(i === preferred ? { isPreferred: true } : {}),
      data,
    };
    return withEdit(offer, action, fix.edits);
  });
}

function fixRuleActions(offer: Offer, ruleIds: readonly string[]): CodeAction[] {
  if (!isWanted(offer, FIX_RULE_KIND)) return [];
  return [...new Set(ruleIds)].flatMap((rule) => {
    const fixable = offer.review.findings.filter(
      (finding) => finding.ruleId === rule && finding.fixes.some(({ safety }) => safety === 'safe'),
    );
    if (fixable.length < 2) return [];
    const { uri, version } = offer.review;
    const data: FixAllData = { kind: 'fixAll', uri, version, rule };
    return withEdit(offer, { title: `Fix all ${rule} in this file`, kind: FIX_RULE_KIND, data }, combineSafeFixes(fixable));
  });
}

function fixAllAction(offer: Offer): CodeAction[] {
  const isAsked = offer.only !== undefined && isWanted(offer, FIX_ALL_KIND);
  const edits = isAsked ? combineSafeFixes(offer.review.findings) : [];
  if (edits.length === 0) return [];
  const { uri, version } = offer.review;
  const data: FixAllData = { kind: 'fixAll', uri, version };
  return withEdit(offer, { title: 'Apply all safe fixes of Escapement', kind: FIX_ALL_KIND, data }, edits);
}

function suppressAction(offer: Offer, finding: Finding, diagnostic: Diagnostic): CodeAction[] {
  if (!isWanted(offer, SUPPRESS_KIND) || finding.ruleId === SOURCE) return [];
  const edit = suppressEdit(offer.context, offer.review, finding);
  if (edit === undefined) return [];
  return [{ title: `Suppress ${finding.ruleId} here, with a reason`, kind: SUPPRESS_KIND, diagnostics: [diagnostic], edit }];
}

/** With a placeholder for the reason where the client knows snippets. */
function suppressEdit(context: ServerContext, review: FileReview, finding: Finding): WorkspaceEdit | undefined {
  const source = context.documents.at(review.path)?.source ?? context.host.fileSystem.readFile(review.path);
  const conversion = context.reviews.conversion();
  const lines = conversion.textOf(review.path)?.lines;
  if (source === undefined || lines === undefined) return undefined;
  const { offset, indentation, lineBreak } = placeAbove(source, lines, finding.at.start);
  const directive = `${indentation}//escapement:ignore ${finding.ruleId} -- `;
  const range = { start: offset, end: offset };
  const plain = toWorkspaceEdit(
    [{ path: review.path, range, newText: `${directive}say why${lineBreak}` }],
    conversion,
    context.client().takesDocumentChanges,
  );
  if (plain === undefined || !context.client().takesSnippetEdits) return plain;
  const value = `${directive}\${1:reason}${lineBreak}`;
  const documentChanges = plain.documentChanges?.map((change) =>
    'edits' in change
      ? {
          ...change,
          edits: change.edits.map((edit) => ({
            range: 'range' in edit ? edit.range : NOWHERE,
            snippet: { kind: 'snippet' as const, value },
          })),
        }
      : change,
  );
  return { documentChanges };
}

const NOWHERE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function explainActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, EXPLAIN_KIND)) return [];
  const byRule = new Map(
    here.filter(({ finding }) => finding.ruleId !== SOURCE).map(({ finding, diagnostic }) => [finding.ruleId, diagnostic]),
  );
  const command = offer.context.client().runsExplain ? EXPLAIN_COMMAND : SHOW_RULE_COMMAND;
  return [...byRule].map(([rule, diagnostic]) => {
    const title = `Explain ${rule}`;
    return { title, kind: EXPLAIN_KIND, diagnostics: [diagnostic], command: { title, command, arguments: [rule] } };
  });
}

/** The edit now for clients that cannot ask for it later. */
function withEdit({ context }: Offer, action: CodeAction, edits: readonly TextEdit[]): CodeAction[] {
  if (context.client().resolvesEdits) return [action];
  const edit = toEdit(context, edits);
  return edit === undefined ? [] : [{ ...action, edit }];
}

function toEdit(context: ServerContext, edits: readonly TextEdit[]): WorkspaceEdit | undefined {
  return toWorkspaceEdit(edits, context.reviews.conversion(), context.client().takesDocumentChanges);
}

/** Every finding's first safe fix, as far as they go together; the others wait for the next round. */
function combineSafeFixes(findings: readonly Finding[], rule?: string): readonly TextEdit[] {
  const wanted = rule === undefined ? findings : findings.filter(({ ruleId }) => ruleId === rule);
  return combineFixes(wanted.flatMap((finding) => firstFix(finding, 'safe') ?? [])).edits;
}

function editsOfFix(review: FileReview, data: FixData): readonly TextEdit[] | undefined {
  return review.findings.find(({ fingerprint }) => fingerprint === data.fingerprint)?.fixes[data.fix]?.edits;
}

/** Kinds are hierarchical: who asks for `quickfix` gets `quickfix.suppress.escapement` too. */
function isWanted({ only }: Offer, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === '');
}

function isFixAllData(data: unknown): data is FixAllData {
  return (
    typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'fixAll' && 'uri' in data && typeof data.uri === 'string'
  );
}

function textHasChanged(): ResponseError {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
}
