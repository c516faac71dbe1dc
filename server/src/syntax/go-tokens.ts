/** Tokens of Go text of which each character is a byte, found without a parse; text that is not Go has tokens too. */

/** One token, blank or comment, at `lastIndex`; which of them, its group says. */
export const TOKEN =
  /([ \t\r\ufeff]+)|(\n)|(\/\/[^\n]*)|(\/\*.*?(?:\*\/|$))|(`[^`]*`?|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?)|((?:\w|[^\0-\x7f])+)|(.)/sy;
export const Group = { blank: 1, lineFeed: 2, lineComment: 3, comment: 4, text: 5, word: 6, other: 7 } as const;

/** The braces, and what may hold some that are none. */
export const BRACE = /[{}]|\/\/[^\n]*|\/\*.*?(?:\*\/|$)|`[^`]*`?|"(?:\\[^\n]|[^"\\\n])*"?|'(?:\\[^\n]|[^'\\\n])*'?/gs;

export const OPEN: ReadonlySet<string> = new Set(['(', '[', '{']);
export const CLOSE: ReadonlySet<string> = new Set([')', ']', '}']);
/** How a token begins that is a word or a number. */
export const WORD = /^(?:\w|[^\0-\x7f])/;
