/**
 * Who reads and writes a captured variable, and when: the facts that decide whether sharing it with the closure is wanted, and
 * whether a copy made before the literal would always hold the same value.
 */
import type { GoSymbol, Reference, Type, Types } from '../../model/index.ts';
import { ancestor, descendants, encloses, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

export interface Uses {
  /** Uses in literals, this one or others. */
  readonly inside: readonly Reference[];
  /** Uses in the variable's own function. */
  readonly outside: readonly Reference[];
}

export function usesOf({ scopes }: RuleContext, symbol: GoSymbol): Uses {
  const references = scopes.references(symbol);
  return {
    inside: references.filter((reference) => reference.within !== symbol.owner),
    outside: references.filter((reference) => reference.within === symbol.owner && reference.access !== 'declare'),
  };
}

/** Whether literals only read the variable. */
export function isReadOnlyInside({ inside }: Uses): boolean {
  return inside.every((reference) => reference.access === 'read' && reference.mayTakeAddress !== true);
}

/** When the function around the literal may change the variable although the literal is already made. */
export type Change = 'never' | 'on a later turn' | 'later';

export function changeOutside({ tree }: RuleContext, symbol: GoSymbol, literal: Node, uses: Uses): Change {
  const changes = uses.outside.filter((reference) => reference.access !== 'read' || reference.mayTakeAddress === true);
  const isSetByReturn = symbol.role === 'result' && descendants(tree, symbol.owner, Kind.return_statement).some(isLaterReturn);
  if (isSetByReturn || descendants(tree, symbol.owner, Kind.goto_statement).length > 0) return 'later';
  if (changes.some((reference) => isBehind(tree, literal, reference.node))) return 'later';
  return changes.some((reference) => isRepeatedWith(tree, symbol, literal, reference.node)) ? 'on a later turn' : 'never';

  function isLaterReturn(statement: Node): boolean {
    return tree.end[statement] > tree.start[literal] && !encloses(tree, literal, statement) && tree.next[statement] > statement + 1;
  }
}

/** Whether the use may happen after the literal is made: later in the text, or on another turn of a loop around both. */
function isAfter(tree: Tree, symbol: GoSymbol, literal: Node, use: Node): boolean {
  return isBehind(tree, literal, use) || isRepeatedWith(tree, symbol, literal, use);
}

/** Whether the statement of the use is not done when the literal is made. */
function isBehind(tree: Tree, literal: Node, use: Node): boolean {
  const statement = ancestor(tree, use, ...ASSIGNING);
  return (statement === NONE ? tree.end[use] : tree.end[statement]) > tree.start[literal];
}

const ASSIGNING: readonly number[] = [
  Kind.assignment_statement,
  Kind.short_var_declaration,
  Kind.inc_statement,
  Kind.dec_statement,
  Kind.range_clause,
  Kind.receive_statement,
];

/** A loop that runs both again and again, while the variable stays the same. */
function isRepeatedWith(tree: Tree, symbol: GoSymbol, literal: Node, use: Node): boolean {
  for (let loop = ancestor(tree, literal, Kind.for_statement); loop !== NONE; loop = ancestor(tree, loop, Kind.for_statement)) {
    if (encloses(tree, loop, symbol.owner)) return false;
    if (encloses(tree, loop, use) && !encloses(tree, loop, symbol.declaration)) return true;
  }
  return false;
}

/**
 * Whether one literal uses the variable of its surroundings as scratch: it assigns before it reads, and nobody outside looks at
 * the variable afterwards.
 */
export function isScratch(context: RuleContext, symbol: GoSymbol, literal: Node, uses: Uses): boolean {
  const { tree } = context;
  const [first] = uses.inside;
  if (first === undefined || first.access !== 'write' || first.within !== literal || symbol.role === 'result') return false;
  if (!uses.inside.every((reference) => encloses(tree, literal, reference.node) && reference.access !== 'address')) return false;
  const statement = ancestor(tree, first.node, Kind.assignment_statement);
  if (statement === NONE || tree.parent[tree.parent[first.node]] !== statement || !isUnconditional(tree, literal, statement)) return false;
  const readsItself = uses.inside.some((other) => other !== first && encloses(tree, statement, other.node));
  return !readsItself && !uses.outside.some((reference) => isAfter(tree, symbol, literal, reference.node));
}

/** Directly in the literal's body, or what an `if` there evaluates first. */
function isUnconditional(tree: Tree, literal: Node, statement: Node): boolean {
  const top = go.ifStatement.initializer(tree, tree.parent[statement]) === statement ? tree.parent[statement] : statement;
  return tree.parent[tree.parent[top]] === go.funcLiteral.body(tree, literal);
}

/** Fields that the literals read of a struct, when they use nothing but its fields. */
export function fieldsUsed(tree: Tree, uses: Uses): readonly Node[] | undefined {
  const selectors = uses.inside.map((reference) => tree.parent[reference.node]);
  const areFields = selectors.every((selector, i) => {
    const isOperand =
      tree.kind[selector] === Kind.selector_expression && go.selectorExpression.operand(tree, selector) === uses.inside[i]?.node;
    return isOperand && tree.kind[tree.parent[selector]] !== Kind.unary_expression;
  });
  return areFields ? selectors : undefined;
}

/** Types whose values are shared on purpose: a copy would be another lock, counter or buffer. */
export function isShared(types: Types, type: Type): boolean {
  const pending = [type];
  for (let i = 0; i < pending.length && i < TYPE_LIMIT; i++) {
    const next = pending[i];
    if (next.kind === 'named' && SHARED.some(([path, name]) => next.path === path && (name === '' || next.name === name))) return true;
    const under = types.underlying(next);
    if (under.kind === 'struct') pending.push(...under.fields.map((field) => field.type));
    else if (under.kind === 'array') pending.push(under.element);
    else if (under.kind === 'unknown') return true;
  }
  return false;
}

/** Types looked into at most. */
const TYPE_LIMIT = 200;
const SHARED: readonly (readonly [path: string, name: string])[] = [
  ['sync', ''],
  ['sync/atomic', ''],
  ['strings', 'Builder'],
  ['bytes', 'Buffer'],
];
