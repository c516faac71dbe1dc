/** Operators and punctuation as a tree by their bytes, for the longest match. */
import { OPERATORS } from './tokens.ts';

export interface OperatorNode {
  /** Token that ends here, or -1. */
  symbol: number;
  readonly next: { readonly byte: number; readonly node: OperatorNode }[];
}

const root = operatorTree();

/** By first byte. */
export const operatorFrom: readonly (OperatorNode | undefined)[] = Array.from({ length: 256 }, (_, byte) => nextOperator(root, byte));

export function nextOperator(node: OperatorNode, byte: number): OperatorNode | undefined {
  for (const edge of node.next) if (edge.byte === byte) return edge.node;
  return undefined;
}

function operatorTree(): OperatorNode {
  const tree: OperatorNode = { symbol: -1, next: [] };
  for (const [text, symbol] of OPERATORS) {
    let node = tree;
    for (const byte of new TextEncoder().encode(text)) {
      let child = nextOperator(node, byte);
      if (child === undefined) {
        child = { symbol: -1, next: [] };
        node.next.push({ byte, node: child });
      }
      node = child;
    }
    node.symbol = symbol;
  }
  return tree;
}
