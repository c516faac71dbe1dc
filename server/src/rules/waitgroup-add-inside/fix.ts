/** Moves the Add in front of the go statement, where Wait cannot miss it. */
import {
  children,
  descendants,
  encloses,
  enclosingFunction,
  go,
  Kind,
  NONE,
  type Node,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { disturbsComment, insertBefore, removeStatement } from '../kit/edits.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { InnerAdd } from './rule.ts';

/** None where what the Add names means something else outside, and where the goroutine may return before it, with nothing to take off the count. */
export function addBefore(context: RuleContext, add: InnerAdd): RuleFix[] {
  const { tree } = context;
  const { call, statement, go: started } = add;
  const [argument] = children(tree, go.callExpression.arguments(tree, call));
  if (tree.kind[tree.parent[started]] !== Kind.statement_list || argument === undefined) return [];
  if (disturbsComment(tree, statement, []) || namesOfLiteral(context, call)) return [];
  const before = add.body.slice(0, add.body.indexOf(statement));
  if (before.some((each) => mayReturn(context, each)) && !before.some((each) => isDoneDeferred(context, each))) return [];
  const isFirst = before.every((each) => tree.kind[each] === Kind.defer_statement && isQuiet(context, argumentsOf(context, each)));
  const isConstant = context.types.constantOf(argument) !== undefined;
  if (!isConstant && descendants(tree, argument, Kind.identifier).length > 0 && !isFirst) return [];
  const isSafe = isFirst && isProved(context, add, before, argument);
  const doubt = isFirst ? '; what it is given is then evaluated there' : '; what the goroutine does before it is then counted as well';
  return [
    {
      title: `Call ${textOf(tree, call)} before the go statement${isSafe ? '' : doubt}`,
      safety: isSafe ? 'safe' : 'suggestion',
      edits: [insertBefore(tree, started, [textOf(tree, call)]), removeStatement(tree, statement)],
    },
  ];
}

/**
 * Whether the Add does the same in front of the go statement: it counts up by a constant, the group is at hand, and nothing can go wrong
 * between there and here. A nil group ends the program, unless the goroutine recovers.
 */
function isProved(context: RuleContext, { call, go: started }: InnerAdd, defers: readonly Node[], argument: Node): boolean {
  const { tree, types } = context;
  const count = types.constantOf(argument);
  if (typeof count !== 'bigint' || count <= 0n || !isQuiet(context, argumentsOf(context, started))) return false;
  const group = go.selectorExpression.operand(tree, unparenthesized(tree, go.callExpression.function(tree, call)));
  return isPlace(
    context,
    group,
    defers.some((each) => mayRecover(context, each)),
  );
}

/** Whether control may leave the goroutine by a return in the statement. */
function mayReturn({ tree }: RuleContext, statement: Node): boolean {
  const around = enclosingFunction(tree, statement);
  return descendants(tree, statement, Kind.return_statement).some((each) => enclosingFunction(tree, each) === around);
}

/** `defer wg.Done()`, of any group. */
function isDoneDeferred(context: RuleContext, statement: Node): boolean {
  const { tree } = context;
  const [call] = tree.kind[statement] === Kind.defer_statement ? children(tree, statement) : [];
  return call !== undefined && calledFunction(context, call) === 'sync.WaitGroup.Done';
}

/** A variable, or a field of one; with `isWhole` none that a pointer leads to. */
function isPlace({ tree, types }: RuleContext, group: Node, isWhole: boolean): boolean {
  let at = group;
  for (; tree.kind[at] === Kind.selector_expression; at = go.selectorExpression.operand(tree, at))
    if (isWhole && types.underlying(types.typeOf(at)).kind === 'pointer') return false;
  return tree.kind[at] === Kind.identifier && !(isWhole && types.underlying(types.typeOf(at)).kind === 'pointer');
}

/** Of a defer or go statement. */
function argumentsOf({ tree }: RuleContext, statement: Node): readonly Node[] {
  const [call] = children(tree, statement);
  return call === undefined ? [] : children(tree, go.callExpression.arguments(tree, call));
}

/** Nodes whose evaluation neither calls anything nor panics. */
const QUIET: readonly number[] = [
  Kind.identifier,
  Kind.int_literal,
  Kind.float_literal,
  Kind.rune_literal,
  Kind.interpreted_string_literal,
  Kind.raw_string_literal,
  Kind.true,
  Kind.false,
  Kind.nil,
  Kind.func_literal,
];

/** Whether evaluating the expressions can neither call nor panic: names, literals, fields of structs, and addresses of them. */
function isQuiet(context: RuleContext, expressions: readonly Node[]): boolean {
  const { tree, types } = context;
  return expressions.every((each) => {
    let at = unparenthesized(tree, each);
    if (tree.kind[at] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, at)] === Kind['&'])
      at = go.unaryExpression.operand(tree, at);
    for (; tree.kind[at] === Kind.selector_expression; at = go.selectorExpression.operand(tree, at))
      if (types.underlying(types.typeOf(go.selectorExpression.operand(tree, at))).kind !== 'struct')
        return types.constantOf(at) !== undefined;
    return QUIET.includes(tree.kind[at]) || types.constantOf(at) !== undefined;
  });
}

/** Whether the deferred call may be one that recovers: of anything but a literal that does not, or a method of sync. */
function mayRecover(context: RuleContext, statement: Node): boolean {
  const { tree } = context;
  const [call] = children(tree, statement);
  if (call === undefined) return true;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[called] !== Kind.func_literal) return !/^sync\./.test(calledFunction(context, call) ?? '');
  return descendants(tree, called, Kind.call_expression).some((each) => textOf(tree, go.callExpression.function(tree, each)) === 'recover');
}

/** Whether the call names something that is declared in its function literal, other than a parameter by which the group itself is passed. */
function namesOfLiteral({ tree, scopes }: RuleContext, call: Node): boolean {
  const literal = enclosingFunction(tree, call);
  const group = go.callExpression.function(tree, call);
  return descendants(tree, call, Kind.identifier).some((name) => {
    const symbol = scopes.symbolOf(name);
    const isRoot = tree.start[name] === tree.start[group];
    return symbol !== undefined && symbol.declaration !== NONE && !isRoot && encloses(tree, literal, symbol.declaration);
  });
}
