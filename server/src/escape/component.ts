/**
 * One strongly connected component of the call graph, ready to be solved: the fragments of its functions joined into one
 * graph, in which parameters and results of functions that call each other are the same locations.
 */
import type { Site } from './batch.ts';
import type { Foreign, Fragment, FragmentRoutine } from './fragment.ts';
import { Graph } from './graph.ts';
import type { Home } from './homes.ts';

export interface Member {
  readonly home: Home;
  readonly fragment: Fragment;
}

/** A site in the component's graph. */
export interface PlacedSite {
  readonly site: Site;
  readonly location: number;
}

/** Routines are numbered through all members. */
export interface Component {
  readonly members: readonly Member[];
  readonly graph: Graph;
  /** The function around a literal, by routine; -1 of others. */
  readonly parents: readonly number[];
  /** Locations of parameters (receiver first) and results, by routine. */
  readonly parameters: readonly (readonly number[])[];
  readonly results: readonly (readonly number[])[];
  readonly closureOf: ReadonlyMap<number, number>;
  readonly tooLarge: readonly number[];
  readonly sites: readonly PlacedSite[];
  readonly variables: readonly PlacedSite[];
}

/** Members in source order. */
export function componentOf(members: readonly Member[]): Component {
  const [only] = members;
  return members.length === 1 && only.fragment.foreign.length === 0 ? alone(only) : joined(members);
}

function alone(member: Member): Component {
  const { graph, routines, closureOf, tooLarge, sites, variables } = member.fragment;
  const place = (site: Site): PlacedSite => ({ site, location: site.location });
  return {
    members: [member],
    graph,
    parents: routines.map(({ parent }) => parent),
    parameters: routines.map(({ parameters }) => parameters),
    results: routines.map(({ results }) => results),
    closureOf,
    tooLarge: [...tooLarge],
    sites: sites.map(place),
    variables: variables.map(place),
  };
}

/** Where a fragment's numbers are found in the component. */
interface Placement {
  readonly fragment: Fragment;
  readonly firstRoutine: number;
  /** By location of the fragment; -1 for what is not placed yet. */
  readonly locations: number[];
}

function joined(members: readonly Member[]): Component {
  const graph = new Graph();
  const pseudos = graph.locations;
  const placements = new Map<Home, Placement>();
  let routines = 0;
  for (const { home, fragment } of members) {
    const placement: Placement = { fragment, firstRoutine: routines, locations: new Array<number>(fragment.graph.locations).fill(-1) };
    for (let pseudo = 0; pseudo < pseudos; pseudo++) placement.locations[pseudo] = pseudo;
    placements.set(home, placement);
    for (const routine of fragment.routines) placeSignature(graph, placement, routine);
    routines += fragment.routines.length;
  }
  const all = [...placements.values()];
  for (const placement of all) {
    for (const foreign of placement.fragment.foreign) placeForeign(placement, foreign, placements.get(foreign.home));
    for (let location = 0; location < placement.locations.length; location++) placeLocation(graph, placement, location);
  }
  for (const placement of all) addEdges(graph, placement);
  const moved = (locations: readonly number[], by: Placement) => locations.map((location) => by.locations[location]);
  const ofRoutines = <T>(pick: (routine: FragmentRoutine, placement: Placement) => T) =>
    all.flatMap((placement) => placement.fragment.routines.map((routine) => pick(routine, placement)));
  const placed = (pick: (fragment: Fragment) => readonly Site[]) =>
    all.flatMap(({ fragment, locations }) => pick(fragment).map((site) => ({ site, location: locations[site.location] })));
  return {
    members,
    graph,
    parents: ofRoutines(({ parent }, { firstRoutine }) => (parent < 0 ? -1 : firstRoutine + parent)),
    parameters: ofRoutines(({ parameters }, placement) => moved(parameters, placement)),
    results: ofRoutines(({ results }, placement) => moved(results, placement)),
    closureOf: new Map(
      all.flatMap((by) => Array.from(by.fragment.closureOf, ([routine, at]) => [by.firstRoutine + routine, by.locations[at]])),
    ),
    tooLarge: all.flatMap((placement) => moved([...placement.fragment.tooLarge], placement)),
    sites: placed(({ sites }) => sites),
    variables: placed(({ variables }) => variables),
  };
}

function placeSignature(graph: Graph, placement: Placement, { parameters, results }: FragmentRoutine): void {
  for (const location of parameters) placeLocation(graph, placement, location);
  for (const location of results) placeLocation(graph, placement, location);
}

function placeLocation(graph: Graph, { fragment, firstRoutine, locations }: Placement, location: number): void {
  if (locations[location] >= 0) return;
  const { kind, owner, depth, slot } = fragment.graph;
  locations[location] = graph.addLocation(kind[location], firstRoutine + owner[location], depth[location], slot[location]);
}

function placeForeign(placement: Placement, foreign: Foreign, home: Placement | undefined): void {
  const routine = home?.fragment.routines[0];
  if (home === undefined || routine === undefined) return;
  for (const [i, location] of foreign.parameters.entries()) placement.locations[location] = home.locations[routine.parameters[i]];
  for (const [i, location] of foreign.results.entries()) placement.locations[location] = home.locations[routine.results[i]];
}

function addEdges(graph: Graph, { fragment, locations }: Placement): void {
  const { source, target, derefs, isMaybe, noteOfEdge } = fragment.graph;
  for (let edge = 0; edge < source.length; edge++) {
    const reach = isMaybe[edge] ? 'maybe' : 'always';
    graph.addEdge(locations[target[edge]], locations[source[edge]], derefs[edge], reach, noteOfEdge[edge]);
  }
}
