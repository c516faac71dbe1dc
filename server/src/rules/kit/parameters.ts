/** Parameters of functions as symbols. */
import type { FunctionDeclaration, GoSymbol, Types } from '../../model/index.ts';
import { children, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

/** What receives the argument at an index; undefined for a blank or variadic parameter, and where there is none. */
export function parameterAt(
  { scopes }: Pick<Types, 'scopes'>,
  { file: { tree }, node }: FunctionDeclaration,
  index: number,
): GoSymbol | undefined {
  const names = children(tree, go.functionDeclaration.parameters(tree, node)).flatMap((each) => namesOf(tree, each));
  const name = names[index];
  return name === undefined ? undefined : scopes.symbolOf(name);
}

/** The receiver of a method; undefined for a blank one. */
export function receiverOf({ scopes }: Pick<Types, 'scopes'>, { file: { tree }, node }: FunctionDeclaration): GoSymbol | undefined {
  if (tree.kind[node] !== Kind.method_declaration) return undefined;
  const [declared] = children(tree, go.methodDeclaration.receiver(tree, node));
  const [name] = declared === undefined ? [] : namesOf(tree, declared);
  return name === undefined ? undefined : scopes.symbolOf(name);
}

/** Whether the expression is a variadic parameter, whose arguments callers mostly write out. */
export function isVariadicParameter({ tree, scopes }: Pick<RuleContext, 'tree' | 'scopes'>, expression: Node): boolean {
  const symbol = tree.kind[expression] === Kind.identifier ? scopes.symbolOf(expression) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'parameter' || symbol.file?.tree !== tree) return false;
  return tree.kind[tree.parent[symbol.declaration]] === Kind.variadic_parameter_declaration;
}

function namesOf(tree: Tree, parameter: Node): readonly (Node | undefined)[] {
  if (tree.kind[parameter] !== Kind.parameter_declaration) return [undefined];
  const names = go.parameterDeclaration.name(tree, parameter);
  return names.length === 0 ? [undefined] : names;
}
