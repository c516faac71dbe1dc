/**
 * Expectations written into Go fixtures: `// want RULE "regex"` on the line where the finding starts, several after one
 * another, the regex in double quotes (where a backslash is written twice, as in Go) or backquotes. On a line of its own the marker speaks for the next line of code.
 */
import { Kind, parse, textOf } from '../../src/syntax/index.ts';

export interface Want {
  /** One-based. */
  readonly line: number;
  readonly rule: string;
  readonly pattern: RegExp;
}

export interface Seen {
  /** One-based. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

/** Throws when a marker is malformed. */
export function wantsOf(source: string): Want[] {
  const lines = source.split('\n');
  const { tree } = parse(new TextEncoder().encode(source));
  const isComment = commentLines(lines);
  const wants: Want[] = [];
  for (let row = 1; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.comment) continue;
    const body = /^(?:\/\/|\/\*)\s*want\s+(.*?)(?:\*\/)?$/s.exec(textOf(tree, row).trimEnd());
    if (body === null) continue;
    let line = new TextDecoder().decode(tree.source.subarray(0, tree.start[row])).split('\n').length;
    if (isComment[line - 1]) while (line < lines.length && (isComment[line - 1] || lines[line - 1].trim() === '')) line++;
    wants.push(...wantsOfMarker(body[1], line));
  }
  return wants;
}

function commentLines(lines: readonly string[]): boolean[] {
  return lines.map((line) => /^\s*(\/\/|\/\*.*\*\/\s*$)/.test(line));
}

function wantsOfMarker(text: string, line: number): Want[] {
  const wants: Want[] = [];
  let rule = '';
  let rest = text.trim();
  while (rest !== '') {
    const match = /^(?:([a-z][a-z0-9-]*)\s+)?("(?:[^"\\]|\\.)*"|`[^`]*`)\s*/.exec(rest);
    if (match === null) throw new Error(`line ${line}: malformed marker at: ${rest}`);
    rule = match[1] ?? rule;
    if (rule === '') throw new Error(`line ${line}: a marker names its rule: // want RULE "regex"`);
    const quoted = match[2];
    const pattern = quoted.startsWith('`') ? quoted.slice(1, -1) : quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
    wants.push({ line, rule, pattern: new RegExp(pattern) });
    rest = rest.slice(match[0].length);
  }
  return wants;
}

/** What is missing and what is too much, as lines a person can act on; empty when all is as wanted. */
export function mismatches(wants: readonly Want[], seen: readonly Seen[]): string[] {
  const open = [...seen];
  const missing: string[] = [];
  for (const want of wants) {
    const at = open.findIndex((each) => each.line === want.line && each.rule === want.rule && want.pattern.test(each.message));
    if (at >= 0) open.splice(at, 1);
    else missing.push(`line ${want.line}: missing ${want.rule} ${want.pattern}`);
  }
  return [...missing, ...open.map((each) => `line ${each.line}: unexpected ${each.rule}: ${each.message}`)];
}

/** The text without markers and without its build constraint, to be compared with a golden. */
export function withoutMarkers(source: string): string {
  return source
    .replace(/^\/\/go:build .*\n+/m, '')
    .replace(/^[ \t]*\/\/ want .*\n/gm, '')
    .replace(/[ \t]*\/\/ want .*$/gm, '')
    .replace(/[ \t]*\/\* want .*?\*\//g, '');
}
