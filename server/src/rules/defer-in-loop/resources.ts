/**
 * What a deferred call lets go of: values that the iteration itself has made by a call, such as a file it opened. Things that were
 * there before the iteration, and values that go on being used after it, are often meant to be let go of at the end.
 */
import type { GoSymbol, Type } from '../../model/index.ts';
import { childOf, children, encloses, Field, go, Kind, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import { isHeldAfterLoop } from '../kit/cancel/context-lifetime.ts';
import { assignmentAround, sidesOf } from '../kit/cancel/sources.ts';
import { keeperOf } from '../kit/kept-values.ts';
import type { RuleContext } from '../rule.ts';

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;

/** A value that each iteration makes. */
export interface TurnValue {
  readonly symbol: GoSymbol;
  /** The identifier that receives it, and the statement that makes it. */
  readonly name: Node;
  readonly statement: Node;
}

/** Values made in the loop's body that the deferred call names, literals in it included. */
export function iterationValues({ tree, scopes, types }: Known, loop: Node, deferred: Node): TurnValue[] {
  const body = go.forStatement.body(tree, loop);
  const found = new Map<GoSymbol, TurnValue>();
  for (let row = deferred; row < tree.next[deferred]; row++) {
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol?.kind !== 'variable' || found.has(symbol) || !isHandle(types, types.typeOfSymbol(symbol))) continue;
    const made = scopes
      .references(symbol)
      .filter(({ node, access }) => (access === 'declare' || access === 'write') && node < deferred && encloses(tree, body, node))
      .map(({ node }) => ({ symbol, name: node, statement: assignmentAround(tree, node) }))
      .findLast(({ name, statement }) => isGivenByCall(tree, statement, name));
    if (made !== undefined) found.set(symbol, made);
  }
  return [...found.values()];
}

/** Whether a value of the type stands for more than itself, as what has to be closed does: no plain data, and no error. */
function isHandle(types: RuleContext['types'], type: Type): boolean {
  const { kind } = types.underlying(type);
  return HANDLES.has(kind) && types.implementsError(type) !== true;
}

const HANDLES: ReadonlySet<Type['kind']> = new Set(['pointer', 'interface', 'struct', 'function', 'channel', 'type-parameter']);

function isGivenByCall(tree: Tree, statement: Node, name: Node): boolean {
  const [targets, values] = sidesOf(tree, statement);
  const index = targets.indexOf(name);
  const value = index < 0 ? undefined : values[values.length === 1 ? 0 : index];
  return value !== undefined && tree.kind[unparenthesized(tree, value)] === Kind.call_expression;
}

/** Whether something in view keeps the value, or what was made from it, beyond the iteration. */
export function isKeptBeyondIteration(context: RuleContext, loop: Node, deferred: Node, { symbol, name, statement }: TurnValue): boolean {
  const { tree, scopes, types } = context;
  const body = go.forStatement.body(tree, loop);
  const references = scopes.references(symbol);
  const isOfIteration = encloses(tree, loop, symbol.declaration);
  const isUsedElsewhere = references.some(
    ({ node, access }) =>
      access !== 'write' && (node >= tree.next[loop] || encloses(tree, loop, node)) && !(node >= statement && node < tree.next[loop]),
  );
  if (!isOfIteration && isUsedElsewhere) return true;
  const around = { tree, scopes, types, body };
  const uses = references.filter(({ node, access }) => access !== 'declare' && access !== 'write' && !encloses(tree, deferred, node));
  if (uses.some(({ within }) => within !== symbol.owner && !isCalledInPlace(tree, within))) return true;
  const inTurn = uses.filter(({ node }) => encloses(tree, body, node)).map(({ node }) => node);
  if (inTurn.some((node) => isDerivedKept(around, node) || isPropertyKept(around, node))) return true;
  return isHeldAfterLoop(context, { fn: symbol.owner, statement, context: name }, loop);
}

/** Whether a literal is called right where it stands; one that is not, and captures the value, may run at any time. */
function isCalledInPlace(tree: Tree, literal: Node): boolean {
  const call = tree.parent[literal];
  const statement = tree.kind[tree.parent[call]];
  return tree.kind[call] === Kind.call_expression && tree.field[literal] === Field.function && statement !== Kind.go_statement;
}

/** Follows what is made from the value outwards, through selectors and calls, as long as it can still hold the value. */
function isDerivedKept(around: Known & { readonly body: Node }, use: Node): boolean {
  const { tree, types } = around;
  for (let value = use; ; ) {
    const kept = keeperOf(around, value);
    if (kept !== undefined && kept.by !== 'deferred') return true;
    const parent = tree.parent[value];
    const isCarried = tree.kind[parent] === Kind.selector_expression || childOf(tree, parent, Field.operand) === value;
    const isCall = tree.kind[parent] === Kind.argument_list || tree.kind[parent] === Kind.call_expression;
    if (!isCarried && !isCall) return false;
    value = tree.kind[parent] === Kind.argument_list ? tree.parent[parent] : parent;
    if (tree.kind[value] !== Kind.call_expression && isCall) return false;
    if (!isMethod(tree, value) && !mayHold(types, types.typeOf(value))) return false;
  }
}

/** Whether something the value is known by, such as an address or a number, is put down for later right where it is asked for. */
function isPropertyKept(around: Known & { readonly body: Node }, use: Node): boolean {
  const { tree } = around;
  let value = use;
  for (let parent = tree.parent[value]; isProperty(tree, parent, value); parent = tree.parent[value]) value = parent;
  const statement = tree.parent[tree.parent[value]];
  const isNamed = tree.kind[statement] === Kind.short_var_declaration || tree.kind[statement] === Kind.var_spec;
  return value !== use && !isNamed && keeperOf(around, value)?.by === 'stored';
}

/** Whether the parent selects from the value, calls it without arguments, or asserts its type. */
function isProperty(tree: Tree, parent: Node, value: Node): boolean {
  if (tree.kind[parent] !== Kind.call_expression) return childOf(tree, parent, Field.operand) === value;
  return go.callExpression.function(tree, parent) === value && children(tree, go.callExpression.arguments(tree, parent)).length === 0;
}

function mayHold(types: RuleContext['types'], type: Type): boolean {
  if (type.kind === 'unknown') return true;
  if (type.kind === 'tuple') return type.elements.some((element) => mayHold(types, element));
  const under = types.underlying(type);
  return under.kind === 'slice' || under.kind === 'array' || under.kind === 'map' ? under.element.kind !== 'basic' : isHandle(types, type);
}

function isMethod(tree: Tree, value: Node): boolean {
  return tree.kind[value] === Kind.selector_expression && tree.kind[tree.parent[value]] === Kind.call_expression;
}

/** Whether the iteration lets go of the value itself as well, by the function that is deferred. */
export function isLetGoInIteration({ tree, scopes }: Known, deferred: Node, { symbol }: TurnValue): boolean {
  const names = new Set<string>();
  const uses = scopes.references(symbol).filter(({ node }) => node > deferred);
  for (const { node } of uses) if (encloses(tree, deferred, node)) names.add(letGoBy(tree, node));
  names.delete('');
  return uses.some(({ node, within }) => !encloses(tree, deferred, node) && within === symbol.owner && names.has(letGoBy(tree, node)));
}

/** `Close` of `x.Close()`, `pkg.Close` of `pkg.Close(x)`; '' where the value is used in another way. */
function letGoBy(tree: Tree, use: Node): string {
  let value = use;
  while (tree.kind[tree.parent[value]] === Kind.selector_expression) value = tree.parent[value];
  const list = tree.parent[value];
  const call = value === use && tree.kind[list] === Kind.argument_list ? tree.parent[list] : tree.parent[value];
  if (tree.kind[call] !== Kind.call_expression) return '';
  const callee = go.callExpression.function(tree, call);
  return callee === value ? textOf(tree, value).slice(textOf(tree, use).length) : textOf(tree, callee);
}

/** Other results of the call that made the value, the blank ones left out. */
export function companionsOf({ tree, scopes }: Known, { statement, name }: TurnValue): GoSymbol[] {
  const [targets] = sidesOf(tree, statement);
  return targets.flatMap((target) => {
    const symbol = target !== name && tree.kind[target] === Kind.identifier ? scopes.symbolOf(target) : undefined;
    return symbol === undefined ? [] : [symbol];
  });
}

/** The call that a defer_statement defers; its last child where the statement is broken. */
export function deferredCall(tree: Tree, deferred: Node): Node {
  const call = children(tree, deferred)[0];
  return call === undefined ? deferred : unparenthesized(tree, call);
}
