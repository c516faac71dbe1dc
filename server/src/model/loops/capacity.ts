/**
 * The number of elements that nested loops put into a place, as a number where it is known and as Go text for a fix.
 */

import type { Node } from '../../syntax/index.ts';
import type { TripCount } from './trip-count.ts';

export interface Capacity {
  /** Undefined where it depends on a value. */
  readonly elements: number | undefined;
  /** Expression of type int without blanks; undefined where a call would have to be repeated. */
  readonly text: string | undefined;
  /** The same, never below zero, by the builtin `max` (Go 1.21). Equal to `text` where that suffices. */
  readonly guardedText: string | undefined;
  /** Identifiers of the variables, constants and packages it names. */
  readonly variables: readonly Node[];
  /** What it reads of variables: names of fields, `*` behind a pointer, `[]` of elements. */
  readonly parts: readonly string[];
}

/** Capacity for `perIteration` elements on each iteration of the innermost loop. */
export function capacityOf(counts: readonly TripCount[], perIteration: number): Capacity {
  const elements = counts.reduce<number | undefined>((product, count) => times(product, count.iterations), perIteration);
  const factors = [
    ...(perIteration > 1 ? [String(perIteration)] : []),
    ...counts.map((count) => factorText(count, counts.length > 1 || perIteration > 1)),
  ];
  const guarded = [
    ...(perIteration > 1 ? [String(perIteration)] : []),
    ...counts.map((count) => guardedFactor(count, counts.length > 1 || perIteration > 1)),
  ];
  return {
    elements,
    text: productText(factors),
    guardedText: productText(guarded),
    variables: counts.flatMap((count) => count.variables),
    parts: counts.flatMap((count) => count.parts),
  };
}

/** The capacity with room for a few elements more. */
export function withExtra(capacity: Capacity, extra: number): Capacity {
  if (extra === 0) return capacity;
  return {
    ...capacity,
    elements: capacity.elements === undefined ? undefined : capacity.elements + extra,
    text: sumText(capacity.text, extra),
    guardedText: sumText(capacity.guardedText, extra),
  };
}

function sumText(text: string | undefined, extra: number): string | undefined {
  return text !== undefined && /^[0-9]+$/.test(text) ? String(Number(text) + extra) : text && `${text}+${extra}`;
}

function times(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a * b;
}

function factorText(count: TripCount, isFactor: boolean): string | undefined {
  return count.isSum && isFactor && count.text !== undefined ? `(${count.text})` : count.text;
}

function guardedFactor(count: TripCount, isFactor: boolean): string | undefined {
  if (count.text === undefined || !needsGuard(count)) return factorText(count, isFactor);
  return `max(${count.text}, 0)`;
}

function needsGuard(count: TripCount): boolean {
  return count.mayBeNegative && count.iterations === undefined;
}

function productText(factors: readonly (string | undefined)[]): string | undefined {
  const known = factors.filter((factor) => factor !== undefined);
  if (known.length < factors.length) return undefined;
  if (known.every((factor) => /^[0-9]+$/.test(factor))) return String(known.reduce((product, factor) => product * Number(factor), 1));
  return known.join('*');
}
