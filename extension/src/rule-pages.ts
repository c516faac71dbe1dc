/** Rule pages as read-only documents, rendered by the editor's own Markdown preview, so that they work offline. */
import { commands, type Disposable, languages, Uri, window, workspace } from 'vscode';
import { EXPLAIN_REQUEST, SOURCE } from '../../server/src/lsp/protocol.ts';
import type { EscapementClient } from './client.ts';
import { ruleOf } from './finding.ts';

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

/** Opens the page of `rule`, else that of the finding under the cursor, else of the one that the user picks. */
export async function showRulePage(client: EscapementClient, rule: string | undefined): Promise<void> {
  const chosen = rule ?? ruleAtCursor() ?? (await askForRule(client));
  if (chosen === undefined) return;
  await commands.executeCommand('markdown.showPreview', Uri.from({ scheme: SCHEME, path: `/${chosen}.md` }));
}

/** Of the narrowest finding, where several are under the cursor. */
function ruleAtCursor(): string | undefined {
  const editor = window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source, range }) => source === SOURCE && range.contains(editor.selection.active))
    .sort((a, b) => (a.range.contains(b.range) ? 1 : -1));
  return here.length === 0 ? undefined : ruleOf(here[0]);
}

async function askForRule(client: EscapementClient): Promise<string | undefined> {
  return window.showQuickPick(client.ruleIds, { title: 'Escapement: explain a rule' });
}
