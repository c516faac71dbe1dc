/**
 * The oracle of the parser: tree-sitter's own runtime on the same grammar, its tree copied row by row into the same arrays.
 * It comes as web-tree-sitter, which runs wherever Node does; the native binding is the same C.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Tree as ForeignTree, Language, Parser, type TreeCursor } from 'web-tree-sitter';
import { Field, type FieldName, Flag, Kind, type KindName, type Tree } from '../../../src/syntax/index.ts';
import { decodeSource } from './decode.ts';

const GRAMMAR = join(import.meta.dirname, '../../../../grammars/tree-sitter-go.wasm');

interface Engine {
  readonly parser: Parser;
  /** The grammar's symbol and field numbers to ours. */
  readonly kinds: Uint16Array;
  /** Per symbol 1 when it is named. */
  readonly named: Uint8Array;
  readonly fields: Uint8Array;
}

const ERROR_SYMBOL = 65535;
let engine: Engine | undefined;

/** Must complete before the first `parseWithTreeSitter`. */
export async function loadTreeSitter(): Promise<void> {
  if (engine !== undefined) return;
  await Parser.init();
  const language = await Language.load(readFileSync(GRAMMAR));
  const parser = new Parser();
  parser.setLanguage(language);
  engine = { parser, kinds: kindNumbers(language), named: namedSymbols(language), fields: fieldNumbers(language) };
}

/** The tree as tree-sitter has it, its error recovery included. */
export function parseWithTreeSitter(source: Uint8Array): Tree {
  if (engine === undefined) throw new Error('await loadTreeSitter() first');
  const { text, offsets } = decodeSource(source);
  engine.parser.reset();
  const foreign = engine.parser.parse(text);
  if (foreign === null) throw new Error('web-tree-sitter returned no tree');
  try {
    return flatten(engine, foreign, source, offsets);
  } finally {
    foreign.delete();
  }
}

function kindNumbers(language: Language): Uint16Array {
  const numbers = new Uint16Array(language.nodeTypeCount);
  for (let symbol = 0; symbol < numbers.length; symbol++) {
    const name = language.nodeTypeForId(symbol) ?? '';
    numbers[symbol] = Object.hasOwn(Kind, name) ? Kind[name as KindName] : Kind.other;
  }
  return numbers;
}

function namedSymbols(language: Language): Uint8Array {
  return Uint8Array.from({ length: language.nodeTypeCount }, (_, symbol) => (language.nodeTypeIsNamed(symbol) ? 1 : 0));
}

function fieldNumbers(language: Language): Uint8Array {
  const numbers = new Uint8Array(language.fieldCount + 1);
  for (let id = 1; id < numbers.length; id++) {
    const name = language.fieldNameForId(id) ?? '';
    numbers[id] = Object.hasOwn(Field, name) ? Field[name as FieldName] : Field.none;
  }
  return numbers;
}

class Rows {
  capacity: number;
  length = 0;
  kind: Uint16Array;
  field: Uint8Array;
  flags: Uint8Array;
  start: Uint32Array;
  end: Uint32Array;
  parent: Uint32Array;
  next: Uint32Array;

  constructor(expected: number) {
    this.capacity = expected;
    this.kind = new Uint16Array(expected);
    this.field = new Uint8Array(expected);
    this.flags = new Uint8Array(expected);
    this.start = new Uint32Array(expected);
    this.end = new Uint32Array(expected);
    this.parent = new Uint32Array(expected);
    this.next = new Uint32Array(expected);
  }

  push(): number {
    if (this.length === this.capacity) this.grow();
    return this.length++;
  }

  private grow(): void {
    const larger = new Rows(this.capacity * 2);
    for (const column of ['kind', 'field', 'flags', 'start', 'end', 'parent', 'next'] as const) larger[column].set(this[column]);
    Object.assign(this, larger, { length: this.length });
  }
}

/** Bytes of Go per kept node, measured low, so that growing is rare. */
const BYTES_PER_ROW = 4;

function flatten(from: Engine, foreign: ForeignTree, source: Uint8Array, offsets: Uint32Array | undefined): Tree {
  const rows = new Rows(Math.max(64, Math.ceil(source.length / BYTES_PER_ROW)));
  const cursor = foreign.walk();
  try {
    fillRows(rows, from, cursor, offsets, foreign.rootNode.hasError);
  } finally {
    cursor.delete();
  }
  markBroken(rows);
  return {
    source,
    length: rows.length,
    kind: rows.kind.slice(0, rows.length),
    field: rows.field.slice(0, rows.length),
    flags: rows.flags.slice(0, rows.length),
    start: rows.start.slice(0, rows.length),
    end: rows.end.slice(0, rows.length),
    parent: rows.parent.slice(0, rows.length),
    next: rows.next.slice(0, rows.length),
  };
}

/** Each question to the cursor crosses into wasm, which costs more than all else here, so none is asked without need. */
function fillRows(rows: Rows, from: Engine, cursor: TreeCursor, offsets: Uint32Array | undefined, hasError: boolean): void {
  const byteOf = (unit: number): number => (offsets === undefined ? unit : offsets[unit]);
  /** Rows of the open ancestors; -1 for one that has no row. */
  const open: number[] = [];
  let parent = 0;
  for (;;) {
    const symbol = cursor.nodeTypeId;
    const field = from.fields[cursor.currentFieldId];
    const isError = hasError && (symbol === ERROR_SYMBOL || cursor.nodeIsMissing);
    let row = -1;
    if (from.named[symbol] === 1 || field !== Field.none || isError) {
      row = rows.push();
      rows.kind[row] = symbol === ERROR_SYMBOL ? Kind.ERROR : from.kinds[symbol];
      rows.field[row] = field;
      rows.flags[row] = isError ? Flag.error | Flag.broken : 0;
      rows.start[row] = byteOf(cursor.startIndex);
      rows.end[row] = byteOf(cursor.endIndex);
      rows.parent[row] = parent;
    }
    if (cursor.gotoFirstChild()) {
      open.push(row);
      if (row >= 0) parent = row;
      continue;
    }
    if (row >= 0) rows.next[row] = rows.length;
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent()) return;
      const closed = open.pop() ?? -1;
      if (closed < 0) continue;
      rows.next[closed] = rows.length;
      parent = rows.parent[closed];
    }
  }
}

function markBroken(rows: Rows): void {
  for (let row = rows.length - 1; row > 0; row--) {
    if ((rows.flags[row] & Flag.broken) !== 0) rows.flags[rows.parent[row]] |= Flag.broken;
  }
}
