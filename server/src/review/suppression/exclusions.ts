/** What the configuration takes out of the review: whole files, and rules in some files. */
import { isWithin, relativePath } from '../../base/index.ts';
import { type Exclusions, matchesPattern } from '../../config/index.ts';

export function isExcludedPath(exclusions: Exclusions | undefined, path: string): boolean {
  if (exclusions === undefined || !isWithin(exclusions.root, path)) return false;
  const relative = relativePath(exclusions.root, path);
  return exclusions.paths.some((pattern) => matchesPattern(pattern, relative));
}

/** Ids of the rules that stay silent in the file. */
export function excludedRules(exclusions: Exclusions | undefined, path: string): ReadonlySet<string> {
  if (exclusions === undefined || !isWithin(exclusions.root, path)) return new Set();
  const relative = relativePath(exclusions.root, path);
  return new Set(exclusions.rules.filter((each) => matchesPattern(each.path, relative)).flatMap((each) => each.rules));
}
