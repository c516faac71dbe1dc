/** Text from user code in markdown: it is shown as it is, and makes neither markup nor links. */
import { forTerminal } from '../report/index.ts';

/** What begins markup inside a line; `_` only at the edge of a word, `&` only before an entity. */
const MARKUP = /[\\`*[\]<>~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)/gu;

/** A line of plain text. Controls become Go escapes. */
export function forMarkdown(text: string): string {
  return forTerminal(text).replace(MARKUP, '\\$&');
}

/** A page as part of a hover, where its headings would shout: they become two levels smaller. */
export function asSection(page: string): string {
  let isCode = false;
  const lines = page.split('\n').map((line) => {
    if (line.startsWith('```')) isCode = !isCode;
    return !isCode && line.startsWith('#') ? `##${line}` : line;
  });
  return lines.join('\n');
}

/** A line of code, between as many backticks as it needs. */
export function codeSpan(text: string): string {
  const line = forTerminal(text);
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
