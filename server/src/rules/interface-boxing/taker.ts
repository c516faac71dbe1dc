/** What takes a boxed value, which decides what can be done about it. */
import { Since } from '../../model/index.ts';
import { firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { givesError, isInError, isWordOfError, isWrittenForError, reportsErrors, shortName } from '../kit/error-words.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>;

export interface Taker {
  readonly kind: 'format' | 'log' | 'attributes' | 'pool' | 'sort' | 'container' | 'argument' | 'stored';
  /** The call; of `stored` the boxed value itself. */
  readonly node: Node;
  /** The called function as it is written; empty where none is. */
  readonly name: string;
  /** Whether the call writes at once to the standard output or a log, asks a database, or fills a table for people: beside that an allocation is little. */
  readonly writes: boolean;
}

const BETWEEN: ReadonlySet<number> = new Set([Kind.parenthesized_expression, Kind.argument_list]);

/** The call whose argument the value is, or the value's own place. A conversion takes what its own place does. */
export function takerOf(context: Context, value: Node): Taker | undefined {
  const { tree, types } = context;
  let at = tree.parent[value];
  while (BETWEEN.has(tree.kind[at])) at = tree.parent[at];
  if (tree.kind[at] !== Kind.call_expression) return { kind: 'stored', node: value, name: '', writes: false };
  const callee = types.calleeOf(at);
  if (callee.kind === 'conversion') return takerOf(context, at);
  if (callee.kind === 'builtin') return { kind: 'stored', node: value, name: '', writes: false };
  const name = shortName(tree, go.callExpression.function(tree, at));
  const known = callee.kind === 'function' || callee.kind === 'method' ? callee : undefined;
  const kind = kindOf(context, at, known, name);
  const isPrinted = known?.path === 'log' || (known?.path === 'fmt' && known.name.startsWith('Print'));
  const isLine = kind !== 'log' && (LINES.test(name) || (LOGGER.test(name) && SAYS.test(name)));
  const isForPeople = FOR_PEOPLE.test(name) || isWrittenTo(tree, at, STDOUT) || isTable(context, at);
  const writes = isPrinted || isLine || isForPeople || known?.path === 'database/sql' || isAsked(context, at);
  return { kind, node: at, name, writes };
}

/** Whether the call takes a context and values of any type, as what asks a database does. */
function isAsked({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, call: Node): boolean {
  const type = types.underlying(types.typeOf(go.callExpression.function(tree, call)));
  if (type.kind !== 'function' || !type.isVariadic || type.parameters.length < 2) return false;
  const [first] = type.parameters;
  const last = type.parameters[type.parameters.length - 1];
  const isAny = last.kind === 'slice' && types.underlying(last.element).kind === 'interface';
  return isAny && first.kind === 'named' && first.path === 'context' && first.name === 'Context';
}

/** Whether the first argument lays out columns, which are made for people to read. */
function isTable({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, call: Node): boolean {
  const writer = firstChild(tree, go.callExpression.arguments(tree, call));
  return writer !== NONE && isOrPointsTo(types.typeOf(writer), 'text/tabwriter', 'Writer');
}

function kindOf(
  context: Context,
  call: Node,
  callee: { readonly path: string; readonly name: string } | undefined,
  name: string,
): Taker['kind'] {
  switch (callee?.path) {
    case 'fmt':
    case 'log':
      return 'format';
    case 'log/slog':
      return 'attributes';
    case 'sync':
      return callee.name === 'Pool.Put' ? 'pool' : 'argument';
    case 'sort':
      return context.file.go >= Since.maxAndSlices ? 'sort' : 'argument';
    case 'container/heap':
    case 'container/list':
    case 'container/ring':
      return 'container';
    default:
      return LOGS.test(name) ? 'log' : FORMATS.test(name) || takesFormat(context, call) ? 'format' : 'argument';
  }
}

const STDOUT = /^(?:\w+\.)*[sS]tdout$/;
const STDERR = /^(?:\w+\.)*[sS]tderr$/;

/** Whether that is what the call's first argument is called. */
function isWrittenTo(tree: Tree, call: Node, stream: RegExp): boolean {
  const writer = firstChild(tree, go.callExpression.arguments(tree, call));
  return writer !== NONE && stream.test(textOf(tree, writer));
}

/** Functions of levels that are often off. */
const LOGS = /(?:^|\.)\w*(?:[dD]ebug|[tT]race|Verbose)(?:f|w|ln|Context|S)?$|\.V\([^)]*\)\.\w+$/;
/** Functions that write a line to a log, and those that make a logger which adds to each line. */
const LINES = /(?:^|\.)(?:(?:Info|Notice|Log)(?:f|w|ln|Context)?|log(?:f|fn|line)?|With(?:Values|Fields?))$/;
const LOGGER = /(?:(?:^|[^a-z])log|Log)(?:ger)?\.\w+$/;
const SAYS = /\.(?:\w*[pP]rint(?:f|ln)?|With)$/;
/** Functions that lay out what people read. */
const FOR_PEOPLE = /(?:^|\.)(?:MarshalIndent|(?:Add|Append)Row)$/;
/** Functions that make or log text, told by their names. */
const FORMATS = /(?:^|\.)\w*(?:[pP]rint|[lL]og|[fF]ormat)(?:f|ln|w)?$|(?:^|\.)(?:Info|Notice)(?:w|ln|Context)?$/;

/** Whether the call takes a text and then values of any type, and its name ends as those of such functions do. */
function takesFormat({ tree, types }: Context, call: Node): boolean {
  const called = go.callExpression.function(tree, call);
  const type = types.underlying(types.typeOf(called));
  if (type.kind !== 'function' || !type.isVariadic || !textOf(tree, called).endsWith('f')) return false;
  const format = types.underlying(type.parameters[type.parameters.length - 2] ?? { kind: 'unknown' });
  return format.kind === 'basic' && format.name === 'string';
}

/** Whether the call makes an error or tells of one: nothing that is done often. */
export function isErrorPath(context: Context, { node, name, kind }: Taker): boolean {
  if (kind !== 'stored' && (reportsErrors(name) || isWrittenTo(context.tree, node, STDERR) || givesError(context.types, node))) return true;
  return isInError(context, node) || isWordOfError(context, node) || (kind === 'format' && isWrittenForError(context, node));
}
