/**
 * Diagnostics and code actions back to findings and fixes. Ours come back whole. Those of another server lack what LSP has no
 * place for, so it is made up cautiously: a fix that nobody vouches for is a suggestion.
 */
import { createHash } from 'node:crypto';
import {
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type Command,
  type Diagnostic,
  type Range,
} from 'vscode-languageserver-protocol/node';
import { type Conversion, fixOfAction, fromWorkspaceEdit, SOURCE, toFinding, uriOfPath } from '../../lsp/index.ts';
import type { Finding, Fix, Review, RuleFault } from '../../review/index.ts';
import type { Client } from './client.ts';
import type { FileDiagnostics } from './diagnostics.ts';

export type FileReview = Pick<Review, 'findings' | 'faults'> & Required<Pick<Review, 'suppressed'>>;

interface Pair {
  readonly diagnostic: Diagnostic;
  readonly finding: Finding;
}

/** Whether the fixes of a finding are wanted. */
export type WantsFixes = (finding: Finding) => boolean;

/** Findings of one file. With their fixes where those are wanted; one that cannot be had then becomes a fault. */
export async function findingsOfFile(client: Client, { path, diagnostics }: FileDiagnostics, wants: WantsFixes): Promise<FileReview> {
  const { conversion } = client;
  const all = diagnostics.flatMap((diagnostic): Pair[] => {
    const finding =
      diagnostic.source === SOURCE ? toFinding(diagnostic, uriOfPath(path), conversion) : foreignFinding(diagnostic, path, conversion);
    return finding === undefined ? [] : [{ diagnostic, finding }];
  });
  const pairs = all.filter(({ finding }) => finding.suppression === undefined);
  const suppressed = all.map(({ finding }) => finding).filter(({ suppression }) => suppression !== undefined);
  const { codeActionProvider } = client.capabilities;
  if (codeActionProvider === undefined || codeActionProvider === false) {
    return { findings: pairs.map(({ finding }) => finding), suppressed, faults: [] };
  }
  const ours = pairs.filter(({ diagnostic, finding }) => diagnostic.source === SOURCE && fixCount(diagnostic) > 0 && wants(finding));
  const { fixes, withheld } = await fixesOfOurs(client, path, ours);
  const faults: RuleFault[] = [];
  const findings: Finding[] = [];
  for (const { diagnostic, finding } of pairs) {
    if (!wants(finding)) {
      findings.push(finding);
      continue;
    }
    const its = diagnostic.source === SOURCE ? (fixes.get(finding.fingerprint) ?? []) : await foreignFixes(client, path, diagnostic);
    findings.push(its.length === 0 ? finding : { ...finding, fixes: its });
    if (its.length + (withheld.get(finding.fingerprint) ?? 0) < fixCount(diagnostic))
      faults.push({ path, ruleId: finding.ruleId, message: 'the server did not give all fixes of a finding' });
  }
  return { findings, suppressed, faults };
}

/** By the finding's fingerprint. */
interface FixesOfFile {
  readonly fixes: ReadonlyMap<string, readonly Fix[]>;
  /** Number of those that the server knows not to help. */
  readonly withheld: ReadonlyMap<string, number>;
}

/** In the order in which the rule offers them. */
async function fixesOfOurs(client: Client, path: string, pairs: readonly Pair[]): Promise<FixesOfFile> {
  const withheld = new Map<string, number>();
  const indexed = new Map<string, { readonly index: number; readonly fix: Fix }[]>();
  if (pairs.length > 0) {
    const diagnostics = pairs.map(({ diagnostic }) => diagnostic);
    for (const action of await actionsFor(client, path, around(diagnostics), diagnostics)) {
      if (action.disabled !== undefined) {
        const fingerprint = fingerprintOf(action.data);
        withheld.set(fingerprint, (withheld.get(fingerprint) ?? 0) + 1);
        continue;
      }
      const found = fixOfAction(await resolved(client, action), client.conversion);
      if (found === undefined) continue;
      const { fingerprint, fix: index } = found.data;
      indexed.set(fingerprint, [...(indexed.get(fingerprint) ?? []), { index, fix: found.fix }]);
    }
  }
  const fixes = new Map(
    [...indexed].map(([fingerprint, found]) => [fingerprint, found.sort((a, b) => a.index - b.index).map(({ fix }) => fix)]),
  );
  return { fixes, withheld };
}

function fingerprintOf(data: unknown): string {
  return typeof data === 'object' && data !== null && 'fingerprint' in data ? String(data.fingerprint) : '';
}

async function foreignFixes(client: Client, path: string, diagnostic: Diagnostic): Promise<readonly Fix[]> {
  const fixes: Fix[] = [];
  for (const action of await actionsFor(client, path, diagnostic.range, [diagnostic])) {
    if (action.disabled !== undefined) continue;
    const { title, edit } = await resolved(client, action);
    const edits = edit === undefined ? undefined : fromWorkspaceEdit(edit, client.conversion);
    if (edits !== undefined && edits.length > 0) fixes.push({ title, safety: 'suggestion', edits });
  }
  return fixes;
}

async function actionsFor(client: Client, path: string, range: Range, diagnostics: Diagnostic[]): Promise<readonly CodeAction[]> {
  const params = { textDocument: { uri: uriOfPath(path) }, range, context: { diagnostics, only: ['quickfix'] } };
  const answer = await client.ask(() => client.connection.sendRequest(CodeActionRequest.type, params));
  return (answer ?? []).filter((action): action is CodeAction => !isCommand(action));
}

async function resolved(client: Client, action: CodeAction): Promise<CodeAction> {
  const provider = client.capabilities.codeActionProvider;
  const canResolve = typeof provider === 'object' && provider.resolveProvider === true;
  if (action.edit !== undefined || action.data === undefined || !canResolve) return action;
  return client.ask(() => client.connection.sendRequest(CodeActionResolveRequest.type, action));
}

function isCommand(action: CodeAction | Command): action is Command {
  return typeof action.command === 'string';
}

function around(diagnostics: readonly Diagnostic[]): Range {
  const byStart = [...diagnostics].sort((a, b) => compare(a.range.start, b.range.start));
  const byEnd = [...diagnostics].sort((a, b) => compare(b.range.end, a.range.end));
  return { start: byStart[0].range.start, end: byEnd[0].range.end };
}

function compare(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.character - b.character;
}

function fixCount({ data }: Diagnostic): number {
  return typeof data === 'object' && data !== null && 'fixes' in data && typeof data.fixes === 'number' ? data.fixes : 0;
}

function foreignFinding(diagnostic: Diagnostic, path: string, conversion: Conversion): Finding | undefined {
  const finding = toFinding({ ...diagnostic, source: SOURCE, data: undefined }, uriOfPath(path), conversion);
  if (finding === undefined) return undefined;
  const ruleId = kebabCase(String(diagnostic.code ?? diagnostic.source ?? 'diagnostic'));
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([ruleId, diagnostic.message, diagnostic.range.start.line]))
    .digest('hex')
    .slice(0, 16);
  return { ...finding, ruleId, certainty: 'likely', fingerprint };
}

/** An id as ours look: other tools count, shout or use dots. */
function kebabCase(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const id = words.join('-');
  return /^[a-z]/.test(id) ? id : `rule-${id}`;
}
