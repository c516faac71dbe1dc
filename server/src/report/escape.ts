/**
 * One function per sink that text from reviewed code can reach: terminals, JSON, URIs, workflow commands. File names,
 * identifiers and literals are hostile until they went through one of these.
 */

/** C0, DEL, C1, line and paragraph separators, bidirectional controls (CVE-2021-42574), byte order marks, tag characters, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;
/** Besides, what begins a command wherever it stands in a log of GitHub Actions (`##[`) or Azure Pipelines (`##vso[`). */
const UNPRINTABLE_IN_JSON = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\udb40[\udc00-\udc7f]|(?<=#)#(?=\[|vso\[)/g;

/** One line of text that cannot drive a terminal: controls become Go escapes such as `\x1b`, `\n` or `\u202e`. */
export function forTerminal(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/**
 * Text of several lines whose user parts went through `forTerminal`, made harmless for logs of CI systems too, which obey
 * lines that begin with `::` and, wherever it stands, `##[` and `##vso[`: a space without width breaks these up.
 */
export function forLog(text: string): string {
  return text.replace(/##(?=\[|vso\[)/g, '#\u200b#').replace(/^([ \t]*):(?=:)/gm, '$1:\u200b');
}

/** JSON of `value`, indented by two, all of whose controls and bidirectional marks are `\u` escapes; ends with a line feed. */
export function forJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(UNPRINTABLE_IN_JSON, escapeUnits)}\n`;
}

/** The same on one line. */
export function forJsonLine(value: unknown): string {
  return `${JSON.stringify(value).replace(UNPRINTABLE_IN_JSON, escapeUnits)}\n`;
}

function escapeUnits(units: string): string {
  return units
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** The part of a workflow command after `::` (actions/toolkit, command.ts, escapeData). */
export function forCommandData(text: string): string {
  return printable(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property value of a workflow command (actions/toolkit, command.ts, escapeProperty). */
export function forCommandProperty(text: string): string {
  return forCommandData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** The message of a logging command (azure-pipelines-task-lib, taskcommand.ts, escapedata). */
export function forAzureData(text: string): string {
  return printable(text).replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

/** A property value of a logging command (azure-pipelines-task-lib, taskcommand.ts, escape). */
export function forAzureProperty(text: string): string {
  return forAzureData(text).replaceAll(']', '%5D').replaceAll(';', '%3B');
}

/** Text that XML 1.0 can hold, on one line; the writer of the XML escapes what is markup. */
export function forXml(text: string): string {
  return forLog(text.replace(UNPRINTABLE, escapeCharacter).replace(/[\ufffe\uffff]/g, escapeCharacter));
}

const MARKUP = /[\\`*_{}[\]()#+\-.!|<>~&@:$=]/g;

/**
 * Text as Markdown that shows as just that text: no emphasis, link, image, HTML or table cell comes of it. Mentions and references are found in
 * what is shown, where only a space without width stops them.
 */
export function forMarkdown(text: string): string {
  return forTerminal(text).replace(MARKUP, (mark) => (/[@#]/.test(mark) ? `${mark}\u200b` : `\\${mark}`));
}

/** Text inside an element of HTML, on one line. */
export function forHtml(text: string): string {
  return forTerminal(text)
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replaceAll('@', '@\u200b');
}

/** Lines as a code block of a language; its fence is longer than any run of backticks inside. */
export function forCodeBlock(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines.map((line) => forLog(forTerminal(line.replaceAll('\t', '    ')))), fence].join('\n');
}

/** Line breaks stay, because the command's own escapes carry them. */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => (character === '\n' || character === '\r' ? character : escapeCharacter(character)));
}

/**
 * A path as a relative reference of RFC 3986: everything outside the unreserved set and `/` is percent-encoded, and a colon
 * in the first segment cannot be read as a scheme.
 */
export function forUri(path: string): string {
  return path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`))
    .join('/');
}

/** An absolute path with `/` as a `file:` URI. */
export function forFileUri(path: string): string {
  const rooted = path.startsWith('/') ? path : `/${path}`;
  return `file://${forUri(rooted)}`;
}
