/**
 * Edits for what each iteration of a loop has to let go of, where `defer` would wait for the end of the function: calling a function
 * at the end of the iteration and before everything that leaves it, or giving the iteration a function of its own.
 */
import { ancestor, children, encloses, go, isFunction, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import type { FileEdit } from '../rule.ts';
import { indentationAt, insertAfter, insertBefore, lineBreakAt, lineEndAt, lineStartAt, removeStatement, replacement } from './edits.ts';

/** The statements of an iteration from one of them to the end of its block. */
export interface Iteration {
  readonly loop: Node;
  readonly statements: readonly Node[];
  /** Statements by which control leaves the block early, in source order. */
  readonly exits: readonly Node[];
  /** The block is the loop's body rather than one inside it. */
  readonly isBody: boolean;
}

/** The iteration of the loop from a statement of a list on. */
export function iterationFrom(tree: Tree, loop: Node, statement: Node): Iteration {
  const list = tree.parent[statement];
  const all = children(tree, list);
  const statements = all.slice(all.indexOf(statement));
  const isBody = tree.parent[list] === go.forStatement.body(tree, loop);
  return { loop, statements, exits: statements.flatMap((each) => exitsIn(tree, each, statements)), isBody };
}

function exitsIn(tree: Tree, statement: Node, region: readonly Node[]): Node[] {
  const found: Node[] = [];
  for (let row = statement; row < tree.next[statement]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.func_literal) row = tree.next[row] - 1;
    else if (kind === Kind.return_statement || kind === Kind.goto_statement || kind === Kind.fallthrough_statement) found.push(row);
    else if ((kind === Kind.break_statement || kind === Kind.continue_statement) && leavesRegion(tree, row, region)) found.push(row);
  }
  return found.filter(
    (each) => tree.kind[each] !== Kind.fallthrough_statement || tree.parent[tree.parent[each]] === tree.parent[tree.parent[statement]],
  );
}

function leavesRegion(tree: Tree, jump: Node, region: readonly Node[]): boolean {
  const [label] = children(tree, jump);
  for (let up = tree.parent[jump]; up !== NONE && region.some((each) => encloses(tree, each, up)); up = tree.parent[up]) {
    if (label === undefined ? isTarget(tree, up, tree.kind[jump]) : isLabeledAs(tree, up, textOf(tree, label))) return false;
  }
  return true;
}

function isTarget(tree: Tree, node: Node, jump: number): boolean {
  const kind = tree.kind[node];
  if (kind === Kind.for_statement) return true;
  const isBreakable = kind === Kind.select_statement || kind === Kind.expression_switch_statement || kind === Kind.type_switch_statement;
  return isBreakable && jump === Kind.break_statement;
}

function isLabeledAs(tree: Tree, node: Node, label: string): boolean {
  return tree.kind[node] === Kind.labeled_statement && textOf(tree, go.labeledStatement.label(tree, node)) === label;
}

/** Calls before every exit and at the end of the block, where none is made yet; undefined where a return still computes something. */
export function callsAtIterationEnd(tree: Tree, iteration: Iteration, call: string): FileEdit[] | undefined {
  const open = iteration.exits.filter((exit) => !followsCall(tree, exit, iteration, call));
  if (open.some((exit) => !isPlainExit(tree, exit))) return undefined;
  const edits = open.map((exit) => insertBefore(tree, exit, [call]));
  const last = iteration.statements[iteration.statements.length - 1];
  const endsOpen = !iteration.exits.includes(last) && !iteration.statements.some((each) => isCall(tree, each, call));
  return endsOpen ? [...edits, insertAfter(tree, last, [call])] : edits;
}

/** The same for a statement of the iteration that defers the call; undefined where it defers something else. */
export function callsInsteadOfDefer(tree: Tree, iteration: Iteration, statement: Node, call: string): FileEdit[] | undefined {
  if (textOf(tree, statement) !== `defer ${call}`) return undefined;
  if (iteration.statements.at(-1) === statement) return [replacement(tree, statement, call)];
  const calls = callsAtIterationEnd(tree, iteration, call);
  return calls === undefined ? undefined : [removeStatement(tree, statement), ...calls];
}

/** Whether nothing is evaluated that could still need the context, and the statement stands in a list of statements. */
function isPlainExit(tree: Tree, exit: Node): boolean {
  if (tree.kind[tree.parent[exit]] !== Kind.statement_list || tree.kind[exit] === Kind.fallthrough_statement) return false;
  for (let row = exit; row < tree.next[exit]; row++)
    if (tree.kind[row] === Kind.call_expression || tree.kind[row] === Kind['<-']) return false;
  return true;
}

/** Whether a statement before the exit, in its own list or one around it within the iteration, makes the call. */
function followsCall(tree: Tree, exit: Node, iteration: Iteration, call: string): boolean {
  const [first] = iteration.statements;
  for (let at = exit; at > first; at = tree.parent[at]) {
    if (tree.kind[tree.parent[at]] !== Kind.statement_list) continue;
    const before = children(tree, tree.parent[at]).filter((each) => each < at && each > first);
    if (before.some((each) => isCall(tree, each, call))) return true;
  }
  return false;
}

function isCall(tree: Tree, statement: Node, call: string): boolean {
  return tree.kind[statement] === Kind.expression_statement && textOf(tree, statement) === call;
}

/** The rest of the iteration as a function of its own, with `edits` made inside; undefined where control leaves the loop from it or lines cannot be indented. */
export function wrapIteration(tree: Tree, iteration: Iteration, edits: readonly FileEdit[]): FileEdit | undefined {
  const returns = continuesAsReturns(tree, iteration);
  if (returns === undefined || !iteration.isBody) return undefined;
  const start = lineStartAt(tree, tree.start[iteration.statements[0]]);
  const end = lineEndAt(tree, tree.end[iteration.statements[iteration.statements.length - 1]]);
  const inner = [...edits, ...returns];
  const isInside = inner.every(({ range }) => range.start >= start && range.end <= end);
  if (!isInside || !hasOwnLines(tree, iteration, start, end)) return undefined;
  const indent = indentationAt(tree, start);
  const lineBreak = lineBreakAt(tree, start);
  const body = edited(tree, start, end, inner)
    .split(lineBreak)
    .map((line) => (line === '' ? line : `\t${line}`));
  return { range: { start, end }, newText: [`${indent}func() {`, ...body, `${indent}}()`].join(lineBreak) };
}

/** Edits that make each exit a return of the wrapping function; undefined unless all are a `continue` of the loop. */
function continuesAsReturns(tree: Tree, iteration: Iteration): FileEdit[] | undefined {
  const edits: FileEdit[] = [];
  for (const exit of iteration.exits) {
    if (tree.kind[exit] !== Kind.continue_statement) return undefined;
    const [label] = children(tree, exit);
    const labeled = tree.parent[iteration.loop];
    if (label !== undefined && !isLabeledAs(tree, labeled, textOf(tree, label))) return undefined;
    edits.push({ range: { start: tree.start[exit], end: tree.end[exit] }, newText: 'return' });
  }
  return iteration.exits.some((exit) => children(tree, exit).length > 0) ? undefined : edits;
}

/** Whether the lines hold the statements alone, and none of them begins inside a text that must not be indented. */
function hasOwnLines(tree: Tree, iteration: Iteration, start: number, end: number): boolean {
  const [first] = iteration.statements;
  const block = ancestor(tree, first, Kind.block);
  const isApart = tree.start[block] < start && tree.end[block] > end && textBetween(tree, start, tree.start[first]).trim() === '';
  for (let row = 0; row < tree.length; row++) {
    const isText = tree.kind[row] === Kind.raw_string_literal || tree.kind[row] === Kind.comment;
    if (isText && tree.start[row] < end && tree.end[row] > start && textOf(tree, row).includes('\n')) return false;
  }
  return isApart && !isFunction(tree, block);
}

function edited(tree: Tree, start: number, end: number, edits: readonly FileEdit[]): string {
  let text = '';
  let at = start;
  for (const { range, newText } of [...edits].sort((a, b) => a.range.start - b.range.start)) {
    text += textBetween(tree, at, range.start) + newText;
    at = range.end;
  }
  return text + textBetween(tree, at, end);
}
