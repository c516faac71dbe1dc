/**
 * Whether the other method of a writer writes the same. Types of the standard library promise it; what another type does, also
 * one behind an interface, is its own affair, and so is what it does to bytes that were a copy until now.
 */
import type { Type } from '../../model/index.ts';
import { children, descendants, go, isText, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { declarationAround } from '../kit/edits.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import { rootOf } from '../kit/root.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

/** Methods of the standard library with a counterpart that writes the same. */
export const AGREEING: ReadonlySet<string> = new Set(
  ['bytes.Buffer', 'bufio.Writer', 'os.File', 'strings.Builder', 'net/http/httptest.ResponseRecorder', 'hash/maphash.Hash'].flatMap(
    (type) => [`${type}.Write`, `${type}.WriteString`],
  ),
);

export interface Exchange {
  readonly writer: Node;
  /** What is handed over without its conversion. */
  readonly value: Node;
  /** `path.Type.Name` of the method that writes it now, or would be called by `io.WriteString`. */
  readonly method: string;
  readonly cure: 'Write' | 'WriteString';
}

/** What is not known to stay the same, as the end of a fix's title; undefined where all does. */
export function doubtOf(context: Context, { writer, value, method, cure }: Exchange): string | undefined {
  if (!AGREEING.has(method)) return 'which may do something else';
  if (cure === 'Write' && mayBeOwn(context, writer, value)) return 'whose own memory the bytes may be, which moves while it grows';
  const isBuffered = method.startsWith('bufio.') && !isBufferedOnto(context, writer);
  return isBuffered ? 'which hands on what does not fit its buffer in other portions' : undefined;
}

const HANDING_OUT = ['Bytes', 'Next', 'AvailableBuffer', 'Peek'];

/** Whether the bytes may be those of the buffer that is written to: something asks a buffer for its bytes, or both come from elsewhere. */
function mayBeOwn(context: Context, writer: Node, value: Node): boolean {
  const { tree, types } = context;
  const type = types.typeOf(writer);
  const isBuffer =
    types.lookupFieldOrMethod(type, 'Next') !== undefined || types.lookupFieldOrMethod(type, 'AvailableBuffer') !== undefined;
  if (!isBuffer) return false;
  const around = declarationAround(tree, writer);
  if (descendants(tree, around, Kind.field_identifier).some((name) => HANDING_OUT.some((each) => isText(tree, name, each)))) return true;
  return !isLocal(context, writer) && !isLocal(context, value) && tree.kind[unparenthesized(tree, value)] !== Kind.call_expression;
}

/** Whether the expression starts from a variable that the function, or one around it, has made itself. */
function isLocal({ tree, scopes }: Context, expression: Node): boolean {
  const inner = unparenthesized(tree, expression);
  const isAddress = tree.kind[inner] === Kind.unary_expression;
  const root = rootOf(tree, isAddress ? go.unaryExpression.operand(tree, inner) : inner);
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  return symbol?.kind === 'variable' && symbol.role !== 'package' && symbol.role !== 'parameter';
}

/**
 * Whether the writer is a variable of `bufio.NewWriter(x)` where x takes texts and bytes alike, so that the buffer hands on either
 * in one piece. To others it passes long bytes at once, and long texts by the piece.
 */
function isBufferedOnto(context: Context, writer: Node): boolean {
  const { tree, scopes, types } = context;
  const name = unparenthesized(tree, writer);
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  const declaration = symbol === undefined ? NONE : tree.parent[tree.parent[symbol.declaration]];
  if (symbol === undefined || symbol.owner === NONE || tree.kind[declaration] !== Kind.short_var_declaration) return false;
  const [made] = children(tree, go.shortVarDeclaration.right(tree, declaration));
  if (made === undefined || !/^bufio\.NewWriter(?:Size)?$/.test(calledFunction(context, made) ?? '')) return false;
  const destination = types.typeOf(children(tree, go.callExpression.arguments(tree, made))[0] ?? NONE);
  const isKept = scopes
    .references(symbol)
    .every(({ access, node }) => access === 'declare' || (access === 'read' && keepsPlace(context, node)));
  return isKept && TAKING_BOTH.some(([path, type]) => isOrPointsTo(destination, path, type));
}

const TAKING_BOTH: readonly (readonly [string, string])[] = [
  ['os', 'File'],
  ['bytes', 'Buffer'],
  ['strings', 'Builder'],
];

/** Whether the use of the writer leaves it its destination: only a method is called on it, or fmt or io write to it. */
function keepsPlace(context: Context, use: Node): boolean {
  const { tree } = context;
  const parent = tree.parent[use];
  if (tree.kind[parent] === Kind.selector_expression) return !isText(tree, go.selectorExpression.field(tree, parent), 'Reset');
  return tree.kind[parent] === Kind.argument_list && /^(?:fmt|io)\./.test(calledFunction(context, tree.parent[parent]) ?? '');
}

/** `path.Name` of a named type; '' of others. */
export function nameOf(type: Type): string {
  return type.kind === 'named' ? `${type.path}.${type.name}` : '';
}
