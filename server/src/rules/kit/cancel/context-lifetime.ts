/**
 * Whether a context may be in use after the function that made it: the proof behind `defer cancel()`. Follows the context,
 * what is made from it and what is given it, through the function and into the functions it calls, and stops at the first
 * place that could keep it. Flow is ignored: a variable that held it anywhere holds it everywhere. What cannot be followed
 * counts as keeping it.
 */
import { type Callee, type FunctionDeclaration, type GoSymbol, isStandardLibrary, type Types } from '../../../model/index.ts';
import {
  childOf,
  children,
  encloses,
  enclosingFunction,
  Field,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
} from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { rootOf } from '../root.ts';
import { canHoldContext } from './can-hold.ts';
import { type CancelSource, isBlank, sidesOf } from './sources.ts';
import { isKeptByStandardLibrary, letsGo } from './std-keeps.ts';

/** A function through which the context is followed. */
interface Scene {
  readonly types: Types;
  readonly tree: Tree;
  readonly fn: Node;
  /** The function that made the context: what it returns outlives it. */
  readonly isOrigin: boolean;
}

interface Trace {
  /** The statement that made the context; what its function does itself in earlier rows has the variable's older value. */
  readonly since: Node;
  readonly pending: { readonly scene: Scene; readonly symbol: GoSymbol }[];
  readonly seen: Set<GoSymbol>;
}

/** Variables that are followed before the context counts as kept. */
const MAX_VARIABLES = 400;

/** Why the context may outlive its function, as a clause with "it" for the context; undefined when it does not. */
export function reasonToOutlive(context: Pick<RuleContext, 'tree' | 'types'>, source: CancelSource): string | undefined {
  const { tree, types } = context;
  const scene: Scene = { types, tree, fn: source.fn, isOrigin: true };
  const trace: Trace = { since: source.statement, pending: [], seen: new Set() };
  const first = store(trace, scene, source.context, 'it is stored where others can use it');
  if (first !== undefined) return first;
  const earlier = [...trace.seen].some((symbol) => isUsedByEarlierDefer(scene, symbol, source));
  if (earlier) return 'a call that was deferred before still uses it';
  for (let next = trace.pending.pop(); next !== undefined; next = trace.pending.pop()) {
    if (trace.seen.size > MAX_VARIABLES) return 'it goes too far to be followed';
    const reason = followSymbol(trace, next.scene, next.symbol);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Whether a variable of the function that may hold the context, or something made with it, is used after the loop that the context is made in. */
export function isHeldAfterLoop(
  context: Pick<RuleContext, 'tree' | 'types'>,
  source: Pick<CancelSource, 'fn' | 'statement' | 'context'>,
  loop: Node,
): boolean {
  const { tree, types } = context;
  const scene: Scene = { types, tree, fn: source.fn, isOrigin: true };
  const trace: Trace = { since: source.statement, pending: [], seen: new Set() };
  store(trace, scene, source.context, '');
  for (let next = trace.pending.pop(); next !== undefined && trace.seen.size <= MAX_VARIABLES; next = trace.pending.pop()) {
    const isOuter = next.scene.isOrigin && !encloses(tree, loop, next.symbol.declaration);
    if (isOuter && types.scopes.references(next.symbol).some(({ node, access }) => access !== 'write' && node >= tree.next[loop]))
      return true;
    for (const node of usesOf(trace, next.scene, next.symbol)) follow(trace, next.scene, node);
  }
  return false;
}

/** Deferred calls run in reverse: one registered before the new `defer` runs after it, with the context cancelled. */
function isUsedByEarlierDefer({ types, tree, fn }: Scene, symbol: GoSymbol, source: CancelSource): boolean {
  return types.scopes.references(symbol).some(({ node, within }) => node < source.statement && within !== fn && isInDefer(tree, node, fn));
}

function isInDefer(tree: Tree, node: Node, fn: Node): boolean {
  for (let up = tree.parent[node]; up !== NONE && up !== fn; up = tree.parent[up]) if (tree.kind[up] === Kind.defer_statement) return true;
  return false;
}

function followSymbol(trace: Trace, scene: Scene, symbol: GoSymbol): string | undefined {
  const { tree, fn } = scene;
  if (symbol.kind !== 'variable' || symbol.role === 'package' || !encloses(tree, fn, symbol.declaration))
    return `it is stored in ${symbol.name}`;
  if (symbol.role === 'result' && symbol.owner === fn && scene.isOrigin) return 'it is returned';
  for (const node of usesOf(trace, scene, symbol)) {
    const reason = follow(trace, scene, node);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Where the variable's value is used, and the literals that capture it. */
function usesOf(trace: Trace, { types, tree, fn, isOrigin }: Scene, symbol: GoSymbol): Node[] {
  const uses: Node[] = [];
  for (const { node, access, within } of types.scopes.references(symbol)) {
    if (access === 'declare' || access === 'write' || (isOrigin && within === fn && node < trace.since)) continue;
    const literal = literalIn(tree, symbol.owner, within);
    uses.push(node, ...(literal === NONE ? [] : [literal]));
  }
  return uses;
}

/** The literal directly in `owner` that is or holds `within`; NONE when `within` is the owner. */
function literalIn(tree: Tree, owner: Node, within: Node): Node {
  for (let at = within, outer = NONE; at !== owner && at !== NONE; at = outer) {
    outer = enclosingFunction(tree, at);
    if (outer === owner) return at;
  }
  return NONE;
}

/** Parents through which the value goes on being the value, or part of a larger one. */
const CARRIERS: ReadonlySet<number> = new Set([
  Kind.parenthesized_expression,
  Kind.unary_expression,
  Kind.type_assertion_expression,
  Kind.type_conversion_expression,
  Kind.slice_expression,
  Kind.index_expression,
  Kind.literal_element,
  Kind.literal_value,
  Kind.keyed_element,
  Kind.composite_literal,
  Kind.variadic_argument,
]);

const ENDS: ReadonlySet<number> = new Set([
  Kind.binary_expression,
  Kind.expression_statement,
  Kind.if_statement,
  Kind.for_statement,
  Kind.for_clause,
  Kind.expression_switch_statement,
  Kind.expression_case,
  Kind.inc_statement,
  Kind.dec_statement,
]);

/** Follows one expression outwards; the reason why its value is kept, or undefined when this use ends here or goes on in variables. */
function follow(trace: Trace, scene: Scene, start: Node): string | undefined {
  const { types, tree } = scene;
  let value = start;
  for (;;) {
    const parent = tree.parent[value];
    const kind = tree.kind[parent];
    if (ENDS.has(kind)) return undefined;
    if (CARRIERS.has(kind)) {
      if (isExpression(tree, parent) && !canHoldContext(types, types.typeOf(parent))) return undefined;
    } else if (kind === Kind.selector_expression) {
      const call = callOf(tree, parent);
      const step = call === NONE ? fieldStep(scene, parent) : methodStep(trace, scene, parent, call);
      if (step !== GOES_ON) return step;
      if (call !== NONE) {
        value = call;
        continue;
      }
    } else if (kind === Kind.call_expression) {
      if (isSpawned(tree, parent)) return 'a goroutine uses it';
      if (!canHoldContext(types, types.typeOf(parent))) return undefined;
    } else if (kind === Kind.argument_list) {
      const step = argumentStep(trace, scene, value, parent);
      if (step !== GOES_ON) return step;
      value = tree.parent[parent];
      continue;
    } else return statementStep(trace, scene, value, parent);
    value = parent;
  }
}

function isExpression(tree: Tree, node: Node): boolean {
  const kind = tree.kind[node];
  return kind !== Kind.literal_element && kind !== Kind.literal_value && kind !== Kind.keyed_element && kind !== Kind.variadic_argument;
}

/** The call that a selector or variable is the function of, or NONE. */
function callOf(tree: Tree, node: Node): Node {
  let callee = node;
  while (tree.kind[tree.parent[callee]] === Kind.parenthesized_expression) callee = tree.parent[callee];
  const call = tree.parent[callee];
  return tree.kind[call] === Kind.call_expression && tree.field[callee] === Field.function ? call : NONE;
}

function isSpawned(tree: Tree, call: Node): boolean {
  return tree.kind[tree.parent[call]] === Kind.go_statement;
}

/** The value goes on in the enclosing expression. */
const GOES_ON = Symbol('goes on');
/** Undefined where the use ends; otherwise why the value is kept. */
type Step = typeof GOES_ON | string | undefined;

function fieldStep({ types }: Scene, selector: Node): Step {
  return canHoldContext(types, types.typeOf(selector)) ? GOES_ON : undefined;
}

/** Methods of a context that give nothing of it away. */
const HARMLESS: ReadonlySet<string> = new Set(['Err', 'Deadline', 'Value']);

function methodStep(trace: Trace, scene: Scene, selector: Node, call: Node): Step {
  const { types, tree } = scene;
  if (isSpawned(tree, call)) return 'a goroutine uses it';
  const callee = types.calleeOf(call);
  const name = 'name' in callee ? (callee.name ?? '') : '';
  const path = 'path' in callee ? (callee.path ?? '') : '';
  if (path === 'context' && HARMLESS.has(name.replace('Context.', ''))) return undefined;
  if (isKeptByStandardLibrary(path, name) && !(name === 'Cmd.Start' && waitsOn(scene, selector)))
    return `${textOf(tree, selector)} goes on with it`;
  if (callee.kind === 'method' && callee.declaration !== undefined) enterReceiver(trace, scene, callee.declaration);
  return canHoldContext(types, types.typeOf(call)) ? GOES_ON : undefined;
}

/** Whether the function also waits for the command it starts. */
function waitsOn({ tree, fn }: Scene, selector: Node): boolean {
  const operand = textOf(tree, go.selectorExpression.operand(tree, selector));
  for (let row = fn; row < tree.next[fn]; row++) {
    if (tree.kind[row] === Kind.selector_expression && textOf(tree, row) === `${operand}.Wait` && callOf(tree, row) !== NONE) return true;
  }
  return false;
}

function argumentStep(trace: Trace, scene: Scene, value: Node, list: Node): Step {
  const { types, tree } = scene;
  const call = tree.parent[list];
  if (tree.kind[call] !== Kind.call_expression) return 'it goes where it cannot be followed';
  if (isSpawned(tree, call)) return 'a goroutine uses it';
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin') return callee.name === 'append' || callee.name === 'new' ? GOES_ON : undefined;
  const kept = callee.kind === 'conversion' ? undefined : keptByCallee(trace, scene, callee, call, children(tree, list).indexOf(value));
  if (kept !== undefined) return kept;
  return canHoldContext(types, types.typeOf(call)) ? GOES_ON : undefined;
}

function keptByCallee(trace: Trace, scene: Scene, callee: Callee, call: Node, index: number): Step {
  const written = go.callExpression.function(scene.tree, call);
  if (letsGo(importPathOf(scene, written, callee))) return undefined;
  const shown = shownFunction(scene.tree, written);
  switch (callee.kind) {
    case 'function':
    case 'method': {
      const { path, name, declaration } = callee;
      if (isStandardLibrary(path)) return isKeptByStandardLibrary(path, name) ? `${shown} keeps it` : undefined;
      return declaration !== undefined && enterParameter(trace, scene, declaration, index) ? undefined : `${shown} may keep it`;
    }
    case 'literal':
      return enterParameter(trace, scene, callee.declaration, index) ? undefined : `${shown} may keep it`;
    case 'dynamic':
      if (callee.path !== undefined && isStandardLibrary(callee.path))
        return isKeptByStandardLibrary(callee.path, callee.name ?? '') ? `${shown} keeps it` : undefined;
      return `${shown} may keep it`;
    case 'builtin':
    case 'conversion':
    case 'unknown':
      return `${shown} may keep it`;
  }
}

/** Import path of the package that a called function is of, told from the file's imports where types do not know; '' for others. */
function importPathOf({ types, tree }: Scene, written: Node, callee: Callee): string {
  if (callee.kind === 'function' || callee.kind === 'method') return callee.path;
  if (callee.kind !== 'unknown' || tree.kind[written] !== Kind.selector_expression) return '';
  const symbol = types.scopes.symbolOf(go.selectorExpression.operand(tree, written));
  return symbol?.kind === 'import' ? (types.scopes.importOf(symbol)?.path ?? '') : '';
}

/** How a reason names a called function: as written, or by its last name. */
function shownFunction(tree: Tree, callee: Node): string {
  const written = textOf(tree, callee);
  if (/^[\w.]+$/.test(written)) return written;
  return tree.kind[callee] === Kind.selector_expression ? textOf(tree, go.selectorExpression.field(tree, callee)) : 'the called function';
}

/** Goes on in a called function at the parameter that receives an argument; false when its body is not in view. */
function enterParameter(trace: Trace, scene: Scene, declaration: FunctionDeclaration, index: number): boolean {
  const inner = sceneOf(scene, declaration);
  if (inner === undefined) return false;
  const names: Node[] = [];
  for (const parameter of children(inner.tree, childOf(inner.tree, declaration.node, Field.parameters))) {
    const own = childrenNamed(inner.tree, parameter);
    names.push(...(own.length === 0 ? [NONE] : own));
  }
  addSymbol(trace, inner, names[Math.min(index, names.length - 1)] ?? NONE);
  return true;
}

function enterReceiver(trace: Trace, scene: Scene, declaration: FunctionDeclaration): void {
  const inner = sceneOf(scene, declaration);
  if (inner === undefined || inner.tree.kind[declaration.node] !== Kind.method_declaration) return;
  const [receiver] = children(inner.tree, go.methodDeclaration.receiver(inner.tree, declaration.node));
  if (receiver !== undefined) addSymbol(trace, inner, childrenNamed(inner.tree, receiver)[0] ?? NONE);
}

function childrenNamed(tree: Tree, parameter: Node): Node[] {
  return children(tree, parameter).filter((child) => tree.field[child] === Field.name && tree.kind[child] === Kind.identifier);
}

function sceneOf(scene: Scene, { file, node }: FunctionDeclaration): Scene | undefined {
  const types = scene.types.typesIn(file);
  if (types === undefined || childOf(file.tree, node, Field.body) === NONE) return undefined;
  if (file.tree === scene.tree && encloses(scene.tree, scene.fn, node)) return scene;
  return { types, tree: file.tree, fn: node, isOrigin: false };
}

function addSymbol(trace: Trace, scene: Scene, name: Node): void {
  const symbol = name === NONE || isBlank(scene.tree, name) ? undefined : scene.types.scopes.symbolOf(name);
  if (symbol === undefined || trace.seen.has(symbol)) return;
  trace.seen.add(symbol);
  trace.pending.push({ scene, symbol });
}

/** The value reached a statement: where does it leave it? */
function statementStep(trace: Trace, scene: Scene, value: Node, parent: Node): string | undefined {
  const { tree } = scene;
  switch (tree.kind[parent]) {
    case Kind.expression_list:
      return listStep(trace, scene, value, parent);
    case Kind.send_statement:
      return go.sendStatement.value(tree, parent) === value ? 'it is sent on a channel' : undefined;
    case Kind.range_clause:
      return storeAll(trace, scene, listed(tree, go.rangeClause.left(tree, parent)));
    case Kind.receive_statement:
      return storeAll(trace, scene, listed(tree, go.receiveStatement.left(tree, parent)));
    default:
      return isFunction(tree, parent) ? undefined : 'it goes where it cannot be followed';
  }
}

function listed(tree: Tree, list: Node): readonly Node[] {
  return list === NONE ? [] : children(tree, list);
}

function listStep(trace: Trace, scene: Scene, value: Node, list: Node): string | undefined {
  const { tree } = scene;
  const statement = tree.parent[list];
  const kind = tree.kind[statement];
  if (kind === Kind.return_statement)
    return scene.isOrigin && enclosingFunction(tree, statement) === scene.fn ? 'it is returned' : undefined;
  if (kind === Kind.expression_case) return undefined;
  const [targets, values] = sidesOf(tree, statement);
  const index = values.indexOf(value);
  if (targets.length === 0) return 'it goes where it cannot be followed';
  if (index < 0) return undefined;
  return storeAll(trace, scene, values.length === 1 ? targets : [targets[index]]);
}

function storeAll(trace: Trace, scene: Scene, targets: readonly Node[]): string | undefined {
  for (const target of targets) {
    const type = scene.types.typeOf(target);
    if (!isBlank(scene.tree, target) && !canHoldContext(scene.types, type)) continue;
    const reason = store(trace, scene, target, `it is stored in ${textOf(scene.tree, target).slice(0, 40)}`);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Stores the value: a variable of the function is followed, and so is one whose own memory it becomes part of. */
function store(trace: Trace, scene: Scene, target: Node, elsewhere: string): string | undefined {
  const { types, tree } = scene;
  if (target === NONE || isBlank(tree, target)) return undefined;
  const root = rootOf(tree, target);
  const symbol = tree.kind[root] === Kind.identifier ? types.scopes.symbolOf(root) : undefined;
  const isOwn = symbol?.kind === 'variable' && symbol.role !== 'package' && encloses(tree, scene.fn, symbol.declaration);
  if (symbol === undefined || !isOwn) return elsewhere;
  if (root !== target && !ownsItsMemory(scene, symbol)) return elsewhere;
  addSymbol(trace, scene, symbol.declaration);
  return undefined;
}

/** Whether what is reached through a local variable was made in this function: a struct or array value, or a literal's or `new`'s result. */
function ownsItsMemory({ types, tree }: Scene, symbol: GoSymbol): boolean {
  const { kind } = types.underlying(types.typeOfSymbol(symbol));
  if (kind === 'struct' || kind === 'array') return symbol.role !== 'result';
  if (symbol.role !== 'local') return false;
  return types.scopes
    .references(symbol)
    .every(({ node, access }) => (access !== 'declare' && access !== 'write') || isGivenFresh(types, tree, node));
}

function isGivenFresh(types: Types, tree: Tree, name: Node): boolean {
  const statement = tree.kind[tree.parent[name]] === Kind.var_spec ? tree.parent[name] : tree.parent[tree.parent[name]];
  const [targets, values] = sidesOf(tree, statement);
  const value = targets.length === values.length ? values[targets.indexOf(name)] : undefined;
  if (value === undefined) return targets.length > 0 && values.length === 0;
  if (tree.kind[value] === Kind.composite_literal) return true;
  if (tree.kind[value] === Kind.unary_expression) return tree.kind[go.unaryExpression.operand(tree, value)] === Kind.composite_literal;
  const callee = tree.kind[value] === Kind.call_expression ? types.calleeOf(value) : undefined;
  return callee?.kind === 'builtin' && (callee.name === 'new' || callee.name === 'make');
}
