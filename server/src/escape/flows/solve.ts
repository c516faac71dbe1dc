/**
 * The solver, after gc's: from every root it walks the edges backwards as Bellman and Ford do, counting dereferences. Where the
 * count is -1 the location's address reaches the root, and if the root outlives the location, the location goes to the heap.
 * It runs to a fixpoint, because what went to the heap outlives everything in turn.
 */
import type { Component } from './component.ts';
import { CALLEE, HEAP, LocationKind, NO_EDGE } from './graph.ts';

/** Edges from a location outward to the root that decided about it. */
export interface Path {
  readonly edges: readonly number[];
  readonly root: number;
}

export interface ParameterLeak {
  heap: number;
  heapPath: Path | undefined;
  /** By result. */
  results: number[];
}

export interface Solution {
  /** Locations that must be on the heap. */
  escapes(location: number): boolean;
  /** Why a location escapes. */
  readonly paths: ReadonlyMap<number, Path>;
  /** Leaks of parameters, by location. */
  readonly leaks: ReadonlyMap<number, ParameterLeak>;
}

const ESCAPES = 1;
/** Called where nobody knows: results of such a literal are lost. */
const CALLED = 2;

/** `withMaybe`: whether edges of the pessimistic reading count. */
export function solve(component: Component, withMaybe: boolean): Solution {
  return new Solver(component, withMaybe).run();
}

class Solver implements Solution {
  readonly paths = new Map<number, Path>();
  readonly leaks = new Map<number, ParameterLeak>();
  private readonly flags: number[];
  private readonly generation: number[];
  private readonly derefs: number[];
  /** Edge by which the walk came to the location. */
  private readonly via: number[];
  private readonly isQueued: boolean[];
  private readonly queue: number[] = [];
  private readonly parents: readonly number[];
  private readonly areResultsLost: boolean[];
  private readonly literalOf = new Map<number, number>();
  private current = 0;

  constructor(
    private readonly component: Component,
    private readonly withMaybe: boolean,
  ) {
    const count = component.graph.locations;
    this.flags = new Array<number>(count).fill(0);
    this.generation = new Array<number>(count).fill(0);
    this.derefs = new Array<number>(count).fill(0);
    this.via = new Array<number>(count).fill(NO_EDGE);
    this.isQueued = new Array<boolean>(count).fill(false);
    this.parents = component.parents;
    this.areResultsLost = component.parents.map((parent) => parent < 0);
    for (const [routine, location] of component.closureOf) this.literalOf.set(location, routine);
    this.flags[HEAP] = ESCAPES | CALLED;
    this.flags[CALLEE] = CALLED;
  }

  run(): Solution {
    for (const { site, location } of this.component.sites) if (site.offStack !== undefined) this.flags[location] |= ESCAPES;
    for (const location of this.component.tooLarge) this.flags[location] |= ESCAPES;
    const { firstEdge } = this.component.graph;
    // Where nothing comes to a location, there is nothing to walk to.
    for (let location = 0; location < this.flags.length; location++)
      if (firstEdge[location] !== NO_EDGE || this.flags[location] !== 0) this.enqueue(location);
    for (let at = 0; at < this.queue.length; at++) {
      const root = this.queue[at];
      this.isQueued[root] = false;
      this.walk(root);
    }
    return this;
  }

  escapes(location: number): boolean {
    return (this.flags[location] & ESCAPES) !== 0;
  }

  private enqueue(location: number): void {
    if (this.isQueued[location]) return;
    this.isQueued[location] = true;
    this.queue.push(location);
  }

  private walk(root: number): void {
    const { graph } = this.component;
    if ((this.flags[root] & CALLED) !== 0) this.loseResults(root);
    this.current++;
    this.generation[root] = this.current;
    this.derefs[root] = 0;
    this.via[root] = NO_EDGE;
    const todo = [root];
    for (let location = todo.pop(); location !== undefined; location = todo.pop()) {
      if (this.visit(root, location)) continue;
      const base = Math.max(0, this.derefs[location]);
      for (let edge = graph.firstEdge[location]; edge !== NO_EDGE; edge = graph.nextEdge[edge]) {
        if (graph.isMaybe[edge] && !this.withMaybe) continue;
        const source = graph.source[edge];
        if (this.escapes(source)) continue;
        const derefs = base + graph.derefs[edge];
        if (this.generation[source] === this.current && this.derefs[source] <= derefs) continue;
        this.generation[source] = this.current;
        this.derefs[source] = derefs;
        this.via[source] = edge;
        todo.push(source);
      }
    }
  }

  /** Judges a location that flows to the root; true when its own sources are left to its own walk. */
  private visit(root: number, location: number): boolean {
    const { graph } = this.component;
    const derefs = this.derefs[location];
    const isAddress = derefs < 0;
    let gained = 0;
    if (isAddress && this.outlives(root, location)) gained |= ESCAPES;
    if (derefs <= 0) gained |= this.flags[root] & CALLED;
    if (graph.kind[location] === LocationKind.parameter && this.outlives(root, location)) {
      this.leak(location, root, Math.max(0, derefs));
    }
    gained &= ~this.flags[location];
    if (gained === 0) return false;
    if ((gained & ESCAPES) !== 0) this.paths.set(location, this.pathFrom(location, root));
    this.flags[location] |= gained;
    this.enqueue(location);
    return this.escapes(location);
  }

  private pathFrom(location: number, root: number): Path {
    const edges: number[] = [];
    const seen = new Set<number>();
    // Assignments in a circle can leave a circle in the walk's way back (golang.org/issue/35518).
    for (let at = location; at !== root && !seen.has(at); at = this.component.graph.target[this.via[at]]) {
      seen.add(at);
      edges.push(this.via[at]);
    }
    return { edges, root };
  }

  /** Whether `root` may be alive when `location`'s frame or iteration is gone. */
  private outlives(root: number, location: number): boolean {
    const { graph } = this.component;
    if (this.escapes(root)) return true;
    if (root === CALLEE) return false;
    const rootOwner = graph.owner[root];
    const owner = graph.owner[location];
    if (graph.kind[root] === LocationKind.result) {
      return !(this.isInside(owner, rootOwner) && !this.areResultsLost[rootOwner]);
    }
    if (rootOwner === owner && graph.depth[root] < graph.depth[location]) return true;
    return this.isInside(rootOwner, owner);
  }

  /** Whether `inner` is a literal somewhere in `outer`. */
  private isInside(outer: number, inner: number): boolean {
    if (outer < 0 || outer === inner) return false;
    for (let up = inner < 0 ? -1 : this.parents[inner]; up >= 0; up = this.parents[up]) if (up === outer) return true;
    return false;
  }

  private leak(location: number, root: number, derefs: number): void {
    const { graph } = this.component;
    const leak = this.leaks.get(location) ?? { heap: -1, heapPath: undefined, results: [] };
    this.leaks.set(location, leak);
    const isResult = graph.kind[root] === LocationKind.result && graph.owner[root] === graph.owner[location] && !this.escapes(root);
    if (isResult) {
      const slot = graph.slot[root];
      const known = leak.results[slot] ?? -1;
      if (known < 0 || derefs < known) leak.results[slot] = derefs;
    } else if (leak.heap < 0 || derefs < leak.heap) {
      leak.heap = derefs;
      leak.heapPath = this.pathFrom(location, root);
    }
  }

  /** A literal that is called out of view gives its results to nobody knows whom. */
  private loseResults(location: number): void {
    const routine = this.literalOf.get(location);
    if (routine === undefined || this.areResultsLost[routine]) return;
    this.areResultsLost[routine] = true;
    for (const result of this.component.results[routine]) this.enqueue(result);
  }
}
