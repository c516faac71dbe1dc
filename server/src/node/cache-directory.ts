/** Where what was worked out is kept: the user's cache directory, or the one that ESCAPEMENT_CACHE names. */
import { isAbsolute, join } from 'node:path';
import type { ProcessEnvironment } from '../model/index.ts';

/** Undefined for none: `off`, a user without a home, or a relative directory, which would lie in the code under review. */
export function cacheDirectory({ variables, platform, home }: ProcessEnvironment): string | undefined {
  const { ESCAPEMENT_CACHE: stated, XDG_CACHE_HOME, LOCALAPPDATA } = variables;
  if (stated) return isAbsolute(stated) ? stated : undefined;
  const directory = XDG_CACHE_HOME || (platform === 'win32' ? LOCALAPPDATA : homeCache(platform, home));
  return directory !== undefined && isAbsolute(directory) ? join(directory, 'escapement', 'summaries') : undefined;
}

function homeCache(platform: string, home: string): string | undefined {
  if (home === '') return undefined;
  return platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache');
}
