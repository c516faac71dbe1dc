/** The commands that package.json declares. */
import { commands, type Disposable, env, window } from 'vscode';
import { DEBUG_REQUEST, EXPLAIN_COMMAND, FIX_ALL_KIND } from '../../server/src/lsp/protocol.ts';
import type { EscapementClient } from './client.ts';
import { showRulePage } from './rule-pages.ts';

export function registerCommands(client: EscapementClient): Disposable[] {
  return [
    commands.registerCommand('escapement.restart', () => client.restartAnew()),
    commands.registerCommand('escapement.showOutput', () => client.output.show()),
    commands.registerCommand('escapement.fixAll', fixAllInFile),
    commands.registerCommand('escapement.copyDebugInformation', () => copyDebugInformation(client)),
    commands.registerCommand(EXPLAIN_COMMAND, (rule?: string) => showRulePage(client, rule)),
  ];
}

/** Of the active editor, or of one in view when a page without text is active, such as the walkthrough. */
async function fixAllInFile(): Promise<void> {
  const inView = window.visibleTextEditors.find(({ document }) => document.languageId === 'go');
  if (window.activeTextEditor === undefined && inView !== undefined) await window.showTextDocument(inView.document, inView.viewColumn);
  await commands.executeCommand('editor.action.codeAction', { kind: FIX_ALL_KIND, apply: 'first' });
}

async function copyDebugInformation(client: EscapementClient): Promise<void> {
  const answer = await client.request<{ text: string }>(DEBUG_REQUEST, {});
  await env.clipboard.writeText(answer?.text ?? `Escapement ${client.version}: the language server is not running`);
  await window.showInformationMessage('Escapement: debug information copied. It holds no source text.');
}
