/**
 * Path patterns of exclusions, matched without regular expressions, so that no pattern from a repository can take long:
 * time is at most the product of the two lengths.
 */

/**
 * Whether a relative path (`/`) matches: `*` and `?` within a segment, `**` across any number of them. A pattern that
 * matches a directory matches what lies below; one without a slash matches a name at any depth, as in .gitignore.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/+$/, '');
  if (trimmed === '') return false;
  const isAnchored = trimmed.includes('/') || pattern.startsWith('/') || pattern.startsWith('./');
  const wanted = isAnchored ? trimmed.split('/') : ['**', trimmed];
  return matchesSegments([...wanted, '**'], path.split('/'));
}

function matchesSegments(wanted: readonly string[], segments: readonly string[]): boolean {
  let reached = new Set([0]);
  const open = (states: ReadonlySet<number>): Set<number> => {
    const closed = new Set(states);
    for (const state of closed) if (wanted[state] === '**') closed.add(state + 1);
    return closed;
  };
  reached = open(reached);
  for (const segment of segments) {
    const next = new Set<number>();
    for (const state of reached) {
      if (state === wanted.length) continue;
      if (wanted[state] === '**') next.add(state);
      else if (matchesSegment(wanted[state], segment)) next.add(state + 1);
    }
    reached = open(next);
  }
  return reached.has(wanted.length);
}

/** Greedy with one point to return to, which is enough because a later `*` can take over all that an earlier one could. */
function matchesSegment(wanted: string, segment: string): boolean {
  let at = 0;
  let from = 0;
  let star = -1;
  let taken = 0;
  while (at < segment.length) {
    const token = wanted[from];
    if (token === '*') {
      star = from++;
      taken = at;
    } else if (token === '?' || token === segment[at]) {
      from++;
      at++;
    } else if (star >= 0) {
      from = star + 1;
      at = ++taken;
    } else return false;
  }
  while (wanted[from] === '*') from++;
  return from === wanted.length;
}
