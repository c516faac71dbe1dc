/** Client settings and configuration files as one answer. The last good configuration holds while its file is broken. */
import { type FileSystem, isWithin, joinPath } from '../base/index.ts';
import { type Configuration, findConfiguration, parseConfiguration, resolveSettings } from '../config/index.ts';
import type { ConfigurationProblem, ServerHost } from '../lsp/index.ts';

const decoder = new TextDecoder();

/** Keeps, per host, the last good reading of each file. */
export function createSettler(fileSystem: FileSystem): ServerHost['settle'] {
  const lastGood = new Map<string, Configuration>();
  return ({ client, roots, openText }) => {
    const path = configurationPath(fileSystem, client.config, roots);
    const bytes = path === undefined ? undefined : (openText(path) ?? fileSystem.readFile(path));
    if (path === undefined) return { settings: resolveSettings(client, undefined), problems: [], files: [] };
    if (bytes === undefined) {
      const problem: ConfigurationProblem = { path, message: `cannot read the configuration ${path}`, severity: 'error' };
      return { settings: resolveSettings(client, lastGood.get(path)), problems: [problem], files: [] };
    }
    const { configuration, problems } = parseConfiguration(path, decoder.decode(bytes));
    if (configuration !== undefined && problems.length === 0) lastGood.set(path, configuration);
    return {
      settings: resolveSettings(client, lastGood.get(path) ?? configuration),
      problems: problems.map(({ at, message }) => ({ path, range: at, message, severity: 'error' })),
      files: [path],
    };
  };
}

/** A path the client names is relative to the first folder; otherwise the nearest file at or above a folder. */
function configurationPath(fileSystem: FileSystem, named: string | false | null | undefined, roots: readonly string[]): string | undefined {
  if (named === false) return undefined;
  const [root] = roots;
  if (typeof named === 'string' && named !== '') return joinPath(root ?? '/', named.replaceAll('\\', '/'));
  for (const each of roots) {
    const found = findConfiguration(fileSystem, each);
    if (found !== undefined && (each === root || !isWithin(root ?? '', each))) return found;
  }
  return undefined;
}
