/** Code that runs often by what it is: loop bodies, HTTP handlers, benchmarks. What costs there is worth more than a hint. */
import { loopDepth } from '../../escape/index.ts';
import type { Type } from '../../model/index.ts';
import { enclosingFunction, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

/** Whether the node stands in a loop of its function, or in a function that serves requests or is a benchmark. */
export function isHot(context: Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>, node: Node): boolean {
  if (loopDepth(context.tree, node) > 1) return true;
  for (let fn = enclosingFunction(context.tree, node); fn !== NONE; fn = enclosingFunction(context.tree, fn)) {
    if (isHandler(context, fn) || isBenchmark(context, fn)) return true;
  }
  return false;
}

function isHandler({ tree, types, scopes }: Pick<RuleContext, 'tree' | 'types' | 'scopes'>, fn: Node): boolean {
  const name = go.functionDeclaration.name(tree, fn);
  if (tree.kind[fn] === Kind.method_declaration) return textOf(tree, name) === 'ServeHTTP';
  const symbol = name === NONE ? undefined : scopes.symbolOf(name);
  const type = symbol === undefined ? types.typeOf(fn) : types.typeOfSymbol(symbol);
  return type.kind === 'function' && type.parameters.some(isRequest);
}

function isRequest(type: Type): boolean {
  return type.kind === 'pointer' && type.element.kind === 'named' && type.element.path === 'net/http' && type.element.name === 'Request';
}

function isBenchmark({ tree, file }: Pick<RuleContext, 'tree' | 'file'>, fn: Node): boolean {
  return file.isTest && textOf(tree, go.functionDeclaration.name(tree, fn)).startsWith('Benchmark');
}
