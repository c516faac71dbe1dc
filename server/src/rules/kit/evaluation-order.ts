/**
 * When the operands of an expression are evaluated. Go orders calls, receives and the like from left to right, and nothing else: gc loads a
 * variable after the calls to its right. Whoever splits one expression into several statements must not let a call change what was read before.
 */
import type { GoSymbol, Scopes } from '../../model/index.ts';
import { children, descendants, firstChild, go, Kind, type Node, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { basicKind } from './formatting.ts';
import { calledFunction } from './known-calls.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** Whether it is the same to evaluate the operands of one expression, given in source order, each in a statement of its own. */
export function areApart(context: Context, operands: readonly Node[]): boolean {
  return operands.every((operand, i) => isSettled(context, operand) || !operands.slice(i + 1).some((later) => mayAct(context, later)));
}

const PARTS: readonly number[] = [Kind.binary_expression, Kind.parenthesized_expression, Kind['+'], Kind.rune_literal];

/** Whether no call to the right of it can change its value, or come before a panic of it: a call, or made of constants and variables that nobody else can reach. */
function isSettled(context: Context, operand: Node): boolean {
  const { tree, types } = context;
  const open = [operand];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (types.constantOf(node) !== undefined || isCall(context, node) || isOwnVariable(context, node)) continue;
    if (isConversionOfBasic(context, node)) open.push(...children(tree, go.callExpression.arguments(tree, node)));
    else if (PARTS.includes(tree.kind[node])) open.push(...children(tree, node));
    else return false;
  }
  return true;
}

/** A call of a function, which Go orders, and no conversion or builtin. */
function isCall({ tree, types }: Context, node: Node): boolean {
  if (tree.kind[node] !== Kind.call_expression) return false;
  return !['conversion', 'builtin', 'unknown'].includes(types.calleeOf(node).kind);
}

function isConversionOfBasic({ tree, types }: Context, node: Node): boolean {
  if (tree.kind[node] !== Kind.call_expression || types.calleeOf(node).kind !== 'conversion') return false;
  const operand = firstChild(tree, go.callExpression.arguments(tree, node));
  return basicKind(types, types.typeOf(operand)) !== undefined;
}

/** A variable of the function that no closure and no pointer reaches, or a field of a struct in one. */
function isOwnVariable({ tree, types, scopes }: Context, node: Node): boolean {
  let root = node;
  while (tree.kind[root] === Kind.selector_expression) {
    const operand = go.selectorExpression.operand(tree, root);
    const struct = types.underlying(types.typeOf(operand));
    const name = textOf(tree, go.selectorExpression.field(tree, root));
    if (struct.kind !== 'struct' || !struct.fields.some((field) => field.name === name)) return false;
    root = operand;
  }
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  return symbol?.kind === 'variable' && symbol.role !== 'package' && isUnshared(scopes, symbol);
}

function isUnshared(scopes: Scopes, symbol: GoSymbol): boolean {
  return scopes.references(symbol).every(({ access, within }) => access !== 'address' && within === symbol.owner);
}

/** Functions that do nothing but give a result, but for what they are given to call. */
const PURE = /^(?:strings|strconv|unicode|unicode\/utf8|path|math)\.[A-Za-z0-9]+$/;
const PRINTS = /^fmt\.Sprint(?:f|ln)?$/;

/** Whether evaluating the expression may change something: it calls what is not known only to give a result, or receives. */
function mayAct(context: Context, operand: Node): boolean {
  const { tree, types } = context;
  if (descendants(tree, operand, Kind.unary_expression).some((node) => tree.source[tree.start[node]] === 0x3c)) return true;
  return descendants(tree, operand, Kind.call_expression).some((call) => {
    const kind = types.calleeOf(call).kind;
    if (kind === 'conversion' || kind === 'builtin') return false;
    const name = calledFunction(context, call) ?? '';
    return !(PURE.test(name) || PRINTS.test(name)) || !takesBasics(context, call);
  });
}

/** Nothing that is handed over can be called, nor has it a method that fmt would call. */
function takesBasics({ tree, types }: Context, call: Node): boolean {
  return children(tree, go.callExpression.arguments(tree, call)).every((argument) => {
    const type = types.typeOf(argument);
    const element = type.kind === 'slice' ? type.element : type;
    return element.kind === 'basic' || types.constantOf(argument) !== undefined;
  });
}
