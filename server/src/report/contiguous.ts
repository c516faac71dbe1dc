/**
 * A fix as one replacement, for sinks that take no more than that: edits that lie close together become one, with the text between
 * them as it is. A fix of several files, or of places far apart (an import and a body), has none.
 */
import { sortEdits, type TextEdit } from '../base/index.ts';
import type { Fix } from '../review/index.ts';
import type { Places } from './places.ts';

/** Lines that a reviewer can take in beside the change. */
const MOST_LINES = 10;

export function contiguousEdit({ edits }: Fix, places: Places): TextEdit | undefined {
  const sorted = sortEdits(edits);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || sorted.some(({ path }) => path !== first.path)) return undefined;
  const range = { start: first.range.start, end: last.range.end };
  const lines = places.lines(first.path);
  if (lines.lineOf(range.end) - lines.lineOf(range.start) >= MOST_LINES) return undefined;
  const source = places.source(first.path);
  const between = (from: number, to: number): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.subarray(from, to));
  const parts = sorted.map(({ range: own, newText }, i) => newText + between(own.end, sorted[i + 1]?.range.start ?? own.end));
  return { path: first.path, range, newText: parts.join('') };
}
