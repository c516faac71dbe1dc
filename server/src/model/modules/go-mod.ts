/**
 * go.mod, as far as the model needs it: whose import paths these directories carry, in which language version, and which
 * modules are found elsewhere on disk. The syntax is that of golang.org/x/mod/modfile; unknown directives are skipped, so
 * that a newer file still gives what is understood.
 */
import type { GoMinor } from '../shapes.ts';
import { parseGoVersion } from './version.ts';

/** Something a module file holds that is not understood. `line` counts from 0. */
export interface ModuleFileProblem {
  readonly line: number;
  readonly message: string;
}

export interface ModuleVersion {
  readonly path: string;
  readonly version: string;
}

/** `replace path [version] => target [targetVersion]`. A target without a version is a directory. */
export interface Replacement {
  readonly path: string;
  readonly version: string | undefined;
  readonly target: string;
  readonly targetVersion: string | undefined;
}

export interface GoMod {
  /** Undefined when the module line is missing. */
  readonly path: string | undefined;
  /** Undefined when the go line is missing or unreadable. */
  readonly go: GoMinor | undefined;
  readonly requires: readonly ModuleVersion[];
  readonly replaces: readonly Replacement[];
  /** Versions that count as not there; only the main module's count. */
  readonly excludes: readonly ModuleVersion[];
  readonly problems: readonly ModuleFileProblem[];
}

/** One line of a module file, its block's verb put in front. */
export interface Directive {
  readonly verb: string;
  readonly arguments: readonly string[];
  readonly line: number;
}

/** Never throws; what cannot be read is among the problems. */
export function parseGoMod(text: string): GoMod {
  const { directives, problems } = readDirectives(text);
  let path: string | undefined;
  let go: GoMinor | undefined;
  const requires: ModuleVersion[] = [];
  const replaces: Replacement[] = [];
  const excludes: ModuleVersion[] = [];
  for (const directive of directives) {
    const [first, second] = directive.arguments;
    if (directive.verb === 'module') path = first ?? path;
    else if (directive.verb === 'go') go = readGoLine(directive, problems);
    else if (directive.verb === 'require' && second !== undefined) requires.push({ path: first, version: second });
    else if (directive.verb === 'replace') addReplacement(directive, replaces, problems);
    else if (directive.verb === 'exclude' && second !== undefined) excludes.push({ path: first, version: second });
    else if (directive.verb === 'require') problems.push({ line: directive.line, message: 'require needs a path and a version' });
  }
  if (path === undefined) problems.push({ line: 0, message: 'no module line' });
  return { path, go, requires, replaces, excludes, problems };
}

export function readGoLine(directive: Directive, problems: ModuleFileProblem[]): GoMinor | undefined {
  const go = parseGoVersion(directive.arguments[0] ?? '');
  if (go === undefined) problems.push({ line: directive.line, message: 'not a Go version' });
  return go;
}

export function addReplacement(directive: Directive, replaces: Replacement[], problems: ModuleFileProblem[]): void {
  const arrow = directive.arguments.indexOf('=>');
  const before = directive.arguments.slice(0, Math.max(arrow, 0));
  const after = directive.arguments.slice(arrow + 1);
  if (arrow < 1 || before.length > 2 || after.length < 1 || after.length > 2) {
    problems.push({ line: directive.line, message: 'replace is written path [version] => path [version]' });
    return;
  }
  replaces.push({ path: before[0], version: before[1], target: after[0], targetVersion: after[1] });
}

/** Lines of a module file with their block's verb; comments gone, strings unquoted. */
export function readDirectives(text: string): { directives: Directive[]; problems: ModuleFileProblem[] } {
  const directives: Directive[] = [];
  const problems: ModuleFileProblem[] = [];
  let block: { readonly verb: string; readonly line: number } | undefined;
  for (const [line, content] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const tokens = tokensOf(content, line, problems);
    if (tokens.length === 0) continue;
    if (block !== undefined) {
      if (tokens[0] === ')') block = undefined;
      else directives.push({ verb: block.verb, arguments: tokens, line });
    } else if (tokens[tokens.length - 1] === '(') {
      block = { verb: tokens[0], line };
    } else {
      directives.push({ verb: tokens[0], arguments: tokens.slice(1).filter((token) => token !== '(' && token !== ')'), line });
    }
  }
  if (block !== undefined) problems.push({ line: block.line, message: `the ${block.verb} block is not closed` });
  return { directives, problems };
}

/** Sticky, one token after white space: a comment, a quoted or raw string, the arrow, punctuation, or a plain word up to a comment. */
const TOKEN = /\s*(?:(\/\/.*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|(=>|[()[\],])|((?:(?!\/\/)[^\s()[\]{},"`])+)|(.))/y;

function tokensOf(content: string, line: number, problems: ModuleFileProblem[]): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(content); match !== null; match = TOKEN.exec(content)) {
    const [, comment, quoted, raw, punctuation, word, stray] = match;
    if (comment !== undefined) break;
    if (stray !== undefined && stray.trim() !== '') problems.push({ line, message: `unexpected ${stray}` });
    const token = quoted !== undefined ? unescaped(quoted) : (raw ?? punctuation ?? word);
    if (token !== undefined) tokens.push(token);
  }
  return tokens;
}

function unescaped(quoted: string): string {
  return quoted.replace(/\\(.)/g, '$1');
}
