/** Where the sources of other modules come from for the module at a directory, for whoever asks why something is unknown. */
import type { FileSystem } from '../../base/index.ts';
import type { GoEnvironment } from './go-environment.ts';
import { ModuleMap } from './workspace-modules.ts';

export interface DependencyReport {
  readonly source: 'vendor directory' | 'module cache' | 'nowhere';
  /** Modules that the build may need and that are no part of it. */
  readonly required: number;
  /** Those of them that are not on disk, as `path@version`, sorted. Of a vendor directory nothing is missing. */
  readonly missing: readonly string[];
}

/** Undefined outside a module. */
export function dependencyReport(fs: FileSystem, directory: string, environment: GoEnvironment): DependencyReport | undefined {
  const modules = new ModuleMap(
    (path) => fs.readFile(path),
    undefined,
    () => environment,
    (path) => fs.list(path).length > 0,
  );
  const build = modules.buildAt(directory);
  if (build === undefined) return undefined;
  const required = build.requirements();
  if (build.vendor !== undefined) return { source: 'vendor directory', required: required.length, missing: [] };
  const missing = required.filter((module) => !build.has(module)).map(({ path, version }) => `${path}@${version}`);
  const source = environment.moduleCache === undefined ? 'nowhere' : 'module cache';
  return { source, required: required.length, missing: missing.sort() };
}
