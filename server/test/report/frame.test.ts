import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '../../src/report/frame.ts';

/** The frame of a line in which `«` and `»` enclose the range. */
function frame(marked: string): string {
  const bytes = Buffer.from(marked.replace(/[«»]/g, ''));
  const start = Buffer.from(marked.slice(0, marked.indexOf('«'))).length;
  const end = Buffer.from(marked.slice(0, marked.indexOf('»')).replace('«', '')).length;
  const { source, carets } = frameOf(bytes, start, end);
  return `${source}\n${carets}`;
}

describe('carets', () => {
  it.each([
    ['plain text', 'a := «b» + c', 'a := b + c\n     ^'],
    ['tabs', '\t«x» :=\t1', '    x :=    1\n    ^'],
    ['a tab inside the range', 'a«\tb»', 'a   b\n ^^^^'],
    ['wide characters', 's := "長さ" + «f»()', 's := "長さ" + f()\n              ^'],
    ['a range of wide characters', '«größe長»', 'größe長\n^^^^^^^'],
    ['astral characters', '"🚀" + «n»', '"🚀" + n\n       ^'],
    ['joined emoji', '"👩‍🚀👍🏽🇩🇪" + «n»', '"👩‍🚀👍🏽🇩🇪" + n\n           ^'],
    ['combining characters', 'e\u0301 + «n»', 'e\u0301 + n\n    ^'],
    ['half-width kana', 'ｶ «n»', 'ｶ n\n  ^'],
    ['an empty range', 'return«»', 'return\n      ^'],
    ['an empty range at the start', '«»return', 'return\n^'],
    ['controls', '// \u001b[2J «x»', '// \\x1b[2J x\n           ^'],
    ['bidirectional controls', '/* \u202e */ «x»', '/* \\u202e */ x\n             ^'],
  ])('stand under %s', (_, marked, expected) => {
    expect(frame(marked)).toBe(expected);
  });

  it('show an invalid byte as one replacement character', () => {
    expect(frameOf(Uint8Array.of(0x22, 0xff, 0xc3, 0x22, 0x78), 4, 5)).toMatchObject({ source: '"\ufffd\ufffd"x', carets: '    ^' });
  });

  it('cut a long line around the range', () => {
    const { source, carets, parts } = frameOf(Buffer.from(`${'a, '.repeat(200)}HERE${', b'.repeat(200)}`), 600, 604);
    expect(parts[1]).toBe('HERE');
    expect(source).toHaveLength(142);
    expect(source.slice(carets.indexOf('^'), carets.length)).toBe('HERE');
    expect(source.startsWith('…') && source.endsWith('…')).toBe(true);
  });

  it('mark exactly the range in any ASCII line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abc(){} '), minLength: 1, maxLength: 300 }), fc.nat(), fc.nat(), (line, a, b) => {
        const start = Math.min(a, b) % line.length;
        const end = Math.min(line.length, start + 1 + (Math.max(a, b) % 20));
        const { source, carets, parts } = frameOf(Buffer.from(line), start, end);
        expect(line.slice(start, end)).toBe(parts[1]);
        expect(source.slice(carets.indexOf('^'), carets.length)).toBe(parts[1]);
      }),
    );
  });
});
