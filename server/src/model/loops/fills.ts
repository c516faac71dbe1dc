/**
 * Where a slice or a map that a loop fills began empty, and how many elements the loop is bound to put there. Shared by the
 * growth rules. Everything is decided by shape and source order, so it only ever answers for straight code: the beginning
 * stands in a statement list that holds the loop, with nothing between that could have changed the place.
 */
import {
  ancestor,
  children,
  descendants,
  encloses,
  enclosingFunction,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
} from '../../syntax/index.ts';
import { leavesLoop } from './exits.ts';
import {
  type Code,
  enclosingStatements,
  isChangedIn,
  isDeclaredIn,
  isPartAssignedIn,
  type Mention,
  mentionsOf,
  type Place,
} from './places.ts';
import { loopsAround, type TripCount, tripCount } from './trip-count.ts';

/** `zero`: declared without a value. `absent`: a struct literal without the field. `result`: a named result, empty as the function begins. */
export type EmptyForm = 'zero' | 'nil' | 'literal' | 'make' | 'absent' | 'result';

export interface EmptyStart {
  readonly form: EmptyForm;
  /** The statement; NONE for a result. */
  readonly statement: Node;
  /** The value that is empty: `nil`, `[]T{}`, `make(…)`, a conversion of nil; NONE where there is none. */
  readonly value: Node;
  /** The type as written, or NONE where none is. */
  readonly type: Node;
  readonly isNil: boolean;
}

/** A place that begins empty, and the loops between that and the statement that fills it. */
export interface Fill {
  readonly place: Place;
  readonly mentions: readonly Mention[];
  readonly start: EmptyStart;
  /** Outermost first, never empty. */
  readonly loops: readonly Node[];
  readonly counts: readonly TripCount[];
  /** Whether the filling statement runs once on every iteration; otherwise at most once. */
  readonly isEveryIteration: boolean;
  /** Whether the outermost loop stands in the statement list of the beginning (or of the function, for a result). */
  readonly isSameList: boolean;
}

/** The fill that `statement` in a loop is part of, or undefined where the beginning or the number of iterations is not known. */
export function fillAt(code: Code, place: Place, statement: Node, isOwnFill: (mention: Mention) => boolean): Fill | undefined {
  const { tree } = code;
  const fn = enclosingFunction(tree, statement);
  if (place.root.owner !== fn || fn === NONE) return undefined;
  const mentions = mentionsOf(code, place);
  const start = startBefore(code, place, mentions, statement, isOwnFill);
  if (start === undefined) return undefined;
  const lists = enclosingStatements(tree, statement);
  const home = lists.find(({ list }) => (start.statement === NONE ? list === bodyList(tree, fn) : list === tree.parent[start.statement]));
  if (home === undefined || home.statement <= start.statement) return undefined;
  const loops = loopsAround(tree, statement, home.statement);
  if (loops.length === 0 || hasGoto(tree, fn)) return undefined;
  if (!isUndisturbed(tree, mentions, start, loops[0], isOwnFill)) return undefined;
  const counts = countsOf(code, loops);
  if (counts === undefined) return undefined;
  const isEveryIteration =
    !isConditional(tree, statement, loops[0]) && loops.every((loop, i) => !leavesLoop(code, loop, loops[i + 1] ?? statement));
  const isSameList = tree.parent[withLabels(tree, loops[0])] === home.list;
  return { place, mentions, start, loops, counts, isEveryIteration, isSameList };
}

/** The statement with the labels in front of it. */
export function withLabels(tree: Tree, statement: Node): Node {
  let labelled = statement;
  while (tree.kind[tree.parent[labelled]] === Kind.labeled_statement) labelled = tree.parent[labelled];
  return labelled;
}

function bodyList(tree: Tree, fn: Node): Node {
  for (let child = fn + 1; child < tree.next[fn]; child = tree.next[child]) {
    if (tree.kind[child] === Kind.block) return children(tree, child)[0] ?? NONE;
  }
  return NONE;
}

const gotos = new WeakMap<Tree, Set<Node>>();

function hasGoto(tree: Tree, fn: Node): boolean {
  const known = gotos.get(tree) ?? new Set(descendants(tree, 0, Kind.goto_statement).map((node) => enclosingFunction(tree, node)));
  gotos.set(tree, known);
  return known.has(fn);
}

function startBefore(
  code: Code,
  place: Place,
  mentions: readonly Mention[],
  statement: Node,
  isOwnFill: (mention: Mention) => boolean,
): EmptyStart | undefined {
  const last = lastWrite(code.tree, mentions, statement, isOwnFill);
  if (last === undefined) return undefined;
  if (last.access === 'declare' && place.root.role !== 'local' && last.node === place.root.declaration) {
    if (place.root.role !== 'result' || place.fields.length > 0) return undefined;
    return { form: 'result', statement: NONE, value: NONE, type: resultType(code.tree, last.node), isNil: true };
  }
  return last.kind === 'self' ? emptyAssigned(code, last.node) : emptyField(code, place, last.node);
}

/** The last mention before `statement` that gives the place a value and is no fill; undefined where a fill of other loops comes later. */
function lastWrite(
  tree: Tree,
  mentions: readonly Mention[],
  statement: Node,
  isOwnFill: (mention: Mention) => boolean,
): Mention | undefined {
  const [outermost = statement] = loopsAround(tree, statement, enclosingFunction(tree, statement));
  for (let i = mentions.length - 1; i >= 0; i--) {
    const mention = mentions[i];
    const isWrite = mention.access === 'declare' || mention.access === 'write';
    if (mention.node >= statement || mention.kind === 'beside' || !isWrite) continue;
    if (!isOwnFill(mention)) return mention;
    if (!encloses(tree, outermost, mention.node)) return undefined;
  }
  return undefined;
}

function resultType(tree: Tree, name: Node): Node {
  return go.parameterDeclaration.type(tree, ancestor(tree, name, Kind.parameter_declaration));
}

/** The empty value that the declaration or assignment gives the name or selector on its left. */
function emptyAssigned(code: Code, target: Node): EmptyStart | undefined {
  const { tree } = code;
  const given = givenValue(tree, target);
  if (given === undefined) return undefined;
  if (given.value === NONE) return { ...given, form: 'zero', isNil: true };
  const empty = emptyValue(code, given.value);
  return empty && { ...empty, statement: given.statement, value: given.value, type: empty.type === NONE ? given.type : empty.type };
}

/** What a declaration or assignment gives one of its names. */
export interface GivenValue {
  readonly statement: Node;
  readonly value: Node;
  readonly type: Node;
}

/** The value that stands for a name on the left side; `value` is NONE for `var x T`. Undefined outside statement lists, and where one call gives several. */
export function givenValue(tree: Tree, target: Node): GivenValue | undefined {
  const holder = tree.parent[target];
  if (tree.kind[holder] === Kind.var_spec) return specValue(tree, holder, target);
  const statement = tree.parent[holder];
  const kind = tree.kind[statement];
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  if (kind !== Kind.short_var_declaration && kind !== Kind.assignment_statement) return undefined;
  if (kind === Kind.assignment_statement && tree.kind[go.assignmentStatement.operator(tree, statement)] !== Kind['=']) return undefined;
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  const values = children(tree, go.assignmentStatement.right(tree, statement));
  if (targets.length !== values.length) return undefined;
  return { statement, value: values[targets.indexOf(target)], type: NONE };
}

function specValue(tree: Tree, spec: Node, name: Node): GivenValue | undefined {
  const statement = ancestor(tree, spec, Kind.var_declaration);
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  const names = go.varSpec.name(tree, spec).filter((each) => tree.kind[each] === Kind.identifier);
  const list = go.varSpec.value(tree, spec);
  const values = list === NONE ? [] : children(tree, list);
  if (values.length > 0 && values.length !== names.length) return undefined;
  return { statement, value: values[names.indexOf(name)] ?? NONE, type: go.varSpec.type(tree, spec) };
}

type EmptyValue = Pick<EmptyStart, 'form' | 'type' | 'isNil'>;

/** Whether an expression is an empty slice without capacity, or an empty map without hint. */
function emptyValue(code: Code, value: Node): EmptyValue | undefined {
  const { tree, types } = code;
  if (isNil(code, value)) return { form: 'nil', type: NONE, isNil: true };
  const kind = types.underlying(types.typeOf(value)).kind;
  if (kind !== 'slice' && kind !== 'map') return undefined;
  if (tree.kind[value] === Kind.composite_literal) {
    const body = go.compositeLiteral.body(tree, value);
    return tree.next[body] === body + 1 ? { form: 'literal', type: go.compositeLiteral.type(tree, value), isNil: false } : undefined;
  }
  if (tree.kind[value] === Kind.type_conversion_expression) {
    const type = go.typeConversionExpression.type(tree, value);
    return isNil(code, go.typeConversionExpression.operand(tree, value)) ? { form: 'nil', type, isNil: true } : undefined;
  }
  return tree.kind[value] === Kind.call_expression ? emptyMake(code, value, kind) : undefined;
}

function emptyMake(code: Code, call: Node, kind: 'slice' | 'map'): EmptyValue | undefined {
  const { tree, types } = code;
  const callee = types.calleeOf(call);
  if (callee.kind !== 'builtin' || callee.name !== 'make') return undefined;
  const [type, length, ...more] = children(tree, go.callExpression.arguments(tree, call));
  const isEmpty = kind === 'map' ? length === undefined : length !== undefined && types.constantOf(length) === 0n;
  return isEmpty && more.length === 0 ? { form: 'make', type, isNil: false } : undefined;
}

function isNil(code: Code, value: Node): boolean {
  const { tree, scopes } = code;
  const kind = tree.kind[value];
  if (kind !== Kind.nil && kind !== Kind.identifier) return false;
  return code.types.typeOf(value).kind === 'nil' && scopes.symbolOf(value)?.file === undefined;
}

/** The field as the struct literal, `new` or zero declaration of its root leaves it. */
function emptyField(code: Code, place: Place, root: Node): EmptyStart | undefined {
  const { tree, types } = code;
  if (place.fields.length !== 1 || tree.kind[root] !== Kind.identifier) return undefined;
  const given = givenValue(tree, root);
  const type = types.underlying(types.typeOfSymbol(place.root));
  const struct = type.kind === 'pointer' ? types.underlying(type.element) : type;
  if (given === undefined || struct.kind !== 'struct') return undefined;
  if (!struct.fields.some((field) => field.name === place.fields[0] && !field.isEmbedded)) return undefined;
  const absent: EmptyStart = { form: 'absent', statement: given.statement, value: NONE, type: NONE, isNil: true };
  if (given.value === NONE) return type.kind === 'struct' ? absent : undefined;
  if (isNew(code, given.value)) return absent;
  const isAddress = tree.kind[given.value] === Kind.unary_expression;
  const literal = isAddress ? go.unaryExpression.operand(tree, given.value) : given.value;
  if (tree.kind[literal] !== Kind.composite_literal) return undefined;
  const elements = children(tree, go.compositeLiteral.body(tree, literal));
  if (elements.some((element) => tree.kind[element] !== Kind.keyed_element)) return undefined;
  const own = elements.find((element) => keyIs(code, element, place.fields[0]));
  if (own === undefined) return absent;
  const value = firstChild(tree, go.keyedElement.value(tree, own));
  const empty = emptyValue(code, value);
  return empty && { ...empty, statement: given.statement, value };
}

function isNew({ tree, types }: Code, value: Node): boolean {
  if (tree.kind[value] !== Kind.call_expression) return false;
  const callee = types.calleeOf(value);
  const [type, ...more] = children(tree, go.callExpression.arguments(tree, value));
  return callee.kind === 'builtin' && callee.name === 'new' && more.length === 0 && types.isTypeExpression(type);
}

function keyIs({ tree }: Code, element: Node, field: string): boolean {
  const key = go.keyedElement.key(tree, element);
  const { source, start, end } = tree;
  return new TextDecoder().decode(source.subarray(start[key], end[key])) === field;
}

/** Whether between the beginning and the end of the loops only the fill itself changes the place, and no closure knows it. */
function isUndisturbed(
  tree: Tree,
  mentions: readonly Mention[],
  start: EmptyStart,
  loop: Node,
  isOwnFill: (mention: Mention) => boolean,
): boolean {
  const fn = enclosingFunction(tree, loop);
  const from = start.statement === NONE ? fn : tree.next[start.statement];
  return mentions.every((mention) => {
    if (mention.node >= tree.next[loop]) return true;
    if (mention.within !== fn) return false;
    if (mention.node < from || mention.kind === 'beside') return true;
    if (mention.access === 'declare' && start.form === 'result') return true;
    if (isOwnFill(mention)) return encloses(tree, loop, mention.node);
    return mention.kind === 'self' && mention.access === 'read';
  });
}

/** Iterations of each loop, where those of an inner one do not depend on an outer one. */
function countsOf(code: Code, loops: readonly Node[]): TripCount[] | undefined {
  const counts: TripCount[] = [];
  for (const loop of loops) {
    const count = tripCount(code, loop);
    if (count === undefined || (loop !== loops[0] && !isIndependent(code, count, loops[0]))) return undefined;
    counts.push(count);
  }
  return counts;
}

function isIndependent(code: Code, count: TripCount, outermost: Node): boolean {
  const { tree, scopes } = code;
  if (count.text === undefined) return false;
  const areVariables = count.variables.every((node) => {
    const symbol = scopes.symbolOf(node);
    return symbol !== undefined && !isDeclaredIn(tree, symbol, outermost) && !isChangedIn(code, symbol, outermost);
  });
  return areVariables && count.parts.every((part) => !isPartAssignedIn(tree, part, outermost));
}

const UNCONDITIONAL: readonly number[] = [Kind.statement_list, Kind.block, Kind.for_statement, Kind.labeled_statement];

/** Whether anything but blocks, loops and labels stands between a statement and the loop around it. */
function isConditional(tree: Tree, statement: Node, loop: Node): boolean {
  for (let up = tree.parent[statement]; up !== loop; up = tree.parent[up]) if (!UNCONDITIONAL.includes(tree.kind[up])) return true;
  return false;
}
