/** Names of functions as the Go tools write them. */
import { ancestor, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../syntax/index.ts';

/** `F`, `T.M` or `(*T).M` of the declaration that is the node or holds it, type parameters left out; empty at package level. A literal belongs to the declaration around it. */
export function enclosingFunctionName(tree: Tree, node: Node): string {
  const isDeclaration = tree.kind[node] === Kind.function_declaration || tree.kind[node] === Kind.method_declaration;
  const declaration = isDeclaration ? node : ancestor(tree, node, Kind.function_declaration, Kind.method_declaration);
  if (declaration === NONE) return '';
  if (tree.kind[declaration] === Kind.function_declaration) return textOf(tree, go.functionDeclaration.name(tree, declaration));
  const name = textOf(tree, go.methodDeclaration.name(tree, declaration));
  const receiver = receiverText(tree, go.methodDeclaration.receiver(tree, declaration));
  return receiver === '' ? name : `${receiver}.${name}`;
}

function receiverText(tree: Tree, parameters: Node): string {
  let type = go.parameterDeclaration.type(tree, firstChild(tree, parameters));
  let isPointer = false;
  for (; type !== NONE; ) {
    const kind = tree.kind[type];
    if (kind === Kind.pointer_type) isPointer = true;
    else if (kind === Kind.generic_type) {
      type = go.genericType.type(tree, type);
      continue;
    } else if (kind !== Kind.parenthesized_type) break;
    type = firstChild(tree, type);
  }
  const name = textOf(tree, type);
  return isPointer ? `(*${name})` : name;
}
