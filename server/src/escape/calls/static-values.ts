/** Values that are known before the program runs, also through a variable that is never given another (ir.StaticValue of gc). */
import type { ConstantValue, GoMinor } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { isInterface } from '../lowering/type-facts.ts';
import { type FileFacts, isLocalVariable } from '../program.ts';
import { initialValue } from './callees.ts';

/** Since this release the compiler looks through variables for the value (escape/escape.go, `rewriteWithLiterals`). */
const PROPAGATES_CONSTANTS: GoMinor = 25;
/** Longest chain of variables that is followed to where the value is written. */
const CHAIN_LIMIT = 20;
/** Most nodes of a literal that are looked at before it counts as computed. */
const LITERAL_LIMIT = 10_000;

/** The constant that the expression always has; undefined where it has none or another one may be assigned. */
export function staticValue(facts: FileFacts, node: Node): ConstantValue | undefined {
  return facts.types.constantOf(staticExpression(facts, node));
}

/** What is written for the value: the expression itself, or the one that a local variable always holds. */
function staticExpression(facts: FileFacts, node: Node): Node {
  const { tree, scopes, compiler } = facts;
  let at = unparenthesized(tree, node);
  if (compiler < PROPAGATES_CONSTANTS) return at;
  for (let iteration = 0; iteration < CHAIN_LIMIT; iteration++) {
    const symbol = tree.kind[at] === Kind.identifier ? scopes.symbolOf(at) : undefined;
    if (!isLocalVariable(symbol) || symbol.role !== 'local') return at;
    const isSettled = scopes.references(symbol).every(({ access }) => access === 'declare' || access === 'read');
    const value = isSettled ? initialValue(facts, symbol.declaration) : NONE;
    if (value === NONE) return at;
    at = unparenthesized(tree, value);
  }
  return at;
}

/**
 * Whether the expression is a struct or array literal of constants alone, or a variable that always holds one, so that the linker
 * lays the value out in read-only data. Constants that a variable's literal boxes are computed when it is assigned.
 */
export function isStaticLiteral(facts: FileFacts, operand: Node): boolean {
  const { tree, types } = facts;
  const node = staticExpression(facts, operand);
  if (tree.kind[node] !== Kind.composite_literal) return false;
  const isWrittenHere = node === unparenthesized(tree, operand);
  const pending = [node];
  for (let seen = 0, at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (++seen > LITERAL_LIMIT) return false;
    if (tree.kind[at] === Kind.literal_element) {
      pending.push(...children(tree, at));
      continue;
    }
    if (tree.kind[at] !== Kind.composite_literal && tree.kind[at] !== Kind.literal_value) {
      if (types.constantOf(at) === undefined && types.typeOf(at).kind !== 'nil') return false;
      continue;
    }
    const under = types.underlying(types.typeOf(at));
    if (under.kind !== 'struct' && under.kind !== 'array') return false;
    const parts = under.kind === 'struct' ? under.fields.map(({ type }) => type) : [under.element];
    if (!isWrittenHere && parts.some((part) => isInterface(types, part) === true)) return false;
    const body = tree.kind[at] === Kind.composite_literal ? go.compositeLiteral.body(tree, at) : at;
    for (const element of children(tree, body))
      pending.push(tree.kind[element] === Kind.keyed_element ? go.keyedElement.value(tree, element) : element);
  }
  return true;
}

/** `nil`, `[]T(nil)` or `[]T{}`. */
export function isEmptySlice(facts: FileFacts, node: Node): boolean {
  const { tree, types } = facts;
  const value = unparenthesized(tree, node);
  if (types.typeOf(value).kind === 'nil') return true;
  if (tree.kind[value] === Kind.composite_literal) return children(tree, go.compositeLiteral.body(tree, value)).length === 0;
  return (
    tree.kind[value] === Kind.type_conversion_expression && types.typeOf(go.typeConversionExpression.operand(tree, value)).kind === 'nil'
  );
}
