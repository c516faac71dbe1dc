/**
 * The universe block: the names that every Go file sees without declaring them (Go spec, "Predeclared identifiers"). One
 * symbol each for the life of the program, so that a shadowed `len` or `nil` is a different object from the real one.
 */
import { NONE } from '../../syntax/index.ts';
import type { GoSymbol, SymbolKind, Type } from '../shapes.ts';

export const BASIC_TYPE_NAMES: readonly string[] = [
  'bool',
  'byte',
  'complex64',
  'complex128',
  'float32',
  'float64',
  'int',
  'int8',
  'int16',
  'int32',
  'int64',
  'rune',
  'string',
  'uint',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'uintptr',
];

const BUILTIN_NAMES: readonly string[] = [
  'append',
  'cap',
  'clear',
  'close',
  'complex',
  'copy',
  'delete',
  'imag',
  'len',
  'make',
  'max',
  'min',
  'new',
  'panic',
  'print',
  'println',
  'real',
  'recover',
];

function predeclared(kind: SymbolKind, name: string): GoSymbol {
  return { kind, name, file: undefined, declaration: NONE, role: undefined, owner: NONE, scope: { start: 0, end: 0 } };
}

/** Predeclared symbols by name; `nil` counts as a constant. */
export const universe: ReadonlyMap<string, GoSymbol> = new Map(
  [
    ...[...BASIC_TYPE_NAMES, 'any', 'comparable', 'error'].map((name) => predeclared('type', name)),
    ...['true', 'false', 'iota', 'nil'].map((name) => predeclared('constant', name)),
    ...BUILTIN_NAMES.map((name) => predeclared('builtin', name)),
  ].map((symbol) => [symbol.name, symbol]),
);

export const UNKNOWN: Type = { kind: 'unknown' };
export const NIL: Type = { kind: 'nil' };
export const NO_RESULT: Type = { kind: 'tuple', elements: [] };
/** `any`. */
export const EMPTY_INTERFACE: Type = { kind: 'interface', methods: [], isComplete: true };
export const ERROR_TYPE: Type = { kind: 'named', path: '', name: 'error', symbol: universe.get('error'), arguments: [] };
export const COMPARABLE_TYPE: Type = { kind: 'named', path: '', name: 'comparable', symbol: universe.get('comparable'), arguments: [] };

const basicTypes: ReadonlyMap<string, Type> = new Map(
  [...BASIC_TYPE_NAMES, 'unsafe.Pointer'].map((name) => [name, { kind: 'basic', name }]),
);
const untypedTypes: ReadonlyMap<string, Type> = new Map(
  ['bool', 'int', 'rune', 'float64', 'complex128', 'string'].map((name) => [name, { kind: 'basic', name, untyped: true }]),
);

/** `byte` and `rune` keep the name they were written with; `isIdentical` knows them as `uint8` and `int32`. */
export function basicType(name: string): Type {
  return basicTypes.get(name) ?? UNKNOWN;
}

/** The type of an untyped constant (or comparison), named after its default type. */
export function untypedType(name: string): Type {
  return untypedTypes.get(name) ?? UNKNOWN;
}

/** Type that a predeclared type name stands for. */
export function predeclaredType(name: string): Type {
  if (name === 'error') return ERROR_TYPE;
  if (name === 'any') return EMPTY_INTERFACE;
  return name === 'comparable' ? COMPARABLE_TYPE : basicType(name);
}

/** What an untyped value becomes where nothing else decides (Go spec, "Constants"); other types stay, `nil` has none. */
export function defaultType(type: Type): Type {
  if (type.kind === 'basic' && type.untyped === true) return basicType(type.name);
  return type.kind === 'nil' ? UNKNOWN : type;
}
