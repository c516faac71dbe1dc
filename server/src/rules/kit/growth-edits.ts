/**
 * What the fixes of the growth rules share: whether a capacity may be asked for at a place other than the loop, the empty
 * value rewritten with room, and the words for a count.
 */
import { type Capacity, type Code, type EmptyStart, type Fill, isInteger, isPartAssignedIn, withLabels } from '../../model/index.ts';
import { children, descendants, encloses, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { FileEdit } from '../rule.ts';
import { disturbsComment, insertBefore, insertion, replacement } from './edits.ts';
import { quoted } from './expressions.ts';

const QUIET_CALLS: readonly string[] = ['len', 'cap', 'make', 'new', 'min', 'max'];
const QUIET_STATEMENTS: readonly number[] = [
  Kind.var_declaration,
  Kind.const_declaration,
  Kind.short_var_declaration,
  Kind.assignment_statement,
  Kind.inc_statement,
  Kind.dec_statement,
];
const NOISY: readonly number[] = [
  Kind.func_literal,
  Kind.unary_expression,
  Kind.index_expression,
  Kind.slice_expression,
  Kind.type_assertion_expression,
];

/** Operators that may panic. */
const DIVISIONS: readonly number[] = [Kind['/'], Kind['%'], Kind['/='], Kind['%=']];

/** Whether the capacity, asked for where the place begins empty, is the same number, and nothing in between can fail or return. */
export function isKnownAtStart(code: Code, fill: Fill, capacity: Capacity): boolean {
  const { tree, scopes } = code;
  const from = fill.start.statement;
  if (from === NONE || !fill.isSameList) return false;
  const areVisible = capacity.variables.every((node) => scopes.lookup(textOf(tree, node), from) === scopes.symbolOf(node));
  return areVisible && statementsBetween(tree, fill).every((statement) => isQuiet(code, statement, capacity));
}

/** Statements after the beginning and before the outermost loop. */
export function statementsBetween(tree: Tree, fill: Fill): Node[] {
  const from = fill.start.statement;
  return children(tree, tree.parent[from]).filter(
    (node) => node > from && tree.next[node] <= fill.loops[0] && !encloses(tree, node, fill.loops[0]),
  );
}

function isQuiet(code: Code, statement: Node, capacity: Capacity): boolean {
  const { tree, scopes, types } = code;
  if (!QUIET_STATEMENTS.includes(tree.kind[statement])) return false;
  for (let row = statement; row < tree.next[statement]; row++) {
    if (DIVISIONS.includes(tree.kind[row])) return false;
    if (NOISY.includes(tree.kind[row]) && !isAddressOfLiteral(tree, row)) return false;
    if (tree.kind[row] === Kind.type_conversion_expression) continue;
    if (tree.kind[row] !== Kind.call_expression) continue;
    const callee = types.calleeOf(row);
    if (callee.kind !== 'conversion' && !(callee.kind === 'builtin' && QUIET_CALLS.includes(callee.name))) return false;
  }
  const symbols = new Set(capacity.variables.map((node) => scopes.symbolOf(node)));
  const targets = targetsOf(tree, statement);
  const touches = targets.some((target) => descendants(tree, target, Kind.identifier).some((node) => symbols.has(scopes.symbolOf(node))));
  return !touches && capacity.parts.every((part) => !isPartAssignedIn(tree, part, statement));
}

function isAddressOfLiteral(tree: Tree, node: Node): boolean {
  return (
    tree.kind[node] === Kind.unary_expression &&
    tree.kind[go.unaryExpression.operator(tree, node)] !== Kind['<-'] &&
    tree.kind[go.unaryExpression.operator(tree, node)] !== Kind['*']
  );
}

function targetsOf(tree: Tree, statement: Node): Node[] {
  if (tree.kind[statement] === Kind.inc_statement || tree.kind[statement] === Kind.dec_statement) return [statement];
  return tree.kind[statement] === Kind.assignment_statement ? [go.assignmentStatement.left(tree, statement)] : [];
}

/** The empty value with room: `make(T, 0, n)` of a slice, `make(T, n)` of a map. Undefined where there is none to rewrite, or a comment stands beside it. */
export function valueWithRoom(tree: Tree, start: EmptyStart, kind: 'slice' | 'map', room: string, type: string): FileEdit | undefined {
  if (start.value === NONE || disturbsComment(tree, start.value, []) || start.form === 'zero') return undefined;
  if (start.form !== 'make') return replacement(tree, start.value, madeText(kind, type, room));
  const given = children(tree, go.callExpression.arguments(tree, start.value));
  return insertion(tree.end[given[given.length - 1]], `, ${room}`);
}

export function madeText(kind: 'slice' | 'map', type: string, room: string): string {
  return kind === 'slice' ? `make(${type}, 0, ${room})` : `make(${type}, ${room})`;
}

/** Whether the names of a type mean at `node` what they mean where the type is written. */
export function isTypeSameAt({ tree, scopes }: Code, type: Node, node: Node): boolean {
  const names = [Kind.identifier, Kind.type_identifier, Kind.package_identifier].flatMap((kind) => descendants(tree, type, kind));
  return names.every((name) => scopes.lookup(textOf(tree, name), name) === scopes.lookup(textOf(tree, name), node));
}

/** `var s []T` on its own, or with `= nil`, as `s := make([]T, 0, n)`. */
export function declarationWithRoom(tree: Tree, start: EmptyStart, room: string, type: string): FileEdit | undefined {
  const { statement, form, value } = start;
  const isPlainNil = form === 'zero' || (form === 'nil' && tree.kind[value] !== Kind.type_conversion_expression);
  if (!isPlainNil || tree.kind[statement] !== Kind.var_declaration || disturbsComment(tree, statement, [])) return undefined;
  const [spec] = children(tree, statement);
  if (tree.kind[spec] !== Kind.var_spec) return undefined;
  const names = go.varSpec.name(tree, spec);
  if (names.length !== 1 || descendants(tree, statement, Kind.comment).length > 0) return undefined;
  return replacement(tree, statement, `${textOf(tree, names[0])} := ${madeText('slice', type, room)}`);
}

/** New lines in front of a loop, and of its labels. */
export function insertBeforeLoop(tree: Tree, loop: Node, lines: readonly string[]): FileEdit {
  return insertBefore(tree, withLabels(tree, loop), lines);
}

/** How many elements, for a reader: the expression where there is one, else the number, else what is ranged over. */
export function describeCount(code: Code, fill: Fill, capacity: Capacity): string {
  const { tree } = code;
  if (capacity.text !== undefined) return capacity.text;
  if (capacity.elements !== undefined) return String(capacity.elements);
  const operand = fill.counts.find((count) => count.text === undefined)?.operand ?? NONE;
  const short = quoted(tree, operand);
  return isInteger(code, operand) ? short : `len(${short})`;
}
