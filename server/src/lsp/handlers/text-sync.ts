/** `didOpen`, `didChange`, `didClose`, `didSave`: the store and the analysis follow the editor. */
import type {
  DidChangeTextDocumentParams,
  DidCloseTextDocumentParams,
  DidOpenTextDocumentParams,
  DidSaveTextDocumentParams,
} from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import type { Snapshot } from '../documents.ts';
import { isConfiguration } from './watched-files.ts';

export function didOpen(context: ServerContext, params: DidOpenTextDocumentParams): Snapshot | undefined {
  const { documents, host, reviews, settings, workspace } = context;
  const snapshot = documents.open(params);
  if (snapshot === undefined) return undefined;
  if (isConfiguration(context, snapshot.path)) void settings.refold();
  else void settings.documentOpened(snapshot.path);
  workspace.documentMoved(snapshot.path, true);
  host.service.open({ path: snapshot.path, version: snapshot.version, text: snapshot.text });
  reviews.touchDocument(snapshot.path);
  return snapshot;
}

export function didChange(context: ServerContext, params: DidChangeTextDocumentParams): Snapshot | undefined {
  const { documents, host, reviews, settings } = context;
  const snapshot = documents.change(params);
  if (snapshot === undefined) return undefined;
  if (isConfiguration(context, snapshot.path)) void settings.refold();
  host.service.change({ path: snapshot.path, version: snapshot.version, text: snapshot.text });
  reviews.touchDocument(snapshot.path);
  return snapshot;
}

export function didClose(context: ServerContext, { textDocument }: DidCloseTextDocumentParams): Snapshot | undefined {
  const { documents, host, reviews, settings, workspace } = context;
  const snapshot = documents.close(textDocument.uri);
  if (snapshot === undefined) return undefined;
  if (isConfiguration(context, snapshot.path)) void settings.refold();
  workspace.documentMoved(snapshot.path, false);
  host.service.close(snapshot.path);
  reviews.touchDocument(snapshot.path);
  return snapshot;
}

/** A configuration file that is open was read from the editor already; this is for clients that do not watch files. */
export function didSave(context: ServerContext, { textDocument }: DidSaveTextDocumentParams): void {
  const { documents, settings } = context;
  const snapshot = documents.get(textDocument.uri);
  if (snapshot !== undefined && isConfiguration(context, snapshot.path)) void settings.refold();
}
