/**
 * The LR tables of tree-sitter-go, unpacked from `grammars/go-tables.bin` (written by `scripts/generate/tables.ts`) into
 * arrays that the driver indexes without a branch: one dense row of columns per state.
 */
import { invariant } from '../../base/index.ts';

/** Numbers in `Tables.action`. A rename is a reduction of one child to a node without a row: the child stays, under another name or its own. */
export const Act = { none: 0, shift: 1, reduce: 2, accept: 3, conflict: 4, extra: 5, rename: 6 } as const;
/** Numbers in `Tables.shown`: no node, a node for a token without a name, a named node. */
export const Shown = { hidden: 0, anonymous: 1, named: 2 } as const;

export interface Tables {
  /** Columns of `cells`: terminals, then nonterminals. */
  readonly columns: number;
  readonly tokenCount: number;
  readonly stateCount: number;
  /** [state * columns + symbol]: for a terminal a number of an action, for a nonterminal the state to go to; 0 for none. */
  readonly cells: Uint16Array;
  /** By number of the action: what to do, one of `Act`. */
  readonly action: Uint8Array;
  /** Children that a reduction takes; alternatives of a conflict. */
  readonly count: Uint8Array;
  /** State to shift to, symbol to reduce to, or the first of a conflict's alternatives, the likelier first. */
  readonly target: Uint16Array;
  /** Of a reduction; of a rename the symbol the child gets, 0 for its own. */
  readonly production: Uint16Array;
  /** By symbol, those that exist only as aliases included: number of the tree's `kind` column. */
  readonly kind: Uint16Array;
  readonly shown: Uint8Array;
  /** By symbol: field of a node that no production counts. */
  readonly extraField: Uint8Array;
  /** The two states in which a declaration of the file can begin; the machine starts in the first. */
  readonly startState: number;
  readonly nextState: number;
  /** What is reduced to `insertedSymbol` in `insertionState` belongs to no production. */
  readonly insertionState: number;
  readonly insertedSymbol: number;
  /** Entries of `alias` and `field` per production. */
  readonly width: number;
  /** [production * width + child]: symbol the child is called, or 0. */
  readonly alias: Uint16Array;
  /** [production * width + child]: number of the tree's `field` column, or 0. */
  readonly field: Uint8Array;
}

const FORMAT = 1;

/** Throws when the bytes are not those of this version. */
export function readTables(bytes: Uint8Array): Tables {
  const words = new WordReader(bytes);
  invariant(words.next() === FORMAT, 'go-tables.bin is of another version: run `npm run generate`');
  const columns = words.next();
  const tokenCount = words.next();
  const stateCount = words.next();
  const symbolCount = words.next();
  const productionCount = words.next();
  const width = words.next();
  const actionCount = words.next();
  const startState = words.next();
  const nextState = words.next();
  const insertionState = words.next();
  const insertedSymbol = words.next();
  return {
    columns,
    tokenCount,
    stateCount,
    width,
    startState,
    nextState,
    insertionState,
    insertedSymbol,
    ...readActions(words, actionCount),
    ...readSymbols(words, symbolCount),
    ...readProductions(words, productionCount * width),
    cells: readCells(words, stateCount, columns),
  };
}

class WordReader {
  private readonly view: DataView;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  next(): number {
    const word = this.view.getUint16(this.at, true);
    this.at += 2;
    return word;
  }
}

function readActions(words: WordReader, length: number): Pick<Tables, 'action' | 'count' | 'target' | 'production'> {
  const action = new Uint8Array(length);
  const count = new Uint8Array(length);
  const target = new Uint16Array(length);
  const production = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    action[i] = words.next();
    count[i] = words.next();
    target[i] = words.next();
    production[i] = words.next();
  }
  return { action, count, target, production };
}

function readSymbols(words: WordReader, length: number): Pick<Tables, 'kind' | 'shown' | 'extraField'> {
  const kind = new Uint16Array(length);
  const shown = new Uint8Array(length);
  const extraField = new Uint8Array(length);
  for (let symbol = 0; symbol < length; symbol++) {
    kind[symbol] = words.next();
    shown[symbol] = words.next();
    extraField[symbol] = words.next();
  }
  return { kind, shown, extraField };
}

function readProductions(words: WordReader, length: number): Pick<Tables, 'alias' | 'field'> {
  const alias = new Uint16Array(length);
  const field = new Uint8Array(length);
  for (let i = 0; i < length; i++) {
    alias[i] = words.next();
    field[i] = words.next();
  }
  return { alias, field };
}

/** Per state: the count of groups, then per group its value, the count of its symbols, and these. */
function readCells(words: WordReader, stateCount: number, columns: number): Uint16Array {
  const cells = new Uint16Array(stateCount * columns);
  for (let row = 0; row < cells.length; row += columns) {
    for (let groups = words.next(); groups > 0; groups--) {
      const value = words.next();
      for (let count = words.next(); count > 0; count--) cells[row + words.next()] = value;
    }
  }
  return cells;
}
