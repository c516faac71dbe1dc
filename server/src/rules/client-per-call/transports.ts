/** Whether a transport serves one call: its client sends a request in the function that makes it, and neither goes elsewhere. */
import type { GoSymbol } from '../../model/index.ts';
import {
  ancestor,
  children,
  descendants,
  enclosingFunction,
  Field,
  firstChild,
  go,
  isText,
  Kind,
  NONE,
  type Node,
  textOf,
} from '../../syntax/index.ts';
import { isRunOnce } from '../kit/hot-code.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

export interface OneRequest {
  /** The call that sends it. */
  readonly request: Node;
  /** Whether the transport closes idle connections after some time. */
  readonly isTimed: boolean;
}

export function requestThrough(context: Context, literal: Node): OneRequest | undefined {
  const { tree } = context;
  const fn = enclosingFunction(tree, literal);
  const disabled = keyOf(context, literal, 'DisableKeepAlives');
  if (fn === NONE || isRunOnce(tree, literal) || isBound(context, literal) || (disabled !== undefined && !isText(tree, disabled, 'false')))
    return undefined;
  const requests: Node[] = [];
  if (!staysIn(context, fn, literal, requests) || requests.length === 0) return undefined;
  return { request: requests[0], isTimed: keyOf(context, literal, 'IdleConnTimeout') !== undefined };
}

/** Whether the connections leave from an address of their own, which may be another one each time. */
function isBound(context: Context, literal: Node): boolean {
  return descendants(context.tree, literal, Kind.composite_literal).some((each) => keyOf(context, each, 'LocalAddr') !== undefined);
}

function keyOf({ tree }: Context, literal: Node, key: string): Node | undefined {
  for (const element of children(tree, go.compositeLiteral.body(tree, literal))) {
    if (tree.kind[element] === Kind.keyed_element && isText(tree, go.keyedElement.key(tree, element), key)) {
      return firstChild(tree, go.keyedElement.value(tree, element));
    }
  }
  return undefined;
}

/** Fields of a transport whose setting ends its connections, and methods of transports and clients that do. */
const ENDS = /^(?:DisableKeepAlives|IdleConnTimeout|CloseIdleConnections)$/;

/** Follows the value through local variables and the literal of a client; false as soon as it may outlive the function. */
function staysIn(context: Context, fn: Node, value: Node, requests: Node[]): boolean {
  const { tree } = context;
  let at = value;
  while (CARRIERS.has(tree.kind[tree.parent[at]])) at = tree.parent[at];
  const parent = tree.parent[at];
  if (tree.kind[parent] === Kind.literal_element || tree.kind[parent] === Kind.keyed_element) {
    const outer = ancestor(tree, at, Kind.composite_literal);
    return isOrPointsTo(context.types.typeOf(outer), 'net/http', 'Client') && staysIn(context, fn, outer, requests);
  }
  if (tree.kind[parent] === Kind.selector_expression) return isRequest(context, parent, requests);
  const holder = tree.kind[parent] === Kind.expression_list ? holderOf(context, at, parent) : undefined;
  if (holder === undefined || holder.owner !== fn) return false;
  return context.scopes.references(holder).every(({ node, access, within }) => {
    if (node === holder.declaration) return true;
    if (within !== fn || access === 'write') return false;
    return isUse(context, fn, node, requests);
  });
}

const CARRIERS: ReadonlySet<number> = new Set([Kind.parenthesized_expression, Kind.unary_expression]);

/** A use of a local variable that holds the transport or its client. */
function isUse(context: Context, fn: Node, node: Node, requests: Node[]): boolean {
  const { tree } = context;
  const selector = tree.parent[node];
  if (tree.kind[selector] !== Kind.selector_expression) return staysIn(context, fn, node, requests);
  if (ENDS.test(textOf(tree, go.selectorExpression.field(tree, selector)))) return false;
  const isSetting = tree.kind[tree.parent[selector]] === Kind.expression_list && tree.field[tree.parent[selector]] === Field.left;
  return isSetting || isRequest(context, selector, requests);
}

/** `client.Do(…)` and its like, or `transport.RoundTrip(…)`. */
function isRequest(context: Context, selector: Node, requests: Node[]): boolean {
  const { tree } = context;
  const call = tree.parent[selector];
  if (tree.kind[call] !== Kind.call_expression || tree.field[selector] !== Field.function) return false;
  if (!/^net\/http\.(?:Client\.(?:Do|Get|Head|Post|PostForm)|Transport\.RoundTrip)$/.test(calledFunction(context, call) ?? ''))
    return false;
  requests.push(call);
  return true;
}

/** The local variable that is declared with the value. */
function holderOf({ tree, scopes }: Context, value: Node, list: Node): GoSymbol | undefined {
  const statement = tree.parent[list];
  if (tree.kind[statement] !== Kind.short_var_declaration && tree.kind[statement] !== Kind.var_spec) return undefined;
  const isShort = tree.kind[statement] === Kind.short_var_declaration;
  const names = isShort ? children(tree, go.shortVarDeclaration.left(tree, statement)) : go.varSpec.name(tree, statement);
  const name = names[children(tree, list).indexOf(value)];
  const symbol = name === undefined ? undefined : scopes.symbolOf(name);
  return symbol?.kind === 'variable' && symbol.declaration === name ? symbol : undefined;
}
