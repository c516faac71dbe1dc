/**
 * Every call of a function in its package, for fixes that change what it returns or takes. The answer is all or nothing: a use
 * that is no call, a name that cannot be resolved, code of the directory that is not in view, and nobody knows the callers.
 */
import type { Package, SourceFile, Types } from '../../model/index.ts';
import { go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { perTreeAndName } from './per-tree.ts';

/** A call_expression in one of the package's files, tests included. */
export interface PackageCall {
  readonly file: SourceFile;
  readonly types: Types;
  readonly node: Node;
}

interface Sought {
  readonly name: string;
  readonly file: SourceFile;
  readonly fn: Node;
  readonly isMethod: boolean;
}

/** Calls of an unexported function declaration or method in source order, file by file; undefined unless these are all its uses. */
export function allCallsOf(
  context: Pick<RuleContext, 'file' | 'tree' | 'package' | 'types'>,
  fn: Node,
): readonly PackageCall[] | undefined {
  const { tree, file, types } = context;
  const name = textOf(tree, go.functionDeclaration.name(tree, fn));
  if (!/^[\p{Ll}\p{Lo}]/u.test(name) || name === 'init' || name === 'main') return undefined;
  const sought: Sought = { name, file, fn, isMethod: tree.kind[fn] === Kind.method_declaration };
  const calls: PackageCall[] = [];
  for (const each of context.package.files) {
    const found = each.problems.length > 0 ? undefined : callsIn(each, types.typesIn(each), sought);
    if (found === undefined) return undefined;
    calls.push(...found);
  }
  const files = new Set([file, ...calls.map((call) => call.file)]);
  return [...files].every((each) => isUnnamedBeside(context.package, each, name)) ? calls : undefined;
}

/** Whether no file of another build, such as one for another system, knows the name beside this file. */
export function isUnnamedBeside(pkg: Package, file: SourceFile, name: string): boolean {
  const others = pkg.leftOutBeside(file);
  return others?.every((each) => each.problems.length === 0 && rowsNamed(each.tree, name).length === 0) === true;
}

function callsIn(file: SourceFile, types: Types | undefined, sought: Sought): readonly PackageCall[] | undefined {
  const { tree } = file;
  const calls: PackageCall[] = [];
  for (const row of rowsNamed(tree, sought.name)) {
    if (types === undefined || tree.kind[row] === Kind.comment) return undefined;
    const use = sought.isMethod ? methodUse(tree, types, row, sought) : functionUse(tree, types, row, sought);
    if (use === 'other') continue;
    if (use === 'unclear') return undefined;
    calls.push({ file, types, node: use });
  }
  return calls;
}

/** Rows that may mean a function or method of that name; of comments those that bind it from outside. */
const rowsNamed = perTreeAndName((tree, name): readonly Node[] => {
  const length = new TextEncoder().encode(name).length;
  const rows: Node[] = [];
  for (let row = 0; row < tree.length; row++) {
    const kind = tree.kind[row];
    const isName = (kind === Kind.identifier || kind === Kind.field_identifier) && tree.end[row] - tree.start[row] === length;
    if (isName ? textOf(tree, row) === name : kind === Kind.comment && bindsFromOutside(textOf(tree, row), name)) rows.push(row);
  }
  return rows;
});

function bindsFromOutside(comment: string, name: string): boolean {
  return /^\/\/(go:linkname|export)\s/.test(comment) && comment.split(/\s+/).includes(name);
}

/** The call; `other` for what only has the same name; `unclear` for any other use and where types do not tell. */
type Use = Node | 'other' | 'unclear';

function functionUse(tree: Tree, types: Types, row: Node, { file, fn }: Sought): Use {
  if (tree.kind[row] !== Kind.identifier || (tree === file.tree && tree.parent[row] === fn)) return 'other';
  const symbol = types.scopes.symbolOf(row);
  const isSought = symbol?.kind === 'function' && symbol.file === file && file.tree.parent[symbol.declaration] === fn;
  return isSought ? callThrough(tree, row) : 'other';
}

function methodUse(tree: Tree, types: Types, row: Node, { file, fn }: Sought): Use {
  const parent = tree.parent[row];
  if (tree.kind[parent] === Kind.method_elem) return 'unclear';
  if (tree.kind[parent] !== Kind.selector_expression || tree.kind[row] !== Kind.field_identifier) return 'other';
  const selection = types.selectionOf(parent);
  if (selection === undefined) return 'unclear';
  if (selection.kind !== 'method') return 'other';
  if (selection.declaration === undefined || selection.isExpression) return 'unclear';
  const isSought = selection.declaration.file === file && selection.declaration.node === fn;
  return isSought ? callThrough(tree, parent) : 'other';
}

function callThrough(tree: Tree, callee: Node): Use {
  const call = tree.parent[callee];
  const isCall = tree.kind[call] === Kind.call_expression && go.callExpression.function(tree, call) === callee;
  return isCall ? call : 'unclear';
}
