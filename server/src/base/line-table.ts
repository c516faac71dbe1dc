/**
 * Byte offsets to lines and columns, and back, in UTF-8 bytes or UTF-16 units. Go and LSP disagree on what ends a line (Go:
 * only LF; LSP: LF, CRLF and a lone CR), so a table is made for one of the two. Lines of pure ASCII cost nothing extra.
 */

/** Zero-based; `column` counts bytes or UTF-16 units, as the method that gives or takes it says. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type LineBreaks = 'go' | 'lsp';

const LF = 10;
const CR = 13;

export class LineTable {
  private readonly starts: Uint32Array;
  /** Per line 1 when all of it is ASCII, so that bytes and UTF-16 units agree. */
  private readonly ascii: Uint8Array;

  constructor(
    private readonly source: Uint8Array,
    lineBreaks: LineBreaks = 'go',
  ) {
    const starts: number[] = [0];
    const ascii: number[] = [];
    let isAscii = 1;
    for (let i = 0; i < source.length; i++) {
      const byte = source[i];
      if (byte >= 0x80) isAscii = 0;
      const endsLine = byte === LF || (byte === CR && lineBreaks === 'lsp' && source[i + 1] !== LF);
      if (!endsLine) continue;
      starts.push(i + 1);
      ascii.push(isAscii);
      isAscii = 1;
    }
    ascii.push(isAscii);
    this.starts = Uint32Array.from(starts);
    this.ascii = Uint8Array.from(ascii);
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Byte offset where a line begins; a line beyond the last is the end of the text. */
  lineStart(line: number): number {
    return line < this.starts.length ? this.starts[line] : this.source.length;
  }

  /** Zero-based line of a byte offset; an offset beyond the end belongs to the last line. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Column in UTF-8 bytes. */
  position(offset: number): Position {
    const line = this.lineOf(offset);
    return { line, column: Math.min(offset, this.source.length) - this.starts[line] };
  }

  /** Column in UTF-16 units; an invalid byte counts one unit, as decoders replace it by one U+FFFD. */
  positionUtf16(offset: number): Position {
    const { line, column } = this.position(offset);
    if (this.ascii[line] === 1) return { line, column };
    const start = this.starts[line];
    let units = 0;
    for (let at = start; at < start + column; ) {
      const length = sequenceLength(this.source, at);
      if (at + length > start + column) break;
      units += length === 4 ? 2 : 1;
      at += length;
    }
    return { line, column: units };
  }

  /** Byte offset of a byte position; columns beyond the line's end give its end (before the break). */
  offset(position: Position): number {
    if (position.line >= this.starts.length) return this.source.length;
    return Math.min(this.starts[position.line] + position.column, this.lineEnd(position.line));
  }

  /** Byte offset of a UTF-16 position; a position inside a surrogate pair gives the pair's start. */
  offsetUtf16(position: Position): number {
    if (position.line >= this.starts.length || this.ascii[position.line] === 1) return this.offset(position);
    const end = this.lineEnd(position.line);
    let at = this.starts[position.line];
    let units = 0;
    while (at < end) {
      const length = sequenceLength(this.source, at);
      units += length === 4 ? 2 : 1;
      if (units > position.column) break;
      at += length;
    }
    return at;
  }

  /** Byte offset after the last byte of a line that is not part of its break. */
  lineEnd(line: number): number {
    const next = this.lineStart(line + 1);
    if (line + 1 >= this.starts.length) return this.source.length;
    const isCrLf = this.source[next - 1] === LF && this.source[next - 2] === CR && next - 2 >= this.starts[line];
    return isCrLf ? next - 2 : next - 1;
  }
}

/** Bytes of the well-formed UTF-8 sequence at `at`, or 1 for a byte that begins none (the WHATWG decoder's reading is coarser only in what it replaces). */
export function sequenceLength(source: Uint8Array, at: number): number {
  const first = source[at];
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 1;
  if (length === 1 || at + length > source.length) return 1;
  const second = source[at + 1];
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 1;
  for (let i = 2; i < length; i++) if ((source[at + i] & 0xc0) !== 0x80) return 1;
  return length;
}
