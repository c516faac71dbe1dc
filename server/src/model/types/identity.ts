/** When two types are the same (Go spec, "Type identity"). What is unknown is identical to nothing, not even to itself. */

import type { Method, StructField, Type } from '../shapes.ts';
import { isExported } from './names.ts';

const DEPTH_LIMIT = 100;

/** Whether both are known and the same type; `byte` is `uint8` and `rune` is `int32`. Struct tags are not compared. */
export function isIdentical(a: Type, b: Type): boolean {
  return identical(a, b, DEPTH_LIMIT);
}

/** `uint8` for `byte`, `int32` for `rune`. */
export function canonicalBasicName(name: string): string {
  return name === 'byte' ? 'uint8' : name === 'rune' ? 'int32' : name;
}

function identical(a: Type, b: Type, depth: number): boolean {
  if (depth === 0 || a.kind === 'unknown') return false;
  const same = (x: Type, y: Type): boolean => identical(x, y, depth - 1);
  switch (a.kind) {
    case 'basic':
      return b.kind === 'basic' && canonicalBasicName(a.name) === canonicalBasicName(b.name) && a.untyped === b.untyped;
    case 'named':
      return b.kind === 'named' && isSameName(a, b) && allSame(a.arguments, b.arguments, same);
    case 'pointer':
    case 'slice':
      return b.kind === a.kind && same(a.element, b.element);
    case 'array':
      return b.kind === 'array' && a.length !== undefined && a.length === b.length && same(a.element, b.element);
    case 'map':
      return b.kind === 'map' && same(a.key, b.key) && same(a.element, b.element);
    case 'channel':
      return b.kind === 'channel' && a.direction === b.direction && same(a.element, b.element);
    case 'function':
      return b.kind === 'function' && isSameSignature(a, b, same);
    case 'struct':
      return b.kind === 'struct' && allSame(a.fields, b.fields, (x, y) => isSameField(x, y, same));
    case 'interface':
      return b.kind === 'interface' && isSameInterface(a, b, same);
    case 'tuple':
      return b.kind === 'tuple' && allSame(a.elements, b.elements, same);
    case 'type-parameter':
      return b.kind === 'type-parameter' && a.symbol !== undefined && a.symbol === b.symbol;
    case 'nil':
      return b.kind === 'nil';
  }
}

type Same = (a: Type, b: Type) => boolean;
type Of<K extends Type['kind']> = Extract<Type, { kind: K }>;

function isSameName(a: Of<'named'>, b: Of<'named'>): boolean {
  if (a.symbol !== undefined && b.symbol !== undefined) return a.symbol === b.symbol;
  return a.path === b.path && a.name === b.name;
}

function isSameSignature(a: Of<'function'>, b: Of<'function'>, same: Same): boolean {
  if (a.isVariadic !== b.isVariadic || a.typeParameters !== undefined || b.typeParameters !== undefined) return false;
  return allSame(a.parameters, b.parameters, same) && allSame(a.results, b.results, same);
}

function isSameField(a: StructField, b: StructField, same: Same): boolean {
  return a.name === b.name && a.isEmbedded === b.isEmbedded && (isExported(a.name) || a.path === b.path) && same(a.type, b.type);
}

function isSameInterface(a: Of<'interface'>, b: Of<'interface'>, same: Same): boolean {
  if (!a.isComplete || !b.isComplete || a.methods.length !== b.methods.length) return false;
  if (!allSame(a.terms ?? [], b.terms ?? [], (x, y) => x.hasTilde === y.hasTilde && same(x.type, y.type))) return false;
  if ((a.terms === undefined) !== (b.terms === undefined)) return false;
  return a.methods.every((method) => b.methods.some((other) => isSameMethod(method, other, same)));
}

function isSameMethod(a: Method, b: Method, same: Same): boolean {
  return a.name === b.name && (isExported(a.name) || a.path === b.path) && same(a.type, b.type);
}

function allSame<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((x, i) => same(x, b[i]));
}
