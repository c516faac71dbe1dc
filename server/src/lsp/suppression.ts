/** Where a suppression comment goes: on a line of its own above the finding's line, never inside a raw string or a comment. */
import type { LineTable } from '../base/index.ts';

const TICK = 0x60;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;
const SLASH = 0x2f;
const STAR = 0x2a;
const LF = 10;
const SPACE = 0x20;
const TAB = 9;

export interface Insertion {
  /** Byte offset of the start of a line. */
  readonly offset: number;
  /** That line's own. */
  readonly indentation: string;
  readonly lineBreak: '\n' | '\r\n';
}

/** `offset` is the finding's start. */
export function placeAbove(source: Uint8Array, lines: LineTable, offset: number): Insertion {
  const open = openToken(source, lines.lineStart(lines.lineOf(offset)));
  const at = lines.lineStart(lines.lineOf(open ?? offset));
  let end = at;
  while (source[end] === SPACE || source[end] === TAB) end++;
  const lineEnd = lines.lineEnd(lines.lineOf(at));
  return {
    offset: at,
    indentation: String.fromCharCode(...source.subarray(at, end)),
    lineBreak: source[lineEnd] === 13 && source[lineEnd + 1] === LF ? '\r\n' : '\n',
  };
}

/** Where the raw string or comment begins that is still open at `target`, which starts a line. */
function openToken(source: Uint8Array, target: number): number | undefined {
  let at = 0;
  while (at < target) {
    const end = tokenEnd(source, at);
    if (end > target) return at;
    at = end;
  }
  return undefined;
}

/** End of the string, rune or comment at `at`; the next byte for anything else. */
function tokenEnd(source: Uint8Array, at: number): number {
  switch (source[at]) {
    case TICK:
      return after(source, source.indexOf(TICK, at + 1), 1);
    case QUOTE:
    case APOSTROPHE:
      return quotedEnd(source, at);
    case SLASH:
      if (source[at + 1] === SLASH) return after(source, source.indexOf(LF, at), 1);
      return source[at + 1] === STAR ? after(source, starSlash(source, at + 2), 2) : at + 1;
    default:
      return at + 1;
  }
}

function quotedEnd(source: Uint8Array, start: number): number {
  for (let at = start + 1; at < source.length && source[at] !== LF; at++) {
    if (source[at] === BACKSLASH) at++;
    else if (source[at] === source[start]) return at + 1;
  }
  return start + 1;
}

function starSlash(source: Uint8Array, from: number): number {
  for (let at = source.indexOf(STAR, from); at >= 0; at = source.indexOf(STAR, at + 1)) if (source[at + 1] === SLASH) return at;
  return -1;
}

function after(source: Uint8Array, found: number, length: number): number {
  return found < 0 ? source.length : found + length;
}
