/**
 * Where a context is made together with the function that cancels it. Shared by the rules about cancel functions, so that
 * they agree on what one is: known by the types of a call's results, or by name where the standard library's types are not
 * at hand.
 */
import type { Callee, GoSymbol, Type } from '../../../model/index.ts';
import {
  ancestor,
  childOf,
  children,
  enclosingFunction,
  Field,
  firstChild,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { keepsResult } from './own-makers.ts';

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types' | 'package'>;

/** One statement that receives a context and its cancel function, or something else that is to be stopped (`stop-sources.ts`). */
export interface CancelSource {
  readonly kind: 'context' | 'signals' | 'callback' | 'ticker' | 'timer';
  /** short_var_declaration, assignment_statement or var_spec; the call itself where nothing receives its result. */
  readonly statement: Node;
  readonly call: Node;
  /** Function, method or literal around it. */
  readonly fn: Node;
  /**
   * What receives the context, the cancel function, and an error or else a bool where the call gives one (NONE otherwise). Of
   * a ticker or timer `context` and `cancel` are the same; without a receiver `cancel` is the call.
   */
  readonly context: Node;
  readonly cancel: Node;
  readonly error: Node;
  readonly ok: Node;
  /** A CancelCauseFunc, which takes the cause as its argument. */
  readonly takesCause: boolean;
  /** The called function as it is written. */
  readonly name: string;
  /** What ends it if nobody does. */
  readonly ends: 'parent' | 'deadline' | 'either' | 'nothing';
}

/** The package, and the one it grew out of, which forwards to it. */
const CONTEXT_PACKAGES: ReadonlySet<string> = new Set(['context', 'golang.org/x/net/context']);

const CONSTRUCTORS: ReadonlyMap<string, Pick<CancelSource, 'takesCause' | 'ends'>> = new Map([
  ['WithCancel', { takesCause: false, ends: 'parent' }],
  ['WithCancelCause', { takesCause: true, ends: 'parent' }],
  ['WithTimeout', { takesCause: false, ends: 'deadline' }],
  ['WithTimeoutCause', { takesCause: false, ends: 'deadline' }],
  ['WithDeadline', { takesCause: false, ends: 'deadline' }],
  ['WithDeadlineCause', { takesCause: false, ends: 'deadline' }],
]);

/**
 * Reads a short_var_declaration, assignment_statement or var_spec; undefined when it makes no context, outside functions, and
 * where of several results the error alone is wanted.
 */
export function cancelSourceAt(known: Known, statement: Node): CancelSource | undefined {
  const { tree } = known;
  const left = childOf(tree, statement, Field.left);
  if (left !== NONE && isAlone(tree, left)) return undefined;
  const [targets, values] = sidesOf(tree, statement);
  if (values.length !== 1 || targets.length < 2) return undefined;
  const call = unparenthesized(tree, values[0]);
  if (tree.kind[call] !== Kind.call_expression) return undefined;
  const results = resultsOf(known, call);
  const fn = enclosingFunction(tree, statement);
  if (results === undefined || results.count !== targets.length || fn === NONE) return undefined;
  const at = (result: number): Node => (result < 0 ? NONE : unparenthesized(tree, targets[result]));
  const isErrorAlone = results.error >= 0 && isBlank(tree, targets[results.context]) && isBlank(tree, targets[results.cancel]);
  if (isErrorAlone) return undefined;
  return {
    kind: 'context',
    statement,
    call,
    fn,
    context: at(results.context),
    cancel: at(results.cancel),
    error: at(results.error),
    ok: at(results.ok),
    takesCause: results.takesCause,
    name: textOf(tree, go.callExpression.function(tree, call)),
    ends: results.ends,
  };
}

/** Most assignments are to one variable, and are done with before any list is made. */
function isAlone(tree: Tree, list: Node): boolean {
  return tree.next[firstChild(tree, list)] === tree.next[list];
}

/** The context that the call derives the new one from, as far as the first argument says; NONE without one. */
export function parentOf(tree: Tree, { call }: CancelSource): Node {
  const [parent] = children(tree, go.callExpression.arguments(tree, call));
  return parent !== undefined && tree.kind[parent] === Kind.identifier ? parent : NONE;
}

/** Left and right sides of an assignment or declaration. */
export function sidesOf(tree: Tree, statement: Node): readonly [readonly Node[], readonly Node[]] {
  switch (tree.kind[statement]) {
    case Kind.short_var_declaration:
      return [children(tree, go.shortVarDeclaration.left(tree, statement)), children(tree, go.shortVarDeclaration.right(tree, statement))];
    case Kind.assignment_statement:
      return [children(tree, go.assignmentStatement.left(tree, statement)), children(tree, go.assignmentStatement.right(tree, statement))];
    case Kind.var_spec: {
      const value = go.varSpec.value(tree, statement);
      return [go.varSpec.name(tree, statement), value === NONE ? [] : children(tree, value)];
    }
    default:
      return [[], []];
  }
}

/** The assignment or declaration that gives a name its value. */
export function assignmentAround(tree: Tree, name: Node): Node {
  const parent = tree.parent[name];
  return tree.kind[parent] === Kind.expression_list ? tree.parent[parent] : parent;
}

interface Results {
  readonly count: number;
  readonly context: number;
  readonly cancel: number;
  /** -1 without one. */
  readonly error: number;
  /** A bool where there is no error; -1 without one. */
  readonly ok: number;
  readonly takesCause: boolean;
  readonly ends: CancelSource['ends'];
}

/** `signal.NotifyContext` is left out: its stop function has a rule of its own. */
function resultsOf({ tree, scopes, types }: Known, call: Node): Results | undefined {
  const maker = CONSTRUCTORS.get(contextFunction({ tree, scopes, types }, call));
  if (maker !== undefined && leavesNothing({ tree, types }, call)) return undefined;
  if (maker !== undefined) return { count: 2, context: 0, cancel: 1, error: -1, ok: -1, ...maker };
  const callee = types.calleeOf(call);
  if (callee.kind === 'function' && callee.path === 'os/signal') return undefined;
  const type = types.typeOf(call);
  if (type.kind !== 'tuple' || isOverAtOnce({ tree, types }, callee, call)) return undefined;
  const { elements } = type;
  const context = elements.findIndex((element) => isContextType(element));
  const cancel = elements.findIndex((element) => cancelKind(element) !== undefined);
  if (context < 0 || cancel < 0) return undefined;
  const declaration = callee.kind === 'function' || callee.kind === 'method' ? callee.declaration : undefined;
  const isOwn = declaration !== undefined && types.packageOf(declaration.file) === types.package;
  if (isOwn && keepsResult(types, declaration, cancel)) return undefined;
  // A further channel or function may be another way to end the context.
  const isWay = (element: Type): boolean => ['channel', 'function'].includes(types.underlying(element).kind);
  if (elements.some((element, i) => i !== cancel && isWay(element))) return undefined;
  const error = elements.findIndex((element) => isNamed(element, '', 'error'));
  const ok = error < 0 ? elements.findIndex((element) => element.kind === 'basic' && element.name === 'bool') : -1;
  const takesCause = cancelKind(elements[cancel]) === 'CancelCauseFunc';
  return { count: elements.length, context, cancel, error, ok, takesCause, ends: 'either' };
}

/** Whether the call panics, for a nil parent, or makes a context that has ended already: its time is up, and it holds nothing. */
function leavesNothing({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, call: Node): boolean {
  const [parent, limit] = children(tree, go.callExpression.arguments(tree, call));
  if (parent === undefined || tree.kind[parent] === Kind.nil) return true;
  return limit !== undefined && (isAtMostZero(types, limit) || isPast({ tree, types }, limit));
}

/** Whether a module's own `WithTimeout` or `WithDeadline` gets a limit that is over. */
function isOverAtOnce(known: Pick<RuleContext, 'tree' | 'types'>, callee: Callee, call: Node): boolean {
  const name = callee.kind === 'function' || callee.kind === 'method' ? callee.name : '';
  return /(?:^|\.)With(?:Timeout|Deadline)$/.test(name) && leavesNothing(known, call);
}

function isAtMostZero(types: RuleContext['types'], node: Node): boolean {
  const constant = types.constantOf(node);
  return typeof constant === 'bigint' && constant <= 0n;
}

/** `time.Now()`, or `time.Now().Add` of a constant that is not positive. */
function isPast({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, node: Node): boolean {
  if (tree.kind[node] !== Kind.call_expression) return false;
  const callee = types.calleeOf(node);
  if (callee.kind === 'function') return callee.path === 'time' && callee.name === 'Now';
  if (callee.kind !== 'method' || callee.path !== 'time' || callee.name !== 'Time.Add') return false;
  const [step] = children(tree, go.callExpression.arguments(tree, node));
  const now = go.selectorExpression.operand(tree, unparenthesized(tree, go.callExpression.function(tree, node)));
  return step !== undefined && isAtMostZero(types, step) && isPast({ tree, types }, now);
}

/** Name of the function of a context package that a call calls, or ''. */
export function contextFunction({ tree, scopes, types }: Pick<RuleContext, 'tree' | 'scopes' | 'types'>, call: Node): string {
  const callee = types.calleeOf(call);
  if (callee.kind === 'function') return CONTEXT_PACKAGES.has(callee.path) ? callee.name : '';
  if (callee.kind !== 'unknown') return '';
  const written = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[written] !== Kind.selector_expression) return '';
  const symbol = scopes.symbolOf(go.selectorExpression.operand(tree, written));
  const path = symbol?.kind === 'import' ? scopes.importOf(symbol)?.path : undefined;
  return path !== undefined && CONTEXT_PACKAGES.has(path) ? textOf(tree, go.selectorExpression.field(tree, written)) : '';
}

export function isContextType(type: Type): boolean {
  return isNamed(type, 'context', 'Context');
}

function cancelKind(type: Type): 'CancelFunc' | 'CancelCauseFunc' | undefined {
  if (isNamed(type, 'context', 'CancelFunc')) return 'CancelFunc';
  return isNamed(type, 'context', 'CancelCauseFunc') ? 'CancelCauseFunc' : undefined;
}

function isNamed(type: Type, path: string, name: string): boolean {
  return type.kind === 'named' && type.path === path && type.name === name;
}

/** Whether an expression is written `_`. */
export function isBlank(tree: Tree, node: Node): boolean {
  return textOf(tree, node) === '_';
}

/** The local variable that receives the cancel function; undefined for `_`, fields, elements, and variables of an outer function or the package. */
export function cancelVariable({ tree, scopes }: Pick<Known, 'tree' | 'scopes'>, source: CancelSource): GoSymbol | undefined {
  if (tree.kind[source.cancel] !== Kind.identifier || isBlank(tree, source.cancel)) return undefined;
  const symbol = scopes.symbolOf(source.cancel);
  return symbol?.kind === 'variable' && symbol.owner === source.fn ? symbol : undefined;
}

/** Innermost loop around a node in the node's own function, or NONE. */
export function loopAround(tree: Tree, node: Node): Node {
  const found = ancestor(tree, node, Kind.for_statement, Kind.func_literal, Kind.function_declaration, Kind.method_declaration);
  return isFunction(tree, found) ? NONE : found;
}

/** How the cancel function is called, with no cause where it takes one, or the ticker or timer stopped. */
export function callText(source: CancelSource, name: string): string {
  if (isStoppedByMethod(source)) return `${name}.Stop()`;
  return source.takesCause ? `${name}(nil)` : `${name}()`;
}

/** Whether what is to be stopped is a value with a `Stop` method rather than a function to call. */
export function isStoppedByMethod({ kind }: Pick<CancelSource, 'kind'>): boolean {
  return kind === 'ticker' || kind === 'timer';
}

/** Until when what nobody cancels is kept, as the end of a sentence. */
export function keptUntil(source: CancelSource): string {
  switch (source.ends) {
    case 'parent':
      return 'until its parent is cancelled, which a background context never is';
    case 'deadline':
      return 'until the deadline has passed';
    case 'either':
      return 'until its parent is cancelled or its deadline, if any, has passed';
    case 'nothing':
      return 'for as long as the process lives';
  }
}
