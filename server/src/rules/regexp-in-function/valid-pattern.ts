/**
 * Whether a regular expression surely compiles: a pattern that does not would panic when the program starts, once it is a package
 * variable. After the syntax of regexp/syntax; what is rare there (`\Q`, scripts, octal escapes) is not vouched for.
 */

const ESCAPED_CHARACTER = String.raw`\\(?:[aftnrv!-/:-@[-${'`'}{-~]|x[0-9A-Fa-f]{2})`;
const CHARACTERS = String.raw`\\(?:[dDsSwW]|[pP][LMNPSZC]|[pP]\{\^?(?:L[lmotu]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps]|Latin|Greek|Cyrillic|Han)\})`;
const POSIX_NAME = '(?:alnum|alpha|ascii|blank|cntrl|digit|graph|lower|print|punct|space|upper|word|xdigit)';

const TOKENS: readonly (readonly [Token, RegExp])[] = [
  ['flags', /\(\?(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)\)/uy],
  ['open', /\((?:\?(?:P<(?<name>\w+)>|(?:[imsU]+(?:-[imsU]+)?|-[imsU]+)?:)|(?!\?))/uy],
  ['close', /\)/uy],
  ['alternative', /\|/uy],
  ['repeat', /(?:[*+?]|\{(?<least>\d+)(?:,(?<most>\d*))?\})\??/uy],
  ['anchor', /\^|\$|\\[bBAz]/uy],
  ['class', new RegExp(String.raw`\[\^?(?<items>\]?(?:\[:\^?${POSIX_NAME}:\]|\\.(?:[0-9A-Fa-f]{2}|\{\^?\w+\})?|[^\]\\[])*)\]`, 'uy')],
  ['character', new RegExp(String.raw`${ESCAPED_CHARACTER}|${CHARACTERS}|[^\\()[*+?|\uFFFD]`, 'uy')],
];

type Token = 'flags' | 'open' | 'close' | 'alternative' | 'repeat' | 'anchor' | 'class' | 'character';

/** What Go repeats at most, also where one repetition is inside another. */
const MOST_REPETITIONS = 1000;

const CLASS_ITEM = new RegExp(
  String.raw`\[:\^?${POSIX_NAME}:\]|${CHARACTERS}|(?<from>${ESCAPED_CHARACTER}|[^\\[\uFFFD])(?:-(?<to>${ESCAPED_CHARACTER}|[^\\[\]\uFFFD]))?`,
  'uy',
);

/** `isPosix`: as MustCompilePOSIX reads it, which knows none of Perl's additions. */
export function isSurelyValid(pattern: string, isPosix: boolean): boolean {
  if (isPosix && /\\[A-Za-z]|\(\?|[*+?}]\?/.test(pattern)) return false;
  const names = new Set<string>();
  let [depth, isRepeatable, repetitions] = [0, false, 1];
  for (let at = 0; at < pattern.length; ) {
    const found = tokenAt(pattern, at);
    if (found === undefined) return false;
    const { token, match } = found;
    const { name, least, most, items } = match.groups ?? {};
    if (token === 'open') depth++;
    if (token === 'close' && --depth < 0) return false;
    if (token === 'repeat' && !isRepeatable) return false;
    if (name !== undefined && names.has(name)) return false;
    if (items !== undefined && !isClass(items)) return false;
    if (name !== undefined) names.add(name);
    if (least !== undefined) {
      const upTo = Number(most === undefined || most === '' ? least : most);
      if (upTo < Number(least)) return false;
      repetitions *= Math.max(1, upTo);
    }
    if (repetitions > MOST_REPETITIONS) return false;
    isRepeatable = token === 'close' || token === 'class' || token === 'character';
    at += match[0].length;
  }
  return depth === 0;
}

function tokenAt(pattern: string, at: number): { readonly token: Token; readonly match: RegExpExecArray } | undefined {
  for (const [token, expression] of TOKENS) {
    const match = execAt(expression, pattern, at);
    if (match !== null) return { token, match };
  }
  return undefined;
}

function execAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** Of what stands between the brackets of a class. */
function isClass(items: string): boolean {
  for (let at = 0; at < items.length; ) {
    const match = execAt(CLASS_ITEM, items, at);
    if (match === null) return false;
    const { from, to } = match.groups ?? {};
    if (to !== undefined && !isRange(from, to)) return false;
    if (from === '-' && at > 0 && at + 1 < items.length) return false;
    at += match[0].length;
  }
  return items !== '';
}

function isRange(from: string, to: string): boolean {
  const [low, high] = [from, to].map((text) =>
    /^\\[^!-/:-@[-`{-~]/.test(text) ? undefined : text.codePointAt(text.length > 1 && text[0] === '\\' ? 1 : 0),
  );
  return low !== undefined && high !== undefined && low <= high;
}
