/** What the body of a function says, read from its tokens when somebody asks: of a module's functions few are. */
import { CLOSE, Group, OPEN, TOKEN, WORD } from './go-tokens.ts';

/** The braces of a loop or function literal, in brackets as deep. */
interface Block {
  readonly keyword: string;
  readonly depth: number;
}

export interface BodyWords {
  readonly tokens: readonly string[];
  readonly words: ReadonlySet<string>;
  /** Those in a loop of the function that they are in; and those in any loop, also of a function around that. */
  readonly looped: ReadonlySet<string>;
  readonly repeated: ReadonlySet<string>;
  /** Whether a star stands where it may take a value from behind a pointer, other than to put one there. */
  readonly dereferences: boolean;
}

const BEFORE_OPERAND: ReadonlySet<string> = new Set(['case', 'else', 'for', 'if', 'range', 'return', 'switch']);

/** Of the text from one brace to the other. */
export function readBody(text: string): BodyWords {
  const reader = new BodyReader();
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) break;
    const isWord = match[Group.word] !== undefined;
    if (isWord || match[Group.other] !== undefined || match[Group.text] !== undefined) reader.take(match[0], isWord);
  }
  return reader;
}

class BodyReader implements BodyWords {
  readonly tokens: string[] = [];
  readonly words = new Set<string>();
  readonly looped = new Set<string>();
  readonly repeated = new Set<string>();
  dereferences = false;
  /** The loops and functions around a token, from the outside in; and those whose braces are still to come. */
  private readonly blocks: Block[] = [];
  private readonly awaited: Block[] = [];
  private depth = 0;
  private last = '';

  take(token: string, isWord: boolean): void {
    this.tokens.push(token);
    if (isWord) this.takeWord(token);
    if (token === '*' && !this.isBehindOperand) this.dereferences = true;
    this.follow(token);
    if (OPEN.has(token)) this.depth++;
    else if (CLOSE.has(token)) this.depth = Math.max(0, this.depth - 1);
    this.last = token;
  }

  /** What stands there is multiplied, or the star belongs to a type. A statement that begins with a star stands behind one too, and puts a value there. */
  private get isBehindOperand(): boolean {
    const { last } = this;
    return CLOSE.has(last) || /^["'`]/.test(last) || (WORD.test(last) && !BEFORE_OPERAND.has(last));
  }

  private takeWord(word: string): void {
    this.words.add(word);
    if (this.blocks.at(-1)?.keyword === 'for') this.looped.add(word);
    if (this.blocks.some(({ keyword }) => keyword === 'for')) this.repeated.add(word);
  }

  private follow(token: string): void {
    const { blocks, awaited, depth, last } = this;
    if (token === 'for' || token === 'func') awaited.push({ keyword: token, depth });
    if (token === '{' && awaited.at(-1)?.depth === depth && last !== 'struct' && last !== 'interface') blocks.push(...awaited.splice(-1));
    if (!CLOSE.has(token)) return;
    while ((awaited.at(-1)?.depth ?? -1) >= depth) awaited.pop();
    if (blocks.at(-1)?.depth === depth - 1) blocks.pop();
  }
}
