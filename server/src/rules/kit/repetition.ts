/**
 * Code that is paid for again and again: what a loop comes back to, and what runs once per request or iteration of a benchmark.
 * Branches that a program seldom takes do not count, however often the loop around them iterates: those that leave the loop, that
 * handle an error, or that run only when somebody wants to see more.
 */
import { type ControlFlow, positionOf, type Type, type Types } from '../../model/index.ts';
import {
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
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isCalledOften } from './hot-code.ts';
import { isShort } from './short-loops.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file' | 'flow'>;

/** `loop`: the innermost for_statement whose iterations come back to the code. `call`: no loop does, but the function is called often. */
export type Repetition = { readonly per: 'iteration'; readonly loop: Node } | { readonly per: 'call' };

/** Undefined for what is not known to run often. */
export function repetitionOf(context: Context, node: Node): Repetition | undefined {
  const { tree } = context;
  const fn = enclosingFunction(tree, node);
  if (fn === NONE || isSeldomCalled(tree, fn) || isSeldomTaken(context, node, fn)) return undefined;
  const loop = loopAround(context, node, fn);
  if (loop !== NONE) return { per: 'iteration', loop };
  return isCalledOften(context, node) ? { per: 'call' } : undefined;
}

/** Whether nothing between the loop and the node decides if the node is reached. */
export function isOnEveryIteration(tree: Tree, node: Node, loop: Node): boolean {
  for (let at = node; at !== loop && at !== NONE; at = tree.parent[at]) if (DECIDES.has(tree.kind[at])) return false;
  return true;
}

const DECIDES: ReadonlySet<number> = new Set([
  Kind.if_statement,
  Kind.expression_case,
  Kind.type_case,
  Kind.communication_case,
  Kind.default_case,
]);

/** `init`, and functions by which values are shown to people who look for something, told by their names. */
export function isSeldomCalled(tree: Tree, fn: Node): boolean {
  const name = textOf(tree, go.functionDeclaration.name(tree, fn));
  if (tree.kind[fn] === Kind.method_declaration && SHOWING.test(name)) return true;
  return LOOKING.test(name) || (tree.kind[fn] === Kind.function_declaration && name === 'init');
}

const SHOWING = /^(?:(?:go|debug)?string|(?:safe)?format|error|describe)$/i;
const LOOKING = /(?:^(?:debug|dump|usage|help)|Debug|Dump|Usage)(?:f|ln)?(?:[A-Z]|$)/;

function loopAround(context: Context, node: Node, fn: Node): Node {
  const { tree } = context;
  for (let at = tree.parent[node]; at !== fn && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.for_statement && comesBack(context.flow(fn), tree, at, node) && !isShort(context, at)) return at;
  }
  return NONE;
}

/** Whether a loop of the innermost function comes back to the node: what stands in a `return`, or in front of one, is done once. */
export function isComeBackTo(context: Pick<RuleContext, 'tree' | 'flow'>, node: Node): boolean {
  const { tree } = context;
  const fn = enclosingFunction(tree, node);
  for (let at = tree.parent[node]; at !== fn && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.for_statement && comesBack(context.flow(fn), tree, at, node)) return true;
  }
  return false;
}

/** Whether a way through the loop alone leads from the node to itself. */
function comesBack(flow: ControlFlow, tree: Tree, loop: Node, node: Node): boolean {
  const from = positionOf(flow, tree, node)?.block;
  if (from === undefined) return false;
  const seen = new Set<number>();
  const pending = [...flow.blocks[from].successors];
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    if (block === from) return true;
    const { nodes, successors } = flow.blocks[block];
    if (seen.has(block) || !nodes.every((each) => encloses(tree, loop, each))) continue;
    seen.add(block);
    pending.push(...successors);
  }
  return false;
}

/** Whether a branch between the function and the node is one of those that are seldom taken. */
export function isSeldomTaken({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, node: Node, fn: Node): boolean {
  for (let at = node; at !== fn && at !== NONE; at = tree.parent[at]) {
    const parent = tree.parent[at];
    if (tree.kind[parent] === Kind.if_statement && (isSeldomBranch(tree, types, parent, at) || endsInError(tree, types, at))) return true;
    if (tree.kind[parent] === Kind.expression_case && asksFor(tree, types, go.expressionCase.value(tree, parent), '!=')) return true;
  }
  return false;
}

function isSeldomBranch(tree: Tree, types: Types, statement: Node, branch: Node): boolean {
  const condition = go.ifStatement.condition(tree, statement);
  if (go.ifStatement.consequence(tree, statement) === branch) return asksFor(tree, types, condition, '!=') || asksToShow(tree, condition);
  return go.ifStatement.alternative(tree, statement) === branch && asksFor(tree, types, condition, '==');
}

/** Whether a branch ends by returning a new error or by panicking: all before it is done for that. */
function endsInError(tree: Tree, types: Types, block: Node): boolean {
  const last = children(tree, firstChild(tree, block)).at(-1);
  if (last === undefined || tree.kind[block] !== Kind.block) return false;
  const statement = tree.kind[last] === Kind.return_statement || tree.kind[last] === Kind.expression_statement ? last : NONE;
  const made =
    statement === NONE ? [] : [Kind.call_expression, Kind.composite_literal].flatMap((kind) => descendants(tree, statement, kind));
  return made.some((node) => {
    const callee = tree.kind[node] === Kind.call_expression ? types.calleeOf(node) : undefined;
    return (callee?.kind === 'builtin' && callee.name === 'panic') || isErrorType(types, types.typeOf(node));
  });
}

/** Whether the type, or a pointer to it, is one of errors. */
export function isErrorType(types: Types, type: Type): boolean {
  return types.implementsError(type) === true || types.implementsError({ kind: 'pointer', element: type }) === true;
}

/** Whether the condition compares an error with nil (`err != io.EOF` is what most iterations find true), or asks what an error is. */
function asksFor(tree: Tree, types: Types, condition: Node, operator: '==' | '!='): boolean {
  for (let row = condition; row < tree.next[condition]; row++) {
    if (tree.kind[row] === Kind.binary_expression && isComparisonOfError(tree, types, row, operator)) return true;
    if (operator === '!=' && tree.kind[row] === Kind.call_expression) {
      if (/^(?:errors|os)\.(?:Is|As|IsNotExist|IsExist)$/.test(textOf(tree, go.callExpression.function(tree, row)))) return true;
    }
  }
  return false;
}

function isComparisonOfError(tree: Tree, types: Types, comparison: Node, operator: string): boolean {
  if (textOf(tree, go.binaryExpression.operator(tree, comparison)) !== operator) return false;
  const operands = [go.binaryExpression.left(tree, comparison), go.binaryExpression.right(tree, comparison)];
  const isWithNil = operands.some((operand) => tree.kind[unparenthesized(tree, operand)] === Kind.nil);
  return isWithNil && operands.some((operand) => types.implementsError(types.typeOf(operand)) === true);
}

/** Whether the condition is a switch for what is shown: a name such as `debug`, or the question whether a level is enabled. */
function asksToShow(tree: Tree, condition: Node): boolean {
  for (let row = condition; row < tree.next[condition]; row++) {
    if (NAMES.has(tree.kind[row]) && SHOWS.test(textOf(tree, row))) return true;
  }
  return false;
}

const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.field_identifier]);
const SHOWS = /debug|verbos|^trac(?:e|ing)|loglevel|trace$|^(?:Enabled|IsLevelEnabled|V)$/i;
