/**
 * Exact fractions, as Go's constants are: a double in between would end in other digits than the compiler's. Numbers that grow
 * beyond any use are given up, so that no source makes one of megabytes.
 */

/** A number that is no integer; in lowest terms, the denominator above 1. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** An exact number: integers are plain bigint. */
export type ExactNumber = bigint | Rational;

const BIT_LIMIT = 8192;
const LIMIT = 1n << BigInt(BIT_LIMIT);

export function numeratorOf(value: ExactNumber): bigint {
  return typeof value === 'bigint' ? value : value.numerator;
}

export function denominatorOf(value: ExactNumber): bigint {
  return typeof value === 'bigint' ? 1n : value.denominator;
}

/** The quotient in lowest terms; undefined when it is too large or has no value. */
export function ratio(numerator: bigint, denominator: bigint): ExactNumber | undefined {
  if (denominator === 0n || magnitude(numerator) >= LIMIT || magnitude(denominator) >= LIMIT) return undefined;
  const sign = denominator < 0n ? -1n : 1n;
  const divisor = greatestCommonDivisor(magnitude(numerator), magnitude(denominator)) * sign;
  const lowest = denominator / divisor;
  return lowest === 1n ? numerator / divisor : { numerator: numerator / divisor, denominator: lowest };
}

/** The nearest double. */
export function toNumber(value: ExactNumber): number {
  if (typeof value === 'bigint') return Number(value);
  const bits = (n: bigint): number => magnitude(n).toString(16).length * 4;
  const shift = 70 - bits(value.numerator) + bits(value.denominator);
  const scaled =
    shift >= 0 ? (value.numerator << BigInt(shift)) / value.denominator : value.numerator / (value.denominator << BigInt(-shift));
  const half = Math.trunc(shift / 2);
  return Number(scaled) * 2 ** -half * 2 ** -(shift - half);
}

/** The exact value of a double; undefined for those that are no numbers. */
export function fromNumber(value: number): ExactNumber | undefined {
  if (!Number.isFinite(value)) return undefined;
  let scaled = value;
  let denominator = 1n;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    denominator *= 2n;
  }
  return ratio(BigInt(scaled), denominator);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
