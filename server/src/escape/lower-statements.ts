/**
 * Statements to flows: one pass over the rows of a function's body, as the tree is in preorder. Literals in it are functions of
 * their own. After escape/stmt.go and escape/assign.go.
 */
import type { Type } from '../model/index.ts';
import { ancestor, firstChild, go, Kind, NONE, type Node, unparenthesized } from '../syntax/index.ts';
import { DISCARD, type Hole, heapHole, shifted } from './batch.ts';
import { LocationKind } from './graph.ts';
import { loopDepth } from './loop-depth.ts';
import { isTuple, lowerCall } from './lower-calls.ts';
import { drain } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';
import type { Why } from './notes.ts';
import { hasPointers } from './type-facts.ts';
import { asserted, dereferences, listed } from './operands.ts';
import { bodyOf } from './program.ts';

/** Adds the flows of the function's body. */
export function lowerBody(lowering: Lowering): void {
  const { tree } = lowering.facts;
  const body = bodyOf(tree, lowering.routine.node);
  for (let row = body; row < tree.next[body] && body !== NONE; ) {
    if (tree.kind[row] === Kind.func_literal) {
      row = tree.next[row];
      continue;
    }
    lowerStatement(lowering, row);
    drain(lowering);
    row++;
  }
}

function lowerStatement(lowering: Lowering, node: Node): void {
  const { tree } = lowering.facts;
  switch (tree.kind[node]) {
    case Kind.expression_statement:
      return discardAll(lowering, [firstChild(tree, node)]);
    case Kind.inc_statement:
    case Kind.dec_statement:
      return discardAll(lowering, [firstChild(tree, node)]);
    case Kind.if_statement:
      return discardAll(lowering, [go.ifStatement.condition(tree, node)]);
    case Kind.for_clause:
      return discardAll(lowering, [go.forClause.condition(tree, node)]);
    case Kind.for_statement:
      return lowerCondition(lowering, node);
    case Kind.range_clause:
      return lowerRange(lowering, node);
    case Kind.expression_switch_statement:
      return discardAll(lowering, [go.expressionSwitchStatement.value(tree, node)]);
    case Kind.expression_case:
      return discardAll(lowering, listed(lowering, go.expressionCase.value(tree, node)));
    case Kind.type_switch_statement:
      return lowerTypeSwitch(lowering, node);
    case Kind.send_statement:
      return lowerSend(lowering, node);
    case Kind.receive_statement:
      return lowerReceive(lowering, node);
    case Kind.go_statement:
    case Kind.defer_statement:
      return lowerSpawn(lowering, node);
    case Kind.return_statement:
      return lowerReturn(lowering, node);
    case Kind.var_spec:
      return lowerVariables(lowering, node);
    case Kind.short_var_declaration:
      return assign(
        lowering,
        node,
        listed(lowering, go.shortVarDeclaration.left(tree, node)),
        listed(lowering, go.shortVarDeclaration.right(tree, node)),
      );
    case Kind.assignment_statement:
      return assign(
        lowering,
        node,
        listed(lowering, go.assignmentStatement.left(tree, node)),
        listed(lowering, go.assignmentStatement.right(tree, node)),
      );
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

/** Where an assignment to the expression puts its value; evaluates what the expression itself calls. */
export function targetHole(lowering: Lowering, node: Node): Hole {
  const { tree, types, scopes } = lowering.facts;
  for (let at = node; ; ) {
    switch (tree.kind[at]) {
      case Kind.identifier: {
        const symbol = scopes.symbolOf(at);
        const location = lowering.batch.variable(lowering.facts, symbol);
        if (location !== undefined) return { target: location, derefs: 0, reach: 'always', note: undefined };
        return symbol?.role === 'package' ? heapHole(undefined) : DISCARD;
      }
      case Kind.parenthesized_expression:
        at = firstChild(tree, at);
        continue;
      case Kind.selector_expression: {
        const operand = go.selectorExpression.operand(tree, at);
        const selection = types.selectionOf(at);
        if (selection?.kind === 'member') return heapHole(undefined);
        if (selection?.kind === 'field' && dereferences(lowering, operand, selection) === 0) {
          at = operand;
          continue;
        }
        lowering.push(DISCARD, operand);
        return heapHole(undefined, selection === undefined ? 'maybe' : 'always');
      }
      case Kind.index_expression: {
        const operand = go.indexExpression.operand(tree, at);
        const under = types.underlying(types.typeOf(operand));
        const index = go.indexExpression.index(tree, at);
        if (under.kind === 'map') lowering.convert(lowering.note(heapHole(undefined), 'map-key', at), index, under.key);
        else lowering.push(DISCARD, index);
        if (under.kind === 'array') {
          at = operand;
          continue;
        }
        lowering.push(DISCARD, operand);
        return heapHole(undefined, under.kind === 'unknown' ? 'maybe' : 'always');
      }
      case Kind.unary_expression:
        lowering.push(DISCARD, go.unaryExpression.operand(tree, at));
        return heapHole(undefined);
      default:
        lowering.push(DISCARD, at);
        return DISCARD;
    }
  }
}

/** Type that a value takes when it is assigned to the expression; undefined for `_`. */
function typeOfTarget({ facts: { tree, types, scopes } }: Lowering, node: Node): Type | undefined {
  const isBlank = tree.kind[node] === Kind.identifier && scopes.symbolOf(node) === undefined;
  return isBlank ? undefined : types.typeOf(node);
}

function assign(lowering: Lowering, statement: Node, targets: readonly Node[], values: readonly Node[]): void {
  const [only] = values;
  if (values.length === 1 && targets.length > 1 && only !== undefined) return assignSeveral(lowering, statement, targets, only);
  for (const [i, value] of values.entries()) {
    const target = targets[i];
    if (target === undefined) continue;
    const hole = targetHole(lowering, target);
    const type = typeOfTarget(lowering, target);
    const into = isSelfAssignment(lowering, target, value) ? DISCARD : lowering.note(hole, 'assign', target);
    lowering.convert(into, value, type);
  }
}

/** `a, b = f()`, `v, ok = m[k]`, `v, ok = x.(T)`, `v, ok = <-c`. */
function assignSeveral(lowering: Lowering, statement: Node, targets: readonly Node[], value: Node): void {
  const { tree } = lowering.facts;
  const inner = unparenthesized(tree, value);
  const holes = targets.map((target) => lowering.note(targetHole(lowering, target), 'assign', target));
  if (tree.kind[inner] === Kind.call_expression) return lowerCall(lowering, holes, inner);
  if (tree.kind[inner] === Kind.type_conversion_expression) return lowerCall(lowering, holes, inner);
  const [first] = holes;
  lowering.push(first ?? DISCARD, inner === NONE ? statement : inner);
}

/** `x.f = x.g` and `b.buf = b.buf[i:j]` store no pointer that was not there (gc's isSelfAssign). */
function isSelfAssignment(lowering: Lowering, target: Node, value: Node): boolean {
  const { tree, types } = lowering.facts;
  const inner = unparenthesized(tree, value);
  if (tree.kind[inner] === Kind.slice_expression) {
    const operand = unparenthesized(tree, go.sliceExpression.operand(tree, inner));
    const isArray = ['array', 'unknown'].includes(types.underlying(types.typeOf(operand)).kind);
    return (
      !isArray &&
      isDirectField(lowering, target) &&
      isDirectField(lowering, operand) &&
      baseOf(lowering, target) === baseOf(lowering, operand)
    );
  }
  if (tree.kind[target] !== tree.kind[inner]) return false;
  if (tree.kind[target] !== Kind.selector_expression && tree.kind[target] !== Kind.index_expression) return false;
  const base = baseOf(lowering, target);
  return base !== undefined && base === baseOf(lowering, inner) && isSafeBase(lowering, target) && isSafeBase(lowering, inner);
}

/** `p.f` of a name. */
function isDirectField({ facts: { tree } }: Lowering, node: Node): boolean {
  if (tree.kind[node] === Kind.unary_expression) return tree.kind[go.unaryExpression.operand(tree, node)] === Kind.identifier;
  return tree.kind[node] === Kind.selector_expression && tree.kind[go.selectorExpression.operand(tree, node)] === Kind.identifier;
}

/** Whether one selector or index stands on a path of value fields from a name. */
function isSafeBase(lowering: Lowering, node: Node): boolean {
  const { tree, types } = lowering.facts;
  let at =
    tree.kind[node] === Kind.selector_expression ? go.selectorExpression.operand(tree, node) : go.indexExpression.operand(tree, node);
  for (;;) {
    if (tree.kind[at] === Kind.identifier) return true;
    if (tree.kind[at] !== Kind.selector_expression) return false;
    const selection = types.selectionOf(at);
    const operand = go.selectorExpression.operand(tree, at);
    if (selection?.kind !== 'field' || dereferences(lowering, operand, selection) !== 0) return false;
    at = operand;
  }
}

function baseOf({ facts: { tree, scopes } }: Lowering, node: Node): unknown {
  let at = node;
  for (;;) {
    const kind = tree.kind[at];
    if (kind === Kind.selector_expression) at = go.selectorExpression.operand(tree, at);
    else if (kind === Kind.index_expression) at = go.indexExpression.operand(tree, at);
    else if (kind === Kind.unary_expression) at = go.unaryExpression.operand(tree, at);
    else return kind === Kind.identifier ? scopes.symbolOf(at) : undefined;
  }
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
  const { tree, types, scopes } = lowering.facts;
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

  function clauseVariables({ facts }: Lowering, statement: Node) {
    const found = new Set(
      rowsOf(facts.tree, statement)
        .filter((row) => facts.tree.kind[row] === Kind.identifier)
        .map((row) => scopes.symbolOf(row))
        .filter((symbol) => symbol !== undefined && ancestor(tree, scopes.clauseOf(symbol), Kind.type_switch_statement) === statement),
    );
    return [...found].filter((symbol) => symbol !== undefined);
  }
}

function rowsOf(tree: { readonly next: Uint32Array }, node: Node): Node[] {
  return Array.from({ length: tree.next[node] - node }, (_, i) => node + i);
}

function lowerSend(lowering: Lowering, node: Node): void {
  const { tree, types } = lowering.facts;
  const channel = go.sendStatement.channel(tree, node);
  const under = types.underlying(types.typeOf(channel));
  lowering.push(DISCARD, channel);
  const hole = lowering.note(heapHole(undefined), 'send', node);
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
  if (tree.kind[call] !== Kind.call_expression) return discardAll(lowering, [call]);
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
    return lowerCall(lowering, holes, unparenthesized(facts.tree, only));
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
