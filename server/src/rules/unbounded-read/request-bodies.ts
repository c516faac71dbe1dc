/** Bodies of requests that a server is given, and what bounds them. */
import type { GoSymbol, Package } from '../../model/index.ts';
import {
  ancestor,
  children,
  descendants,
  go,
  isFunction,
  isText,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { declarationAround } from '../kit/edits.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import type { RuleContext } from '../rule.ts';

export interface RequestBody {
  /** The parameter that answers the request, where it has a name that means it here. */
  readonly writer: GoSymbol | undefined;
}

/** What is known of `r.Body` in a handler; undefined for any other expression, and for a body that is bounded. */
export function requestBodyAt(context: RuleContext, source: Node): RequestBody | undefined {
  const { tree, types } = context;
  const body = unparenthesized(tree, source);
  if (tree.kind[body] !== Kind.selector_expression || !isText(tree, go.selectorExpression.field(tree, body), 'Body')) return undefined;
  const request = go.selectorExpression.operand(tree, body);
  if (!isOrPointsTo(types.typeOf(request), 'net/http', 'Request')) return undefined;
  const handler = handlerOf(context, request);
  if (handler === NONE || isBounded(context, source)) return undefined;
  return { writer: writerOf(context, handler) };
}

/** The function whose parameter the request is, or comes from, beside something to answer with; NONE for a client's request. */
function handlerOf(context: RuleContext, request: Node): Node {
  const { tree, types, scopes } = context;
  const name = descendants(tree, request, Kind.identifier)[0] ?? NONE;
  const symbol = name === NONE ? undefined : scopes.symbolOf(name);
  if (symbol?.kind !== 'variable' || symbol.role !== 'parameter' || !isFunction(tree, symbol.owner)) return NONE;
  const type = types.typeOfSymbol(symbol);
  const isContext =
    isOrPointsTo(type, 'github.com/gin-gonic/gin', 'Context') || /\/echo\/v\d+$/.test(type.kind === 'named' ? type.path : '');
  const isAnswered = parametersOf(context, symbol.owner).some((each) =>
    isOrPointsTo(types.typeOfSymbol(each), 'net/http', 'ResponseWriter'),
  );
  return isContext || isAnswered ? symbol.owner : NONE;
}

function parametersOf({ tree, scopes }: RuleContext, fn: Node): readonly GoSymbol[] {
  const names = children(tree, go.functionDeclaration.parameters(tree, fn)).flatMap((each) =>
    tree.kind[each] === Kind.parameter_declaration ? go.parameterDeclaration.name(tree, each) : [],
  );
  return names.map((name) => scopes.symbolOf(name)).filter((symbol) => symbol !== undefined);
}

function writerOf(context: RuleContext, handler: Node): GoSymbol | undefined {
  return parametersOf(context, handler).find((each) => isOrPointsTo(context.types.typeOfSymbol(each), 'net/http', 'ResponseWriter'));
}

/** Whether the function assigns or measures a body, or the package speaks of a limit. */
function isBounded({ tree, package: pkg }: RuleContext, source: Node): boolean {
  const fn = declarationAround(tree, source);
  const asks = descendants(tree, fn, Kind.field_identifier).some((row) => isText(tree, row, 'ContentLength') || isAssignedBody(tree, row));
  return asks || limitsBodies(pkg);
}

function isAssignedBody(tree: Tree, field: Node): boolean {
  if (!isText(tree, field, 'Body')) return false;
  const statement = ancestor(tree, field, Kind.assignment_statement, Kind.statement_list);
  return tree.kind[statement] === Kind.assignment_statement && textOf(tree, go.assignmentStatement.left(tree, statement)).includes('.Body');
}

/** Names of what bounds bodies, in net/http and in middleware of one's own. */
const LIMITS = /^(?:MaxBytesReader|MaxBytesHandler|LimitReader|LimitedReader)$|max\w*body|body\w*limit|limit\w*body/i;
const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.field_identifier, Kind.type_identifier]);

function limitsBodies({ files }: Package): boolean {
  return files.some(({ tree }) => {
    for (let row = 0; row < tree.length; row++) {
      if (NAMES.has(tree.kind[row]) && LIMITS.test(textOf(tree, row))) return true;
    }
    return false;
  });
}
