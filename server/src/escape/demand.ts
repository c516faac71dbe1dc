/**
 * One strongly connected component of the call graph, and no more of it than somebody asked about: which of the calls in it matter for that, told by
 * its flows with stand-ins for all that it calls.
 */
import { type Component, componentOf, type Member } from './component.ts';
import { NO_EDGE } from './graph.ts';
import type { Home } from './homes.ts';
import type { Judgement } from './judgement.ts';
import type { Port } from './stand-ins.ts';

/** Of a function: where what it allocates lives; what becomes of a parameter, by its slot, receiver first; or all, with what calls that are inlined allocate. */
export type Question = 'sites' | 'all' | number;

export class Demand {
  /** Ports to which something comes that was asked about. */
  readonly relevant = new Set<Port>();
  /** Somebody asked for all of one of the functions. */
  isWhole = false;
  /** Of the components that it calls: those of relevant calls. */
  readonly below = new Set<Demand>();
  /** Of all that was asked; undefined while it has to be worked out anew. */
  judgement: Judgement | undefined;
  private readonly asked = new Map<Home, Set<Question>>();
  private readonly reached = new Set<number>();
  private made: readonly Member[] | undefined;
  private flows: Flows | undefined;

  constructor(
    /** In source order. */
    readonly members: readonly Home[],
    private readonly outlined: () => readonly Member[],
  ) {}

  /** Flows with stand-ins for all that is called. */
  get outlines(): readonly Member[] {
    this.made ??= this.outlined();
    return this.made;
  }

  /** Of the slots that a function has. */
  slotsAsked(home: Home): readonly number[] {
    const known = this.asked.get(home) ?? new Set();
    const fragment = this.outlines.find((member) => member.home === home)?.fragment;
    return (fragment?.routines[0].parameters ?? []).flatMap((_, slot) => (known.has('all') || known.has(slot) ? [slot] : []));
  }

  /** All that is worth asking about one of the functions, but for what calls allocate. */
  questionsAbout(home: Home): readonly Question[] {
    const fragment = this.outlines.find((member) => member.home === home)?.fragment;
    const all: readonly Question[] = ['sites', ...(fragment?.routines[0].parameters.keys() ?? [])];
    return all.filter((question) => !this.isAsked(home, question));
  }

  isAsked(home: Home, question: Question): boolean {
    const known = this.asked.get(home);
    return known !== undefined && (known.has(question) || known.has('all'));
  }

  /** Answers the ports that matter since. */
  ask(home: Home, question: Question): readonly Port[] {
    this.asked.set(home, (this.asked.get(home) ?? new Set()).add(question));
    this.flows ??= new Flows(componentOf(this.outlines));
    const isNews = question === 'all' && !this.isWhole;
    if (isNews) this.isWhole = true;
    const ports = isNews ? this.flows.ports() : this.isWhole ? [] : this.flows.reach(this.flows.begin(home, question), this.reached);
    const found = ports.filter((port) => !this.relevant.has(port));
    for (const port of found) this.relevant.add(port);
    // What is known already of the other questions stands: nothing that they are about comes to these ports.
    if (isNews || found.length > 0) this.judgement = undefined;
    return found;
  }
}

class Flows {
  /** By location and by edge: an edge from the same location, in turn. */
  private readonly firstFrom: number[];
  private readonly nextFrom: number[] = [];
  /** Literals by the locations of their results, which outlive a call where it depends on who calls the literal. */
  private readonly literalOf = new Map<number, number>();

  constructor(private readonly component: Component) {
    const { source, locations } = component.graph;
    this.firstFrom = new Array<number>(locations).fill(NO_EDGE);
    for (let edge = 0; edge < source.length; edge++) {
      this.nextFrom.push(this.firstFrom[source[edge]]);
      this.firstFrom[source[edge]] = edge;
    }
    for (const [routine, literal] of component.closureOf)
      for (const result of component.results[routine]) this.literalOf.set(result, literal);
  }

  /** Locations that a question is about. */
  begin(home: Home, question: Question): readonly number[] {
    const { parameters, graph, sites } = this.component;
    const [first, end] = this.routinesOf(home);
    if (typeof question === 'number') return parameters[first]?.slice(question, question + 1) ?? [];
    const isOwn = (location: number): boolean => graph.owner[location] >= first && graph.owner[location] < end;
    const addressed = graph.source.filter((location, edge) => graph.derefs[edge] < 0 && isOwn(location));
    return [...sites.map(({ location }) => location).filter(isOwn), ...addressed];
  }

  /** Follows all flows from the locations; `reached` is where somebody was before. */
  reach(begin: readonly number[], reached: Set<number>): readonly Port[] {
    const { graph } = this.component;
    const found = new Set<Port>();
    const open: number[] = [];
    const enter = (location: number | undefined): void => {
      if (location === undefined || reached.has(location)) return;
      reached.add(location);
      open.push(location);
    };
    for (const location of begin) enter(location);
    for (let location = open.pop(); location !== undefined; location = open.pop()) {
      enter(this.literalOf.get(location));
      for (let edge = this.firstFrom[location]; edge !== NO_EDGE; edge = this.nextFrom[edge]) {
        const passage = graph.passageOfEdge[edge];
        if (passage !== undefined) found.add(passage.port);
        enter(graph.target[edge]);
      }
    }
    return [...found];
  }

  ports(): readonly Port[] {
    return [...new Set(this.component.graph.passageOfEdge.flatMap((passage) => passage?.port ?? []))];
  }

  /** The first of its routines, and the one after the last. */
  private routinesOf(home: Home): readonly [number, number] {
    let first = 0;
    for (const { home: member, fragment } of this.component.members) {
      if (member === home) return [first, first + fragment.routines.length];
      first += fragment.routines.length;
    }
    return [0, 0];
  }
}
