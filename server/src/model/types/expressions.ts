/** Types of expressions. Each case follows the Go spec's section of its name; where a part is unknown the whole is, unless the rest decides alone. */
import { children, Field, firstChild, go, Kind, type Node } from '../../syntax/index.ts';
import { basicType, NIL, UNKNOWN, untypedType } from '../scopes/universe.ts';
import type { Type } from '../shapes.ts';
import { callType } from './calls.ts';
import type { Selection, TypeContext, TypeWorld } from './context.ts';
import { canonicalBasicName } from './identity.ts';
import { bindingsOf, instantiationParts, isUnsafePointer, signatureOf } from './nodes.ts';
import { coreType, dereferenced, indexed, isTypeExpression, operandType, typeSet } from './operands.ts';
import { substitute } from './substitution.ts';

/** Type of an expression; of a type expression, that type. Operands are asked through the context, which remembers. */
export function expressionType(c: TypeContext, node: Node): Type {
  const { tree } = c;
  switch (tree.kind[node]) {
    case Kind.identifier:
    case Kind.type_identifier:
    case Kind.package_identifier:
    case Kind.nil:
    case Kind.true:
    case Kind.false:
    case Kind.iota:
      return nameType(c, node);
    case Kind.int_literal:
      return untypedType('int');
    case Kind.float_literal:
      return untypedType('float64');
    case Kind.imaginary_literal:
      return untypedType('complex128');
    case Kind.rune_literal:
      return untypedType('rune');
    case Kind.interpreted_string_literal:
    case Kind.raw_string_literal:
      return untypedType('string');
    case Kind.parenthesized_expression:
    case Kind.parenthesized_type:
    case Kind.variadic_argument:
      return c.typeOf(firstChild(tree, node));
    case Kind.func_literal:
      return signatureOf(c, node);
    case Kind.composite_literal:
    case Kind.literal_value:
      return literalType(c, node);
    case Kind.literal_element:
      return c.typeOf(firstChild(tree, node));
    case Kind.call_expression:
    case Kind.type_conversion_expression:
      return callType(c, node);
    case Kind.selector_expression:
    case Kind.qualified_type:
      return selectorType(c, node);
    case Kind.index_expression:
    case Kind.generic_type:
    case Kind.type_instantiation_expression:
      return indexType(c, node);
    case Kind.slice_expression:
      return sliceType(c, c.typeOf(go.sliceExpression.operand(tree, node)));
    case Kind.type_assertion_expression:
      return c.typeOfTypeNode(go.typeAssertionExpression.type(tree, node));
    case Kind.unary_expression:
      return unaryType(c, node);
    case Kind.binary_expression:
      return binaryType(c, node);
    case Kind.pointer_type:
      return isTypeExpression(c, node) ? c.typeOfTypeNode(node) : dereferenced(c.world, c.typeOf(firstChild(tree, node)));
    default:
      return c.typeOfTypeNode(node);
  }
}

function nameType(c: TypeContext, node: Node): Type {
  const symbol = c.scopes.symbolOf(node);
  if (symbol === undefined) return UNKNOWN;
  switch (symbol.kind) {
    case 'variable':
    case 'function':
    case 'type':
      return c.world.typeOfSymbol(symbol);
    case 'constant':
      if (symbol.file !== undefined) return c.world.typeOfSymbol(symbol);
      if (symbol.name === 'nil') return NIL;
      return untypedType(symbol.name === 'iota' ? 'int' : 'bool');
    case 'import':
    case 'label':
    case 'builtin':
      return UNKNOWN;
  }
}

function selectorType(c: TypeContext, node: Node): Type {
  if (isUnsafePointer(c, node)) return c.typeOfTypeNode(node);
  const selection = c.selectionOf(node);
  return selection === undefined ? UNKNOWN : selectionType(c, selection, node);
}

function selectionType(c: TypeContext, selection: Selection, node: Node): Type {
  switch (selection.kind) {
    case 'member':
      return selection.symbol.kind === 'import' ? UNKNOWN : c.world.typeOfSymbol(selection.symbol);
    case 'field':
      return selection.type;
    case 'method': {
      const { type } = selection;
      if (!selection.isExpression || type.kind !== 'function') return type;
      const receiver = c.typeOfTypeNode(go.selectorExpression.operand(c.tree, node));
      return { ...type, parameters: [receiver, ...type.parameters] };
    }
  }
}

/** Type of a composite literal. An inner literal that leaves its type out takes the element's of the literal around it. */
function literalType(c: TypeContext, node: Node): Type {
  const { tree } = c;
  const way: { readonly literal: Node; readonly isKey: boolean }[] = [];
  let at = node;
  let type: Type | undefined;
  while (type === undefined && tree.kind[at] === Kind.literal_value && tree.kind[tree.parent[at]] !== Kind.composite_literal) {
    const element = tree.parent[at];
    if (tree.kind[element] !== Kind.literal_element) return UNKNOWN;
    const holder = tree.parent[element];
    const isKeyed = tree.kind[holder] === Kind.keyed_element;
    way.push({ literal: at, isKey: isKeyed && tree.field[element] === Field.key });
    at = isKeyed ? tree.parent[holder] : holder;
    type = c.knownType(at);
  }
  type ??= writtenLiteralType(c, tree.kind[at] === Kind.composite_literal ? at : tree.parent[at]);
  for (const { literal, isKey } of way.reverse()) {
    type = elementOfLiteral(c.world, type, isKey);
    c.remember(literal, type);
  }
  return type;
}

function elementOfLiteral(world: TypeWorld, type: Type, isKey: boolean): Type {
  const under = world.underlying(type);
  const base = under.kind === 'pointer' ? coreType(world, under.element) : coreType(world, type);
  if (base.kind === 'map') return isKey ? base.key : base.element;
  return (base.kind === 'slice' || base.kind === 'array') && !isKey ? base.element : UNKNOWN;
}

function writtenLiteralType(c: TypeContext, literal: Node): Type {
  const { tree } = c;
  const type = c.typeOfTypeNode(go.compositeLiteral.type(tree, literal));
  const isImplicit = tree.kind[go.compositeLiteral.type(tree, literal)] === Kind.implicit_length_array_type;
  if (!isImplicit || type.kind !== 'array') return type;
  return { ...type, length: literalLength(c, go.compositeLiteral.body(tree, literal)) };
}

/** Length of an array literal `[...]T{…}`: one more than its highest index. */
function literalLength(c: TypeContext, body: Node): number | undefined {
  const { tree } = c;
  let index = 0;
  let length = 0;
  for (const element of children(tree, body)) {
    if (tree.kind[element] === Kind.keyed_element) {
      const key = c.constantOf(firstChild(tree, go.keyedElement.key(tree, element)));
      if (typeof key !== 'bigint' || key < 0n || key > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
      index = Number(key);
    }
    index++;
    length = Math.max(length, index);
  }
  return length;
}

function indexType(c: TypeContext, node: Node): Type {
  if (isTypeExpression(c, node)) return c.typeOfTypeNode(node);
  const { base, typeArguments } = instantiationParts(c.tree, node);
  const operand = c.typeOf(base);
  if (operand.kind === 'function') return instantiatedFunction(c, operand, typeArguments);
  return typeArguments.length === 1 ? indexed(c.world, operand) : UNKNOWN;
}

function instantiatedFunction(c: TypeContext, type: Extract<Type, { kind: 'function' }>, typeArguments: readonly Node[]): Type {
  const own = type.typeParameters ?? [];
  if (own.length !== typeArguments.length) return UNKNOWN;
  const bindings = bindingsOf(
    own,
    typeArguments.map((each) => c.typeOfTypeNode(each)),
  );
  const { typeParameters: _, ...plain } = type;
  return substitute(plain, bindings);
}

function sliceType(c: TypeContext, operand: Type): Type {
  const set = typeSet(c.world, operand);
  if (set?.every((type) => isTextual(c.world.underlying(type))) === true) return operand;
  const under = coreType(c.world, operand);
  switch (under.kind) {
    case 'slice':
      return operand;
    case 'array':
      return { kind: 'slice', element: under.element };
    case 'pointer': {
      const array = coreType(c.world, under.element);
      return array.kind === 'array' ? { kind: 'slice', element: array.element } : UNKNOWN;
    }
    case 'basic':
      return under.name !== 'string' ? UNKNOWN : under.untyped === true ? basicType('string') : operand;
    default:
      return UNKNOWN;
  }
}

/** `string` or `[]byte`, which slice to themselves. */
function isTextual(under: Type): boolean {
  if (under.kind === 'slice') return under.element.kind === 'basic' && canonicalBasicName(under.element.name) === 'uint8';
  return under.kind === 'basic' && under.name === 'string';
}

function unaryType(c: TypeContext, node: Node): Type {
  const { tree } = c;
  const operandNode = go.unaryExpression.operand(tree, node);
  switch (tree.kind[go.unaryExpression.operator(tree, node)]) {
    case Kind['&']: {
      const element = c.typeOf(operandNode);
      return element.kind === 'unknown' || element.kind === 'tuple' ? UNKNOWN : { kind: 'pointer', element };
    }
    case Kind['*']:
      if (isTypeExpression(c, operandNode)) return { kind: 'pointer', element: c.typeOfTypeNode(operandNode) };
      return dereferenced(c.world, c.typeOf(operandNode));
    case Kind['<-']: {
      const under = coreType(c.world, c.typeOf(operandNode));
      return under.kind === 'channel' ? under.element : UNKNOWN;
    }
    default:
      return operandType(c.typeOf(operandNode));
  }
}

const COMPARISONS: readonly number[] = [Kind['=='], Kind['!='], Kind['<'], Kind['<='], Kind['>'], Kind['>=']];
const NUMERIC_ORDER: readonly string[] = ['int', 'rune', 'float64', 'complex128'];

/** Walks down the left operands by a loop: a chain of a thousand `+` is as deep as it is long. */
function binaryType(c: TypeContext, node: Node): Type {
  const { tree } = c;
  const chain: Node[] = [];
  let left = node;
  while (tree.kind[left] === Kind.binary_expression && (left === node || c.knownType(left) === undefined)) {
    chain.push(left);
    left = go.binaryExpression.left(tree, left);
  }
  let type = c.typeOf(left);
  for (const each of chain.reverse()) {
    type = combined(c, each, type);
    c.remember(each, type);
  }
  return type;
}

function combined(c: TypeContext, node: Node, left: Type): Type {
  const { tree } = c;
  const operator = tree.kind[go.binaryExpression.operator(tree, node)];
  if (COMPARISONS.includes(operator)) return untypedType('bool');
  if (operator === Kind['<<'] || operator === Kind['>>']) return shifted(left);
  const right = operandType(c.typeOf(go.binaryExpression.right(tree, node)));
  const first = operandType(left);
  const isFirstUntyped = first.kind === 'basic' && first.untyped === true;
  const isSecondUntyped = right.kind === 'basic' && right.untyped === true;
  if (isFirstUntyped && isSecondUntyped) {
    const rank = Math.max(NUMERIC_ORDER.indexOf(first.name), NUMERIC_ORDER.indexOf(right.name));
    return rank < 0 ? first : untypedType(NUMERIC_ORDER[rank]);
  }
  if (isFirstUntyped) return right;
  if (isSecondUntyped) return first;
  return first.kind === 'unknown' ? right : first;
}

function shifted(left: Type): Type {
  const isUntyped = left.kind === 'basic' && left.untyped === true;
  return isUntyped && left.name !== 'int' && left.name !== 'rune' ? untypedType('int') : operandType(left);
}

/** Expressions that hold others of their own kind to any depth. */
export const NESTING: ReadonlySet<number> = new Set([
  Kind.binary_expression,
  Kind.call_expression,
  Kind.composite_literal,
  Kind.func_literal,
  Kind.index_expression,
  Kind.parenthesized_expression,
  Kind.selector_expression,
  Kind.slice_expression,
  Kind.type_assertion_expression,
  Kind.type_conversion_expression,
  Kind.unary_expression,
]);
