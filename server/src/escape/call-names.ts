/** Names that calls in a function are made by, as written: nobody looks up what they mean. */
import { go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../syntax/index.ts';

export interface CallNames {
  /** `f()`. */
  readonly functions: ReadonlySet<string>;
  /** `x.f()`, where `x` may be a package. */
  readonly methods: ReadonlySet<string>;
}

export function callNamesIn(tree: Tree, fn: Node): CallNames {
  const functions = new Set<string>();
  const methods = new Set<string>();
  const take = (called: Node): void => {
    if (tree.kind[called] === Kind.selector_expression) methods.add(textOf(tree, go.selectorExpression.field(tree, called)));
    else if (tree.kind[called] === Kind.identifier || tree.kind[called] === Kind.type_identifier) functions.add(textOf(tree, called));
  };
  for (let row = fn; row < tree.next[fn]; row++) {
    if (tree.kind[row] === Kind.call_expression) take(calledIn(tree, go.callExpression.function(tree, row)));
    // `f[T](x)` reads like a conversion.
    else if (tree.kind[row] === Kind.type_conversion_expression) {
      const type = go.typeConversionExpression.type(tree, row);
      for (let part = type; part < tree.next[type]; part++) {
        if (tree.kind[part] === Kind.identifier || tree.kind[part] === Kind.type_identifier) take(part);
        if (tree.kind[part] === Kind.field_identifier || tree.kind[part] === Kind.type_identifier) methods.add(textOf(tree, part));
      }
    }
  }
  return { functions, methods };
}

/** Without parentheses and type arguments. */
function calledIn(tree: Tree, called: Node): Node {
  for (let at = unparenthesized(tree, called); at !== NONE; ) {
    if (tree.kind[at] === Kind.index_expression) at = unparenthesized(tree, go.indexExpression.operand(tree, at));
    else if (tree.kind[at] === Kind.type_instantiation_expression) at = unparenthesized(tree, at + 1);
    else return at;
  }
  return NONE;
}
