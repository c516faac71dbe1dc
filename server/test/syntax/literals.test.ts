/** Literals are judged as the Go specification does; the Go toolchain's own judgement of the same list is a slow test. */
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { INVALID_LITERALS, VALID_LITERALS } from './literal-samples.ts';

beforeAll(loadTestGrammar);

const problemsOf = (literal: string | Uint8Array): number => {
  const bytes = typeof literal === 'string' ? new TextEncoder().encode(literal) : literal;
  const text = [...new TextEncoder().encode('package p\n\nvar x = '), ...bytes, 0x0a];
  return parse(new Uint8Array(text)).problems.length;
};

describe('parse', () => {
  it.each(VALID_LITERALS)('accepts %s', (literal) => {
    expect(problemsOf(literal)).toBe(0);
  });

  it.each(INVALID_LITERALS)('rejects %s', (literal) => {
    expect(problemsOf(literal)).toBeGreaterThan(0);
  });

  it.each([
    ['a NUL in a comment', [0x31, 0x2f, 0x2f, 0x00]],
    ['a NUL in a string', [0x22, 0x00, 0x22]],
    ['a byte order mark in a string', [0x22, 0xef, 0xbb, 0xbf, 0x22]],
    ['a byte order mark between tokens', [0xef, 0xbb, 0xbf, 0x31]],
    ['half a character in a string', [0x22, 0xe4, 0xb8, 0x22]],
    ['half a character in a raw string', [0x60, 0xff, 0x60]],
    ['half a character in a comment', [0x31, 0x2f, 0x2a, 0xc3, 0x2a, 0x2f]],
    ['a form feed', [0x0c, 0x31]],
  ])('rejects %s', (_, bytes) => {
    expect(problemsOf(new Uint8Array(bytes))).toBeGreaterThan(0);
  });

  it('accepts a byte order mark where the file begins', () => {
    const bytes = new TextEncoder().encode('\ufeffpackage p\n');
    expect(parse(bytes)).toMatchObject({ problems: [], tree: { length: 3 } });
  });
});
