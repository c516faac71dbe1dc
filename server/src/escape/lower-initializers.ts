/**
 * Values of package variables to flows. What the linker can lay out allocates nothing: constants, addresses of literals, function
 * literals, and structs, arrays and slices of them. Only the rest runs when the package starts. After cmd/compile/internal/staticinit.
 */
import { children, firstChild, go, Kind, NONE, type Node, unparenthesized } from '../syntax/index.ts';
import { type Hole, heapHole } from './batch.ts';
import { drain } from './lower-expressions.ts';
import type { Lowering } from './lowering.ts';
import { listed } from './operands.ts';

/** Adds the flows of a package-level var_spec. */
export function lowerInitializer(lowering: Lowering): void {
  const { tree } = lowering.facts;
  const spec = lowering.routine.node;
  const hole = lowering.note(heapHole(), 'assign', firstChild(tree, spec));
  const pending = [...listed(lowering, go.varSpec.value(tree, spec))];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) pending.push(...partsOf(lowering, hole, value));
  drain(lowering);
}

/** The parts of a value that is laid out, each of which may be laid out or not; a value that is computed is queued, and has none. */
function partsOf(lowering: Lowering, hole: Hole, value: Node): readonly Node[] {
  const { tree, types } = lowering.facts;
  const node = unparenthesized(tree, value);
  if (types.constantOf(node) !== undefined) return [];
  switch (tree.kind[node]) {
    case Kind.identifier:
    case Kind.nil:
    case Kind.selector_expression:
    case Kind.func_literal:
      return [];
    case Kind.unary_expression: {
      const operand = unparenthesized(tree, go.unaryExpression.operand(tree, node));
      const isAddress = tree.kind[go.unaryExpression.operator(tree, node)] === Kind['&'];
      if (isAddress) return tree.kind[operand] === Kind.composite_literal ? [operand] : [];
      break;
    }
    case Kind.composite_literal:
    case Kind.literal_value: {
      const under = types.underlying(types.typeOf(node));
      const element = under.kind === 'pointer' ? types.underlying(under.element) : under;
      if (element.kind !== 'map') return elementsOf(lowering, node);
      break;
    }
    case Kind.call_expression:
    case Kind.type_conversion_expression: {
      const operand = convertedFrom(lowering, node);
      if (operand !== NONE) return [operand];
      break;
    }
    default:
      break;
  }
  lowering.push(hole, node);
  return [];
}

function elementsOf({ facts: { tree } }: Lowering, literal: Node): Node[] {
  const body = tree.kind[literal] === Kind.composite_literal ? go.compositeLiteral.body(tree, literal) : literal;
  return children(tree, body).flatMap((element) => {
    const value = tree.kind[element] === Kind.keyed_element ? go.keyedElement.value(tree, element) : element;
    return value === NONE ? [] : [firstChild(tree, value)];
  });
}

/** The operand of a conversion; NONE for a call. */
function convertedFrom({ facts: { tree, types } }: Lowering, call: Node): Node {
  if (types.calleeOf(call).kind !== 'conversion') return NONE;
  if (tree.kind[call] === Kind.type_conversion_expression) return go.typeConversionExpression.operand(tree, call);
  const [operand] = children(tree, go.callExpression.arguments(tree, call));
  return operand ?? NONE;
}
