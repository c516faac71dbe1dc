/** Whether a panic that leaves a function ends the program, so that nothing is left that could be kept. */
import { isStandardLibrary } from '../../model/index.ts';
import { descendants, firstChild, go, isText, Kind, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import { isCommandFramework } from '../kit/aside.ts';
import { allCallsOf } from '../kit/callers.ts';
import type { RuleContext } from '../rule.ts';

/** A function that is only ever started with `go`, and defers nothing that could recover, or that a framework calls as a command. */
export function crashesByPanic(context: RuleContext, fn: Node): boolean {
  const { tree } = context;
  if (isCommandOfFramework(context, fn)) return !descendants(tree, fn, Kind.identifier).some((node) => isText(tree, node, 'recover'));
  if (descendants(tree, fn, Kind.defer_statement).some((statement) => mayRecover(context, statement))) return false;
  if (tree.kind[fn] === Kind.func_literal) return isStarted(tree, tree.parent[fn]);
  const calls = allCallsOf(context, fn);
  return calls !== undefined && calls.length > 0 && calls.every(({ file, node }) => isStarted(file.tree, node));
}

/** A literal says so; of the functions that are deferred by name only those of the standard library are known. */
function mayRecover({ tree, types }: RuleContext, statement: Node): boolean {
  const call = firstChild(tree, statement);
  if (tree.kind[unparenthesized(tree, go.callExpression.function(tree, call))] === Kind.func_literal)
    return descendants(tree, call, Kind.identifier).some((node) => isText(tree, node, 'recover'));
  const callee = types.calleeOf(call);
  return callee.kind !== 'builtin' && !('path' in callee && callee.path !== undefined && isStandardLibrary(callee.path));
}

/** Told by what it is given: `func(*cobra.Command, []string)`. */
function isCommandOfFramework({ tree, types }: RuleContext, fn: Node): boolean {
  return descendants(tree, go.functionDeclaration.parameters(tree, fn), Kind.parameter_declaration).some((each) => {
    const given = types.typeOfTypeNode(go.parameterDeclaration.type(tree, each));
    const type = given.kind === 'pointer' ? given.element : given;
    return type.kind === 'named' && isCommandFramework(type.path);
  });
}

function isStarted(tree: Tree, call: Node): boolean {
  return tree.kind[call] === Kind.call_expression && tree.kind[tree.parent[call]] === Kind.go_statement;
}
