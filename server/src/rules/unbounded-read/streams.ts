/** Text that was read whole and is then read just once, by what could have read the input itself. */
import { children, firstChild, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** What reads from a reader a part at a time, given what holds the text in memory. */
const READERS: ReadonlySet<string> = new Set([
  'encoding/xml.NewDecoder',
  'encoding/gob.NewDecoder',
  'encoding/csv.NewReader',
  'encoding/json.NewDecoder',
  'bufio.NewScanner',
  'bufio.NewReader',
  'compress/gzip.NewReader',
  'io.Copy',
]);
const HOLDERS: ReadonlySet<string> = new Set(['bytes.NewReader', 'bytes.NewBuffer']);

/** The call that reads what the ReadAll gave, where that is its only use; NONE otherwise. */
export function streamOf(context: Context, call: Node): Node {
  const { tree, scopes } = context;
  const [source] = children(tree, go.callExpression.arguments(tree, call));
  if (tree.kind[source] === Kind.call_expression && calledFunction(context, source) === 'io.LimitReader') return NONE;
  const list = tree.parent[call];
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || tree.kind[statement] !== Kind.short_var_declaration) return NONE;
  const name = firstChild(tree, go.shortVarDeclaration.left(tree, statement));
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'local' || symbol.declaration !== name) return NONE;
  const uses = scopes.references(symbol).filter(({ node }) => node !== name);
  const [only, ...others] = uses;
  if (only === undefined || others.length > 0 || only.access !== 'read' || only.within !== symbol.owner) return NONE;
  return readerOf(context, only.node);
}

function readerOf(context: Context, text: Node): Node {
  const outer = callTaking(context, text, 0);
  const name = outer === NONE ? undefined : calledFunction(context, outer);
  if (name === 'encoding/xml.Unmarshal') return outer;
  if (name === undefined || !HOLDERS.has(name)) return NONE;
  const reader = callTaking(context, outer, undefined);
  return reader !== NONE && READERS.has(calledFunction(context, reader) ?? '') ? reader : NONE;
}

/** The call that takes the value as an argument, at an index where one is given. */
function callTaking({ tree }: Context, value: Node, index: number | undefined): Node {
  const list = tree.parent[value];
  const call = tree.parent[list];
  if (tree.kind[list] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression) return NONE;
  return index === undefined || children(tree, list).indexOf(value) === index ? call : NONE;
}
