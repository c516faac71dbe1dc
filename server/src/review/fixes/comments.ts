/**
 * What a fix must do with comments. Each stays, once: who rewrites a statement takes along what was remarked on in it, or leaves it
 * alone. And for a safe fix they stay where gofmt sets them: it aligns those behind lines that follow each other in one
 * indentation, so that nothing may come between two of these, nor change the length of such a line.
 */
import { type Range, sortEdits, type TextEdit } from '../../base/index.ts';
import { lineEndAt, lineStartAt, nextLineAt, textWith } from '../../rules/index.ts';
import { type Tree, textBetween } from '../../syntax/index.ts';

interface Line {
  readonly indentation: string;
  /** Of what stands before the comment, with the blanks between; undefined without one. */
  readonly codeLength: number | undefined;
}

/** Lines that edits touch, from the start of the first to the end of the last. */
type Stretch = Range;

/** Whether the edits of the file lose no comment and make no second one of any. */
export function keepsComments(tree: Tree, edits: readonly TextEdit[]): boolean {
  const taken = edits.flatMap(({ range }) => commentsIn(textBetween(tree, range.start, range.end))).sort();
  const given = edits.flatMap(({ newText }) => commentsIn(newText)).sort();
  return taken.length === given.length && taken.every((comment, i) => comment === given[i]);
}

function commentsIn(code: string): string[] {
  return [...code.matchAll(LITERALS_AND_COMMENTS)].flatMap(([, comment]) => comment ?? []);
}

/** Whether all comments behind code stand where gofmt wants them once the edits of the file are made, which are disjoint. */
export function keepsCommentColumns(tree: Tree, edits: readonly TextEdit[]): boolean {
  return stretchesOf(tree, edits).every((stretch) => keepsColumns(tree, stretch, edits));
}

/** Edits of lines that touch each other belong together. */
function stretchesOf(tree: Tree, edits: readonly TextEdit[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { range } of sortEdits(edits)) {
    const start = lineStartAt(tree, range.start);
    const end = lineEndAt(tree, range.end);
    const last = stretches.at(-1);
    if (last !== undefined && start <= nextLineAt(tree, last.end)) {
      stretches[stretches.length - 1] = { start: last.start, end: Math.max(end, last.end) };
    } else stretches.push({ start, end });
  }
  return stretches;
}

function keepsColumns(tree: Tree, stretch: Stretch, edits: readonly TextEdit[]): boolean {
  const { start, end } = stretch;
  const before = textBetween(tree, start, end).split('\n');
  const after = textWith(tree, stretch, edits).split('\n');
  const around = { above: start === 0 ? '' : lineAt(tree, start - 1), below: lineAt(tree, nextLineAt(tree, end)) };
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) {
    around.above = before[0];
    before.shift();
    after.shift();
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    around.below = before[before.length - 1];
    before.pop();
    after.pop();
  }
  if (after.some((line) => LONE_REMARK.test(line) && !before.includes(line))) return false;
  return standsAsBefore(lineOf(around.above), before.map(lineOf), after.map(lineOf), lineOf(around.below));
}

function lineAt(tree: Tree, offset: number): string {
  return textBetween(tree, lineStartAt(tree, offset), lineEndAt(tree, offset));
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

/** What is left of a line whose statement has gone from behind a remark. */
const LONE_REMARK = /^\s*(?:\/\*[^*]*\*\/\s*)+$/;

/** Literals, in which slashes begin no comment. */
const LITERALS = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*'/g;
/** The same, or a comment, without the blanks behind it, as group 1. */
const LITERALS_AND_COMMENTS = new RegExp(`${LITERALS.source}|(\\/\\/[^\\n]*\\S|\\/\\*[\\s\\S]*?\\*\\/)`, 'g');

function lineOf(text: string): Line {
  const indentation = /^\s*/.exec(text)?.[0] ?? '';
  const code = text.replace(LITERALS, (literal) => '_'.repeat(literal.length));
  const comment = /\/\/|\/\*[^*]*\*\/\s*$/.exec(code)?.index ?? 0;
  return { indentation, codeLength: comment > indentation.length ? comment : undefined };
}
