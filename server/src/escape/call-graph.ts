/** Strongly connected components of a package's call graph (Tarjan), each found when somebody asks about one of its functions. */
import type { Home } from './homes.ts';

export interface CallGraphSources {
  /** Functions of the package that it calls. */
  callees(home: Home): readonly Home[];
  /** Called for each component, after all that it calls. */
  closed(component: readonly Home[]): void;
}

/** A function on its way through Tarjan's algorithm. */
interface Vertex {
  readonly home: Home;
  index: number;
  low: number;
  isOnStack: boolean;
  successors: readonly Vertex[];
  next: number;
}

export class CallGraph {
  private readonly vertices = new Map<Home, Vertex>();
  private count = 0;

  constructor(private readonly sources: CallGraphSources) {}

  /** Closes the function's component and all that it calls, with a stack of its own in place of recursion. */
  close(home: Home): void {
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
    vertex.successors = this.sources.callees(vertex.home).map((callee) => this.vertexOf(callee));
    path.push(vertex);
    open.push(vertex);
  }

  private finish(component: readonly Vertex[]): void {
    for (const vertex of component) vertex.isOnStack = false;
    this.sources.closed(component.map(({ home }) => home));
  }

  private vertexOf(home: Home): Vertex {
    const known = this.vertices.get(home);
    if (known !== undefined) return known;
    const vertex: Vertex = { home, index: -1, low: 0, isOnStack: false, successors: [], next: 0 };
    this.vertices.set(home, vertex);
    return vertex;
  }
}
