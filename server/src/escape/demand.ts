/**
 * One strongly connected component of the call graph, and no more of it than somebody asked about: which of the calls in it matter for that, told by
 * its flows with stand-ins for all that it calls.
 */
import { Site } from './flows/batch.ts';
import { type Component, componentOf, type Member } from './flows/component.ts';
import type { Fragment } from './flows/fragment.ts';
import { NO_EDGE } from './flows/graph.ts';
import type { Port } from './flows/stand-ins.ts';
import type { Home } from './homes.ts';
import type { Judgement } from './judgement.ts';

/**
 * Of a function: where one allocation lives, or all that it makes; what becomes of a parameter, by its slot, receiver first; or all, with what calls
 * that are inlined allocate.
 */
export type Question = Site | 'sites' | 'all' | number;

export class Demand {
  /** Of the components that it calls: those of relevant calls. */
  readonly below = new Set<Demand>();
  /** Of all that was asked; undefined while it has to be worked out anew. */
  judgement: Judgement | undefined;
  isBegun = false;
  private readonly homes: ReadonlySet<Home>;
  private made: readonly Member[] | undefined;
  private fragments: ReadonlyMap<Home, Fragment> | undefined;
  private inquired: Inquired | undefined;

  constructor(
    /** In source order. */
    readonly members: readonly Home[],
    private readonly outlined: () => readonly Member[],
  ) {
    this.homes = new Set(members);
  }

  has(home: Home): boolean {
    return this.homes.has(home);
  }

  /** Flows with stand-ins for all that is called. */
  get outlines(): readonly Member[] {
    this.made ??= this.outlined();
    return this.made;
  }

  /** Ports to which something comes that was asked about. */
  get relevant(): ReadonlySet<Port> {
    return this.known.relevant;
  }

  /** Somebody asked for all of one of the functions. */
  get isWhole(): boolean {
    return this.known.isWhole;
  }

  /**
   * What is to be asked first: what was asked before, so that what is known of it stands; and of functions in a circle, which are solved together,
   * all but what calls allocate.
   */
  begin(): readonly (readonly [Home, Question])[] {
    this.isBegun = true;
    for (const { home, fragment } of this.outlines) {
      home.inquired = this.known;
      forgetSites(home.asked, fragment);
    }
    const circled = (home: Home): readonly Question[] => (this.members.length > 1 ? ['sites', ...this.slotsOf(home)] : []);
    const first = this.members.flatMap((home) => [...circled(home), ...home.asked].map((question) => [home, question] as const));
    return first.filter(([home, question]) => !this.isAsked(home, question));
  }

  isAsked(home: Home, question: Question): boolean {
    const known = this.known.asked.get(home);
    return known !== undefined && (known.has(question) || known.has('all') || (question instanceof Site && known.has('sites')));
  }

  askedCount(home: Home): number {
    return this.known.asked.get(home)?.size ?? 0;
  }

  /** What a function allocates, and its variables whose address is taken. */
  allocationsOf(home: Home): readonly Site[] {
    return this.known.flows.allocationsOf(home);
  }

  /** Of the slots that a function has. */
  slotsAsked(home: Home): readonly number[] {
    return this.slotsOf(home).filter((slot) => this.isAsked(home, slot));
  }

  /** Answers the ports that matter since. */
  ask(home: Home, question: Question): readonly Port[] {
    const { known } = this;
    known.asked.set(home, (known.asked.get(home) ?? new Set()).add(question));
    const isNews = question === 'all' && !known.isWhole;
    if (isNews) known.isWhole = true;
    const ports = isNews ? known.flows.ports() : known.isWhole ? [] : known.flows.reach(known.flows.begin(home, question), known.reached);
    const found = ports.filter((port) => !known.relevant.has(port));
    for (const port of found) known.relevant.add(port);
    // What is known already of the other questions stands: nothing that they are about comes to these ports.
    if (isNews || found.length > 0) this.judgement = undefined;
    return found;
  }

  private get known(): Inquired {
    this.inquired ??= this.earlier() ?? inquiredOf(this.outlines);
    return this.inquired;
  }

  /** What was asked about the same flows before an edit elsewhere. */
  private earlier(): Inquired | undefined {
    const { inquired } = this.members[0];
    const isSame =
      inquired?.members.length === this.members.length &&
      inquired.members.every(({ fragment }, i) => fragment === this.outlines[i].fragment);
    return isSame ? inquired : undefined;
  }

  private slotsOf(home: Home): readonly number[] {
    this.fragments ??= new Map(this.outlines.map((member) => [member.home, member.fragment]));
    return [...(this.fragments.get(home)?.routines[0].parameters.keys() ?? [])];
  }
}

/** What was asked about the flows of a component, which may stand through edits. */
export interface Inquired {
  readonly members: readonly Member[];
  readonly flows: Flows;
  readonly asked: Map<Home, Set<Question>>;
  /** Locations to which something comes that was asked about. */
  readonly reached: Set<number>;
  readonly relevant: Set<Port>;
  isWhole: boolean;
}

function inquiredOf(members: readonly Member[]): Inquired {
  return { members, flows: new Flows(componentOf(members)), asked: new Map(), reached: new Set(), relevant: new Set(), isWhole: false };
}

/** Those of flows that are no more. */
function forgetSites(asked: Set<Question>, { sites, variables }: Fragment): void {
  const known = new Set([...sites, ...variables]);
  for (const question of asked) if (question instanceof Site && !known.has(question)) asked.delete(question);
}

class Flows {
  /** By location and by edge: an edge from the same location, in turn. */
  private readonly firstFrom: number[];
  private readonly nextFrom: number[] = [];
  /** Where sites lie, and variables whose address is taken. */
  private readonly allocated: ReadonlyMap<Home, ReadonlyMap<Site, number>>;
  private readonly firstRoutines = new Map<Home, number>();
  /** Literals by the locations of their results, which outlive a call where it depends on who calls the literal. */
  private readonly literalOf = new Map<number, number>();

  constructor(private readonly component: Component) {
    const { source, locations } = component.graph;
    this.firstFrom = new Array<number>(locations).fill(NO_EDGE);
    for (let edge = 0; edge < source.length; edge++) {
      this.nextFrom.push(this.firstFrom[source[edge]]);
      this.firstFrom[source[edge]] = edge;
    }
    this.allocated = allocatedIn(component);
    for (const [routine, literal] of component.closureOf)
      for (const result of component.results[routine]) this.literalOf.set(result, literal);
  }

  /** Locations that a question is about. */
  begin(home: Home, question: Question): readonly number[] {
    if (typeof question === 'number') return this.component.parameters[this.firstRoutineOf(home)]?.slice(question, question + 1) ?? [];
    const allocated = this.allocated.get(home);
    if (!(question instanceof Site)) return [...(allocated?.values() ?? [])];
    const location = allocated?.get(question);
    return location === undefined ? [] : [location];
  }

  allocationsOf(home: Home): readonly Site[] {
    return [...(this.allocated.get(home)?.keys() ?? [])];
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

  private firstRoutineOf(home: Home): number {
    if (this.firstRoutines.size === 0) {
      let first = 0;
      for (const { home: member, fragment } of this.component.members) {
        this.firstRoutines.set(member, first);
        first += fragment.routines.length;
      }
    }
    return this.firstRoutines.get(home) ?? -1;
  }
}

function allocatedIn({ members, graph, sites, variables }: Component): ReadonlyMap<Home, ReadonlyMap<Site, number>> {
  const addressed = new Set(graph.source.filter((_, edge) => graph.derefs[edge] < 0));
  const found = new Map(members.map(({ home }) => [home, new Map<Site, number>()]));
  for (const { site, location } of [...sites, ...variables.filter((variable) => addressed.has(variable.location))])
    found.get(site.home)?.set(site, location);
  return found;
}
