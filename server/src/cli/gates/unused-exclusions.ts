/** Exclusions and overrides that stand for nothing any more: what they spoke of is gone, and what comes to lie there would go unseen. */
import { isWithin, relativePath } from '../../base/index.ts';
import { type Configuration, matchesPattern } from '../../config/index.ts';
import { forTerminal } from '../../report/index.ts';
import type { Plan } from '../plan.ts';

export interface Unused {
  /** Absolute path of the configuration file. */
  readonly config: string;
  /** What of it, in words. */
  readonly phrases: readonly string[];
}

/** Of configurations that ask for it and for which all was to be reviewed that they hold for; `held` answers absolute paths. */
export async function unusedExclusions(
  { configurations, targets, only, stdinPath }: Plan,
  held: () => Promise<readonly string[]>,
): Promise<readonly Unused[]> {
  if (only !== undefined || stdinPath !== undefined) return [];
  const asking = [...configurations].filter(
    ([, { exclusions, directory }]) => exclusions.warnUnused === true && targets.some(({ path }) => isWithin(path, directory)),
  );
  if (asking.length === 0) return [];
  const files = await held();
  return asking.map(([config, configuration]) => ({ config, phrases: unusedIn(configuration, files) }));
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
