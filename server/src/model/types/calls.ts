/** What a call calls, and the type of its result: conversions, builtins, functions and methods with inferred type arguments, function values. */
import { children, firstChild, go, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { NO_RESULT, UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { builtinType, unsafeType } from './builtins.ts';
import type { CallTarget, TypeContext } from './context.ts';
import { inferArguments } from './inference.ts';
import { importPathOf, instantiationParts } from './nodes.ts';
import { coreType, dereferenced, indexed, isTypeExpression } from './operands.ts';
import { substitute } from './substitution.ts';

/** Type of a call's result; none or several are a tuple. */
export function callType(c: TypeContext, call: Node): Type {
  const target = c.targetOf(call);
  switch (target.kind) {
    case 'conversion':
      return dereferencedBy(c, starsBefore(c, call), target.type);
    case 'builtin':
      return builtinType(c, target.name, callArguments(c, call));
    case 'unsafe':
      return unsafeType(c, target.name, callArguments(c, call));
    case 'function':
    case 'method':
      return resultOf(c, target.type, target.typeArguments, call);
    case 'value':
      return resultOf(c, target.type, [], call);
    case 'unknown':
      return UNKNOWN;
  }
}

/** Arguments of a call or conversion, as written. */
export function callArguments(c: TypeContext, call: Node): Node[] {
  const { tree } = c;
  if (tree.kind[call] === Kind.type_conversion_expression) return [go.typeConversionExpression.operand(tree, call)];
  const list = go.callExpression.arguments(tree, call);
  return list === NONE ? [] : children(tree, list);
}

/** What a call_expression or type_conversion_expression calls; the grammar cannot tell the two apart. */
export function callTarget(c: TypeContext, call: Node): CallTarget {
  const { tree } = c;
  const isConversion = tree.kind[call] === Kind.type_conversion_expression;
  let node = isConversion ? go.typeConversionExpression.type(tree, call) : go.callExpression.function(tree, call);
  if (isConversion) for (let stars = starsBefore(c, call); stars > 0; stars--) node = firstChild(tree, node);
  node = unparenthesized(tree, node);
  while (tree.kind[node] === Kind.parenthesized_type) node = firstChild(tree, node);
  if (node === NONE) return { kind: 'unknown' };
  const list = isConversion ? NONE : go.callExpression.typeArguments(tree, call);
  const explicit = list === NONE ? [] : children(tree, list).map((each) => c.typeOfTypeNode(each));
  if (explicit.length === 0 && isTypeExpression(c, node)) return { kind: 'conversion', type: c.typeOfTypeNode(node) };
  return target(c, node, explicit);
}

/** The grammar takes `*(*T)(x)` for a conversion to `*(*T)`; in Go the first star follows the converted pointer. */
function starsBefore(c: TypeContext, call: Node): number {
  const { tree } = c;
  let stars = 0;
  if (tree.kind[call] !== Kind.type_conversion_expression) return 0;
  for (let type = go.typeConversionExpression.type(tree, call); tree.kind[type] === Kind.pointer_type; type = firstChild(tree, type))
    stars++;
  return stars;
}

function dereferencedBy(c: TypeContext, stars: number, type: Type): Type {
  let result = type;
  for (let i = 0; i < stars; i++) result = dereferenced(c.world, result);
  return result;
}

function target(c: TypeContext, node: Node, typeArguments: readonly Type[]): CallTarget {
  const { tree } = c;
  switch (tree.kind[node]) {
    case Kind.identifier:
    case Kind.type_identifier: {
      const symbol = c.scopes.symbolOf(node);
      if (symbol?.kind === 'builtin') return { kind: 'builtin', name: symbol.name };
      if (symbol?.kind !== 'function') return value(c, node);
      return functionTarget(c, symbol, typeArguments);
    }
    case Kind.selector_expression:
    case Kind.qualified_type:
      return selectorTarget(c, node, typeArguments);
    case Kind.index_expression:
    case Kind.generic_type:
    case Kind.type_instantiation_expression: {
      const parts = instantiationParts(tree, node);
      const inner = target(c, unparenthesized(tree, parts.base), []);
      const isGeneric = (inner.kind === 'function' || inner.kind === 'method') && inner.type.kind === 'function';
      if (isGeneric) return { ...inner, typeArguments: parts.typeArguments.map((each) => c.typeOfTypeNode(each)) };
      if (inner.kind !== 'value' || parts.typeArguments.length !== 1) return { kind: 'unknown' };
      return { kind: 'value', node, type: indexed(c.world, inner.type) };
    }
    default:
      return value(c, node);
  }
}

function value(c: TypeContext, node: Node): CallTarget {
  const type = c.typeOf(node);
  return type.kind === 'unknown' ? { kind: 'unknown' } : { kind: 'value', node, type };
}

function functionTarget(c: TypeContext, symbol: GoSymbol, typeArguments: readonly Type[]): CallTarget {
  const home = symbol.file === undefined ? undefined : c.world.contextOf(symbol.file);
  if (home === undefined) return { kind: 'unknown' };
  return { kind: 'function', symbol, package: home.package, type: c.world.typeOfSymbol(symbol), typeArguments };
}

function selectorTarget(c: TypeContext, node: Node, typeArguments: readonly Type[]): CallTarget {
  const { tree } = c;
  if (importPathOf(c, node) === 'unsafe') {
    const isQualified = tree.kind[node] === Kind.qualified_type;
    return {
      kind: 'unsafe',
      name: textOf(tree, isQualified ? go.qualifiedType.name(tree, node) : go.selectorExpression.field(tree, node)),
    };
  }
  const selection = c.selectionOf(node);
  if (selection?.kind === 'member' && selection.symbol.kind === 'function') return functionTarget(c, selection.symbol, typeArguments);
  if (selection?.kind !== 'method') return value(c, node);
  return { kind: 'method', method: selection, isExpression: selection.isExpression, type: c.typeOf(node), typeArguments };
}

function resultOf(c: TypeContext, type: Type, typeArguments: readonly Type[], call: Node): Type {
  const signature = type.kind === 'function' ? type : functionUnder(c, type);
  if (signature === undefined) return UNKNOWN;
  const { results } = signature;
  if (results.length === 0) return NO_RESULT;
  const result: Type = results.length === 1 ? results[0] : { kind: 'tuple', elements: results };
  if (signature.typeParameters === undefined) return result;
  return substitute(result, inferArguments(c, signature, typeArguments, callArguments(c, call)));
}

function functionUnder(c: TypeContext, type: Type): Extract<Type, { kind: 'function' }> | undefined {
  const under = coreType(c.world, type);
  return under.kind === 'function' ? under : undefined;
}
