/**
 * Which function of strconv prints a value as a verb of fmt does. Only where both give the same bytes for every value: plain
 * verbs, types that do not format themselves. Floats print alike with `%v` and format 'g', precision -1.
 */
import type { Type, Types } from '../../model/index.ts';
import type { RuleContext } from '../rule.ts';
import { basicKind, formatsItself, isByteSlice, type SolePrint } from './formatting.ts';

export interface Conversion {
  /** Import path; undefined where a conversion of the language does it. */
  readonly path: string | undefined;
  /** `Itoa`, or the type of a conversion. */
  readonly name: string;
  /** Type the value has to be converted to first; undefined where it has it. */
  readonly as: string | undefined;
  /** Arguments behind the value, without the comma. */
  readonly more: string | undefined;
}

/** Kinds whose every value fits into an int, which has at least 32 bits. */
const FIT_INT: ReadonlySet<string> = new Set(['int', 'int8', 'int16', 'int32', 'uint8', 'uint16']);
const SIGNED: ReadonlySet<string> = new Set(['int', 'int8', 'int16', 'int32', 'int64']);
const UNSIGNED: ReadonlySet<string> = new Set(['uint', 'uint8', 'uint16', 'uint32', 'uint64']);

/** How else the call prints its one value; undefined where nothing prints the same, or a constant could be written out instead. */
export function conversionFor({ types }: Pick<RuleContext, 'types'>, { value, verb }: SolePrint): Conversion | undefined {
  return types.constantOf(value) === undefined ? conversionOf(types, types.typeOf(value), verb) : undefined;
}

function conversionOf(types: Types, type: Type, verb: string): Conversion | undefined {
  if (formatsItself(types, type, verb) || !['%d', '%s', '%t', '%x', '%v'].includes(verb)) return undefined;
  if (isByteSlice(types, type)) return ofBytes(verb);
  const kind = basicKind(types, type);
  if (kind === undefined) return undefined;
  const isKind = type.kind === 'basic' && type.name === kind;
  const as = (wanted: string): string | undefined => (isKind && kind === wanted ? undefined : wanted);
  if (SIGNED.has(kind) || UNSIGNED.has(kind)) return ofInteger(kind, verb, as);
  if (kind === 'bool' && (verb === '%t' || verb === '%v')) return { path: 'strconv', name: 'FormatBool', as: as('bool'), more: undefined };
  if (verb !== '%v' || (kind !== 'float64' && kind !== 'float32')) return undefined;
  return { path: 'strconv', name: 'FormatFloat', as: as('float64'), more: `'g', -1, ${kind === 'float64' ? 64 : 32}` };
}

function ofBytes(verb: string): Conversion | undefined {
  if (verb === '%s') return { path: undefined, name: 'string', as: undefined, more: undefined };
  return verb === '%x' ? { path: 'encoding/hex', name: 'EncodeToString', as: undefined, more: undefined } : undefined;
}

function ofInteger(kind: string, verb: string, as: (wanted: string) => string | undefined): Conversion | undefined {
  if (verb !== '%d' && verb !== '%v' && verb !== '%x') return undefined;
  const base = verb === '%x' ? 16 : 10;
  if (base === 10 && FIT_INT.has(kind)) return { path: 'strconv', name: 'Itoa', as: as('int'), more: undefined };
  return SIGNED.has(kind)
    ? { path: 'strconv', name: 'FormatInt', as: as('int64'), more: String(base) }
    : { path: 'strconv', name: 'FormatUint', as: as('uint64'), more: String(base) };
}
