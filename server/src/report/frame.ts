/**
 * A line of source with carets under a byte range, for terminals: tabs are expanded, wide and combining characters take the
 * columns a terminal gives them, controls are shown as escapes, and a very long line is cut around the range.
 */
import { sequenceLength } from '../base/index.ts';
import { forTerminal } from './escape.ts';

export interface Frame {
  readonly source: string;
  /** Blanks, then carets under the range. */
  readonly carets: string;
  /** The line's text before, inside and after the range, for colouring; together they are `source`. */
  readonly parts: readonly [before: string, marked: string, after: string];
}

const TAB = 4;
const WIDEST = 140;
/** Columns kept in front of the range when a line is cut. */
const LEAD = 40;

/** One or more code points that a terminal draws as one; they end at byte `end` of the line. */
interface Cell {
  end: number;
  text: string;
  width: number;
}

/** `line` holds one line without its break; `start` and `end` are byte offsets in it. An empty range gets one caret. */
export function frameOf(line: Uint8Array, start: number, end: number): Frame {
  const all = cellsOf(line);
  const first = indexOfByte(all, start);
  const last = end > start ? Math.max(first, indexOfByte(all, end - 1)) + 1 : first + 1;
  const { from, to } = windowAround(all, first, last);
  const before = (from > 0 ? '…' : '') + textOf(all, from, first);
  const marked = textOf(all, first, Math.min(last, to));
  const after = textOf(all, Math.min(last, to), to) + (to < all.length ? '…' : '');
  const indent = (from > 0 ? 1 : 0) + widthOf(all, from, first);
  const carets = ' '.repeat(indent) + '^'.repeat(Math.max(1, widthOf(all, first, Math.min(last, to))));
  return { source: before + marked + after, carets, parts: [before, marked, after] };
}

function cellsOf(line: Uint8Array): readonly Cell[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const cells: Cell[] = [];
  let column = 0;
  for (let at = 0; at < line.length; ) {
    const length = sequenceLength(line, at);
    const text = length === 1 && line[at] >= 0x80 ? '\ufffd' : decoder.decode(line.subarray(at, at + length));
    const previous = cells.at(-1);
    if (previous !== undefined && joins(previous, text)) {
      previous.text += text;
      previous.end = at + length;
    } else {
      const cell = cellOf(text, at + length, column);
      cells.push(cell);
      column += cell.width;
    }
    at += length;
  }
  return cells;
}

function cellOf(text: string, end: number, column: number): Cell {
  if (text === '\t') {
    const width = TAB - (column % TAB);
    return { end, text: ' '.repeat(width), width };
  }
  const shown = forTerminal(text);
  if (shown !== text) return { end, text: shown, width: shown.length };
  return { end, text, width: isWide(text) ? 2 : 1 };
}

const COMBINING = /^[\p{Mn}\p{Me}\u200c\u200d]$/u;
const MODIFIER = /^\p{Emoji_Modifier}$/u;
const REGIONAL = /^\p{Regional_Indicator}$/u;

function joins(previous: Cell, text: string): boolean {
  if (text.length === 1 && text < '\u0300') return false;
  if (COMBINING.test(text)) return true;
  if (previous.text.endsWith('\u200d')) return isWide(text) || previous.width === 2;
  return (MODIFIER.test(text) && previous.width === 2) || (REGIONAL.test(text) && REGIONAL.test(previous.text));
}

const WIDE =
  /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Yi}\p{sc=Tangut}\u3000-\u303e\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
const HALF_WIDTH = /[\uff61-\uffdc]/;

/** Unicode's East Asian Width, W and F, as far as scripts tell it. */
function isWide(text: string): boolean {
  return text >= '\u1100' && WIDE.test(text) && !HALF_WIDTH.test(text);
}

/** The cell that holds a byte; one past the last when the byte lies beyond them. */
function indexOfByte(cells: readonly Cell[], offset: number): number {
  const index = cells.findIndex((cell) => cell.end > offset);
  return index < 0 ? cells.length : index;
}

function windowAround(cells: readonly Cell[], first: number, last: number): { readonly from: number; readonly to: number } {
  if (widthOf(cells, 0, cells.length) <= WIDEST) return { from: 0, to: cells.length };
  let from = first;
  for (let lead = 0; from > 0 && lead + cells[from - 1].width <= LEAD; from--) lead += cells[from - 1].width;
  if (widthOf(cells, 0, Math.min(last, cells.length)) <= WIDEST) from = 0;
  let to = from;
  for (let width = 0; to < cells.length && width + cells[to].width <= WIDEST; to++) width += cells[to].width;
  return { from, to };
}

function textOf(cells: readonly Cell[], from: number, to: number): string {
  return cells
    .slice(from, to)
    .map((cell) => cell.text)
    .join('');
}

function widthOf(cells: readonly Cell[], from: number, to: number): number {
  let width = 0;
  for (let i = from; i < Math.min(to, cells.length); i++) width += cells[i].width;
  return width;
}
