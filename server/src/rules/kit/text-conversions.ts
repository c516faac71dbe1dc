/**
 * Conversions between strings and bytes, and which of them copy. `string(b)` copies wherever it is not read on the spot. Since
 * Go 1.22 `[]byte(s)` is the string's own memory where the compiler sees that nobody writes to it (cmd/compile/internal/escape,
 * "zero-copy string->[]byte conversion"); what reaches the heap may be written to by anybody, so there it is a copy.
 */
import { isInteger, outerParentheses } from '../../model/index.ts';
import { children, firstChild, go, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import type { Options, RuleContext } from '../rule.ts';
import { basicKind, isByteSlice } from './formatting.ts';

type Context = Pick<RuleContext<Options>, 'tree' | 'types'>;

/** `s` of `[]byte(s)`, whatever the types are called; NONE for anything else. */
export function stringTurnedToBytes({ tree, types }: Context, node: Node): Node {
  const operand = convertedOperand({ tree, types }, node);
  if (operand === NONE || !isByteSlice(types, types.typeOf(node))) return NONE;
  return basicKind(types, types.typeOf(operand)) === 'string' ? operand : NONE;
}

/** `b` of `string(b)`, whatever the types are called; NONE for anything else. */
export function bytesTurnedToString({ tree, types }: Context, node: Node): Node {
  const operand = convertedOperand({ tree, types }, node);
  if (operand === NONE || basicKind(types, types.typeOf(node)) !== 'string') return NONE;
  return isByteSlice(types, types.typeOf(operand)) ? operand : NONE;
}

/** Whether the compiler is known to make `[]byte(s)` a copy on the heap. */
export function copiesToHeap<O extends Options>(context: RuleContext<O>, conversion: Node): boolean {
  const site = context.escape.siteAt(context.file, conversion);
  return site?.gcSays === 'heap' && site.certainty === 'certain';
}

/** Constants and single characters: a copy of them that nobody keeps lies on the stack. */
export function isShortText({ tree, types, scopes }: Pick<RuleContext, 'tree' | 'types' | 'scopes'>, text: Node): boolean {
  if (types.constantOf(text) !== undefined) return true;
  const character = convertedOperand({ tree, types }, text);
  return character !== NONE && isInteger({ tree, types, scopes }, character);
}

/** The conversion whose operand the node is, parentheses aside; NONE where it is none. */
export function conversionAround({ tree, types }: Context, node: Node): Node {
  const inner = outerParentheses(tree, node);
  const parent = tree.parent[inner];
  const outer = tree.kind[parent] === Kind.argument_list ? tree.parent[parent] : parent;
  return convertedOperand({ tree, types }, outer) === unparenthesized(tree, inner) ? outer : NONE;
}

/** The type that a conversion names, as a node: `[]byte` of `([]byte)(s)`. */
export function convertedType(tree: Tree, conversion: Node): Node {
  const isOfSyntax = tree.kind[conversion] === Kind.type_conversion_expression;
  let type = isOfSyntax ? go.typeConversionExpression.type(tree, conversion) : go.callExpression.function(tree, conversion);
  while (tree.kind[type] === Kind.parenthesized_type || tree.kind[type] === Kind.parenthesized_expression) type = firstChild(tree, type);
  return type;
}

/** What a conversion converts, without parentheses; NONE for any other expression. */
function convertedOperand({ tree, types }: Context, node: Node): Node {
  const kind = tree.kind[node];
  if (kind === Kind.type_conversion_expression) return unparenthesized(tree, go.typeConversionExpression.operand(tree, node));
  if (kind !== Kind.call_expression || types.calleeOf(node).kind !== 'conversion') return NONE;
  return unparenthesized(tree, children(tree, go.callExpression.arguments(tree, node))[0] ?? NONE);
}
