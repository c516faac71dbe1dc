/** Repairs of an escaping variable: a copy where the address is taken, or the address of the element that it copies. */
import type { GoSymbol, Reference, Type, Types } from '../../model/index.ts';
import { ancestor, children, encloses, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { insertBefore, replacement, statementAround, unusedName } from '../kit/edits.ts';
import type { FileEdit, FixSafety, RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'scopes' | 'types'>;

/**
 * A fresh variable in the branch that returns the address. Safe where the type may be copied: the function ends there, so
 * nobody writes the variable afterwards. Undefined where the address is taken elsewhere too, or a literal uses the variable.
 */
export function copyFix({ tree, scopes, types }: Context, symbol: GoSymbol): RuleFix | undefined {
  const references = scopes.references(symbol);
  const address = onlyAddress(references);
  if (address === undefined || references.some(({ within }) => within !== symbol.owner)) return undefined;
  const statement = statementAround(tree, address);
  const isReturned = tree.kind[statement] === Kind.return_statement && tree.kind[tree.parent[address]] === Kind.unary_expression;
  if (!isReturned || !isInBranch(tree, statement, symbol)) return undefined;
  const canCopy = isCopyable(types, types.typeOfSymbol(symbol));
  if (canCopy === false) return undefined;
  const safety: FixSafety = canCopy === true && !isMethodCalled(tree, references) ? 'safe' : 'suggestion';
  const name = unusedName(tree, scopes, `${symbol.name}Copy`, address);
  return {
    title:
      safety === 'safe'
        ? `Copy ${symbol.name} where its address is returned`
        : `Copy ${symbol.name} where its address is returned, if it may be copied`,
    safety,
    edits: [insertBefore(tree, statement, [`${name} := ${symbol.name}`]), replacement(tree, address, name)],
  };
}

/** `&xs[i]` for the address of a range value. A suggestion, because it shares memory with xs. Undefined where xs is no slice or is not just named. */
export function elementFix({ tree, scopes, types }: Context, symbol: GoSymbol): RuleFix | undefined {
  const clause = ancestor(tree, symbol.declaration, Kind.range_clause);
  const [key, value] = children(tree, go.rangeClause.left(tree, clause));
  const ranged = go.rangeClause.right(tree, clause);
  if (value !== symbol.declaration || !isPlainPlace(tree, ranged) || types.underlying(types.typeOf(ranged)).kind !== 'slice')
    return undefined;
  const uses = scopes.references(symbol).filter(({ access }) => access !== 'declare');
  const addresses = uses.filter(({ node }) => isAddressTaken(tree, node));
  if (addresses.length === 0 || uses.some(({ access, node }) => access !== 'read' && !isAddressTaken(tree, node))) return undefined;
  const isBlank = textOf(tree, key) === '_';
  const index = isBlank ? unusedName(tree, scopes, 'i', symbol.declaration) : textOf(tree, key);
  const edits = addresses.map(({ node }) => replacement(tree, node, `${textOf(tree, ranged)}[${index}]`));
  return {
    title: `Point at ${textOf(tree, ranged)}[${index}] itself, which shares it with the slice`,
    safety: 'suggestion',
    edits: [...headerEdits(tree, { key, value, index, isBlank, isValueUnused: addresses.length === uses.length }), ...edits],
  };
}

interface Header {
  readonly key: Node;
  readonly value: Node;
  readonly index: string;
  readonly isBlank: boolean;
  readonly isValueUnused: boolean;
}

function headerEdits(tree: Tree, { key, value, index, isBlank, isValueUnused }: Header): FileEdit[] {
  if (isValueUnused) return [{ range: { start: tree.start[key], end: tree.end[value] }, newText: index }];
  return isBlank ? [replacement(tree, key, index)] : [];
}

function onlyAddress(references: readonly Reference[]): Node | undefined {
  const addresses = references.filter(({ access }) => access === 'address');
  return addresses.length === 1 ? addresses[0].node : undefined;
}

/** Not in the block that declares the variable, or right in the body of its loop, but in one that may be passed by. */
function isInBranch(tree: Tree, statement: Node, symbol: GoSymbol): boolean {
  const branch = ancestor(
    tree,
    statement,
    Kind.if_statement,
    Kind.expression_case,
    Kind.type_case,
    Kind.communication_case,
    Kind.default_case,
  );
  return branch !== NONE && !encloses(tree, branch, symbol.declaration);
}

function isAddressTaken(tree: Tree, node: Node): boolean {
  const parent = tree.parent[node];
  return tree.kind[parent] === Kind.unary_expression && textOf(tree, go.unaryExpression.operator(tree, parent)) === '&';
}

/** A method may have a pointer receiver and keep it. */
function isMethodCalled(tree: Tree, references: readonly Reference[]): boolean {
  return references.some(({ node }) => {
    const selector = tree.parent[node];
    if (tree.kind[selector] !== Kind.selector_expression) return false;
    const call = tree.parent[selector];
    return tree.kind[call] === Kind.call_expression && go.callExpression.function(tree, call) === selector;
  });
}

function isPlainPlace(tree: Tree, node: Node): boolean {
  let at = node;
  while (tree.kind[at] === Kind.selector_expression) at = go.selectorExpression.operand(tree, at);
  return tree.kind[at] === Kind.identifier;
}

/** Types that a copy must not tear apart: locks, and what embeds them. Undefined when a part of the type is unknown. */
export function isCopyable(types: Types, type: Type): boolean | undefined {
  const pending: Type[] = [type];
  const seen = new Set<Type>();
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (seen.size > LARGEST_TYPE || part.kind === 'unknown' || part.kind === 'type-parameter') return undefined;
    if (
      part.kind === 'named' &&
      (part.path === 'sync' || part.path === 'sync/atomic' || types.lookupFieldOrMethod(part, 'Lock') !== undefined)
    )
      return false;
    const under = types.underlying(part);
    if (under.kind === 'unknown') return undefined;
    if (under.kind === 'struct') pending.push(...under.fields.map((field) => field.type));
    if (under.kind === 'array') pending.push(under.element);
  }
  return true;
}

/** Parts of a type that are looked at before it counts as unknown. */
const LARGEST_TYPE = 200;
