/** What escape analysis asks of types: pointers in values, the shape interfaces store, and sizes (gc on amd64). */
import type { Type, Types } from '../model/index.ts';

/** Nesting of structs and arrays that is looked into; deeper ones count as holding pointers. */
const DEPTH_LIMIT = 32;

/** Whether values of the type can hold a pointer. Unknown types can. */
export function hasPointers(types: Types, type: Type): boolean {
  const pending: { readonly type: Type; readonly depth: number }[] = [{ type, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const under = types.underlying(next.type);
    switch (under.kind) {
      case 'basic':
        if (['string', 'unsafe.Pointer', 'Pointer'].includes(under.name) && !under.untyped) return true;
        break;
      case 'array':
        if (under.length === 0) break;
        if (next.depth > DEPTH_LIMIT) return true;
        pending.push({ type: under.element, depth: next.depth + 1 });
        break;
      case 'struct':
        if (next.depth > DEPTH_LIMIT) return true;
        for (const field of under.fields) pending.push({ type: field.type, depth: next.depth + 1 });
        break;
      default:
        return true;
    }
  }
  return false;
}

/** Whether an interface holds values of the type directly, without a box; undefined when that is not known. */
export function isPointerShaped(types: Types, type: Type): boolean | undefined {
  let inner = type;
  for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
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
