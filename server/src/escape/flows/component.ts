/**
 * One strongly connected component of the call graph, ready to be solved: the fragments of its functions joined into one
 * graph, in which parameters and results of functions that call each other are the same locations.
 */

import type { Home } from '../homes.ts';
import type { ParameterSummary } from '../summaries/summaries.ts';
import type { Site } from './batch.ts';
import type { Foreign, Fragment, FragmentRoutine } from './fragment.ts';
import { Graph, NO_EDGE, type Passed, type Reach } from './graph.ts';
import type { Passage, Port } from './stand-ins.ts';

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

/** What called functions do with arguments; nothing of a port to which nothing comes that matters. */
export type Answers = ReadonlyMap<Port, ParameterSummary>;

/** Members in source order. Without answers, all arguments may go all ways. */
export function componentOf(members: readonly Member[], answers?: Answers): Component {
  const [only] = members;
  const isDone = answers === undefined || !only.fragment.graph.hasPassages;
  return members.length === 1 && only.fragment.foreign.length === 0 && isDone ? alone(only) : joined(members, answers);
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

function joined(members: readonly Member[], answers: Answers | undefined): Component {
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
  for (const placement of all) addEdges(graph, placement, answers);
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

function addEdges(graph: Graph, { fragment, locations }: Placement, answers: Answers | undefined): void {
  const { source, target, derefs, isMaybe, noteOfEdge, passageOfEdge } = fragment.graph;
  for (let edge = 0; edge < source.length; edge++) {
    const reach = isMaybe[edge] ? 'maybe' : 'always';
    const passage = passageOfEdge[edge];
    const way = passage && answers && wayThrough(passage, reach, answers);
    if (passage !== undefined && answers !== undefined && way === undefined) continue;
    const [from, to] = [locations[source[edge]], locations[target[edge]]];
    const open = answers === undefined ? passage : undefined;
    const added = graph.addEdge(to, from, derefs[edge] + (way?.derefs ?? 0), reach, noteOfEdge[edge], open);
    // Where a result goes, the note at its end says.
    if (way !== undefined && passage !== undefined && passage.result < 0 && added !== NO_EDGE) graph.passed.set(added, way);
  }
}

interface Way extends Passed {
  readonly derefs: number;
}

/** Undefined where the function does not let the argument go there. */
function wayThrough({ port, result }: Passage, reach: Reach, answers: Answers): Way | undefined {
  const parameter = answers.get(port);
  if (parameter === undefined) return undefined;
  const { certain, possible } = parameter;
  const leaks = reach === 'maybe' ? possible : certain;
  const derefs = (result < 0 ? leaks.heap : leaks.results[result]) ?? -1;
  if (derefs < 0) return undefined;
  const isOutOfView = reach === 'maybe' && certain.heap < 0 && possible.trace === undefined;
  return { derefs, leaks, knowledge: isOutOfView ? 'unknown' : 'summary' };
}
