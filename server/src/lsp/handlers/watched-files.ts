/** `workspace/didChangeWatchedFiles`: Go files, module files and configuration files that changed outside the editor. */
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { baseName } from '../../base/index.ts';
import { isConfigurationName } from '../../config/index.ts';
import type { ServerContext } from '../context.ts';
import { pathOfUri } from '../uri.ts';

const WATCHERS: FileSystemWatcher[] = ['**/*.go', '**/go.mod', '**/go.work', '**/.escapement.{yml,yaml,toml,json}'].map((globPattern) => ({
  globPattern,
}));

/** Whether the path is the configuration in force, or could become it. */
export function isConfiguration({ settings }: ServerContext, path: string): boolean {
  return settings.files.includes(path) || isConfigurationName(baseName(path));
}

export async function registerWatchers({ connection, client }: ServerContext): Promise<void> {
  if (client().watchesFiles) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

/** Whether open documents may read differently now, so that the client should pull them again. */
export function didChangeWatchedFiles(context: ServerContext, { changes }: DidChangeWatchedFilesParams): boolean {
  const { host, reviews, settings, workspace, documents } = context;
  const events = changes.flatMap(({ uri, type }) => {
    const path = pathOfUri(uri);
    return path === undefined ? [] : [{ path, type }];
  });
  const configurations = events.filter(({ path }) => isConfiguration(context, path));
  // The next walk tells which directories have one of their own.
  if (configurations.some(({ type }) => type !== FileChangeType.Changed)) workspace.forgetFiles();
  if (configurations.length > 0) void settings.refold();
  const sources = events.filter(({ path }) => !isConfiguration(context, path));
  // What is open was read from the editor: its saving changes nothing.
  const unread = sources.filter(({ path, type }) => type !== FileChangeType.Changed || documents.at(path) === undefined);
  if (unread.length === 0) return false;
  const paths = unread.map(({ path }) => path);
  host.service.invalidate(paths);
  reviews.drop(paths);
  if (unread.every(({ path, type }) => type === FileChangeType.Changed && path.endsWith('.go'))) {
    for (const path of paths) reviews.touchDocument(path);
    reviews.settle();
  } else {
    workspace.forgetFiles();
    reviews.touchAll();
  }
  return true;
}
