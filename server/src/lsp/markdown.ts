/** Text from user code in markdown: it is shown as it is, and makes neither markup nor links. And our markdown for clients that show none. */
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

const FENCE = /^```/;
const HEADING = /^#+ /;
const RULER = /^\|(?: *:?-+:? *\|)+$/;
/** An escaped character, a code span, a link, or stars that touch a word. */
const INLINE = /\\([!-/:-@[-`{-~])|(`+)(.+?)(?<!`)\2(?!`)|\[((?:\\.|[^\]\\])*)\]\([^)]*\)|\*+(?=\S)|(?<=\S)\*+/g;

/** What our markdown says, for clients that show it as it is: links are their words, code stands alone. */
export function plainText(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').flatMap((line) => {
    if (FENCE.test(line)) isCode = !isCode;
    if (FENCE.test(line) || (!isCode && RULER.test(line))) return [];
    return [isCode ? line : plainLine(line.replace(HEADING, '').trimEnd())];
  });
  return lines.join('\n');
}

function plainLine(line: string): string {
  return line.replace(INLINE, (_, escaped?: string, __?: string, code?: string, words?: string) => {
    if (code !== undefined) return /^ .*[^ ].* $/.test(code) ? code.slice(1, -1) : code;
    return escaped ?? (words === undefined ? '' : plainLine(words));
  });
}
