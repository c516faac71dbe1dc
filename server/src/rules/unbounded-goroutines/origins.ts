/**
 * The way back from a collection to what filled it: through assignments, appends in loops, fields, conversions, and once through
 * a call of the package, into the function that is called or out to those that call. A way that ends anywhere but at a known
 * source says nothing.
 */
import type { GoSymbol, Reference, SourceFile, Types } from '../../model/index.ts';
import { accessAt } from '../../model/index.ts';
import {
  ancestor,
  children,
  descendants,
  encloses,
  enclosingFunction,
  firstChild,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import { assignmentAround, loopAround, sidesOf } from '../kit/cancel/sources.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import { parameterAt } from '../kit/parameters.ts';
import type { RuleContext } from '../rule.ts';
import {
  collectionKind,
  decodedKind,
  givesText,
  holderOf,
  isMessage,
  isSplit,
  isTrim,
  type SourceKind,
  stepKind,
  type View,
  walkKind,
} from './sources.ts';

/** Where elements come from. */
export interface Origin {
  readonly kind: SourceKind;
  readonly file: SourceFile;
  /** The call that gives them, or the parameter that brings them. */
  readonly node: Node;
}

/** `elements`: the value is the collection. `holder`: it has the collection in a field. `text`: the elements are cut out of it. */
type Role = 'elements' | 'holder' | 'text';

interface Step extends View {
  readonly file: SourceFile;
  readonly value: Node;
  readonly role: Role;
  /** Which of several results the value is. */
  readonly result: number;
  /** Whether the way has gone through a call of the package. */
  readonly isElsewhere: boolean;
}

/** Values looked at on the way back. */
const LOOKED_AT = 40;

/** The first source to which a way leads back from the collection that the loop goes over, or from the calls by which it goes on; undefined without one. */
export function originOf(context: RuleContext, loop: Node): Origin | undefined {
  const { tree, types, file } = context;
  const first = { file, tree, types, isElsewhere: false };
  const pending: Step[] = [...loopSteps(first, loop)];
  const kind = steppedKind(first, loop);
  if (kind !== undefined) return { ...kind, file };
  const seen = new Set<string>();
  for (let step = pending.shift(); step !== undefined && seen.size < LOOKED_AT; step = pending.shift()) {
    const key = `${step.file.path}:${step.value}:${step.role}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const found = look(context, step);
    if (found !== undefined && 'kind' in found) return found;
    pending.push(...(found ?? []));
  }
  return undefined;
}

type Place = Pick<Step, 'file' | 'tree' | 'types' | 'isElsewhere'>;

/** A loop whose condition goes on to the next line or row. */
function steppedKind({ tree, types }: Place, loop: Node): Pick<Origin, 'kind' | 'node'> | undefined {
  const clause = firstChild(tree, loop);
  if (clause === go.forStatement.body(tree, loop) || tree.kind[clause] === Kind.range_clause) return undefined;
  const condition = tree.kind[clause] === Kind.for_clause ? go.forClause.condition(tree, clause) : clause;
  const call = unparenthesized(tree, condition);
  const kind = tree.kind[call] === Kind.call_expression ? stepKind({ tree, types }, call) : undefined;
  return kind === undefined ? undefined : { kind, node: call };
}

/** What a loop ranges over, also by `i < len(x)`. */
function loopSteps(place: Place, loop: Node): readonly Step[] {
  const { tree } = place;
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] === Kind.range_clause) return [stepTo(place, lengthOperand(tree, go.rangeClause.right(tree, clause)))];
  if (tree.kind[clause] !== Kind.for_clause) return [];
  const condition = unparenthesized(tree, go.forClause.condition(tree, clause));
  if (tree.kind[condition] !== Kind.binary_expression || textOf(tree, go.binaryExpression.operator(tree, condition)) !== '<') return [];
  const bound = unparenthesized(tree, go.binaryExpression.right(tree, condition));
  const operand = lengthOperand(tree, bound);
  return operand === bound ? [] : [stepTo(place, operand)];
}

/** `x` of `len(x)`; any other expression as it is. */
function lengthOperand(tree: View['tree'], value: Node): Node {
  const call = unparenthesized(tree, value);
  if (tree.kind[call] !== Kind.call_expression || textOf(tree, go.callExpression.function(tree, call)) !== 'len') return call;
  const [operand] = children(tree, go.callExpression.arguments(tree, call));
  return operand ?? call;
}

function stepTo(place: Place, value: Node, role: Role = 'elements', result = 0): Step {
  const { file, tree, types, isElsewhere } = place;
  return { file, tree, types, isElsewhere, value: unparenthesized(tree, value), role, result };
}

type Found = Origin | readonly Step[] | undefined;

function look(context: RuleContext, step: Step): Found {
  const { tree, value } = step;
  switch (tree.kind[value]) {
    case Kind.identifier:
      return lookAtVariable(context, step);
    case Kind.call_expression:
      return lookAtCall(step);
    case Kind.type_conversion_expression:
      return [stepTo(step, go.typeConversionExpression.operand(tree, value), step.role)];
    case Kind.selector_expression:
      return lookAtField(step);
    case Kind.index_expression:
      return isOfForm(step, value) ? { kind: 'request', file: step.file, node: value } : undefined;
    case Kind.slice_expression:
      return go.sliceExpression.end(tree, value) === NONE ? [stepTo(step, go.sliceExpression.operand(tree, value), step.role)] : undefined;
    case Kind.unary_expression:
      return textOf(tree, value).startsWith('&') ? [stepTo(step, go.unaryExpression.operand(tree, value), step.role)] : undefined;
    default:
      return undefined;
  }
}

function lookAtField(step: Step): Found {
  if (isOfForm(step, step.value)) return { kind: 'request', file: step.file, node: step.value };
  const holder = holderOf(step, step.value);
  return holder === NONE || step.role === 'text' ? undefined : [stepTo(step, holder, 'holder')];
}

/** Whether the value is part of what a request's form or address brings. */
function isOfForm({ tree, types }: View, value: Node): boolean {
  return descendants(tree, value, Kind.selector_expression).some(
    (each) =>
      /^(?:Form|PostForm|MultipartForm|Query)$/.test(textOf(tree, go.selectorExpression.field(tree, each))) &&
      descendants(tree, each, Kind.identifier).some((name) => isOrPointsTo(types.typeOf(name), 'net/http', 'Request')),
  );
}

function lookAtCall(step: Step): Found {
  const { tree, types, value, role } = step;
  const args = children(tree, go.callExpression.arguments(tree, value));
  const callee = types.calleeOf(value);
  if (callee.kind === 'conversion' || isTrim(step, value)) return args.slice(0, 1).map((each) => stepTo(step, each, role));
  if (role === 'text') return givesText(step, value) ? { kind: 'line', file: step.file, node: value } : undefined;
  if (isSplit(step, value)) return args.slice(0, 1).map((each) => stepTo(step, each, 'text'));
  if (callee.kind === 'builtin' && callee.name === 'append')
    return args.map((each) => stepTo(step, tree.kind[each] === Kind.variadic_argument ? firstChild(tree, each) : each));
  const kind = collectionKind(step, value);
  if (kind !== undefined && step.result === 0) return { kind, file: step.file, node: value };
  const name = calledFunction(step, value) ?? '';
  if (REORDERED.test(name)) return args.slice(0, 1).map((each) => stepTo(step, each));
  const holder = args.length === 0 ? holderOf(step, value) : NONE;
  const inside = role === 'elements' && !step.isElsewhere ? returnedBy(step) : [];
  const isGetter = holder !== NONE && isMessage(types, types.typeOf(holder));
  return isGetter ? [stepTo(step, holder, 'holder')] : inside;
}

/** Functions of the library that give the elements of what they are given. */
const REORDERED =
  /^(?:slices\.(?:Collect|Sorted|Values|Clone|Compact|All)|maps\.(?:Keys|Values|Clone)|golang\.org\/x\/exp\/maps\.(?:Keys|Values))$/;

/** What the function that is called returns in that place, where it is one of the package. */
function returnedBy(step: Step): readonly Step[] {
  const { types, value, result } = step;
  const callee = types.calleeOf(value);
  if ((callee.kind !== 'function' && callee.kind !== 'method') || callee.declaration === undefined) return [];
  const { file, node } = callee.declaration;
  const inner = types.typesIn(file);
  if (inner === undefined || inner.package !== types.package) return [];
  const place = { file, tree: file.tree, types: inner, isElsewhere: true };
  return descendants(file.tree, go.functionDeclaration.body(file.tree, node), Kind.return_statement).flatMap((each) => {
    if (enclosingFunction(file.tree, each) !== node) return [];
    const values = children(file.tree, firstChild(file.tree, each));
    return values.length > result ? [stepTo(place, values[result])] : [];
  });
}

function lookAtVariable(context: RuleContext, step: Step): Found {
  const { types, tree, value } = step;
  const symbol = types.scopes.symbolOf(value);
  if (symbol?.kind !== 'variable' || symbol.file?.tree !== tree) return undefined;
  if (symbol.role === 'parameter') return lookAtParameter(context, step, symbol);
  if (symbol.role !== 'local' && symbol.role !== 'result') return undefined;
  const steps: Step[] = [];
  for (const reference of types.scopes.references(symbol)) {
    const found = lookAtReference(step, symbol, reference);
    if (found !== undefined && 'kind' in found) return found;
    steps.push(...(found ?? []));
  }
  return steps;
}

/** What a place gives to the variable, or puts into it. */
function lookAtReference(step: Step, symbol: GoSymbol, { node, access }: Reference): Found {
  const { tree, role } = step;
  if (access === 'declare' || access === 'write') return lookAtAssignment(step, node);
  const parent = tree.parent[node];
  const isAddress = access === 'address' && tree.kind[parent] === Kind.unary_expression;
  if (role !== 'text' && (isAddress || tree.kind[parent] === Kind.argument_list)) return decodedInto(step, isAddress ? parent : node);
  const isEntry = tree.kind[parent] === Kind.index_expression && go.indexExpression.operand(tree, parent) === node;
  if (role === 'elements' && isEntry && accessAt(tree, parent) === 'write') return gatheredAt(step, parent, symbol);
  return undefined;
}

/** Whether a call decodes into the argument, or hands it to what does, in a function of the package. */
function decodedInto(step: Step, argument: Node): Found {
  const { tree, file, types } = step;
  const list = tree.parent[argument];
  const call = tree.kind[list] === Kind.argument_list ? tree.parent[list] : NONE;
  if (tree.kind[call] !== Kind.call_expression) return undefined;
  const index = children(tree, list).indexOf(argument);
  const kind = decodedKind(step, call, index);
  if (kind !== undefined) return { kind, file, node: call };
  const callee = types.calleeOf(call);
  if ((callee.kind !== 'function' && callee.kind !== 'method') || callee.declaration === undefined || step.isElsewhere) return undefined;
  const inner = types.typesIn(callee.declaration.file);
  const parameter = inner?.package === types.package ? parameterAt(inner, callee.declaration, index) : undefined;
  return inner === undefined || parameter === undefined ? undefined : decodedWithin(inner, callee.declaration.file, parameter);
}

/** The call that decodes into a parameter, where its function has one. */
function decodedWithin(types: Types, file: SourceFile, parameter: GoSymbol): Found {
  const { tree } = file;
  for (const { node } of types.scopes.references(parameter)) {
    const list = tree.parent[node];
    const call = tree.kind[list] === Kind.argument_list ? tree.parent[list] : NONE;
    const kind =
      tree.kind[call] === Kind.call_expression ? decodedKind({ tree, types }, call, children(tree, list).indexOf(node)) : undefined;
    if (kind !== undefined) return { kind, file, node: call };
  }
  return undefined;
}

function lookAtAssignment(step: Step, name: Node): Found {
  const { tree, role } = step;
  const statement = assignmentAround(tree, name);
  const [names, values] = sidesOf(tree, statement);
  const index = names.indexOf(name);
  const value = unparenthesized(tree, (values.length === 1 ? values[0] : values[index]) ?? NONE);
  if (value === NONE) return undefined;
  const isAppend = tree.kind[value] === Kind.call_expression && textOf(tree, go.callExpression.function(tree, value)) === 'append';
  if (!isAppend || role !== 'elements') return [stepTo(step, value, role, values.length === 1 ? index : 0)];
  const symbol = step.types.scopes.symbolOf(name);
  return symbol === undefined ? undefined : combined(gatheredAt(step, statement, symbol), appendedTo(step, value));
}

function combined(one: Found, other: readonly Step[]): Found {
  return one !== undefined && 'kind' in one ? one : [...(one ?? []), ...other];
}

/** What is spread into an append, and what is appended to. */
function appendedTo(step: Step, call: Node): readonly Step[] {
  const { tree } = step;
  const [first, ...more] = children(tree, go.callExpression.arguments(tree, call));
  const spread = more.filter((each) => tree.kind[each] === Kind.variadic_argument).map((each) => firstChild(tree, each));
  return [first, ...spread].filter((each) => each !== undefined).map((each) => stepTo(step, each));
}

/** The loops in which the variable, declared outside them, gets one more element; or the walk over files that calls the literal around it. */
function gatheredAt(step: Step, at: Node, symbol: GoSymbol): Found {
  const { tree, file } = step;
  const steps: Step[] = [];
  for (let loop = loopAround(tree, at); loop !== NONE && !encloses(tree, loop, symbol.declaration); loop = loopAround(tree, loop)) {
    const kind = steppedKind(step, loop);
    if (kind !== undefined) return { ...kind, file };
    steps.push(...loopSteps(step, loop));
  }
  const literal = enclosingFunction(tree, at);
  const walk = ancestor(tree, literal, Kind.call_expression, Kind.statement_list);
  const isCallback = tree.kind[literal] === Kind.func_literal && tree.kind[walk] === Kind.call_expression;
  const walked = isCallback && !encloses(tree, literal, symbol.declaration) ? walkKind(step, walk) : undefined;
  return walked === undefined ? steps : { kind: walked, file, node: walk };
}

/** A message that a method answers, or what the callers in the package pass. */
function lookAtParameter(context: RuleContext, step: Step, symbol: GoSymbol): Found {
  const { tree, types, role, file, isElsewhere } = step;
  const fn = symbol.owner;
  if (!isFunction(tree, fn)) return undefined;
  if (role === 'holder' && tree.kind[fn] === Kind.method_declaration && isMessage(types, types.typeOfSymbol(symbol)))
    return /^[A-Z]/.test(textOf(tree, go.methodDeclaration.name(tree, fn)))
      ? { kind: 'request', file, node: symbol.declaration }
      : undefined;
  if (isElsewhere || tree.kind[fn] === Kind.func_literal) return undefined;
  const index = parameterIndex(step, fn, symbol);
  const calls = index < 0 ? [] : (allCallsOf({ file, tree, types, package: context.package }, fn) ?? []);
  return calls.flatMap((call) => {
    const given = children(call.file.tree, go.callExpression.arguments(call.file.tree, call.node));
    const place = { file: call.file, tree: call.file.tree, types: call.types, isElsewhere: true };
    return call.file.isTest || given.length <= index ? [] : [stepTo(place, given[index], role)];
  });
}

function parameterIndex({ tree }: View, fn: Node, symbol: GoSymbol): number {
  const list = go.functionDeclaration.parameters(tree, fn);
  const isPlain = children(tree, list).every((each) => tree.kind[each] === Kind.parameter_declaration);
  const names = children(tree, list).flatMap((each) => go.parameterDeclaration.name(tree, each));
  return isPlain ? names.indexOf(symbol.declaration) : -1;
}
