/** Positions: byte and UTF-16 columns against independent references, on every kind of text that trips editors. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineTable } from '../../src/base/index.ts';

const encoder = new TextEncoder();

/** Text in which the troublesome pieces are frequent. */
const troublesomeText = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r\n', '\r', '\u2028', '\ufeff', '😀', 'é', '世', '\u0000', '\t'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    {
      maxLength: 30,
    },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => text.isWellFormed());

/** Byte offset of each code point boundary beside its UTF-16 offset. */
function boundaries(text: string): { byte: number; unit: number }[] {
  const found = [{ byte: 0, unit: 0 }];
  let byte = 0;
  let unit = 0;
  for (const point of text) {
    byte += encoder.encode(point).length;
    unit += point.length;
    found.push({ byte, unit });
  }
  return found;
}

describe('LineTable', () => {
  it('gives the UTF-16 positions that an LSP document gives', () => {
    fc.assert(
      fc.property(troublesomeText, (text) => {
        const table = new LineTable(encoder.encode(text), 'lsp');
        const document = TextDocument.create('file:///a.go', 'go', 1, text);
        for (const { byte, unit } of boundaries(text)) {
          const { line, column } = table.positionUtf16(byte);
          if (byte > table.lineEnd(line)) continue; // between CR and LF, where LSP has no position
          expect({ line, character: column }).toEqual(document.positionAt(unit));
        }
      }),
    );
  });

  it('takes every UTF-16 position back to its byte', () => {
    fc.assert(
      fc.property(troublesomeText, (text) => {
        const table = new LineTable(encoder.encode(text), 'lsp');
        for (const { byte } of boundaries(text)) {
          const position = table.positionUtf16(byte);
          if (byte <= table.lineEnd(position.line)) expect(table.offsetUtf16(position)).toBe(byte);
        }
      }),
    );
  });

  it('takes every byte position back to its byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom('go' as const, 'lsp' as const), (source, breaks) => {
        const table = new LineTable(source, breaks);
        for (let byte = 0; byte <= source.length; byte++) {
          const position = table.position(byte);
          if (byte <= table.lineEnd(position.line)) expect(table.offset(position)).toBe(byte);
        }
      }),
    );
  });

  it('breaks lines at LF alone for Go, and at a lone CR too for LSP', () => {
    const source = encoder.encode('a\rb\r\nc\n');
    expect(new LineTable(source, 'go').lineCount).toBe(3);
    expect(new LineTable(source, 'lsp').lineCount).toBe(4);
  });

  it('counts a position inside a surrogate pair as its start', () => {
    const table = new LineTable(encoder.encode('a😀b'), 'lsp');
    expect(table.offsetUtf16({ line: 0, column: 2 })).toBe(1);
    expect(table.offsetUtf16({ line: 0, column: 3 })).toBe(5);
  });

  it('clamps what lies beyond the text', () => {
    const table = new LineTable(encoder.encode('ab\r\ncd'), 'lsp');
    expect(table.offsetUtf16({ line: 0, column: 99 })).toBe(2);
    expect(table.offsetUtf16({ line: 9, column: 0 })).toBe(6);
    expect(table.position(99)).toEqual({ line: 1, column: 2 });
  });
});
