/** Layout of values as gc makes it on amd64 (go/types.StdSizes with word and maximal alignment 8, gc's trailing padding included). */
import type { StructField, Type } from '../shapes.ts';
import type { TypeWorld } from './context.ts';
import { sizeOfBasic } from './sizes-basic.ts';

const WORD = 8;
const DEPTH_LIMIT = 60;

interface Layout {
  readonly size: number;
  readonly alignment: number;
}

/** Bytes of a value of the type; undefined when a part is unknown. */
export function sizeOf(world: TypeWorld, type: Type): number | undefined {
  return layoutOf({ world, known: undefined }, type, DEPTH_LIMIT)?.size;
}

/** Whether an interface holds a value of the type in its data word itself: one pointer, possibly wrapped in one-element structs and arrays. */
export function isPointerShaped(world: TypeWorld, type: Type): boolean {
  let inner = world.underlying(type);
  for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
    switch (inner.kind) {
      case 'pointer':
      case 'channel':
      case 'map':
      case 'function':
        return true;
      case 'basic':
        return inner.name === 'unsafe.Pointer';
      case 'struct':
        if (inner.fields.length !== 1) return false;
        inner = world.underlying(inner.fields[0].type);
        break;
      case 'array':
        if (inner.length !== 1) return false;
        inner = world.underlying(inner.element);
        break;
      default:
        return false;
    }
  }
  return false;
}

interface Measure {
  readonly world: TypeWorld;
  /** Of structs, once one is met: a struct of structs may hold one type exponentially often. */
  known: Map<Type, Layout | undefined> | undefined;
}

function layoutOf(measure: Measure, type: Type, depth: number): Layout | undefined {
  if (depth === 0) return undefined;
  const under = measure.world.underlying(type);
  if (under.kind !== 'struct') return safeLayout(measure, under, depth);
  measure.known ??= new Map();
  if (measure.known.has(under)) return measure.known.get(under);
  const layout = safeLayout(measure, under, depth);
  measure.known.set(under, layout);
  return layout;
}

function safeLayout(measure: Measure, under: Type, depth: number): Layout | undefined {
  const layout = underlyingLayout(measure, under, depth);
  return layout === undefined || Number.isSafeInteger(layout.size) ? layout : undefined;
}

function underlyingLayout(measure: Measure, under: Type, depth: number): Layout | undefined {
  switch (under.kind) {
    case 'basic': {
      const size = under.untyped === true ? undefined : sizeOfBasic(under.name);
      return size === undefined ? undefined : { size, alignment: basicAlignment(under.name, size) };
    }
    case 'pointer':
    case 'map':
    case 'channel':
    case 'function':
      return { size: WORD, alignment: WORD };
    case 'interface':
      return { size: 2 * WORD, alignment: WORD };
    case 'slice':
      return { size: 3 * WORD, alignment: WORD };
    case 'array': {
      const element = layoutOf(measure, under.element, depth - 1);
      return element === undefined || under.length === undefined
        ? undefined
        : { size: element.size * under.length, alignment: element.alignment };
    }
    case 'struct':
      return structLayout(measure, under.fields, depth);
    default:
      return undefined;
  }
}

function basicAlignment(name: string, size: number): number {
  return name === 'complex64' ? 4 : Math.min(size, WORD);
}

function structLayout(measure: Measure, fields: readonly StructField[], depth: number): Layout | undefined {
  let offset = 0;
  let alignment = 1;
  let lastSize = 1;
  for (const field of fields) {
    const layout = layoutOf(measure, field.type, depth - 1);
    if (layout === undefined) return undefined;
    offset = alignedTo(offset, layout.alignment) + layout.size;
    alignment = Math.max(alignment, layout.alignment);
    lastSize = layout.size;
  }
  const padded = lastSize === 0 && offset > 0 ? offset + 1 : offset;
  return { size: alignedTo(padded, alignment), alignment };
}

function alignedTo(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
