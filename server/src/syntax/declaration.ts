/** A declaration as its tokens tell it. The body of a function is read when somebody asks for what only that says: of a module's functions few are. */
import type { Range } from '../base/index.ts';
import { type BodyWords, readBody } from './body-words.ts';
import { WORD } from './go-tokens.ts';
import { Selections } from './selections.ts';
import { wordsByValue } from './type-members.ts';

/** A set of names, or a map by names. */
export type Names = Pick<ReadonlySet<string>, 'size' | 'has' | 'keys'>;

/** What is known of a declaration without its function's body. Names and words are text of which each character is a byte. */
export interface Signature {
  readonly kind: 'function' | 'method' | 'type' | 'const' | 'var';
  readonly names: readonly string[];
  /** Type of a method's receiver. */
  readonly receiver: string;
  /** Byte offset of the first name. */
  readonly at: number;
  /** Bytes of its lines, with those above that belong to nothing else: its comments, the beginning of its group. */
  readonly lines: Range;
  /** All tokens but those of a function's body; for a constant also what it repeats, and the number that it counts. A line that ends something is `;`. */
  readonly headTokens: readonly string[];
  /** Without those of a receiver. */
  readonly headWords: ReadonlySet<string>;
  /** With those of a receiver and the names. */
  readonly allWords: ReadonlySet<string>;
  readonly directives: readonly string[];
  /** From one brace to the other; empty without a body. */
  readonly bodyText: string;
}

/** More names than one looks for one by one. */
const MANY = 32;

export class Declaration {
  private read: BodyWords | undefined;
  private allSelections: Selections | undefined;
  private headText: string | undefined;
  private valueWords: ReadonlySet<string> | undefined;
  private allWords: ReadonlySet<string> | undefined;

  constructor(private readonly signature: Signature) {}

  get kind(): Signature['kind'] {
    return this.signature.kind;
  }

  get names(): readonly string[] {
    return this.signature.names;
  }

  get receiver(): string {
    return this.signature.receiver;
  }

  get at(): number {
    return this.signature.at;
  }

  get lines(): Range {
    return this.signature.lines;
  }

  get headTokens(): readonly string[] {
    return this.signature.headTokens;
  }

  /** The same as one text. */
  get head(): string {
    this.headText ??= this.signature.headTokens.join(' ');
    return this.headText;
  }

  get headWords(): ReadonlySet<string> {
    return this.signature.headWords;
  }

  /** Those that stand somewhere else than behind a star, as the type in `*T` does. */
  get headWordsByValue(): ReadonlySet<string> {
    const { headTokens, headWords } = this.signature;
    this.valueWords ??= new Set([...wordsByValue(headTokens)].filter((word) => headWords.has(word)));
    return this.valueWords;
  }

  /** Whether it may take a value from behind a pointer: `*p` in the body of a function, or in what a variable begins with. */
  get dereferences(): boolean {
    const { kind, headTokens } = this.signature;
    if (kind === 'var') return headTokens.lastIndexOf('*') > headTokens.indexOf('=') && headTokens.includes('=');
    return this.inBody.dereferences;
  }

  /** Of a function. */
  get bodyTokens(): readonly string[] {
    return this.inBody.tokens;
  }

  /** Tokens of a function's body, and its directives. */
  get body(): string {
    return [...this.signature.directives, ...this.bodyTokens].join(' ');
  }

  get words(): ReadonlySet<string> {
    this.allWords ??= new Set([...this.signature.allWords, ...this.inBody.words]);
    return this.allWords;
  }

  /** What the words stand behind. */
  get selections(): Selections {
    this.allSelections ??= new Selections([...this.signature.headTokens, ...this.inBody.tokens]);
    return this.allSelections;
  }

  /** Those in a loop of the function that they are in. */
  get looped(): ReadonlySet<string> {
    return this.inBody.looped;
  }

  /** Those in any loop, also of a function around that. */
  get repeated(): ReadonlySet<string> {
    return this.inBody.repeated;
  }

  /** Number of tokens in the body, and of directives. */
  get size(): number {
    return this.signature.directives.length + this.inBody.tokens.length;
  }

  /** Whether any of the names is among the words. */
  usesAny(names: Names): boolean {
    if (names.size > MANY) return hasAny(this.words, names);
    for (const name of names.keys()) if (this.uses(name)) return true;
    return false;
  }

  /** A body without the word need not be read; with it, it may be in a comment or a string. */
  private uses(name: string): boolean {
    const { allWords, bodyText } = this.signature;
    return allWords.has(name) || (hasWord(bodyText, name) && this.inBody.words.has(name));
  }

  /** Whether `body` is the same; where it is written the same way neither is read. */
  hasBodyOf(other: Declaration): boolean {
    const { bodyText, directives } = other.signature;
    const isWrittenAlike = this.signature.bodyText === bodyText && this.signature.directives.join(' ') === directives.join(' ');
    return isWrittenAlike || this.body === other.body;
  }

  private get inBody(): BodyWords {
    this.read ??= readBody(this.signature.bodyText);
    return this.read;
  }
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!WORD.test(text[at - 1] ?? '') && !WORD.test(text[at + word.length] ?? '')) return true;
  return false;
}

function hasAny(words: ReadonlySet<string>, names: Names): boolean {
  for (const word of words) if (names.has(word)) return true;
  return false;
}
