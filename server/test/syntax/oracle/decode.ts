/**
 * UTF-8 to the UTF-16 text that web-tree-sitter reads, with the way back to bytes. Written out because the platform's
 * decoder drops a BOM and does not tell which bytes became which unit.
 */
import { sequenceLength } from '../../../src/base/index.ts';

export interface DecodedSource {
  readonly text: string;
  /** Byte offset of each UTF-16 unit and of the end; undefined when all bytes are ASCII and the two counts agree. */
  readonly offsets: Uint32Array | undefined;
}

const REPLACEMENT = 0xfffd;
const latin1 = new TextDecoder('latin1');
/** Every platform that runs JavaScript engines stores units with the low byte first. */
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** An invalid byte becomes one U+FFFD. */
export function decodeSource(source: Uint8Array): DecodedSource {
  if (source.every((byte) => byte < 0x80)) return { text: latin1.decode(source), offsets: undefined };
  const units = new Uint16Array(source.length);
  const offsets = new Uint32Array(source.length + 1);
  let count = 0;
  for (let at = 0; at < source.length; ) {
    const length = sequenceLength(source, at);
    const codePoint = length === 1 && source[at] >= 0x80 ? REPLACEMENT : codePointAt(source, at, length);
    offsets[count] = at;
    if (codePoint >= 0x10000) {
      units[count++] = 0xd800 + ((codePoint - 0x10000) >> 10);
      offsets[count] = at;
      units[count++] = 0xdc00 + ((codePoint - 0x10000) & 0x3ff);
    } else {
      units[count++] = codePoint;
    }
    at += length;
  }
  offsets[count] = source.length;
  return { text: utf16.decode(units.subarray(0, count)), offsets };
}

function codePointAt(source: Uint8Array, at: number, length: number): number {
  if (length === 1) return source[at];
  let codePoint = source[at] & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) codePoint = (codePoint << 6) | (source[at + i] & 0x3f);
  return codePoint;
}
