/**
 * Where the Go compiler puts its verdict on an allocation, so that ours can be held against it: seldom where the expression
 * begins (cmd/compile sets positions at operators, brackets and parentheses).
 */
import { childOf, Field, firstChild, go, Kind, NONE, type Node, type Tree, tokenOffset, unparenthesized } from '../syntax/index.ts';
import type { SiteKind } from './flows/batch.ts';

/** Byte offset of the compiler's verdict on a site. */
export function verdictOffset(tree: Tree, kind: SiteKind, node: Node): number {
  switch (kind) {
    case 'new':
    case 'make':
    case 'append':
    case 'variadic':
      return argumentsOffset(tree, node);
    case 'method-value':
    case 'interface':
    case 'composite':
    case 'concat':
      return operandOffset(tree, node);
    case 'conversion':
      return operandOffset(tree, convertedOperand(tree, node));
    case 'moved':
    case 'closure':
      return tree.start[node];
  }
}

/** Byte offset of an expression as the compiler places it. */
function operandOffset(tree: Tree, expression: Node): number {
  const node = unparenthesized(tree, expression);
  switch (tree.kind[node]) {
    case Kind.call_expression:
    case Kind.type_conversion_expression:
      return argumentsOffset(tree, node);
    case Kind.selector_expression:
      return after(tree, '.', go.selectorExpression.operand(tree, node));
    case Kind.index_expression:
      return after(tree, '[', go.indexExpression.operand(tree, node));
    case Kind.slice_expression:
      return after(tree, '[', go.sliceExpression.operand(tree, node));
    case Kind.type_assertion_expression:
      return after(tree, '.', go.typeAssertionExpression.operand(tree, node));
    case Kind.composite_literal:
      return tree.start[go.compositeLiteral.body(tree, node)];
    case Kind.binary_expression:
      return tree.start[go.binaryExpression.operator(tree, node)];
    default:
      return tree.start[node];
  }
}

function argumentsOffset(tree: Tree, call: Node): number {
  const list = childOf(tree, call, Field.arguments);
  if (list !== NONE) return tree.start[list];
  return after(tree, '(', childOf(tree, call, Field.type));
}

function after(tree: Tree, token: string, operand: Node): number {
  const offset = tokenOffset(tree, token, tree.end[operand], tree.end[tree.parent[operand]]);
  return offset < 0 ? tree.start[operand] : offset;
}

function convertedOperand(tree: Tree, conversion: Node): Node {
  const list = childOf(tree, conversion, Field.arguments);
  return list === NONE ? go.typeConversionExpression.operand(tree, conversion) : firstChild(tree, list);
}
