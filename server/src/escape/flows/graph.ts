/**
 * The flow graph of one batch of functions, in columns: plain arrays of small integers, because most graphs are too small for typed
 * ones to pay. A location is a variable, parameter, result or allocation; an
 * edge `target <- source` says that the source's value comes to the target, after `derefs` dereferences (-1: its address).
 * After cmd/compile/internal/escape: insensitive to order, paths, fields and elements, on purpose, because agreeing with the
 * compiler is worth more than being sharper than it.
 */

import type { Leaks } from '../summaries/summaries.ts';
import type { CallKnowledge, Note } from './notes.ts';
import type { Passage } from './stand-ins.ts';

export const LocationKind = { heap: 0, blank: 1, callee: 2, variable: 3, parameter: 4, result: 5, allocation: 6, temporary: 7 } as const;

/** Pseudo-locations that every graph has: what outlives everything, what is thrown away, and operands of unknown calls. */
export const HEAP = 0;
export const BLANK = 1;
export const CALLEE = 2;

/** No edge. */
export const NO_EDGE = -1;

/** Which analysis an edge belongs to: `always`, or `maybe` where what is not in view could make it so. */
export type Reach = 'always' | 'maybe';

/** What is known of the call behind an edge. */
export interface Passed {
  readonly knowledge: CallKnowledge;
  readonly leaks: Leaks;
}

export class Graph {
  readonly kind: number[] = [];
  /** Index of the function that declares the location; -1 for pseudo-locations. */
  readonly owner: number[] = [];
  /** Loops around the declaration, in its function. */
  readonly depth: number[] = [];
  /** Index among the function's parameters or results. */
  readonly slot: number[] = [];
  readonly firstEdge: number[] = [];
  private readonly lastEdge: number[] = [];

  readonly source: number[] = [];
  readonly target: number[] = [];
  readonly derefs: number[] = [];
  /** Whether only the pessimistic analysis follows the edge. */
  readonly isMaybe: boolean[] = [];
  readonly nextEdge: number[] = [];
  /** Whether the two analyses differ at all. */
  hasMaybe = false;
  readonly noteOfEdge: (Note | undefined)[] = [];
  /** Of an edge that is there if the called function lets the argument go that way. */
  readonly passageOfEdge: (Passage | undefined)[] = [];
  hasPassages = false;
  /** Of calls behind edges that were passages. */
  readonly passed = new Map<number, Passed>();

  constructor() {
    for (const kind of [LocationKind.heap, LocationKind.blank, LocationKind.callee]) this.addLocation(kind, -1, 0, 0);
  }

  get locations(): number {
    return this.kind.length;
  }

  addLocation(kind: number, owner: number, depth: number, slot: number): number {
    this.owner.push(owner);
    this.depth.push(depth);
    this.slot.push(slot);
    this.firstEdge.push(NO_EDGE);
    this.lastEdge.push(NO_EDGE);
    return this.kind.push(kind) - 1;
  }

  /** Adds `target <- source` and answers the edge; a value that flows to itself or nowhere adds none. */
  addEdge(target: number, source: number, derefs: number, reach: Reach, note: Note | undefined, passage?: Passage): number {
    if (target === BLANK || (target === source && derefs >= 0)) return NO_EDGE;
    this.source.push(source);
    this.target.push(target);
    this.derefs.push(derefs);
    this.isMaybe.push(reach === 'maybe');
    this.hasMaybe ||= reach === 'maybe';
    this.noteOfEdge.push(note);
    this.passageOfEdge.push(passage);
    this.hasPassages ||= passage !== undefined;
    const edge = this.nextEdge.push(NO_EDGE) - 1;
    const last = this.lastEdge[target];
    if (last === NO_EDGE) this.firstEdge[target] = edge;
    else this.nextEdge[last] = edge;
    this.lastEdge[target] = edge;
    return edge;
  }
}
