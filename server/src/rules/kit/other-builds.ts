/**
 * What other builds make of a value: files for other systems and tags may give its type another underlying type or methods that fmt
 * calls, so that a fix which is right for the files in view is wrong, or does not compile, with those.
 */
import { fileNameConstraint, type GoSymbol, type SourceFile, type Type } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { assignmentAround, sidesOf } from './cancel/sources.ts';

type Context = Pick<RuleContext, 'file' | 'package' | 'tree' | 'types'>;

export const OTHER_BUILDS = 'files of other builds may give the value another type or a method that prints it';

/** Whether the value may have another type, or print otherwise, in a build that compiles other files. */
export function differsByBuild(context: Context, value: Node): boolean {
  const type = context.types.typeOf(value);
  return isOfBuild(context, type) || isPrintedElsewhere(context, type) || isTypedByBuild(context, unparenthesized(context.tree, value));
}

/**
 * Whether something that the value is made of has its type from a declaration that other builds have otherwise, be it by way of variables
 * whose type nobody wrote; a conversion settles it.
 */
function isTypedByBuild(context: Context, value: Node, through: readonly GoSymbol[] = []): boolean {
  const { tree, types } = context;
  for (let row = value; row < tree.next[value]; row++) {
    const kind = tree.kind[row];
    const isCall = kind === Kind.call_expression || kind === Kind.type_conversion_expression;
    if (isCall && types.calleeOf(row).kind === 'conversion') row = tree.next[row] - 1;
    else if (kind === Kind.selector_expression && isSelectedByBuild(context, row)) return true;
    else if (kind === Kind.identifier && isNameOfBuild(context, types.scopes.symbolOf(row), through)) return true;
  }
  return false;
}

function isNameOfBuild(context: Context, symbol: GoSymbol | undefined, through: readonly GoSymbol[]): boolean {
  if (symbol === undefined || isSymbolOfBuild(context, symbol)) return symbol !== undefined;
  if (symbol.kind !== 'variable' || symbol.file !== context.file || through.includes(symbol)) return false;
  return typingValues(context.tree, symbol.declaration).some((value) => isTypedByBuild(context, value, [...through, symbol]));
}

/** What a declared name has its type from where none is written: its value, the call that gives it among others, or what is ranged over. */
function typingValues(tree: Tree, name: Node): readonly Node[] {
  const declaration = assignmentAround(tree, name);
  if (tree.kind[declaration] === Kind.range_clause) return [go.rangeClause.right(tree, declaration)];
  if (tree.kind[declaration] === Kind.var_spec && go.varSpec.type(tree, declaration) !== NONE) return [];
  const [names, values] = sidesOf(tree, declaration);
  return values.length === names.length ? [values[names.indexOf(name)]] : values;
}

function isSelectedByBuild(context: Context, selector: Node): boolean {
  const { tree, types } = context;
  const selection = types.selectionOf(selector);
  if (selection?.kind === 'member') return isOfSystem(selection.package.importPath) || isSymbolOfBuild(context, selection.symbol);
  return isOfBuild(context, types.typeOf(go.selectorExpression.operand(tree, selector)));
}

function isOfBuild(context: Context, type: Type): boolean {
  const named = type.kind === 'pointer' ? type.element : type;
  return named.kind === 'named' && (isOfSystem(named.path) || isSymbolOfBuild(context, named.symbol));
}

/** Packages that describe one system, with types that differ from one to the next. */
function isOfSystem(path: string | undefined): boolean {
  return path !== undefined && /^(?:syscall$|golang\.org\/x\/sys\/)/.test(path);
}

/** What the file itself declares is compiled with it always. */
function isSymbolOfBuild({ file }: Context, symbol: GoSymbol | undefined): boolean {
  const home = symbol?.role === undefined || symbol.role === 'package' ? symbol?.file : undefined;
  return home !== undefined && home !== file && isConstrained(home);
}

/** Whether the file's name or a line before its package clause says which builds it is for. */
function isConstrained({ path, tree }: SourceFile): boolean {
  if (fileNameConstraint(path.slice(path.lastIndexOf('/') + 1)) !== undefined) return true;
  for (let row = 1; row < tree.length && tree.kind[row] === Kind.comment; row = tree.next[row])
    if (textOf(tree, row).startsWith('//go:build ')) return true;
  return false;
}

/** Whether a file that this build leaves out gives the type a method that fmt calls. Files too large to be read are not asked. */
function isPrintedElsewhere({ package: pkg }: Context, type: Type): boolean {
  const home = type.kind === 'named' ? type.symbol?.file : undefined;
  if (type.kind !== 'named' || home === undefined || !pkg.files.includes(home)) return false;
  return (pkg.leftOutBeside(home) ?? []).some((file) => declaresPrinting(file, type.name));
}

const PRINTING: ReadonlySet<string> = new Set(['Error', 'Format', 'String']);

function declaresPrinting({ tree }: SourceFile, name: string): boolean {
  return children(tree, 0).some((row) => {
    if (tree.kind[row] !== Kind.method_declaration || !PRINTING.has(textOf(tree, go.methodDeclaration.name(tree, row)))) return false;
    const receiver = textOf(tree, go.methodDeclaration.receiver(tree, row));
    return receiver.split(/[^\p{L}\p{N}_]+/u).includes(name);
  });
}
