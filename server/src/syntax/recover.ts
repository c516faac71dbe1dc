/**
 * Keeps one unclosed bracket from costing the rest of the file. A parser that meets `if x {` without its end takes all that
 * follows for its body; but Go is written with declarations in column 0, so that the pieces between them can be judged one by
 * one. Those that do not parse are blanked out, all but their signature, and the file is parsed anew: same offsets, same
 * source, and only the broken declarations lost.
 */
import type { Range } from '../base/index.ts';
import { Field, Kind } from './kinds.ts';
import { childOf, Flag, isBroken, NONE, type Node, type Tree } from './tree.ts';

export interface Recovered {
  readonly tree: Tree;
  readonly problems: readonly Range[];
}

interface Piece extends Range {
  readonly problems: readonly Range[];
}

type Parse = (source: Uint8Array) => Tree;

const DECLARATIONS = ['func ', 'type ', 'var ', 'const '].map((word) => new TextEncoder().encode(word));
const PACKAGE = new TextEncoder().encode('package p\n');
/** More declarations than this in a broken region are left alone: no person types in such a file. */
const MAX_PIECES = 2000;
const LF = 10;
const CR = 13;
const SPACE = 32;
const OPEN_BRACE = 0x7b;

/** A better reading of a file with errors, or undefined when no declaration was swallowed or nothing is gained. */
export function recover(broken: Tree, parse: Parse, errorsOf: (tree: Tree) => readonly Range[]): Recovered | undefined {
  const { source } = broken;
  const region = swallowedRegion(broken, declarationsOf(source));
  if (region.length === 0 || region.length > MAX_PIECES) return undefined;
  const pieces = region.map((piece): Piece => ({ ...piece, problems: problemsOf(source, piece, parse, errorsOf) }));
  const bad = pieces.filter((piece) => piece.problems.length > 0);
  if (bad.length === 0) return undefined;
  const masked = source.slice();
  for (const piece of bad) blank(masked, bodyOf(source, piece, parse), piece.end);
  const tree = { ...parse(masked), source };
  for (const piece of bad) markBroken(tree, piece);
  if (soundFunctions(tree) <= soundFunctions(broken)) return undefined;
  const problems = [...errorsOf(tree), ...bad.flatMap((piece) => piece.problems)].sort((a, b) => a.start - b.start || a.end - b.end);
  return { tree, problems };
}

/** Offsets of the lines that begin a declaration in column 0, and the end of the text. */
function declarationsOf(source: Uint8Array): number[] {
  const offsets: number[] = [];
  for (let at = 0; ; ) {
    if (DECLARATIONS.some((word) => word.every((byte, i) => source[at + i] === byte))) offsets.push(at);
    const lineBreak = source.indexOf(LF, at);
    if (lineBreak < 0) return [...offsets, source.length];
    at = lineBreak + 1;
  }
}

/**
 * The text from the first to the last broken top-level node that reaches over the beginning of a declaration, cut at each such
 * beginning; that of the declaration in which the first node stands counts, because an error may begin in its middle.
 */
function swallowedRegion(tree: Tree, declarations: readonly number[]): Range[] {
  let first = -1;
  let end = 0;
  let next = 0;
  for (let row: Node = 1; row < tree.length; row = tree.next[row]) {
    while (next < declarations.length && declarations[next] <= tree.start[row]) next++;
    if (!isBroken(tree, row) || next >= declarations.length - 1 || declarations[next] >= tree.end[row]) continue;
    if (first < 0) first = Math.max(0, next - 1);
    end = tree.end[row];
  }
  const pieces: Range[] = [];
  for (let i = first; i >= 0 && i < declarations.length - 1 && declarations[i] < end; i++) {
    pieces.push({ start: declarations[i], end: declarations[i + 1] });
  }
  return pieces;
}

function problemsOf(source: Uint8Array, piece: Range, parse: Parse, errorsOf: (tree: Tree) => readonly Range[]): Range[] {
  const shift = piece.start - PACKAGE.length;
  return errorsOf(parse(withPackage(source.subarray(piece.start, piece.end)))).map(({ start, end }) => ({
    start: Math.max(piece.start, start + shift),
    end: Math.max(piece.start, end + shift),
  }));
}

function withPackage(text: Uint8Array): Uint8Array {
  const whole = new Uint8Array(PACKAGE.length + text.length);
  whole.set(PACKAGE);
  whole.set(text, PACKAGE.length);
  return whole;
}

/** Where the piece's body begins when what precedes it is a whole signature, so that calls of the function still find it; else the piece's start. */
function bodyOf(source: Uint8Array, piece: Range, parse: Parse): number {
  const lineEnd = source.indexOf(LF, piece.start);
  const brace = source.lastIndexOf(OPEN_BRACE, lineEnd < 0 ? piece.end : lineEnd);
  if (source[piece.start] !== DECLARATIONS[0][0] || brace <= piece.start) return piece.start;
  const signature = parse(withPackage(source.subarray(piece.start, brace)));
  return isBroken(signature, 0) ? piece.start : brace;
}

function blank(bytes: Uint8Array, start: number, end: number): void {
  for (let at = start; at < end; at++) if (bytes[at] !== LF && bytes[at] !== CR) bytes[at] = SPACE;
}

function markBroken(tree: Tree, piece: Range): void {
  tree.flags[0] |= Flag.broken;
  for (let row: Node = 1; row < tree.length; row = tree.next[row]) {
    if (tree.start[row] >= piece.start && tree.start[row] < piece.end) tree.flags[row] |= Flag.broken;
  }
}

/** Functions with a body; one whose body was cut off may look like a declaration without. */
function soundFunctions(tree: Tree): number {
  let count = 0;
  for (let row: Node = 1; row < tree.length; row = tree.next[row]) {
    const isFunction = tree.kind[row] === Kind.function_declaration || tree.kind[row] === Kind.method_declaration;
    if (isFunction && !isBroken(tree, row) && childOf(tree, row, Field.body) !== NONE) count++;
  }
  return count;
}
