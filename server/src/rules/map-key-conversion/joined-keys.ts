/**
 * Maps whose keys are all joined of the same strings in the same way, `m[a + "/" + b]`, and are nothing but keys: a struct of
 * the parts would do. Every use of the map and of a key that has a name is known, or there is no answer.
 */
import { accessAt, type GoSymbol, outerParentheses, type Reference, type Type } from '../../model/index.ts';
import { children, encloses, firstChild, go, isText, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { assignmentAround, sidesOf } from '../kit/cancel/sources.ts';
import { statementAround } from '../kit/edits.ts';
import { summands } from '../kit/expressions.ts';
import { repetitionOf } from '../kit/repetition.ts';
import { bytesTurnedToString } from '../kit/text-conversions.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

export interface JoinedKey {
  /** The concatenation. */
  readonly joined: Node;
  /** What varies, from left to right. */
  readonly parts: readonly Node[];
  /** Whether the map keeps the key: only then is it on the heap however short it is. */
  readonly isStored: boolean;
}

export interface JoinedMap {
  readonly name: string;
  /** The statement that declares the map, and its map_type. */
  readonly statement: Node;
  readonly type: Node;
  readonly keys: readonly JoinedKey[];
  /** A key that a loop behind the declaration joins again and again, one that is stored where there is one. */
  readonly repeated: JoinedKey;
}

/** Undefined unless the type is that of a new local map, of string keys, all of which are joined alike. */
export function joinedMapAt(context: Context, type: Node): JoinedMap | undefined {
  const { tree, scopes, types } = context;
  const name = isString(types.typeOfTypeNode(go.mapType.key(tree, type))) ? declaredAs(context, type) : NONE;
  const symbol = name === NONE ? undefined : scopes.symbolOf(name);
  if (symbol?.kind !== 'variable' || symbol.role !== 'local' || symbol.declaration !== name) return undefined;
  const keys = keysOf(context, symbol);
  const again = keys?.filter((key) => isRepeated(context, key.joined, symbol)) ?? [];
  const repeated = again.find((key) => key.isStored) ?? again[0];
  const statement = statementAround(tree, name);
  if (keys === undefined || repeated === undefined || statement === NONE) return undefined;
  const isAlike = new Set(keys.map((key) => shapeOf(context, key.joined))).size === 1;
  return isAlike && repeated.parts.length > 1 ? { name: symbol.name, statement, type, keys, repeated } : undefined;
}

/** The variable that a `make(T)`, `make(T, n)` or `T{}` of the type begins as; NONE for any other use of the type. */
function declaredAs({ tree, types }: Context, type: Node): Node {
  const outer = tree.parent[type];
  const isLiteral = tree.kind[outer] === Kind.composite_literal && children(tree, go.compositeLiteral.body(tree, outer)).length === 0;
  const value = isLiteral ? outer : tree.kind[outer] === Kind.argument_list ? tree.parent[outer] : NONE;
  if (value === NONE || (!isLiteral && !isMake(types, tree.kind[value] === Kind.call_expression ? value : NONE))) return NONE;
  const [names, values] = sidesOf(tree, assignmentAround(tree, value));
  return names.length === 1 && values.length === 1 && tree.kind[names[0]] === Kind.identifier ? names[0] : NONE;
}

function isMake(types: Context['types'], call: Node): boolean {
  const callee = call === NONE ? undefined : types.calleeOf(call);
  return callee?.kind === 'builtin' && callee.name === 'make';
}

function isString(type: Type): boolean {
  return type.kind === 'basic' && type.name === 'string';
}

/** Undefined where the map is used as anything but what is filled, asked and gone over without its keys. */
function keysOf(context: Context, map: GoSymbol): readonly JoinedKey[] | undefined {
  const keys = new Map<Node, JoinedKey>();
  for (const { node, access } of context.scopes.references(map)) {
    if (access === 'declare' || isKeyless(context, node)) continue;
    const key = access === 'read' ? keyAt(context, node) : NONE;
    const found = key === NONE ? undefined : joinedKey(context, key, map);
    if (found === undefined) return undefined;
    const isStored = found.isStored || keys.get(found.joined)?.isStored === true;
    keys.set(found.joined, { ...found, isStored });
  }
  return [...keys.values()];
}

/** `len(m)`, `clear(m)`, `for range m` and `for _, v := range m`. */
function isKeyless({ tree, types }: Context, map: Node): boolean {
  const outer = tree.parent[map];
  if (tree.kind[outer] === Kind.range_clause) {
    const left = go.rangeClause.left(tree, outer);
    const first = left === NONE ? NONE : firstChild(tree, left);
    return left === NONE || isText(tree, first, '_');
  }
  const call = tree.kind[outer] === Kind.argument_list ? tree.parent[outer] : NONE;
  const callee = tree.kind[call] === Kind.call_expression ? types.calleeOf(call) : undefined;
  return callee?.kind === 'builtin' && (callee.name === 'len' || callee.name === 'clear');
}

/** What the map is asked for: `k` of `m[k]` and `delete(m, k)`; NONE for any other use. */
function keyAt({ tree, types }: Context, map: Node): Node {
  const outer = tree.parent[map];
  if (tree.kind[outer] === Kind.index_expression && go.indexExpression.operand(tree, outer) === map)
    return go.indexExpression.index(tree, outer);
  const call = tree.kind[outer] === Kind.argument_list ? tree.parent[outer] : NONE;
  const callee = tree.kind[call] === Kind.call_expression ? types.calleeOf(call) : undefined;
  if (callee?.kind !== 'builtin' || callee.name !== 'delete') return NONE;
  const [first, key] = children(tree, outer);
  return first === map && key !== undefined ? key : NONE;
}

function joinedKey(context: Context, key: Node, map: GoSymbol): JoinedKey | undefined {
  const { tree, scopes } = context;
  const value = unparenthesized(tree, key);
  const symbol = tree.kind[value] === Kind.identifier ? scopes.symbolOf(value) : undefined;
  if (symbol === undefined) return joinedAt(context, value, isStoredAt(context, key));
  if (symbol.kind !== 'variable' || symbol.role !== 'local') return undefined;
  const [names, values] = sidesOf(tree, assignmentAround(tree, symbol.declaration));
  if (names.length !== 1 || values.length !== 1) return undefined;
  const uses = scopes.references(symbol).filter(({ access }) => access !== 'declare');
  if (!uses.every((use) => isKeyOf(context, use, map))) return undefined;
  return joinedAt(
    context,
    unparenthesized(tree, values[0]),
    uses.some(({ node }) => isStoredAt(context, outerParentheses(tree, node))),
  );
}

/** Whether the use of a variable is to ask the map for it. */
function isKeyOf(context: Context, { node, access }: Reference, map: GoSymbol): boolean {
  const { tree, scopes } = context;
  const key = outerParentheses(tree, node);
  const holder = tree.parent[key];
  const asked = tree.kind[holder] === Kind.index_expression ? go.indexExpression.operand(tree, holder) : firstChild(tree, holder);
  return access === 'read' && scopes.symbolOf(asked) === map && keyAt(context, asked) === key;
}

function isStoredAt({ tree }: Context, key: Node): boolean {
  const holder = tree.parent[key];
  return tree.kind[holder] === Kind.index_expression && accessAt(tree, holder) !== 'read';
}

function joinedAt(context: Context, joined: Node, isStored: boolean): JoinedKey | undefined {
  const { tree, types } = context;
  if (tree.kind[joined] !== Kind.binary_expression) return undefined;
  const parts = summands(tree, joined).filter((part) => types.constantOf(part) === undefined);
  return parts.every((part) => isString(types.typeOf(part)) && bytesTurnedToString(context, unparenthesized(tree, part)) === NONE)
    ? { joined, parts, isStored }
    : undefined;
}

/** What stands between the parts, as one text for all that are joined alike. */
function shapeOf({ tree, types }: Context, joined: Node): string {
  return JSON.stringify(summands(tree, joined).map((part) => types.constantOf(part)?.toString() ?? 0));
}

/** Whether a loop that the map outlasts comes to the concatenation again and again. */
function isRepeated(context: Context, joined: Node, map: GoSymbol): boolean {
  const repetition = repetitionOf(context, joined);
  return repetition?.per === 'iteration' && !encloses(context.tree, repetition.loop, map.declaration);
}
