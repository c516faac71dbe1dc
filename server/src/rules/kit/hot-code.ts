/** Code that runs often by what it is: loop bodies, HTTP handlers, benchmarks. What costs there is worth more than a hint. */
import { loopDepth } from '../../escape/index.ts';
import { outerParentheses } from '../../model/index.ts';
import { enclosingFunction, go, isText, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isOrPointsTo } from './named-types.ts';

/** Whether the node stands in a loop of its function, or in a function that serves requests or is a benchmark. */
export function isHot(context: Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>, node: Node): boolean {
  return loopDepth(context.tree, node) > 1 || isCalledOften(context, node);
}

/** Whether a function around the node serves requests or is a benchmark. */
export function isCalledOften(context: Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>, node: Node): boolean {
  for (let fn = enclosingFunction(context.tree, node); fn !== NONE; fn = enclosingFunction(context.tree, fn)) {
    if (isHandler(context, fn) || isBenchmark(context, fn)) return true;
  }
  return false;
}

/** Whether the code runs once, when the program starts: what initializes package variables, and `init`, but of the literals in them only what is called where it stands. */
export function isRunOnce(tree: RuleContext['tree'], node: Node): boolean {
  const fn = functionRunning(tree, node);
  if (fn === NONE) return true;
  return tree.kind[fn] === Kind.function_declaration && isText(tree, go.functionDeclaration.name(tree, fn), 'init');
}

/** The function that the code runs with: a literal that is called where it stands belongs to what is around it, where no loop is. */
function functionRunning(tree: RuleContext['tree'], node: Node): Node {
  let fn = enclosingFunction(tree, node);
  while (tree.kind[fn] === Kind.func_literal && isCalledAtOnce(tree, fn) && loopDepth(tree, fn) === 1) fn = enclosingFunction(tree, fn);
  return fn;
}

function isCalledAtOnce(tree: RuleContext['tree'], literal: Node): boolean {
  const outer = outerParentheses(tree, literal);
  const call = tree.parent[outer];
  return tree.kind[call] === Kind.call_expression && go.callExpression.function(tree, call) === outer;
}

/** Whether a function is the program's `main`: when it ends, the process does. */
export function isMain({ tree, file }: Pick<RuleContext, 'tree' | 'file'>, fn: Node): boolean {
  const isDeclared = file.packageName === 'main' && tree.kind[fn] === Kind.function_declaration;
  return isDeclared && isText(tree, go.functionDeclaration.name(tree, fn), 'main');
}

function isHandler({ tree, types, scopes }: Pick<RuleContext, 'tree' | 'types' | 'scopes'>, fn: Node): boolean {
  const name = go.functionDeclaration.name(tree, fn);
  if (tree.kind[fn] === Kind.method_declaration) return textOf(tree, name) === 'ServeHTTP';
  const symbol = name === NONE ? undefined : scopes.symbolOf(name);
  const type = symbol === undefined ? types.typeOf(fn) : types.typeOfSymbol(symbol);
  return type.kind === 'function' && type.parameters.some((each) => isOrPointsTo(each, 'net/http', 'Request'));
}

function isBenchmark({ tree, file }: Pick<RuleContext, 'tree' | 'file'>, fn: Node): boolean {
  return file.isTest && textOf(tree, go.functionDeclaration.name(tree, fn)).startsWith('Benchmark');
}

/** Whether the node stands in a loop by which a benchmark measures: what is there is what its author wants to know the cost of. */
export function isMeasured({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, node: Node): boolean {
  for (let at = tree.parent[node]; at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.for_statement && isTurnedByBenchmark(tree, types, at)) return true;
  }
  return false;
}

/** `for range b.N`, `for b.Loop()`, `for pb.Next()`. */
function isTurnedByBenchmark(tree: Tree, types: RuleContext['types'], loop: Node): boolean {
  const body = go.forStatement.body(tree, loop);
  for (let row = loop + 1; row < body; row++) {
    if (tree.kind[row] !== Kind.selector_expression) continue;
    const type = types.typeOf(go.selectorExpression.operand(tree, row));
    if (isOrPointsTo(type, 'testing', 'B') || isOrPointsTo(type, 'testing', 'PB')) return true;
  }
  return false;
}
