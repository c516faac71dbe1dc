/** `initialize`: what we offer, given what the client can do. */
import { type InitializeResult, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Client } from '../client.ts';
import { FIX_ALL_KIND, FIX_IN_WORKSPACE_COMMAND, RETRY_COMMAND, SHOW_RULE_COMMAND, SOURCE, SUPPRESS_KIND } from '../protocol.ts';

export function initializeResult(client: Client, version: string): InitializeResult {
  return {
    serverInfo: { name: SOURCE, version },
    capabilities: {
      positionEncoding: client.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      ...(client.pulls
        ? { diagnosticProvider: { identifier: SOURCE, interFileDependencies: true, workspaceDiagnostics: true, workDoneProgress: true } }
        : {}),
      codeActionProvider: client.takesActionLiterals
        ? { codeActionKinds: ['quickfix', FIX_ALL_KIND, SUPPRESS_KIND], resolveProvider: true }
        : true,
      executeCommandProvider: {
        commands: [SHOW_RULE_COMMAND, FIX_IN_WORKSPACE_COMMAND, RETRY_COMMAND].filter(
          (each) => client.appliesEdits || each !== FIX_IN_WORKSPACE_COMMAND,
        ),
      },
      hoverProvider: true,
      inlayHintProvider: { resolveProvider: true },
      codeLensProvider: { resolveProvider: false },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
