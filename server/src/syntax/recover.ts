/**
 * Files that do not parse. Go is written one declaration below the other, so that what is wrong with one need not touch the
 * next: the driver reads on from the broken declaration with as little of it taken out as makes it whole. What is taken out
 * becomes an error node; every other node is what it would be in a file without errors.
 *
 * Tried in turn: the lines at which reading stopped, brackets that are missing at the end, the whole body of the function, and
 * the whole declaration.
 */
import type { Range } from '../base/index.ts';
import { Byte } from './bytes.ts';
import { bodyBrace, missingClosers, nextDeclaration } from './outline.ts';
import { type Driver, type Root, WOUND } from './parser/index.ts';

export interface Recovered {
  readonly root: Root;
  /** Ranges of the declarations that hold errors, in source order. */
  readonly broken: readonly Range[];
  /** Where text was taken out, or brackets put that it does not have; in source order. */
  readonly mended: readonly Range[];
}

/** Lines of one declaration that may be taken out one by one. */
const MAX_LINES = 4;
/** How often the file's bytes may be read again before all that is left is given up, so that no text takes long. */
const MAX_READS = 24;

/** Reads on after a failure, until the end of the file. `source` is what the driver was opened with. */
export function recover(driver: Driver, source: Uint8Array): Recovered {
  return new Recovery(driver, source).run();
}

class Recovery {
  private readonly driver: Driver;
  private readonly source: Uint8Array;
  private readonly broken: Range[] = [];
  private readonly mended: Range[] = [];
  /** Of the declaration at hand. */
  private mending: Range[] = [];
  private root: Root | undefined;
  /** Bytes that may still be read again. */
  private left: number;

  constructor(driver: Driver, source: Uint8Array) {
    this.driver = driver;
    this.source = source;
    this.left = (source.length + 1024) * MAX_READS;
  }

  run(): Recovered {
    for (;;) {
      this.mendDeclaration();
      if (this.root !== undefined) return { root: this.root, broken: this.broken, mended: this.mended };
    }
  }

  /** Gets the driver past the declaration in which it failed. */
  private mendDeclaration(): void {
    const { declaration, failedAt, failedAtTop, bytes } = this.driver;
    const isStray = failedAtTop && failedAt > declaration && isLineStart(bytes, failedAt);
    const start = isStray ? failedAt : declaration;
    const end = this.left > 0 ? nextDeclaration(this.source, start, this.source.length) : this.source.length;
    const piece: Range = { start, end };
    this.broken.push(piece);
    const ways = isStray || this.left <= 0 ? [] : [this.withoutLines, this.withClosers, this.withoutBody];
    const isMended = ways.some((way) => {
      bytes.set(this.source.subarray(start, end), start);
      this.mending = [];
      return way.call(this, piece);
    });
    if (!isMended) this.withoutAll(piece);
    this.mended.push(...this.mending.sort((a, b) => a.start - b.start));
  }

  private withoutAll(piece: Range): void {
    this.driver.bytes.set(this.source.subarray(piece.start, piece.end), piece.start);
    this.mending = [];
    this.wound(trimmed(this.source, piece));
    this.readPast(piece.end);
  }

  private withoutLines(piece: Range): boolean {
    for (let i = 0; i < MAX_LINES; i++) {
      const line = blamedLine(this.driver.bytes, this.driver.failedAt, piece);
      if (line === undefined || line.start <= piece.start) return false;
      this.wound(line);
      if (this.readPast(piece.end)) return true;
    }
    return false;
  }

  private withClosers(piece: Range): boolean {
    const { bytes } = this.driver;
    const text = trimmed(this.source, piece);
    const closers = missingClosers(this.source, text);
    if (closers === undefined || closers.length === 0) return false;
    const room = piece.end - text.end;
    if (room <= closers.length) return false;
    const at = room > closers.length + 1 ? text.end + 1 : text.end;
    bytes.set(closers, at);
    if (!this.readPast(piece.end)) return false;
    this.mending.push({ start: text.end, end: text.end + 1 });
    return true;
  }

  private withoutBody(piece: Range): boolean {
    const { bytes } = this.driver;
    const text = trimmed(this.source, piece);
    const brace = bodyBrace(this.source, text.start, text.end);
    const last = bytes[text.end - 1] === Byte.closeBrace ? text.end - 1 : text.end;
    if (brace < 0 || last <= brace || last >= piece.end) return false;
    this.wound({ start: brace + 1, end: last });
    bytes[last] = Byte.closeBrace;
    return this.readPast(piece.end);
  }

  private wound(range: Range): void {
    this.driver.bytes.fill(WOUND, range.start, range.end);
    this.mending.push(range);
  }

  /** Reads from the checkpoint; whether the driver came to the end of the file or into a declaration from `end` on. */
  private readPast(end: number): boolean {
    const { driver } = this;
    const from = driver.declaration;
    driver.rewind();
    this.root = driver.read();
    const isPast = this.root !== undefined || driver.declaration >= end;
    this.left -= Math.max(driver.failedAt, driver.declaration) - from + 64;
    return isPast;
  }
}

function isLineStart(bytes: Uint8Array, at: number): boolean {
  return at === 0 || bytes[at - 1] === Byte.lineFeed;
}

/**
 * The line in which reading stopped; or the one before, when it stopped at a line's first token, since that did not continue it,
 * or when an operator there made this line its operand.
 */
function blamedLine(bytes: Uint8Array, failedAt: number, piece: Range): Range | undefined {
  const at = Math.min(failedAt, piece.end);
  const own = lineAt(bytes, at, piece);
  const before = textBefore(bytes, own.start, piece);
  const isBefore = before !== undefined && (own.start >= at || endsInOperator(bytes, before));
  const line = isBefore ? before : own;
  return line.start < line.end && bytes[line.start] !== WOUND ? line : undefined;
}

const OPERATORS = new TextEncoder().encode('=+-*/%&|^<>!.');

/** `++` and `--` end a statement. */
function endsInOperator(bytes: Uint8Array, { end }: Range): boolean {
  const last = bytes[end - 1];
  const isStep = last === bytes[end - 2] && (last === Byte.plus || last === Byte.minus);
  return OPERATORS.includes(last) && !isStep;
}

/** Text of the line around an offset, without the space around it. */
function lineAt(bytes: Uint8Array, at: number, piece: Range): Range {
  const start = Math.max(piece.start, bytes.lastIndexOf(Byte.lineFeed, at - 1) + 1);
  const lineFeed = bytes.indexOf(Byte.lineFeed, at);
  return trimmed(bytes, { start, end: lineFeed < 0 ? piece.end : Math.min(lineFeed, piece.end) });
}

/** The nearest line above with text that has not been taken out. */
function textBefore(bytes: Uint8Array, at: number, piece: Range): Range | undefined {
  for (let i = at - 1; i >= piece.start; i--) {
    if (bytes[i] > Byte.space) return lineAt(bytes, i, piece);
  }
  return undefined;
}

/** The range without white space at its ends; empty at its start when there is nothing else. */
function trimmed(bytes: Uint8Array, { start, end }: Range): Range {
  let first = start;
  let last = end;
  while (first < last && isSpace(bytes[first])) first++;
  while (last > first && isSpace(bytes[last - 1])) last--;
  return { start: first, end: last };
}

function isSpace(byte: number): boolean {
  return byte === Byte.space || byte === Byte.lineFeed || byte === Byte.return || byte === Byte.tab;
}
