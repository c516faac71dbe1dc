/** Names as hashes: of a text that is typed into, many are compared and few are read. */
import { Kind, type Node, type Tree } from '../../syntax/index.ts';

export const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.field_identifier, Kind.package_identifier, Kind.type_identifier]);

const encoder = new TextEncoder();

export function hashAt(tree: Tree, row: Node): number {
  return hashOf(tree.source, tree.start[row], tree.end[row]);
}

export function hashOfText(text: string): number {
  const bytes = encoder.encode(text);
  return hashOf(bytes, 0, bytes.length);
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. Names that share a hash count as one. */
export function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return hash;
}
