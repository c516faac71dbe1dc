/**
 * Returning `T` where a function returns `*T` though none of its callers keeps the pointer. All of it is edited together: the
 * result, what is returned, the variables that carry it, and every call in the package. Where one of these cannot be shown to
 * mean the same for a value, there is no fix. It stays a suggestion, because it changes a signature, and because a pointer that
 * was nil beside an error becomes a zero value.
 */
import { isNeverInlined } from '../../escape/index.ts';
import type { GoSymbol, SourceFile, Types } from '../../model/index.ts';
import { children, descendants, enclosingFunction, go, isBroken, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { allCallsOf, type PackageCall } from '../kit/callers.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';
import { isCopyable } from './fix.ts';
import { isOnlyRead, isOverwritten, keptUse, type Use } from './pointer-uses.ts';

type Context = Pick<RuleContext, 'file' | 'tree' | 'types' | 'scopes' | 'package' | 'escape'>;

export interface ByValue {
  readonly fix: RuleFix;
  /** What is allocated in order to be returned: `&T{}`, `new(T)`, declaring identifiers of variables; in source order. */
  readonly sources: readonly Node[];
}

/** Where the function gives its pointer. */
export interface PointerResult {
  /** The pointer_type as written. */
  readonly node: Node;
  readonly slot: number;
  readonly count: number;
  /** Whether an error goes with it, last. */
  readonly hasError: boolean;
}

interface Variable {
  readonly file: SourceFile;
  readonly types: Types;
  readonly symbol: GoSymbol;
  readonly form: Use['form'];
  /** Whether calls of the function give it its value. */
  readonly isResult: boolean;
}

/** A change in the making. */
interface Draft {
  readonly context: Context;
  readonly fn: Node;
  readonly result: PointerResult;
  readonly calls: readonly PackageCall[];
  readonly edits: FileEdit[];
  /** Grows while it is worked through. */
  readonly variables: Map<GoSymbol, Variable>;
  readonly sources: Node[];
  mayBeNil: boolean;
}

/** Bytes up to which a copy costs less than an allocation without a doubt. */
const LARGEST_VALUE = 128;

/** The change for a function declaration or method; undefined where it cannot be made. */
export function byValue(context: Context, fn: Node): ByValue | undefined {
  const { tree, types } = context;
  const result = pointerResult(context, fn);
  if (result === undefined || !isSmallValue(types, result.node)) return undefined;
  const draft = draftOf(context, fn, result);
  if (draft === undefined || !returnsValues(draft) || !areCallsKept(draft) || !areVariablesKept(draft)) return undefined;
  const written = [...draft.calls.map(({ file }) => file), context.file];
  if (draft.sources.length === 0 || written.some(({ isGenerated }) => isGenerated)) return undefined;
  const name = textOf(tree, go.functionDeclaration.name(tree, fn));
  const zero = draft.mayBeNil ? ', which is a zero value where an error is returned' : '';
  const title = `Return ${textOf(tree, result.node + 1)} from ${name} by value${zero}`;
  return { fix: { title, safety: 'suggestion', edits: draft.edits }, sources: draft.sources.sort((a, b) => a - b) };
}

/** Whether `byValue` is worth asking: false where the declaration alone rules the change out. */
export function mayReturnValue(context: Context, fn: Node): boolean {
  const result = pointerResult(context, fn);
  return result !== undefined && isSmallValue(context.types, result.node) && isNeverInlined(context.tree, fn);
}

/** Whether every call of the function is in view and none keeps the pointer: inlined, the function then allocates nothing. */
export function isReadByAllCallers(context: Context, fn: Node): boolean {
  const result = pointerResult(context, fn);
  const draft = result === undefined ? undefined : draftOf(context, fn, result);
  return draft !== undefined && areCallsKept(draft) && areVariablesKept(draft);
}

function draftOf(context: Context, fn: Node, result: PointerResult): Draft | undefined {
  const calls = allCallsOf(context, fn);
  if (calls === undefined || calls.length === 0) return undefined;
  const { start } = context.tree;
  const star = { path: context.file.path, range: { start: start[result.node], end: start[result.node + 1] }, newText: '' };
  return { context, fn, result, calls, edits: [star], variables: new Map(), sources: [], mayBeNil: false };
}

/** Undefined for generic functions, named results, and where not exactly one result is a pointer. */
function pointerResult({ tree, types }: Context, fn: Node): PointerResult | undefined {
  const result = go.functionDeclaration.result(tree, fn);
  const isGeneric = go.functionDeclaration.typeParameters(tree, fn) !== NONE || hasGenericReceiver({ tree }, fn);
  if (result === NONE || isGeneric || isBroken(tree, fn) || go.functionDeclaration.body(tree, fn) === NONE) return undefined;
  const declared = tree.kind[result] === Kind.parameter_list ? children(tree, result) : [];
  if (declared.some((each) => go.parameterDeclaration.name(tree, each).length > 0)) return undefined;
  const written = declared.length === 0 ? [result] : declared.map((each) => go.parameterDeclaration.type(tree, each));
  const pointers = written.filter((each) => tree.kind[each] === Kind.pointer_type);
  if (pointers.length !== 1) return undefined;
  const last = types.typeOfTypeNode(written[written.length - 1]);
  const hasError = written.length > 1 && last.kind === 'named' && last.path === '' && last.name === 'error';
  return { node: pointers[0], slot: written.indexOf(pointers[0]), count: written.length, hasError };
}

function hasGenericReceiver({ tree }: Pick<Context, 'tree'>, fn: Node): boolean {
  const receiver = tree.kind[fn] === Kind.method_declaration ? go.methodDeclaration.receiver(tree, fn) : NONE;
  return receiver !== NONE && descendants(tree, receiver, Kind.generic_type).length > 0;
}

/** A struct or array of known, moderate size that may be copied. Nothing is allocated for one without a size. */
function isSmallValue(types: Types, written: Node): boolean {
  const type = types.typeOfTypeNode(written);
  if (type.kind !== 'pointer' || isCopyable(types, type.element) !== true) return false;
  const { kind } = types.underlying(type.element);
  const size = types.sizeOf(type.element) ?? 0;
  return (kind === 'struct' || kind === 'array') && size > 0 && size <= LARGEST_VALUE;
}

/** A recovered panic returns nil too. */
function returnsValues(draft: Draft): boolean {
  const { context, fn, result } = draft;
  const { tree } = context;
  if (descendants(tree, fn, Kind.identifier).some((node) => textOf(tree, node) === 'recover')) return false;
  for (const statement of descendants(tree, fn, Kind.return_statement)) {
    if (enclosingFunction(tree, statement) !== fn) continue;
    const values = children(tree, statement + 1);
    if (tree.next[statement] === statement + 1 || values.length !== result.count) return false;
    if (!isReturnable(draft, values[result.slot], values[values.length - 1])) return false;
  }
  return true;
}

type Place = Pick<Use, 'file' | 'types'>;

/** Whether a returned pointer can be a value; `last` is what is returned last beside it. */
function isReturnable(draft: Draft, value: Node, last: Node): boolean {
  const { context } = draft;
  const { tree, types } = context;
  if (tree.kind[value] === Kind.nil) return draft.result.hasError && tree.kind[last] !== Kind.nil && nilBecomesZero(draft, value);
  const operand = tree.kind[value] === Kind.unary_expression ? go.unaryExpression.operand(tree, value) : value;
  if (tree.kind[operand] !== Kind.identifier) return isFreshValue(draft, context, value);
  const symbol = types.scopes.symbolOf(operand);
  if (symbol === undefined || operand === value) return symbol !== undefined && take(draft, context, symbol, 'pointer');
  return removeAddress(draft, context, value) && take(draft, context, symbol, 'value') && isSource(draft, context, symbol.declaration);
}

/** Whether an expression that makes the pointer, so that nobody else has it, can make the value. */
function isFreshValue(draft: Draft, place: Place, value: Node): boolean {
  const { tree } = place.file;
  if (tree.kind[value] === Kind.call_expression) return isOwnCall(draft, place, value) || newBecomesValue(draft, place, value);
  const isLiteral =
    tree.kind[value] === Kind.unary_expression && tree.kind[go.unaryExpression.operand(tree, value)] === Kind.composite_literal;
  return isLiteral && removeAddress(draft, place, value) && isSource(draft, place, value);
}

/** `x` for `&x`; false where another operator stands. */
function removeAddress({ edits }: Draft, { file: { tree, path } }: Place, value: Node): boolean {
  const start = tree.start[value];
  if (tree.kind[go.unaryExpression.operator(tree, value)] !== Kind['&']) return false;
  edits.push({ path, range: { start, end: tree.start[go.unaryExpression.operand(tree, value)] }, newText: '' });
  return true;
}

/** `new(T)` to `T{}`, in a statement of its own: in the header of an `if` the braces would open its body. */
function newBecomesValue(draft: Draft, place: Place, value: Node): boolean {
  const { tree, path } = place.file;
  const callee = place.types.calleeOf(value);
  const [type] = children(tree, go.callExpression.arguments(tree, value));
  const isNew = callee.kind === 'builtin' && callee.name === 'new' && type !== undefined && place.types.isTypeExpression(type);
  if (!isNew || tree.kind[tree.parent[tree.parent[tree.parent[value]]]] !== Kind.statement_list) return false;
  draft.edits.push({ path, range: { start: tree.start[value], end: tree.end[value] }, newText: `${textOf(tree, type)}{}` });
  return isSource(draft, place, value);
}

function nilBecomesZero(draft: Draft, value: Node): boolean {
  const { file, types, tree } = draft.context;
  const type = types.typeOfTypeNode(draft.result.node);
  const text = type.kind === 'pointer' ? types.typeText(type.element, value) : undefined;
  if (text === undefined) return false;
  draft.mayBeNil = true;
  draft.edits.push({ path: file.path, range: { start: tree.start[value], end: tree.end[value] }, newText: `${text}{}` });
  return true;
}

/** Notes an allocation of the function; what its callers allocate for the same variable is theirs. */
function isSource({ context, fn, sources }: Draft, { file }: Place, node: Node): boolean {
  if (file === context.file && enclosingFunction(file.tree, node) === fn) sources.push(node);
  return true;
}

function isOwnCall({ calls }: Draft, { file }: Place, node: Node): boolean {
  return calls.some((call) => call.file === file && call.node === node);
}

/** Takes a variable along, to be looked at when all are known. */
function take({ variables }: Draft, { file, types }: Place, symbol: GoSymbol, form: Use['form'], isResult = false): boolean {
  const known = variables.get(symbol);
  variables.set(symbol, { file, types, symbol, form, isResult: isResult || known?.isResult === true });
  return known === undefined || known.form === form;
}

function areCallsKept(draft: Draft): boolean {
  return draft.calls.every((call) => isCallKept(draft, call));
}

function isCallKept(draft: Draft, call: PackageCall): boolean {
  const { tree } = call.file;
  const parent = tree.parent[call.node];
  const statements: readonly number[] = [Kind.expression_statement, Kind.go_statement, Kind.defer_statement];
  if (statements.includes(tree.kind[parent])) return true;
  if (tree.kind[parent] === Kind.expression_list) return isGiven(draft, call, parent);
  if (draft.result.count > 1) return false;
  const { context, mayBeNil, edits } = draft;
  const kept = keptUse({ ...call, form: 'pointer', isAddressable: false, mayBeNil, escape: context.escape });
  if (kept === undefined || kept === 'whole') return false;
  edits.push(...kept);
  return true;
}

/** The call on the right of a declaration or assignment, or returned from the function itself. */
function isGiven(draft: Draft, { file, types, node }: PackageCall, list: Node): boolean {
  const { tree } = file;
  const { slot, count } = draft.result;
  const statement = tree.parent[list];
  if (tree.kind[statement] === Kind.return_statement) return isReturned(draft, file, node);
  const targets = targetsOf(tree, statement, list);
  const target = count === 1 ? targets?.[children(tree, list).indexOf(node)] : targets?.[slot];
  if (target === undefined || tree.kind[target] !== Kind.identifier) return false;
  if (textOf(tree, target) === '_') return true;
  const symbol = types.scopes.symbolOf(target);
  return symbol !== undefined && take(draft, { file, types }, symbol, 'pointer', true);
}

/** What is on the left of the list of values; undefined for other statements. */
function targetsOf(tree: Context['tree'], statement: Node, list: Node): readonly Node[] | undefined {
  switch (tree.kind[statement]) {
    case Kind.short_var_declaration:
      return children(tree, go.shortVarDeclaration.left(tree, statement));
    case Kind.assignment_statement:
      return textOf(tree, go.assignmentStatement.operator(tree, statement)) === '='
        ? children(tree, go.assignmentStatement.left(tree, statement))
        : undefined;
    case Kind.var_spec:
      return go.varSpec.type(tree, statement) === NONE && go.varSpec.value(tree, statement) === list
        ? go.varSpec.name(tree, statement).filter((name) => tree.kind[name] === Kind.identifier)
        : undefined;
    default:
      return undefined;
  }
}

/** Whether the expression is what the function itself returns in the pointer's place. */
function isReturned({ context, fn, result }: Draft, file: SourceFile, node: Node): boolean {
  const { tree } = file;
  const values = children(tree, tree.parent[node]);
  const isOfFunction = file === context.file && enclosingFunction(tree, node) === fn;
  return isOfFunction && tree.kind[tree.parent[tree.parent[node]]] === Kind.return_statement && values.indexOf(node) === result.slot;
}

function areVariablesKept(draft: Draft): boolean {
  for (const variable of draft.variables.values()) if (!isVariableKept(draft, variable)) return false;
  return true;
}

const ROLES: Readonly<Record<Use['form'], readonly string[]>> = {
  pointer: ['local'],
  value: ['local', 'parameter', 'receiver', 'range'],
};

function isVariableKept(draft: Draft, variable: Variable): boolean {
  const { symbol, types, form } = variable;
  if (symbol.kind !== 'variable' || !ROLES[form].includes(symbol.role ?? '')) return false;
  const references = types.scopes.references(symbol);
  if (references.some(({ within }) => within !== symbol.owner)) return false;
  const mayBeNil = draft.mayBeNil && variable.isResult;
  let isUsed = form === 'value';
  for (const { node, access } of references) {
    const isDefinition = access === 'declare' || (access === 'write' && form === 'pointer');
    if (isDefinition) {
      if (form === 'pointer' && !isDefined(draft, variable, node)) return false;
      continue;
    }
    const use: Use = { ...variable, node, isAddressable: true, mayBeNil, escape: draft.context.escape };
    if (!isVariableUseKept(draft, use)) return false;
    isUsed ||= !isOverwritten(use);
  }
  return isUsed;
}

function isVariableUseKept(draft: Draft, use: Use): boolean {
  const { tree, path } = use.file;
  const address = tree.parent[use.node];
  if (isReturned(draft, use.file, use.form === 'value' ? address : use.node)) return true;
  const kept = keptUse(use);
  if (kept === 'whole') {
    if (!isOnlyRead(use, use.node)) return false;
    draft.edits.push({ path, range: { start: tree.start[use.node], end: tree.start[use.node] }, newText: '&' });
    return true;
  }
  draft.edits.push(...(kept ?? []));
  return kept !== undefined;
}

/** Whether what a declaration or assignment gives the variable can be the value. */
function isDefined(draft: Draft, { file, types }: Variable, node: Node): boolean {
  const { tree } = file;
  const isSpec = tree.kind[tree.parent[node]] === Kind.var_spec;
  const statement = isSpec ? tree.parent[node] : tree.parent[tree.parent[node]];
  const list = isSpec
    ? go.varSpec.value(tree, statement)
    : tree.kind[statement] === Kind.short_var_declaration
      ? go.shortVarDeclaration.right(tree, statement)
      : tree.kind[statement] === Kind.assignment_statement
        ? go.assignmentStatement.right(tree, statement)
        : NONE;
  const targets = list === NONE ? undefined : targetsOf(tree, statement, list);
  if (targets === undefined) return false;
  const values = children(tree, list);
  const index = targets.indexOf(node);
  if (values.length === targets.length) return isFreshValue(draft, { file, types }, values[index]);
  return values.length === 1 && index === draft.result.slot && isOwnCall(draft, { file, types }, values[0]);
}
