/** The statements that start a goroutine: `go f(x)`, `go func() { … }()`, and `Go` of an errgroup or a WaitGroup. */
import { children, enclosingFunction, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { calledFunction, plainArguments } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';

/** A goroutine that a statement starts. */
export interface Start {
  /** go_statement, or the expression_statement of a `Go`. */
  readonly statement: Node;
  /** The innermost function around the statement. */
  readonly fn: Node;
  /** The func_literal that runs, NONE for a named function. */
  readonly literal: Node;
  /** The call that `go` makes; NONE for a `Go`. */
  readonly call: Node;
  /** The errgroup as it is written, or NONE: it has a limit of its own to set. */
  readonly group: Node;
}

/** `Go` of these waits for nothing, unless a limit is set on the first. */
const ERRGROUP = 'golang.org/x/sync/errgroup.Group.Go';
const WAITGROUP = 'sync.WaitGroup.Go';

/** Undefined for a go statement with a syntax error. */
export function goStatementStart({ tree }: Pick<RuleContext, 'tree'>, statement: Node): Start | undefined {
  const [call] = children(tree, statement);
  if (call === undefined || tree.kind[call] !== Kind.call_expression) return undefined;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  const literal = tree.kind[called] === Kind.func_literal ? called : NONE;
  return { statement, fn: enclosingFunction(tree, statement), literal, call, group: NONE };
}

/** A `Go` that is a statement and is given a literal; undefined for all else that is called so. */
export function groupStart(context: Pick<RuleContext, 'tree' | 'types'>, call: Node): Start | undefined {
  const { tree } = context;
  const statement = tree.parent[call];
  const [literal, ...more] = plainArguments(tree, call) ?? [];
  if (tree.kind[statement] !== Kind.expression_statement || literal === undefined || more.length > 0) return undefined;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[literal] !== Kind.func_literal || tree.kind[called] !== Kind.selector_expression) return undefined;
  const name = calledFunction(context, call);
  if (name !== ERRGROUP && name !== WAITGROUP) return undefined;
  const group = name === ERRGROUP ? go.selectorExpression.operand(tree, called) : NONE;
  return { statement, fn: enclosingFunction(tree, statement), literal, call: NONE, group };
}
