/**
 * Where the bytes of one text are in a later one. Lines are compared as people compare them (Myers, 1986), and what is left of
 * changed lines at their beginning and end still counts, so that a finding stays exact beside the very place where one types.
 */
import { diffArrays } from 'diff';
import type { Range } from '../../base/index.ts';

/** Bytes that both texts have: `length` of them from `from` in the first and from `to` in the second. Half-open, never empty. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

/** Runs in the order of both texts, as long as they can be. */
export type TextMap = readonly Run[];

/** Edits between two texts beyond which nobody types: everything between their equal ends then counts as changed. */
const MAX_EDITS = 400;
const NEWLINE = 10;
/** One character for each byte. */
const bytewise = new TextDecoder('latin1');

export function textMap(before: Uint8Array, after: Uint8Array): TextMap {
  const head = lineAtOrBefore(before, sharedHead(before, after));
  const tail = sharedTail(before.subarray(head), after.subarray(head));
  const middles = [before, after].map((text) => bytewise.decode(text.subarray(head, text.length - tail)));
  const [old, now] = middles.map(linesOf);
  const changes = diffArrays(old, now, { maxEditLength: MAX_EDITS }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: now },
  ];
  const runs: Run[] = [{ from: 0, to: 0, length: head }];
  let [from, to, removed] = [head, head, ''];
  const endHunk = (added: string): void => {
    runs.push(...endsOf(from - removed.length, to, removed, added));
    to += added.length;
    removed = '';
  };
  for (const change of changes) {
    const text = change.value.join('');
    if (change.added) endHunk(text);
    else if (removed !== '') endHunk('');
    if (change.added) continue;
    from += text.length;
    if (change.removed) removed = text;
    else {
      runs.push({ from: from - text.length, to, length: text.length });
      to += text.length;
    }
  }
  endHunk('');
  runs.push({ from: before.length - tail, to: after.length - tail, length: tail });
  return joined(runs);
}

export function inverse(map: TextMap): TextMap {
  return map.map(({ from, to, length }) => ({ from: to, to: from, length }));
}

/** The run that goes on at an offset of the first text. */
export function runAt(map: TextMap, offset: number): Run | undefined {
  return map.findLast(({ from, length }) => from <= offset && offset < from + length);
}

/** The offset in the second text that has all of the first's before `offset` before it, and no more. */
export function startAt(map: TextMap, offset: number): number {
  const run = map.findLast(({ from }) => from <= offset);
  return run === undefined ? 0 : run.to + Math.min(offset - run.from, run.length);
}

/** The offset in the second text, `length` bytes long, that has all of the first's from `offset` on behind it, and no more. */
export function endAt(map: TextMap, offset: number, length: number): number {
  const run = map.find((each) => offset <= each.from + each.length);
  return run === undefined ? length : run.to + Math.max(offset - run.from, 0);
}

/**
 * A range of the first text in the second; undefined when its bytes up to `sure` (an offset in it) changed. What changed behind
 * them may be anything: the range ends where it ended, or where the run does.
 */
export function rangeIn(map: TextMap, { start, end }: Range, sure: number): Range | undefined {
  const run = runAt(map, start) ?? (start === end ? map.findLast(({ from, length }) => from + length === start) : undefined);
  if (run === undefined || sure > run.from + run.length) return undefined;
  const moved = run.to + start - run.from;
  if (end <= run.from + run.length) return { start: moved, end: moved + end - start };
  const last = map.findLast(({ from, length }) => from < end && end <= from + length);
  return { start: moved, end: last === undefined ? run.to + run.length : last.to + end - last.from };
}

function sharedHead(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}

function sharedTail(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return lineFromEnd(a, length);
}

function lineAtOrBefore(text: Uint8Array, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf(NEWLINE, offset - 1) + 1;
}

/** Of so many bytes at the end, those from the first whole line on. */
function lineFromEnd(text: Uint8Array, length: number): number {
  const newline = text.indexOf(NEWLINE, text.length - length);
  return newline < 0 ? 0 : text.length - newline - 1;
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** What changed lines share at their two ends. */
function endsOf(from: number, to: number, removed: string, added: string): Run[] {
  const limit = Math.min(removed.length, added.length);
  let head = 0;
  while (head < limit && removed[head] === added[head]) head++;
  let tail = 0;
  while (tail < limit - head && removed[removed.length - 1 - tail] === added[added.length - 1 - tail]) tail++;
  return [
    { from, to, length: head },
    { from: from + removed.length - tail, to: to + added.length - tail, length: tail },
  ];
}

function joined(runs: readonly Run[]): TextMap {
  const whole: Run[] = [];
  for (const run of runs) {
    const last = whole.at(-1);
    if (run.length === 0) continue;
    const goesOn = last !== undefined && last.from + last.length === run.from && last.to + last.length === run.to;
    if (goesOn) whole[whole.length - 1] = { ...last, length: last.length + run.length };
    else whole.push(run);
  }
  return whole;
}
