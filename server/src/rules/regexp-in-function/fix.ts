/** The pattern as a package variable in front of the declaration that compiles it, and its name in place of the compilation. */
import { children, descendants, go, isText, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import {
  declarationAround,
  disturbsComment,
  insertion,
  lineBreakAt,
  lineEndAt,
  lineStartAt,
  removal,
  removeStatement,
  replacement,
} from '../kit/edits.ts';
import { depthAt, respacing, spacedText } from '../kit/spacing.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import type { Compilation } from './compilation.ts';
import { isSurelyValid } from './valid-pattern.ts';

type Context = RuleContext<Options>;

export function fixesFor(context: Context, found: Compilation): RuleFix[] {
  const { tree } = context;
  const { call, pattern, kind } = found;
  const function_ = textOf(tree, go.callExpression.function(tree, call));
  if (!isVisibleOutside(context, pattern) || !compiles(context, found) || disturbsComment(tree, call, [pattern])) return [];
  const name = freeName(context, call);
  const uses = kind === 'match' ? matchEdits(context, found, name) : compiledEdits(context, found, name, function_);
  if (uses === undefined) return [];
  const compile = kind === 'match' ? function_.replace(/Match(?:String|Reader)?$/, 'MustCompile') : function_;
  const text = spacedText(tree, pattern, 1);
  const declaration = declarationAround(tree, call);
  const at = startWithComments(tree, declaration);
  const lineBreak = lineBreakAt(tree, at);
  const edits = [insertion(at, `var ${name} = ${compile}(${text})${lineBreak}${lineBreak}`), ...uses];
  return [{ title: `Compile it once, as the package variable ${name}, when the program starts`, safety: 'suggestion', edits }];
}

/** Undefined for Compile, whose error somebody looks at. */
function compiledEdits({ tree }: Context, found: Compilation, name: string, function_: string): FileEdit[] | undefined {
  const { kind, call, statement, uses } = found;
  if (!/MustCompile(?:POSIX)?$/.test(function_)) return undefined;
  if (kind === 'direct') return [replacement(tree, call, name)];
  const end = tree.end[statement];
  const isAlone = tree.kind[tree.parent[statement]] === Kind.statement_list && textBetween(tree, end, lineEndAt(tree, end)).trim() === '';
  if (!isAlone) return [replacement(tree, call, name)];
  return [removeStatement(tree, statement), ...uses.map((use) => replacement(tree, use, name))];
}

/** Of `ok, _ := regexp.MatchString(pattern, s)`; where the error is looked at there is nothing to put in its place. */
function matchEdits({ tree }: Context, { call }: Compilation, name: string): FileEdit[] | undefined {
  const list = tree.parent[call];
  const statement = tree.parent[list];
  const isAssigned = tree.kind[statement] === Kind.short_var_declaration || tree.kind[statement] === Kind.assignment_statement;
  const [matched, error, ...more] = isAssigned ? children(tree, go.shortVarDeclaration.left(tree, statement)) : [];
  const given = children(tree, go.callExpression.arguments(tree, call));
  if (error === undefined || more.length > 0 || !isText(tree, error, '_') || given.length !== 2 || isText(tree, matched, '_'))
    return undefined;
  const method = textOf(tree, go.callExpression.function(tree, call)).replace(/^.*\./, '');
  return [
    removal(tree.end[matched], tree.end[error]),
    { range: { start: tree.start[call], end: tree.start[given[1]] }, newText: `${name}.${method}(` },
    ...respacing(tree, given[1], depthAt(tree, call)),
  ];
}

/** Whether the program surely starts with the pattern as a package variable. */
function compiles({ tree, types }: Context, { call, pattern }: Compilation): boolean {
  const value = types.constantOf(pattern);
  return typeof value === 'string' && isSurelyValid(value, textOf(tree, go.callExpression.function(tree, call)).endsWith('POSIX'));
}

/** Whether the names in the pattern mean the same outside all functions. */
function isVisibleOutside({ tree, scopes }: Context, pattern: Node): boolean {
  return descendants(tree, pattern, Kind.identifier).every((name) => {
    const symbol = scopes.symbolOf(name);
    return symbol !== undefined && symbol.owner === NONE;
  });
}

/**
 * `parsePattern` in `parse`, `lineParsePattern` in a method `Parse` of `Line`, so that no two declarations of the package ask for
 * one name; with a number where the name occurs already. Fixes of one declaration are made one after the other.
 */
function freeName(context: Context, call: Node): string {
  const { tree, scopes, file } = context;
  const declaration = declarationAround(tree, call);
  const words = [receiverType(tree, declaration), declaredName(tree, declaration), 'pattern'].map((word) => word.replace(/^_+/, ''));
  const [first, ...rest] = words.filter((word) => word !== '');
  const small = first.replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (capitals) => capitals.toLowerCase());
  const base = `${small}${rest.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('')}`;
  const files = [file, ...context.package.files, ...(context.package.leftOutBeside(file) ?? [])];
  for (let n = 1; ; n++) {
    const name = n === 1 ? base : `${base}${n}`;
    if (scopes.lookup(name, call) === undefined && !files.some((each) => mentions(each.tree, name))) return name;
  }
}

function mentions(tree: Tree, name: string): boolean {
  for (let row = 0; row < tree.length; row++) if (tree.kind[row] === Kind.identifier && isText(tree, row, name)) return true;
  return false;
}

function declaredName(tree: Tree, declaration: Node): string {
  const name = go.functionDeclaration.name(tree, declaration);
  return name === NONE ? '' : textOf(tree, name);
}

function receiverType(tree: Tree, declaration: Node): string {
  if (tree.kind[declaration] !== Kind.method_declaration) return '';
  const [type] = descendants(tree, go.methodDeclaration.receiver(tree, declaration), Kind.type_identifier);
  return type === undefined ? '' : textOf(tree, type);
}

/** Byte offset where the comment right above the declaration begins, or the declaration itself. */
function startWithComments(tree: Tree, declaration: Node): number {
  const comments: Node[] = [];
  for (let row = 1; row < declaration; row = tree.next[row]) if (tree.kind[row] === Kind.comment) comments.unshift(row);
  let start = lineStartAt(tree, tree.start[declaration]);
  for (const comment of comments) {
    const isOnOwnLine = lineStartAt(tree, tree.start[comment]) === tree.start[comment];
    const isRightAbove =
      lineStartAt(tree, tree.end[comment]) === lineStartAt(tree, start - 1) && lineEndAt(tree, tree.end[comment]) === tree.end[comment];
    if (!isOnOwnLine || !isRightAbove) break;
    start = tree.start[comment];
  }
  return start;
}
