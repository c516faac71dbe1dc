/** Values of Go literals from their source text. */
import { type ExactNumber, ratio } from './rational.ts';

/** `0x1F`, `0b1`, `0o7`, `017`, `1_000`; undefined when malformed. */
export function integerValue(text: string): bigint | undefined {
  const digits = text.replaceAll('_', '').toLowerCase();
  const javascript = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  return /^(0x[0-9a-f]+|0b[01]+|0o[0-7]+|[0-9]+)$/.test(javascript) ? BigInt(javascript) : undefined;
}

const EXPONENT_LIMIT = 2000;

/** `1.5`, `1e3`, `0x1p-2`, exactly; undefined when malformed or beyond use. */
export function floatValue(text: string): ExactNumber | undefined {
  const digits = text.replaceAll('_', '').toLowerCase();
  const hexadecimal = /^0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?[0-9]+)$/.exec(digits);
  const decimal = /^([0-9]*)\.?([0-9]*)(?:e([+-]?[0-9]+))?$/.exec(digits);
  const [, whole = '', fraction = '', power = '0'] = hexadecimal ?? decimal ?? [];
  if (whole + fraction === '' || Math.abs(Number(power)) > EXPONENT_LIMIT || digits.length > EXPONENT_LIMIT) return undefined;
  const mantissa = BigInt(hexadecimal === null ? whole + fraction : `0x${whole}${fraction}`);
  const exponent = Number(power) - fraction.length * (hexadecimal === null ? 1 : 4);
  const scale = (hexadecimal === null ? 10n : 2n) ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? ratio(mantissa * scale, 1n) : ratio(mantissa, scale);
}

/** Code point of a rune literal. */
export function runeValue(text: string): bigint | undefined {
  const body = text.slice(1, -1);
  if (!body.startsWith('\\')) return BigInt(body.codePointAt(0) ?? 0);
  const unit = escaped(body, 0);
  return unit === undefined ? undefined : BigInt(unit.value);
}

/** Contents of a string literal; undefined when escapes make it invalid UTF-8, which JavaScript strings cannot hold. */
export function stringValue(text: string): string | undefined {
  if (text.startsWith('`')) return text.slice(1, -1).replaceAll('\r', '');
  const body = text.slice(1, -1);
  let result = '';
  for (let at = 0; at < body.length; ) {
    if (body[at] !== '\\') {
      result += body[at++];
      continue;
    }
    const unit = escaped(body, at);
    if (unit === undefined || (unit.isByte && unit.value >= 0x80)) return undefined;
    result += String.fromCodePoint(unit.value);
    at += unit.length;
  }
  return result;
}

interface Escape {
  readonly value: number;
  readonly length: number;
  /** Stands for a byte rather than a code point. */
  readonly isByte: boolean;
}

const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34 };
const DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function escaped(text: string, at: number): Escape | undefined {
  const letter = text.charAt(at + 1);
  if (Object.hasOwn(SIMPLE, letter)) return { value: SIMPLE[letter], length: 2, isByte: false };
  if (Object.hasOwn(DIGITS, letter)) {
    const count = DIGITS[letter];
    const digits = text.slice(at + 2, at + 2 + count);
    const value = Number.parseInt(digits, 16);
    const isValid = digits.length === count && /^[0-9a-fA-F]+$/.test(digits) && value <= 0x10ffff;
    return isValid ? { value, length: 2 + count, isByte: letter === 'x' } : undefined;
  }
  const octal = text.slice(at + 1, at + 4);
  return /^[0-7]{3}$/.test(octal) ? { value: Number.parseInt(octal, 8), length: 4, isByte: true } : undefined;
}
