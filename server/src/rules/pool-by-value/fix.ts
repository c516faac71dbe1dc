/** Edits that keep pointers in a pool of plain values: what New makes, what each Get gives and each Put takes. */
import type { GoSymbol, Type } from '../../model/index.ts';
import {
  ancestor,
  children,
  encloses,
  enclosingFunction,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { isUnnamedBeside } from '../kit/callers.ts';
import { indentationAt, insertAfter, insertBefore, lineBreakAt, replacement, statementAround, unusedName } from '../kit/edits.ts';
import { holds } from '../kit/imports.ts';
import { type PoolCall, poolCallAt, poolConstructor } from '../kit/pools.ts';
import { rootOf } from '../kit/root.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file' | 'package'>;

/** A variable that `v := pool.Get().(T)` declares. */
interface Taken {
  readonly variable: GoSymbol;
  readonly statement: Node;
  readonly assertion: Node;
  /** Name for the pointer beside it. */
  readonly pointer: string;
}

/** One fix for the whole pool, or none: a pool that holds both would panic in the first assertion. */
export function pointerFixes(context: Context, put: PoolCall, type: Type): RuleFix[] {
  const { tree, scopes } = context;
  const pool = tree.kind[put.pool] === Kind.identifier ? scopes.symbolOf(put.pool) : undefined;
  const calls = pool === undefined ? undefined : callsOf(context, pool);
  const made = pool === undefined || calls === undefined ? undefined : constructorEdits(context, pool, type);
  if (pool === undefined || calls === undefined || made === undefined) return [];
  const taken = calls.filter(({ method }) => method === 'Get').map((call) => takenBy(context, call, type));
  const known = taken.filter((each) => each !== undefined);
  const puts = calls.filter(({ method }) => method === 'Put').map((call) => putEdits(context, call, known));
  if (known.length < taken.length || puts.some((edits) => edits === undefined)) return [];
  const edits = [...made, ...known.flatMap((each) => takenEdits(context, each)), ...puts.flatMap((each) => each ?? [])];
  return [{ title: `Keep pointers in ${pool.name}`, safety: 'suggestion', edits: inOrder(edits) }];
}

function inOrder(edits: readonly FileEdit[]): FileEdit[] {
  return [...edits].sort((a, b) => a.range.start - b.range.start);
}

/** Every use of a pool that only this file can use; undefined when one is no call of Get or Put. */
function callsOf(context: Context, pool: GoSymbol): readonly PoolCall[] | undefined {
  const { tree, types, scopes, file } = context;
  if (pool.kind !== 'variable' || pool.file !== file || !isOfThisFile(context, pool)) return undefined;
  const calls: PoolCall[] = [];
  for (const { node } of scopes.references(pool)) {
    if (node === pool.declaration) continue;
    const call = tree.parent[tree.parent[node]];
    const found = tree.kind[call] === Kind.call_expression ? poolCallAt(tree, types, call) : undefined;
    if (found?.pool !== node) return undefined;
    calls.push(found);
  }
  return calls;
}

function isOfThisFile({ file, package: pkg }: Context, { name, role }: GoSymbol): boolean {
  if (role === 'local') return true;
  if (role !== 'package' || !/^[\p{Ll}\p{Lo}_]/u.test(name)) return false;
  const bytes = new TextEncoder().encode(name);
  const isNamedIn = ({ source }: Context['tree']): boolean => holds(source, { start: 0, end: source.length }, bytes);
  return isUnnamedBeside(pkg, file, name) && pkg.files.every((each) => each === file || !isNamedIn(each.tree));
}

/** Edits of `New: func() any { return x }`. */
function constructorEdits(context: Context, pool: GoSymbol, type: Type): FileEdit[] | undefined {
  const { tree, types, scopes } = context;
  const literal = initialLiteral(context, pool);
  const fn = literal === NONE ? NONE : poolConstructor(tree, literal);
  const body = fn === NONE ? NONE : go.funcLiteral.body(tree, fn);
  const list = body === NONE ? NONE : firstChild(tree, body);
  const [only, ...others] = list === NONE ? [] : children(tree, list);
  if (only === undefined || others.length > 0 || tree.kind[only] !== Kind.return_statement) return undefined;
  const [value, ...more] = children(tree, firstChild(tree, only));
  if (value === undefined || more.length > 0 || !types.isIdentical(types.typeOf(value), type)) return undefined;
  if (tree.kind[value] === Kind.composite_literal) return [replacement(tree, value, `&${textOf(tree, value)}`)];
  const name = unusedName(tree, scopes, 'value', value);
  const lines = [`${name} := ${textOf(tree, value)}`, `return &${name}`];
  const isOnOneLine = !textOf(tree, body).includes('\n');
  if (isOnOneLine && isAligned(context, pool)) return undefined;
  if (!isOnOneLine) return [insertBefore(tree, only, lines.slice(0, 1)), replacement(tree, value, `&${name}`)];
  const lineBreak = `${lineBreakAt(tree, tree.start[body])}${indentationAt(tree, tree.start[body])}`;
  return [replacement(tree, body, `{${lines.map((line) => `${lineBreak}\t${line}`).join('')}${lineBreak}}`)];
}

/** Whether gofmt lines up the declaration with others, which a value of several lines would change. */
function isAligned({ tree }: Context, pool: GoSymbol): boolean {
  const spec = ancestor(tree, pool.declaration, Kind.var_spec);
  return spec !== NONE && children(tree, tree.parent[spec]).length > 1;
}

/** The `sync.Pool{…}` that the variable is declared with, also behind a `&`; NONE for any other value. */
function initialLiteral({ tree }: Context, pool: GoSymbol): Node {
  const statement = ancestor(tree, pool.declaration, Kind.var_spec, Kind.short_var_declaration);
  const list = tree.kind[statement] === Kind.var_spec ? go.varSpec.value(tree, statement) : go.shortVarDeclaration.right(tree, statement);
  const values = list === NONE ? [] : children(tree, list);
  if (values.length !== 1) return NONE;
  const value = tree.kind[values[0]] === Kind.unary_expression ? go.unaryExpression.operand(tree, values[0]) : values[0];
  return tree.kind[value] === Kind.composite_literal ? value : NONE;
}

/** Undefined unless the call stands in `v := pool.Get().(T)`. */
function takenBy({ tree, types, scopes }: Context, { node }: PoolCall, type: Type): Taken | undefined {
  const assertion = tree.parent[node];
  const statement = tree.parent[tree.parent[assertion]];
  if (tree.kind[assertion] !== Kind.type_assertion_expression || tree.kind[statement] !== Kind.short_var_declaration) return undefined;
  const [name, ...others] = children(tree, go.shortVarDeclaration.left(tree, statement));
  const variable = scopes.symbolOf(name);
  if (others.length > 0 || variable === undefined || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  if (variable.declaration !== name || !types.isIdentical(types.typeOf(assertion), type)) return undefined;
  return { variable, statement, assertion, pointer: unusedName(tree, scopes, `${variable.name}Pointer`, statement) };
}

function takenEdits({ tree }: Context, { variable, statement, assertion, pointer }: Taken): FileEdit[] {
  const asserted = go.typeAssertionExpression.type(tree, assertion);
  return [
    replacement(tree, variable.declaration, pointer),
    replacement(tree, asserted, `*${textOf(tree, asserted)}`),
    insertAfter(tree, statement, [`${variable.name} := *${pointer}`]),
  ];
}

/** The value goes back to where the pointer points, unless it is a slice that never changed. */
function putEdits(context: Context, { node, value }: PoolCall, taken: readonly Taken[]): FileEdit[] | undefined {
  const { tree, types, scopes } = context;
  const written = unparenthesized(tree, value);
  const holder = tree.kind[written] === Kind.slice_expression ? rootOf(tree, written) : written;
  const symbol = tree.kind[holder] === Kind.identifier ? scopes.symbolOf(holder) : undefined;
  const from = taken.find(({ variable }) => variable === symbol);
  const statement = statementAround(tree, node);
  if (symbol === undefined || from === undefined || statement === NONE || !isPlainCall(context, node, statement)) return undefined;
  if (!encloses(tree, symbol.owner, enclosingFunction(tree, node)) && symbol.owner !== enclosingFunction(tree, node)) return undefined;
  const isSlice = types.underlying(types.typeOf(holder)).kind === 'slice';
  const isSame =
    isSlice && written === holder && scopes.references(symbol).every(({ access }) => access === 'read' || access === 'declare');
  const back = isSame ? [] : [insertBefore(tree, statement, [`*${from.pointer} = ${textOf(tree, value)}`])];
  return [...back, replacement(tree, value, from.pointer)];
}

/** Whether the call is the whole statement, or what it defers. */
function isPlainCall({ tree }: Context, call: Node, statement: Node): boolean {
  const isDeferred = tree.kind[statement] === Kind.defer_statement;
  return tree.parent[call] === statement && (isDeferred || tree.kind[statement] === Kind.expression_statement);
}
