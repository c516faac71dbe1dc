/** Keywords by a hash of their length, first and last byte: most words are none of them, and that is seen by one look. */
import { KEYWORDS, SOFT_KEYWORDS } from './tokens.ts';

const all = [...KEYWORDS, ...SOFT_KEYWORDS];
const longest = Math.max(...all.map(([text]) => text.length));

/** By number of the word. */
export const symbolOfWord: readonly number[] = all.map(([, symbol]) => symbol);
/** By number of the word: 1 when it can be an identifier. */
export const isSoftWord: readonly number[] = all.map((_, i) => (i < KEYWORDS.length ? 0 : 1));

const HASH_SIZE = 512;
const texts = all.map(([text]) => new TextEncoder().encode(text));
/** By hash: number of the word plus one, 0 for none; taken slots push to the next one. */
const slots = hashed();

function hashed(): Uint8Array {
  const filled = new Uint8Array(HASH_SIZE);
  for (const [i, text] of texts.entries()) {
    let slot = hash(text, 0, text.length);
    while (filled[slot] !== 0) slot = (slot + 1) % HASH_SIZE;
    filled[slot] = i + 1;
  }
  return filled;
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  return (bytes[start] * 7 + bytes[end - 1] * 3 + (end - start) * 31) & (HASH_SIZE - 1);
}

/** Number of the keyword between two offsets, or -1. */
export function wordAt(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > longest) return -1;
  for (let slot = hash(bytes, start, end); slots[slot] !== 0; slot = (slot + 1) % HASH_SIZE) {
    const word = slots[slot] - 1;
    if (isText(bytes, start, end, texts[word])) return word;
  }
  return -1;
}

function isText(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (text.length !== end - start) return false;
  for (let i = 0; i < text.length; i++) if (bytes[start + i] !== text[i]) return false;
  return true;
}
