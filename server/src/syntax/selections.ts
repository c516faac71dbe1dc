/** Which words of a text stand behind dots, and behind what: whether `x.Name` names something of a package can often be told from the tokens alone. */
import { WORD } from './go-tokens.ts';

export const ALONE = '';
export const BEHIND_MORE = '.';

export class Selections {
  /** By word: what stands before its dots, if that is one word; BEHIND_MORE if not, and ALONE where it stands without a dot. */
  private readonly origins = new Map<string, readonly string[]>();
  /** Words with no dot behind them somewhere, as no package has. */
  private readonly bare = new Set<string>();
  private last = '';
  /** The last token, where it is a word that may begin something; and the same before a dot. */
  private start = '';
  private origin = ALONE;

  /** Tokens of a declaration, comments and blanks left out. */
  constructor(tokens: readonly string[]) {
    for (const token of tokens) this.take(token);
  }

  originsOf(word: string): readonly string[] {
    return this.origins.get(word) ?? [];
  }

  isBare(word: string): boolean {
    return this.bare.has(word) || this.start === word;
  }

  private take(token: string): void {
    const isWord = WORD.test(token);
    if (token === '.') {
      this.origin = this.start || BEHIND_MORE;
      this.start = '';
    } else {
      if (this.start !== '') this.bare.add(this.start);
      this.start = isWord && this.last !== '.' ? token : '';
      if (isWord) this.add(token, this.last === '.' ? this.origin : ALONE);
    }
    this.last = token;
  }

  private add(word: string, origin: string): void {
    const known = this.origins.get(word);
    if (known === undefined) this.origins.set(word, [origin]);
    else if (!known.includes(origin)) this.origins.set(word, [...known, origin]);
  }
}
