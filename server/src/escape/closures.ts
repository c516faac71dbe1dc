/**
 * Function literals: what each captures, and how. gc copies a variable into the closure when it is never reassigned, its address
 * is never taken and it is at most 128 bytes; otherwise the closure holds its address (escape.go, flowClosure).
 */
import type { GoSymbol, Reference } from '../model/index.ts';
import { ancestor, encloses, go, Kind, NONE, type Node } from '../syntax/index.ts';
import { type Hole, perhaps, shifted } from './batch.ts';
import { isLoopVariable } from './loop-depth.ts';
import type { Lowering } from './lowering.ts';
import { type FileFacts, isLocalVariable } from './program.ts';

/** Largest variable in bytes that a closure copies. */
const COPY_LIMIT = 128;
const PER_TURN_VARIABLES = 22;

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
  const change = references.find((reference) => isReassigned(facts, symbol, reference));
  if (change !== undefined) return { reason: 'written', at: change.node };
  const address = references.find((reference) => reference.access === 'address');
  if (address !== undefined) return { reason: 'address', at: address.node };
  if (symbol.role === 'result') {
    const assignment = returnWithValues(facts, symbol.owner);
    if (assignment !== NONE) return { reason: 'written', at: assignment };
  }
  const size = facts.types.sizeOf(facts.types.typeOfSymbol(symbol));
  if (size !== undefined && size > COPY_LIMIT) return { reason: 'size', at: symbol.declaration };
  const perhapsAddress = references.find((reference) => reference.mayTakeAddress === true);
  return perhapsAddress === undefined ? undefined : { reason: 'address-perhaps', at: perhapsAddress.node };
}

/** The step of a counted loop makes a new variable since Go 1.22, so it is no assignment to the captured one. */
function isReassigned({ tree, file }: FileFacts, symbol: GoSymbol, reference: Reference): boolean {
  if (reference.access !== 'write' && reference.access !== 'update') return false;
  if (file.go < PER_TURN_VARIABLES || !isLoopVariable(tree, symbol.declaration)) return true;
  const clause = ancestor(tree, symbol.declaration, Kind.for_clause);
  return (
    clause === NONE || !encloses(tree, go.forClause.update(tree, clause), reference.node) || go.forClause.update(tree, clause) === NONE
  );
}

/** A `return` with values assigns to the named results. */
function returnWithValues({ tree }: FileFacts, fn: Node): Node {
  for (let row = fn + 1; row < tree.next[fn]; row++) {
    if (tree.kind[row] === Kind.func_literal) row = tree.next[row] - 1;
    else if (tree.kind[row] === Kind.return_statement && tree.next[row] > row + 1) return row;
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
    batch.captures.push({ literal, facts, symbol, isByReference });
    const reference = lowering.note(shifted(closure, -1), 'capture-reference', literal);
    if (isByReference) batch.flow(reference, location);
    else batch.flow(lowering.note(closure, 'capture-value', literal), location);
    if (cause?.reason === 'address-perhaps') batch.flow(perhaps(reference), location);
  }
}
