/**
 * Statements to flows: one pass over the rows of a function's body, as the tree is in preorder. Literals in it are functions of
 * their own. After escape/stmt.go.
 */
import type { GoSymbol, Type } from '../../model/index.ts';
import { ancestor, firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import type { Callees } from '../calls/callees.ts';
import { type Batch, DISCARD, type Hole, heapHole, shifted } from '../flows/batch.ts';
import { LocationKind } from '../flows/graph.ts';
import type { Why } from '../flows/notes.ts';
import { bodyOf } from '../program.ts';
import { assign, targetHole } from './assignments.ts';
import { isTuple, lowerCall } from './calls.ts';
import { constantCondition, deadAfter } from './dead-branches.ts';
import { drain } from './expressions.ts';
import { lowerInitializer } from './initializers.ts';
import { loopDepth } from './loop-depth.ts';
import { Lowering } from './lowering.ts';
import { asserted, listed } from './operands.ts';
import { hasPointers } from './type-facts.ts';

/** Adds the flows of a function and of its literals. */
export function lowerRoutines(batch: Batch, callees: Callees): void {
  for (const routine of batch.routines.slice(0, batch.own)) lowerBody(new Lowering(batch, callees, routine.facts, routine));
  batch.markInterfaces();
}

/** Adds the flows of the function's body. */
function lowerBody(lowering: Lowering): void {
  const { tree } = lowering.facts;
  const body = bodyOf(tree, lowering.routine.node);
  if (tree.kind[lowering.routine.node] === Kind.var_spec) {
    lowerInitializer(lowering);
    return;
  }
  if (isNeverMade(lowering)) return;
  const dead = new Set<Node>();
  for (let row = body; row < tree.next[body] && body !== NONE; ) {
    if (tree.kind[row] === Kind.func_literal || dead.has(row)) {
      row = tree.next[row];
      continue;
    }
    if (tree.kind[row] === Kind.if_statement) dead.add(deadBranch(lowering, row));
    if (ENDING.has(tree.kind[row])) for (const never of deadAfter(lowering.facts, row)) dead.add(never);
    lowerStatement(lowering, row);
    drain(lowering);
    row++;
  }
}

/** A literal in code that never runs: functions are lowered before their literals. */
function isNeverMade({ batch, routine }: Lowering): boolean {
  return routine.parent !== undefined && !batch.closureOf.has(routine.index);
}

/** Statements behind which others may never run. */
const ENDING: ReadonlySet<number> = new Set([
  Kind.return_statement,
  Kind.goto_statement,
  Kind.expression_statement,
  Kind.if_statement,
  Kind.block,
]);

/** The branch that a constant condition rules out; NONE without one. */
function deadBranch({ facts }: Lowering, statement: Node): Node {
  const condition = constantCondition(facts, statement);
  if (condition === undefined) return NONE;
  return condition ? go.ifStatement.alternative(facts.tree, statement) : go.ifStatement.consequence(facts.tree, statement);
}

function lowerStatement(lowering: Lowering, node: Node): void {
  const { tree } = lowering.facts;
  switch (tree.kind[node]) {
    case Kind.expression_statement:
      discardAll(lowering, [firstChild(tree, node)]);
      return;
    case Kind.inc_statement:
    case Kind.dec_statement:
      // An assignment like `+= 1`: a map keeps the key.
      targetHole(lowering, firstChild(tree, node));
      return;
    case Kind.if_statement:
      discardAll(lowering, [go.ifStatement.condition(tree, node)]);
      return;
    case Kind.for_clause:
      discardAll(lowering, [go.forClause.condition(tree, node)]);
      return;
    case Kind.for_statement:
      lowerCondition(lowering, node);
      return;
    case Kind.range_clause:
      lowerRange(lowering, node);
      return;
    case Kind.expression_switch_statement:
      discardAll(lowering, [go.expressionSwitchStatement.value(tree, node)]);
      return;
    case Kind.expression_case:
      discardAll(lowering, listed(lowering, go.expressionCase.value(tree, node)));
      return;
    case Kind.type_switch_statement:
      lowerTypeSwitch(lowering, node);
      return;
    case Kind.send_statement:
      lowerSend(lowering, node);
      return;
    case Kind.receive_statement:
      lowerReceive(lowering, node);
      return;
    case Kind.go_statement:
    case Kind.defer_statement:
      lowerSpawn(lowering, node);
      return;
    case Kind.return_statement:
      lowerReturn(lowering, node);
      return;
    case Kind.var_spec:
      lowerVariables(lowering, node);
      return;
    case Kind.short_var_declaration:
      assign(
        lowering,
        node,
        listed(lowering, go.shortVarDeclaration.left(tree, node)),
        listed(lowering, go.shortVarDeclaration.right(tree, node)),
      );
      return;
    case Kind.assignment_statement:
      assign(
        lowering,
        node,
        listed(lowering, go.assignmentStatement.left(tree, node)),
        listed(lowering, go.assignmentStatement.right(tree, node)),
      );
      return;
    default:
      return;
  }
}

function discardAll(lowering: Lowering, nodes: readonly Node[]): void {
  for (const node of nodes) if (node !== NONE) lowering.push(DISCARD, node);
}

/** `for cond {}` has its condition as a plain child. */
function lowerCondition(lowering: Lowering, node: Node): void {
  const { tree } = lowering.facts;
  const first = firstChild(tree, node);
  if (![Kind.for_clause, Kind.range_clause, Kind.block].some((kind) => kind === tree.kind[first])) lowering.push(DISCARD, first);
}

function lowerVariables(lowering: Lowering, spec: Node): void {
  const { tree } = lowering.facts;
  assign(lowering, spec, go.varSpec.name(tree, spec), listed(lowering, go.varSpec.value(tree, spec)));
}

function lowerRange(lowering: Lowering, clause: Node): void {
  const { tree, types } = lowering.facts;
  const source = go.rangeClause.right(tree, clause);
  const [key, value] = listed(lowering, go.rangeClause.left(tree, clause));
  const location = lowering.batch.graph.addLocation(LocationKind.temporary, lowering.routine.index, loopDepth(tree, source), 0);
  lowering.push({ target: location, derefs: 0, reach: 'always', note: undefined }, source);
  const under = types.underlying(types.typeOf(source));
  const element = under.kind === 'channel' ? key : value;
  if (key !== undefined) lowering.push(DISCARD, key);
  if (element === undefined || under.kind === 'function') return;
  const hole = lowering.note(targetHole(lowering, element), 'range', element);
  if (hasPointers(types, types.typeOf(element))) lowering.batch.flow(under.kind === 'array' ? hole : shifted(hole, 1), location);
}

function lowerTypeSwitch(lowering: Lowering, node: Node): void {
  const { tree, types } = lowering.facts;
  const value = go.typeSwitchStatement.value(tree, node);
  const alias = go.typeSwitchStatement.alias(tree, node);
  const holes: Hole[] = [];
  if (alias !== NONE) {
    for (const symbol of clauseVariables(lowering, node)) {
      const location = lowering.batch.variable(lowering.facts, symbol);
      if (location === undefined) continue;
      const hole: Hole = { target: location, derefs: 0, reach: 'always', note: undefined };
      holes.push(asserted(lowering, lowering.note(hole, 'assign', firstChild(tree, alias)), types.typeOfSymbol(symbol)));
    }
  }
  lowering.push(lowering.tee(holes, node), value);
}

/** The variables that the clauses of a type switch have, as far as they are used. */
function clauseVariables({ facts: { tree, scopes } }: Lowering, statement: Node): ReadonlySet<GoSymbol> {
  const found = new Set<GoSymbol>();
  for (let row = statement; row < tree.next[statement]; row++) {
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol === undefined || found.has(symbol)) continue;
    if (ancestor(tree, scopes.clauseOf(symbol), Kind.type_switch_statement) === statement) found.add(symbol);
  }
  return found;
}

function lowerSend(lowering: Lowering, node: Node): void {
  const { tree, types } = lowering.facts;
  const channel = go.sendStatement.channel(tree, node);
  const under = types.underlying(types.typeOf(channel));
  lowering.push(DISCARD, channel);
  const hole = lowering.note(heapHole(), 'send', node);
  lowering.convert(hole, go.sendStatement.value(tree, node), under.kind === 'channel' ? under.element : undefined);
}

function lowerReceive(lowering: Lowering, node: Node): void {
  const { tree } = lowering.facts;
  discardAll(lowering, [go.receiveStatement.right(tree, node)]);
  for (const target of listed(lowering, go.receiveStatement.left(tree, node))) targetHole(lowering, target);
}

/** What `go` evaluates, and what `defer` evaluates in a loop, lives on the heap until the call is made. */
function lowerSpawn(lowering: Lowering, node: Node): void {
  const { tree } = lowering.facts;
  const isGo = tree.kind[node] === Kind.go_statement;
  const call = unparenthesized(tree, firstChild(tree, node));
  const isKept = isGo || loopDepth(tree, node) > 1;
  if (tree.kind[call] !== Kind.call_expression) {
    discardAll(lowering, [call]);
    return;
  }
  lowerCall(lowering, [], call, isKept ? 'heap' : 'now');
}

function lowerReturn(lowering: Lowering, node: Node): void {
  const { batch, facts, routine } = lowering;
  const values = listed(lowering, firstChild(facts.tree, node));
  const type = facts.types.typeOf(routine.node);
  const types = resultTypes(type, lowering);
  const why: Why = 'return';
  const holes = batch.results[routine.index].map(
    (target): Hole => lowering.note({ target, derefs: 0, reach: 'always', note: undefined }, why, node),
  );
  const [only] = values;
  if (only !== undefined && values.length === 1 && holes.length > 1 && isTuple(lowering, only)) {
    lowerCall(lowering, lowering.boxed(holes, facts.types.typeOf(only), types, node), unparenthesized(facts.tree, only));
    return;
  }
  for (const [i, value] of values.entries()) lowering.convert(holes[i] ?? DISCARD, value, types[i]);
}

function resultTypes(type: Type, { facts, routine }: Lowering): readonly Type[] {
  if (type.kind === 'function') return type.results;
  const name = go.functionDeclaration.name(facts.tree, routine.node);
  const symbol = name === NONE ? undefined : facts.scopes.symbolOf(name);
  const declared = symbol === undefined ? undefined : facts.types.typeOfSymbol(symbol);
  return declared?.kind === 'function' ? declared.results : [];
}
