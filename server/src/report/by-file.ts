/** Findings in the order in which they are reported, file by file. */
import type { PlacedFinding } from './places.ts';

/** Printed names of files with their findings; both keep their order. */
export function byFile(findings: readonly PlacedFinding[]): readonly (readonly [string, readonly PlacedFinding[]])[] {
  const files = new Map<string, PlacedFinding[]>();
  for (const placed of findings) {
    const file = files.get(placed.place.file);
    if (file === undefined) files.set(placed.place.file, [placed]);
    else file.push(placed);
  }
  return [...files];
}
