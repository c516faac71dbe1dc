/** From a solution to the chain of flows behind a verdict. */
import type { SiteKind } from './batch.ts';
import type { Component } from './component.ts';
import { HEAP, LocationKind } from './graph.ts';
import type { Flow } from './notes.ts';
import type { Path, Solution } from './solve.ts';

/** What gave the last word: the heap itself, a result, or a variable that lives longer than one iteration or one frame. */
export type End = 'heap' | 'result' | 'outer-variable' | 'too-large';

export interface Trace {
  readonly flows: readonly Flow[];
  readonly end: End;
  /** Name of the outer variable. */
  readonly outer: string | undefined;
}

/** Names of locations, for messages. */
export class Names {
  private readonly names = new Map<number, string>();

  constructor(component: Component) {
    for (const { site, location } of component.sites) this.names.set(location, SUBJECTS[site.kind]);
    for (const { site, location } of component.variables) this.names.set(location, site.name ?? SUBJECTS.moved);
  }

  of(location: number): string {
    return this.names.get(location) ?? 'the value';
  }
}

/** The slice that a variadic call makes of its last arguments. */
export const ARGUMENT_LIST = 'the argument list';

const SUBJECTS: Readonly<Record<SiteKind, string>> = {
  moved: 'the variable',
  composite: 'the literal',
  new: 'the new value',
  make: 'the made value',
  append: 'the slice',
  closure: 'the function literal',
  'method-value': 'the method value',
  variadic: ARGUMENT_LIST,
  concat: 'the string',
  conversion: 'the copy',
  interface: 'the boxed value',
};

/** Every flow from a location that escapes to what keeps it. */
export function traceOf(component: Component, solution: Solution, names: Names, location: number): Trace {
  const flows: Flow[] = [];
  const seen = new Set<number>();
  let at = location;
  for (;;) {
    seen.add(at);
    const path = solution.paths.get(at);
    if (path === undefined) return { flows, end: 'too-large', outer: undefined };
    flows.push(...flowsOf(component, names, path));
    const kind = component.graph.kind[path.root];
    if (path.root === HEAP) return { flows, end: 'heap', outer: undefined };
    if (solution.escapes(path.root) && !seen.has(path.root)) at = path.root;
    else if (kind === LocationKind.result) return { flows, end: 'result', outer: undefined };
    else return { flows, end: 'outer-variable', outer: names.of(keeperOf(component, path)) };
  }
}

/** What holds the value at the end of its path: on its way through a call that is still what was passed. */
function keeperOf({ graph }: Component, { edges, root }: Path): number {
  const back = [root, ...edges.map((edge) => graph.source[edge]).reverse()];
  return back.find((location) => graph.kind[location] !== LocationKind.temporary) ?? root;
}

export function flowsOf(component: Component, names: Names, path: Path): Flow[] {
  const { graph } = component;
  const flows: Flow[] = [];
  let subject = '';
  let isAddress = false;
  for (const edge of path.edges) {
    const note = graph.noteOfEdge[edge];
    const source = graph.source[edge];
    const kind = graph.kind[source];
    // A value on its way through a call or a range is still the value that came.
    if (kind !== LocationKind.temporary) {
      subject = names.of(source);
      isAddress = kind !== LocationKind.allocation && graph.derefs[edge] < 0;
    }
    if (note !== undefined)
      flows.push({ note, subject, isAddress, reachesHeap: graph.target[edge] === HEAP, passed: graph.passed.get(edge) });
  }
  return flows;
}
