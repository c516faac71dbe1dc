/** Regular expressions of paths as patterns of ours, where they are simple enough to say the same. */

/** Alternatives of one expression beyond which it is no list of paths. */
const MOST = 32;

/** One for each alternative; undefined where one of them is no path. */
export function globsOf(pattern: string): readonly string[] | undefined {
  const alternatives = alternativesOf(pattern);
  const globs = alternatives.length > MOST ? [undefined] : alternatives.map(globOf);
  return globs.every((glob) => glob !== undefined) ? globs : undefined;
}

/** Groups without groups in them, but for those that stand for an end of the path or a slash. */
const GROUP = /\((?!\^\||\/\||\$\|)([^()]*\|[^()]*)\)/;

function alternativesOf(pattern: string): readonly string[] {
  let open = [pattern];
  for (let group = GROUP.exec(pattern); group !== null && open.length <= MOST; group = GROUP.exec(open[0])) {
    const [whole, inner] = group;
    open = open.flatMap((each) => inner.split('|').map((choice) => each.replace(whole, () => choice)));
  }
  return open.flatMap((each) => (each.includes('(') ? [each] : each.split('|')));
}

function globOf(pattern: string): string | undefined {
  const isAnchored = /^\^(?!\.[*+]|\(\.[*+]\))/.test(pattern);
  const plain = pattern
    .replaceAll('\\.', '.')
    .replaceAll('\\/', '/')
    .replace(/^\^|^\((?:\^\|\/|\/\|\^)\)/, '')
    .replace(/^(?:\.[*+]|\(\.[*+]\))/, '')
    .replace(/\((?:\$\|\/|\/\|\$)\)$|\$$|\/\*?$|\/\.\*$/, '');
  const isFile = plain.endsWith('.go');
  // Where a name begins anywhere, what stands for any text may end with it too.
  const named = isFile && !isAnchored ? plain.replace(/\.[*+]/g, '*') : plain;
  if (!/^[\w./*-]+$/.test(named) || (named.includes('*') && named === plain)) return undefined;
  const below = named.replace(/^\/+/, '');
  if (below === '') return undefined;
  if (isFile) return isAnchored ? below : `**/${named.startsWith('/') ? '' : '*'}${below}`;
  return isAnchored ? below : `**/${below}`;
}
