/**
 * Go's tokens as the language specification has them, numbered as the grammar has them. What a token is depends on the
 * parser's state in three ways only: whether a newline can end something, whether it stands inside a string, and whether a
 * soft keyword such as `new` is wanted. A newline where the specification inserts a semicolon and the grammar wants none is
 * an error here as it is in Go.
 */
import { Byte } from '../bytes.ts';
import { scanBlockComment, scanLineComment, scanNumber, scanRaw, scanRune, scanText, validEscape, validIdentifier } from './literals.ts';
import { nextOperator, operatorFrom } from './operators.ts';
import type { Tables } from './tables.ts';
import { KEYWORDS, OPERATORS, SOFT_KEYWORDS, Token } from './tokens.ts';
import { isSoftWord, symbolOfWord, wordAt } from './words.ts';

/** `symbol` of a text that is no token. */
export const NO_TOKEN = -1;
/** Byte that stands for text which was taken out; a run of it is read as a comment. Not Go. */
export const WOUND = 0x01;
/** As the previous token: a comment with line breaks behind a token that ends a statement, which counts as a newline. */
const BREAKING_COMMENT = 255;

/** Bits of `modes`. */
const Mode = { newline: 1, string: 2, raw: 4 } as const;
/** Classes of bytes. */
const Class = { other: 0, letter: 1, digit: 2 } as const;

const classes = byteClasses();
const endsStatement = statementEnds();

export class Scanner {
  /** Token found by the last `scan`, or NO_TOKEN. */
  symbol = 0;
  /** Byte offsets of the token. */
  start = 0;
  end = 0;
  /** Whether the token is a word that can be an identifier instead. */
  isSoft = false;
  /** Bytes of the file, with zeros behind them; set by the driver. */
  bytes = new Uint8Array(0);
  length = 0;
  hasWounds = false;
  private readonly cells: Uint16Array;
  private readonly columns: number;
  private readonly modes: Uint8Array;

  constructor(tables: Tables) {
    this.cells = tables.cells;
    this.columns = tables.columns;
    this.modes = stateModes(tables);
  }

  /** Finds the token at or after byte `from` for a parser in the state, behind the token `previous` (comments do not count); gives `symbol`. */
  scan(from: number, state: number, previous: number): number {
    const { bytes } = this;
    const mode = this.modes[state];
    if (mode > Mode.newline) return this.scanInString(from, mode);
    let at = from;
    let byte = bytes[at];
    while (byte <= Byte.space) {
      if (byte === Byte.lineFeed) {
        if ((mode & Mode.newline) !== 0) return this.scanNewlines(at);
        if (endsStatement[previous] === 1) return this.fail(at);
      } else if (byte !== Byte.space && byte !== Byte.tab && byte !== Byte.return) {
        return this.scanEnd(at, state);
      }
      byte = bytes[++at];
    }
    if (previous === BREAKING_COMMENT) return (mode & Mode.newline) !== 0 ? this.takeBreak(at) : this.fail(at);
    this.start = at;
    this.isSoft = false;
    const kind = classes[byte];
    if (kind === Class.letter) return this.scanWord(at, state);
    return kind === Class.digit ? this.scanDigits(at) : this.scanMark(at, byte);
  }

  /** What counts as the previous token behind the comment just found, `previous` being the last token but comments. */
  afterComment(previous: number): number {
    const isBreaking = endsStatement[previous] === 1 && hasLineFeed(this.bytes, this.start, this.end);
    return isBreaking ? BREAKING_COMMENT : previous;
  }

  /** A newline that nobody wrote, before the byte. */
  takeBreak(at: number): number {
    this.start = at;
    this.isSoft = false;
    return this.take(Token.newline, at);
  }

  private scanWord(at: number, state: number): number {
    const { bytes } = this;
    let end = at;
    let all = 0;
    for (let byte = bytes[end]; classes[byte] !== Class.other; byte = bytes[++end]) all |= byte;
    if (all >= 0x80) return this.takeOrFail(Token.word, at, validIdentifier(bytes, at, end) ? end : NO_TOKEN);
    const word = wordAt(bytes, at, end);
    if (word < 0) return this.take(Token.word, end);
    const symbol = symbolOfWord[word];
    this.isSoft = isSoftWord[word] === 1;
    const isWanted = !this.isSoft || this.cells[state * this.columns + symbol] !== 0;
    return this.take(isWanted ? symbol : Token.word, end);
  }

  private scanDigits(at: number): number {
    const { end, symbol } = scanNumber(this.bytes, at);
    return symbol === NO_TOKEN ? this.fail(at) : this.take(symbol, end);
  }

  private scanMark(at: number, byte: number): number {
    const { bytes } = this;
    if (byte === Byte.quote) return this.take(Token.openQuote, at + 1);
    if (byte === Byte.backquote) return this.take(Token.backquote, at + 1);
    if (byte === Byte.apostrophe) return this.takeOrFail(Token.rune, at, scanRune(bytes, at));
    if (byte === Byte.slash && bytes[at + 1] === Byte.slash)
      return this.takeOrFail(Token.comment, at, scanLineComment(bytes, at, this.length));
    if (byte === Byte.slash && bytes[at + 1] === Byte.star) return this.takeOrFail(Token.comment, at, scanBlockComment(bytes, at));
    if (byte === Byte.dot && classes[bytes[at + 1]] === Class.digit) return this.scanDigits(at);
    return this.scanOperator(at, byte);
  }

  private scanOperator(at: number, byte: number): number {
    let node = operatorFrom[byte];
    if (node === undefined) return this.fail(at);
    for (let end = at + 1; node !== undefined; node = nextOperator(node, this.bytes[end++])) {
      if (node.symbol >= 0) this.take(node.symbol, end);
    }
    return this.symbol;
  }

  private scanNewlines(at: number): number {
    this.start = at;
    let end = at + 1;
    while (this.bytes[end] === Byte.lineFeed) end++;
    this.isSoft = false;
    return this.take(Token.newline, end);
  }

  /** The end of the file ends a statement too, which the grammar has a token of its own for. */
  private scanEnd(at: number, state: number): number {
    if (this.hasWounds && this.bytes[at] === WOUND) return this.scanWound(at);
    if (at < this.length) return this.fail(at);
    this.start = at;
    this.isSoft = false;
    const row = state * this.columns;
    const isStatementOpen = this.cells[row + Token.end] === 0 && this.cells[row + Token.nul] !== 0;
    return this.take(isStatementOpen ? Token.nul : Token.end, at);
  }

  private scanWound(at: number): number {
    let end = at;
    while (this.bytes[end] === WOUND) end++;
    this.start = at;
    this.isSoft = false;
    return this.take(Token.comment, end);
  }

  private scanInString(at: number, mode: number): number {
    const { bytes } = this;
    this.start = at;
    this.isSoft = false;
    if ((mode & Mode.raw) !== 0) return this.takeOrFail(Token.rawText, at, scanRaw(bytes, at));
    const byte = bytes[at];
    if (byte === Byte.quote) return this.take(Token.closeQuote, at + 1);
    if (byte === Byte.backslash) return this.takeOrFail(Token.escape, at, validEscape(bytes, at, Byte.quote));
    const end = scanText(bytes, at);
    return this.takeOrFail(Token.text, at, end > at ? end : NO_TOKEN);
  }

  private take(symbol: number, end: number): number {
    this.symbol = symbol;
    this.end = end;
    return symbol;
  }

  private takeOrFail(symbol: number, at: number, end: number): number {
    return end < 0 ? this.fail(at) : this.take(symbol, end);
  }

  private fail(at: number): number {
    this.start = at;
    this.end = at;
    this.symbol = NO_TOKEN;
    this.isSoft = false;
    return NO_TOKEN;
  }
}

function stateModes({ cells, columns, stateCount }: Tables): Uint8Array {
  return Uint8Array.from({ length: stateCount }, (_, state) => {
    const takes = (token: number): boolean => cells[state * columns + token] !== 0;
    if (takes(Token.text) || takes(Token.closeQuote)) return Mode.string;
    if (takes(Token.rawText)) return Mode.raw;
    return takes(Token.newline) ? Mode.newline : 0;
  });
}

function byteClasses(): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, byte) => {
    if (byte >= 0x30 && byte <= 0x39) return Class.digit;
    const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x5f || byte >= 0x80;
    return isLetter ? Class.letter : Class.other;
  });
}

/** Tokens after which a newline is a semicolon (Go spec, "Semicolons"). */
function statementEnds(): Uint8Array {
  const texts = ['break', 'continue', 'fallthrough', 'return', '++', '--', ')', ']', '}'];
  const spelled = [...KEYWORDS, ...OPERATORS].filter(([text]) => texts.includes(text)).map(([, token]) => token);
  const literals = [Token.word, Token.int, Token.float, Token.imaginary, Token.rune, Token.closeQuote, Token.backquote];
  const ends = new Uint8Array(256);
  ends[BREAKING_COMMENT] = 1;
  for (const token of [...spelled, ...literals, ...SOFT_KEYWORDS.map(([, soft]) => soft)]) ends[token] = 1;
  return ends;
}

function hasLineFeed(bytes: Uint8Array, start: number, end: number): boolean {
  const at = bytes.indexOf(Byte.lineFeed, start);
  return at >= 0 && at < end;
}
