/** The name that was probably meant, for messages about names that do not exist. */

/** The closest of the known names (Damerau–Levenshtein, ties by order), or undefined when none is near enough to be a slip. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= least) continue;
    const far = distance(name.slice(0, 64), candidate.slice(0, 64));
    if (far >= least) continue;
    least = far;
    nearest = candidate;
  }
  return nearest;
}

function distance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost, isSwap ? beforeLast[j - 2] + 1 : Number.POSITIVE_INFINITY);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
