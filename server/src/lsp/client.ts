/** What the client said it can do, read once at `initialize`. */
import type { InitializeParams } from 'vscode-languageserver';
import { chooseEncoding, type PositionEncoding } from './encoding.ts';
import { EXPLAIN_COMMAND, type InitializationOptions } from './protocol.ts';
import { pathOfUri } from './uri.ts';

export interface Client {
  readonly encoding: PositionEncoding;
  /** Asks for diagnostics itself; otherwise we publish them. */
  readonly pulls: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly resolvesTooltips: boolean;
  /** Whether hovers may be markdown. */
  readonly showsMarkdown: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfigurationChanges: boolean;
  readonly watchesFiles: boolean;
  /** Tells of folders that come and go. */
  readonly changesFolders: boolean;
  readonly takesDocumentChanges: boolean;
  readonly takesSnippetEdits: boolean;
  /** Knows code actions that are more than a command. */
  readonly takesActionLiterals: boolean;
  readonly resolvesEdits: boolean;
  /** Knows code actions that cannot be chosen, with the reason. */
  readonly takesDisabled: boolean;
  readonly showsProgress: boolean;
  readonly showsDocuments: boolean;
  /** Messages with buttons. */
  readonly showsMessages: boolean;
  readonly runsExplain: boolean;
  /** Makes edits that we send, and lets people look at them first. */
  readonly appliesEdits: boolean;
  readonly confirmsEdits: boolean;
  readonly createsFiles: boolean;
  readonly options: InitializationOptions;
  /** Directories of the workspace, absolute. */
  readonly roots: readonly string[];
}

export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument, window, general } = params.capabilities ?? {};
  const options = readOptions(params.initializationOptions);
  return {
    encoding: chooseEncoding(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    resolvesTooltips: (textDocument?.inlayHint?.resolveSupport?.properties ?? []).includes('tooltip'),
    showsMarkdown: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    answersConfiguration: workspace?.configuration === true,
    registersConfigurationChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    changesFolders: workspace?.workspaceFolders === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    takesDocumentChanges: workspace?.workspaceEdit?.documentChanges === true,
    takesSnippetEdits: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.snippetEditSupport === true,
    takesActionLiterals: textDocument?.codeAction?.codeActionLiteralSupport !== undefined,
    takesDisabled: textDocument?.codeAction?.disabledSupport === true,
    resolvesEdits:
      textDocument?.codeAction?.dataSupport === true && (textDocument.codeAction.resolveSupport?.properties ?? []).includes('edit'),
    showsProgress: window?.workDoneProgress === true,
    showsDocuments: window?.showDocument?.support === true,
    showsMessages: window?.showMessage !== undefined,
    appliesEdits: workspace?.applyEdit === true,
    confirmsEdits: workspace?.workspaceEdit?.documentChanges === true && workspace.workspaceEdit.changeAnnotationSupport !== undefined,
    createsFiles: (workspace?.workspaceEdit?.resourceOperations ?? []).includes('create'),
    runsExplain: options.commands?.includes(EXPLAIN_COMMAND) === true,
    options,
    roots: rootsOf(params),
  };
}

function readOptions(options: unknown): InitializationOptions {
  return typeof options === 'object' && options !== null ? options : {};
}

function rootsOf(params: InitializeParams): string[] {
  const root = params.rootUri ?? undefined;
  const uris = params.workspaceFolders?.map((folder) => folder.uri) ?? (root === undefined ? [] : [root]);
  return uris.flatMap((uri) => pathOfUri(uri) ?? []).map((path) => (path.length > 1 ? path.replace(/\/$/, '') : path));
}
