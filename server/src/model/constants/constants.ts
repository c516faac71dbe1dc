/** Values of constant expressions (Go spec, "Constant expressions"), computed exactly; floating-point results are given as doubles. */
import { children, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { callArguments } from '../types/calls.ts';
import type { CallTarget, ConstantValue, ExactValue, TypeContext } from '../types/context.ts';
import { layoutOf } from '../types/layout.ts';
import { floatValue, integerValue, runeValue, stringValue } from './literals.ts';
import { binaryValue, converted, isFloat, unaryValue } from './operations.ts';
import { toNumber } from './rational.ts';
import { constSpecOf } from './specs.ts';

const DEPTH_LIMIT = 200;

/** Value of a constant expression; undefined for all others, and for constants that JavaScript has no value for. */
export function constantValue(c: TypeContext, node: Node): ConstantValue | undefined {
  const value = evaluate(c, node, undefined, DEPTH_LIMIT);
  if (typeof value === 'object') return toNumber(value);
  return typeof value === 'bigint' && isFloat(underlyingOf(c, node)) ? Number(value) : value;
}

/** Value of a constant declared in the context's file. */
export function constantOfDeclaration(c: TypeContext, symbol: GoSymbol): ExactValue | undefined {
  const spec = constSpecOf(c.tree, symbol.declaration);
  if (spec === undefined || spec.value === NONE) return undefined;
  const value = evaluate(c, spec.value, BigInt(spec.iota), DEPTH_LIMIT);
  return value === undefined ? undefined : converted(value, c.world.underlying(c.world.typeOfSymbol(symbol)), c.world.architecture);
}

function evaluate(c: TypeContext, node: Node, iota: bigint | undefined, depth: number): ExactValue | undefined {
  if (depth === 0) return undefined;
  const { tree } = c;
  const inner = (operand: Node): ExactValue | undefined => evaluate(c, operand, iota, depth - 1);
  switch (tree.kind[node]) {
    case Kind.int_literal:
      return integerValue(textOf(tree, node));
    case Kind.float_literal:
      return floatValue(textOf(tree, node));
    case Kind.rune_literal:
      return runeValue(textOf(tree, node));
    case Kind.interpreted_string_literal:
    case Kind.raw_string_literal:
      return stringValue(textOf(tree, node));
    case Kind.identifier:
    case Kind.type_identifier:
    case Kind.true:
    case Kind.false:
    case Kind.iota:
      return namedValue(c, c.scopes.symbolOf(node), iota ?? iotaAround(tree, node));
    case Kind.selector_expression: {
      const selection = c.selectionOf(node);
      return selection?.kind === 'member' ? namedValue(c, selection.symbol, undefined) : undefined;
    }
    case Kind.parenthesized_expression:
      return inner(node + 1);
    case Kind.unary_expression: {
      const operand = inner(go.unaryExpression.operand(tree, node));
      return operand === undefined
        ? undefined
        : unaryValue(textOf(tree, go.unaryExpression.operator(tree, node)), operand, underlyingOf(c, node), c.world.architecture);
    }
    case Kind.binary_expression: {
      const left = inner(go.binaryExpression.left(tree, node));
      const right = left === undefined ? undefined : inner(go.binaryExpression.right(tree, node));
      if (left === undefined || right === undefined) return undefined;
      return binaryValue(textOf(tree, go.binaryExpression.operator(tree, node)), left, right, underlyingOf(c, node));
    }
    case Kind.call_expression:
    case Kind.type_conversion_expression:
      return callValue(c, node, c.targetOf(node), inner);
    default:
      return undefined;
  }
}

function underlyingOf(c: TypeContext, node: Node): Type {
  return c.world.underlying(c.typeOf(node));
}

function namedValue(c: TypeContext, symbol: GoSymbol | undefined, iota: bigint | undefined): ExactValue | undefined {
  if (symbol?.kind !== 'constant') return undefined;
  if (symbol.file !== undefined) return c.world.constantOfSymbol(symbol);
  if (symbol.name === 'iota') return iota;
  return symbol.name === 'nil' ? undefined : symbol.name === 'true';
}

/** The value of iota in the const_spec around a node. */
function iotaAround(tree: Tree, node: Node): bigint | undefined {
  let spec = tree.parent[node];
  while (spec !== NONE && tree.kind[spec] !== Kind.const_spec) spec = tree.parent[spec];
  if (spec === NONE) return undefined;
  return BigInt(
    children(tree, tree.parent[spec])
      .filter((each) => tree.kind[each] === Kind.const_spec)
      .indexOf(spec),
  );
}

function callValue(c: TypeContext, call: Node, target: CallTarget, inner: (node: Node) => ExactValue | undefined): ExactValue | undefined {
  const args = callArguments(c, call);
  switch (target.kind) {
    case 'conversion': {
      const value = args.length === 1 ? inner(args[0]) : undefined;
      return value === undefined ? undefined : converted(value, c.world.underlying(target.type), c.world.architecture);
    }
    case 'builtin':
      return builtinValue(c, target.name, args, inner);
    case 'unsafe': {
      const bytes = args.length === 1 ? unsafeValue(c, target.name, args[0]) : undefined;
      return bytes === undefined ? undefined : BigInt(bytes);
    }
    default:
      return undefined;
  }
}

function unsafeValue(c: TypeContext, name: string, operand: Node): number | undefined {
  switch (name) {
    case 'Sizeof':
      return layoutOf(c.world, c.typeOf(operand))?.size;
    case 'Alignof':
      return layoutOf(c.world, c.typeOf(operand))?.alignment;
    case 'Offsetof':
      return offsetOf(c, operand);
    default:
      return undefined;
  }
}

/** Of the field that a selector selects, from the struct before the dot; embedded structs on the way count. */
function offsetOf(c: TypeContext, selector: Node): number | undefined {
  const selection = c.tree.kind[selector] === Kind.selector_expression ? c.selectionOf(selector) : undefined;
  if (selection?.kind !== 'field') return undefined;
  const operand = c.world.underlying(c.typeOf(go.selectorExpression.operand(c.tree, selector)));
  let type = operand.kind === 'pointer' ? operand.element : operand;
  let offset = 0;
  for (const { name } of [...selection.through, selection.field]) {
    const struct = c.world.underlying(type);
    const place = struct.kind === 'struct' ? struct.fields.findIndex((field) => field.name === name) : -1;
    const layout = layoutOf(c.world, type);
    if (struct.kind !== 'struct' || place < 0 || layout === undefined) return undefined;
    offset += layout.offsets[place];
    type = struct.fields[place].type;
  }
  return offset;
}

const encoder = new TextEncoder();

function builtinValue(
  c: TypeContext,
  name: string,
  args: readonly Node[],
  inner: (node: Node) => ExactValue | undefined,
): ExactValue | undefined {
  if ((name === 'len' || name === 'cap') && args.length === 1) return lengthValue(c, args[0], inner);
  if (name !== 'min' && name !== 'max') return undefined;
  const values = args.map(inner);
  let best = values[0];
  for (const value of values) {
    if (value === undefined || best === undefined || typeof value === 'string' || typeof best === 'string') return undefined;
    if (binaryValue(name === 'min' ? '<' : '>', value, best, UNKNOWN) === true) best = value;
  }
  return best;
}

/** `len` of a constant string, or of an array whose expression neither calls nor receives. */
function lengthValue(c: TypeContext, operand: Node, inner: (node: Node) => ExactValue | undefined): bigint | undefined {
  const value = inner(operand);
  if (typeof value === 'string') return BigInt(encoder.encode(value).length);
  const under = c.world.underlying(c.typeOf(operand));
  const array = under.kind === 'pointer' ? c.world.underlying(under.element) : under;
  if (array.kind !== 'array' || array.length === undefined || mayHaveEffects(c.tree, operand)) return undefined;
  return BigInt(array.length);
}

function mayHaveEffects(tree: Tree, node: Node): boolean {
  for (let row = node; row < tree.next[node]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.call_expression || kind === Kind['<-']) return true;
  }
  return false;
}
