/**
 * Places in a source file. Inside the server every offset counts UTF-8 bytes from 0, because the parser, the Go tools and
 * files on disk agree on bytes; UTF-16 appears only at the protocol's edge, through the line table.
 */

/** Half-open byte range `[start, end)` of one file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A range in a named file; `path` is absolute with `/`. */
export interface Location {
  readonly path: string;
  readonly range: Range;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two ranges share a byte; an empty range shares none with its neighbours. */
export function overlaps(a: Range, b: Range): boolean {
  return a.start < b.end && b.start < a.end;
}
