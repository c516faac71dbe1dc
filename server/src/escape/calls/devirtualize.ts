/**
 * The concrete type behind an interface, where everything that is ever put in it has one and the same: gc then calls the method
 * itself (cmd/compile/internal/devirtualize, concreteType). Followed are conversions, type assertions and local variables
 * through all their assignments.
 */
import type { Callee, GoSymbol, Type } from '../../model/index.ts';
import { childOf, children, childrenOf, Field, firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { type FileFacts, isLocalVariable } from '../program.ts';

/** `various`: gc does not know it either. `unknown`: it depends on what is not known here, such as whether a call is inlined. */
export type Held = Type | 'various' | 'unknown';

/** `mayBeInlined` is asked of calls that give the value. */
export function heldType(facts: FileFacts, expression: Node, mayBeInlined: (call: Node) => boolean): Held {
  const seen = new Set<GoSymbol>();
  const left = [expression];
  let held: Type | undefined;
  let isUnknown = false;
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const source = sourceOf(facts, unparenthesized(facts.tree, node), mayBeInlined);
    if (source === 'various') return 'various';
    if (source === 'unknown') isUnknown = true;
    else if (source.kind === 'values') left.push(...source.values);
    else if (source.kind === 'variable') {
      const values = seen.has(source.symbol) ? [] : assignedTo(facts, source.symbol);
      if (values === undefined) return 'various';
      seen.add(source.symbol);
      left.push(...values);
    } else if (held === undefined) held = source.type;
    else if (!facts.types.isIdentical(held, source.type)) return 'various';
  }
  if (isUnknown) return 'unknown';
  return held ?? 'various';
}

type Source =
  | { readonly kind: 'type'; readonly type: Type }
  | { readonly kind: 'values'; readonly values: readonly Node[] }
  | { readonly kind: 'variable'; readonly symbol: GoSymbol }
  | 'various'
  | 'unknown';

function sourceOf(facts: FileFacts, node: Node, mayBeInlined: (call: Node) => boolean): Source {
  const { tree, types, scopes } = facts;
  if (tree.kind[node] === Kind.nil) return { kind: 'values', values: [] };
  const type = types.typeOf(node);
  const under = type.kind === 'type-parameter' ? type : types.underlying(type);
  if (under.kind === 'unknown' || under.kind === 'type-parameter') return 'unknown';
  if (under.kind !== 'interface' && under.kind !== 'tuple') return { kind: 'type', type };
  switch (tree.kind[node]) {
    case Kind.type_assertion_expression:
      return { kind: 'values', values: [firstChild(tree, node)] };
    case Kind.type_conversion_expression:
      return { kind: 'values', values: [go.typeConversionExpression.operand(tree, node)] };
    case Kind.call_expression:
      if (types.calleeOf(node).kind === 'conversion')
        return { kind: 'values', values: children(tree, go.callExpression.arguments(tree, node)) };
      return mayBeInlined(node) ? 'unknown' : 'various';
    case Kind.identifier: {
      const symbol = scopes.symbolOf(node);
      return isLocalVariable(symbol) && symbol.role === 'local' ? { kind: 'variable', symbol } : 'various';
    }
    default:
      return 'various';
  }
}

/** What the variable is ever given; undefined where that is not an expression, or its address lets others give it something. */
function assignedTo(facts: FileFacts, symbol: GoSymbol): readonly Node[] | undefined {
  const values: Node[] = [];
  for (const { access, node, mayTakeAddress } of facts.scopes.references(symbol)) {
    if (access === 'read' && mayTakeAddress !== true) continue;
    const given = access === 'declare' || access === 'write' ? givenTo(facts, node) : undefined;
    if (given === undefined) return undefined;
    values.push(...given);
  }
  return values;
}

/** The expression whose value the identifier gets where it stands, none for a declaration without value; undefined for a range or a received value. */
function givenTo({ tree }: FileFacts, identifier: Node): readonly Node[] | undefined {
  const list = tree.parent[identifier];
  const statement = tree.kind[list] === Kind.expression_list ? tree.parent[list] : list;
  switch (tree.kind[statement]) {
    case Kind.var_spec: {
      const values = go.varSpec.value(tree, statement);
      return values === NONE ? [] : oneOf(children(tree, values), childrenOf(tree, statement, Field.name).indexOf(identifier));
    }
    case Kind.short_var_declaration:
    case Kind.assignment_statement:
      return oneOf(children(tree, childOf(tree, statement, Field.right)), children(tree, list).indexOf(identifier));
    case Kind.type_switch_statement:
      return [childOf(tree, statement, Field.value)];
    default:
      return undefined;
  }
}

function oneOf(values: readonly Node[], index: number): readonly Node[] {
  const value = values.length === 1 ? values[0] : values[index];
  return value === undefined ? [] : [value];
}

/** The declared method that a call of an interface's method calls, and the type behind the interface. */
export interface Devirtualized {
  readonly callee: Callee;
  readonly receiver: Type;
}

/** Calls in `go` and `defer`, and methods promoted from embedded fields, gc leaves to run time: a field is no variable that it follows. */
export function devirtualized(facts: FileFacts, call: Node, mayBeInlined: (call: Node) => boolean): Devirtualized | 'various' | 'unknown' {
  const { tree, types } = facts;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  const selection = tree.kind[called] === Kind.selector_expression ? types.selectionOf(called) : undefined;
  if (selection?.kind !== 'method' || selection.isExpression) return 'unknown';
  if (selection.through.length > 0) return 'various';
  const receiver = heldType(facts, go.selectorExpression.operand(tree, called), mayBeInlined);
  if (receiver === 'various' || receiver === 'unknown') return receiver;
  const found = types.lookupFieldOrMethod(receiver, selection.name);
  const isPending = PENDING.has(tree.kind[tree.parent[call]]);
  if (isPending || found?.kind !== 'method' || found.declaration === undefined || found.through.length > 0) return 'unknown';
  const { declaration, receiver: home } = found;
  if (home.kind !== 'named' || home.arguments.length > 0) return 'unknown';
  const callee = { kind: 'method' as const, path: home.path, name: `${home.name}.${selection.name}`, declaration };
  return { callee, receiver };
}

const PENDING: ReadonlySet<number> = new Set([Kind.go_statement, Kind.defer_statement]);

/** How often the interface's word is followed to give the method its receiver. */
export function receiverDerefs({ types }: FileFacts, { receiver, callee }: Devirtualized): number {
  const isBoxed = !types.isPointerShaped(receiver);
  const method =
    callee.kind === 'method' ? types.lookupFieldOrMethod(receiver, callee.name.slice(callee.name.indexOf('.') + 1)) : undefined;
  const isPointer = types.underlying(receiver).kind === 'pointer';
  return (isBoxed ? 1 : 0) + (isPointer && method?.hasPointerReceiver === false ? 1 : 0);
}
