/**
 * Whether a function may box anything where the rule would speak of it. Asked before the escape analysis, which has to look into
 * everything the function calls: most functions have no loop, and most loops give nothing to an interface.
 */
import type { Type } from '../../model/index.ts';
import { children, go, isFunction, Kind, type Node } from '../../syntax/index.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>;

/** False only where no interface in repeated code of the function takes a value. */
export function mayBox(context: Context, fn: Node): boolean {
  const { tree } = context;
  const isOften = isCalledOften(context, fn + 1);
  // The function's own row is in none of its parts: the one after it is.
  let loopEnd = isOften ? tree.next[fn] : fn;
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.for_statement) loopEnd = Math.max(loopEnd, tree.next[row]);
    if (isFunction(tree, row) && !isOften && isCalledOften(context, row + 1)) loopEnd = Math.max(loopEnd, tree.next[row]);
    if (row < loopEnd && takesInterface(context, row)) return true;
  }
  return false;
}

function takesInterface(context: Context, row: Node): boolean {
  const { tree, types } = context;
  switch (tree.kind[row]) {
    case Kind.call_expression:
      return callTakes(context, row);
    case Kind.composite_literal:
      return holdsInterface(context, types.typeOf(row));
    case Kind.assignment_statement:
      return children(tree, go.assignmentStatement.left(tree, row)).some((target) => isInterface(context, types.typeOf(target)));
    case Kind.index_expression: {
      const under = types.underlying(types.typeOf(go.indexExpression.operand(tree, row)));
      return under.kind === 'map' && isInterface(context, under.key);
    }
    case Kind.var_spec:
    case Kind.return_statement:
    case Kind.send_statement:
      return true;
    default:
      return false;
  }
}

function callTakes(context: Context, call: Node): boolean {
  const { tree, types } = context;
  const type = types.underlying(types.typeOf(go.callExpression.function(tree, call)));
  if (type.kind !== 'function') return true;
  const last = type.parameters.length - 1;
  return children(tree, go.callExpression.arguments(tree, call)).some((argument, i) => {
    const parameter = type.parameters[Math.min(i, last)];
    const element = type.isVariadic && i >= last && parameter?.kind === 'slice' ? parameter.element : parameter;
    return element !== undefined && isInterface(context, element) && !isInterface(context, types.typeOf(argument));
  });
}

function holdsInterface(context: Context, type: Type): boolean {
  const under = context.types.underlying(type);
  switch (under.kind) {
    case 'struct':
      return under.fields.some((field) => isInterface(context, field.type));
    case 'slice':
    case 'array':
      return isInterface(context, under.element);
    case 'map':
      return isInterface(context, under.element) || isInterface(context, under.key);
    default:
      return false;
  }
}

function isInterface({ types }: Context, type: Type): boolean {
  return types.underlying(type).kind === 'interface';
}
