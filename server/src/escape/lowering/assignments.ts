/** Assignments to flows: where a value is put, and which assignments store nothing new. After escape/assign.go and escape/utils.go. */
import type { StructField, Type } from '../../model/index.ts';
import { descendants, firstChild, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
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
  return isOwnPart(lowering, unparenthesized(tree, target), inner);
}

/** `p.f` of a name, where no embedded field is on the way. */
function isDirectField({ facts: { tree, types } }: Lowering, node: Node): boolean {
  if (tree.kind[node] === Kind.unary_expression) return tree.kind[go.unaryExpression.operand(tree, node)] === Kind.identifier;
  if (tree.kind[node] !== Kind.selector_expression) return false;
  const selection = types.selectionOf(node);
  const isPromoted = selection?.kind === 'field' && selection.through.length > 0;
  return !isPromoted && tree.kind[go.selectorExpression.operand(tree, node)] === Kind.identifier;
}

/** Whether both are fields, or elements, of one and the same place. */
function isOwnPart(lowering: Lowering, target: Node, value: Node): boolean {
  const { tree, types } = lowering.facts;
  if (tree.kind[target] !== tree.kind[value]) return false;
  if (tree.kind[target] === Kind.selector_expression) {
    const [to, from] = [types.selectionOf(target), types.selectionOf(value)];
    if (to?.kind !== 'field' || from?.kind !== 'field' || !isSameList(to.through.map(nameOf), from.through.map(nameOf))) return false;
    return isSamePlace(lowering, go.selectorExpression.operand(tree, target), go.selectorExpression.operand(tree, value));
  }
  if (tree.kind[target] !== Kind.index_expression) return false;
  const operand = go.indexExpression.operand(tree, target);
  if (types.underlying(types.typeOf(operand)).kind === 'map') return false;
  const indexes = [target, value].map((each) => go.indexExpression.index(tree, each));
  return indexes.every((index) => isPlain(lowering, index)) && isSamePlace(lowering, operand, go.indexExpression.operand(tree, value));
}

function nameOf({ name }: StructField): string {
  return name;
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Names, constants and operators on them (gc's mayAffectMemory). */
function isPlain({ facts: { tree, types } }: Lowering, index: Node): boolean {
  const calls = [...descendants(tree, index, Kind.call_expression), ...(tree.kind[index] === Kind.call_expression ? [index] : [])];
  return calls.every((call) => {
    const callee = types.calleeOf(call);
    return callee.kind === 'conversion' || (callee.kind === 'builtin' && (callee.name === 'len' || callee.name === 'cap'));
  });
}

/** Whether two expressions name one place by the same fields, elements and stars (ir.SameSafeExpr). */
function isSamePlace({ facts: { tree, types, scopes } }: Lowering, one: Node, other: Node): boolean {
  for (let a = unparenthesized(tree, one), b = unparenthesized(tree, other); ; ) {
    if (tree.kind[a] !== tree.kind[b]) return false;
    switch (tree.kind[a]) {
      case Kind.identifier:
        return scopes.symbolOf(a) !== undefined && scopes.symbolOf(a) === scopes.symbolOf(b);
      case Kind.selector_expression:
        if (types.selectionOf(a)?.kind !== 'field' || types.selectionOf(b)?.kind !== 'field') return false;
        if (textOf(tree, go.selectorExpression.field(tree, a)) !== textOf(tree, go.selectorExpression.field(tree, b))) return false;
        break;
      case Kind.index_expression:
        if (!isSameIndex(tree, go.indexExpression.index(tree, a), go.indexExpression.index(tree, b))) return false;
        break;
      case Kind.unary_expression:
        if (!isDereference(tree, a) || !isDereference(tree, b)) return false;
        break;
      default:
        return false;
    }
    a = unparenthesized(tree, operandOf(tree, a));
    b = unparenthesized(tree, operandOf(tree, b));
  }
}

/** One name or one literal. */
function isSameIndex(tree: Tree, a: Node, b: Node): boolean {
  const isName = tree.kind[a] === Kind.identifier || tree.kind[a] === Kind.int_literal;
  return isName && tree.kind[a] === tree.kind[b] && textOf(tree, a) === textOf(tree, b);
}

function isDereference(tree: Tree, node: Node): boolean {
  return tree.kind[go.unaryExpression.operator(tree, node)] === Kind['*'];
}

/** Of a selector, index or star. */
function operandOf(tree: Tree, node: Node): Node {
  if (tree.kind[node] === Kind.selector_expression) return go.selectorExpression.operand(tree, node);
  return tree.kind[node] === Kind.index_expression ? go.indexExpression.operand(tree, node) : go.unaryExpression.operand(tree, node);
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
