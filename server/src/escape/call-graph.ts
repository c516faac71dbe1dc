/**
 * Strongly connected components of a package's call graph (Tarjan), each found when somebody asks about one of its functions. Names tell most of them:
 * a function that no chain of names leads back to is in no circle, and nobody need know which function it is that a name means.
 */
import type { Home } from './homes.ts';

export interface CallGraphSources {
  /** Functions of the package with the name of one that it calls. */
  named(home: Home): readonly Home[];
  /** Those of the functions that it calls. */
  called(home: Home, circle: ReadonlySet<Home>): readonly Home[];
}

export class CallGraph {
  private readonly byNames: Components;
  /** By function: all that chains of names lead to and back from. */
  private readonly circles = new Map<Home, ReadonlySet<Home>>();
  /** Of circles that somebody asked about: their functions, each after all that it calls. */
  private orders = new Map<ReadonlySet<Home>, readonly Home[]>();
  private components = new Map<Home, readonly Home[]>();
  /** What it was all made of. */
  private readonly named = new Map<Home, Seen>();
  private readonly called = new Map<Home, Seen>();

  constructor(private readonly sources: CallGraphSources) {
    this.byNames = new Components(
      (home) => seen(this.named, home, sources.named),
      (homes) => this.keep(homes),
    );
  }

  /** Functions that call each other, the given one among them. */
  componentOf(home: Home): readonly Home[] {
    this.orderOf(this.circleOf(home));
    return this.components.get(home) ?? [home];
  }

  /** Whether two functions may call each other, as names have it. */
  mayCircle(one: Home, other: Home): boolean {
    return this.circleOf(one).has(other);
  }

  /** Functions so that each comes after all that it calls, the given one among the last. */
  *before(home: Home): Iterable<Home> {
    const last = this.circleOf(home);
    for (const circle of new Set(this.circles.values())) {
      yield* this.orderOf(circle);
      if (circle === last) return;
    }
  }

  /** Whether it is still right after edits; what is not by names alone is found anew when somebody asks. */
  isStanding(): boolean {
    if (!areSame(this.named, this.sources.named)) return false;
    if (!areSame(this.called, (home) => this.sources.called(home, this.circleOf(home)))) {
      this.orders = new Map();
      this.components = new Map();
      this.called.clear();
    }
    return true;
  }

  private circleOf(home: Home): ReadonlySet<Home> {
    const known = this.circles.get(home);
    if (known !== undefined) return known;
    this.byNames.find(home);
    return this.circles.get(home) ?? new Set([home]);
  }

  private keep(homes: readonly Home[]): void {
    const circle = new Set(homes);
    for (const home of homes) this.circles.set(home, circle);
  }

  private orderOf(circle: ReadonlySet<Home>): readonly Home[] {
    const known = this.orders.get(circle);
    if (known !== undefined) return known;
    const order: Home[] = [];
    this.orders.set(circle, order);
    const components = new Components(
      (home) => this.calledIn(circle, home),
      (component) => {
        for (const home of component) {
          this.components.set(home, component);
          order.push(home);
        }
      },
    );
    for (const home of circle) components.find(home);
    return order;
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
  isOnStack: boolean;
  successors: readonly Vertex[];
  next: number;
}

class Components {
  private readonly vertices = new Map<Home, Vertex>();
  private count = 0;

  constructor(
    private readonly successors: (home: Home) => readonly Home[],
    private readonly found: (component: readonly Home[]) => void,
  ) {}

  /** Finds the function's component and those of all that it leads to, with a stack of its own in place of recursion. */
  find(home: Home): void {
    const root = this.vertexOf(home);
    if (root.index >= 0) return;
    const path: Vertex[] = [];
    const open: Vertex[] = [];
    this.enter(root, path, open);
    for (let vertex = path.at(-1); vertex !== undefined; vertex = path.at(-1)) {
      const successor = vertex.successors[vertex.next];
      if (successor !== undefined) {
        vertex.next++;
        if (successor.index < 0) this.enter(successor, path, open);
        else if (successor.isOnStack) vertex.low = Math.min(vertex.low, successor.index);
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
    vertex.isOnStack = true;
    vertex.successors = this.successors(vertex.home).map((home) => this.vertexOf(home));
    path.push(vertex);
    open.push(vertex);
  }

  private finish(component: readonly Vertex[]): void {
    for (const vertex of component) vertex.isOnStack = false;
    this.found(component.map(({ home }) => home));
  }

  private vertexOf(home: Home): Vertex {
    const known = this.vertices.get(home);
    if (known !== undefined) return known;
    const vertex: Vertex = { home, index: -1, low: 0, isOnStack: false, successors: [], next: 0 };
    this.vertices.set(home, vertex);
    return vertex;
  }
}
