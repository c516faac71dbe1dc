/** A string made of bytes for one lookup in a map: where both stand, and what keeps the compiler from reading the bytes in place. */
import { accessAt, type GoSymbol, outerParentheses, Since } from '../../model/index.ts';
import { children, declaresVariables, encloses, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { rootOf } from '../kit/root.ts';
import { bytesTurnedToString } from '../kit/text-conversions.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

export interface KeyCopy {
  readonly name: string;
  /** The short_var_declaration or var_declaration of the key. */
  readonly statement: Node;
  readonly conversion: Node;
  /** What is converted. */
  readonly value: Node;
  /** The key where it is looked up, and the index_expression that does it. */
  readonly use: Node;
  readonly lookup: Node;
  /**
   * Why the compiler makes the copy (cmd/compile/internal/ssa/_gen/generic.rules, slicebytetostring): memory may change before
   * the lookup; the lookup of large values takes the key by its address; or only releases before the rule was there make it.
   */
  readonly cause: 'effect' | 'values' | 'older';
  /** The first statement with an effect in between; NONE where there is none. */
  readonly effect: Node;
  /** Whether what is in between only takes locks, or defers giving them back, and the bytes are there without a panic, so that they stay what they are. */
  readonly isUndisturbed: boolean;
}

/** Bytes of the largest value in a map whose lookup takes a string as it is (internal/runtime/maps, runtime_faststr). */
const LARGEST_FAST_VALUE = 128;

/** What lies between a declaration and the use of what it declares; rows. */
interface Gap {
  readonly value: Node;
  readonly start: Node;
  readonly use: Node;
  readonly between: readonly Node[];
}

/** Undefined unless the conversion makes a variable that is used once, to look something up, while the bytes stay the same. */
export function keyCopyAt(context: Context, conversion: Node): KeyCopy | undefined {
  const { tree, scopes } = context;
  const value = bytesTurnedToString(context, conversion);
  const declared = value === NONE ? undefined : declarationOf(context, conversion);
  const symbol = declared === undefined ? undefined : scopes.symbolOf(declared.name);
  if (declared === undefined || symbol === undefined || symbol.declaration !== declared.name || symbol.owner === NONE) return undefined;
  const { statement } = declared;
  const use = soleUse(context, symbol);
  const lookup = use === NONE ? NONE : lookupBy(context, use);
  if (lookup === NONE || isInLoopAfter(context, statement, use) || !isPlain(context, value)) return undefined;
  const between = effectsBetween(context, tree.next[statement], use);
  if (between === undefined || isTouched(context, { value, start: tree.next[statement], use, between })) return undefined;
  if (between.some((each) => givesLockBack(context, each))) return undefined;
  const cause = causeOf(context, lookup, between);
  if (cause === undefined) return undefined;
  const isUndisturbed = between.every((each) => isLocking(context, each)) && isSettled(context, value, between, lookup);
  return { name: symbol.name, statement, conversion, value, use, lookup, cause, effect: between[0] ?? NONE, isUndisturbed };
}

function causeOf({ tree, types, file }: Context, lookup: Node, between: readonly Node[]): KeyCopy['cause'] | undefined {
  const map = types.underlying(types.typeOf(go.indexExpression.operand(tree, lookup)));
  const size = map.kind === 'map' ? types.sizeOf(map.element) : undefined;
  if (between.length > 0) return 'effect';
  if (size !== undefined && size > LARGEST_FAST_VALUE) return 'values';
  return file.go < Since.lookupsInPlace ? 'older' : undefined;
}

/** `k := string(b)` or `var k = string(b)`, of one name. */
function declarationOf({ tree }: Context, conversion: Node): { readonly statement: Node; readonly name: Node } | undefined {
  const list = tree.parent[conversion];
  const owner = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || children(tree, list).length !== 1) return undefined;
  if (tree.kind[owner] === Kind.short_var_declaration) {
    const names = children(tree, go.shortVarDeclaration.left(tree, owner));
    return names.length === 1 ? { statement: owner, name: names[0] } : undefined;
  }
  const declaration = tree.parent[owner];
  const isAlone = tree.kind[owner] === Kind.var_spec && tree.kind[declaration] === Kind.var_declaration;
  const [name, ...more] = isAlone ? children(tree, owner) : [];
  return name !== undefined && more.length === 1 && tree.kind[name] === Kind.identifier ? { statement: declaration, name } : undefined;
}

/** The one place that reads the variable, in the function that declares it; NONE where there are more, or others. */
function soleUse({ scopes }: Context, symbol: GoSymbol): Node {
  const [declared, use, ...more] = scopes.references(symbol);
  const isSole = declared?.access === 'declare' && use?.access === 'read' && more.length === 0;
  return isSole && use.within === symbol.owner ? use.node : NONE;
}

/** The index_expression that looks the key up in a map, without storing anything under it. */
function lookupBy({ tree, types }: Context, use: Node): Node {
  const outer = outerParentheses(tree, use);
  const lookup = tree.parent[outer];
  if (tree.kind[lookup] !== Kind.index_expression || go.indexExpression.index(tree, lookup) !== outer) return NONE;
  const isMap = types.underlying(types.typeOf(go.indexExpression.operand(tree, lookup))).kind === 'map';
  return isMap && accessAt(tree, lookup) === 'read' ? lookup : NONE;
}

/** Whether a loop that begins after the declaration repeats the lookup. */
function isInLoopAfter({ tree }: Context, statement: Node, use: Node): boolean {
  for (let at = use; at !== NONE && !encloses(tree, at, statement); at = tree.parent[at])
    if (tree.kind[at] === Kind.for_statement) return true;
  return false;
}

const PLAIN: ReadonlySet<number> = new Set([
  Kind.identifier,
  Kind.field_identifier,
  Kind.selector_expression,
  Kind.slice_expression,
  Kind.index_expression,
  Kind.parenthesized_expression,
  Kind.int_literal,
  Kind.binary_expression,
  Kind['+'],
  Kind['-'],
]);

/** Whether the bytes are named, and not made by a call. */
function isPlain({ tree }: Context, value: Node): boolean {
  for (let row = value; row < tree.next[value]; row++) if (!PLAIN.has(tree.kind[row])) return false;
  return true;
}

const WITH_EFFECT: ReadonlySet<number> = new Set([
  Kind.expression_statement,
  Kind.defer_statement,
  Kind.go_statement,
  Kind.send_statement,
  Kind.receive_statement,
]);

/** What has an effect and comes before the use: statements, and calls and receives in others; undefined where one stores to what may be the bytes. */
function effectsBetween(context: Context, start: Node, use: Node): readonly Node[] | undefined {
  const { tree } = context;
  const found: Node[] = [];
  for (let row = start; row < use; row++) {
    // What holds the lookup stores after it.
    const stores = encloses(tree, row, use) ? NONE : storedBy(tree, row);
    if (stores !== NONE && mayStoreBytes(context, stores)) return undefined;
    const last = found[found.length - 1];
    if (encloses(tree, row, use) || (last !== undefined && encloses(tree, last, row))) continue;
    if (WITH_EFFECT.has(tree.kind[row]) || acts(context, row)) found.push(row);
  }
  return found;
}

/** What a node assigns to: the left side of an assignment, or of a clause that does not declare it; NONE of others. */
function storedBy(tree: Context['tree'], row: Node): Node {
  if (tree.kind[row] === Kind.assignment_statement) return go.assignmentStatement.left(tree, row);
  if (tree.kind[row] === Kind.inc_statement || tree.kind[row] === Kind.dec_statement) return row;
  const isClause = tree.kind[row] === Kind.range_clause || tree.kind[row] === Kind.receive_statement;
  return isClause && !declaresVariables(tree, row) ? go.rangeClause.left(tree, row) : NONE;
}

function mayStoreBytes({ tree, scopes }: Context, stores: Node): boolean {
  for (let at = stores + 1; at < tree.next[stores]; at++) {
    const isPlace =
      tree.kind[at] === Kind.index_expression || tree.kind[at] === Kind.unary_expression || tree.kind[at] === Kind.selector_expression;
    if (isPlace || (tree.kind[at] === Kind.identifier && scopes.symbolOf(at)?.role === 'package')) return true;
  }
  return false;
}

const PURE: ReadonlySet<string> = new Set(['cap', 'len', 'max', 'min']);

/** Whether the node is a call or a receive that may change something. */
function acts({ tree, types }: Context, row: Node): boolean {
  if (tree.kind[row] === Kind.unary_expression) return tree.kind[go.unaryExpression.operator(tree, row)] === Kind['<-'];
  if (tree.kind[row] !== Kind.call_expression) return false;
  const callee = types.calleeOf(row);
  return callee.kind !== 'conversion' && !(callee.kind === 'builtin' && PURE.has(callee.name));
}

/** Whether a variable that the bytes hang on means something else at the use, is changed before it, or is handed to what has an effect. */
function isTouched(context: Context, { value, start, use, between }: Gap): boolean {
  const { tree, scopes } = context;
  const calls = between.filter((each) => !isLocking(context, each));
  for (let row = value; row < tree.next[value]; row++) {
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (tree.kind[row] !== Kind.identifier) continue;
    if (symbol === undefined || symbol.role === 'package' || scopes.lookup(symbol.name, use) !== symbol) return true;
    const inGap = scopes.references(symbol).filter(({ node }) => start <= node && node < use);
    if (inGap.some(({ node, access }) => access !== 'read' || calls.some((call) => encloses(tree, call, node)))) return true;
  }
  return false;
}

/** Whether the bytes are at hand: no panic on the way to them could come after an effect now, or after a panic of the map. */
function isSettled(context: Context, value: Node, between: readonly Node[], lookup: Node): boolean {
  const { tree, types } = context;
  const map = go.indexExpression.operand(tree, lookup);
  const first = rootSymbol(context, between.length === 0 ? map : go.callExpression.function(tree, between[0] + 1));
  for (let row = value; row < tree.next[value]; row++) {
    const kind = tree.kind[row];
    const isCut = kind === Kind.slice_expression || kind === Kind.index_expression;
    if (isCut && (between.length > 0 || tree.kind[map] !== Kind.identifier)) return false;
    if (kind !== Kind.selector_expression) continue;
    const operand = go.selectorExpression.operand(tree, row);
    const isSame = tree.kind[operand] === Kind.identifier && first !== undefined && rootSymbol(context, operand) === first;
    if (types.underlying(types.typeOf(operand)).kind !== 'struct' && !isSame) return false;
  }
  return true;
}

function rootSymbol({ tree, scopes }: Context, expression: Node): GoSymbol | undefined {
  const root = rootOf(tree, expression);
  return tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
}

/** Whether the statement gives a lock back, which may be what keeps others from the bytes until the key is made of them. */
function givesLockBack(context: Context, statement: Node): boolean {
  const isUnlock = /Unlock$/.test(calledFunction(context, statement + 1) ?? '');
  return isUnlock && isLocking(context, statement) && context.tree.kind[statement] !== Kind.defer_statement;
}

function isLocking(context: Context, statement: Node): boolean {
  const { tree } = context;
  const call = statement + 1;
  return tree.kind[call] === Kind.call_expression && LOCKING.has(calledFunction(context, call) ?? '');
}

const LOCKING: ReadonlySet<string> = new Set(
  ['Mutex', 'RWMutex'].flatMap((type) => ['Lock', 'Unlock', 'RLock', 'RUnlock'].map((name) => `sync.${type}.${name}`)),
);
