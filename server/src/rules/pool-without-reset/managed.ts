/**
 * Fields that are meant to keep what is added to them from one use to the next: free lists, from which code of the package
 * takes again, and maps in which it looks up what it has seen before.
 */
import type { Package, Type, Types } from '../../model/index.ts';
import { Field, go, isText, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';

/** Whether any code of the package treats the field of the type so. */
export function isManaged(pkg: Package, types: Types, owner: Type, field: string): boolean {
  return pkg.files.some((file) => {
    const own = types.typesIn(file);
    return (
      own !== undefined && selectorsOf(file.tree, field).some((node) => isOf(own, file.tree, node, owner) && keeps(own, file.tree, node))
    );
  });
}

function selectorsOf(tree: Tree, field: string): Node[] {
  const { length } = new TextEncoder().encode(field);
  const found: Node[] = [];
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.field_identifier || tree.end[row] - tree.start[row] !== length) continue;
    if (tree.kind[tree.parent[row]] === Kind.selector_expression && isText(tree, row, field)) found.push(tree.parent[row]);
  }
  return found;
}

function isOf(types: Types, tree: Tree, selector: Node, owner: Type): boolean {
  const type = types.typeOf(go.selectorExpression.operand(tree, selector));
  return types.isIdentical(pointedAt(type), pointedAt(owner));
}

function pointedAt(type: Type): Type {
  return type.kind === 'pointer' ? type.element : type;
}

function keeps(types: Types, tree: Tree, selector: Node): boolean {
  const parent = tree.parent[selector];
  if (tree.kind[parent] === Kind.slice_expression) {
    const start = go.sliceExpression.start(tree, parent);
    const end = unparenthesized(tree, go.sliceExpression.end(tree, parent));
    return tree.kind[tree.parent[parent]] === Kind.expression_list && (start !== NONE || types.constantOf(end) !== 0n);
  }
  const isLookup = tree.kind[parent] === Kind.index_expression && types.underlying(types.typeOf(selector)).kind === 'map';
  return isLookup && tree.field[tree.parent[parent]] !== Field.left;
}
