/**
 * What a fix must do with comments to be offered. Each stays, once: who rewrites a statement takes along what was remarked on in it,
 * or leaves it alone. And they stay where gofmt sets them: it aligns those behind lines that follow each other in one indentation,
 * so that nothing may come between two of these, nor change the length of such a line.
 */
import { applyEdits, sortEdits } from '../../base/index.ts';
import type { FileEdit } from '../../rules/index.ts';
import { type Tree, textBetween } from '../../syntax/index.ts';

interface Line {
  readonly indentation: string;
  /** Of what stands before the comment, with the blanks between; undefined without one. */
  readonly codeLength: number | undefined;
}

/** Lines that edits touch, as bytes from the start of the first to the end of the last, and the edits in them. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly edits: readonly FileEdit[];
}

const LF = 10;

/** Whether the edits of the file lose no comment and make no second one of any. */
export function keepsComments(tree: Tree, edits: readonly FileEdit[]): boolean {
  const taken = edits.flatMap(({ range }) => commentsIn(textBetween(tree, range.start, range.end))).sort();
  const given = edits.flatMap(({ newText }) => commentsIn(newText)).sort();
  return taken.length === given.length && taken.every((comment, i) => comment === given[i]);
}

function commentsIn(code: string): string[] {
  return [...code.matchAll(LITERALS_AND_COMMENTS)].flatMap(([, comment]) => comment ?? []);
}

/** Whether all comments behind code stand where gofmt wants them once the edits of the file are made, which are disjoint. */
export function keepsCommentColumns(tree: Tree, edits: readonly FileEdit[]): boolean {
  return stretchesOf(tree, edits).every((stretch) => keepsColumns(tree, stretch));
}

/** Edits of lines that touch each other belong together. */
function stretchesOf(tree: Tree, edits: readonly FileEdit[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const edit of sortEdits(edits.map((each) => ({ ...each, path: '' })))) {
    const start = lineStart(tree, edit.range.start);
    const end = lineEnd(tree, edit.range.end);
    const last = stretches.at(-1);
    if (last !== undefined && start <= last.end + 1) {
      stretches[stretches.length - 1] = { start: last.start, end: Math.max(end, last.end), edits: [...last.edits, edit] };
    } else stretches.push({ start, end, edits: [edit] });
  }
  return stretches;
}

function keepsColumns(tree: Tree, { start, end, edits }: Stretch): boolean {
  const moved = edits.map(({ range, newText }) => ({ path: '', range: { start: range.start - start, end: range.end - start }, newText }));
  const before = textBetween(tree, start, end).split('\n');
  const after = new TextDecoder().decode(applyEdits(tree.source.subarray(start, end), moved)).split('\n');
  const around = { above: lineAbove(tree, start), below: lineBelow(tree, end) };
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) {
    around.above = before.shift();
    after.shift();
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    around.below = before.pop();
    after.pop();
  }
  if (after.some((line) => LONE_REMARK.test(line) && !before.includes(line))) return false;
  return standsAsBefore(lineOf(around.above), before.map(lineOf), after.map(lineOf), lineOf(around.below));
}

function standsAsBefore(above: Line, before: readonly Line[], after: readonly Line[], below: Line): boolean {
  const hasComments = [...before, ...after].some(({ codeLength }) => codeLength !== undefined);
  if (!hasComments) return before.length > 0 === after.length > 0 || !areAligned(above, below);
  const areAlike = before.length === after.length && before.every(({ codeLength }, i) => codeLength === after[i].codeLength);
  return areAlike || [before, after].every((lines) => !hasColumn([above, ...lines, below]));
}

function hasColumn(lines: readonly Line[]): boolean {
  return lines.some((line, i) => i > 0 && areAligned(lines[i - 1], line));
}

function areAligned(a: Line, b: Line): boolean {
  return a.codeLength !== undefined && b.codeLength !== undefined && a.indentation === b.indentation;
}

/** Comments, without the blanks behind them, as group 1. */
const LITERALS_AND_COMMENTS = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'|(\/\/[^\n]*[^\s]|\/\*[\s\S]*?\*\/)/g;

/** What is left of a line whose statement has gone from behind a remark. */
const LONE_REMARK = /^\s*(?:\/\*[^*]*\*\/\s*)+$/;

/** Literals, in which slashes begin no comment. */
const LITERALS = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'/g;

function lineOf(text = ''): Line {
  const indentation = /^\s*/.exec(text)?.[0] ?? '';
  const code = text.replace(LITERALS, (literal) => '_'.repeat(literal.length));
  const comment = /\/\/|\/\*[^*]*\*\/\s*$/.exec(code)?.index ?? 0;
  return { indentation, codeLength: comment > indentation.length ? comment : undefined };
}

function lineStart(tree: Tree, offset: number): number {
  return offset === 0 ? 0 : tree.source.lastIndexOf(LF, offset - 1) + 1;
}

function lineEnd(tree: Tree, offset: number): number {
  const at = tree.source.indexOf(LF, offset);
  return at < 0 ? tree.source.length : at;
}

function lineAbove(tree: Tree, start: number): string | undefined {
  return start === 0 ? undefined : textBetween(tree, lineStart(tree, start - 1), start - 1);
}

function lineBelow(tree: Tree, end: number): string | undefined {
  return end >= tree.source.length ? undefined : textBetween(tree, end + 1, lineEnd(tree, end + 1));
}
