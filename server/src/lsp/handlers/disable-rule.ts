/** The edit that turns a rule off in the configuration in force, or in a new one at the root of the folder. */
import type { WorkspaceEdit } from 'vscode-languageserver';
import { baseName, changedLines, directoryOf, isWithin, LineTable } from '../../base/index.ts';
import { CONFIGURATION_NAMES, configurationWithout, disableRule } from '../../config/index.ts';
import { ruleById } from '../../rules/index.ts';
import type { ServerContext } from '../context.ts';
import { toLspRange } from '../encoding.ts';
import { uriOfPath } from '../uri.ts';

interface Disabling {
  /** Of the configuration file. */
  readonly name: string;
  readonly edit: WorkspaceEdit;
}

/** Undefined where the edit would change nothing: the client's settings speak for the rule, or the configuration has errors. */
export function disablingEdit(context: ServerContext, path: string, rule: string): Disabling | undefined {
  const { settings, client, workspace } = context;
  const { takesDocumentChanges, createsFiles } = client();
  if (ruleById(rule) === undefined || !settings.followsConfiguration(rule) || !takesDocumentChanges) return undefined;
  const known = settings.fileFor(path);
  if (known !== undefined) return editOfKnown(context, known, rule);
  if (!createsFiles) return undefined;
  const around = workspace.roots.filter((root) => isWithin(root, path)).sort((a, b) => b.length - a.length);
  const directory = around[0] ?? directoryOf(path);
  return creation(`${directory === '/' ? '' : directory}/${CONFIGURATION_NAMES[0]}`, rule);
}

function editOfKnown({ documents, host, client }: ServerContext, path: string, rule: string): Disabling | undefined {
  const document = documents.at(path);
  const source = document?.source ?? host.fileSystem.readFile(path);
  const text = source === undefined ? undefined : (document?.text ?? new TextDecoder().decode(source));
  const changed = text === undefined ? undefined : disableRule(path, text, rule);
  if (source === undefined || changed === undefined) return undefined;
  const bytes = new TextEncoder().encode(changed);
  const lines = changedLines(source, bytes);
  const newText = new TextDecoder().decode(bytes.subarray(lines.range.start, lines.endAfter));
  const range = toLspRange(new LineTable(source, 'lsp'), lines.range, client().encoding);
  const textDocument = { uri: document?.uri ?? uriOfPath(path), version: document?.version ?? null };
  return { name: baseName(path), edit: { documentChanges: [{ textDocument, edits: [{ range, newText }] }] } };
}

function creation(path: string, rule: string): Disabling {
  const uri = uriOfPath(path);
  const start = { line: 0, character: 0 };
  const edits = [{ range: { start, end: start }, newText: configurationWithout(rule) }];
  const documentChanges = [
    { kind: 'create' as const, uri },
    { textDocument: { uri, version: null }, edits },
  ];
  return { name: baseName(path), edit: { documentChanges } };
}
