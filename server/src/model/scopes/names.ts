/** Identifier texts without a string per occurrence: a file says the same few hundred names thousands of times. */
import { type Node, type Tree, textOf } from '../../syntax/index.ts';

interface Interned {
  readonly text: string;
  readonly start: number;
  readonly length: number;
  readonly next: Interned | undefined;
}

/** Gives the text of identifier rows, each distinct one decoded once. */
export function nameReader(tree: Tree): (node: Node) => string {
  const { source, start, end } = tree;
  const byHash = new Map<number, Interned>();
  return (node) => {
    const from = start[node];
    const length = end[node] - from;
    let hash = length;
    for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + source[from + i]) | 0;
    const bucket = byHash.get(hash);
    for (let entry = bucket; entry !== undefined; entry = entry.next) {
      if (entry.length === length && sameBytes(source, entry.start, from, length)) return entry.text;
    }
    const text = textOf(tree, node);
    byHash.set(hash, { text, start: from, length, next: bucket });
    return text;
  };
}

function sameBytes(source: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (source[a + i] !== source[b + i]) return false;
  return true;
}
