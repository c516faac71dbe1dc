/** Functions of a package that make a context and keep its cancel function themselves: whoever calls them need not call it. */
import type { FunctionDeclaration, Types } from '../../../model/index.ts';
import { childOf, children, descendants, enclosingFunction, Field, go, Kind, NONE, type Node, type Tree } from '../../../syntax/index.ts';
import { rootOf } from '../root.ts';

/** Whether the result with that index is, in some return of the function, a value that lies elsewhere or that the function also stores. */
export function keepsResult(types: Types, { file, node }: FunctionDeclaration, index: number): boolean {
  const own = types.typesIn(file);
  const { tree } = file;
  if (own === undefined || childOf(tree, node, Field.body) === NONE) return false;
  return descendants(tree, node, Kind.return_statement).some((statement) => {
    if (enclosingFunction(tree, statement) !== node || tree.next[statement] === statement + 1) return false;
    const value = children(tree, statement + 1)[index];
    return value !== undefined && (liesElsewhere(own, tree, value) || isStored(own, tree, value));
  });
}

/** Whether it is a field or element of what the function was given or the package has: what it makes itself goes to the caller. */
function liesElsewhere(types: Types, tree: Tree, place: Node): boolean {
  const isPlace = tree.kind[place] === Kind.index_expression || types.selectionOf(place)?.kind === 'field';
  const root = isPlace ? types.scopes.symbolOf(rootOf(tree, place)) : undefined;
  return root?.kind === 'variable' && root.role !== 'local' && root.role !== 'result';
}

function isStored(types: Types, tree: Tree, value: Node): boolean {
  const symbol = tree.kind[value] === Kind.identifier ? types.scopes.symbolOf(value) : undefined;
  if (symbol === undefined) return false;
  return types.scopes.references(symbol).some(({ node, access }) => {
    if (access === 'address') return tree.kind[tree.parent[tree.parent[node]]] === Kind.index_expression;
    const list = tree.parent[node];
    if (access !== 'read' || tree.kind[list] !== Kind.expression_list) return false;
    if (tree.kind[tree.parent[list]] !== Kind.assignment_statement || tree.field[list] !== Field.right) return false;
    const target = children(tree, go.assignmentStatement.left(tree, tree.parent[list]))[children(tree, list).indexOf(node)];
    return target !== undefined && liesElsewhere(types, tree, target);
  });
}
