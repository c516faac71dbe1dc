/**
 * Whether a function makes any pointer that the rule could speak of. Asked before the escape analysis, which has to look into
 * everything the function calls: most functions make none, and what syntax and types alone deny need not be analysed.
 */
import type { GoSymbol, Type } from '../../model/index.ts';
import { go, isText, Kind, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import { isHot } from '../kit/hot-code.ts';
import { rootOf } from '../kit/root.ts';
import { mayReturnValue } from './by-value.ts';
import { isMadeToBeReturned } from './constructed.ts';
import { type Context, isError } from './decide.ts';
import { copyFix, elementFix } from './fix.ts';

/** False only where `decide` would have nothing to say of any allocation in the function. */
export function givesAddresses(context: Context, fn: Node): boolean {
  const { tree } = context;
  const end = tree.next[fn];
  for (let row = fn + 1; row < end; row++) if (allocates(context, fn, row)) return true;
  for (let row = fn + 1; row < end; row++) if (takesAddressUnsaid(context, row)) return true;
  return false;
}

/** Whether an edit at hand spares a variable of the function that its address is taken. */
export function hasAddressToMend(context: Context, fn: Node): boolean {
  const { tree, scopes } = context;
  const seen = new Set<GoSymbol>();
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    if (tree.kind[row] !== Kind.unary_expression || tree.kind[go.unaryExpression.operator(tree, row)] !== Kind['&']) continue;
    const symbol = scopes.symbolOf(go.unaryExpression.operand(tree, row));
    if (symbol?.kind !== 'variable' || symbol.role === 'package' || seen.has(symbol)) continue;
    seen.add(symbol);
    if (hasEditAtHand(context, symbol)) return true;
  }
  return false;
}

/** Whether an edit at hand spares a variable that its address is taken. */
export function hasEditAtHand(context: Context, symbol: GoSymbol): boolean {
  return (copyFix(context, symbol) ?? elementFix(context, symbol)) !== undefined;
}

function allocates(context: Context, fn: Node, row: Node): boolean {
  const { tree } = context;
  switch (tree.kind[row]) {
    case Kind.unary_expression:
      return tree.kind[go.unaryExpression.operator(tree, row)] === Kind['&'] && isAddressOfInterest(context, fn, row);
    case Kind.composite_literal:
      return tree.kind[tree.parent[row]] !== Kind.unary_expression && isHot(context, row);
    case Kind.identifier:
      return isNew(tree, row) && isPointerOfInterest(context, fn, tree.parent[row]);
    default:
      return false;
  }
}

function isAddressOfInterest(context: Context, fn: Node, address: Node): boolean {
  const { tree } = context;
  const operand = unparenthesized(tree, go.unaryExpression.operand(tree, address));
  return tree.kind[operand] === Kind.composite_literal ? isPointerOfInterest(context, fn, address) : mayHold(context, operand);
}

/** Of `&T{}` and `new(T)`: errors, and what is made to be returned, are not spoken of unless the function could return the value. */
function isPointerOfInterest(context: Context, fn: Node, node: Node): boolean {
  if (!context.options.allocations && !isHot(context, node)) return mayReturnValue(context, fn);
  const isSilent = isError(context, node) || (!context.options.constructors && isMadeToBeReturned(context, node));
  return !isSilent || mayReturnValue(context, fn);
}

function isNew(tree: Tree, row: Node): boolean {
  return isText(tree, row, 'new');
}

/** An array's slice, and a variable before a method that wants its address: called, or bound as a value. */
function takesAddressUnsaid(context: Context, row: Node): boolean {
  const { tree, types } = context;
  switch (tree.kind[row]) {
    case Kind.slice_expression:
      return mayHold(context, go.sliceExpression.operand(tree, row)) && isArray(context, go.sliceExpression.operand(tree, row));
    case Kind.selector_expression: {
      if (tree.kind[tree.parent[row]] === Kind.selector_expression) return false;
      if (!mayHold(context, go.selectorExpression.operand(tree, row))) return false;
      const selection = types.selectionOf(row);
      return selection === undefined || (selection.kind === 'method' && selection.hasPointerReceiver && !selection.isIndirect);
    }
    default:
      return false;
  }
}

function isArray({ types }: Context, operand: Node): boolean {
  return types.underlying(types.typeOf(operand)).kind === 'array';
}

/** Whether the operand may be a local variable or lie in one; what is reached through a pointer does not. */
function mayHold({ tree, types, scopes }: Context, operand: Node): boolean {
  const root = rootOf(tree, operand);
  if (tree.kind[root] !== Kind.identifier) return false;
  const symbol = scopes.symbolOf(root);
  if (symbol?.kind !== 'variable' || symbol.role === 'package') return false;
  return root === operand || !REFERENCES.has(types.typeOfSymbol(symbol).kind);
}

/** Types without a name whose values only refer to what is selected from them. */
const REFERENCES: ReadonlySet<Type['kind']> = new Set(['pointer', 'slice', 'map']);
