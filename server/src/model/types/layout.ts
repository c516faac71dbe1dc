/**
 * Where gc puts the parts of a value in memory (go/types, `gcSizes`, trailing padding included), and how far the garbage collector
 * looks into it (cmd/compile/internal/types, `PtrDataSize`).
 */
import type { StructField, Type } from '../shapes.ts';
import { type Architecture, sizeOfBasic } from './architecture.ts';
import type { TypeWorld } from './context.ts';

const DEPTH_LIMIT = 60;

/** All in bytes. */
export interface Layout {
  readonly size: number;
  readonly alignment: number;
  /** Up to the end of the last word that may hold a pointer: what the garbage collector scans. 0 for values without pointers. */
  readonly pointerBytes: number;
  /** At which the fields of a struct begin, in their order; empty for all other types. */
  readonly offsets: readonly number[];
}

/** Undefined when a part is unknown or a type parameter. */
export function layoutOf(world: TypeWorld, type: Type): Layout | undefined {
  return layoutWithin({ world, known: undefined }, type, DEPTH_LIMIT);
}

/** Bytes of a value of the type; undefined when a part is unknown or a type parameter. */
export function sizeOf(world: TypeWorld, type: Type): number | undefined {
  return layoutOf(world, type)?.size;
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

function layoutWithin(measure: Measure, type: Type, depth: number): Layout | undefined {
  if (depth === 0 || type.kind === 'type-parameter') return undefined;
  if (isAtomicAlignment(type)) return { size: 0, alignment: 8, pointerBytes: 0, offsets: [] };
  const under = measure.world.underlying(type);
  if (under.kind !== 'struct') return safeLayout(measure, under, depth);
  measure.known ??= new Map();
  if (measure.known.has(under)) return measure.known.get(under);
  const layout = safeLayout(measure, under, depth);
  measure.known.set(under, layout);
  return layout;
}

/** The empty struct by which the compiler aligns the struct around it to 8 bytes everywhere. */
function isAtomicAlignment(type: Type): boolean {
  return type.kind === 'named' && type.name === 'align64' && (type.path === 'sync/atomic' || type.path === 'internal/runtime/atomic');
}

function safeLayout(measure: Measure, under: Type, depth: number): Layout | undefined {
  const layout = underlyingLayout(measure, under, depth);
  return layout === undefined || Number.isSafeInteger(layout.size) ? layout : undefined;
}

function underlyingLayout(measure: Measure, under: Type, depth: number): Layout | undefined {
  const { architecture } = measure.world;
  switch (under.kind) {
    case 'basic':
      return under.untyped === true ? undefined : basicLayout(under.name, architecture);
    case 'pointer':
    case 'map':
    case 'channel':
    case 'function':
      return words(architecture, 1, 1);
    case 'interface':
      return words(architecture, 2, 2);
    case 'slice':
      return words(architecture, 3, 1);
    case 'array': {
      const element = layoutWithin(measure, under.element, depth - 1);
      return element === undefined || under.length === undefined ? undefined : arrayLayout(element, under.length);
    }
    case 'struct':
      return structLayout(measure, under.fields, depth);
    default:
      return undefined;
  }
}

function words({ word }: Architecture, count: number, scanned: number): Layout {
  return { size: count * word, alignment: word, pointerBytes: scanned * word, offsets: [] };
}

function basicLayout(name: string, architecture: Architecture): Layout | undefined {
  if (name === 'string') return words(architecture, 2, 1);
  if (name === 'unsafe.Pointer') return words(architecture, 1, 1);
  const size = sizeOfBasic(name, architecture);
  if (size === undefined) return undefined;
  const part = name.startsWith('complex') ? size / 2 : size;
  return { size, alignment: Math.min(part, architecture.maxAlignment), pointerBytes: 0, offsets: [] };
}

function arrayLayout(element: Layout, length: number): Layout {
  const { size, alignment } = element;
  const pointerBytes = length === 0 || element.pointerBytes === 0 ? 0 : (length - 1) * size + element.pointerBytes;
  return { size: size * length, alignment, pointerBytes, offsets: [] };
}

function structLayout(measure: Measure, fields: readonly StructField[], depth: number): Layout | undefined {
  const parts: Layout[] = [];
  for (const field of fields) {
    const layout = layoutWithin(measure, field.type, depth - 1);
    if (layout === undefined) return undefined;
    parts.push(layout);
  }
  return layoutOfFields(parts);
}

/** Layout of a struct of fields laid out so. A last field without size is followed by a byte, so that its address is none of the next value. */
export function layoutOfFields(fields: readonly Layout[]): Layout {
  const offsets: number[] = [];
  let end = 0;
  let alignment = 1;
  let pointerBytes = 0;
  let lastSize = 1;
  for (const field of fields) {
    const offset = alignedTo(end, field.alignment);
    offsets.push(offset);
    end = offset + field.size;
    alignment = Math.max(alignment, field.alignment);
    if (field.pointerBytes > 0) pointerBytes = offset + field.pointerBytes;
    lastSize = field.size;
  }
  const padded = lastSize === 0 && end > 0 ? end + 1 : end;
  return { size: alignedTo(padded, alignment), alignment, pointerBytes, offsets };
}

function alignedTo(offset: number, alignment: number): number {
  return Math.ceil(offset / alignment) * alignment;
}
