/**
 * The running sum of a count for the compiler's inliner, and what many nodes have in common: conversions to interfaces,
 * addresses, values of one call that become several.
 */
import type { Type } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { isInterface } from '../lowering/type-facts.ts';
import type { FileFacts } from '../program.ts';

export class Tally {
  cost = 0;
  /** Whether something was met with which no function is inlined. */
  isForbidden = false;

  constructor(readonly facts: FileFacts) {}

  /** The values of one call that go on as several are put into temporaries first. */
  giveSeveral(values: readonly Type[], targets: readonly Type[]): void {
    this.cost += 4 * values.length + 1;
    for (const [i, value] of values.entries()) this.boxType(targets[i], value);
  }

  /** A value that becomes an interface, or another interface, is converted. */
  box(target: Type | undefined, node: Node): void {
    if (target !== undefined) this.boxType(target, this.facts.types.typeOf(node));
  }

  private boxType(target: Type | undefined, type: Type): void {
    const { types } = this.facts;
    if (target === undefined || isInterface(types, target) !== true) return;
    if (type.kind !== 'nil' && type.kind !== 'unknown' && !types.isIdentical(type, target)) this.cost++;
  }
}

/** The address of what stands at a variable's own address is the variable's, and costs nothing (the selector then gains two). */
export function priceOfAddress(facts: FileFacts, operand: Node): number {
  const { tree, types } = facts;
  if (tree.kind[operand] !== Kind.selector_expression) return 1;
  const selection = types.selectionOf(operand);
  if (selection?.kind !== 'field' || selection.through.length > 0) return 1;
  return isAtStart(facts, go.selectorExpression.operand(tree, operand), selection.field.name) ? -1 : 1;
}

/** Whether the field stands at the address of the named variable, or at that which it holds. */
export function isAtStart({ tree, types }: FileFacts, holder: Node, field: string): boolean {
  if (tree.kind[holder] !== Kind.identifier) return false;
  const type = types.underlying(types.typeOf(holder));
  const struct = type.kind === 'pointer' ? types.underlying(type.element) : type;
  const fields = struct.kind === 'struct' ? struct.fields : [];
  const place = fields.findIndex(({ name }) => name === field);
  return place >= 0 && fields.slice(0, place).every(({ type: before }) => types.sizeOf(before) === 0);
}

/** Expressions of a list, or the expression itself. */
export function listOf({ tree }: FileFacts, node: Node): readonly Node[] {
  if (node === NONE) return [];
  return tree.kind[node] === Kind.expression_list ? children(tree, node) : [node];
}
