/** How an allocation is marked in the code: at the head of its expression, in two or three words. */
import type { Range } from '../base/index.ts';
import type { Allocation, Explanation } from '../review/index.ts';
import type { Snapshot } from './documents.ts';

/** Longer reasons would push the code away; whoever wants all of it points at the place. */
const LONGEST_REASON = 24;
/** Bytes in which the head of an expression ends, or is taken to. */
const LONGEST_HEAD = 200;

export function isOnHeap({ gcSays }: Explanation): boolean {
  return gcSays === 'heap';
}

/** Heap allocations in the order in which they are marked: a value and its box end at the same place. */
export function inOrder(allocations: readonly Allocation[]): readonly Allocation[] {
  return [...allocations].sort((a, b) => a.at.end - b.at.end || Number(a.kind === 'interface') - Number(b.kind === 'interface'));
}

/** That something is put into an interface cannot be seen in the code; where it goes from there, mostly. */
export function markText({ kind, gcSays, brief, certainty }: Explanation): string {
  if (gcSays === 'stack') return 'stack';
  const reason = kind === 'interface' ? 'boxed' : (brief ?? 'escapes');
  const short = reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON - 1)}…` : reason;
  return `${certainty === 'certain' ? 'heap' : 'heap?'}: ${short}`;
}

/** All of an expression that stands on one line, else its first words, before its arguments or body; bytes. */
export function headOf({ source, lines }: Pick<Snapshot, 'source' | 'lines'>, at: Range): Range {
  if (lines.lineOf(at.start) === lines.lineOf(at.end)) return at;
  const text = String.fromCharCode(...source.subarray(at.start, Math.min(at.end, at.start + LONGEST_HEAD)));
  const head = /^[^({\n]*/.exec(text)?.[0] ?? '';
  return { start: at.start, end: at.start + head.trimEnd().length };
}
