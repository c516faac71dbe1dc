/**
 * Function literals: what each captures, and how. gc copies a variable into the closure when it is not reassigned (what happens
 * before the first capture in straight line does not count), its address is never taken and it is at most 128 bytes; otherwise
 * the closure holds its address (escape.go, flowClosure; expr.go, OCLOSURE).
 */
import { type GoSymbol, type Reference, Since } from '../../model/index.ts';
import { ancestor, encloses, enclosingFunction, Kind, NONE, type Node } from '../../syntax/index.ts';
import { type Hole, perhaps, shifted } from '../flows/batch.ts';
import { type FileFacts, isLocalVariable } from '../program.ts';
import { declarationDepth, isLoopVariable, loopDepth } from './loop-depth.ts';
import type { Lowering } from './lowering.ts';

/** Largest variable in bytes that a closure copies. */
const COPY_LIMIT = 128;

export type CaptureReason = 'written' | 'address' | 'size' | 'address-perhaps';

/** Local variables of functions around the literal that it uses, by first use. */
export function capturedBy({ tree, scopes }: FileFacts, literal: Node): GoSymbol[] {
  const found = new Set<GoSymbol>();
  for (let row = literal + 1; row < tree.next[literal]; row++) {
    if (tree.kind[row] !== Kind.identifier) continue;
    const symbol = scopes.symbolOf(row);
    if (isLocalVariable(symbol) && symbol.owner !== literal && !encloses(tree, literal, symbol.owner)) found.add(symbol);
  }
  return [...found];
}

export interface ReferenceCapture {
  readonly reason: CaptureReason;
  /** Occurrence that forces it; the declaration for size. */
  readonly at: Node;
}

/** Why closures hold the variable's address instead of a copy, or undefined when they copy it. */
export function heldByReference(facts: FileFacts, symbol: GoSymbol): ReferenceCapture | undefined {
  const references = facts.scopes.references(symbol);
  const address = references.find((reference) => reference.access === 'address');
  const first = firstCapture(facts, symbol, references);
  const forgivenUntil = first !== NONE && isInDeclaringIteration(facts, symbol, first) ? facts.tree.start[first] : 0;
  const change = references.find((reference) => isReassigned(facts, symbol, reference, forgivenUntil));
  if (change !== undefined) return { reason: 'written', at: change.node };
  if (address !== undefined) return { reason: 'address', at: address.node };
  if (symbol.role === 'result') {
    const assignment = returnWithValues(facts, symbol.owner, forgivenUntil);
    if (assignment !== NONE) return { reason: 'written', at: assignment };
  }
  const size = facts.types.sizeOf(facts.types.typeOfSymbol(symbol));
  if (size !== undefined && size > COPY_LIMIT) return { reason: 'size', at: symbol.declaration };
  const perhapsAddress = references.find((reference) => reference.mayTakeAddress === true);
  return perhapsAddress === undefined ? undefined : { reason: 'address-perhaps', at: perhapsAddress.node };
}

/** The literal of the variable's own function that first uses it, or NONE. */
function firstCapture({ tree }: FileFacts, symbol: GoSymbol, references: readonly Reference[]): Node {
  const captured = references.find((reference) => reference.within !== symbol.owner);
  let literal = NONE;
  for (let at = captured?.within ?? NONE; at !== symbol.owner && at !== NONE; at = enclosingFunction(tree, at)) literal = at;
  return literal;
}

/** Whether the literal stands in no loop that the variable is declared outside of: what was assigned before it is then forgiven. */
function isInDeclaringIteration({ tree, file }: FileFacts, symbol: GoSymbol, literal: Node): boolean {
  return loopDepth(tree, literal) === declarationDepth(tree, symbol.declaration, file.go);
}

function isReassigned({ tree, file }: FileFacts, symbol: GoSymbol, reference: Reference, forgivenUntil: number): boolean {
  if (reference.access === 'declare') return symbol.role === 'range' && file.go < Since.iterationVariables;
  if (reference.access !== 'write' && reference.access !== 'update') return false;
  const statement = ancestor(tree, reference.node, ...ASSIGNING);
  if (statement !== NONE && tree.end[statement] <= forgivenUntil) return false;
  const clause = ancestor(tree, symbol.declaration, Kind.for_clause);
  const isStep = clause !== NONE && isLoopVariable(tree, symbol.declaration) && encloses(tree, clause, reference.node);
  return !isStep || forgivenUntil === 0;
}

const ASSIGNING: readonly number[] = [
  Kind.assignment_statement,
  Kind.short_var_declaration,
  Kind.inc_statement,
  Kind.dec_statement,
  Kind.range_clause,
  Kind.receive_statement,
];

/** A `return` with values assigns to the named results. */
function returnWithValues({ tree }: FileFacts, fn: Node, forgivenUntil: number): Node {
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    if (tree.kind[row] === Kind.func_literal) row = tree.next[row] - 1;
    else if (tree.kind[row] === Kind.return_statement && tree.next[row] > row + 1 && tree.end[row] > forgivenUntil) return row;
  }
  return NONE;
}

export function lowerClosure(lowering: Lowering, hole: Hole, literal: Node): void {
  const { batch, facts } = lowering;
  const closure = lowering.spill(hole, 'closure', literal);
  const routine = batch.routineAt(facts, literal);
  if (routine !== undefined) batch.closureOf.set(routine.index, closure.target);
  for (const symbol of capturedBy(facts, literal)) {
    const location = batch.variable(facts, symbol);
    if (location === undefined) continue;
    const cause = heldByReference(facts, symbol);
    const isByReference = cause !== undefined && cause.reason !== 'address-perhaps';
    const reference = lowering.note(shifted(closure, -1), 'capture-reference', literal);
    if (isByReference) batch.flow(reference, location);
    else batch.flow(lowering.note(closure, 'capture-value', literal), location);
    if (cause?.reason === 'address-perhaps') batch.flow(perhaps(reference), location);
  }
}
