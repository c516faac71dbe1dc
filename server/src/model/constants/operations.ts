/** Operators and conversions on constant values. Exponents and lengths are capped, so that no source makes a value of megabytes. */

import type { Type } from '../shapes.ts';
import { type Architecture, sizeOfBasic } from '../types/architecture.ts';
import type { ExactValue } from '../types/context.ts';
import { canonicalBasicName } from '../types/identity.ts';
import { denominatorOf, type ExactNumber, fromNumber, numeratorOf, ratio, toNumber } from './rational.ts';

const SHIFT_LIMIT = 10_000n;
const STRING_LIMIT = 1 << 20;

/** `type` is the underlying type of the result. */
export function unaryValue(operator: string, operand: ExactValue, type: Type, architecture: Architecture): ExactValue | undefined {
  if (operator === '!') return typeof operand === 'boolean' ? !operand : undefined;
  if (!isNumber(operand)) return undefined;
  if (operator === '+') return operand;
  if (operator === '-') return ratio(-numeratorOf(operand), denominatorOf(operand));
  if (operator !== '^' || typeof operand !== 'bigint') return undefined;
  const bits = unsignedBits(type, architecture);
  return bits === undefined ? ~operand : BigInt.asUintN(bits, ~operand);
}

function unsignedBits(type: Type, architecture: Architecture): number | undefined {
  if (type.kind !== 'basic' || type.untyped === true) return undefined;
  const name = canonicalBasicName(type.name);
  const bytes = name.startsWith('uint') ? sizeOfBasic(name, architecture) : undefined;
  return bytes === undefined ? undefined : bytes * 8;
}

/** `type` is the underlying type of the result. */
export function binaryValue(operator: string, left: ExactValue, right: ExactValue, type: Type): ExactValue | undefined {
  if (typeof left === 'boolean' && typeof right === 'boolean') return booleanValue(operator, left, right);
  if (typeof left === 'string' && typeof right === 'string') return stringOperation(operator, left, right);
  if (operator === '<<' || operator === '>>') return shiftValue(operator, left, right);
  if (!isNumber(left) || !isNumber(right)) return undefined;
  if (typeof left === 'bigint' && typeof right === 'bigint' && !isFloat(type)) return integerOperation(operator, left, right);
  return fractionOperation(operator, left, right);
}

function isNumber(value: ExactValue): value is ExactNumber {
  return typeof value === 'bigint' || typeof value === 'object';
}

function booleanValue(operator: string, left: boolean, right: boolean): boolean | undefined {
  switch (operator) {
    case '&&':
      return left && right;
    case '||':
      return left || right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    default:
      return undefined;
  }
}

function stringOperation(operator: string, left: string, right: string): ExactValue | undefined {
  if (operator === '+') return left.length + right.length <= STRING_LIMIT ? left + right : undefined;
  if (operator === '==') return left === right;
  return operator === '!=' ? left !== right : undefined;
}

function shiftValue(operator: string, left: ExactValue, right: ExactValue): bigint | undefined {
  const value = integral(left);
  const count = integral(right);
  if (value === undefined || count === undefined || count < 0n || count > SHIFT_LIMIT) return undefined;
  return operator === '<<' ? value << count : value >> count;
}

function integral(value: ExactValue): bigint | undefined {
  return typeof value === 'bigint' ? value : undefined;
}

function integerOperation(operator: string, left: bigint, right: bigint): ExactValue | undefined {
  switch (operator) {
    case '/':
      return right === 0n ? undefined : left / right;
    case '%':
      return right === 0n ? undefined : left % right;
    case '&':
      return left & right;
    case '|':
      return left | right;
    case '^':
      return left ^ right;
    case '&^':
      return left & ~right;
    default:
      return fractionOperation(operator, left, right);
  }
}

function fractionOperation(operator: string, left: ExactNumber, right: ExactNumber): ExactValue | undefined {
  const [a, b] = [numeratorOf(left), denominatorOf(left)];
  const [c, d] = [numeratorOf(right), denominatorOf(right)];
  switch (operator) {
    case '+':
      return ratio(a * d + c * b, b * d);
    case '-':
      return ratio(a * d - c * b, b * d);
    case '*':
      return ratio(a * c, b * d);
    case '/':
      return ratio(a * d, b * c);
    default:
      return comparison(operator, a * d, c * b);
  }
}

function comparison(operator: string, left: bigint, right: bigint): boolean | undefined {
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return undefined;
  }
}

/** The value as a constant of a type with this underlying type; a value the type cannot hold is an error in Go and undefined here. */
export function converted(value: ExactValue, type: Type, architecture: Architecture): ExactValue | undefined {
  if (type.kind !== 'basic') return undefined;
  const name = canonicalBasicName(type.name);
  if (typeof value === 'boolean') return name === 'bool' ? value : undefined;
  if (typeof value === 'string') return name === 'string' ? value : undefined;
  if (name === 'string') return typeof value === 'bigint' ? runeText(value) : undefined;
  if (isFloat(type)) return type.untyped === true ? value : rounded(name, value);
  const bytes = name.startsWith('complex') || name === 'bool' ? undefined : sizeOfBasic(name, architecture);
  const exact = bytes === undefined ? undefined : integral(value);
  if (bytes === undefined || exact === undefined) return undefined;
  return type.untyped === true || fits(name, bytes * 8, exact) ? exact : undefined;
}

function rounded(name: string, value: ExactNumber): ExactNumber | undefined {
  const double = toNumber(value);
  return fromNumber(name === 'float32' ? Math.fround(double) : double);
}

/** Of an underlying type. */
export function isFloat(type: Type): boolean {
  return type.kind === 'basic' && (type.name === 'float32' || type.name === 'float64');
}

function fits(name: string, bits: number, value: bigint): boolean {
  return name.startsWith('u') ? BigInt.asUintN(bits, value) === value : BigInt.asIntN(bits, value) === value;
}

/** `string(rune)`. */
function runeText(value: bigint): string {
  const isValid = value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);
  return String.fromCodePoint(isValid ? Number(value) : 0xfffd);
}
