/**
 * Whether a function makes any pointer that the rule could speak of. Asked before the escape analysis, which has to look into
 * everything the function calls: most functions take no address, and what syntax alone denies need not be analysed.
 */
import type { Type } from '../../model/index.ts';
import { go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { rootOf } from '../kit/root.ts';
import type { RuleContext } from '../rule.ts';

type Known = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** False only where the function has no literal, no `new`, no `&`, and takes the address of none of its variables unsaid. */
export function givesAddresses(known: Known, fn: Node): boolean {
  const { tree } = known;
  const end = tree.next[fn];
  let mayBeUnsaid = false;
  for (let row = fn + 1; row < end; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.composite_literal || isAddressOf(tree, row, kind) || isNew(tree, row, kind)) return true;
    mayBeUnsaid ||= kind === Kind.selector_expression || kind === Kind.slice_expression;
  }
  if (!mayBeUnsaid) return false;
  for (let row = fn + 1; row < end; row++) if (takesAddressUnsaid(known, row)) return true;
  return false;
}

function isAddressOf(tree: Tree, row: Node, kind: number): boolean {
  return kind === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, row)] === Kind['&'];
}

function isNew(tree: Tree, row: Node, kind: number): boolean {
  return kind === Kind.identifier && tree.end[row] - tree.start[row] === 'new'.length && textOf(tree, row) === 'new';
}

/** An array's slice, and a variable before a method that wants its address: called, or bound as a value. */
function takesAddressUnsaid(known: Known, row: Node): boolean {
  const { tree, types } = known;
  switch (tree.kind[row]) {
    case Kind.slice_expression:
      return mayHold(known, go.sliceExpression.operand(tree, row)) && isArray(known, go.sliceExpression.operand(tree, row));
    case Kind.selector_expression: {
      if (tree.kind[tree.parent[row]] === Kind.selector_expression) return false;
      if (!mayHold(known, go.selectorExpression.operand(tree, row))) return false;
      const selection = types.selectionOf(row);
      return selection === undefined || (selection.kind === 'method' && selection.hasPointerReceiver);
    }
    default:
      return false;
  }
}

function isArray({ types }: Known, operand: Node): boolean {
  return types.underlying(types.typeOf(operand)).kind === 'array';
}

/** Whether the operand may be a local variable or lie in one; what is reached through a pointer does not. */
function mayHold({ tree, types, scopes }: Known, operand: Node): boolean {
  const root = rootOf(tree, operand);
  if (tree.kind[root] !== Kind.identifier) return false;
  const symbol = scopes.symbolOf(root);
  if (symbol?.kind !== 'variable' || symbol.role === 'package') return false;
  return !REFERENCES.has(types.typeOfSymbol(symbol).kind);
}

/** Types without a name whose values only refer to what is selected from them. */
const REFERENCES: ReadonlySet<Type['kind']> = new Set(['pointer', 'slice', 'map']);
