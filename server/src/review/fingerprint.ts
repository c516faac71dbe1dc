/**
 * Names a finding so that the name survives what happens around it: lines that move, other functions that change. It is made
 * of the rule, the file within its package, the enclosing function and the text of the statement, white space evened out.
 */

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;
const encoder = new TextEncoder();

/** FNV-1a over UTF-8 (Fowler, Noll, Vo), 64 bits as 16 hexadecimal digits. Parts are kept apart by a NUL. */
export function fingerprint(parts: readonly string[]): string {
  let hash = OFFSET;
  for (const byte of encoder.encode(parts.join('\0'))) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, '0');
}
