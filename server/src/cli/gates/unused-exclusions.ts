/** Exclusions and overrides that stand for nothing any more: what they spoke of is gone, and what comes to lie there would go unseen. */
import { isWithin, relativePath } from '../../base/index.ts';
import { type Configuration, matchesPattern } from '../../config/index.ts';
import { forTerminal } from '../../report/index.ts';
import type { Plan } from '../plan.ts';

/** A phrase for each, where the configuration asks for them and all that it holds for was to be reviewed; `held` answers absolute paths. */
export async function unusedExclusions(
  { configuration, targets, only, stdinPath }: Plan,
  held: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  if (configuration?.exclusions.warnUnused !== true || only !== undefined || stdinPath !== undefined) return [];
  if (!targets.some(({ path }) => isWithin(path, configuration.directory))) return [];
  return unusedIn(configuration, await held());
}

function unusedIn({ directory, exclusions, overrides }: Configuration, files: readonly string[]): readonly string[] {
  const below = files.filter((path) => isWithin(directory, path)).map((path) => relativePath(directory, path));
  const isUnused = (pattern: string): boolean => !below.some((path) => matchesPattern(pattern, path));
  const ofPaths = (exclusions.paths ?? []).filter(isUnused).map((pattern) => ({ key: 'exclusions.paths', pattern }));
  const ofRules = (exclusions.rules ?? []).flatMap(({ path }) => (isUnused(path) ? [{ key: 'exclusions.rules', pattern: path }] : []));
  const ofOverrides = overrides.flatMap(({ path }) => (isUnused(path) ? [{ key: 'overrides', pattern: path }] : []));
  return [...ofPaths, ...ofRules, ...ofOverrides].map(
    ({ key, pattern }) => `${key}: ${forTerminal(JSON.stringify(pattern))} matches no file`,
  );
}
