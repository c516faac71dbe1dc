/** Constant patterns that a function compiles for itself: what is done with the result, and how often the place is come to. */
import { outerParentheses, type Reference } from '../../model/index.ts';
import { children, enclosingFunction, go, isText, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { Options, RuleContext } from '../rule.ts';

type Context = RuleContext<Options>;

export interface Compilation {
  readonly call: Node;
  readonly pattern: Node;
  /** `direct`: a method is called on the result; `variable`: only methods are called on the variable it is given to; `match`: regexp.Match and its like. */
  readonly kind: 'direct' | 'variable' | 'match';
  /** Of `variable`: the statement that declares it, and the identifiers that use it. */
  readonly statement: Node;
  readonly uses: readonly Node[];
  readonly isInLoop: boolean;
}

const COMPILING: ReadonlySet<string> = new Set(
  ['MustCompile', 'Compile', 'MustCompilePOSIX', 'CompilePOSIX'].map((name) => `regexp.${name}`),
);
const MATCHING: ReadonlySet<string> = new Set(['Match', 'MatchString', 'MatchReader'].map((name) => `regexp.${name}`));

/** Undefined where the pattern varies, the result is kept by somebody, or the place is come to once. */
export function compilationAt(context: Context, call: Node): Compilation | undefined {
  const { tree, types } = context;
  const called = calledFunction(context, call) ?? '';
  const isMatch = MATCHING.has(called);
  if (!isMatch && !COMPILING.has(called)) return undefined;
  const [pattern] = children(tree, go.callExpression.arguments(tree, call));
  if (pattern === undefined || typeof types.constantOf(pattern) !== 'string') return undefined;
  const reach = reachOf(context, call);
  if (reach === 'once') return undefined;
  const base = { call, pattern, statement: NONE, uses: [], isInLoop: reach === 'loop' };
  if (isMatch) return { ...base, kind: 'match' };
  if (isReceiver(tree, call)) return { ...base, kind: 'direct' };
  const variable = variableOf(context, call);
  return variable === undefined ? undefined : { ...base, kind: 'variable', ...variable };
}

/** Whether a method is called on the expression; not one that changes the regexp, which could not be shared then. */
function isReceiver(tree: Tree, node: Node): boolean {
  const selector = tree.parent[outerParentheses(tree, node)];
  if (tree.kind[selector] !== Kind.selector_expression || isText(tree, go.selectorExpression.field(tree, selector), 'Longest'))
    return false;
  const outer = outerParentheses(tree, selector);
  return tree.kind[tree.parent[outer]] === Kind.call_expression && go.callExpression.function(tree, tree.parent[outer]) === outer;
}

/** The new local variable that is given the result, if methods are all that is called for by it, in the same function. */
function variableOf({ tree, scopes }: Context, call: Node): Pick<Compilation, 'statement' | 'uses'> | undefined {
  const list = tree.parent[call];
  const statement = tree.parent[list];
  const isDeclared = tree.kind[list] === Kind.expression_list && tree.kind[statement] === Kind.short_var_declaration;
  if (!isDeclared || children(tree, list).length !== 1) return undefined;
  const [name] = children(tree, go.shortVarDeclaration.left(tree, statement));
  const symbol = scopes.symbolOf(name);
  if (symbol === undefined || symbol.declaration !== name) return undefined;
  const uses = scopes.references(symbol).filter(({ node }) => node !== name);
  const isUsedHere = ({ node, access, within }: Reference): boolean =>
    (access === 'read' || access === 'address') && within === symbol.owner && isReceiver(tree, node);
  return uses.length > 0 && uses.every(isUsedHere) ? { statement, uses: uses.map(({ node }) => node) } : undefined;
}

/** What is known of the file that a place is in. */
type Surroundings = Pick<Context, 'tree' | 'file' | 'types' | 'package'>;

/** Functions that are followed from the place up to where the program starts. */
const DEPTH = 3;

/** How often the code runs, as far as what is around it says: literals that are called where they stand run as often as that place. */
function reachOf(around: Surroundings, node: Node, depth = DEPTH): 'once' | 'call' | 'loop' {
  const { tree, file } = around;
  let isInLoop = false;
  for (let at = node, fn = enclosingFunction(tree, node); ; fn = enclosingFunction(tree, at)) {
    isInLoop ||= isRepeated(tree, at, fn);
    if (fn === NONE) return 'once';
    const often = isInLoop ? 'loop' : 'call';
    if (tree.kind[fn] !== Kind.func_literal) {
      const isOnce = !isInLoop && (isStartOf(tree, fn, file.packageName) || isCalledOnlyAtStart(around, fn, depth));
      return isOnce ? 'once' : often;
    }
    if (isGivenToOnce(around, fn)) return 'once';
    const parent = tree.parent[outerParentheses(tree, fn)];
    if (tree.kind[parent] !== Kind.call_expression) return often;
    at = parent;
  }
}

/** Whether all calls of a function, outside tests, are in view, and each of them is made once. */
function isCalledOnlyAtStart(around: Surroundings, fn: Node, depth: number): boolean {
  const calls = depth === 0 ? undefined : allCallsOf(around, fn)?.filter(({ file }) => !file.isTest);
  if (calls === undefined || calls.length === 0) return false;
  return calls.every(
    ({ file, types, node }) => reachOf({ package: around.package, tree: file.tree, file, types }, node, depth - 1) === 'once',
  );
}

function isRepeated(tree: Tree, node: Node, fn: Node): boolean {
  for (let at = tree.parent[node]; at !== fn && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.for_statement && node > go.forStatement.body(tree, at)) return true;
  }
  return false;
}

function isStartOf(tree: Tree, fn: Node, packageName: string): boolean {
  const name = go.functionDeclaration.name(tree, fn);
  return isText(tree, name, 'init') || (packageName === 'main' && isText(tree, name, 'main'));
}

/** Whether a func_literal is handed to a sync.Once, or made into a function that runs it once. */
function isGivenToOnce(around: Surroundings, literal: Node): boolean {
  const { tree } = around;
  const list = tree.parent[outerParentheses(tree, literal)];
  if (tree.kind[list] !== Kind.argument_list) return false;
  return /^sync\.(?:Once\.Do|OnceFunc|OnceValues?)$/.test(calledFunction(around, tree.parent[list]) ?? '');
}
