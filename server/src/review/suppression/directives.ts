/**
 * Suppression comments as written: `//escapement:ignore RULE[,RULE] -- reason` on a line or above a statement or
 * declaration, `//escapement:file-ignore` before the package clause, and golangci-lint's `//nolint`, read the way that
 * reads it (golangci-lint, pkg/result/processors/nolint_filter.go).
 */
import type { Range } from '../../base/index.ts';
import type { SourceFile } from '../../model/index.ts';
import { descendants, firstChild, Kind, NONE, type Node, nextSibling, type Tree, textBetween, textOf } from '../../syntax/index.ts';

export interface Directive {
  /** `nolint` covers every rule and asks for no reason; `misspelled` does nothing but to be reported. */
  readonly kind: 'ignore' | 'file-ignore' | 'nolint' | 'misspelled';
  /** The comment. */
  readonly at: Range;
  /** Names in front of ` -- `, empty for `nolint`. */
  readonly rules: readonly RuleName[];
  /** Behind ` -- `, or of `nolint` behind another `//`. */
  readonly reason: string;
  /** Findings that start here are suppressed; empty where the directive has nothing to speak for. */
  readonly covers: Range;
}

export interface RuleName {
  readonly id: string;
  readonly at: Range;
}

const NOTHING: Range = { start: 0, end: 0 };

/** In source order. */
export function directivesOf(file: SourceFile): Directive[] {
  const { tree } = file;
  const found: Directive[] = [];
  for (let row = NONE + 1; row < tree.length; row++) {
    const directive = tree.kind[row] === Kind.comment ? directiveOf(tree, row) : undefined;
    if (directive !== undefined) found.push(directive);
  }
  return found;
}

function directiveOf(tree: Tree, comment: Node): Directive | undefined {
  if (!mayBeDirective(tree, comment)) return undefined;
  const text = textOf(tree, comment).trimEnd();
  const at = { start: tree.start[comment], end: tree.start[comment] + new TextEncoder().encode(text).length };
  if (isNolint(text)) return { kind: 'nolint', at, rules: [], reason: nolintReason(text), covers: nolintRange(tree, comment) };
  const match = /^\/\/([ \t]*)escapement:([\w-]*)(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, space, verb, rest] = match;
  const isKnown = space === '' && (verb === 'ignore' || verb === 'file-ignore') && /^(\s|$)/.test(rest);
  if (!isKnown) return { kind: 'misspelled', at, rules: [], reason: '', covers: NOTHING };
  const [names, ...reason] = rest.split(/(?:^|\s)--(?=\s|$)/);
  const rules = ruleNames(names, at.start + '//escapement:'.length + verb.length);
  const covers = verb === 'ignore' ? ignoreRange(tree, comment) : fileRange(tree, comment);
  return { kind: verb === 'ignore' ? 'ignore' : 'file-ignore', at, rules, reason: reason.join('--').trim(), covers };
}

/** Whether it is a line comment that begins like `escapement` or `nolint`: nearly none does, and so nearly none is decoded. */
function mayBeDirective({ source, start }: Tree, comment: Node): boolean {
  let at = start[comment];
  if (source[at + 1] !== SLASH) return false;
  while (source[at] === SLASH || source[at] === SPACE || source[at] === TAB) at++;
  return source[at] === E || source[at] === N;
}

const [SLASH, SPACE, TAB, E, N] = ['/', ' ', '\t', 'e', 'n'].map((each) => each.charCodeAt(0));

function ruleNames(text: string, offset: number): RuleName[] {
  const names: RuleName[] = [];
  for (const match of text.matchAll(/[^\s,]+/g)) {
    const before = new TextEncoder().encode(text.slice(0, match.index)).length;
    const start = offset + before;
    names.push({ id: match[0], at: { start, end: start + new TextEncoder().encode(match[0]).length } });
  }
  return names;
}

function isNolint(comment: string): boolean {
  const text = comment.replace(/^[/ ]+/, '');
  if (!/^nolint( |:|$)/.test(text)) return false;
  if (!text.startsWith('nolint:')) return true;
  const linters = text.slice('nolint:'.length).split('//')[0].split(',');
  return linters.map((name) => name.trim().toLowerCase()).some((name) => name === 'all' || name === 'escapement');
}

function nolintReason(comment: string): string {
  const text = comment.replace(/^[/ ]+/, '');
  const at = text.indexOf('//');
  return at < 0 ? '' : text.slice(at).replace(/^[/ ]+/, '');
}

/** The comment's line when code precedes it there, else the whole statement, declaration or element below it. */
function ignoreRange(tree: Tree, comment: Node): Range {
  if (!isOwnLine(tree, comment)) return lineRange(tree, tree.start[comment]);
  const next = nodeBelow(tree, comment);
  return next === NONE ? NOTHING : { start: tree.start[next], end: tree.end[next] };
}

function nodeBelow(tree: Tree, comment: Node): Node {
  const next = nextSibling(tree, comment);
  const isList = tree.kind[next] === Kind.statement_list || tree.kind[next] === Kind.expression_list;
  return isList ? firstChild(tree, next) : next;
}

function fileRange(tree: Tree, comment: Node): Range {
  const clause = descendants(tree, NONE, Kind.package_clause)[0];
  const isBefore = clause !== undefined && tree.start[comment] < tree.start[clause];
  return isBefore ? { start: 0, end: tree.source.length + 1 } : NOTHING;
}

/** On a line with code: that line and the whole of what begins on it. On its own line: what stands below; above the package clause the file. */
function nolintRange(tree: Tree, comment: Node): Range {
  if (isOwnLine(tree, comment)) {
    const file = fileRange(tree, comment);
    return file.end > 0 ? file : ignoreRange(tree, comment);
  }
  const line = lineRange(tree, tree.start[comment]);
  let { end } = line;
  for (let row = NONE + 1; row < tree.length && tree.start[row] < line.end; row++) {
    if (tree.start[row] >= line.start && isExpanded(tree, row)) end = Math.max(end, tree.end[row]);
  }
  return { start: line.start, end };
}

function isExpanded(tree: Tree, row: Node): boolean {
  const parent = tree.parent[row];
  return tree.kind[row] !== Kind.comment && (parent === NONE || tree.kind[parent] === Kind.statement_list);
}

function isOwnLine(tree: Tree, comment: Node): boolean {
  const { start } = lineRange(tree, tree.start[comment]);
  return textBetween(tree, start, tree.start[comment]).trim() === '';
}

function lineRange(tree: Tree, offset: number): Range {
  const start = offset === 0 ? 0 : tree.source.lastIndexOf(10, offset - 1) + 1;
  const end = tree.source.indexOf(10, offset);
  return { start, end: end < 0 ? tree.source.length + 1 : end + 1 };
}
