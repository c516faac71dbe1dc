/** Composite literals to flows: structs and arrays hold their elements, slices allocate, maps put everything on the heap. */
import type { Type } from '../../model/index.ts';
import { children, firstChild, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { type Hole, heapHole } from '../flows/batch.ts';
import type { Lowering } from './lowering.ts';
import { IMPLICIT_STACK_LIMIT } from './operands.ts';

/** A composite_literal, or a literal_value whose type is the element's of the literal around it. */
export function lowerLiteral(lowering: Lowering, given: Hole, node: Node): void {
  const { tree, types } = lowering.facts;
  const body = tree.kind[node] === Kind.composite_literal ? go.compositeLiteral.body(tree, node) : node;
  const type = types.typeOf(node);
  const under = types.underlying(type);
  const isElidedPointer = under.kind === 'pointer' && node === body;
  const element = isElidedPointer ? types.underlying(under.element) : under;
  const offStack = isElidedPointer && (types.sizeOf(under.element) ?? 0) > IMPLICIT_STACK_LIMIT ? 'too-large' : undefined;
  const hole = isElidedPointer ? lowering.spill(given, 'composite', body, { offStack }) : given;
  switch (element.kind) {
    case 'struct':
      lowerFields(lowering, hole, body, element);
      return;
    case 'array':
      lowerElements(lowering, lowering.note(hole, 'element', body), body, element.element);
      return;
    case 'slice': {
      const backing = lowering.spill(hole, 'composite', body);
      lowerElements(lowering, lowering.note(backing, 'element', body), body, element.element);
      return;
    }
    case 'map':
      lowering.spill(hole, 'composite', body);
      lowerEntries(lowering, body, element);
      return;
    default:
      for (const value of valuesOf(lowering, body)) lowering.push({ ...hole, reach: 'maybe' }, value);
  }
}

function lowerFields(lowering: Lowering, hole: Hole, body: Node, struct: Extract<Type, { kind: 'struct' }>): void {
  const { tree } = lowering.facts;
  for (const [i, element] of children(tree, body).entries()) {
    const isKeyed = tree.kind[element] === Kind.keyed_element;
    const name = isKeyed ? textOf(tree, go.keyedElement.key(tree, element)) : undefined;
    const field = isKeyed ? struct.fields.find((each) => each.name === name) : struct.fields[i];
    const value = isKeyed ? go.keyedElement.value(tree, element) : element;
    lowering.convert(lowering.note(hole, 'element', element), firstChild(tree, value), field?.type);
  }
}

function lowerElements(lowering: Lowering, hole: Hole, body: Node, type: Type): void {
  const { tree } = lowering.facts;
  for (const element of children(tree, body)) {
    const isKeyed = tree.kind[element] === Kind.keyed_element;
    const value = isKeyed ? go.keyedElement.value(tree, element) : element;
    lowering.convert(hole, firstChild(tree, value), type);
  }
}

function lowerEntries(lowering: Lowering, body: Node, type: Extract<Type, { kind: 'map' }>): void {
  const { tree } = lowering.facts;
  for (const element of children(tree, body)) {
    if (tree.kind[element] !== Kind.keyed_element) continue;
    const hole = lowering.note(heapHole(), 'map-literal', element);
    lowering.convert(hole, firstChild(tree, go.keyedElement.key(tree, element)), type.key);
    lowering.convert(hole, firstChild(tree, go.keyedElement.value(tree, element)), type.element);
  }
}

function valuesOf({ facts: { tree } }: Lowering, body: Node): Node[] {
  return children(tree, body).map((element) => {
    const value = tree.kind[element] === Kind.keyed_element ? go.keyedElement.value(tree, element) : element;
    return value === NONE ? NONE : firstChild(tree, value);
  });
}
