/** Edits are applied as a whole, in any order, or refused. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits, areDisjoint, type TextEdit } from '../../src/base/index.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function edit(start: number, end: number, newText: string): TextEdit {
  return { path: '/a.go', range: { start, end }, newText };
}

describe('applyEdits', () => {
  it('equals a splice from the end, whatever the order given', () => {
    const cuts = fc.uniqueArray(fc.nat(40), { minLength: 2, maxLength: 10 }).map((at) => at.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 41, maxLength: 60 }), cuts, fc.string(), (text, at, insert) => {
        const edits: TextEdit[] = [];
        for (let i = 0; i + 1 < at.length; i += 2) edits.push(edit(at[i], at[i + 1], insert));
        const spliced = edits.reduceRight((rest, { range }) => rest.slice(0, range.start) + insert + rest.slice(range.end), text);
        const applied = decoder.decode(applyEdits(encoder.encode(text), [...edits].reverse()));
        expect(applied).toBe(decoder.decode(encoder.encode(spliced)));
      }),
    );
  });

  it('refuses overlapping edits and two inserts at one place', () => {
    expect(areDisjoint([edit(0, 3, ''), edit(2, 4, '')])).toBe(false);
    expect(areDisjoint([edit(1, 1, 'a'), edit(1, 1, 'b')])).toBe(false);
    expect(() => applyEdits(encoder.encode('abcdef'), [edit(0, 3, ''), edit(2, 4, '')])).toThrow(RangeError);
  });

  it('takes touching edits', () => {
    expect(decoder.decode(applyEdits(encoder.encode('abcd'), [edit(2, 3, 'Y'), edit(0, 2, 'X')]))).toBe('XYd');
  });

  it('refuses an edit beyond the text', () => {
    expect(() => applyEdits(encoder.encode('ab'), [edit(1, 5, '')])).toThrow(RangeError);
  });
});
