/** What a component that is solved says: where its allocations live, and what callers of its functions need to know. */
import type { SourceFile } from '../model/index.ts';
import type { Node } from '../syntax/index.ts';
import type { Cost } from './costs/cost.ts';
import { costOf } from './costs/site-cost.ts';
import { mainNote, type Sink, type Step, sinkOf, stepsOf } from './explain.ts';
import type { SiteKind } from './flows/batch.ts';
import { type Answers, type Component, componentOf, type Member, type PlacedSite } from './flows/component.ts';
import { LocationKind } from './flows/graph.ts';
import type { Why } from './flows/notes.ts';
import { type Path, type Solution, solve } from './flows/solve.ts';
import { flowsOf, Names, type Trace, traceOf } from './flows/trace.ts';
import type { Home } from './homes.ts';
import { inlinedAllocations } from './inlining/inliner.ts';
import type { InlinedAllocation, Leaks, ParameterSummary } from './summaries/summaries.ts';

export type Verdict = 'heap' | 'stack';

/** What is allocated, wherever it may live. */
export interface Allocation {
  readonly kind: SiteKind;
  /** The allocating expression; of `moved` the declaring identifier. */
  readonly node: Node;
}

/** An allocation and where it lives. */
export interface EscapeSite extends Allocation {
  readonly file: SourceFile;
  /** Of `moved`. */
  readonly name: string | undefined;
  /** `inlined` where the node is a call and the allocation stands in the function that it calls. */
  readonly origin: 'own' | 'inlined';
  /** Whether the allocating expression is given to an interface right there, which would put a value on the heap as well. */
  readonly isInInterface: boolean;
  /** What `go build -gcflags=-m` prints, which is not yet what it costs. */
  readonly gcSays: Verdict;
  /** What it costs each time it is reached: this, not the verdict, is what users are told. Worked out when it is read. */
  readonly cost: Cost;
  /** Of heap: `certain` whatever is out of view does; `possible` if that keeps what it gets. */
  readonly certainty: 'certain' | 'possible';
  /** Of heap: what keeps it, and how it comes there. */
  readonly sink: Sink | undefined;
  readonly steps: readonly Step[];
  /** Of heap: how the value's way begins. */
  readonly begins: Why | undefined;
}

export interface Judgement {
  readonly members: readonly Member[];
  readonly answers: Answers;
  readonly sites: ReadonlyMap<Home, readonly EscapeSite[]>;
  /** What becomes of parameters, by their slots, of a function (0) or a literal in it, by the order of routines. */
  parametersOf(home: Home, routine: number, slots: readonly number[]): (ParameterSummary | undefined)[];
  /** What callers allocate into which the function is inlined. */
  inlinedOf(home: Home): readonly InlinedAllocation[];
}

/** Of members in source order; the one that was made of the same members and answers before stands, because places in it move with them. */
export function judgementOf(members: readonly Member[], answers: Answers): Judgement {
  const known = members[0].home.judgement;
  const judgement = known !== undefined && isOf(known, members, answers) ? known : judge(componentOf(members, answers), answers);
  for (const { home } of members) home.judgement = judgement;
  return judgement;
}

function isOf(judgement: Judgement, members: readonly Member[], answers: Answers): boolean {
  return (
    judgement.members.length === members.length &&
    judgement.answers.size === answers.size &&
    [...answers].every(([port, answer]) => judgement.answers.get(port) === answer) &&
    members.every(({ home, fragment }, i) => judgement.members[i].home === home && judgement.members[i].fragment === fragment)
  );
}

/** A component with its two solutions. */
interface Solved {
  readonly component: Component;
  readonly names: Names;
  readonly certain: Solution;
  readonly possible: Solution;
}

function judge(component: Component, answers: Answers): Judgement {
  const certain = solve(component, false);
  const possible = component.graph.hasMaybe ? solve(component, true) : certain;
  const solved = { component, names: new Names(component), certain, possible };
  const sites = new Map<Home, EscapeSite[]>(component.members.map(({ home }) => [home, []]));
  for (const placed of component.sites) sites.get(placed.site.home)?.push(siteOf(solved, placed));
  for (const placed of component.variables)
    if (possible.escapes(placed.location)) sites.get(placed.site.home)?.push(siteOf(solved, placed));
  const first = firstRoutines(component.members);
  return {
    members: component.members,
    answers,
    sites,
    parametersOf: (home, routine, slots) => parametersIn(solved, (first.get(home) ?? 0) + routine, slots),
    inlinedOf: (home) => inlinedIn(solved, first.get(home) ?? 0),
  };
}

function firstRoutines(members: readonly Member[]): ReadonlyMap<Home, number> {
  const first = new Map<Home, number>();
  let count = 0;
  for (const { home, fragment } of members) {
    first.set(home, count);
    count += fragment.routines.length;
  }
  return first;
}

function siteOf(solved: Solved, { site, location }: PlacedSite): EscapeSite {
  const { kind, name, isInInterface } = site;
  const isHeap = solved.possible.escapes(location);
  const gcSays = isHeap ? 'heap' : 'stack';
  const isCertain = !isHeap || solved.certain.escapes(location);
  let known: Trace | undefined;
  const trace = (): Trace | undefined => {
    if (isHeap) known ??= traceOf(solved.component, isCertain ? solved.certain : solved.possible, solved.names, location);
    return known;
  };
  return {
    kind,
    name,
    isInInterface,
    origin: site.isInlined ? 'inlined' : 'own',
    gcSays,
    certainty: isCertain ? 'certain' : 'possible',
    get file() {
      return site.home.file.source;
    },
    get node() {
      return site.node;
    },
    get cost() {
      return costOf(site, gcSays);
    },
    get begins() {
      const first = trace()?.flows[0];
      return first === undefined ? undefined : mainNote(first).why;
    },
    get sink() {
      const way = trace();
      return way && sinkOf(way, site.offStack);
    },
    get steps() {
      const way = trace();
      return way === undefined ? [] : stepsOf(way);
    },
  };
}

function parametersIn(solved: Solved, routine: number, slots: readonly number[]): (ParameterSummary | undefined)[] {
  const { component, certain, possible } = solved;
  return component.parameters[routine].map((location, slot) =>
    slots.includes(slot) ? { certain: leaksOf(solved, certain, location), possible: leaksOf(solved, possible, location) } : undefined,
  );
}

function inlinedIn({ component, certain, possible }: Solved, routine: number): readonly InlinedAllocation[] {
  const sites = [...component.sites, ...component.variables].filter(({ location }) => component.graph.owner[location] === routine);
  return inlinedAllocations(component, certain, possible, sites);
}

function leaksOf({ component, names }: Solved, solution: Solution, location: number): Leaks {
  const leak = solution.leaks.get(location);
  if (leak === undefined) return { heap: -1, results: [], trace: undefined };
  const results = Array.from(leak.results, (derefs) => (derefs === undefined || (leak.heap >= 0 && leak.heap <= derefs) ? -1 : derefs));
  if (leak.heapPath === undefined) return { heap: leak.heap, results, trace: undefined };
  return { heap: leak.heap, results, trace: leakFlows(component, names, solution, location, leak.heapPath) };
}

/** Flows of a parameter's value to the heap: its own, then those of the variable that took it there. */
function leakFlows(component: Component, names: Names, solution: Solution, location: number, path: Path) {
  const own = flowsOf(component, names, path);
  const isCarried = component.graph.kind[path.root] !== LocationKind.heap && solution.paths.has(path.root);
  if (own.length > 0 && !isCarried) return own;
  return [...own, ...(isCarried || path.root === location ? traceOf(component, solution, names, path.root).flows : [])];
}
