/** Small questions that expressions, calls and statements share. */
import type { Selection, Type } from '../../model/index.ts';
import { children, Kind, NONE, type Node } from '../../syntax/index.ts';
import { type Hole, perhaps, shifted } from '../flows/batch.ts';
import type { Lowering } from './lowering.ts';
import { isInterface, isPointerShaped } from './type-facts.ts';

/** Bytes of an unnamed variable that gc still puts on the stack (ir.MaxImplicitStackVarSize). */
export const IMPLICIT_STACK_LIMIT = 64 * 1024;

/** Pointers followed from the operand of a selector to the value it names. */
export function dereferences(lowering: Lowering, operand: Node, selection: Selection): number {
  if (selection.kind === 'member') return 0;
  const { types } = lowering.facts;
  const start = types.underlying(types.typeOf(operand)).kind === 'pointer' ? 1 : 0;
  return start + selection.through.filter((field) => types.underlying(field.type).kind === 'pointer').length;
}

/** The hole for an interface's value whose dynamic type is known: what is boxed lies behind a pointer. */
export function asserted(lowering: Lowering, hole: Hole, type: Type): Hole {
  const { types } = lowering.facts;
  if (isInterface(types, type) === true || isPointerShaped(types, type) === true) return hole;
  return isPointerShaped(types, type) === false ? shifted(hole, 1) : perhaps(hole);
}

/** Expressions of a list, or the expression itself. */
export function listed({ facts: { tree } }: Lowering, node: Node): readonly Node[] {
  if (node === NONE) return [];
  return tree.kind[node] === Kind.expression_list ? children(tree, node) : [node];
}
