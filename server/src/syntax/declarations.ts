/**
 * The declarations of a file, read from its tokens without a parse: what each declares, what it says with comments and layout left out, and
 * which words it uses. Who compares two versions of many files, or looks for uses of a name in a whole module, needs no more, at a small part
 * of the cost. Text that is not Go gives declarations too, of which nothing is promised.
 */

import { Declaration, type Signature } from './declaration.ts';
import { BRACE, CLOSE, Group, OPEN, TOKEN, WORD } from './go-tokens.ts';

export interface FileDeclarations {
  /** Byte offset behind the package clause and the imports. */
  readonly headEnd: number;
  /** Build constraint and package clause. */
  readonly preface: string;
  readonly imports: readonly ImportWords[];
  /** In source order; a group gives one for each of its specs. */
  readonly declarations: readonly Declaration[];
}

export interface ImportWords {
  /** As written, so that it is empty for most. */
  readonly name: string;
  readonly path: string;
}

export function declarationsIn(source: Uint8Array): FileDeclarations {
  return new Reader(bytewise.decode(source).replace(BYTE_ORDER_MARK, '   ')).read();
}

const bytewise = new TextDecoder('latin1');
const BYTE_ORDER_MARK = /^\u00ef\u00bb\u00bf/;
const KEYWORDS: ReadonlySet<string> = new Set(['func', 'type', 'var', 'const', 'import']);

/** A declaration under way. */
interface Draft {
  readonly keyword: string;
  readonly names: string[];
  at: number;
  receiver: string[] | undefined;
  readonly directives: readonly string[];
  readonly head: string[];
  readonly headWords: Set<string>;
  /** With those of a receiver and the names. */
  readonly words: Set<string>;
  /** Byte offset of a body's first brace, or -1. */
  body: number;
  /** A word that comes next is a name. */
  expectsName: boolean;
}

class Reader {
  private readonly preface: string[] = [];
  private readonly imports: ImportWords[] = [];
  private readonly signatures: Omit<Signature, 'lines'>[] = [];
  /** Byte offset behind each of them. */
  private readonly ends: number[] = [];
  private headEnd: number | undefined;
  /** Byte offset behind the last token. */
  private lastEnd = 0;
  /** Of the declaration that was begun last; `package` before all. */
  private keyword = '';
  private draft: Draft | undefined;
  private depth = 0;
  /** Depth of the specs that are being read: 1 in `var (…)`. */
  private base = 0;
  private last = '';
  /** Nothing stands before this token in its statement. */
  private isStart = true;
  private directives: string[] = [];
  /** Of a group of constants: specs so far, and what the last one says that says something. */
  private count = 0;
  private repeated: readonly string[] = [];

  constructor(private readonly text: string) {}

  read(): FileDeclarations {
    const { text } = this;
    for (let at = 0; at < text.length; ) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (match === null) break;
      this.take(match, at);
      at = this.draft?.body === at ? this.skipBody(TOKEN.lastIndex) : TOKEN.lastIndex;
    }
    this.end();
    const headEnd = this.headEnd ?? this.lastEnd;
    return { headEnd, preface: this.preface.join(' '), imports: this.imports, declarations: this.placed(headEnd) };
  }

  /** Two on one line share it where the first one ends. */
  private placed(headEnd: number): readonly Declaration[] {
    const { signatures, ends } = this;
    let start = this.lineEnd(headEnd, signatures[0]?.at ?? headEnd);
    return signatures.map((signature, i) => {
      const lines = { start, end: this.lineEnd(ends[i], signatures[i + 1]?.at ?? this.text.length) };
      start = lines.end;
      return new Declaration({ ...signature, lines });
    });
  }

  /** From behind the first brace of a body to its last one, or to the end. */
  private skipBody(start: number): number {
    BRACE.lastIndex = start;
    for (let depth = 1, match = BRACE.exec(this.text); match !== null; match = BRACE.exec(this.text)) {
      const [token] = match;
      if (token === '{') depth++;
      else if (token === '}') depth--;
      else if (token.startsWith('//')) this.comment(token);
      if (depth === 0) return match.index;
    }
    this.lastEnd = this.text.length;
    return this.text.length;
  }

  /** Behind the line feed that comes next, where it comes before `limit`. */
  private lineEnd(at: number, limit: number): number {
    const end = this.text.indexOf('\n', at) + 1;
    return end === 0 || end > limit ? at : end;
  }

  private take(match: RegExpExecArray, at: number): void {
    const [token] = match;
    if (match[Group.blank] !== undefined) return;
    if (match[Group.lineComment] !== undefined) this.comment(token);
    else if (match[Group.lineFeed] !== undefined || (match[Group.comment] !== undefined && token.includes('\n'))) this.lineFeed();
    else if (match[Group.comment] === undefined) this.token(token, match[Group.word] !== undefined, at);
  }

  private comment(text: string): void {
    const isBuildLine = this.keyword === '' && /^\/\/(?:go:build|[ \t]*\+build)\b/.test(text);
    if (isBuildLine) this.preface.push(text.trim());
    else if (text.startsWith('//go:')) this.directives.push(text.trim());
  }

  /** The rule of the specification: a line feed ends a statement behind what can end one. */
  private lineFeed(): void {
    if (!(WORD.test(this.last) || CLOSE.has(this.last) || /^["'`]/.test(this.last))) return;
    if (this.depth === this.base) {
      this.end();
      this.isStart = true;
    } else if (this.draft !== undefined) {
      this.add(this.draft, ';', false, this.lastEnd);
      this.last = ';';
    }
  }

  private token(token: string, isWord: boolean, at: number): void {
    const isStart = this.isStart;
    this.isStart = false;
    const isBegun = isStart && this.depth === 0 && this.begin(token, isWord);
    if (!isBegun) this.inside(token, isWord, at);
    this.last = token;
    this.lastEnd = at + token.length;
  }

  /** Whether a declaration begins with the token. */
  private begin(token: string, isWord: boolean): boolean {
    if (!isWord || !(KEYWORDS.has(token) || token === 'package')) return false;
    this.end();
    if (token !== 'package' && token !== 'import') this.headEnd ??= this.lastEnd;
    this.keyword = token;
    this.base = 0;
    this.count = 0;
    this.repeated = [];
    if (token === 'func') this.draft = this.newDraft();
    return true;
  }

  private inside(token: string, isWord: boolean, at: number): void {
    if (this.keyword === 'package') this.preface.push(token);
    if (this.keyword === '' || this.keyword === 'package') return;
    if (this.depth === this.base && token === ';') {
      this.end();
      this.isStart = true;
      return;
    }
    const opensGroup = token === '(' && this.depth === 0 && this.draft === undefined && this.last === this.keyword;
    if (opensGroup) {
      this.base = 1;
      this.depth = 1;
      this.isStart = true;
      return;
    }
    if (token === ')' && this.base === 1 && this.depth === 1) {
      this.end();
      this.base = 0;
      this.depth = 0;
      return;
    }
    this.draft ??= this.newDraft();
    this.add(this.draft, token, isWord, at);
    if (OPEN.has(token)) this.depth++;
    else if (CLOSE.has(token)) this.depth = Math.max(this.base, this.depth - 1);
  }

  private newDraft(): Draft {
    return {
      keyword: this.keyword,
      names: [],
      at: -1,
      receiver: undefined,
      directives: this.directives.splice(0),
      head: [],
      headWords: new Set(),
      words: new Set(),
      body: -1,
      expectsName: true,
    };
  }

  private add(draft: Draft, token: string, isWord: boolean, at: number): void {
    const isOutside = this.depth === this.base;
    const opensBody = draft.keyword === 'func' && isOutside && token === '{' && this.last !== 'struct' && this.last !== 'interface';
    if (opensBody && draft.body < 0) draft.body = at;
    if (draft.body >= 0) return;
    // Behind the last of a list there may be one, on a line of its own or not.
    if (CLOSE.has(token) && draft.head.at(-1) === ';') draft.head.pop();
    draft.head.push(token);
    if (draft.expectsName && isOutside) this.addName(draft, token, isWord, at);
    else if (isWord && this.isInReceiver(draft)) draft.receiver?.push(token);
    else if (isWord) draft.headWords.add(token);
    if (isWord) draft.words.add(token);
    const isList = draft.keyword === 'const' || draft.keyword === 'var';
    if (isList && isOutside && token === ',' && !draft.head.includes('=')) draft.expectsName = true;
  }

  private isInReceiver({ receiver, names }: Draft): boolean {
    return receiver !== undefined && names.length === 0;
  }

  private addName(draft: Draft, token: string, isWord: boolean, at: number): void {
    if (isWord) {
      if (draft.names.length === 0) draft.at = at;
      draft.names.push(token);
      draft.expectsName = false;
    } else if (draft.keyword === 'func' && token === '(' && draft.receiver === undefined) {
      draft.receiver = [];
    } else if (token !== ')') {
      draft.expectsName = false;
    }
  }

  /** What was read so far is a declaration. */
  private end(): void {
    const { draft } = this;
    this.draft = undefined;
    if (draft === undefined || draft.head.length === 0) return;
    if (draft.keyword === 'import')
      this.imports.push({ name: draft.head.slice(0, -1).join(''), path: (draft.head.at(-1) ?? '').slice(1, -1) });
    else if (draft.names.length > 0) {
      this.signatures.push(this.signatureOf(draft));
      this.ends.push(this.lastEnd);
    }
  }

  private signatureOf({ keyword, names, at, receiver, directives, head, headWords, words, body }: Draft): Omit<Signature, 'lines'> {
    const isMethod = receiver !== undefined;
    return {
      kind: keyword === 'func' ? (isMethod ? 'method' : 'function') : keyword === 'type' || keyword === 'const' ? keyword : 'var',
      names,
      receiver: receiverType(receiver ?? [], head),
      at,
      headTokens: [...head, ...(keyword === 'const' ? this.constantOf(head, words) : [])],
      headWords,
      allWords: words,
      directives,
      bodyText: body < 0 ? '' : this.text.slice(body, this.lastEnd),
    };
  }

  /** What a constant says beside its own tokens. */
  private constantOf(head: readonly string[], words: Set<string>): readonly string[] {
    const count = this.count++;
    const isRepeating = !head.includes('=');
    if (!isRepeating) this.repeated = head.slice(head.indexOf('='));
    for (const token of isRepeating ? this.repeated : []) if (WORD.test(token)) words.add(token);
    return [...(isRepeating ? this.repeated : []), ...(this.repeated.includes('iota') ? [String(count)] : [])];
  }
}

/** The last word of a receiver outside of brackets. */
function receiverType(words: readonly string[], head: readonly string[]): string {
  const bracket = head.indexOf('[');
  const end = head.indexOf(')');
  return bracket >= 0 && bracket < end ? (head[bracket - 1] ?? '') : (words.at(-1) ?? '');
}
