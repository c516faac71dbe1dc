/**
 * The LR machine: one stack, the grammar's tables, the likeliest alternative of a conflict first, a bounded step back when
 * that was wrong. It reads declaration by declaration: before each there is a checkpoint, what lies before it is settled, and
 * after a failure reading can begin anew there, with other bytes.
 */
import { type Choice, Choices } from './choices.ts';
import { NO_TOKEN, Scanner } from './scanner.ts';
import { Arena, EXTRA, ParseStack, SYMBOL } from './stack.ts';
import { Act, type Tables } from './tables.ts';
import { KEYWORDS, OPERATORS, Token } from './tokens.ts';

/** Steps back that are allowed in a row; each token of new ground earns one, so that no text takes exponential time. */
const PATIENCE = 64;
/** Zeros behind the text, so that the scanner may look ahead without asking. */
const PADDING = 16;
/** What may stand at the top of a file; the grammar would take any statement. */
const atTop = tokenSet(['package', 'import', 'const', 'var', 'func', 'type', ';']);

/** The parsed file as the arena has it; valid until the next `open`. */
export interface Root {
  readonly arena: Arena;
  readonly symbol: number;
  /** Of the children. */
  readonly record: number;
  /** Byte offsets. */
  readonly start: number;
  readonly end: number;
}

/** How the stack stood before a declaration. */
interface Checkpoint {
  /** Offset of the declaration's first token. */
  position: number;
  height: number;
  arenaTop: number;
  previous: number;
  entries: Int32Array;
  states: Uint16Array;
}

export class Driver {
  /** Offset of the furthest token since the checkpoint that nobody had a use for. */
  failedAt = 0;
  /** Whether that token is a statement outside functions, as the grammar sees it. */
  failedAtTop = false;
  /** Bytes of the file, and zeros. They may be overwritten behind the checkpoint between `rewind` and `read`. */
  bytes = new Uint8Array(1 << 16);
  private readonly tables: Tables;
  private readonly scanner: Scanner;
  private readonly choices = new Choices();
  private readonly stack = new ParseStack();
  private readonly arena = new Arena();
  private readonly checkpoint: Checkpoint = {
    position: 0,
    height: 0,
    arenaTop: 0,
    previous: 0,
    entries: new Int32Array(256),
    states: new Uint16Array(64),
  };
  private height = 0;
  /** End of the last token. */
  private position = 0;
  /** Last token but comments. */
  private previous = 0;
  /** Tokens read, those stepped back over left out. */
  private tokens = 0;
  private furthest = 0;
  private patience = PATIENCE;

  constructor(tables: Tables) {
    this.tables = tables;
    this.scanner = new Scanner(tables);
  }

  /** Begins a file. A byte order mark at its start is none of its text. */
  open(source: Uint8Array): void {
    if (source.length + PADDING > this.bytes.length) this.bytes = new Uint8Array((source.length + PADDING) * 2);
    this.bytes.set(source);
    this.bytes.fill(0, source.length, source.length + PADDING);
    this.scanner.bytes = this.bytes;
    this.scanner.length = source.length;
    this.scanner.hasWounds = false;
    const hasMark = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf;
    this.position = hasMark ? 3 : 0;
    this.stack.entries.fill(0, 0, 4);
    this.stack.states[0] = this.tables.startState;
    this.height = 1;
    this.arena.top = 1;
    this.previous = Token.newline;
    this.settle();
  }

  /** Offset of the declaration that is being read, or where the file begins. */
  get declaration(): number {
    return this.checkpoint.position;
  }

  /** Reads on to the end of the file; undefined when a token does not fit. */
  read(): Root | undefined {
    const { scanner } = this;
    const { cells, columns, action, target } = this.tables;
    for (;;) {
      let state = this.stack.states[this.height - 1];
      scanner.scan(this.position, state, this.previous);
      this.tokens++;
      if (scanner.isSoft) this.offerWord(state);
      let number = scanner.symbol === NO_TOKEN ? 0 : cells[state * columns + scanner.symbol];
      let act = action[number];
      while (act !== Act.shift && act !== Act.extra) {
        if (act === Act.reduce) {
          state = this.reduce(number);
          number = cells[state * columns + scanner.symbol];
        } else if (act === Act.rename) {
          state = this.rename(number);
          number = cells[state * columns + scanner.symbol];
        } else if (act === Act.conflict) {
          number = this.choose(number);
        } else if (act === Act.accept) {
          return this.accept();
        } else if (this.replaceToken(state)) {
          number = cells[state * columns + scanner.symbol];
        } else {
          number = this.stepBack();
          if (number === 0) return undefined;
          state = this.stack.states[this.height - 1];
        }
        act = action[number];
      }
      if (act === Act.extra) this.pushComment(state);
      else if (!this.shift(state, target[number])) return undefined;
      if (this.position > this.furthest) this.advance();
    }
  }

  /** Back to the checkpoint; from now on, bytes that are WOUND are read over. */
  rewind(): void {
    const { checkpoint, stack } = this;
    this.scanner.hasWounds = true;
    stack.entries.set(checkpoint.entries.subarray(0, checkpoint.height * 4));
    stack.states.set(checkpoint.states.subarray(0, checkpoint.height));
    this.height = checkpoint.height;
    this.arena.top = checkpoint.arenaTop;
    this.position = checkpoint.position;
    this.previous = checkpoint.previous;
    this.start();
  }

  /** False where a declaration has to begin and another token stands. */
  private shift(from: number, to: number): boolean {
    const { symbol } = this.scanner;
    if (from === this.tables.startState || from === this.tables.nextState) {
      if (atTop[symbol] === 0) return this.fail();
      this.position = this.scanner.start;
      this.settle();
    }
    this.push(symbol, to);
    this.previous = symbol;
    return true;
  }

  private pushComment(state: number): void {
    this.push(this.scanner.symbol | EXTRA, state);
    this.previous = this.scanner.afterComment(this.previous);
  }

  private push(word: number, state: number): void {
    const { stack, scanner, height } = this;
    stack.reserve(height);
    const { entries } = stack;
    const at = height * 4;
    entries[at] = word;
    entries[at + 1] = scanner.start;
    entries[at + 2] = scanner.end;
    entries[at + 3] = 0;
    stack.states[height] = state;
    this.height = height + 1;
    this.position = scanner.end;
  }

  /** Makes the topmost entries, comments on top of them left out, children of one; gives the state then. */
  private reduce(number: number): number {
    const { stack, tables, height } = this;
    const { entries, states } = stack;
    const count = tables.count[number];
    let end = height;
    if (count > 0) while ((entries[(end - 1) * 4] & EXTRA) !== 0) end--;
    let first = end;
    for (let left = count; left > 0; ) if ((entries[--first * 4] & EXTRA) === 0) left--;
    this.choices.protect(stack, first);
    const record = this.arena.add(stack, first, end, tables.production[number]);
    const from = count > 0 ? entries[first * 4 + 1] : this.position;
    const till = count > 0 ? entries[end * 4 - 2] : this.position;
    const extras = height - end;
    if (extras > 0) entries.copyWithin((first + 1) * 4, end * 4, height * 4);
    stack.reserve(first);
    this.height = first + 1 + extras;
    const below = states[first - 1];
    const symbol = tables.target[number];
    const state = tables.cells[below * tables.columns + symbol];
    for (let i = first; i < this.height; i++) stack.states[i] = state;
    const isInsertion = symbol === tables.insertedSymbol && below === tables.insertionState;
    const at = first * 4;
    stack.entries[at] = isInsertion ? symbol | EXTRA : symbol;
    stack.entries[at + 1] = from;
    stack.entries[at + 2] = till;
    stack.entries[at + 3] = record;
    return state;
  }

  /** Reduces the topmost entry but comments to a node that has no row; gives the state then. */
  private rename(number: number): number {
    const { stack, tables, height } = this;
    const { entries, states } = stack;
    let at = height - 1;
    while ((entries[at * 4] & EXTRA) !== 0) at--;
    this.choices.protect(stack, at);
    if (tables.production[number] !== 0) entries[at * 4] = tables.production[number];
    const state = tables.cells[states[at - 1] * tables.columns + tables.target[number]];
    for (let i = at; i < height; i++) states[i] = state;
    return state;
  }

  /** The likeliest alternative's number; the others are kept to step back to. */
  private choose(number: number): number {
    const first = this.tables.target[number];
    this.remember(first + 1, first + this.tables.count[number]);
    return first;
  }

  /** Keeps the actions `[next, stop)` to step back to. */
  private remember(next: number, stop: number): Choice {
    const { scanner } = this;
    const choice = this.choices.push(this.height);
    choice.arenaTop = this.arena.top;
    choice.symbol = scanner.symbol;
    choice.start = scanner.start;
    choice.end = scanner.end;
    choice.isSoft = scanner.isSoft;
    choice.tokens = this.tokens;
    choice.next = next;
    choice.stop = stop;
    return choice;
  }

  /** The next alternative of the latest choice, everything being as it was then; 0 when there is none to try. */
  private stepBack(): number {
    if (this.scanner.start > this.failedAt) this.failedAt = this.scanner.start;
    const choice = this.patience > 0 ? this.choices.retreat(this.stack, this.tokens) : undefined;
    if (choice === undefined) return 0;
    const { scanner } = this;
    this.patience--;
    this.height = choice.height;
    this.arena.top = choice.arenaTop;
    this.tokens = choice.tokens;
    scanner.symbol = choice.symbol;
    scanner.start = choice.start;
    scanner.end = choice.end;
    scanner.isSoft = choice.isSoft;
    return choice.next++;
  }

  /**
   * Another token where the one at hand has no use: an identifier for a soft keyword, and the semicolon that Go lets one omit
   * before a closing bracket.
   */
  private replaceToken(state: number): boolean {
    const { scanner, tables } = this;
    const row = state * tables.columns;
    if (scanner.isSoft && scanner.symbol !== Token.word && tables.cells[row + Token.word] !== 0) {
      scanner.symbol = Token.word;
      return true;
    }
    const isClosing = scanner.symbol === Token.closeParenthesis || scanner.symbol === Token.closeBrace;
    if (!isClosing || this.previous === Token.newline || tables.cells[row + Token.newline] === 0) return false;
    scanner.takeBreak(scanner.start);
    return true;
  }

  /**
   * The grammar's `new` and `make` want a type first. They may be somebody's own function, and `new` takes a value since Go
   * 1.26, so that the identifier is kept to step back to.
   */
  private offerWord(state: number): void {
    const { scanner, tables } = this;
    const action = tables.cells[state * tables.columns + Token.word];
    if ((scanner.symbol !== Token.new && scanner.symbol !== Token.make) || action === 0) return;
    this.remember(action, action + 1).symbol = Token.word;
  }

  private advance(): void {
    this.furthest = this.position;
    if (this.patience < PATIENCE) this.patience++;
  }

  private fail(): false {
    this.failedAt = this.scanner.start;
    this.failedAtTop = true;
    return false;
  }

  /** Sets the checkpoint. */
  private settle(): void {
    const { checkpoint, stack, height } = this;
    checkpoint.position = this.position;
    checkpoint.height = height;
    checkpoint.arenaTop = this.arena.top;
    checkpoint.previous = this.previous;
    if (checkpoint.states.length < height) {
      checkpoint.entries = new Int32Array(height * 8);
      checkpoint.states = new Uint16Array(height * 2);
    }
    for (let i = 0; i < height * 4; i++) checkpoint.entries[i] = stack.entries[i];
    for (let i = 0; i < height; i++) checkpoint.states[i] = stack.states[i];
    this.start();
  }

  private start(): void {
    this.choices.clear();
    this.tokens = 0;
    this.furthest = this.position;
    this.failedAt = this.position;
    this.failedAtTop = false;
    this.patience = PATIENCE;
  }

  /** The root takes comments before and behind its own children too. */
  private accept(): Root {
    const { stack, arena, height } = this;
    const { entries } = stack;
    let at = height - 1;
    while ((entries[at * 4] & EXTRA) !== 0) at--;
    const own = entries[at * 4 + 3];
    const count = arena.words[own * 4];
    const record = arena.open(height - 2 + count, arena.words[own * 4 + 1]);
    const { words } = arena;
    let to = (record + 1) * 4;
    for (let i = 4; i < at * 4; i++) words[to++] = entries[i];
    for (let i = (own + 1) * 4; i < (own + 1 + count) * 4; i++) words[to++] = words[i];
    for (let i = (at + 1) * 4; i < height * 4; i++) words[to++] = entries[i];
    const start = height - 2 + count > 0 ? words[(record + 1) * 4 + 1] : this.scanner.start;
    return { arena, symbol: entries[at * 4] & SYMBOL, record, start, end: this.scanner.end };
  }
}

function tokenSet(texts: readonly string[]): Uint8Array {
  const set = new Uint8Array(256);
  for (const [text, token] of [...KEYWORDS, ...OPERATORS]) if (texts.includes(text)) set[token] = 1;
  return set;
}
