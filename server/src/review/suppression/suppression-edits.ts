/** Edits that write a suppression, and those that take one away. */
import type { Range, TextEdit } from '../../base/index.ts';
import type { SourceFile } from '../../model/index.ts';
import { indentationAt, lineBreakAt, lineEndAt, lineStartAt } from '../../rules/index.ts';
import { Kind, NONE, type Node, type Tree, textBetween } from '../../syntax/index.ts';
import { nodeAt } from '../node-at.ts';
import type { Finding } from '../shapes.ts';
import type { Directive, RuleName } from './directives.ts';

/**
 * The edit that suppresses a finding, in the file's current text: on its own line above the statement, where it covers just
 * that; at the end of the finding's line where the statement holds a block whose findings should stay.
 */
export function suppressionEdits(file: SourceFile, finding: Pick<Finding, 'ruleId' | 'at'>, reason: string): TextEdit[] {
  const { tree, path } = file;
  const oneLine = reason.replace(/\s+/g, ' ').trim();
  const directive = `//escapement:ignore ${finding.ruleId} -- ${oneLine}`;
  const statement = statementAt(tree, finding.at.start);
  const start = statement === NONE ? lineStartAt(tree, finding.at.start) : tree.start[statement];
  const isFirst = textBetween(tree, lineStartAt(tree, start), start).trim() === '';
  const canTrail = mayEndInComment(tree, finding.at.start);
  if (canTrail && (!isFirst || hasBlock(tree, statement))) {
    const end = lineEndAt(tree, finding.at.start);
    return [{ path, range: { start: end, end }, newText: ` ${directive}` }];
  }
  const at = lineStartAt(tree, start);
  const lineBreak = lineBreakAt(tree, at);
  const indent = indentationAt(tree, start);
  const separator = hasDocComment(tree, statement) ? `//${lineBreak}` : '';
  return [{ path, range: { start: at, end: at }, newText: `${separator}${indent}${directive}${lineBreak}` }];
}

/** Statement or top-level declaration that holds the offset. */
function statementAt(tree: Tree, offset: number): Node {
  let node = nodeAt(tree, offset);
  while (node !== NONE && tree.parent[node] !== NONE && tree.kind[tree.parent[node]] !== Kind.statement_list) node = tree.parent[node];
  return node;
}

function hasBlock(tree: Tree, statement: Node): boolean {
  for (let row = statement; row < tree.next[statement]; row++) if (tree.kind[row] === Kind.statement_list) return true;
  return false;
}

/** Whether a comment put at the end of the offset's line is one: no other comment and no raw string reaches over it. */
function mayEndInComment(tree: Tree, offset: number): boolean {
  const end = lineEndAt(tree, offset);
  for (let row = NONE + 1; row < tree.length && tree.start[row] < end; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.comment && tree.end[row] >= end) return false;
    if (kind === Kind.raw_string_literal && tree.end[row] > end) return false;
  }
  return true;
}

/** gofmt keeps directives at the end of a doc comment, behind an empty comment line. */
function hasDocComment(tree: Tree, node: Node): boolean {
  if (node === NONE || tree.parent[node] !== NONE) return false;
  const above = lineStartAt(tree, tree.start[node]) - 1;
  if (above < 0) return false;
  const line = textBetween(tree, lineStartAt(tree, above), lineEndAt(tree, above));
  return line.startsWith('//') && !/^\/\/[a-z0-9]+:[a-z0-9]/.test(line);
}

/** Takes names out of a directive; when none is left the comment goes, with its line when it has one of its own. */
export function suppressionRemoval({ tree, path }: SourceFile, directive: Directive, names: readonly RuleName[]): TextEdit[] {
  const kept = directive.rules.filter((name) => !names.includes(name));
  if (kept.length > 0) {
    const first = directive.rules[0].at.start;
    const last = directive.rules[directive.rules.length - 1].at.end;
    return [{ path, range: { start: first, end: last }, newText: kept.map((name) => name.id).join(',') }];
  }
  return [{ path, range: commentRange(tree, directive.at), newText: '' }];
}

function commentRange(tree: Tree, at: Range): Range {
  const lineStart = lineStartAt(tree, at.start);
  const before = textBetween(tree, lineStart, at.start);
  if (before.trim() !== '') return { start: at.start - (before.length - before.trimEnd().length), end: lineEndAt(tree, at.end) };
  const next = tree.source.indexOf(10, at.end);
  return { start: lineStart, end: next < 0 ? tree.source.length : next + 1 };
}
