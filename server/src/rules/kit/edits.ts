/**
 * What fixes share: whole lines before, after and instead of statements, in the file's own indentation and line ends, and
 * names nobody else uses. Everything answers edits or undefined where no edit can be written with certainty; nothing here
 * decides whether a fix is right.
 */
import { applyEdits, contains, type Range } from '../../base/index.ts';
import type { Scopes } from '../../model/index.ts';
import { ancestor, encloses, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import type { FileEdit } from '../rule.ts';

const LF = 10;
const CR = 13;
const SEMICOLON = 59;
const BRACE = 123;
const CLOSING_BRACE = 125;

/** The line break of the line that holds the offset; at the end of the file that of its first line, or LF. */
export function lineBreakAt(tree: Tree, offset: number): '\n' | '\r\n' {
  const { source } = tree;
  let at = source.indexOf(LF, offset);
  if (at < 0) at = source.indexOf(LF);
  return at > 0 && source[at - 1] === CR ? '\r\n' : '\n';
}

/** Byte offset where the line that holds the offset begins. */
export function lineStartAt(tree: Tree, offset: number): number {
  return offset === 0 ? 0 : tree.source.lastIndexOf(LF, offset - 1) + 1;
}

/** Byte offset of the line's end, before its break. */
export function lineEndAt(tree: Tree, offset: number): number {
  const at = tree.source.indexOf(LF, offset);
  if (at < 0) return tree.source.length;
  return at > offset && tree.source[at - 1] === CR ? at - 1 : at;
}

/** White space at the beginning of the line that holds the offset. */
export function indentationAt(tree: Tree, offset: number): string {
  const start = lineStartAt(tree, offset);
  return textBetween(tree, start, skipBlanks(tree, start));
}

/** The statement of a statement list that is the node or holds it, labels included; NONE outside statements. */
export function statementAround(tree: Tree, node: Node): Node {
  let statement = node;
  while (statement !== NONE && tree.kind[tree.parent[statement]] !== Kind.statement_list) statement = tree.parent[statement];
  return statement;
}

/** New lines in front of a statement, in its indentation. `lines` come without indentation of their own. */
export function insertBefore(tree: Tree, statement: Node, lines: readonly string[]): FileEdit {
  const start = tree.start[statement];
  const indent = indentationAt(tree, start);
  const lineBreak = lineBreakAt(tree, start);
  const first = skipBlanks(tree, lineStartAt(tree, start));
  const isFirstOnLine = ONLY_COMMENTS.test(textBetween(tree, first, start));
  const separator = isFirstOnLine ? `${lineBreak}${indent}` : '; ';
  const level = first === start ? outdentOf(tree, statement) : '';
  return insertion(isFirstOnLine ? first : start, lines.map((line) => `${level}${line}${separator}`).join(''));
}

const ONLY_COMMENTS = /^(?:\/\*[^*\n]*\*\/[ \t]*)*$/;

/** New lines after a statement and the comment that trails it, in the statement's indentation. */
export function insertAfter(tree: Tree, statement: Node, lines: readonly string[]): FileEdit {
  const start = tree.start[statement];
  const end = tree.end[statement];
  const tail = endOfTrailingComment(tree, end);
  if (tail === undefined) return insertion(end, lines.map((line) => `; ${line}`).join(''));
  const indent = `${indentationAt(tree, start)}${outdentOf(tree, statement)}`;
  const lineBreak = lineBreakAt(tree, start);
  return insertion(tail, lines.map((line) => `${lineBreak}${indent}${line}`).join(''));
}

/** What gofmt leaves out in front of a label: one level. */
function outdentOf(tree: Tree, statement: Node): string {
  return tree.kind[statement] === Kind.labeled_statement ? '\t' : '';
}

/** New lines at the beginning of a block, one level deeper than the line on which the block opens. Undefined for a block on one line. */
export function insertAtBlockStart(tree: Tree, block: Node, lines: readonly string[]): FileEdit | undefined {
  const open = tree.start[block];
  const tail = endOfTrailingComment(tree, open + 1);
  if (tail === undefined) return undefined;
  const indent = `${indentationAt(tree, open)}\t`;
  const lineBreak = lineBreakAt(tree, open);
  return insertion(tail, lines.map((line) => `${lineBreak}${indent}${line}`).join(''));
}

/** Takes a statement out: with its whole lines when nothing else stands on them, otherwise with one separating semicolon. */
export function removeStatement(tree: Tree, statement: Node): FileEdit {
  const start = tree.start[statement];
  const end = tree.end[statement];
  const lineStart = lineStartAt(tree, start);
  const rest = skipBlanks(tree, end);
  const endsLine = rest >= lineEndAt(tree, end);
  if (endsLine && skipBlanks(tree, lineStart) === start) return removeLines(tree, { start: lineStart, end: nextLineAt(tree, end) });
  if (tree.source[rest] === SEMICOLON) return removal(start, skipBlanks(tree, rest + 1));
  const before = skipBlanksBack(tree, start);
  if (tree.source[before - 1] === SEMICOLON) return removal(before - 1, end);
  return endsLine ? removal(before, end) : removal(start, rest);
}

/** Takes whole lines out, and with them a blank line that would then follow another one, or open or close the block. */
export function removeLines(tree: Tree, lines: Range): FileEdit {
  const { start, end } = lines;
  const above = lineStartAt(tree, Math.max(0, start - 1));
  const opensBlock = tree.source[skipSpaceBack(tree, start) - 1] === BRACE;
  const closesBlock = tree.source[skipSpace(tree, end)] === CLOSING_BRACE;
  const isSpare = isBlankLine(tree, end) && (opensBlock || isBlankLine(tree, above));
  if (isSpare) return removal(start, nextLineAt(tree, end));
  return removal(closesBlock && start > 0 && isBlankLine(tree, above) ? above : start, end);
}

export function insertion(offset: number, newText: string): FileEdit {
  return { range: { start: offset, end: offset }, newText };
}

export function removal(start: number, end: number): FileEdit {
  return { range: { start, end }, newText: '' };
}

/** Puts `newText` in the node's place. */
export function replacement(tree: Tree, node: Node, newText: string): FileEdit {
  return { range: rangeOf(tree, node), newText };
}

/** Source of a range with those of the edits made that lie in it. */
export function textWith(tree: Tree, { start, end }: Range, edits: readonly FileEdit[]): string {
  const inside = edits.filter(({ range }) => contains({ start, end }, range));
  const moved = inside.map(({ range, newText }) => ({ path: '', range: { start: range.start - start, end: range.end - start }, newText }));
  return new TextDecoder().decode(applyEdits(tree.source.subarray(start, end), moved));
}

/**
 * Whether rewriting the node, all but the parts that are kept, would drop a comment inside it, or move one behind it that
 * gofmt aligns with those of the lines around.
 */
export function disturbsComment(tree: Tree, node: Node, kept: readonly Node[]): boolean {
  for (let row = node; row < tree.next[node]; row++) {
    if (tree.kind[row] === Kind.comment && !kept.some((part) => encloses(tree, part, row))) return true;
  }
  const end = lineEndAt(tree, tree.end[node]);
  const start = lineStartAt(tree, tree.end[node]);
  if (!holdsComment(tree, tree.end[node], end)) return false;
  const hasAbove = start > 0 && holdsComment(tree, lineStartAt(tree, start - 1), start - 1);
  return hasAbove || (end + 1 < tree.source.length && holdsComment(tree, end + 1, lineEndAt(tree, tree.source.indexOf(LF, end) + 1)));
}

export function rangeOf(tree: Tree, node: Node): Range {
  return { start: tree.start[node], end: tree.end[node] };
}

function holdsComment(tree: Tree, start: number, end: number): boolean {
  const text = textBetween(tree, start, end);
  return text.includes('//') || text.includes('/*');
}

const KEYWORDS: ReadonlySet<string> = new Set(
  `break case chan const continue default defer else fallthrough for func go goto if import interface map package range return
  select struct switch type var`.split(/\s+/),
);
/** Whether Go keeps the word for itself. */
export function isKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}

const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.type_identifier, Kind.package_identifier, Kind.label_name]);

/**
 * `base`, or `base2`, `base3` …: the first that means nothing at the node and occurs nowhere in the top-level declaration
 * around it, so that declaring it there neither shadows nor captures anything. So many are left for others as `skipped` says.
 */
export function unusedName(tree: Tree, scopes: Scopes, base: string, node: Node, skipped = 0): string {
  const taken = namesIn(tree, declarationAround(tree, node));
  let left = skipped;
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`;
    const isFree = !isKeyword(name) && !taken.has(name) && scopes.lookup(name, node) === undefined;
    if (isFree && left-- === 0) return name;
  }
}

/** The top-level declaration that is the node or holds it; NONE for the file itself. */
export function declarationAround(tree: Tree, node: Node): Node {
  const top = ancestor(tree, node, Kind.function_declaration, Kind.method_declaration);
  if (top !== NONE) return top;
  let declaration = node;
  while (declaration !== NONE && tree.parent[declaration] !== NONE) declaration = tree.parent[declaration];
  return declaration;
}

/** All names in the rows of a node: of variables, types, packages and labels. */
export function namesIn(tree: Tree, root: Node): Set<string> {
  const names = new Set<string>();
  for (let row = root; row < tree.next[root]; row++) if (NAMES.has(tree.kind[row])) names.add(textOf(tree, row));
  return names;
}

function skipBlanks(tree: Tree, from: number): number {
  let at = from;
  while (tree.source[at] === 32 || tree.source[at] === 9) at++;
  return at;
}

function skipBlanksBack(tree: Tree, from: number): number {
  let at = from;
  while (at > 0 && (tree.source[at - 1] === 32 || tree.source[at - 1] === 9)) at--;
  return at;
}

/** Over blanks and line breaks. */
function skipSpace(tree: Tree, from: number): number {
  let at = from;
  while (SPACE.has(tree.source[at])) at++;
  return at;
}

function skipSpaceBack(tree: Tree, from: number): number {
  let at = from;
  while (at > 0 && SPACE.has(tree.source[at - 1])) at--;
  return at;
}

const SPACE: ReadonlySet<number> = new Set([9, LF, CR, 32]);

/** Whether the line that begins at the offset is empty. */
function isBlankLine(tree: Tree, start: number): boolean {
  return start < tree.source.length && skipBlanks(tree, start) === lineEndAt(tree, start);
}

/** Byte offset behind the break of the line that holds the offset. */
export function nextLineAt(tree: Tree, offset: number): number {
  const at = tree.source.indexOf(LF, offset);
  return at < 0 ? tree.source.length : at + 1;
}

/** End of what may follow on the line: blanks and one comment that ends on it. Undefined when there is more. */
function endOfTrailingComment(tree: Tree, end: number): number | undefined {
  const { source } = tree;
  const lineEnd = lineEndAt(tree, end);
  const at = skipBlanks(tree, end);
  if (at >= lineEnd) return end;
  if (source[at] !== 47) return undefined;
  if (source[at + 1] === 47) return lineEnd;
  if (source[at + 1] !== 42) return undefined;
  const text = textBetween(tree, at, lineEnd).trimEnd();
  return text.length > 3 && text.indexOf('*/', 2) === text.length - 2 ? lineEnd : undefined;
}
