/**
 * `textDocument/codeAction`: of the findings in a range, in this order, the fixes, those of all findings of the rule in the file and the
 * workspace, suppression with a reason, turning the rule off, explanation.
 */
import { type CodeAction, CodeActionKind, type CodeActionParams, type Command, type Diagnostic } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import { type Finding, firstFix } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import { type Conversion, titleOf } from '../convert.ts';
import { isGo } from '../documents.ts';
import { toByteRange } from '../encoding.ts';
import { isPutAside } from '../notices.ts';
import {
  EXPLAIN_COMMAND,
  FIX_ALL_KIND,
  FIX_IN_WORKSPACE_COMMAND,
  type FixData,
  RETRY_COMMAND,
  SHOW_RULE_COMMAND,
  SOURCE,
  SUPPRESS_KIND,
} from '../protocol.ts';
import type { FileReview, StandingReview } from '../reviews.ts';
import { pathOfUri } from '../uri.ts';
import { type ActionData, editOfData } from './code-action-edit.ts';
import { disablingEdit } from './disable-rule.ts';

const FIX_RULE_KIND = 'quickfix.fixRule.escapement';
const DISABLE_KIND = 'quickfix.disable.escapement';
const EXPLAIN_KIND = 'quickfix.explain.escapement';
/** Who asks about more findings at once shows no menu: it wants the fixes. */
const MENU_FINDINGS = 8;

interface Offer {
  readonly context: ServerContext;
  readonly review: StandingReview;
  readonly conversion: Conversion;
  /** Kinds the client asks for; undefined for whatever there is. */
  readonly only: readonly string[] | undefined;
}

interface Here {
  readonly finding: Finding;
  readonly diagnostic: Diagnostic;
}

/** A client that knows no literals gets the commands: what is an edit has no other form. */
export async function codeActions(
  context: ServerContext,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<(CodeAction | Command)[]> {
  const actions = await offeredActions(context, params, token);
  return context.client().takesActionLiterals ? actions : actions.flatMap(({ command }) => command ?? []);
}

async function offeredActions(context: ServerContext, params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
  const path = pathOfUri(params.textDocument.uri);
  if (path === undefined || !isGo({ path })) return [];
  await context.settings.ready();
  const review = await context.reviews.withStandingFixes(path, token);
  if (review.skipped.some(({ why }) => isPutAside(why))) return [retryAction(review)];
  if (review.findings.length === 0) return [];
  const offer: Offer = { context, review, conversion: context.reviews.conversion(), only: params.context.only };
  const here = findingsIn(offer, params);
  const menu =
    here.length > MENU_FINDINGS
      ? []
      : [
          ...fixRuleActions(offer, here),
          ...fixInWorkspaceActions(offer, here),
          ...suppressActions(offer, here),
          ...disableActions(offer, here),
        ];
  const actions = [...fixActions(offer, here), ...refutedActions(offer, here), ...menu, ...fixAllAction(offer)];
  const { takesActionLiterals, resolvesEdits } = context.client();
  const isWhole = resolvesEdits || !takesActionLiterals;
  const withEdits = isWhole ? actions : await Promise.all(actions.map((action) => withEdit(offer, action)));
  const explanations = here.length > MENU_FINDINGS ? [] : explainActions(offer, here);
  return [...withEdits.flatMap((action) => action ?? []), ...explanations];
}

/** For a file that is put aside, which has nothing but the notice. */
function retryAction({ uri, diagnostics }: FileReview): CodeAction {
  const title = 'Review this file again';
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [...diagnostics],
    command: { title, command: RETRY_COMMAND, arguments: [uri] },
  };
}

function findingsIn({ review, conversion }: Offer, { range }: CodeActionParams): Here[] {
  const text = conversion.textOf(review.path);
  if (text === undefined || review.diagnostics.length < review.findings.length) return [];
  const asked = toByteRange(text.lines, range, conversion.encoding);
  return review.findings
    .map((finding, i) => ({ finding, diagnostic: review.diagnostics[i] }))
    .filter(({ finding: { at, isKept } }) => isKept !== true && at.start <= asked.end && asked.start <= at.end);
}

function fixActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, CodeActionKind.QuickFix)) return [];
  return here.flatMap(({ finding, diagnostic }) => {
    const preferred = firstFix(finding, 'safe');
    return finding.fixes.map((fix, i) => ({
      title: titleOf(fix),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      ...(fix === preferred ? { isPreferred: true } : {}),
      data: fixData(offer.review, finding, i),
    }));
  });
}

/** For clients that show, or count, what there would have been. */
function refutedActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!offer.context.client().takesDisabled || !isWanted(offer, CodeActionKind.QuickFix)) return [];
  return here.flatMap(({ finding, diagnostic }) =>
    offer.review.refuted
      .filter(({ fingerprint }) => fingerprint === finding.fingerprint)
      .map(() => ({
        title: `Fix ${finding.ruleId}`,
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        disabled: { reason: 'the analysis of the edited text finds no gain in it' },
        data: { kind: 'refuted', fingerprint: finding.fingerprint },
      })),
  );
}

function fixData({ uri, version }: FileReview, { ruleId, fingerprint, fixes }: Finding, index: number): FixData {
  const { title, safety, dropped, declares, guess } = fixes[index];
  const together = { ...(dropped && { dropped }), ...(declares && { declares }), ...(guess && { guess }) };
  return { kind: 'fix', uri, version, rule: ruleId, title, fingerprint, fix: index, safety, ...together };
}

function fixRuleActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, FIX_RULE_KIND)) return [];
  const { findings, uri, version } = offer.review;
  return byRule(here).flatMap(([rule, diagnostic]) => {
    const fixable = findings.filter((finding) => finding.ruleId === rule && firstFix(finding, 'safe') !== undefined);
    if (fixable.length < 2) return [];
    const data: ActionData = { kind: 'fixAll', uri, version, rule };
    return [{ title: `Fix all ${rule} in this file`, kind: FIX_RULE_KIND, diagnostics: [diagnostic], data }];
  });
}

/** The edits are worked out when the command runs: they may be of any file. */
function fixInWorkspaceActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, FIX_RULE_KIND) || !offer.context.client().appliesEdits) return [];
  return byRule(here.filter(({ finding }) => firstFix(finding, 'safe') !== undefined)).map(([rule, diagnostic]) => {
    const title = `Fix all ${rule} in the workspace…`;
    const command = { title, command: FIX_IN_WORKSPACE_COMMAND, arguments: [rule] };
    return { title, kind: FIX_RULE_KIND, diagnostics: [diagnostic], command };
  });
}

/** Actions of a rule belong to one of its findings too, because editors put what belongs to none at the end. */
function byRule(here: readonly Here[]): [string, Diagnostic][] {
  return [...new Map(here.map(({ finding, diagnostic }) => [finding.ruleId, diagnostic]))];
}

/** Where the configuration can be edited and decides. */
function disableActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, DISABLE_KIND)) return [];
  return byRule(here).flatMap(([rule, diagnostic]) => {
    const disabling = disablingEdit(offer.context, offer.review.path, rule);
    if (disabling === undefined) return [];
    return [{ title: `Turn ${rule} off in ${disabling.name}`, kind: DISABLE_KIND, diagnostics: [diagnostic], edit: disabling.edit }];
  });
}

/** Only for who asks for it: it is no answer to a click on one finding. */
function fixAllAction(offer: Offer): CodeAction[] {
  const isAsked = offer.only !== undefined && isWanted(offer, FIX_ALL_KIND);
  const { findings, uri, version } = offer.review;
  if (!isAsked || findings.every((finding) => firstFix(finding, 'safe') === undefined)) return [];
  return [{ title: 'Apply all safe fixes of Escapement', kind: FIX_ALL_KIND, data: { kind: 'fixAll', uri, version } }];
}

function suppressActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, SUPPRESS_KIND)) return [];
  const { uri, version } = offer.review;
  return here
    .filter(({ finding }) => finding.ruleId !== SOURCE)
    .map(({ finding: { ruleId, fingerprint }, diagnostic }) => {
      const data: ActionData = { kind: 'suppress', uri, version, fingerprint };
      return { title: `Suppress ${ruleId} here, with a reason`, kind: SUPPRESS_KIND, diagnostics: [diagnostic], data };
    });
}

function explainActions(offer: Offer, here: readonly Here[]): CodeAction[] {
  if (!isWanted(offer, EXPLAIN_KIND)) return [];
  const command = offer.context.client().runsExplain ? EXPLAIN_COMMAND : SHOW_RULE_COMMAND;
  return byRule(here).map(([rule, diagnostic]) => {
    const title = `Explain ${rule}`;
    return { title, kind: EXPLAIN_KIND, diagnostics: [diagnostic], command: { title, command, arguments: [rule] } };
  });
}

/** For clients that cannot ask for the edit later. */
async function withEdit({ context, review, conversion }: Offer, action: CodeAction): Promise<CodeAction | undefined> {
  if (action.disabled !== undefined || action.edit !== undefined || action.command !== undefined) return action;
  const edit = await editOfData(context, review, action.data, conversion);
  return edit === undefined ? undefined : { ...action, edit };
}

/** Kinds are hierarchical: who asks for `quickfix` gets `quickfix.suppress.escapement` too. */
function isWanted({ only }: Offer, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === '');
}
