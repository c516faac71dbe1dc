/** Seeded edits of real text, such as people and accidents make: the same seed gives the same edits. */

/** Numbers in [0, 1), a multiplicative congruential generator (Lehmer, 1951). */
export function random(seed: number): () => number {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const PIECES = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ',',
    ';',
    ':',
    '.',
    '"',
    '`',
    "'",
    '//',
    '/*',
    '*/',
    '\n',
    '\n\n',
    '\\',
    '=',
    ':=',
    '<-',
    '...',
    '*',
    '&',
  ],
  ...[
    'func ',
    'if ',
    'for ',
    'switch ',
    'case ',
    'return ',
    'type ',
    'struct ',
    'interface ',
    'go ',
    'defer ',
    'range ',
    'else ',
    'map',
    'chan ',
  ],
  ...[
    'nil',
    'new(',
    'make(',
    'x',
    '0',
    '0x',
    '1e',
    '08',
    '\u0000',
    '\ufeff',
    'ä',
    '世',
    '\r',
    '\t',
    '\u2028',
    '\u000c',
    '_',
    '~',
    '|',
    '\u0001',
  ],
].map((piece) => new TextEncoder().encode(piece));

/** One to three edits: a piece put in, taken out, doubled, exchanged, a byte flipped, or the end cut off. */
export function mutated(source: Uint8Array, next: () => number): Uint8Array {
  let bytes = source;
  for (let edits = 1 + Math.floor(next() * 3); edits > 0; edits--) bytes = edited(bytes, next);
  return bytes;
}

function edited(bytes: Uint8Array, next: () => number): Uint8Array {
  const at = Math.floor(next() * bytes.length);
  const length = 1 + Math.floor(next() * 12);
  const piece = PIECES[Math.floor(next() * PIECES.length)];
  const cut = bytes.subarray(at, at + length);
  switch (Math.floor(next() * 8)) {
    case 0:
      return joined(bytes.subarray(0, at), bytes.subarray(at + 1));
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 2:
      return joined(bytes.subarray(0, at), cut, cut, bytes.subarray(at + length));
    case 3:
      return joined(bytes.subarray(0, at), piece, bytes.subarray(at + length));
    case 4:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << Math.floor(next() * 8)) : byte));
    case 5:
      return next() < 0.2 ? bytes.slice(0, at) : joined(bytes.subarray(0, at), piece, bytes.subarray(at));
    default:
      return joined(bytes.subarray(0, at), piece, bytes.subarray(at));
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
