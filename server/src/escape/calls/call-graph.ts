/**
 * Strongly connected components of a package's call graph (Tarjan), each found when somebody asks about one of its functions. Names tell most of them:
 * a function that no chain of names leads back to is in no circle, and nobody need know which function it is that a name means.
 */
import type { Home } from '../homes.ts';

export interface CallGraphSources {
  /** Functions of the package with the name of one that it calls. */
  named(home: Home): readonly Home[];
  /** Those of the functions that it calls. */
  called(home: Home, circle: ReadonlySet<Home>): readonly Home[];
}

export class CallGraph {
  /** Circles: all that chains of names lead to and back from. */
  private readonly byNames: Components;
  /** Of circles in which somebody asked about a function. */
  private byCalls = new Map<ReadonlySet<Home>, Components>();
  /** What it was all made of. */
  private readonly named = new Map<Home, Seen>();
  private readonly called = new Map<Home, Seen>();

  constructor(private readonly sources: CallGraphSources) {
    this.byNames = new Components((home) => seen(this.named, home, sources.named));
  }

  /** Functions that call each other, the given one among them. */
  componentOf(home: Home): ReadonlySet<Home> {
    return this.callsIn(this.circleOf(home)).of(home);
  }

  /** Whether two functions may call each other, as names have it. */
  mayCircle(one: Home, other: Home): boolean {
    return this.circleOf(one).has(other);
  }

  /** Functions so that each comes after all that it calls, the given one among the last. */
  *before(home: Home): Iterable<Home> {
    const last = this.circleOf(home);
    for (const circle of this.byNames.found) {
      const components = this.callsIn(circle);
      for (const each of circle) components.of(each);
      for (const component of components.found) yield* component;
      if (circle === last) return;
    }
  }

  /** Whether it is still right after edits; what is not by names alone is found anew when somebody asks. */
  isStanding(): boolean {
    if (!areSame(this.named, this.sources.named)) return false;
    if (!areSame(this.called, (home) => this.sources.called(home, this.circleOf(home)))) {
      this.byCalls = new Map();
      this.called.clear();
    }
    return true;
  }

  private circleOf(home: Home): ReadonlySet<Home> {
    return this.byNames.of(home);
  }

  private callsIn(circle: ReadonlySet<Home>): Components {
    const known = this.byCalls.get(circle);
    if (known !== undefined) return known;
    const made = new Components((home) => this.calledIn(circle, home));
    this.byCalls.set(circle, made);
    return made;
  }

  private calledIn(circle: ReadonlySet<Home>, home: Home): readonly Home[] {
    if (circle.size === 1 && !this.sources.named(home).includes(home)) return [];
    return seen(this.called, home, (each) => this.sources.called(each, circle));
  }
}

/** Functions that one leads to, as of a version of its text. */
interface Seen {
  version: number;
  readonly homes: readonly Home[];
}

function seen(all: Map<Home, Seen>, home: Home, lead: (home: Home) => readonly Home[]): readonly Home[] {
  const homes = lead(home);
  all.set(home, { version: home.version, homes });
  return homes;
}

function areSame(all: ReadonlyMap<Home, Seen>, lead: (home: Home) => readonly Home[]): boolean {
  for (const [home, known] of all) {
    if (known.version === home.version) continue;
    const now = lead(home);
    if (now.length !== known.homes.length || !now.every((each, i) => each === known.homes[i])) return false;
    known.version = home.version;
  }
  return true;
}

/** A function on its way through the algorithm. */
interface Vertex {
  readonly home: Home;
  index: number;
  low: number;
  successors: readonly Vertex[];
  next: number;
  /** Undefined until it is known. */
  component: ReadonlySet<Home> | undefined;
}

/** As far as the functions lead that somebody asked about. */
class Components {
  /** Each after all that its functions lead to. */
  readonly found: ReadonlySet<Home>[] = [];
  private readonly vertices = new Map<Home, Vertex>();
  private count = 0;

  constructor(private readonly successors: (home: Home) => readonly Home[]) {}

  of(home: Home): ReadonlySet<Home> {
    const vertex = this.vertexOf(home);
    if (vertex.component === undefined) this.find(vertex);
    return vertex.component ?? new Set([home]);
  }

  /** With a stack of its own in place of recursion. */
  private find(root: Vertex): void {
    const path: Vertex[] = [];
    const open: Vertex[] = [];
    this.enter(root, path, open);
    for (let vertex = path.at(-1); vertex !== undefined; vertex = path.at(-1)) {
      const successor = vertex.successors[vertex.next];
      if (successor !== undefined) {
        vertex.next++;
        if (successor.index < 0) this.enter(successor, path, open);
        else if (successor.component === undefined) vertex.low = Math.min(vertex.low, successor.index);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller !== undefined) caller.low = Math.min(caller.low, vertex.low);
      if (vertex.low === vertex.index) this.finish(open.splice(open.lastIndexOf(vertex)));
    }
  }

  private enter(vertex: Vertex, path: Vertex[], open: Vertex[]): void {
    vertex.index = this.count++;
    vertex.low = vertex.index;
    vertex.successors = this.successors(vertex.home).map((home) => this.vertexOf(home));
    path.push(vertex);
    open.push(vertex);
  }

  private finish(vertices: readonly Vertex[]): void {
    const component = new Set(vertices.map(({ home }) => home));
    for (const vertex of vertices) vertex.component = component;
    this.found.push(component);
  }

  private vertexOf(home: Home): Vertex {
    const known = this.vertices.get(home);
    if (known !== undefined) return known;
    const vertex: Vertex = { home, index: -1, low: 0, successors: [], next: 0, component: undefined };
    this.vertices.set(home, vertex);
    return vertex;
  }
}
