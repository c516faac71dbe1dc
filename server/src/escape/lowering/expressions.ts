/** Expressions to flows: after `exprSkipInit` of cmd/compile/internal/escape/expr.go. */
import { firstChild, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { DISCARD, type Hole, perhaps, shifted } from '../flows/batch.ts';
import { BLANK } from '../flows/graph.ts';
import { lowerCall, lowerMethodValue } from './calls.ts';
import { lowerClosure } from './closures.ts';
import { lowerLiteral } from './literals.ts';
import type { Lowering } from './lowering.ts';
import { asserted, dereferences, IMPLICIT_STACK_LIMIT } from './operands.ts';
import { hasPointers } from './type-facts.ts';

/** Works off every queued expression. */
export function drain(lowering: Lowering): void {
  for (let next = lowering.pop(); next !== undefined; next = lowering.pop()) lowerExpression(lowering, next.hole, next.node);
}

function lowerExpression(lowering: Lowering, given: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const carriesNothing = given.target !== BLANK && given.derefs >= 0 && !hasPointers(types, types.typeOf(node));
  const hole = carriesNothing ? DISCARD : given;
  switch (tree.kind[node]) {
    case Kind.identifier:
      lowerName(lowering, hole, node);
      return;
    case Kind.parenthesized_expression:
      lowering.push(hole, firstChild(tree, node));
      return;
    case Kind.selector_expression:
      lowerSelector(lowering, hole, node);
      return;
    case Kind.index_expression:
      lowerIndex(lowering, hole, node);
      return;
    case Kind.slice_expression:
      lowerSlice(lowering, hole, node);
      return;
    case Kind.unary_expression:
      lowerUnary(lowering, hole, node);
      return;
    case Kind.pointer_type:
      lowering.push(shifted(hole, 1), firstChild(tree, node));
      return;
    case Kind.binary_expression:
      lowerBinary(lowering, hole, node);
      return;
    case Kind.call_expression:
    case Kind.type_conversion_expression:
      lowerCall(lowering, [hole], node);
      return;
    case Kind.type_assertion_expression:
      lowerAssertion(lowering, hole, node);
      return;
    case Kind.composite_literal:
    case Kind.literal_value:
      lowerLiteral(lowering, hole, node);
      return;
    case Kind.literal_element:
      lowering.push(hole, firstChild(tree, node));
      return;
    case Kind.func_literal:
      lowerClosure(lowering, hole, node);
      return;
    default:
      return;
  }
}

function lowerName({ batch, facts }: Lowering, hole: Hole, node: Node): void {
  const location = batch.variable(facts, facts.scopes.symbolOf(node));
  if (location !== undefined) batch.flow(hole, location);
}

function lowerSelector(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types, scopes } = lowering.facts;
  const operand = go.selectorExpression.operand(tree, node);
  const selection = types.selectionOf(node);
  if (selection?.kind === 'member' || scopes.symbolOf(operand)?.kind === 'import') return;
  if (selection === undefined) {
    lowering.push(perhaps(hole), operand);
    return;
  }
  if (selection.kind === 'field') {
    lowering.push(shifted(hole, dereferences(lowering, operand, selection)), operand);
    return;
  }
  if (!selection.isExpression) lowerMethodValue(lowering, hole, node, selection);
}

function lowerIndex(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const operand = go.indexExpression.operand(tree, node);
  const index = go.indexExpression.index(tree, node);
  const under = types.underlying(types.typeOf(operand));
  if (under.kind === 'function') return;
  if (under.kind === 'map') {
    lowering.push(DISCARD, operand);
    lowering.convert(DISCARD, index, under.key);
    return;
  }
  lowering.push(DISCARD, index);
  if (under.kind === 'array') lowering.push(hole, operand);
  else if (under.kind === 'slice' || under.kind === 'pointer') lowering.push(shifted(hole, 1), operand);
  else lowering.push(under.kind === 'basic' ? DISCARD : perhaps(hole), operand);
}

function lowerSlice(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const operand = go.sliceExpression.operand(tree, node);
  for (const bound of [go.sliceExpression.start(tree, node), go.sliceExpression.end(tree, node), go.sliceExpression.capacity(tree, node)]) {
    if (bound !== NONE) lowering.push(DISCARD, bound);
  }
  const kind = types.underlying(types.typeOf(operand)).kind;
  if (kind === 'array') {
    lowering.push(shifted(lowering.note(hole, 'address', node), -1), operand);
    return;
  }
  lowering.push(kind === 'unknown' || kind === 'type-parameter' ? perhaps(hole) : hole, operand);
}

function lowerUnary(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const operand = go.unaryExpression.operand(tree, node);
  switch (tree.kind[go.unaryExpression.operator(tree, node)]) {
    case Kind['&']: {
      const inner = unparenthesized(tree, operand);
      if (tree.kind[inner] !== Kind.composite_literal) {
        lowering.push(shifted(lowering.note(hole, 'address', node), -1), operand);
        return;
      }
      const offStack = (types.sizeOf(types.typeOf(inner)) ?? 0) > IMPLICIT_STACK_LIMIT ? 'too-large' : undefined;
      lowering.push(lowering.spill(hole, 'composite', node, { offStack }), inner);
      return;
    }
    case Kind['*']:
      lowering.push(shifted(hole, 1), operand);
      return;
    default:
      lowering.push(DISCARD, operand);
      return;
  }
}

/** A chain of string `+` is one allocation, reported for the outermost. */
function lowerBinary(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const isChain = isConcatenation(lowering, node);
  if (isChain && types.constantOf(node) === undefined) lowering.spill(hole, 'concat', node);
  const pending = [node];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const operand of [go.binaryExpression.left(tree, at), go.binaryExpression.right(tree, at)]) {
      const inner = unparenthesized(tree, operand);
      const isLink = isChain && tree.kind[inner] === Kind.binary_expression && isConcatenation(lowering, inner);
      if (isLink) pending.push(inner);
      else lowering.push(DISCARD, operand);
    }
  }
}

function isConcatenation({ facts: { tree, types } }: Lowering, node: Node): boolean {
  if (tree.kind[go.binaryExpression.operator(tree, node)] !== Kind['+']) return false;
  const type = types.underlying(types.typeOf(node));
  return type.kind === 'basic' && type.name === 'string';
}

function lowerAssertion(lowering: Lowering, hole: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const type = types.typeOfTypeNode(go.typeAssertionExpression.type(tree, node));
  lowering.push(asserted(lowering, hole, type), go.typeAssertionExpression.operand(tree, node));
}
