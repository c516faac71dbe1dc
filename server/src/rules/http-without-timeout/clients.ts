/** Requests that nothing ends: sent by a client without a timeout, with no context that anybody could give a deadline. */
import type { GoSymbol, Package, Types } from '../../model/index.ts';
import {
  children,
  enclosingFunction,
  Field,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';
import { isAssigned, isLoopback } from './settings.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'package'>;

/** Methods of a client that take no context, and what their first argument is. */
const SENDS: ReadonlyMap<string, 'url' | 'request'> = new Map([
  ['Get', 'url'],
  ['Head', 'url'],
  ['Post', 'url'],
  ['PostForm', 'url'],
  ['Do', 'request'],
]);

/** Whether a call of one of these methods or functions waits for as long as the server pleases. */
export function isUnbounded(context: Context, call: Node): boolean {
  const { tree } = context;
  const name = calledFunction(context, call)?.split('.').at(-1) ?? '';
  const [first] = children(tree, go.callExpression.arguments(tree, call));
  if (first === undefined) return false;
  return SENDS.get(name) === 'url' ? !isLoopback(context, first) : SENDS.get(name) === 'request' && isPlainRequest(context, first);
}

/** Whether the request is made in view, with the background context, and gets no other. */
function isPlainRequest(context: Context, node: Node): boolean {
  const { tree, scopes } = context;
  const name = unparenthesized(tree, node);
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'local' || symbol.owner !== enclosingFunction(tree, node)) return false;
  const references = scopes.references(symbol);
  if (references.some(({ access, node: at }) => access !== 'read' && at !== symbol.declaration)) return false;
  if (references.some(({ node: at }) => isDereferenced(tree, at) || hasOtherEnd(tree, at))) return false;
  const statement = tree.parent[tree.parent[symbol.declaration]];
  if (tree.kind[statement] !== Kind.short_var_declaration) return false;
  const made = firstChild(tree, go.shortVarDeclaration.right(tree, statement));
  if (tree.kind[made] !== Kind.call_expression) return false;
  const given = children(tree, go.callExpression.arguments(tree, made));
  switch (calledFunction(context, made)) {
    case 'net/http.NewRequest':
      return given.length === 3 && !isLoopback(context, given[1]);
    case 'net/http.NewRequestWithContext':
      return given.length === 4 && isBackground(context, given[0]) && !isLoopback(context, given[2]);
    default:
      return false;
  }
}

/** `*req = …`, which may give it another context. */
function isDereferenced(tree: Tree, node: Node): boolean {
  const parent = tree.parent[node];
  return tree.kind[parent] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['*'];
}

/** `req.WithContext(…)`, `req.Clone(…)` and `req.Cancel = …`. */
function hasOtherEnd(tree: Tree, node: Node): boolean {
  const field = go.selectorExpression.field(tree, tree.parent[node]);
  return tree.kind[tree.parent[node]] === Kind.selector_expression && /^(?:WithContext|Clone|Cancel)$/.test(textOf(tree, field));
}

function isBackground(context: Context, node: Node): boolean {
  const call = unparenthesized(context.tree, node);
  const called = context.tree.kind[call] === Kind.call_expression ? calledFunction(context, call) : undefined;
  return called === 'context.Background' || called === 'context.TODO';
}

/** Whether the package gives `http.DefaultClient` a timeout, puts another in its place, or changes what it sends with. */
export function isDefaultBounded(pkg: Package, types: Types): boolean {
  return isAssigned(pkg, types, 'Client', ['Timeout']) || pkg.files.some((file) => replacesDefault(file.tree));
}

function replacesDefault(tree: Tree): boolean {
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.selector_expression || tree.kind[tree.parent[row]] !== Kind.expression_list) continue;
    if (tree.field[tree.parent[row]] !== Field.left) continue;
    if (/^Default(?:Client|Transport)$/.test(textOf(tree, go.selectorExpression.field(tree, row)))) return true;
  }
  return false;
}

/** The first unbounded request in view that is sent with the client that the literal makes, or NONE. */
export function unboundedUseOf(context: Context, literal: Node): Node {
  const { tree, scopes } = context;
  const made = tree.kind[tree.parent[literal]] === Kind.unary_expression ? tree.parent[literal] : literal;
  let outer = made;
  while (tree.kind[tree.parent[outer]] === Kind.parenthesized_expression) outer = tree.parent[outer];
  const direct = sentBy(context, outer);
  if (direct !== NONE) return direct;
  const holder = holderOf(context, made);
  const references = holder === undefined ? [] : scopes.references(holder);
  const isKnown = references.every(({ access, node }) => node === holder?.declaration || access === 'read' || access === 'address');
  if (!isKnown) return NONE;
  return references.map(({ node }) => sentBy(context, node)).find((call) => call !== NONE) ?? NONE;
}

/** The variable that the value initialises. */
function holderOf({ tree, scopes }: Context, value: Node): GoSymbol | undefined {
  const list = tree.parent[value];
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || children(tree, list).length !== 1) return undefined;
  const name =
    tree.kind[statement] === Kind.short_var_declaration
      ? firstChild(tree, go.shortVarDeclaration.left(tree, statement))
      : tree.kind[statement] === Kind.var_spec
        ? go.varSpec.name(tree, statement)[0]
        : undefined;
  const symbol = name === undefined ? undefined : scopes.symbolOf(name);
  return symbol?.kind === 'variable' && symbol.declaration === name ? symbol : undefined;
}

/** The unbounded call of a method of the client that stands there, or NONE. */
function sentBy(context: Context, client: Node): Node {
  const { tree } = context;
  const selector = tree.parent[client];
  const call = tree.parent[selector];
  if (tree.kind[selector] !== Kind.selector_expression || tree.kind[call] !== Kind.call_expression) return NONE;
  const isMethod = calledFunction(context, call)?.startsWith('net/http.Client.') === true;
  return isMethod && isUnbounded(context, call) ? call : NONE;
}

/** `http.Get(…)`, and the methods of `http.DefaultClient`. */
export function usesDefaultClient(context: Context, call: Node): boolean {
  const { tree, types } = context;
  const called = calledFunction(context, call);
  if (called === undefined || !called.startsWith('net/http.')) return false;
  if (!called.startsWith('net/http.Client.')) return /^net\/http\.\w+$/.test(called);
  const operand = unparenthesized(tree, go.selectorExpression.operand(tree, unparenthesized(tree, go.callExpression.function(tree, call))));
  const selection = tree.kind[operand] === Kind.selector_expression ? types.selectionOf(operand) : undefined;
  return selection?.kind === 'member' && selection.symbol.name === 'DefaultClient';
}
