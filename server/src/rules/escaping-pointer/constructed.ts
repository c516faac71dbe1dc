/**
 * Whether a value is made in order to be returned, as constructors do: told from the statements around it, because the analysis
 * names only one of the places that keep a value, and a constructor may well register what it makes.
 */
import type { Types } from '../../model/index.ts';
import { children, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import { rootOf } from '../kit/root.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;

const CARRIERS: ReadonlySet<number> = new Set([
  Kind.parenthesized_expression,
  Kind.literal_element,
  Kind.keyed_element,
  Kind.literal_value,
  Kind.composite_literal,
  Kind.type_conversion_expression,
]);

/** Follows the expression through literals, `append` and local variables to a `return`. */
export function isMadeToBeReturned(context: Context, expression: Node): boolean {
  const { tree, scopes } = context;
  const pending = [expression];
  const seen = new Set<Node>();
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const carried = outermost(tree, context.types, node);
    const list = tree.parent[carried];
    if (tree.kind[list] !== Kind.expression_list) continue;
    const statement = tree.parent[list];
    if (tree.kind[statement] === Kind.return_statement) return true;
    const holder = scopes.symbolOf(rootOf(tree, targetOf(tree, statement, list, carried)));
    if (holder?.kind !== 'variable' || (holder.role !== 'local' && holder.role !== 'result')) continue;
    if (holder.role === 'result') return true;
    pending.push(...scopes.references(holder).flatMap((reference) => (reference.access === 'declare' ? [] : [reference.node])));
  }
  return false;
}

/** The outermost expression that holds the value as it is, or a pointer to it. */
function outermost(tree: Tree, types: Types, node: Node): Node {
  let at = node;
  for (;;) {
    const parent = tree.parent[at];
    const call = tree.parent[parent];
    if (CARRIERS.has(tree.kind[parent]) || isAddress(tree, parent)) at = parent;
    else if (tree.kind[parent] === Kind.argument_list && passesOn(tree, types, call)) at = call;
    else return at;
  }
}

function isAddress(tree: Tree, node: Node): boolean {
  return tree.kind[node] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, node)] === Kind['&'];
}

function passesOn(tree: Tree, types: Types, call: Node): boolean {
  if (tree.kind[call] !== Kind.call_expression) return false;
  const callee = types.calleeOf(call);
  return callee.kind === 'conversion' || (callee.kind === 'builtin' && callee.name === 'append');
}

/** What the value at that place of the right side is given to; the value itself where nothing is. */
function targetOf(tree: Tree, statement: Node, list: Node, value: Node): Node {
  const index = children(tree, list).indexOf(value);
  switch (tree.kind[statement]) {
    case Kind.short_var_declaration:
      return children(tree, go.shortVarDeclaration.left(tree, statement))[index] ?? value;
    case Kind.assignment_statement:
      return children(tree, go.assignmentStatement.left(tree, statement))[index] ?? value;
    case Kind.var_spec:
      return go.varSpec.name(tree, statement)[index] ?? value;
    default:
      return value;
  }
}
