/**
 * Edits around the statement that makes a context: the variable for its cancel function, and a `defer` in the right place.
 * Undefined where no edit is certain to compile.
 */
import { childOf, children, descendants, Field, go, Kind, NONE, type Node, nextSibling, type Tree, textOf } from '../../../syntax/index.ts';
import type { FileEdit, RuleContext } from '../../rule.ts';
import { declarationAround, insertAfter, insertBefore, removeStatement, replacement, statementAround, unusedName } from '../edits.ts';
import { importEdits, packageNameAt } from '../imports.ts';
import { type Iteration, iterationFrom } from '../iteration-edits.ts';
import { type CancelSource, cancelSourceAt, isBlank, loopAround } from './sources.ts';
import { stopSourceOf } from './stop-sources.ts';

/** A name for the cancel function, with the edits that make it one. */
export interface NamedCancel {
  readonly name: string;
  readonly edits: readonly FileEdit[];
}

/** The statement of a list that the source is; NONE for the initializer of an `if`, `for` or `switch`. */
export function sourceStatement(tree: Tree, source: CancelSource): Node {
  const statement = statementAround(tree, source.statement);
  const isOwn = statement === source.statement;
  const isDeclaration = tree.kind[statement] === Kind.var_declaration;
  const isLabeled = tree.kind[statement] === Kind.labeled_statement && tree.parent[source.statement] === statement;
  return isOwn || isDeclaration || isLabeled ? statement : NONE;
}

/** The variable that receives the cancel function, declared first where it is discarded. */
export function namedCancel(context: RuleContext, source: CancelSource): NamedCancel | undefined {
  const { tree } = context;
  if (!isBlank(tree, source.cancel)) return { name: textOf(tree, source.cancel), edits: [] };
  const name = nameFor(context, source);
  const naming = replacement(tree, source.cancel, name);
  if (tree.kind[source.statement] !== Kind.assignment_statement) return { name, edits: [naming] };
  if (descendants(tree, source.fn, Kind.goto_statement).length > 0) return undefined;
  if (mayDeclare(context, source))
    return { name, edits: [naming, replacement(tree, go.assignmentStatement.operator(tree, source.statement), ':=')] };
  const declaration = declareCancel(context, source, name);
  return declaration === undefined ? undefined : { name, edits: [naming, ...declaration] };
}

/** Each discarded function of a declaration gets a name of its own, so that all of them can be named at once. */
function nameFor(context: RuleContext, source: CancelSource): string {
  const { tree, scopes } = context;
  const base = source.kind === 'signals' ? 'stop' : 'cancel';
  const first = unusedName(tree, scopes, base, source.statement);
  let earlier = 0;
  for (let row = declarationAround(tree, source.statement); row < source.statement; row++)
    if (isDiscarding(context, row, source.kind)) earlier++;
  if (earlier === 0) return first;
  const number = first === base ? 1 : Number(first.slice(base.length));
  return unusedName(tree, scopes, `${base}${number + earlier}`, source.statement);
}

function isDiscarding(context: RuleContext, row: Node, kind: CancelSource['kind']): boolean {
  const isCall = context.tree.kind[row] === Kind.call_expression;
  const source = isCall ? stopSourceOf(context, row) : cancelSourceAt(context, row);
  return source?.kind === kind && isBlank(context.tree, source.cancel);
}

/** Whether `:=` assigns all the statement's other targets: they are variables declared in the same block. */
function mayDeclare({ tree, scopes }: RuleContext, source: CancelSource): boolean {
  const list = tree.parent[source.statement];
  if (tree.kind[list] !== Kind.statement_list) return false;
  const body = childOf(tree, source.fn, Field.body);
  return children(tree, go.assignmentStatement.left(tree, source.statement)).every((target) => {
    if (isBlank(tree, target)) return true;
    const symbol = tree.kind[target] === Kind.identifier ? scopes.symbolOf(target) : undefined;
    if (symbol?.kind !== 'variable' || symbol.owner !== source.fn) return false;
    if (symbol.role !== 'local')
      return tree.parent[list] === body && (symbol.role === 'parameter' || symbol.role === 'result' || symbol.role === 'receiver');
    return tree.parent[statementAround(tree, symbol.declaration)] === list && isPlainDeclaration(tree, symbol.declaration);
  });
}

/** Whether a name is declared by a statement of the list itself rather than in the head of a compound one. */
function isPlainDeclaration(tree: Tree, name: Node): boolean {
  const statement = statementAround(tree, name);
  return tree.kind[statement] === Kind.short_var_declaration || tree.kind[statement] === Kind.var_declaration;
}

/** `var cancel context.CancelFunc` in front. */
function declareCancel(context: RuleContext, source: CancelSource, name: string): FileEdit[] | undefined {
  const { tree, file, scopes } = context;
  const statement = sourceStatement(tree, source);
  if (statement === NONE || tree.kind[statement] === Kind.labeled_statement) return undefined;
  const named = packageNameAt(file, scopes, 'context', source.statement);
  const imports = named === undefined ? undefined : importEdits(file, { add: named.add });
  if (named === undefined || imports === undefined) return undefined;
  const type = `${named.name}.${source.takesCause ? 'CancelCauseFunc' : 'CancelFunc'}`;
  return [insertBefore(tree, statement, [`var ${name} ${type}`]), ...imports];
}

/** `defer …` after the statement, or after the check of the error or bool that came with it; undefined where nothing can stand there. */
export function deferAfter(context: RuleContext, source: CancelSource, call: string): FileEdit | undefined {
  const { tree } = context;
  const statement = sourceStatement(tree, source);
  if (statement === NONE || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  if (source.error === NONE && source.ok === NONE) return insertAfter(tree, statement, [`defer ${call}`]);
  const check = checkAfter(context, source, statement);
  return check === NONE ? undefined : insertAfter(tree, check, [`defer ${call}`]);
}

/** `if err != nil { … }` or `if !ok { … }` directly after the statement, which must leave the path. */
export function checkAfter(context: RuleContext, source: CancelSource, statement: Node): Node {
  const { tree } = context;
  const check = nextSibling(tree, statement);
  if (tree.kind[check] !== Kind.if_statement || go.ifStatement.alternative(tree, check) !== NONE) return NONE;
  if (go.ifStatement.initializer(tree, check) !== NONE || !leaves(tree, go.ifStatement.consequence(tree, check))) return NONE;
  return isFailure(context, source, go.ifStatement.condition(tree, check)) ? check : NONE;
}

function isFailure({ tree, scopes }: RuleContext, source: CancelSource, condition: Node): boolean {
  const isSame = (node: Node, result: Node): boolean => !isBlank(tree, result) && scopes.symbolOf(node) === scopes.symbolOf(result);
  if (source.error === NONE) {
    const isNegated =
      tree.kind[condition] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, condition)] === Kind['!'];
    return isNegated && isSame(go.unaryExpression.operand(tree, condition), source.ok);
  }
  if (tree.kind[condition] !== Kind.binary_expression) return false;
  const isUnequal = tree.kind[go.binaryExpression.operator(tree, condition)] === Kind['!='];
  const isNil = tree.kind[go.binaryExpression.right(tree, condition)] === Kind.nil;
  return isUnequal && isNil && isSame(go.binaryExpression.left(tree, condition), source.error);
}

function leaves(tree: Tree, block: Node): boolean {
  const [list] = children(tree, block);
  const last = list === undefined ? undefined : children(tree, list).at(-1);
  return (
    last !== undefined &&
    (tree.kind[last] === Kind.return_statement || tree.kind[last] === Kind.continue_statement || tree.kind[last] === Kind.break_statement)
  );
}

/** Takes the statements `_ = cancel` out. */
export function removeBlanked(tree: Tree, blanked: readonly Node[]): FileEdit[] {
  return blanked.filter((node) => tree.kind[tree.parent[node]] === Kind.statement_list).map((node) => removeStatement(tree, node));
}

/** Whether the source's function runs it more than once per call: in a loop, or behind a label that is jumped to. */
export function isRepeated(tree: Tree, source: Pick<CancelSource, 'statement' | 'fn'>): boolean {
  if (loopAround(tree, source.statement) !== NONE) return true;
  return descendants(tree, source.fn, Kind.goto_statement).some((jump) => {
    const label = textOf(tree, children(tree, jump)[0] ?? NONE);
    const target = descendants(tree, source.fn, Kind.labeled_statement).find(
      (each) => textOf(tree, go.labeledStatement.label(tree, each)) === label,
    );
    return target !== undefined && target < jump && target <= source.statement;
  });
}

/** The iteration of the loop from the source on; undefined outside loops, and where the context may be used after its block. */
export function iterationOf(tree: Tree, source: CancelSource): Iteration | undefined {
  const loop = loopAround(tree, source.statement);
  const statement = sourceStatement(tree, source);
  if (loop === NONE || statement === NONE || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  if (source.error !== NONE || source.ok !== NONE) return undefined;
  const iteration = iterationFrom(tree, loop, statement);
  return iteration.isBody || tree.kind[source.statement] !== Kind.assignment_statement ? iteration : undefined;
}
