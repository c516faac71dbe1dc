/** What `x.name` selects: a member of an imported package, a field, a method, or the method of a type (Go spec, "Selectors", "Method expressions"). */
import { go, Kind, type Node, textOf } from '../../syntax/index.ts';
import { membersOf } from '../scopes/symbols.ts';
import { pathOf, type Selection, type TypeContext } from './context.ts';
import { lookupFieldOrMethod } from './methods.ts';
import { isExported } from './names.ts';
import { importPathOf } from './nodes.ts';
import { isTypeExpression } from './operands.ts';

/** Meaning of a selector_expression or qualified_type; undefined when it cannot be told. */
export function resolveSelection(c: TypeContext, node: Node): Selection | undefined {
  const { tree } = c;
  const isQualified = tree.kind[node] === Kind.qualified_type;
  if (!isQualified && tree.kind[node] !== Kind.selector_expression) return undefined;
  const operand = isQualified ? go.qualifiedType.package(tree, node) : go.selectorExpression.operand(tree, node);
  const name = textOf(tree, isQualified ? go.qualifiedType.name(tree, node) : go.selectorExpression.field(tree, node));
  const path = importPathOf(c, node);
  if (path !== undefined) return packageMember(c, path, name);
  const isExpression = !isQualified && isTypeExpression(c, operand);
  const type = isExpression ? c.typeOfTypeNode(operand) : c.typeOf(operand);
  const found = lookupFieldOrMethod(c.world, type, name, pathOf(c.package));
  if (found === undefined || found === 'unknown') return undefined;
  if (found.kind === 'method') return { ...found, isExpression };
  return isExpression ? undefined : found;
}

function packageMember(c: TypeContext, path: string, name: string): Selection | undefined {
  const imported = isExported(name) ? c.world.importPackage(path, c.package) : undefined;
  const symbol = imported === undefined ? undefined : membersOf(imported).symbols.get(name);
  if (imported === undefined || symbol === undefined) return undefined;
  return { kind: 'member', symbol, package: imported, isIndirect: false, hasPointerReceiver: false };
}
