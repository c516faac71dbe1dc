/** What operators need of their operands: whether one is a type, underlying types of type parameters, elements and targets. */
import { firstChild, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { basicType, UNKNOWN } from '../scopes/universe.ts';
import type { Type } from '../shapes.ts';
import type { TypeContext, TypeWorld } from './context.ts';
import { isIdentical } from './identity.ts';
import { importPathOf, instantiationParts, isUnsafePointer } from './nodes.ts';

/** Whether the expression denotes a type, whichever kinds the grammar gave it. */
export function isTypeExpression(c: TypeContext, node: Node): boolean {
  const { tree } = c;
  let at = node;
  for (;;) {
    switch (tree.kind[at]) {
      case Kind.slice_type:
      case Kind.array_type:
      case Kind.implicit_length_array_type:
      case Kind.map_type:
      case Kind.channel_type:
      case Kind.function_type:
      case Kind.struct_type:
      case Kind.interface_type:
        return true;
      case Kind.identifier:
      case Kind.type_identifier:
        return c.scopes.symbolOf(at)?.kind === 'type';
      case Kind.selector_expression:
      case Kind.qualified_type: {
        if (importPathOf(c, at) === undefined) return false;
        const selection = c.selectionOf(at);
        return isUnsafePointer(c, at) || (selection?.kind === 'member' && selection.symbol.kind === 'type');
      }
      case Kind.generic_type:
      case Kind.type_instantiation_expression:
      case Kind.index_expression:
        at = instantiationParts(tree, at).base;
        break;
      case Kind.parenthesized_expression:
      case Kind.parenthesized_type:
      case Kind.pointer_type:
        at = firstChild(tree, at);
        break;
      case Kind.unary_expression:
        if (tree.kind[go.unaryExpression.operator(tree, at)] !== Kind['*']) return false;
        at = go.unaryExpression.operand(tree, at);
        break;
      default:
        return false;
    }
    if (at === NONE) return false;
  }
}

/** Type of `x[i]` for a value. */
export function indexed(world: TypeWorld, operand: Type): Type {
  if (operand.kind === 'type-parameter') return ofAllTerms(world, operand, (type) => indexed(world, type));
  const under = world.underlying(operand);
  switch (under.kind) {
    case 'slice':
    case 'array':
    case 'map':
      return under.element;
    case 'pointer': {
      const array = coreType(world, under.element);
      return array.kind === 'array' ? array.element : UNKNOWN;
    }
    case 'basic':
      return under.name === 'string' ? basicType('byte') : UNKNOWN;
    default:
      return UNKNOWN;
  }
}

/** Type of an operation on a type parameter when it is the same for all types of its set. */
function ofAllTerms(world: TypeWorld, parameter: Type, operation: (type: Type) => Type): Type {
  const types = typeSet(world, parameter)?.map(operation) ?? [];
  return types.length > 0 && types.every((type) => isIdentical(type, types[0])) ? types[0] : UNKNOWN;
}

/** Types of a type parameter's constraint; undefined when any type may be meant. */
export function typeSet(world: TypeWorld, parameter: Type): readonly Type[] | undefined {
  if (parameter.kind !== 'type-parameter') return undefined;
  const constraint = world.underlying(parameter.constraint);
  return constraint.kind === 'interface' && constraint.isComplete ? constraint.terms?.map((term) => term.type) : undefined;
}

/** The underlying type; of a type parameter, the one all types of its set share (Go spec up to 1.24, "Core types"). */
export function coreType(world: TypeWorld, type: Type): Type {
  if (type.kind !== 'type-parameter') return world.underlying(type);
  return ofAllTerms(world, type, (term) => (term.kind === 'type-parameter' ? UNKNOWN : world.underlying(term)));
}

/** Type of `*x`. */
export function dereferenced(world: TypeWorld, operand: Type): Type {
  const under = coreType(world, operand);
  return under.kind === 'pointer' ? under.element : UNKNOWN;
}

/** Operand of an operator: `nil` and several results are none. */
export function operandType(type: Type): Type {
  return type.kind === 'nil' || type.kind === 'tuple' ? UNKNOWN : type;
}
