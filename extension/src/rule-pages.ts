/** Rule pages as read-only documents, rendered by the editor's own Markdown preview, so that they work offline. */
import { commands, type Disposable, Uri, window, workspace } from 'vscode';
import { EXPLAIN_REQUEST } from '../../server/src/lsp/protocol.ts';
import type { EscapementClient } from './client.ts';

const SCHEME = 'escapement-rule';

export function registerRulePages(client: EscapementClient): Disposable {
  return workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => {
      const rule = uri.path.replace(/^\/|\.md$/g, '');
      const page = await client.request<{ markdown: string } | null>(EXPLAIN_REQUEST, { rule });
      return page?.markdown ?? `# ${rule}\n\nThere is no such rule, or the language server is not running.\n`;
    },
  });
}

/** Opens the page of `rule`, or asks which one when called from the command palette. */
export async function showRulePage(client: EscapementClient, rule: string | undefined): Promise<void> {
  const chosen = rule ?? (await askForRule(client));
  if (chosen === undefined) return;
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme: SCHEME, path: `/${chosen}.md` }));
}

async function askForRule(client: EscapementClient): Promise<string | undefined> {
  return window.showQuickPick(client.ruleIds, { title: 'Escapement: explain a rule' });
}
