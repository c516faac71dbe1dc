/**
 * Which rule sees which node: one table by node kind, so that a walk of the flat tree serves all rules at the price of an
 * array lookup per row, and one by the name that is called, so that a rule about a few functions costs the other calls
 * nothing. Rows that a syntax error may have changed are left out of the walk.
 */

import type { OptionValue, Rule, RuleContext, Severity } from '../rules/index.ts';
import { calledName, isBroken, Kind, type KindName, NONE, type Node, type Tree, textOf } from '../syntax/index.ts';

/** A rule as this review runs it. */
export interface ActiveRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** Of all its findings, whatever the rule makes of one; absent where nobody said so. */
  readonly stated?: Severity;
  readonly options: Readonly<Record<string, OptionValue>>;
}

export interface Visitor {
  /** Index among the active rules. */
  readonly rule: number;
  visit(node: Node, context: RuleContext): void;
}

export interface DispatchTable {
  /** Visitors by node kind; undefined where no rule asks. */
  readonly byKind: readonly (readonly Visitor[] | undefined)[];
  readonly byCalledName: ReadonlyMap<string, readonly Visitor[]>;
}

export function dispatchTable(active: readonly ActiveRule[]): DispatchTable {
  const byKind: Visitor[][] = [];
  const byCalledName = new Map<string, Visitor[]>();
  active.forEach(({ rule }, index) => {
    for (const [kind, visit] of Object.entries(rule.visit ?? {})) {
      const number = Kind[kind as KindName];
      byKind[number] ??= [];
      byKind[number].push({ rule: index, visit });
    }
    for (const [name, visit] of Object.entries(rule.calls ?? {})) {
      byCalledName.set(name, [...(byCalledName.get(name) ?? []), { rule: index, visit }]);
    }
  });
  return { byKind, byCalledName };
}

const NOBODY: readonly Visitor[] = [];

export function visitorsOf({ byKind, byCalledName }: DispatchTable, tree: Tree, row: Node): readonly Visitor[] {
  const kind = tree.kind[row];
  const visitors = byKind[kind] ?? NOBODY;
  if (kind !== Kind.call_expression || byCalledName.size === 0) return visitors;
  const called = byCalledName.get(textOf(tree, calledName(tree, row)));
  return called === undefined ? visitors : [...visitors, ...called];
}

/** Half-open range of rows, walked from first to last. */
export interface RowRange {
  readonly from: Node;
  readonly to: Node;
}

/**
 * The rows that rules may see: every unbroken function and declaration at the top of the file, the file's own row when all
 * of it is sound, and below an ERROR node only whole functions that begin in column 0, because everything else may be a
 * piece of something that was cut.
 */
export function soundRows(tree: Tree): RowRange[] {
  if (!isBroken(tree, NONE)) return [{ from: NONE, to: tree.length }];
  const ranges: RowRange[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (tree.kind[row] === Kind.ERROR) ranges.push(...wholeFunctions(tree, row));
    else if (!isBroken(tree, row)) ranges.push({ from: row, to: tree.next[row] });
  }
  return ranges;
}

function wholeFunctions(tree: Tree, error: Node): RowRange[] {
  const ranges: RowRange[] = [];
  const end = tree.next[error];
  for (let row = error + 1; row < end; ) {
    const isWhole = isDeclaredFunction(tree, row) && !isBroken(tree, row) && startsLine(tree, row);
    if (isWhole) ranges.push({ from: row, to: tree.next[row] });
    row = isWhole ? tree.next[row] : row + 1;
  }
  return ranges;
}

function isDeclaredFunction(tree: Tree, row: Node): boolean {
  return tree.kind[row] === Kind.function_declaration || tree.kind[row] === Kind.method_declaration;
}

function startsLine(tree: Tree, row: Node): boolean {
  const start = tree.start[row];
  return start === 0 || tree.source[start - 1] === 10;
}
