/**
 * Loops that do nothing but append each element of a slice or array to another slice. `append-loop` reports them, so
 * `slice-growth` leaves them alone: `append(dst, src...)` makes room once by itself.
 */
import { children, declaresVariables, firstChild, go, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { type Code, isSamePlace, type Place, placeOf } from './places.ts';
import { type OwnAppend, ownAppendOf } from './slice-uses.ts';

export interface AppendLoop {
  readonly loop: Node;
  readonly append: OwnAppend;
  readonly destination: Place;
  /** What is ranged over: a slice, an array in a variable, or a pointer to an array. */
  readonly source: Node;
  readonly isArray: boolean;
}

/** The loop's source and destination, or undefined when it does anything else or the element types are not known to be identical. */
export function appendLoopAt(code: Code, loop: Node): AppendLoop | undefined {
  const { tree } = code;
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] !== Kind.range_clause || !declaresVariables(tree, clause)) return undefined;
  const source = unparenthesized(tree, go.rangeClause.right(tree, clause));
  const append = soleAppend(code, loop);
  const destination = append && placeOf(code, append.target);
  if (append === undefined || destination === undefined || append.values !== 1) return undefined;
  const elements = elementType(code, source);
  if (elements === undefined || !hasElements(code, append.target, elements.type)) return undefined;
  const variables = children(tree, go.rangeClause.left(tree, clause));
  const appended = unparenthesized(tree, children(tree, go.callExpression.arguments(tree, append.call))[1]);
  const isElement = isValueOf(code, variables, appended) || isIndexOf(code, variables, appended, source, destination);
  if (!isElement || isSamePlace(destination, placeOf(code, source))) return undefined;
  return { loop, append, destination, source, isArray: elements.isArray };
}

function soleAppend(code: Code, loop: Node): OwnAppend | undefined {
  const { tree } = code;
  const list = children(tree, go.forStatement.body(tree, loop))[0] ?? NONE;
  const statements = list === NONE ? [] : children(tree, list);
  if (statements.length !== 1 || tree.kind[statements[0]] !== Kind.assignment_statement) return undefined;
  const calls = children(tree, go.assignmentStatement.right(tree, statements[0]));
  if (calls.length !== 1 || tree.kind[calls[0]] !== Kind.call_expression) return undefined;
  return ownAppendOf(code, calls[0]);
}

function elementType(code: Code, source: Node): { readonly type: Type; readonly isArray: boolean } | undefined {
  const { types } = code;
  const type = types.underlying(types.typeOf(source));
  if (type.kind === 'slice') return { type: type.element, isArray: false };
  const array = type.kind === 'pointer' ? types.underlying(type.element) : type;
  return array.kind === 'array' && placeOf(code, source) !== undefined ? { type: array.element, isArray: true } : undefined;
}

function hasElements({ types }: Code, slice: Node, element: Type): boolean {
  const type = types.underlying(types.typeOf(slice));
  return type.kind === 'slice' && type.element.kind !== 'unknown' && types.isIdentical(type.element, element);
}

/** `for _, x := range src { … x }`. */
function isValueOf(code: Code, variables: readonly Node[], appended: Node): boolean {
  const { tree } = code;
  if (variables.length !== 2 || !isBlank(tree, variables[0])) return false;
  return symbolAt(code, variables[1]) !== undefined && symbolAt(code, variables[1]) === symbolAt(code, appended);
}

/** `for i := range src { … src[i] }`, where the source does not hang on what is appended to. */
function isIndexOf(code: Code, variables: readonly Node[], appended: Node, source: Node, destination: Place): boolean {
  const { tree } = code;
  const hasOneName = variables.length === 1 || (variables.length === 2 && isBlank(tree, variables[1]));
  if (!hasOneName || tree.kind[appended] !== Kind.index_expression) return false;
  const index = symbolAt(code, go.indexExpression.index(tree, appended));
  const place = placeOf(code, source);
  if (index === undefined || index !== symbolAt(code, variables[0]) || place === undefined || hangsOn(place, destination)) return false;
  return isSamePlace(place, placeOf(code, go.indexExpression.operand(tree, appended)));
}

function hangsOn(place: Place, other: Place): boolean {
  return place.root === other.root && other.fields.every((field, i) => field === place.fields[i]);
}

function isBlank(tree: Tree, node: Node): boolean {
  return (
    tree.kind[node] === Kind.blank_identifier ||
    (tree.kind[node] === Kind.identifier && tree.source[tree.start[node]] === 0x5f && tree.end[node] - tree.start[node] === 1)
  );
}

function symbolAt({ tree, scopes }: Code, node: Node): GoSymbol | undefined {
  return tree.kind[node] === Kind.identifier ? scopes.symbolOf(node) : undefined;
}
