/**
 * Text edits over UTF-8 bytes: what every fix is made of. A set of edits speaks of one baseline text, so that it can be
 * applied in one pass, translated to LSP, or refused as a whole.
 */
import type { Range } from './range.ts';

/** Replaces the bytes of `range` in the file `path` (absolute, `/`) by `newText`. */
export interface TextEdit {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

const encoder = new TextEncoder();

/** Whether no two edits of one file touch the same byte or insert at the same place. */
export function areDisjoint(edits: readonly TextEdit[]): boolean {
  const sorted = sortEdits(edits);
  return sorted.every((edit, i) => {
    const before = sorted[i - 1];
    if (before === undefined || before.path !== edit.path) return true;
    const bothInsertHere = before.range.start === edit.range.start && before.range.end === edit.range.end;
    return before.range.end <= edit.range.start && !bothInsertHere;
  });
}

/** By path, then start, then end. */
export function sortEdits(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.start - b.range.start || a.range.end - b.range.end,
  );
}

/** `source` with the edits applied, which all speak of this one file and are disjoint. Throws RangeError otherwise. */
export function applyEdits(source: Uint8Array, edits: readonly TextEdit[]): Uint8Array {
  if (!areDisjoint(edits)) throw new RangeError('overlapping edits');
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const edit of sortEdits(edits)) {
    if (edit.range.end > source.length) throw new RangeError(`edit beyond the end of ${edit.path}`);
    parts.push(source.subarray(position, edit.range.start), encoder.encode(edit.newText));
    position = edit.range.end;
  }
  parts.push(source.subarray(position));
  return concatenate(parts);
}

const NEWLINE = 0x0a;

/** The bytes of `before` that `after` has otherwise, in whole lines, and where they end in `after`. */
export function changedLines(before: Uint8Array, after: Uint8Array): { readonly range: Range; readonly endAfter: number } {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  for (let at = 0; at < shorter && before[at] === after[at]; at++) if (before[at] === NEWLINE) start = at + 1;
  let shared = 0;
  for (let back = 1; back <= shorter - start && before.at(-back) === after.at(-back); back++) {
    const isLineStart = start === before.length - back || before.at(-back - 1) === NEWLINE;
    if (isLineStart && (start === after.length - back || after.at(-back - 1) === NEWLINE)) shared = back;
  }
  return { range: { start, end: before.length - shared }, endAfter: after.length - shared };
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
