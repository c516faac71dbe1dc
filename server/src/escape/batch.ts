/**
 * One strongly connected component of the call graph while it is being analysed: its graph, its functions with their literals,
 * and the places where something is allocated. A hole is where a value goes: a location, reached over some dereferences.
 */
import type { GoSymbol } from '../model/index.ts';
import { enclosingFunction, Kind, NONE, type Node, textOf } from '../syntax/index.ts';
import type { Cost } from './costs.ts';
import { BLANK, Graph, HEAP, LocationKind, type Reach } from './graph.ts';
import { declarationDepth } from './loop-depth.ts';
import type { Note, NotedCall, Why } from './notes.ts';
import { bodyOf, type FileFacts, isLocalVariable, type Routine, signatureOf } from './program.ts';

/** What allocates, by the names of the escapes record; `moved` is a variable, parameter or result. */
export type SiteKind =
  | 'moved'
  | 'composite'
  | 'new'
  | 'make'
  | 'append'
  | 'closure'
  | 'method-value'
  | 'variadic'
  | 'concat'
  | 'conversion'
  | 'interface';

/** Larger than gc puts on a stack, or of a length that it would have to know. */
export type OffStack = 'too-large' | 'unknown-length';

export interface Site {
  readonly kind: SiteKind;
  readonly facts: FileFacts;
  /** The allocating expression; of `moved` the declaring identifier. */
  readonly node: Node;
  readonly location: number;
  /** Of `moved`. */
  readonly symbol: GoSymbol | undefined;
  /** Why no stack holds it, whatever flows. */
  readonly offStack: OffStack | undefined;
  /** Where the node is a call, into which the called function's allocation is copied: what that costs. */
  readonly inlinedCost: (() => Cost) | undefined;
}

/** Where a value goes. */
export interface Hole {
  readonly target: number;
  /** -1: the value's address goes there. */
  readonly derefs: number;
  readonly reach: Reach;
  readonly note: Note | undefined;
}

export const DISCARD: Hole = { target: BLANK, derefs: 0, reach: 'always', note: undefined };

/** Bytes of a declared variable that gc still puts on the stack (ir.MaxStackVarSize). */
const VARIABLE_STACK_LIMIT = 128 * 1024;

export class Batch {
  readonly graph = new Graph();
  readonly routines: Routine[] = [];
  readonly sites: Site[] = [];
  /** Locations of parameters (receiver first) and results, by routine. */
  readonly parameters: (readonly number[])[] = [];
  readonly results: (readonly number[])[] = [];
  /** Allocation of a literal, by its routine; absent where nothing evaluates the literal. */
  readonly closureOf = new Map<number, number>();
  readonly locationOf = new Map<GoSymbol, number>();
  /** Variables that no stack holds, whatever flows. */
  readonly tooLarge = new Set<number>();
  private readonly inInterfaces = new Map<FileFacts, Set<Node>>();
  private readonly byNode = new Map<FileFacts, Map<Node, Routine>>();

  /** Takes in a function that is nobody's literal, with all literals in it. */
  add(facts: FileFacts, outermost: Node): void {
    const { tree } = facts;
    this.addRoutine(facts, outermost, undefined);
    for (let row = outermost + 1; row < tree.next[outermost]; row++) {
      if (tree.kind[row] !== Kind.func_literal) continue;
      this.addRoutine(facts, row, this.routineAt(facts, enclosingFunction(tree, row)));
    }
  }

  routineAt(facts: FileFacts, node: Node): Routine | undefined {
    return this.byNode.get(facts)?.get(node);
  }

  /** Notes that an interface takes the expression's pointer as it is. */
  giveToInterface(facts: FileFacts, node: Node): void {
    const ofFile = this.inInterfaces.get(facts) ?? new Set<Node>();
    this.inInterfaces.set(facts, ofFile.add(node));
  }

  isGivenToInterface(facts: FileFacts, node: Node): boolean {
    return this.inInterfaces.get(facts)?.has(node) === true;
  }

  private addRoutine(facts: FileFacts, node: Node, parent: Routine | undefined): void {
    const routine: Routine = { index: this.routines.length, facts, node, parent };
    this.routines.push(routine);
    const ofFile = this.byNode.get(facts) ?? new Map<Node, Routine>();
    this.byNode.set(facts, ofFile.set(node, routine));
    const signature = signatureOf(facts.tree, node);
    const declare = (names: readonly Node[], kind: number): number[] =>
      names.map((name, slot) => {
        const location = this.graph.addLocation(kind, routine.index, 1, slot);
        const symbol = name === NONE ? undefined : facts.scopes.symbolOf(name);
        if (symbol !== undefined) this.locationOf.set(symbol, location);
        return location;
      });
    this.parameters.push(bodyOf(facts.tree, node) === NONE ? [] : declare(signature.parameters, LocationKind.parameter));
    this.results.push(declare(signature.results, LocationKind.result));
  }

  /** Location of a local variable; undefined for other names and for locals of functions outside the batch. */
  variable(facts: FileFacts, symbol: GoSymbol | undefined): number | undefined {
    if (!isLocalVariable(symbol)) return undefined;
    const known = this.locationOf.get(symbol);
    if (known !== undefined) return known;
    const routine = this.routineAt(facts, symbol.owner);
    if (routine === undefined) return undefined;
    const depth = declarationDepth(facts.tree, symbol.declaration, facts.file.go);
    const location = this.graph.addLocation(LocationKind.variable, routine.index, depth, 0);
    this.locationOf.set(symbol, location);
    const { types } = facts;
    if ((types.sizeOf(types.typeOfSymbol(symbol)) ?? 0) > VARIABLE_STACK_LIMIT) this.tooLarge.add(location);
    return location;
  }

  /** Whether the parameter has a name to be used by. */
  isNamed(routine: Routine, slot: number): boolean {
    const { tree } = routine.facts;
    const name = signatureOf(tree, routine.node).parameters[slot];
    return name !== undefined && name !== NONE && textOf(tree, name) !== '_';
  }

  flow(hole: Hole, source: number): void {
    this.graph.addEdge(hole.target, source, hole.derefs, hole.reach, hole.note);
  }
}

/** Variables, parameters and results as sites, for those of them that do not stay on the stack. */
export function* variablesOf(batch: Batch): Generator<Site> {
  for (const [symbol, location] of batch.locationOf) {
    const routine = batch.routines[batch.graph.owner[location]];
    if (routine === undefined) continue;
    const { facts } = routine;
    yield { kind: 'moved', facts, node: symbol.declaration, location, symbol, offStack: undefined, inlinedCost: undefined };
  }
}

export function heapHole(reach: Reach = 'always', derefs = 0): Hole {
  return { target: HEAP, derefs, reach, note: undefined };
}

export function shifted(hole: Hole, derefs: number): Hole {
  if (derefs === 0 || hole.target === BLANK) return hole;
  return { target: hole.target, derefs: Math.max(-1, hole.derefs + derefs), reach: hole.reach, note: hole.note };
}

/** The hole with a fact closer to the value. Facts further out stay reachable through it. */
export function noted(hole: Hole, why: Why, facts: FileFacts, node: Node, call?: NotedCall): Hole {
  if (hole.target === BLANK) return hole;
  const { target, derefs, reach, note: outer } = hole;
  return { target, derefs, reach, note: { why, facts, node, outer, call } };
}

/** The hole where only the pessimistic analysis believes that the value comes through. */
export function perhaps(hole: Hole): Hole {
  return hole.target === BLANK ? hole : { target: hole.target, derefs: hole.derefs, reach: 'maybe', note: hole.note };
}
