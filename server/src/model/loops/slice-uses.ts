/**
 * Who can tell a slice with room from the one without: code that sees whether it is nil, and code that holds the backing
 * array while the slice grows, for which a reallocation cuts the tie.
 */
import { children, encloses, enclosingFunction, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { type Fill, givenValue } from './fills.ts';
import { accessAt, type Code, isSamePlace, type Mention, mentionsOf, outerParentheses, type Place, placeOf } from './places.ts';
import { loopsAround } from './trip-count.ts';

/** An `append` that assigns to the place it appends to. */
export interface OwnAppend {
  readonly call: Node;
  /** The assignment. */
  readonly statement: Node;
  /** The left side that belongs to the call. */
  readonly target: Node;
  /** Number of values appended, or undefined for `xs...`. */
  readonly values: number | undefined;
}

/** The append a call is part of, when it has the form `s = append(s, …)`. */
export function ownAppendOf(code: Code, call: Node): OwnAppend | undefined {
  const { tree, types } = code;
  const list = tree.parent[call];
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || tree.kind[statement] !== Kind.assignment_statement) return undefined;
  if (tree.kind[go.assignmentStatement.operator(tree, statement)] !== Kind['=']) return undefined;
  const [slice, ...values] = children(tree, go.callExpression.arguments(tree, call));
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  const calls = children(tree, list);
  if (slice === undefined || targets.length !== calls.length) return undefined;
  const target = targets[calls.indexOf(call)];
  const place = placeOf(code, target);
  if (place === undefined || !isSamePlace(place, placeOf(code, slice))) return undefined;
  const callee = types.calleeOf(call);
  if (callee.kind !== 'builtin' || callee.name !== 'append') return undefined;
  const isSpread = values.some((value) => tree.kind[value] === Kind.variadic_argument);
  return { call, statement, target, values: isSpread ? undefined : values.length };
}

/** The own append that a mention is the target or the first argument of. */
export function ownAppendAround(code: Code, mention: Mention): OwnAppend | undefined {
  const { tree } = code;
  if (mention.kind !== 'self') return undefined;
  const node = outerParentheses(tree, mention.node);
  const list = tree.parent[node];
  if (tree.kind[list] === Kind.argument_list) {
    const call = tree.parent[list];
    return tree.kind[call] === Kind.call_expression && children(tree, list)[0] === node ? ownAppendOf(code, call) : undefined;
  }
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || tree.kind[statement] !== Kind.assignment_statement) return undefined;
  const right = go.assignmentStatement.right(tree, statement);
  const calls = right === NONE ? [] : children(tree, right);
  const call = list === right ? undefined : calls[children(tree, list).indexOf(node)];
  return call !== undefined && tree.kind[call] === Kind.call_expression ? ownAppendOf(code, call) : undefined;
}

/** How an expression that reads the slice treats it. `element`: `s[i]`. `harmless`: cannot tell nil from empty, keeps nothing. */
export type SliceUse = 'own' | 'harmless' | 'element' | 'capacity' | 'grown-elsewhere' | 'other';

/** Whether code sees nil where the fix leaves an empty slice. `mayBeEmpty`: whether the loop may run no iteration. */
export function isNilVisible(code: Code, fill: Fill, mayBeEmpty: boolean): boolean {
  if (!fill.start.isNil) return false;
  if (fill.place.fields.length > 0 || fill.place.root.role === 'result') return true;
  const { tree } = code;
  return fill.mentions.some((mention) => {
    if (mention.access !== 'read') return mention.access === 'address';
    if (!mayBeEmpty && fill.isSameList && mention.node >= tree.next[fill.loops[0]]) return false;
    const use = sliceUseAt(code, mention);
    return use === 'other' || use === 'grown-elsewhere';
  });
}

/** Whether something depends on when the backing array is replaced: it is held while the loop grows it, or its capacity is asked for. */
export function isBackingShared(code: Code, fill: Fill): boolean {
  const [outermost] = fill.loops;
  return fill.mentions.some((mention) => {
    if (mention.kind !== 'self' || mention.access !== 'read') return false;
    const use = sliceUseAt(code, mention);
    if (use === 'capacity' || use === 'grown-elsewhere') return true;
    return encloses(code.tree, outermost, mention.node) && (use === 'other' || (use === 'element' && isHeld(code.tree, mention.node)));
  });
}

/** Whether code can tell how much room the slice has: it asks for the capacity, or uses the slice again after an append to it made another one. */
export function isRoomVisible(code: Code, place: Place): boolean {
  const reads = mentionsOf(code, place).filter(({ kind, access }) => kind === 'self' && access === 'read');
  return reads.some((mention, i) => {
    const use = sliceUseAt(code, mention);
    return use === 'capacity' || (use === 'grown-elsewhere' && i < reads.length - 1);
  });
}

/** Whether nothing outside the function, and no other variable in it, can hold the backing array while the loop runs. */
export function isFresh(code: Code, place: Place, loop: Node): boolean {
  const { tree } = code;
  const { root } = place;
  const fn = enclosingFunction(tree, loop);
  if (place.fields.length > 0 || root.owner !== fn || (root.role !== 'local' && root.role !== 'result')) return false;
  const again = loopsAround(tree, loop, fn).filter((outer) => outer !== loop && !encloses(tree, outer, root.declaration));
  return mentionsOf(code, place).every((mention) => {
    if (mention.within !== fn || mention.access === 'address' || mention.access === 'update') return false;
    if (mention.access !== 'read') return ownAppendAround(code, mention) !== undefined || isMadeHere(code, place, mention.node);
    if (mention.node >= tree.next[loop] && !again.some((outer) => encloses(tree, outer, mention.node))) return true;
    const use = sliceUseAt(code, mention);
    return use !== 'other' && use !== 'grown-elsewhere' && !(use === 'element' && isHeld(tree, mention.node));
  });
}

/** Whether the name is given an array of its own, or none. */
function isMadeHere(code: Code, { root }: Place, name: Node): boolean {
  const { tree, types } = code;
  if (root.role === 'result' && name === root.declaration) return true;
  const given = givenValue(tree, name);
  if (given === undefined) return false;
  if (given.value === NONE || types.typeOf(given.value).kind === 'nil') return true;
  return tree.kind[given.value] === Kind.composite_literal || isBuiltin(code, given.value, 'make');
}

/** Whether the address of the element may be kept: `&s[i]`, or a method call on it. */
function isHeld(tree: Tree, node: Node): boolean {
  let part = tree.parent[outerParentheses(tree, node)];
  while (
    [Kind.selector_expression, Kind.index_expression, Kind.parenthesized_expression].some((kind) => kind === tree.kind[tree.parent[part]])
  ) {
    part = tree.parent[part];
  }
  if (accessAt(tree, part) === 'address' || tree.kind[tree.parent[part]] === Kind.slice_expression) return true;
  return tree.kind[tree.parent[part]] === Kind.call_expression && go.callExpression.function(tree, tree.parent[part]) === part;
}

/** What is done with the slice where it is read. */
export function sliceUseAt(code: Code, mention: Mention): SliceUse {
  const { tree } = code;
  const node = outerParentheses(tree, mention.node);
  const parent = tree.parent[node];
  switch (tree.kind[parent]) {
    case Kind.index_expression:
      return go.indexExpression.operand(tree, parent) === node ? 'element' : 'other';
    case Kind.range_clause:
      return 'harmless';
    case Kind.variadic_argument:
      return isBuiltin(code, tree.parent[tree.parent[parent]], 'append') ? 'harmless' : 'other';
    case Kind.argument_list:
      return ownAppendAround(code, mention) === undefined ? argumentUse(code, node, tree.parent[parent]) : 'own';
    default:
      return 'other';
  }
}

function argumentUse(code: Code, argument: Node, call: Node): SliceUse {
  const { tree, types } = code;
  if (isBuiltin(code, call, 'len') || isBuiltin(code, call, 'copy')) return 'harmless';
  if (isBuiltin(code, call, 'cap')) return 'capacity';
  if (isBuiltin(code, call, 'append')) return children(tree, tree.parent[argument])[0] === argument ? 'grown-elsewhere' : 'other';
  const callee = types.calleeOf(call);
  if (callee.kind !== 'function') return 'other';
  return INDIFFERENT[callee.path]?.includes(callee.name) === true ? 'harmless' : 'other';
}

function isBuiltin(code: Code, call: Node, name: string): boolean {
  if (code.tree.kind[call] !== Kind.call_expression) return false;
  const callee = code.types.calleeOf(call);
  return callee.kind === 'builtin' && callee.name === name;
}

/** Functions of the standard library that neither tell a nil slice from an empty one nor keep it. */
const INDIFFERENT: Readonly<Record<string, readonly string[]>> = {
  strings: ['Join'],
  bytes: ['Join'],
  sort: ['Strings', 'Ints', 'Float64s', 'Slice', 'SliceStable', 'SearchStrings', 'SearchInts'],
  slices: [
    'Sort',
    'SortFunc',
    'SortStableFunc',
    'Reverse',
    'Contains',
    'ContainsFunc',
    'Index',
    'IndexFunc',
    'BinarySearch',
    'IsSorted',
    'Max',
    'Min',
  ],
};
