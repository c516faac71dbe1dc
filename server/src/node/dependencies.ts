/** Where third-party sources are read from, in words for a bug report. */
import type { FileSystem } from '../base/index.ts';
import { dependencyReport, type GoEnvironment } from '../model/index.ts';
import { readGoEnvironment } from './go-environment.ts';

/** Modules named before the rest is counted. */
const NAMED = 10;

/** One line per directory that lies in a module. Paths of modules that are missing only with `names`, because they may be private. */
export function dependencyLines(fs: FileSystem, directories: readonly string[], names: boolean): string[] {
  const environment = readGoEnvironment();
  return directories.flatMap((directory) => {
    const report = dependencyReport(fs, directory, environment);
    if (report === undefined) return [];
    const { source, required, missing } = report;
    const from = source === 'module cache' ? `${source} (${ORIGIN[environment.moduleCacheFrom]})` : source;
    const listed = names && missing.length > 0 ? `: ${missing.slice(0, NAMED).join(', ')}${missing.length > NAMED ? ', …' : ''}` : '';
    return [`third-party sources: ${from}; modules required ${required}, not on disk ${missing.length}${listed}`];
  });
}

const ORIGIN: Readonly<Record<GoEnvironment['moduleCacheFrom'], string>> = {
  GOMODCACHE: 'named by GOMODCACHE',
  GOPATH: 'below GOPATH',
  default: 'in its default place',
};
