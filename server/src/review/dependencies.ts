/** What several reviews rest on, as one. */
import type { Review } from './shapes.ts';

export function mergedDependencies(reviews: readonly Pick<Review, 'restsOn'>[]): ReadonlyMap<string, readonly string[]> {
  const merged = new Map<string, Set<string>>();
  for (const { restsOn = new Map<string, readonly string[]>() } of reviews) {
    for (const [directory, reached] of restsOn) {
      const known = merged.get(directory) ?? new Set();
      for (const each of reached) known.add(each);
      merged.set(directory, known);
    }
  }
  return new Map([...merged].map(([directory, reached]) => [directory, [...reached]]));
}
