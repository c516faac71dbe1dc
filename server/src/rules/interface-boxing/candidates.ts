/**
 * Whether a function may box anything where the rule would speak of it. Asked before the escape analysis, which has to look into
 * everything the function calls: most functions have no loop, and most loops give nothing to an interface.
 */
import type { Type } from '../../model/index.ts';
import { children, firstChild, go, isFunction, Kind, NONE, type Node } from '../../syntax/index.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file'>;

/** False only where no interface in repeated code of the function takes a value of interest that needs memory. */
export function mayBox(context: Context, fn: Node, isOfInterest: (value: Node) => boolean): boolean {
  const { tree } = context;
  const isOften = isCalledOften(context, fn + 1);
  // The function's own row is in none of its parts: the one after it is.
  let loopEnd = isOften ? tree.next[fn] : fn;
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.for_statement) loopEnd = Math.max(loopEnd, tree.next[row]);
    if (isFunction(tree, row) && !isOften && isCalledOften(context, row + 1)) loopEnd = Math.max(loopEnd, tree.next[row]);
    if (row < loopEnd && valuesTaken(context, row).some((value) => needsMemory(context, value) && isOfInterest(value))) return true;
  }
  return false;
}

/** Expressions of which the node may give the value to an interface; not those of the nodes in it. */
function valuesTaken(context: Context, row: Node): readonly Node[] {
  const { tree, types } = context;
  switch (tree.kind[row]) {
    case Kind.call_expression:
      return argumentsTaken(context, row);
    case Kind.type_conversion_expression:
      return isInterface(context, types.typeOf(row)) ? [go.typeConversionExpression.operand(tree, row)] : [];
    case Kind.composite_literal:
      return holdsInterface(context, types.typeOf(row)) ? elementsOf(context, row) : [];
    case Kind.assignment_statement:
      return valuesAssigned(context, row);
    case Kind.index_expression: {
      const under = types.underlying(types.typeOf(go.indexExpression.operand(tree, row)));
      return under.kind === 'map' && isInterface(context, under.key) ? [go.indexExpression.index(tree, row)] : [];
    }
    case Kind.var_spec: {
      const type = go.varSpec.type(tree, row);
      const values = go.varSpec.value(tree, row);
      return type === NONE || values === NONE || !isInterface(context, types.typeOfTypeNode(type)) ? [] : children(tree, values);
    }
    case Kind.return_statement:
      return children(tree, row).flatMap((list) => children(tree, list));
    case Kind.send_statement: {
      const under = types.underlying(types.typeOf(go.sendStatement.channel(tree, row)));
      return under.kind !== 'channel' || isInterface(context, under.element) ? [go.sendStatement.value(tree, row)] : [];
    }
    default:
      return [];
  }
}

function argumentsTaken(context: Context, call: Node): readonly Node[] {
  const { tree, types } = context;
  const given = children(tree, go.callExpression.arguments(tree, call));
  const callee = types.calleeOf(call);
  if (callee.kind === 'conversion') return isInterface(context, types.typeOf(call)) ? given : [];
  if (callee.kind === 'builtin') return callee.name === 'append' && holdsInterface(context, types.typeOf(call)) ? given.slice(1) : [];
  const type = types.underlying(types.typeOf(go.callExpression.function(tree, call)));
  if (type.kind !== 'function') return given;
  const last = type.parameters.length - 1;
  return given.filter((argument, i) => {
    const parameter: Type | undefined = type.parameters[Math.min(i, last)];
    const element = type.isVariadic && i >= last && parameter?.kind === 'slice' ? parameter.element : parameter;
    return types.typeOf(argument).kind === 'tuple' || (element !== undefined && isInterface(context, element));
  });
}

/** Of values that a call gives together, the call. */
function valuesAssigned(context: Context, statement: Node): readonly Node[] {
  const { tree, types } = context;
  const targets = children(tree, go.assignmentStatement.left(tree, statement));
  const values = children(tree, go.assignmentStatement.right(tree, statement));
  const given = targets.map((_, i) => (values.length === targets.length ? types.typeOf(values[i]) : partOf(types.typeOf(values[0]), i)));
  const taken = targets.flatMap((target, i) => (isInterface(context, types.typeOf(target)) && !isInterface(context, given[i]) ? [i] : []));
  return values.length === targets.length ? taken.map((i) => values[i]) : taken.length > 0 ? values : [];
}

function partOf(type: Type, index: number): Type {
  return type.kind === 'tuple' ? (type.elements[index] ?? type) : type;
}

/** Values, and keys that are no names of fields. */
function elementsOf({ tree }: Context, literal: Node): readonly Node[] {
  return children(tree, go.compositeLiteral.body(tree, literal)).flatMap((element) =>
    tree.kind[element] === Kind.keyed_element
      ? [go.keyedElement.key(tree, element), go.keyedElement.value(tree, element)].map((part) => firstChild(tree, part))
      : [firstChild(tree, element)],
  );
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

/** Whether an interface cannot hold the value as it is, or the constant from where it lies in the program. */
function needsMemory(context: Context, value: Node): boolean {
  const { types } = context;
  const type = types.typeOf(value);
  return type.kind !== 'nil' && !isInterface(context, type) && !types.isPointerShaped(type) && types.constantOf(value) === undefined;
}

function isInterface({ types }: Context, type: Type): boolean {
  return types.underlying(type).kind === 'interface';
}
