/** What an expression starts from, as rules ask when something is stored through it or its address is taken. */
import { childOf, Field, firstChild, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';

/** `x` of `x.f[i]`, `(*x).f` and `x.(T).f`; any other expression is its own root. */
export function rootOf(tree: Tree, expression: Node): Node {
  for (let at = expression; ; ) {
    const inner = tree.kind[at] === Kind.parenthesized_expression ? firstChild(tree, at) : childOf(tree, at, Field.operand);
    if (inner === NONE) return at;
    at = inner;
  }
}
