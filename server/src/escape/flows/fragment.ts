/**
 * The flows of one outermost function and its literals, which stay as long as its text and what it was told of the functions
 * it calls are the same. Functions of the same component stand in it as foreign routines, until `component.ts` joins them.
 */

import type { CalleeSources } from '../calls/callees.ts';
import type { Home } from '../homes.ts';
import type { FunctionSummary } from '../summaries/summaries.ts';
import { type Batch, Site } from './batch.ts';
import type { Graph } from './graph.ts';
import type { Note } from './notes.ts';
import type { Passage, StandIn } from './stand-ins.ts';

export interface FragmentRoutine {
  /** Rows from the home's. */
  offset: number;
  /** Position of the function around a literal; -1 of the outermost. */
  readonly parent: number;
  /** Locations, receiver first. */
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** A function of the same component, whose parameters and results stand for those that it has in its own fragment. */
export interface Foreign {
  readonly home: Home;
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

/** What a function was told of one that it calls. */
export type Answer = 'same component' | FunctionSummary | undefined;

/** What something known of a function rests on beside its own text. */
export interface Rests {
  readonly answers: ReadonlyMap<Home, Answer>;
  /** What calls cost the inliner, as far as it mattered. */
  readonly costs: ReadonlyMap<Home, number | undefined>;
  /** Functions of other packages that it calls. */
  readonly imported: ReadonlySet<StandIn>;
  /** Functions whose bodies were looked into, by the version seen. */
  readonly read: ReadonlyMap<Home, number>;
}

export interface Fragment {
  /** Of the home's text. */
  version: number;
  readonly graph: Graph;
  readonly routines: readonly FragmentRoutine[];
  readonly foreign: readonly Foreign[];
  readonly sites: readonly Site[];
  readonly variables: readonly Site[];
  /** Allocation of a literal, by its routine. */
  readonly closureOf: ReadonlyMap<number, number>;
  readonly tooLarge: ReadonlySet<number>;
  readonly rests: Rests;
}

export function fragmentOf(batch: Batch, home: Home, rests: Rests): Fragment {
  const own = batch.routines.slice(0, batch.own);
  const foreign = batch.routines.slice(batch.own);
  const routines = own.map(({ index, node, parent }) => ({
    offset: node - home.node,
    parent: parent?.index ?? -1,
    parameters: batch.parameters[index],
    results: batch.results[index],
  }));
  return {
    version: home.version,
    graph: batch.graph,
    routines,
    foreign: foreign.map(({ index }, i) => ({
      home: batch.foreign[i],
      parameters: batch.parameters[index],
      results: batch.results[index],
    })),
    sites: batch.sites,
    variables: variablesOf(batch, home),
    closureOf: batch.closureOf,
    tooLarge: batch.tooLarge,
    rests,
  };
}

/** Whether what it rests on says now what it said then. */
export function isStanding({ answers, costs, read }: Rests, { answerOf, costOf }: Pick<CalleeSources, 'answerOf' | 'costOf'>): boolean {
  for (const [home, answer] of answers) if (answerOf(home) !== answer) return false;
  for (const [home, cost] of costs) if (costOf(home) !== cost) return false;
  for (const [home, version] of read) if (home.version !== version) return false;
  return true;
}

/** Variables, parameters and results as sites, for those of them that do not stay on the stack. */
function variablesOf(batch: Batch, home: Home): Site[] {
  return Array.from(batch.locationOf, ([symbol, location]) => {
    const { scopes } = home.facts;
    const [use] = scopes.clauseOf(symbol) === 0 ? [] : scopes.references(symbol).slice(-1);
    return new Site('moved', home, symbol.declaration - home.node, location, {
      name: symbol.name,
      use: (use?.node ?? symbol.declaration) - home.node,
    });
  });
}

/**
 * Whether two fragments of one function say the same but for where it stands: the older one then takes over the places, and
 * whoever was told something of it need not ask again.
 */
export function takesOver(known: Fragment, now: Fragment): boolean {
  if (!isSame(known, now)) return false;
  for (const [i, routine] of known.routines.entries()) routine.offset = now.routines[i].offset;
  for (const [i, site] of known.sites.entries()) site.moveTo(now.sites[i]);
  for (const [i, variable] of known.variables.entries()) variable.moveTo(now.variables[i]);
  for (const [i, note] of known.graph.noteOfEdge.entries()) moveNotes(note, now.graph.noteOfEdge[i]);
  known.version = now.version;
  return true;
}

function moveNotes(known: Note | undefined, now: Note | undefined): void {
  for (let [at, to] = [known, now]; at !== undefined && to !== undefined; [at, to] = [at.outer, to.outer]) at.moveTo(to);
}

function isSame(a: Fragment, b: Fragment): boolean {
  return (
    isSameGraph(a.graph, b.graph) &&
    a.graph.noteOfEdge.every((note, i) => areSameNotes(note, b.graph.noteOfEdge[i])) &&
    areEqual(a.routines, b.routines, isSameRoutine) &&
    areEqual(a.foreign, b.foreign, (x, y) => x.home === y.home) &&
    areEqual(a.sites, b.sites, (x, y) => x.isLike(y)) &&
    areEqual(a.variables, b.variables, (x, y) => x.isLike(y)) &&
    areEqual([...a.closureOf], [...b.closureOf], (x, y) => x[0] === y[0] && x[1] === y[1]) &&
    areEqual([...a.tooLarge], [...b.tooLarge], Object.is) &&
    areEqual([...a.rests.answers], [...b.rests.answers], (x, y) => x[0] === y[0] && x[1] === y[1]) &&
    areEqual([...a.rests.costs], [...b.rests.costs], (x, y) => x[0] === y[0] && x[1] === y[1]) &&
    areEqual([...a.rests.read], [...b.rests.read], (x, y) => x[0] === y[0] && x[1] === y[1])
  );
}

function isSameRoutine(a: FragmentRoutine, b: FragmentRoutine): boolean {
  return a.parent === b.parent && areEqual(a.parameters, b.parameters, Object.is) && areEqual(a.results, b.results, Object.is);
}

function isSameGraph(a: Graph, b: Graph): boolean {
  const columns = ['kind', 'owner', 'depth', 'slot', 'source', 'target', 'derefs', 'isMaybe', 'passageOfEdge'] as const;
  return columns.every((column) => areEqual<number | boolean | Passage | undefined>(a[column], b[column], Object.is));
}

function areSameNotes(a: Note | undefined, b: Note | undefined): boolean {
  let [x, y] = [a, b];
  for (; x !== undefined && y !== undefined; [x, y] = [x.outer, y.outer]) if (!x.isLike(y)) return false;
  return x === y;
}

function areEqual<T>(a: readonly T[], b: readonly T[], isEqual: (x: T, y: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => isEqual(each, b[i]));
}
