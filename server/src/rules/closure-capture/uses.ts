/**
 * Who reads and writes a captured variable, and when: the facts that decide whether sharing it with the closure is wanted, and
 * whether a copy made before the literal would always hold the same value.
 */
import { type FlowPosition, type GoSymbol, positionOf, type Reference, type Type, type Types } from '../../model/index.ts';
import { ancestor, descendants, encloses, enclosingFunction, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
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

/** Whether the function around the literals may hold a pointer to the variable, and change it by that at any time. */
export function isPointedTo(tree: Tree, { outside }: Uses): boolean {
  return outside.some(({ node, access, mayTakeAddress }) => (access === 'address' || mayTakeAddress === true) && !isLent(tree, node));
}

const PARTS: ReadonlySet<number> = new Set([
  Kind.selector_expression,
  Kind.index_expression,
  Kind.slice_expression,
  Kind.parenthesized_expression,
  Kind.unary_expression,
]);

/** Whether the address goes to a call, which gives it back when it returns: what keeps it would be told instead of the capture. */
function isLent(tree: Tree, node: Node): boolean {
  let outer = tree.parent[node];
  while (PARTS.has(tree.kind[outer])) outer = tree.parent[outer];
  return tree.kind[outer] === Kind.argument_list || tree.kind[outer] === Kind.call_expression;
}

/** When the function around the literal may change the variable although the literal is already made. */
export type Change = 'never' | 'on a later iteration' | 'later';

export function changeOutside(context: RuleContext, symbol: GoSymbol, literal: Node, uses: Uses): Change {
  const { tree } = context;
  const changes = uses.outside.filter((use) => use.access !== 'read' || use.mayTakeAddress === true).map((use) => use.node);
  if (symbol.role === 'result') changes.push(...returnsWithValues(tree, symbol.owner));
  const reached = changes.filter((node) => !encloses(tree, literal, node) && isReachedFrom(context, symbol, literal, node));
  if (reached.length === 0) return 'never';
  return reached.some((node) => doneAt(tree, node) > tree.start[literal]) ? 'later' : 'on a later iteration';
}

/** What may wait for another goroutine, beside a receive. */
const WAITS = [Kind.call_expression, Kind.select_statement, Kind.for_statement] as const;

/**
 * Whether a goroutine may read the variable only after it has waited for something (a lock, a channel, a call that takes long), so
 * that it is meant to see what became of the variable meanwhile. What it reads before is read at the same time as it is changed.
 */
export function mayAwaitChange(tree: Tree, literal: Node, { inside }: Uses): boolean {
  const reads = inside.map(({ node }) => node).filter((node) => encloses(tree, literal, node));
  const body = go.funcLiteral.body(tree, literal);
  const waits = WAITS.flatMap((kind) => descendants(tree, body, kind)).filter((node) => !isPutOff(tree, node));
  const received = descendants(tree, body, Kind.unary_expression).filter(
    (node) => tree.kind[go.unaryExpression.operator(tree, node)] === Kind['<-'],
  );
  return reads.some((read) => {
    const isAfter = (wait: Node): boolean => tree.end[wait] <= tree.start[read];
    return [...waits, ...received].some(isAfter) || isRepeatedOrPutOff(tree, read, literal);
  });
}

function isPutOff(tree: Tree, call: Node): boolean {
  return tree.kind[tree.parent[call]] === Kind.defer_statement;
}

/** Whether the node is in a loop, in a case of a select, or in a literal that runs at a time of its own. */
function isRepeatedOrPutOff(tree: Tree, read: Node, literal: Node): boolean {
  return ancestor(tree, read, Kind.for_statement, Kind.select_statement, Kind.func_literal) > literal;
}

/** Where the statement ends that the node's change belongs to: an assignment changes its targets last. */
function doneAt(tree: Tree, node: Node): number {
  const statement = ancestor(tree, node, Kind.assignment_statement, Kind.short_var_declaration);
  return statement === NONE || encloses(tree, node, statement) ? tree.end[node] : tree.end[statement];
}

function returnsWithValues(tree: Tree, fn: Node): Node[] {
  return descendants(tree, fn, Kind.return_statement).filter(
    (statement) => enclosingFunction(tree, statement) === fn && tree.next[statement] > statement + 1,
  );
}

/** Whether control can come from where the literal is made to the node while the variable is still the same one. */
function isReachedFrom(context: RuleContext, symbol: GoSymbol, literal: Node, node: Node): boolean {
  const { tree } = context;
  const graph = context.flow(symbol.owner);
  const from = positionOf(graph, tree, literal);
  const to = positionOf(graph, tree, node);
  if (from === undefined || to === undefined) return true;
  const declared = positionOf(graph, tree, symbol.declaration);
  if (from.block === to.block && from.index <= to.index) return true;
  if (isBetween(declared, from.block, from.index + 1, Number.POSITIVE_INFINITY)) return false;
  const pending = [...graph.blocks[from.block].successors];
  const seen = new Set(pending);
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    if (block === to.block && !isBetween(declared, block, 0, to.index)) return true;
    if (isBetween(declared, block, 0, Number.POSITIVE_INFINITY)) continue;
    for (const next of graph.blocks[block].successors) {
      if (!seen.has(next)) pending.push(next);
      seen.add(next);
    }
  }
  return false;
}

function isBetween(position: FlowPosition | undefined, block: number, first: number, end: number): boolean {
  return position !== undefined && position.block === block && first <= position.index && position.index < end;
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
  return !readsItself && !uses.outside.some((reference) => isReachedFrom(context, symbol, literal, reference.node));
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
