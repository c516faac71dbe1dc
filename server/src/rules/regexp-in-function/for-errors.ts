/** Functions that are called when something has gone wrong: they make an error, tell what one says, or serve only those that do. */
import type { SourceFile, Types } from '../../model/index.ts';
import { enclosingFunction, go, isText, Kind, NONE, type Node } from '../../syntax/index.ts';
import { allCallsOf, type PackageCall } from '../kit/callers.ts';
import { receiverOf } from '../kit/parameters.ts';
import type { RuleContext } from '../rule.ts';

/** Calls followed back from the function at hand to those that make the error. */
const WAY = 2;

export function isForErrors(context: Pick<RuleContext, 'file' | 'types' | 'package'>, fn: Node, way = WAY): boolean {
  const { file, types } = context;
  if (fn === NONE) return false;
  if (isOfError(file, types, fn) || givesError(file, types, fn)) return true;
  if (way === 0 || file.tree.kind[fn] === Kind.func_literal) return false;
  const calls = allCallsOf({ file, types, package: context.package, tree: file.tree }, fn) ?? [];
  const serves = (call: PackageCall): boolean =>
    isForErrors({ file: call.file, types: call.types, package: context.package }, enclosingFunction(call.file.tree, call.node), way - 1);
  return calls.length > 0 && calls.every(serves);
}

function isOfError(file: SourceFile, types: Types, fn: Node): boolean {
  const receiver = receiverOf(types, { file, node: fn });
  if (receiver === undefined) return false;
  return (
    isText(file.tree, go.methodDeclaration.name(file.tree, fn), 'Error') || types.implementsError(types.typeOfSymbol(receiver)) === true
  );
}

/** One type of errors, rather than the interface, which all that may fail gives. */
function givesError({ tree }: SourceFile, types: Types, fn: Node): boolean {
  const name = tree.kind[fn] === Kind.function_declaration ? types.scopes.symbolOf(go.functionDeclaration.name(tree, fn)) : undefined;
  const type = name === undefined ? undefined : types.typeOfSymbol(name);
  if (type?.kind !== 'function' || type.results.length !== 1) return false;
  const [result] = type.results;
  return types.underlying(result).kind !== 'interface' && types.implementsError(result) === true;
}
