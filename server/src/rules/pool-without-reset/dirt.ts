/**
 * Whether a value is put back with what was added to it, and whether somebody adds to what Get gave without starting it
 * afresh. Paths are followed in the control flow; unexported functions that only wrap Get or Put are followed to their callers.
 */
import { type ControlFlow, controlFlow, type FlowPosition, type GoSymbol, type Package, positionOf } from '../../model/index.ts';
import {
  childOf,
  children,
  encloses,
  enclosingFunction,
  Field,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  unparenthesized,
} from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import { poolCallsIn } from '../kit/pools.ts';
import { isReached } from '../kit/reach.ts';
import { type Effect, effectsOn, type Scene } from './effects.ts';

/** A place at which something is added to a value. */
export interface Addition {
  readonly scene: Scene;
  readonly at: Node;
  readonly part: string;
}

/** Wrappers of wrappers that are followed. */
const MAX_DEPTH = 3;

/** What was added to the value that a call gives back and is still in it then; nothing where that cannot be told. */
export function leftIn(pkg: Package, scene: Scene, call: Node, value: Node, depth: number = MAX_DEPTH): readonly Addition[] {
  const { tree } = scene.file;
  const name = unparenthesized(tree, value);
  const variable = tree.kind[name] === Kind.identifier ? scene.types.scopes.symbolOf(name) : undefined;
  if (variable?.kind !== 'variable' || variable.owner === NONE) return [];
  const effects = effectsOn(scene, variable);
  const isGiven = variable.role === 'parameter' || variable.role === 'receiver';
  if (!isGiven) return variable.role === 'local' ? additionsBefore(scene, variable, call, effects) : [];
  const before = effects.filter(({ at }) => at < call);
  if (before.some(({ kind }) => kind === 'reset') || depth === 0) return [];
  if (before.length > 0) return before.filter(({ kind }) => kind === 'add').map(({ at, part }) => ({ scene, at, part }));
  return fromCallers(pkg, scene, variable, depth);
}

function fromCallers(pkg: Package, scene: Scene, parameter: GoSymbol, depth: number): readonly Addition[] {
  const { tree } = scene.file;
  const { owner } = parameter;
  const calls = tree.kind[owner] === Kind.func_literal ? undefined : allCallsOf({ ...scene, tree, package: pkg }, owner);
  const index = parametersBefore(tree, owner, parameter);
  return (calls ?? []).flatMap(({ file, types, node }) => {
    const value =
      index < 0
        ? go.selectorExpression.operand(file.tree, go.callExpression.function(file.tree, node))
        : argumentAt(file.tree, node, index);
    return file.isTest || value === NONE ? [] : leftIn(pkg, { file, types }, node, value, depth - 1);
  });
}

/** Index of a parameter; -1 for the receiver. */
function parametersBefore(tree: Tree, fn: Node, parameter: GoSymbol): number {
  if (parameter.role === 'receiver') return -1;
  const names = children(tree, go.functionDeclaration.parameters(tree, fn)).flatMap((each) => go.parameterDeclaration.name(tree, each));
  return names.indexOf(parameter.declaration);
}

function argumentAt(tree: Tree, call: Node, index: number): Node {
  return children(tree, go.callExpression.arguments(tree, call))[index] ?? NONE;
}

/** Additions from which a path leads to the call, or to the function's end where it is deferred, without a reset. */
function additionsBefore(scene: Scene, variable: GoSymbol, call: Node, effects: readonly Effect[]): readonly Addition[] {
  const { tree } = scene.file;
  const fn = variable.owner;
  const deferred = deferredAround(tree, call, fn);
  if (effects.some(({ kind, at }) => kind === 'reset' && deferredAround(tree, at, fn) !== NONE)) return [];
  const flow = controlFlow(tree, fn, scene.types);
  const goal = deferred === NONE ? positionOf(flow, tree, call) : 'end';
  if (goal === undefined) return [];
  const added = effects.filter(({ kind, at }) => kind === 'add' && deferredAround(tree, at, fn) === NONE);
  return added
    .filter(({ at, part }) => isAddedUntil(flow, positionOf(flow, tree, at), goal, resetsOf(flow, tree, effects, part)))
    .map(({ at, part }) => ({ scene, at, part }));
}

/** The defer statement of the function itself that the node stands in. */
function deferredAround(tree: Tree, node: Node, fn: Node): Node {
  for (let at = node; at !== fn && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.defer_statement && enclosingFunction(tree, at) === fn) return at;
  }
  return NONE;
}

function resetsOf(flow: ControlFlow, tree: Tree, effects: readonly Effect[], part: string): readonly (FlowPosition | undefined)[] {
  const resets = effects.filter((each) => each.kind === 'reset' && (each.part === '*' || each.part === part));
  return resets.map(({ at }) => positionOf(flow, tree, at));
}

/** The first place in the package that adds to a part of what Get gave before anything starts it afresh. */
export function staleUse(pkg: Package, scene: Scene, key: string, parts: ReadonlySet<string>): Addition | undefined {
  for (const { file, types, node } of poolCallsIn(pkg, scene.types, key, 'Get')) {
    const found = file.isTest ? undefined : staleFrom(pkg, { file, types }, node, parts, MAX_DEPTH);
    if (found !== undefined) return found;
  }
  return undefined;
}

function staleFrom(pkg: Package, scene: Scene, call: Node, parts: ReadonlySet<string>, depth: number): Addition | undefined {
  const { tree } = scene.file;
  const given = assertedOf(tree, call);
  const statement = statementOf(tree, given);
  if (tree.kind[statement] === Kind.return_statement) return staleFromCallers(pkg, scene, enclosingFunction(tree, call), parts, depth);
  const variable = holderOf(scene, given, statement);
  if (variable === undefined) return undefined;
  const effects = effectsOn(scene, variable);
  const flow = controlFlow(tree, variable.owner, scene.types);
  const start = positionOf(flow, tree, statement);
  for (const { kind, at, part } of effects) {
    const goal = kind !== 'reset' && parts.has(part) && at > statement ? positionOf(flow, tree, at) : undefined;
    const stops = resetsOf(flow, tree, effects, part);
    const isMixed = goal === undefined || stops.some((stop) => stop?.block === goal.block && stop.index === goal.index);
    if (!isMixed && isAddedUntil(flow, start, goal, stops)) return { scene, at, part };
  }
  const isReset = effects.some(({ kind, at }) => kind === 'reset' && !isReturned(tree, at));
  const returns = effects.some(({ at }) => isReturned(tree, at));
  return returns && !isReset ? staleFromCallers(pkg, scene, variable.owner, parts, depth) : undefined;
}

function staleFromCallers(pkg: Package, scene: Scene, fn: Node, parts: ReadonlySet<string>, depth: number): Addition | undefined {
  const { tree } = scene.file;
  const calls = depth === 0 || tree.kind[fn] === Kind.func_literal ? undefined : allCallsOf({ ...scene, tree, package: pkg }, fn);
  for (const { file, types, node } of calls ?? []) {
    const found = file.isTest ? undefined : staleFrom(pkg, { file, types }, node, parts, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The call with the type assertion around it. */
function assertedOf(tree: Tree, call: Node): Node {
  let at = call;
  while (tree.kind[tree.parent[at]] === Kind.parenthesized_expression || tree.kind[tree.parent[at]] === Kind.type_assertion_expression)
    at = tree.parent[at];
  return at;
}

/** The assignment, declaration or return statement in whose list the node stands, or NONE. */
function statementOf(tree: Tree, node: Node): Node {
  return tree.kind[tree.parent[node]] === Kind.expression_list ? tree.parent[tree.parent[node]] : NONE;
}

/** The local variable that takes the value. */
function holderOf({ file: { tree }, types }: Scene, given: Node, statement: Node): GoSymbol | undefined {
  const isSpec = tree.kind[statement] === Kind.var_spec;
  const target = isSpec ? go.varSpec.name(tree, statement)[0] : firstChild(tree, childOf(tree, statement, Field.left));
  if (target === undefined || tree.kind[target] !== Kind.identifier || firstChild(tree, tree.parent[given]) !== given) return undefined;
  const symbol = types.scopes.symbolOf(target);
  const isLocal = symbol?.kind === 'variable' && symbol.role === 'local' && encloses(tree, symbol.owner, statement);
  return isLocal && enclosingFunction(tree, statement) === symbol.owner ? symbol : undefined;
}

function isReturned(tree: Tree, node: Node): boolean {
  return tree.kind[statementOf(tree, node)] === Kind.return_statement;
}

/** Whether a path leads there past no reset; not where a reset is unplaced, or part of the start itself. */
function isAddedUntil(
  flow: ControlFlow,
  start: FlowPosition | undefined,
  goal: FlowPosition | 'end',
  resets: readonly (FlowPosition | undefined)[],
): boolean {
  if (start === undefined || resets.includes(undefined)) return false;
  const isMixed = resets.some((reset) => reset?.block === start.block && reset.index === start.index);
  return !isMixed && isReached(flow, start, goal, resets);
}
