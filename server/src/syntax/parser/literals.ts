/**
 * Literals, comments and Unicode as the Go specification judges them: no digit too few, no escape that means nothing, no
 * invalid UTF-8, NUL or byte order mark anywhere. Each function takes bytes with a zero behind them and gives the end of what
 * it found, or -1.
 */
import { sequenceLength } from '../../base/index.ts';
import { Byte } from '../bytes.ts';
import { Token } from './tokens.ts';

const NOTHING = -1;

/** Bytes that such a text may hold without a second look. */
const plainInLine = plainBytes([Byte.lineFeed]);
const plainInBlock = plainBytes([Byte.star]);
const plainInText = plainBytes([Byte.lineFeed, Byte.quote, Byte.backslash]);
const plainInRaw = plainBytes([Byte.backquote]);

function plainBytes(stops: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => (byte === 0 || byte >= 0x80 || stops.includes(byte) ? 0 : 1));
}

/** From `//` up to the line's end or the file's. */
export function scanLineComment(bytes: Uint8Array, at: number, length: number): number {
  const end = scanPlain(bytes, at, plainInLine);
  return bytes[end] === Byte.lineFeed || end === length ? end : NOTHING;
}

export function scanBlockComment(bytes: Uint8Array, at: number): number {
  for (let end = at + 2; ; end++) {
    end = scanPlain(bytes, end, plainInBlock);
    if (bytes[end] !== Byte.star) return NOTHING;
    if (bytes[end + 1] === Byte.slash) return end + 2;
  }
}

/** Text of a string up to its quote, an escape or what may not be in it. */
export function scanText(bytes: Uint8Array, at: number): number {
  return scanPlain(bytes, at, plainInText);
}

/** Text up to the closing backquote. */
export function scanRaw(bytes: Uint8Array, at: number): number {
  const end = scanPlain(bytes, at, plainInRaw);
  return bytes[end] === Byte.backquote ? end : NOTHING;
}

/** End of the plain bytes and valid sequences. */
function scanPlain(bytes: Uint8Array, at: number, plain: Uint8Array): number {
  let end = at;
  for (;;) {
    while (plain[bytes[end]] === 1) end++;
    const length = bytes[end] < 0x80 ? 0 : validSequence(bytes, end);
    if (length === 0) return end;
    end += length;
  }
}

/** Bytes of the character outside ASCII, 0 when it is not UTF-8 or a byte order mark. */
function validSequence(bytes: Uint8Array, at: number): number {
  const length = sequenceLength(bytes, at);
  const isMark = length === 3 && bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
  return length === 1 || isMark ? 0 : length;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Whether the bytes are letters and digits as Unicode classes them. */
export function validIdentifier(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const length = bytes[at] < 0x80 ? 1 : validSequence(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return IDENTIFIER.test(decoder.decode(bytes.subarray(start, end)));
}

/** A rune literal from its opening quote. */
export function scanRune(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1];
  if (first === Byte.apostrophe || first === Byte.lineFeed || first === 0) return NOTHING;
  const end = first === Byte.backslash ? validEscape(bytes, at + 1, Byte.apostrophe) : afterCharacter(bytes, at + 1);
  return end > 0 && bytes[end] === Byte.apostrophe ? end + 1 : NOTHING;
}

function afterCharacter(bytes: Uint8Array, at: number): number {
  if (bytes[at] < 0x80) return at + 1;
  const length = validSequence(bytes, at);
  return length === 0 ? NOTHING : at + length;
}

const SIMPLE_ESCAPES = new Set([...'abfnrtv\\'].map((letter) => letter.charCodeAt(0)));
const DIGITS_OF_ESCAPE: Readonly<Record<number, number>> = { 120: 2, 117: 4, 85: 8 };

/** An escape from its backslash inside literals of the given quote. */
export function validEscape(bytes: Uint8Array, at: number, quote: number): number {
  const letter = bytes[at + 1];
  if (SIMPLE_ESCAPES.has(letter) || letter === quote) return at + 2;
  if (isOctal(letter)) return digitsOf(bytes, at + 1, 3, 8) <= 0xff ? at + 4 : NOTHING;
  const count = DIGITS_OF_ESCAPE[letter];
  if (count === undefined) return NOTHING;
  const value = digitsOf(bytes, at + 2, count, 16);
  const isCharacter = count === 2 || (value <= 0x10ffff && (value < 0xd800 || value > 0xdfff));
  return value < Number.POSITIVE_INFINITY && isCharacter ? at + 2 + count : NOTHING;
}

/** Value of a number of digits; infinite when one is missing. */
function digitsOf(bytes: Uint8Array, at: number, count: number, base: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = hexDigit(bytes[i]);
    if (digit >= base) return Number.POSITIVE_INFINITY;
    value = value * base + digit;
  }
  return value;
}

function isOctal(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x37;
}

/** 16 for what is no digit. */
function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : 16;
}

const NUMBER_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => (/[0-9a-zA-Z_.]/.test(String.fromCharCode(byte)) && byte < 0x80 ? 1 : 0));
const DECIMAL = '(?:[0-9](?:_?[0-9])*)';
const HEX = '(?:[0-9a-fA-F](?:_?[0-9a-fA-F])*)';
const INTEGER = `0[xX]_?${HEX}|0[oO]_?[0-7](?:_?[0-7])*|0[bB]_?[01](?:_?[01])*|${DECIMAL}`;
const DECIMAL_FLOAT = String.raw`${DECIMAL}\.${DECIMAL}?(?:[eE][+-]?${DECIMAL})?|${DECIMAL}[eE][+-]?${DECIMAL}|\.${DECIMAL}(?:[eE][+-]?${DECIMAL})?`;
const HEX_FLOAT = String.raw`0[xX](?:_?${HEX}\.${HEX}?|_?${HEX}|\.${HEX})[pP][+-]?${DECIMAL}`;
/** The specification's integer and floating-point literals, the longest first. */
const NUMBER = new RegExp(`^(?:(${HEX_FLOAT}|${DECIMAL_FLOAT})|(${INTEGER}))(i?)`);
/** A zero and more digits is octal, except in an imaginary literal. */
const LEADING_ZERO = /^0[0-9_]/;
const OCTAL = /^0(?:_?[0-7])+$/;

export interface ScannedNumber {
  readonly end: number;
  /** A token, or -1 for digits that are no number. */
  readonly symbol: number;
}

/** A number from its first digit or point. */
export function scanNumber(bytes: Uint8Array, at: number): ScannedNumber {
  const isHex = bytes[at] === 0x30 && (bytes[at + 1] | 0x20) === 0x78;
  const first = isHex ? at + 2 : at;
  let end = first;
  while (hexDigit(bytes[end]) < (isHex ? 16 : 10)) end++;
  const isPlain = end > first && NUMBER_BYTE[bytes[end]] === 0 && (isHex || bytes[at] !== 0x30 || end === at + 1);
  return isPlain ? { end, symbol: Token.int } : scanAnyNumber(bytes, at);
}

function scanAnyNumber(bytes: Uint8Array, at: number): ScannedNumber {
  const match = NUMBER.exec(numberText(bytes, at));
  if (match === null) return { end: at, symbol: NOTHING };
  const [text, float, integer, imaginary] = match;
  const end = at + text.length;
  const isBadOctal = integer !== undefined && LEADING_ZERO.test(integer) && !OCTAL.test(integer) && imaginary === '';
  if (isBadOctal || NUMBER_BYTE[bytes[end]] === 1) return { end: at, symbol: NOTHING };
  if (imaginary !== '') return { end, symbol: Token.imaginary };
  return { end, symbol: float === undefined ? Token.int : Token.float };
}

/** Everything that could belong to the number, signs of an exponent included. */
function numberText(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let end = at; ; end++) {
    const byte = bytes[end];
    const isSign = (byte === Byte.plus || byte === Byte.minus) && /[eEpP]$/.test(text);
    if (NUMBER_BYTE[byte] === 0 && !isSign) return text;
    text += String.fromCharCode(byte);
  }
}
