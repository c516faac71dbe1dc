/** Byte offsets to protocol positions and back, in the encoding that client and server agreed on. */
import type { Position as LspPosition, Range as LspRange } from 'vscode-languageserver';
import type { LineTable, Range } from '../base/index.ts';

export type PositionEncoding = 'utf-8' | 'utf-16';

/** The first encoding of the client's list that we speak; UTF-16, which every client must accept, when it has none. */
export function chooseEncoding(offered: readonly string[] | undefined): PositionEncoding {
  for (const encoding of offered ?? []) if (encoding === 'utf-8' || encoding === 'utf-16') return encoding;
  return 'utf-16';
}

/** `lines` must break lines as LSP does. */
export function toPosition(lines: LineTable, offset: number, encoding: PositionEncoding): LspPosition {
  const { line, column } = encoding === 'utf-8' ? lines.position(offset) : lines.positionUtf16(offset);
  return { line, character: column };
}

/** Positions beyond a line or the text are pulled in, as the protocol asks. */
export function toOffset(lines: LineTable, position: LspPosition, encoding: PositionEncoding): number {
  const place = { line: Math.max(0, position.line), column: Math.max(0, position.character) };
  return encoding === 'utf-8' ? lines.offset(place) : lines.offsetUtf16(place);
}

export function toLspRange(lines: LineTable, range: Range, encoding: PositionEncoding): LspRange {
  return { start: toPosition(lines, range.start, encoding), end: toPosition(lines, range.end, encoding) };
}

export function toByteRange(lines: LineTable, range: LspRange, encoding: PositionEncoding): Range {
  const start = toOffset(lines, range.start, encoding);
  return { start, end: Math.max(start, toOffset(lines, range.end, encoding)) };
}
