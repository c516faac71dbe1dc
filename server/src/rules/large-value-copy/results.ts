/**
 * What results copy: functions that hand out a large value which is stored elsewhere, to callers that read parts of it. Only of functions of
 * which every call is in view; one that takes a lock means the copy, because the value may change once the lock is gone.
 */
import {
  children,
  descendants,
  enclosingFunction,
  go,
  isText,
  Kind,
  NONE,
  type Node,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { allCallsOf, type PackageCall } from '../kit/callers.ts';
import { insertion, removal } from '../kit/edits.ts';
import { quoted } from '../kit/expressions.ts';
import { noteAt } from '../kit/places.ts';
import type { FileEdit, Report, RuleFix } from '../rule.ts';
import { isSetAside, type Repeated, repeatedCall } from './repeated-calls.ts';
import type { Context } from './rule.ts';
import { typeName } from './type-name.ts';
import { isReadInParts } from './uses.ts';

interface Result {
  /** The type as it is written. */
  readonly type: Node;
  /** Which of the results it is, from 0. */
  readonly index: number;
  readonly count: number;
  readonly size: number;
}

/** A finding for a function_declaration or method_declaration that copies its large result out of what stores it. */
export function resultCopy(context: Context, fn: Node): Report | undefined {
  const { tree } = context;
  const name = go.functionDeclaration.name(tree, fn);
  const result = /^_?$/.test(textOf(tree, name)) ? undefined : largeResult(context, fn);
  if (result === undefined || takesLock(context, fn) || /snapshot|copy|clone|dup/i.test(textOf(tree, name))) return undefined;
  const handed = handedOut(context, fn, result);
  if (handed === undefined) return undefined;
  const calls = allCallsOf(context, fn) ?? [];
  const readers = calls.filter((call) => isReader(call, result));
  if (readers.length * 2 <= calls.length) return undefined;
  const repeated = calls.some(isSetAside) ? undefined : repeatedCall(context, fn, readers, 0);
  if (repeated === undefined) return undefined;
  return reportOf(context, fn, result, handed, repeated, readers.length === calls.length);
}

const VALUES: ReadonlySet<number> = new Set([Kind.type_identifier, Kind.qualified_type, Kind.generic_type, Kind.array_type]);

function largeResult({ tree, types, options }: Context, fn: Node): Result | undefined {
  const written = go.functionDeclaration.result(tree, fn);
  if (written === NONE) return undefined;
  const isList = tree.kind[written] === Kind.parameter_list;
  const declared = isList ? children(tree, written) : [written];
  // Named results are variables of their own, which may have been changed.
  if (isList && declared.some((each) => go.parameterDeclaration.name(tree, each).length > 0)) return undefined;
  const all = isList ? declared.map((each) => go.parameterDeclaration.type(tree, each)) : declared;
  for (const [index, type] of all.entries()) {
    const size = VALUES.has(tree.kind[type]) ? types.sizeOf(types.typeOfTypeNode(type)) : undefined;
    if (size !== undefined && size > options.bytes) return { type, index, count: all.length, size };
  }
  return undefined;
}

function takesLock({ tree }: Context, fn: Node): boolean {
  return descendants(tree, fn, Kind.field_identifier).some((node) => isText(tree, node, 'Lock') || isText(tree, node, 'RLock'));
}

/** The expressions that its returns hand out, all of them places in what others store or, beside other results, zero values. Undefined for anything else. */
function handedOut(context: Context, fn: Node, { index, count }: Result): readonly Node[] | undefined {
  const { tree } = context;
  const returns = descendants(tree, fn, Kind.return_statement).filter((node) => enclosingFunction(tree, node) === fn);
  const values = returns.map((node) => children(tree, children(tree, node)[0] ?? NONE));
  if (values.some((each) => each.length !== count)) return undefined;
  const handed = values.map((each) => each[index]);
  const stored = handed.filter((value) => isStored(context, value) || isCopyOfStored(context, value));
  const others = handed.filter((value) => !stored.includes(value));
  return stored.length > 0 && others.every((value) => count > 1 && isZeroLiteral(context, value)) ? handed : undefined;
}

/** Whether the value lies behind a pointer, in a slice or in a package variable, so that its address can be had for nothing. */
function isStored({ tree, types, scopes }: Context, value: Node): boolean {
  let at = unparenthesized(tree, value);
  if (isDereference({ tree }, at)) return true;
  for (;;) {
    const kind = tree.kind[at];
    if (kind === Kind.identifier) return scopes.symbolOf(at)?.role === 'package';
    if (kind !== Kind.selector_expression && kind !== Kind.index_expression) return false;
    const isField = kind === Kind.selector_expression;
    const operand = isField ? go.selectorExpression.operand(tree, at) : go.indexExpression.operand(tree, at);
    if (isField && types.selectionOf(at)?.kind !== 'field') return false;
    const of = types.underlying(types.typeOf(operand)).kind;
    if (of === 'pointer' || of === 'slice') return true;
    if (of !== 'struct' && of !== 'array') return false;
    at = unparenthesized(tree, operand);
  }
}

/** A variable that only ever was such a place's value: of a range loop over a slice, or declared with it. */
function isCopyOfStored(context: Context, value: Node): boolean {
  const { tree, types, scopes } = context;
  const symbol = tree.kind[value] === Kind.identifier ? scopes.symbolOf(value) : undefined;
  if (symbol === undefined || symbol.owner === NONE) return false;
  if (
    !scopes.references(symbol).every(({ access, mayTakeAddress }) => (access === 'read' || access === 'declare') && mayTakeAddress !== true)
  )
    return false;
  const list = tree.parent[symbol.declaration];
  const holder = tree.parent[list];
  if (tree.kind[holder] === Kind.range_clause)
    return (
      types.underlying(types.typeOf(go.rangeClause.right(tree, holder))).kind === 'slice' && children(tree, list)[1] === symbol.declaration
    );
  if (tree.kind[holder] !== Kind.short_var_declaration) return false;
  const values = children(tree, go.shortVarDeclaration.right(tree, holder));
  return values.length === 1 && children(tree, list).length === 1 && isStored(context, values[0]);
}

function isDereference({ tree }: Pick<Context, 'tree'>, node: Node): boolean {
  return tree.kind[node] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, node)] === Kind['*'];
}

function isZeroLiteral({ tree }: Context, value: Node): boolean {
  return tree.kind[value] === Kind.composite_literal && children(tree, go.compositeLiteral.body(tree, value)).length === 0;
}

/** Whether the caller reads parts of the result and nothing else. */
function isReader({ file: { tree }, types, node }: PackageCall, { index, count }: Result): boolean {
  const parent = tree.parent[node];
  if (tree.kind[parent] === Kind.selector_expression) return types.selectionOf(parent)?.kind === 'field' && !isTarget(tree, parent);
  if (tree.kind[parent] !== Kind.expression_list) return false;
  const statement = tree.parent[parent];
  if (tree.kind[statement] !== Kind.short_var_declaration || go.shortVarDeclaration.right(tree, statement) !== parent) return false;
  const names = children(tree, go.shortVarDeclaration.left(tree, statement));
  if (names.length !== count) return false;
  const symbol = types.scopes.symbolOf(names[index]);
  return symbol !== undefined && symbol.declaration === names[index] && isReadInParts({ tree, types, scopes: types.scopes }, symbol);
}

/** `&f().x` and `f().x[:]` do not compile of a value; whatever else stands around reads. */
function isTarget(tree: Context['tree'], node: Node): boolean {
  return tree.kind[tree.parent[node]] === Kind.unary_expression && tree.source[tree.start[tree.parent[node]]] === 0x26;
}

function reportOf(
  context: Context,
  fn: Node,
  result: Result,
  handed: readonly Node[],
  { call, isDirect }: Repeated,
  areAllReaders: boolean,
): Report {
  const { tree, file } = context;
  const stored = handed.filter((value) => !isZeroLiteral(context, value));
  const name = textOf(tree, go.functionDeclaration.name(tree, fn));
  return {
    at: { start: tree.start[result.type], end: tree.end[result.type] },
    message: 'result',
    data: { type: typeName(context, stored[0]), size: result.size, function: name, place: quoted(tree, stored[0]) },
    related: [
      noteAt(file, stored[0], 'copied here'),
      noteAt(call.file, call.node, isDirect ? 'called again on every iteration' : 'called again whenever this function is'),
    ],
    fixes: areAllReaders && !handed.some((value) => isCopyOfStored(context, value)) ? [pointerFix(context, result, handed, name)] : [],
    certainty: 'likely',
    ...(isDirect ? { severity: 'information' } : {}),
  };
}

function pointerFix(context: Context, { type }: Result, handed: readonly Node[], name: string): RuleFix {
  const { tree } = context;
  const edits: FileEdit[] = handed.map((value) => {
    if (!isStored(context, value)) return { range: { start: tree.start[value], end: tree.end[value] }, newText: 'nil' };
    const at = unparenthesized(tree, value);
    if (isDereference(context, at)) return removal(tree.start[at], tree.start[go.unaryExpression.operand(tree, at)]);
    return insertion(tree.start[value], '&');
  });
  return {
    title: `Return a pointer from ${name}; callers then see what becomes of the value after the call`,
    safety: 'suggestion',
    edits: [insertion(tree.start[type], '*'), ...edits],
  };
}
