/** Result types of the builtin functions and of package unsafe's (Go spec, "Built-in functions", "Package unsafe"). */
import type { Node } from '../../syntax/index.ts';
import { basicType, defaultType, EMPTY_INTERFACE, NO_RESULT, UNKNOWN, untypedType } from '../scopes/universe.ts';
import type { Type } from '../shapes.ts';
import type { TypeContext } from './context.ts';
import { coreType, dereferenced, isTypeExpression } from './operands.ts';

/** Result of a builtin call; several of them give none. */
export function builtinType(c: TypeContext, name: string, args: readonly Node[]): Type {
  const first = args.length > 0 ? args[0] : undefined;
  const typeOfFirst = (): Type => (first === undefined ? UNKNOWN : c.typeOf(first));
  switch (name) {
    case 'len':
    case 'cap':
    case 'copy':
      return basicType('int');
    case 'append':
      return appended(typeOfFirst());
    case 'make':
      return first === undefined ? UNKNOWN : c.typeOfTypeNode(first);
    case 'new':
      return first === undefined ? UNKNOWN : pointerToNew(c, first);
    case 'min':
    case 'max':
      return extremum(args.map((arg) => c.typeOf(arg)));
    case 'complex':
      return complexOf(
        c,
        args.map((arg) => c.typeOf(arg)),
      );
    case 'real':
    case 'imag':
      return partOf(c, typeOfFirst());
    case 'recover':
      return EMPTY_INTERFACE;
    default:
      return NO_RESULT;
  }
}

/** Result of a function of package unsafe. */
export function unsafeType(c: TypeContext, name: string, args: readonly Node[]): Type {
  const pointer = args.length > 0 ? c.typeOf(args[0]) : UNKNOWN;
  const element = dereferenced(c.world, pointer);
  switch (name) {
    case 'Sizeof':
    case 'Offsetof':
    case 'Alignof':
      return basicType('uintptr');
    case 'Add':
      return basicType('unsafe.Pointer');
    case 'Slice':
      return element.kind === 'unknown' ? UNKNOWN : { kind: 'slice', element };
    case 'SliceData': {
      const slice = coreType(c.world, pointer);
      return slice.kind === 'slice' ? { kind: 'pointer', element: slice.element } : UNKNOWN;
    }
    case 'String':
      return basicType('string');
    case 'StringData':
      return { kind: 'pointer', element: basicType('byte') };
    default:
      return UNKNOWN;
  }
}

function appended(slice: Type): Type {
  return slice.kind === 'nil' || slice.kind === 'tuple' || slice.kind === 'basic' ? UNKNOWN : slice;
}

/** `new(x)` of a value since Go 1.26. */
function pointerToNew(c: TypeContext, argument: Node): Type {
  const element = isTypeExpression(c, argument) ? c.typeOfTypeNode(argument) : defaultType(c.typeOf(argument));
  return element.kind === 'unknown' ? UNKNOWN : { kind: 'pointer', element };
}

const UNTYPED_ORDER: readonly string[] = ['int', 'rune', 'float64'];

function extremum(types: readonly Type[]): Type {
  if (types.some((type) => type.kind === 'unknown')) return types.find((type) => type.kind !== 'unknown' && !isUntyped(type)) ?? UNKNOWN;
  const typed = types.find((type) => !isUntyped(type));
  if (typed !== undefined) return typed;
  const ranks = types.map((type) => (type.kind === 'basic' ? UNTYPED_ORDER.indexOf(type.name) : -1));
  const rank = Math.max(...ranks);
  return rank < 0 ? (types[0] ?? UNKNOWN) : untypedType(UNTYPED_ORDER[rank]);
}

function isUntyped(type: Type): boolean {
  return type.kind === 'basic' && type.untyped === true;
}

function complexOf(c: TypeContext, types: readonly Type[]): Type {
  const typed = types.find((type) => !isUntyped(type));
  if (typed === undefined) return untypedType('complex128');
  const under = coreType(c.world, typed);
  if (under.kind !== 'basic') return UNKNOWN;
  return under.name === 'float32' ? basicType('complex64') : under.name === 'float64' ? basicType('complex128') : UNKNOWN;
}

function partOf(c: TypeContext, type: Type): Type {
  if (isUntyped(type)) return untypedType('float64');
  const under = coreType(c.world, type);
  if (under.kind !== 'basic') return UNKNOWN;
  return under.name === 'complex64' ? basicType('float32') : under.name === 'complex128' ? basicType('float64') : UNKNOWN;
}
