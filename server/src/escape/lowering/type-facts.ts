/** What escape analysis asks of types: pointers in values, the shape interfaces store, and sizes. */
import type { Type, Types } from '../../model/index.ts';

/** Nesting of structs and arrays that is looked into; deeper ones count as holding pointers. */
const DEPTH_LIMIT = 32;

/** Whether values of the type can hold a pointer. Unknown types can. */
export function hasPointers(types: Types, type: Type): boolean {
  return hasPointersWithin(types, type, DEPTH_LIMIT);
}

function hasPointersWithin(types: Types, type: Type, depth: number): boolean {
  const under = types.underlying(type);
  switch (under.kind) {
    case 'basic':
      return !under.untyped && POINTERS.has(under.name);
    case 'array':
      return under.length !== 0 && (depth < 0 || hasPointersWithin(types, under.element, depth - 1));
    case 'struct':
      return depth < 0 || under.fields.some((field) => hasPointersWithin(types, field.type, depth - 1));
    default:
      return true;
  }
}

const POINTERS: ReadonlySet<string> = new Set(['string', 'unsafe.Pointer', 'Pointer']);

/** Whether an interface holds values of the type directly, without a box; undefined when that is not known. */
export function isPointerShaped(types: Types, type: Type): boolean | undefined {
  let inner = type;
  for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
    if (inner.kind === 'type-parameter') return undefined;
    const under = types.underlying(inner);
    switch (under.kind) {
      case 'pointer':
      case 'map':
      case 'channel':
      case 'function':
        return true;
      case 'basic':
        return under.name === 'unsafe.Pointer' || under.name === 'Pointer';
      case 'struct':
        if (under.fields.length !== 1) return false;
        inner = under.fields[0].type;
        break;
      case 'array':
        if (under.length !== 1) return under.length === undefined ? undefined : false;
        inner = under.element;
        break;
      case 'slice':
        return false;
      case 'interface':
        // Of two words; interfaces themselves are never boxed.
        return depth === 0 ? undefined : false;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** Undefined when the type is unknown. */
export function isInterface(types: Types, type: Type): boolean | undefined {
  if (type.kind === 'type-parameter') return false;
  const under = types.underlying(type);
  if (under.kind === 'unknown') return undefined;
  return under.kind === 'interface';
}
