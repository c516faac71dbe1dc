/**
 * Places: a variable, or a field reached from one by selectors (`s`, `t.items`). The growth rules follow a slice or a map by
 * its place, so they need every mention of it in the function, and of the variables it hangs on, because who holds `t` can
 * change `t.items`.
 */
import { encloses, enclosingFunction, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import type { Scopes } from '../scopes/scopes.ts';
import type { GoSymbol } from '../shapes.ts';
import type { Types } from '../types/types.ts';

/** What is known of one file's code; the context of a rule is one. */
export interface Code {
  readonly tree: Tree;
  readonly scopes: Scopes;
  readonly types: Types;
}

export interface Place {
  readonly root: GoSymbol;
  /** Names of the fields from the root on; empty for a variable. */
  readonly fields: readonly string[];
}

/** The place an expression names, or undefined for any other expression and for package members. */
export function placeOf(code: Code, expression: Node): Place | undefined {
  const { tree, scopes } = code;
  const fields: string[] = [];
  let node = unparenthesized(tree, expression);
  while (tree.kind[node] === Kind.selector_expression) {
    fields.unshift(textOf(tree, go.selectorExpression.field(tree, node)));
    node = unparenthesized(tree, go.selectorExpression.operand(tree, node));
  }
  if (tree.kind[node] !== Kind.identifier) return undefined;
  const root = scopes.symbolOf(node);
  return root?.kind === 'variable' ? { root, fields } : undefined;
}

export function isSamePlace(a: Place | undefined, b: Place | undefined): boolean {
  if (a === undefined || b === undefined || a.root !== b.root || a.fields.length !== b.fields.length) return false;
  return a.fields.every((field, i) => field === b.fields[i]);
}

export function placeText(place: Place): string {
  return [place.root.name, ...place.fields].join('.');
}

/** What an expression does to the place it names. `declare` also covers `:=`. */
export type PlaceAccess = 'declare' | 'write' | 'update' | 'address' | 'read';

export interface Mention {
  /** The expression that names the place; for `whole` what the place hangs on, for `beside` the part both share. */
  readonly node: Node;
  /** `self`: the place; `whole`: a value that holds it, or a method call on one; `beside`: another field. */
  readonly kind: 'self' | 'whole' | 'beside';
  readonly access: PlaceAccess;
  /** Innermost function around it. */
  readonly within: Node;
}

/** By scopes, not by symbol: what a mention does hangs on types, which other files of the package may change. */
const known = new WeakMap<Scopes, Map<GoSymbol, Map<string, readonly Mention[]>>>();

/** Every mention of the place's root in its file, in source order. */
export function mentionsOf(code: Code, place: Place): readonly Mention[] {
  const ofFile = known.get(code.scopes) ?? new Map<GoSymbol, Map<string, readonly Mention[]>>();
  known.set(code.scopes, ofFile);
  const ofRoot = ofFile.get(place.root) ?? new Map<string, readonly Mention[]>();
  ofFile.set(place.root, ofRoot);
  const key = place.fields.join('.');
  const found = ofRoot.get(key) ?? findMentions(code, place);
  ofRoot.set(key, found);
  return found;
}

function findMentions(code: Code, place: Place): Mention[] {
  return code.scopes.references(place.root).map((reference) => {
    const mention = mentionAt(code, place, reference.node);
    const access = reference.access === 'declare' ? 'declare' : accessAt(code.tree, mention.node);
    return { ...mention, access, within: reference.within };
  });
}

function mentionAt(code: Code, place: Place, identifier: Node): Pick<Mention, 'node' | 'kind'> {
  const { tree } = code;
  let node = identifier;
  for (const field of place.fields) {
    const outer = outerParentheses(tree, node);
    const selector = tree.parent[outer];
    if (tree.kind[selector] !== Kind.selector_expression || go.selectorExpression.operand(tree, selector) !== outer) {
      return { node, kind: 'whole' };
    }
    if (textOf(tree, go.selectorExpression.field(tree, selector)) !== field) {
      return { node, kind: isMethod(code, selector) ? 'whole' : 'beside' };
    }
    node = selector;
  }
  return { node, kind: 'self' };
}

function isMethod(code: Code, selector: Node): boolean {
  return code.types.typeOf(selector).kind !== 'function' ? isCalled(code.tree, selector) : true;
}

function isCalled(tree: Tree, node: Node): boolean {
  const outer = outerParentheses(tree, node);
  return tree.kind[tree.parent[outer]] === Kind.call_expression && go.callExpression.function(tree, tree.parent[outer]) === outer;
}

/** The outermost of the parentheses directly around a node, or the node. */
export function outerParentheses(tree: Tree, node: Node): Node {
  let outer = node;
  while (tree.kind[tree.parent[outer]] === Kind.parenthesized_expression) outer = tree.parent[outer];
  return outer;
}

/** How an operand is used by the statement or operator directly around it. */
export function accessAt(tree: Tree, node: Node): PlaceAccess {
  const outer = outerParentheses(tree, node);
  const parent = tree.parent[outer];
  switch (tree.kind[parent]) {
    case Kind.inc_statement:
    case Kind.dec_statement:
      return 'update';
    case Kind.unary_expression:
      return tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['&'] ? 'address' : 'read';
    case Kind.expression_list:
      return accessInList(tree, parent);
    default:
      return 'read';
  }
}

function accessInList(tree: Tree, list: Node): PlaceAccess {
  const statement = tree.parent[list];
  switch (tree.kind[statement]) {
    case Kind.short_var_declaration:
      return go.shortVarDeclaration.left(tree, statement) === list ? 'declare' : 'read';
    case Kind.assignment_statement:
      if (go.assignmentStatement.left(tree, statement) !== list) return 'read';
      return tree.kind[go.assignmentStatement.operator(tree, statement)] === Kind['='] ? 'write' : 'update';
    case Kind.range_clause:
      return go.rangeClause.left(tree, statement) === list ? 'write' : 'read';
    case Kind.receive_statement:
      return go.receiveStatement.left(tree, statement) === list ? 'write' : 'read';
    default:
      return 'read';
  }
}

/** Whether code inside `area` gives the variable another value, or any closure does, or its address is taken at all. */
export function isChangedIn(code: Code, symbol: GoSymbol, area: Node): boolean {
  return code.scopes.references(symbol).some(({ node, access, within }) => {
    if (access === 'address') return true;
    if (access === 'read' || access === 'declare') return false;
    return encloses(code.tree, area, node) || within !== symbol.owner;
  });
}

/** Whether a local name is declared inside `area`. */
export function isDeclaredIn(tree: Tree, symbol: GoSymbol, area: Node): boolean {
  return symbol.owner !== NONE && encloses(tree, area, symbol.declaration);
}

/** Whether code inside `area` assigns to such a part of anything: a field of the name, `*` for what is behind a pointer, `[]` for an element. */
export function isPartAssignedIn(tree: Tree, part: string, area: Node): boolean {
  for (let row = area; row < tree.next[area]; row++) {
    if (partOf(tree, row) === part && accessAt(tree, row) !== 'read') return true;
  }
  return false;
}

function partOf(tree: Tree, expression: Node): string | undefined {
  switch (tree.kind[expression]) {
    case Kind.selector_expression:
      return textOf(tree, go.selectorExpression.field(tree, expression));
    case Kind.index_expression:
      return '[]';
    case Kind.unary_expression:
      return tree.kind[go.unaryExpression.operator(tree, expression)] === Kind['*'] ? '*' : undefined;
    default:
      return undefined;
  }
}

/** The statement lists around a node up to its function, innermost first, each with the statement of it that holds the node. */
export function enclosingStatements(tree: Tree, node: Node): { readonly list: Node; readonly statement: Node }[] {
  const fn = enclosingFunction(tree, node);
  const found: { list: Node; statement: Node }[] = [];
  for (let at = node; at !== fn && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[tree.parent[at]] === Kind.statement_list) found.push({ list: tree.parent[at], statement: at });
  }
  return found;
}
