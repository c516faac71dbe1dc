/** Idioms in which a slice that is made in a loop costs nothing, is made seldom, or is only lent to what it is passed to. */
import { isEndlessLoop, isStandardLibrary, ownAppendOf } from '../../model/index.ts';
import { ancestor, children, descendants, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import { statementAround } from '../kit/edits.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** `append(x, make([]T, n)...)` only extends x (walk.extendSlice). */
export function isMadeForAppend({ tree, types }: Context, call: Node): boolean {
  const spread = tree.parent[call];
  if (tree.kind[spread] !== Kind.variadic_argument) return false;
  const callee = types.calleeOf(ancestor(tree, spread, Kind.call_expression));
  return callee.kind === 'builtin' && callee.name === 'append';
}

/**
 * Whether a condition that leads to the call asks what is there: `if cap(buf) < n { buf = make([]T, n) }`, `if buf == nil { … }`,
 * `if buf != nil { continue }` in front of it.
 */
export function isMadeWhenTooSmall(context: Context, call: Node): boolean {
  const { tree, scopes } = context;
  const targets = targetsOf(context, statementAround(tree, call)).map((target) => scopes.symbolOf(target));
  const around = conditionsAround(tree, call);
  return (
    around.some((condition) => asksCapacity(context, condition)) ||
    [...around, ...conditionsPassed(tree, call)]
      .flatMap((condition) => descendants(tree, condition, Kind.identifier))
      .flatMap((name) => scopes.symbolOf(name) ?? [])
      .some((symbol) => targets.includes(symbol))
  );
}

function conditionsAround(tree: Tree, node: Node): Node[] {
  const conditions: Node[] = [];
  for (let at = ancestor(tree, node, Kind.if_statement); at !== NONE; at = ancestor(tree, at, Kind.if_statement))
    conditions.push(go.ifStatement.condition(tree, at));
  return conditions;
}

/** Of `if` statements in front of the node, in its iteration of a loop, that leave the iteration. */
function conditionsPassed(tree: Tree, node: Node): Node[] {
  const conditions: Node[] = [];
  for (let at = node; at !== NONE && tree.kind[at] !== Kind.for_statement; at = tree.parent[at]) {
    if (tree.kind[tree.parent[at]] !== Kind.statement_list) continue;
    const passed = children(tree, tree.parent[at]).filter((each) => each < at && isSkip(tree, each));
    conditions.push(...passed.map((each) => go.ifStatement.condition(tree, each)));
  }
  return conditions;
}

function isSkip(tree: Tree, statement: Node): boolean {
  if (tree.kind[statement] !== Kind.if_statement) return false;
  const last = statementsOf(tree, go.ifStatement.consequence(tree, statement)).at(-1) ?? NONE;
  return tree.kind[last] === Kind.continue_statement || LEAVES.has(tree.kind[last]);
}

function targetsOf({ tree }: Context, statement: Node): Node[] {
  if (tree.kind[statement] !== Kind.assignment_statement) return [];
  return children(tree, go.assignmentStatement.left(tree, statement)).map((target) => unparenthesized(tree, target));
}

function asksCapacity({ tree, types }: Context, condition: Node): boolean {
  return [condition, ...descendants(tree, condition, Kind.call_expression)].some((node) => {
    const callee = tree.kind[node] === Kind.call_expression ? types.calleeOf(node) : undefined;
    return callee?.kind === 'builtin' && callee.name === 'cap';
  });
}

/** Whether the loop is there to try again: it has no condition and, near its end, leaves once it went well. */
export function isRetry(tree: Tree, loop: Node): boolean {
  if (!isEndlessLoop(tree, loop)) return false;
  return statementsOf(tree, go.forStatement.body(tree, loop))
    .slice(-LAST_STATEMENTS)
    .some((last) => leaves(tree, last));
}

/** What may stand behind the exit: a hook, a counter. */
const LAST_STATEMENTS = 2;
const LEAVES: ReadonlySet<number> = new Set([Kind.return_statement, Kind.break_statement]);

function leaves(tree: Tree, statement: Node): boolean {
  if (tree.kind[statement] !== Kind.if_statement) return LEAVES.has(tree.kind[statement]);
  if (/!= nil|EOF/.test(textOf(tree, go.ifStatement.condition(tree, statement)))) return false;
  return LEAVES.has(tree.kind[statementsOf(tree, go.ifStatement.consequence(tree, statement)).at(-1) ?? NONE]);
}

function statementsOf(tree: Tree, block: Node): readonly Node[] {
  const [list] = children(tree, block);
  return list === undefined ? [] : children(tree, list);
}

/** Who decides whether a slice is kept: nobody but calls, of the standard library alone or of what only run time knows as well. */
export type Lending = 'standard' | 'anybody';

/** Undefined where the slice is more than lent, or lent to a function whose code would have to be followed. */
export function lendingOf(context: Context, call: Node): Lending | undefined {
  const { tree, scopes } = context;
  if (tree.kind[tree.parent[call]] === Kind.argument_list) return borrower(context, tree.parent[call], call);
  const declared = declaredBy(tree, statementAround(tree, call), call);
  const symbol = declared === NONE ? undefined : scopes.symbolOf(declared);
  if (symbol === undefined) return undefined;
  const uses = scopes.references(symbol).filter(({ access }) => access !== 'declare' && access !== 'write');
  const lendings = uses.map(({ node }) => lendingAt(context, node));
  if (lendings.includes(undefined)) return undefined;
  return lendings.includes('anybody') ? 'anybody' : 'standard';
}

/** The one name that a declaration gives the call; NONE where it is none. */
function declaredBy(tree: Tree, statement: Node, call: Node): Node {
  const list = tree.parent[call];
  if (tree.kind[statement] === Kind.short_var_declaration && tree.parent[list] === statement) {
    const names = children(tree, go.shortVarDeclaration.left(tree, statement));
    return names.length === 1 ? names[0] : NONE;
  }
  const spec = ancestor(tree, call, Kind.var_spec);
  return spec !== NONE && tree.parent[list] === spec ? go.varSpec.name(tree, spec)[0] : NONE;
}

/** A read by a call, an index, a range or a comparison; what is assigned, returned or stored is more than lent. */
function lendingAt(context: Context, use: Node): Lending | undefined {
  const { tree } = context;
  let at = use;
  while (PASSING.has(tree.kind[tree.parent[at]])) at = tree.parent[at];
  const parent = tree.parent[at];
  if (tree.kind[parent] === Kind.argument_list) return borrower(context, parent, at);
  return READING.has(tree.kind[parent]) ? 'standard' : undefined;
}

const PASSING: ReadonlySet<number> = new Set([Kind.slice_expression, Kind.parenthesized_expression, Kind.variadic_argument]);
const READING: ReadonlySet<number> = new Set([Kind.index_expression, Kind.range_clause, Kind.binary_expression]);
/** Packages made to keep what they are given. */
const KEEPERS = /^(?:sync|container|context|reflect|unique|weak)(?:\/|$)/;

function borrower(context: Context, list: Node, argument: Node): Lending | undefined {
  const { tree, types } = context;
  const call = tree.parent[list];
  const callee = types.calleeOf(call);
  switch (callee.kind) {
    case 'builtin':
      return callee.name !== 'append' || tree.kind[argument] === Kind.variadic_argument || ownAppendOf(context, call) !== undefined
        ? 'standard'
        : undefined;
    case 'function':
    case 'method':
      return isStandardLibrary(callee.path) && !KEEPERS.test(callee.path) && !callee.name.startsWith('New') ? 'standard' : undefined;
    case 'dynamic':
      return callee.path !== undefined && isStandardLibrary(callee.path) ? 'standard' : 'anybody';
    default:
      return undefined;
  }
}
