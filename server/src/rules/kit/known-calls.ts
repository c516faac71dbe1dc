/**
 * Calls of functions that rules know by name. `calls` of a rule hands out calls by their last name alone; what the name means
 * here is asked once that fits.
 */
import { children, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { Options, RuleContext } from '../rule.ts';

/**
 * `path.Name` of the function that is called, `path.Type.Name` of a method, also of an interface's; undefined where that is not
 * known or a variable is called, also one that holds a known function: fixes write anew what stands before the parentheses.
 */
export function calledFunction<O extends Options>({ types }: Pick<RuleContext<O>, 'types'>, call: Node): string | undefined {
  const callee = types.calleeOf(call);
  switch (callee.kind) {
    case 'function':
    case 'method':
      return callee.isHeld ? undefined : `${callee.path}.${callee.name}`;
    case 'dynamic':
      return callee.path === undefined || callee.name === undefined ? undefined : `${callee.path}.${callee.name}`;
    default:
      return undefined;
  }
}

/** Arguments of a call in order; undefined where one is spread with `...`. */
export function plainArguments(tree: Tree, call: Node): readonly Node[] | undefined {
  const given = children(tree, go.callExpression.arguments(tree, call));
  return given.some((each) => tree.kind[each] === Kind.variadic_argument) ? undefined : given;
}
