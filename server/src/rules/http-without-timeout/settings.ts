/** What a literal of net/http sets, what statements set later, and addresses that only this machine reaches. */
import type { Package, Types } from '../../model/index.ts';
import { children, descendants, Field, firstChild, go, isText, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { declarationAround } from '../kit/edits.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import type { RuleContext } from '../rule.ts';

/** Value of a key of a composite literal; undefined without that key. */
export function valueOfKey(tree: Tree, literal: Node, name: string): Node | undefined {
  for (const element of children(tree, go.compositeLiteral.body(tree, literal))) {
    if (tree.kind[element] !== Kind.keyed_element) continue;
    if (isText(tree, go.keyedElement.key(tree, element), name)) return firstChild(tree, go.keyedElement.value(tree, element));
  }
  return undefined;
}

/** Whether the literal gives its values by position: all of them are set. */
export function isUnkeyed(tree: Tree, literal: Node): boolean {
  const [first] = children(tree, go.compositeLiteral.body(tree, literal));
  return first !== undefined && tree.kind[first] !== Kind.keyed_element;
}

/** Whether any statement of the package assigns one of the fields of a `net/http` type. */
export function isAssigned(pkg: Package, types: Types, type: string, fields: readonly string[]): boolean {
  return pkg.files.some((file) => {
    const own = file.imports.length === 0 ? undefined : types.typesIn(file);
    return own !== undefined && assignsIn(file.tree, own, type, fields);
  });
}

function assignsIn(tree: Tree, types: Types, type: string, fields: readonly string[]): boolean {
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.field_identifier || !fields.includes(textOf(tree, row))) continue;
    const selector = tree.parent[row];
    const list = tree.parent[selector];
    const isTarget = tree.kind[list] === Kind.expression_list && tree.field[list] === Field.left;
    if (tree.kind[selector] !== Kind.selector_expression || !isTarget) continue;
    if (isOrPointsTo(types.typeOf(go.selectorExpression.operand(tree, selector)), 'net/http', type)) return true;
  }
  return false;
}

const OWN_MACHINE = /^unix$|^(?:\w+:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/;

/**
 * Whether an address or URL is one of the machine itself: as a constant, or because the function around it speaks of one, as
 * when it listens there and passes the listener on.
 */
export function isLoopback({ tree, types }: Pick<RuleContext, 'tree' | 'types'>, node: Node): boolean {
  const text = types.constantOf(node);
  if (typeof text === 'string') return OWN_MACHINE.test(text);
  const fn = declarationAround(tree, node);
  return (
    fn !== NONE && descendants(tree, fn, Kind.interpreted_string_literal).some((each) => OWN_MACHINE.test(textOf(tree, each).slice(1, -1)))
  );
}
