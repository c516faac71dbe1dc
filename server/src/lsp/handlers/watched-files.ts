/** `workspace/didChangeWatchedFiles`: Go files, module files and configuration files that changed outside the editor. */
import {
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type FileSystemWatcher,
} from 'vscode-languageserver';
import { baseName } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { pathOfUri } from '../uri.ts';

const WATCHERS: FileSystemWatcher[] = ['**/*.go', '**/go.mod', '**/go.work', '**/.escapement.{yml,yaml,toml,json}'].map((globPattern) => ({
  globPattern,
}));

/** Whether a configuration file of ours has this name. */
export function isConfigurationFile(path: string): boolean {
  return /^\.escapement\.(yml|yaml|toml|json)$/.test(baseName(path));
}

export async function registerWatchers({ connection, client }: ServerContext): Promise<void> {
  if (client().watchesFiles) await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
}

/** Whether anything changed that other files' reviews rest on. */
export function didChangeWatchedFiles(context: ServerContext, { changes }: DidChangeWatchedFilesParams): boolean {
  const { host, reviews, settings, workspace } = context;
  const events = changes.flatMap(({ uri, type }) => {
    const path = pathOfUri(uri);
    return path === undefined ? [] : [{ path, type }];
  });
  if (events.some(({ path }) => isConfigurationFile(path))) void settings.refold();
  const sources = events.filter(({ path }) => !isConfigurationFile(path));
  if (sources.length === 0) return false;
  const paths = sources.map(({ path }) => path);
  host.service.invalidate(paths);
  if (sources.some(({ path, type }) => type !== FileChangeType.Changed || !path.endsWith('.go'))) workspace.forgetFiles();
  reviews.drop(paths);
  reviews.touchAll();
  return true;
}
