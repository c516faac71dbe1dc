/**
 * Where declarations begin in text that does not parse: Go is written with their keywords in column 0. What merely looks like
 * one inside a raw string or a comment is none, unless that string or comment has no end, as while it is being typed.
 */
import type { Range } from '../base/index.ts';

const LINE_FEED = 0x0a;
const SPACE = 0x20;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const STAR = 0x2a;
const SLASH = 0x2f;
const BACKSLASH = 0x5c;
const BACKQUOTE = 0x60;
const OPEN = [0x28, 0x5b, 0x7b];
const CLOSE = [0x29, 0x5d, 0x7d];

const KEYWORDS = ['func', 'type', 'var', 'const', 'import'].map((word) => new TextEncoder().encode(word));

/**
 * Offset of the first declaration behind `from` and before `end`, or `end`. Its comment belongs to it.
 * `from` must not lie inside a string or a comment.
 */
export function nextDeclaration(bytes: Uint8Array, from: number, end: number): number {
  let lexed = from;
  for (let line = lineAfter(bytes, from, end); line < end; line = lineAfter(bytes, line, end)) {
    if (!isDeclaration(bytes, line)) continue;
    while (lexed < line) {
      const next = tokenEnd(bytes, lexed, end);
      if (next === undefined) return withComment(bytes, line, from);
      lexed = next;
    }
    if (lexed === line) return withComment(bytes, line, from);
  }
  return end;
}

/** Offset of the brace that opens the body of the function declared at `from`, or -1. */
export function bodyBrace(bytes: Uint8Array, from: number, end: number): number {
  let depth = 0;
  let isTypeLiteral = false;
  for (let at = from; at < end; ) {
    const byte = bytes[at];
    if (OPEN.includes(byte)) {
      if (depth === 0 && byte === OPEN[2] && !isTypeLiteral) return at;
      depth++;
    } else if (CLOSE.includes(byte)) {
      depth--;
    }
    if (byte > SPACE) isTypeLiteral = endsWithWord(bytes, at, 'struct') || endsWithWord(bytes, at, 'interface');
    at = tokenEnd(bytes, at, end) ?? end;
  }
  return -1;
}

/** Closing brackets that the text lacks, the innermost first; undefined when it has one too many or a wrong one. */
export function missingClosers(bytes: Uint8Array, { start, end }: Range): number[] | undefined {
  const missing: number[] = [];
  for (let at = start; at < end; at = tokenEnd(bytes, at, end) ?? at + 1) {
    const opened = OPEN.indexOf(bytes[at]);
    if (opened >= 0) missing.unshift(CLOSE[opened]);
    else if (CLOSE.includes(bytes[at]) && missing.shift() !== bytes[at]) return undefined;
  }
  return missing;
}

function lineAfter(bytes: Uint8Array, at: number, end: number): number {
  const lineFeed = bytes.indexOf(LINE_FEED, at);
  return lineFeed < 0 || lineFeed >= end ? end : lineFeed + 1;
}

function isDeclaration(bytes: Uint8Array, at: number): boolean {
  return KEYWORDS.some((word) => word.every((byte, i) => bytes[at + i] === byte) && !isNamePart(bytes[at + word.length]));
}

function isNamePart(byte: number): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || byte === 0x5f || (byte >= 0x61 && byte <= 0x7a) || byte >= 0x80
  );
}

function endsWithWord(bytes: Uint8Array, last: number, word: string): boolean {
  const start = last - word.length + 1;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false;
  return !isNamePart(bytes[start - 1]);
}

/** The line comments right above belong to the declaration. */
function withComment(bytes: Uint8Array, line: number, from: number): number {
  let first = line;
  for (;;) {
    const above = bytes.lastIndexOf(LINE_FEED, first - 2) + 1;
    if (above <= from || above >= first || bytes[above] !== SLASH || bytes[above + 1] !== SLASH) return first;
    first = above;
  }
}

/** End of the string, comment or single byte at `at`; undefined for a raw string or comment without end. */
function tokenEnd(bytes: Uint8Array, at: number, end: number): number | undefined {
  const byte = bytes[at];
  if (byte === BACKQUOTE) return endBehind(bytes.indexOf(BACKQUOTE, at + 1), 1, end);
  if (byte === SLASH && bytes[at + 1] === SLASH) return Math.min(end, lineAfter(bytes, at, end));
  if (byte === SLASH && bytes[at + 1] === STAR) return commentEnd(bytes, at + 2, end);
  return byte === QUOTE || byte === APOSTROPHE ? quotedEnd(bytes, at, end) : at + 1;
}

function endBehind(found: number, length: number, end: number): number | undefined {
  return found < 0 || found + length > end ? undefined : found + length;
}

function commentEnd(bytes: Uint8Array, at: number, end: number): number | undefined {
  for (let star = bytes.indexOf(STAR, at); star >= 0 && star < end; star = bytes.indexOf(STAR, star + 1)) {
    if (bytes[star + 1] === SLASH) return star + 2;
  }
  return undefined;
}

/** Behind the closing quote, or the end of the line where there is none. */
function quotedEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === LINE_FEED) return i;
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === bytes[at]) return i + 1;
  }
  return end;
}
