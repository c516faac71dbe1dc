/**
 * Where declarations begin in text that does not parse: Go is written with their keywords in column 0. What merely looks like
 * one inside a raw string or a comment is none, unless that string or comment has no end, as while it is being typed.
 */
import type { Range } from '../base/index.ts';
import { Byte } from './bytes.ts';

const OPEN: readonly number[] = [Byte.openParenthesis, Byte.openBracket, Byte.openBrace];
const CLOSE: readonly number[] = [Byte.closeParenthesis, Byte.closeBracket, Byte.closeBrace];

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
    if (byte > Byte.space) isTypeLiteral = endsWithWord(bytes, at, 'struct') || endsWithWord(bytes, at, 'interface');
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
  const lineFeed = bytes.indexOf(Byte.lineFeed, at);
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
    const above = bytes.lastIndexOf(Byte.lineFeed, first - 2) + 1;
    if (above <= from || above >= first || bytes[above] !== Byte.slash || bytes[above + 1] !== Byte.slash) return first;
    first = above;
  }
}

/** End of the string, comment or single byte at `at`; undefined for a raw string or comment without end. */
function tokenEnd(bytes: Uint8Array, at: number, end: number): number | undefined {
  const byte = bytes[at];
  if (byte === Byte.backquote) return endBehind(bytes.indexOf(Byte.backquote, at + 1), 1, end);
  if (byte === Byte.slash && bytes[at + 1] === Byte.slash) return Math.min(end, lineAfter(bytes, at, end));
  if (byte === Byte.slash && bytes[at + 1] === Byte.star) return commentEnd(bytes, at + 2, end);
  return byte === Byte.quote || byte === Byte.apostrophe ? quotedEnd(bytes, at, end) : at + 1;
}

function endBehind(found: number, length: number, end: number): number | undefined {
  return found < 0 || found + length > end ? undefined : found + length;
}

function commentEnd(bytes: Uint8Array, at: number, end: number): number | undefined {
  for (let star = bytes.indexOf(Byte.star, at); star >= 0 && star < end; star = bytes.indexOf(Byte.star, star + 1)) {
    if (bytes[star + 1] === Byte.slash) return star + 2;
  }
  return undefined;
}

/** Behind the closing quote, or the end of the line where there is none. */
function quotedEnd(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === Byte.lineFeed) return i;
    if (bytes[i] === Byte.backslash) i++;
    else if (bytes[i] === bytes[at]) return i + 1;
  }
  return end;
}
