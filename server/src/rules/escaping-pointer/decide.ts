/** Which allocations are worth a word, and which: the rule's judgement on what the escape analysis found. */
import { type Allocation, type EscapeSite, isLoopVariable, isNeverInlined, type Sink } from '../../escape/index.ts';
import { type GoSymbol, Since, type Type } from '../../model/index.ts';
import { descendants, enclosingFunction, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { isInError } from '../kit/error-words.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import { isComeBackTo } from '../kit/repetition.ts';
import type { Report, RuleContext } from '../rule.ts';
import { isTakenInBranch } from './branches.ts';
import { type ByValue, byValue, isReadByAllCallers } from './by-value.ts';
import { isMadeToBeReturned } from './constructed.ts';
import { isDemanded, isReusable } from './demanded.ts';
import { copyFix, elementFix, isCopyable } from './fix.ts';
import type { options } from './options.ts';

export type Context = RuleContext<typeof options>;

/** What is said of one allocation. */
export type Decision = Pick<Report, 'message' | 'data' | 'fixes'>;

/** A function and what is known of its pointer result, worked out when a returned allocation is met. */
export interface Returning {
  readonly fn: Node;
  readonly byValue: () => ByValue | undefined;
  readonly isReadByCallers: () => boolean;
}

export function returning(context: Context, fn: Node): Returning {
  let value: { readonly known: ByValue | undefined } | undefined;
  let isRead: boolean | undefined;
  return {
    fn,
    byValue: () => {
      value ??= { known: byValue(context, fn) };
      return value.known;
    },
    isReadByCallers: () => {
      isRead ??= isReadByAllCallers(context, fn);
      return isRead;
    },
  };
}

/** Undefined where the allocation is none of the rule's business. */
export function decide(context: Context, site: EscapeSite, returns: Returning): Decision | undefined {
  if (site.sink === undefined || site.sink.kind === 'panic' || site.sink.kind === 'too-large' || isShared(site.sink)) return undefined;
  const isReturned = site.sink.kind === 'return' && enclosingFunction(context.tree, site.node) === returns.fn;
  const isInlinable = isReturned && !isNeverInlined(context.tree, returns.fn);
  const value = isReturned && !isInlinable ? returns.byValue() : undefined;
  const found = site.kind === 'moved' ? decideVariable(context, site, value) : decideAllocation(context, site);
  const isSpared = !context.options.demanded && found?.fixes?.length === 0 && isDemanded(context, site, found.message);
  const decided = isSpared ? undefined : found;
  if (decided !== undefined && isInlinable && returns.isReadByCallers()) return undefined;
  if (value === undefined || !value.sources.includes(site.node)) return decided;
  if (decided !== undefined) return { ...decided, fixes: [...(decided.fixes ?? []), value.fix] };
  const [first] = value.sources.filter((node) => !isCopyToReturn(context, node));
  return first === site.node && !isError(context, site.node) ? decideReturned(context, site, value) : undefined;
}

/** `current.Store(&next)`: what goroutines share has to outlive the call that makes it. */
function isShared({ called }: Sink): boolean {
  return (called?.kind === 'function' || called?.kind === 'method') && called.path === 'sync/atomic';
}

/** `c := x` of which nothing is used but `&c`, as the rule itself proposes: who wrote it pays only where it is needed. */
function isCopyToReturn({ tree, scopes }: Context, node: Node): boolean {
  const symbol = tree.kind[node] === Kind.identifier ? scopes.symbolOf(node) : undefined;
  const declaration = tree.parent[tree.parent[node]];
  if (symbol === undefined || tree.kind[declaration] !== Kind.short_var_declaration) return false;
  const value = firstChild(tree, go.shortVarDeclaration.right(tree, declaration));
  return tree.kind[value] === Kind.identifier && scopes.references(symbol).length === 2;
}

/** Said once for all that the function returns, because one change takes all of it off the heap. */
function decideReturned({ tree }: Context, site: EscapeSite, value: ByValue): Decision {
  const what = site.kind === 'moved' ? (site.name ?? '') : `The ${describe(tree, site.node) ?? WHAT[site.kind]}`;
  return { message: 'returned', data: { what }, fixes: [value.fix] };
}

/** False only where nothing is said of the allocation, wherever it lives, unless it is what the function could return by value. */
export function mayBeSpokenOf(context: Context, { kind, node }: Allocation): boolean {
  return kind === 'moved' ? isVariableOfInterest(context, node) : isAllocationOfInterest(context, { kind, node });
}

/** Leaves out errors, what older loops share, what only closures hold, and what is made to be returned on every path. */
function isVariableOfInterest(context: Context, node: Node): boolean {
  const { tree, scopes, file } = context;
  const symbol = scopes.symbolOf(node);
  if (symbol === undefined || isErrorTarget(context, symbol) || (isLoopVariable(tree, node) && file.go < Since.iterationVariables))
    return false;
  return scopes.references(symbol).some(({ access, mayTakeAddress }) => access === 'address' || mayTakeAddress === true);
}

/** Leaves out what is neither a pointer nor made often, errors, and what is made to be returned. */
function isAllocationOfInterest(context: Context, { kind, node }: Allocation): boolean {
  if (WHAT[kind] === undefined) return false;
  const isWanted = context.options.allocations && isPointer(context.tree, { kind, node });
  if (!isWanted && !isMadeOften(context, node)) return false;
  return !isReturnedAsMade(context, [node]) && !isError(context, node) && !isInError(context, node);
}

function isMadeOften(context: Context, node: Node): boolean {
  return isComeBackTo(context, node) || isCalledOften(context, node);
}

function decideVariable(context: Context, site: EscapeSite, value: ByValue | undefined): Decision | undefined {
  const { tree, scopes } = context;
  const symbol = scopes.symbolOf(site.node);
  if (symbol === undefined || site.begins === 'capture-reference' || site.begins === 'capture-value') return undefined;
  if (!isVariableOfInterest(context, site.node)) return undefined;
  const isLoop = isLoopVariable(tree, site.node);
  const data = { name: symbol.name };
  const element = isLoop ? elementFix(context, symbol) : undefined;
  const copy = copyFix(context, symbol);
  const fixes = [...(copy === undefined ? [] : [copy]), ...(element === undefined ? [] : [element])];
  if (element !== undefined) return { message: 'element', data, fixes };
  if (isTakenInBranch(context, symbol)) return { message: 'branch', data, fixes };
  const addresses = scopes.references(symbol).filter(({ access }) => access === 'address');
  if (
    isConstructed(
      context,
      site,
      addresses.map(({ node }) => tree.parent[node]),
    ) ||
    value?.sources.includes(site.node)
  )
    return undefined;
  return { message: adviceFor(context, site, symbol), data, fixes };
}

/** `var e *fs.PathError` for `errors.As(err, &e)`: a variable of one type of errors, which a program meets seldom. */
function isErrorTarget({ types }: Context, symbol: GoSymbol): boolean {
  const type = types.typeOfSymbol(symbol);
  return types.underlying(type).kind !== 'interface' && types.implementsError(type) === true;
}

/** A lock cannot be kept or passed as a value, nor can an array whose slice is read or filled, nor what others ask for. */
function adviceFor(context: Context, site: EscapeSite, symbol: GoSymbol): string {
  const { tree, scopes, types } = context;
  const type = types.typeOfSymbol(symbol);
  if (isCopyable(types, type) === false) return 'uncopyable';
  const isSliced = scopes.references(symbol).some(({ node }) => tree.kind[tree.parent[node]] === Kind.slice_expression);
  if (isSliced && types.underlying(type).kind === 'array') return 'buffer';
  return site.sink?.isAssumed === true && isReusable(context, site) ? 'iteration' : 'variable';
}

function decideAllocation(context: Context, site: EscapeSite): Decision | undefined {
  const what = WHAT[site.kind];
  if (what === undefined || site.sink === undefined) return undefined;
  if (!isAllocationOfInterest(context, site) || isConstructed(context, site, [site.node])) return undefined;
  const isWanted = context.options.allocations && isPointer(context.tree, site);
  if (!isWanted && !HANDED_ON.has(site.sink.kind)) return undefined;
  const message = site.isInInterface ? 'interface' : HANDED_ON.has(site.sink.kind) ? 'allocation' : 'kept';
  return { message, data: { what: describe(context.tree, site.node) ?? what }, fixes: [] };
}

/** Whether the value, told by the expressions that give its address, is what a constructor makes. */
function isConstructed(context: Context, site: EscapeSite, addresses: readonly Node[]): boolean {
  return (!context.options.constructors && site.sink?.kind === 'return') || isReturnedAsMade(context, addresses);
}

function isReturnedAsMade(context: Context, addresses: readonly Node[]): boolean {
  return !context.options.constructors && addresses.some((address) => isMadeToBeReturned(context, address));
}

/** What gives an address, where slices and maps are what they are. */
function isPointer(tree: Tree, { kind, node }: Allocation): boolean {
  return kind === 'new' || (kind === 'composite' && tree.kind[node] === Kind.unary_expression);
}

const HANDED_ON: ReadonlySet<string> = new Set(['argument', 'receiver', 'send', 'goroutine', 'defer', 'box']);

const WHAT: Readonly<Record<string, string | undefined>> = { composite: 'literal', new: 'new value' };

function describe(tree: Tree, node: Node): string | undefined {
  const [literal] = descendants(tree, node, Kind.composite_literal);
  const type = literal === undefined ? NONE : go.compositeLiteral.type(tree, literal);
  const name = textOf(tree, type);
  if (name === '' || name.length > LONGEST_TYPE || name.includes('\n')) return undefined;
  return tree.kind[node] === Kind.unary_expression ? `&${name} literal` : `${name} literal`;
}

const LONGEST_TYPE = 40;

/** Whether the allocation is an error value, of which a program makes few. */
export function isError({ tree, types }: Context, node: Node): boolean {
  const own = types.typeOf(node);
  const type: Type = tree.kind[node] === Kind.identifier ? { kind: 'pointer', element: own } : own;
  const name = textOf(tree, go.compositeLiteral.type(tree, firstChild(tree, node)));
  return types.implementsError(type) !== false || name.endsWith('Error');
}
