/** What is made for errors alone: values and texts that become part of one, or that a call takes which tells of one. */
import type { GoSymbol, Type, Types } from '../../model/index.ts';
import { children, encloses, firstChild, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { statementAround } from './edits.ts';
import { isErrorType } from './repetition.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** Functions that speak of what went wrong, and the levels that say so. */
const REPORTS_ERRORS =
  /(?:^|[^a-z])err|Err|[wW]arn|(?:^|\.)(?:[lL]og|[pP]rint)?(?:[fF]atal|[pP]anic|[cC]ritical|[fF]ail)|(?:^|\.)[rR]eportf$/;
/** Types whose values say what is wrong with what was looked at. */
const COMPLAINTS = /(?:diagnostic|issue|problem|violation|complaint)s?$/i;
const ERROR_LEVEL = /(?:^|\.)(?:Log|Level)?(?:Warn|Warning|Error|Fatal)(?:Level)?$/;

export function reportsErrors(name: string): boolean {
  return REPORTS_ERRORS.test(name);
}

const LONGEST_NAME = 40;

/** The called function as it is written, where that is short. */
export function shortName(tree: Tree, called: Node): string {
  const text = textOf(tree, unparenthesized(tree, called)).replace(/\s+/g, ' ');
  return text.length <= LONGEST_NAME ? text : text.slice(text.lastIndexOf('.') + 1);
}

/** Whether the value becomes part of an error right there: `&os.PathError{…}`, `return fmt.Errorf(…, fmt.Sprint(x))`. */
export function isInError({ tree, types }: Context, node: Node): boolean {
  for (let at = tree.parent[node]; at !== NONE && EXPRESSIONS.has(tree.kind[at]); at = tree.parent[at]) {
    if (tree.kind[at] === Kind.call_expression && (givesError(types, at) || reportsError(tree, at))) return true;
    if (tree.kind[at] === Kind.composite_literal && tells(types, types.typeOf(at))) return true;
  }
  return false;
}

function tells(types: Types, type: Type): boolean {
  return isErrorType(types, type) || (type.kind === 'named' && COMPLAINTS.test(type.name));
}

function reportsError(tree: Tree, call: Node): boolean {
  if (reportsErrors(shortName(tree, go.callExpression.function(tree, call)))) return true;
  return children(tree, go.callExpression.arguments(tree, call)).some((argument) => ERROR_LEVEL.test(textOf(tree, argument)));
}

/** Whether the value goes into a local variable of which nothing is made but errors. */
export function isWordOfError(context: Context, node: Node): boolean {
  const { tree } = context;
  const statement = statementAround(tree, node);
  const targets =
    tree.kind[statement] === Kind.short_var_declaration
      ? go.shortVarDeclaration.left(tree, statement)
      : tree.kind[statement] === Kind.assignment_statement
        ? go.assignmentStatement.left(tree, statement)
        : NONE;
  return targets !== NONE && isOnlyInErrors(context, firstChild(tree, targets), []);
}

/** Whether a local variable, told by a name of it, is read for errors alone, beside what is left out. */
export function isOnlyInErrors(context: Context, name: Node, leftOut: readonly Node[]): boolean {
  const symbol = context.scopes.symbolOf(name);
  if (symbol?.kind !== 'variable' || symbol.role !== 'local') return false;
  const reads = context.scopes
    .references(symbol)
    .filter(({ node, access }) => access === 'read' && !leftOut.some((each) => encloses(context.tree, each, node)))
    .filter(({ node }) => !isGivenBack(context, node, symbol));
  return reads.length > 0 && reads.every((read) => isMadeError(context, read.node));
}

/** Whether the read is that of `x = append(x, …)`. */
function isGivenBack({ tree, scopes }: Context, node: Node, symbol: GoSymbol): boolean {
  const call = tree.parent[tree.parent[node]];
  if (tree.kind[call] !== Kind.call_expression || firstChild(tree, go.callExpression.arguments(tree, call)) !== node) return false;
  const statement = tree.parent[tree.parent[call]];
  if (tree.kind[statement] !== Kind.assignment_statement || textOf(tree, go.callExpression.function(tree, call)) !== 'append') return false;
  return scopes.symbolOf(firstChild(tree, go.assignmentStatement.left(tree, statement))) === symbol;
}

/** Whether a call writes into a local buffer whose text becomes part of errors alone. */
export function isWrittenForError({ tree, types, scopes }: Context, call: Node): boolean {
  const first = firstChild(tree, go.callExpression.arguments(tree, call));
  const writer = first === NONE || tree.kind[first] !== Kind.unary_expression ? first : go.unaryExpression.operand(tree, first);
  const symbol = writer !== NONE && tree.kind[writer] === Kind.identifier ? scopes.symbolOf(writer) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'local') return false;
  const texts = scopes.references(symbol).filter(({ node, access }) => access !== 'declare' && !isWriting({ tree, types }, node));
  return texts.length > 0 && texts.every(({ node }) => isMadeError({ tree, types, scopes }, node));
}

/** `fmt.Fprint(&x, …)`, `x.WriteString(…)`, `x.Len()`. */
function isWriting({ tree, types }: Pick<Context, 'tree' | 'types'>, node: Node): boolean {
  const parent = tree.parent[node];
  if (tree.kind[parent] === Kind.selector_expression)
    return /^(?:Write|Len$|Grow$)/.test(textOf(tree, go.selectorExpression.field(tree, parent)));
  const list = tree.kind[parent] === Kind.unary_expression ? tree.parent[parent] : parent;
  const callee = tree.kind[list] === Kind.argument_list ? types.calleeOf(tree.parent[list]) : undefined;
  return callee?.kind === 'function' && callee.path === 'fmt' && callee.name.startsWith('Fprint');
}

/** Whether the value becomes part of an error, rather than going where an error may come from. */
function isMadeError({ tree, types }: Context, node: Node): boolean {
  for (let at = tree.parent[node]; at !== NONE && EXPRESSIONS.has(tree.kind[at]); at = tree.parent[at]) {
    if (tree.kind[at] === Kind.call_expression && reportsError(tree, at)) return true;
    if (tree.kind[at] === Kind.composite_literal && tells(types, types.typeOf(at))) return true;
  }
  return false;
}

const EXPRESSIONS: ReadonlySet<number> = new Set([
  Kind.parenthesized_expression,
  Kind.argument_list,
  Kind.variadic_argument,
  Kind.call_expression,
  Kind.composite_literal,
  Kind.literal_value,
  Kind.literal_element,
  Kind.keyed_element,
  Kind.unary_expression,
  Kind.binary_expression,
  // A logger that is given values before its level: `log.With(…).Warn(…)`.
  Kind.selector_expression,
]);

/** A call whose only result is an error. One beside others tells how the call went. */
export function givesError(types: Context['types'], call: Node): boolean {
  const type = types.typeOf(call);
  return type.kind !== 'tuple' && isErrorType(types, type);
}
