/**
 * Which names a file may declare, read from its tokens outside brackets. Who looks for one name in a package of many files
 * need not parse those that cannot have it: this costs a small part of a parse. It names too much rather than too little, and
 * says nothing of a text that it might misread.
 */
import { Byte } from './bytes.ts';

export interface DeclaredNames {
  /** Every package-level name is among them. */
  readonly names: ReadonlySet<string>;
  /** Every alias of a type is among them. */
  readonly aliases: ReadonlySet<string>;
  /** The type name in every method's receiver is among them. */
  readonly receivers: ReadonlySet<string>;
  /** Every method's name is among them. */
  readonly methods: ReadonlySet<string>;
}

/** Undefined when brackets or quotes do not match, or a declaration seems to begin inside a bracket: then only a parse can tell. */
export function declaredNames(source: Uint8Array): DeclaredNames | undefined {
  const reader = new NameReader(source);
  return reader.read() ? reader : undefined;
}

const Meaning = { none: 0, word: 1, open: 2, close: 3, lineFeed: 4, quote: 5, slash: 6, comma: 7, semicolon: 8, equals: 9 } as const;
const MEANINGS = meanings();
const decoder = new TextDecoder();

class NameReader implements DeclaredNames {
  readonly names = new Set<string>();
  readonly aliases = new Set<string>();
  readonly receivers = new Set<string>();
  readonly methods = new Set<string>();
  private at = 0;
  /** Open brackets, and those around the specs that are being read: 1 in `var (…)`, else 0. */
  private depth = 0;
  private base = 0;
  /** Of the declaration that was begun last. */
  private keyword = '';
  /** Whether a name that comes next is declared, and the one that was declared last. */
  private expectsName = false;
  private name = '';
  private isReceiver = false;
  private expectsMethod = false;

  constructor(private readonly source: Uint8Array) {}

  /** Whether all could be read. */
  read(): boolean {
    const { source } = this;
    while (this.at < source.length) {
      const meaning = MEANINGS[source[this.at]];
      if (meaning === Meaning.none || (meaning === Meaning.word && this.depth > this.base && !this.isReceiver)) this.at++;
      else if (!this.take(meaning)) return false;
    }
    return this.depth === 0;
  }

  /** Moves over what begins here. False when it has no end, or should not be here. */
  private take(meaning: number): boolean {
    switch (meaning) {
      case Meaning.word:
        this.takeWord();
        return true;
      case Meaning.quote:
        return this.skipQuoted();
      case Meaning.slash:
        return this.skipComment();
      case Meaning.lineFeed:
        return this.takeLineFeed();
      case Meaning.open:
        this.open();
        break;
      case Meaning.close:
        this.close();
        break;
      default:
        this.takeSeparator(meaning);
    }
    this.at++;
    return this.depth >= 0;
  }

  private takeWord(): void {
    const word = this.readWord();
    if (this.isReceiver) {
      this.receivers.add(word);
    } else if (this.depth === 0 && KEYWORDS.has(word)) {
      this.keyword = word;
      this.expectsName = true;
    } else if (this.expectsName) {
      this.names.add(word);
      this.name = word;
      this.expectsName = false;
    } else if (this.expectsMethod) {
      this.methods.add(word);
      this.expectsMethod = false;
    }
  }

  private readWord(): string {
    const { source } = this;
    const start = this.at;
    while (MEANINGS[source[this.at]] === Meaning.word) this.at++;
    return decoder.decode(source.subarray(start, this.at));
  }

  private open(): void {
    if (this.depth === 0 && this.expectsName && this.source[this.at] === Byte.openParenthesis) {
      if (this.keyword === 'func') this.isReceiver = true;
      else this.base = 1;
    } else if (this.depth === this.base) {
      this.expectsName = false;
    }
    this.depth++;
  }

  private close(): void {
    this.depth--;
    if (this.depth > 0) return;
    this.base = 0;
    this.expectsName = false;
    this.expectsMethod = this.isReceiver;
    this.isReceiver = false;
  }

  private takeSeparator(meaning: number): void {
    if (this.depth !== this.base) return;
    if (meaning === Meaning.comma) this.expectsName = true;
    else if (meaning === Meaning.semicolon) this.endSpec();
    else if (meaning === Meaning.equals) this.aliases.add(this.name);
  }

  private endSpec(): void {
    if (this.base > 0 && this.depth === this.base) this.expectsName = true;
  }

  private takeLineFeed(): boolean {
    this.at++;
    this.endSpec();
    return this.depth === 0 || !this.isDeclaration(this.at);
  }

  private isDeclaration(at: number): boolean {
    if (MEANINGS[this.source[at]] !== Meaning.word) return false;
    const before = this.at;
    this.at = at;
    const isKeyword = KEYWORDS.has(this.readWord());
    this.at = before;
    return isKeyword;
  }

  /** A string, or a rune; only raw strings go over lines. */
  private skipQuoted(): boolean {
    const { source } = this;
    const quote = source[this.at++];
    if (quote === Byte.backquote) return this.continueOverLines(source.indexOf(quote, this.at) + 1);
    while (this.at < source.length) {
      const byte = source[this.at++];
      if (byte === quote) return true;
      if (byte === Byte.lineFeed) return false;
      if (byte === Byte.backslash && source[this.at] !== Byte.lineFeed) this.at++;
    }
    return false;
  }

  private skipComment(): boolean {
    const { source, at } = this;
    if (source[at + 1] === Byte.slash) {
      const end = source.indexOf(Byte.lineFeed, at);
      this.at = end < 0 ? source.length : end;
      return true;
    }
    if (source[at + 1] !== Byte.star) {
      this.at++;
      return true;
    }
    // It may hold a line feed.
    this.endSpec();
    for (let star = source.indexOf(Byte.star, at + 2); star >= 0; star = source.indexOf(Byte.star, star + 1)) {
      if (source[star + 1] === Byte.slash) return this.continueOverLines(star + 2);
    }
    return false;
  }

  /** Moves to `end`, 0 for none. False when a declaration seems to begin on the way: where text is broken, a parse may find it. */
  private continueOverLines(end: number): boolean {
    if (end === 0) return false;
    const { source } = this;
    for (let line = source.indexOf(Byte.lineFeed, this.at); line >= 0 && line < end; line = source.indexOf(Byte.lineFeed, line + 1)) {
      if (this.isDeclaration(line + 1)) return false;
    }
    this.at = end;
    return true;
  }
}

const KEYWORDS: ReadonlySet<string> = new Set(['func', 'type', 'var', 'const', 'import']);

function meanings(): Uint8Array {
  const table = new Uint8Array(256);
  for (let byte = 0; byte < 256; byte++) if (byte >= 0x80 || /\w/.test(String.fromCharCode(byte))) table[byte] = Meaning.word;
  const set = (characters: string, meaning: number): void => {
    for (const character of characters) table[character.charCodeAt(0)] = meaning;
  };
  set('([{', Meaning.open);
  set(')]}', Meaning.close);
  set('\n', Meaning.lineFeed);
  set('"\'`', Meaning.quote);
  set('/', Meaning.slash);
  set(',', Meaning.comma);
  set(';', Meaning.semicolon);
  set('=', Meaning.equals);
  return table;
}
