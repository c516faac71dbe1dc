/** Assignments to flows: where a value is put, and which assignments store nothing new. After escape/assign.go and escape/utils.go. */
import type { Type } from '../../model/index.ts';
import { firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { DISCARD, type Hole, heapHole } from '../flows/batch.ts';
import { lowerCall } from './calls.ts';
import type { Lowering } from './lowering.ts';
import { dereferences } from './operands.ts';

/** Where an assignment to the expression puts its value; evaluates what the expression itself calls. */
export function targetHole(lowering: Lowering, node: Node): Hole {
  const { tree, types, scopes } = lowering.facts;
  for (let at = node; ; ) {
    switch (tree.kind[at]) {
      case Kind.identifier: {
        const symbol = scopes.symbolOf(at);
        const location = lowering.batch.variable(lowering.facts, symbol);
        if (location !== undefined) return { target: location, derefs: 0, reach: 'always', note: undefined };
        return symbol?.role === 'package' ? heapHole() : DISCARD;
      }
      case Kind.parenthesized_expression:
        at = firstChild(tree, at);
        continue;
      case Kind.selector_expression: {
        const operand = go.selectorExpression.operand(tree, at);
        const selection = types.selectionOf(at);
        if (selection?.kind === 'member') return heapHole();
        if (selection?.kind === 'field' && dereferences(lowering, operand, selection) === 0) {
          at = operand;
          continue;
        }
        lowering.push(DISCARD, operand);
        return heapHole(selection === undefined ? 'maybe' : 'always');
      }
      case Kind.index_expression: {
        const operand = go.indexExpression.operand(tree, at);
        const under = types.underlying(types.typeOf(operand));
        const index = go.indexExpression.index(tree, at);
        if (under.kind === 'map') lowering.convert(lowering.note(heapHole(), 'map-key', at), index, under.key);
        else lowering.push(DISCARD, index);
        if (under.kind === 'array') {
          at = operand;
          continue;
        }
        lowering.push(DISCARD, operand);
        return heapHole(under.kind === 'unknown' ? 'maybe' : 'always');
      }
      case Kind.unary_expression:
        lowering.push(DISCARD, go.unaryExpression.operand(tree, at));
        return heapHole();
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

/** `targets = values`, of a declaration too; one call may give several values. */
export function assign(lowering: Lowering, statement: Node, targets: readonly Node[], values: readonly Node[]): void {
  const [only] = values;
  if (values.length === 1 && targets.length > 1 && only !== undefined) {
    assignSeveral(lowering, statement, targets, only);
    return;
  }
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
  if (tree.kind[inner] === Kind.call_expression || tree.kind[inner] === Kind.type_conversion_expression) {
    const types = targets.map((target) => typeOfTarget(lowering, target));
    lowerCall(lowering, lowering.boxed(holes, lowering.facts.types.typeOf(inner), types, statement), inner);
    return;
  }
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
