/**
 * What a function does with what it is given, as text, without a look into the functions that it calls: these stand in it by their names. Of two versions
 * with equal outlines, callers see the same as long as they see the same of all that these call. What it allocates itself is no matter of theirs.
 */
import type { Range } from '../base/index.ts';
import { go, type Node, textBetween } from '../syntax/index.ts';
import type { Site } from './flows/batch.ts';
import type { Fragment } from './flows/fragment.ts';
import type { Passage } from './flows/stand-ins.ts';
import { Home } from './homes.ts';

export interface Outline {
  /** Equal texts for equal flows of what it is given. */
  readonly flows: string;
  /** Where in its file what it is given flows on, in bytes. */
  readonly places: readonly Range[];
}

/** Of flows with stand-ins for all that is called. */
export function outlineOf(home: Home, fragment: Fragment): Outline {
  const writer = new Writer(fragment, home);
  return { flows: writer.text(), places: writer.places() };
}

/** Numbers what counts in the order in which it stands in the graph, so that what does not count leaves no trace. */
class Writer {
  private readonly numbers = new Map<number, number>();
  private readonly routines = new Map<number, number>();
  private readonly siteAt: ReadonlyMap<number, Site>;
  private readonly literalAt: ReadonlyMap<number, number>;

  constructor(
    private readonly fragment: Fragment,
    private readonly home: Home,
  ) {
    this.siteAt = new Map(fragment.sites.map((site) => [site.location, site]));
    this.literalAt = new Map(Array.from(fragment.closureOf, ([routine, location]) => [location, routine]));
    for (const location of [...flowingOn(fragment)].sort((a, b) => a - b)) this.numbers.set(location, this.numbers.size);
  }

  text(): string {
    const locations = Array.from(this.numbers.keys(), (location) => this.locationText(location));
    const edges = this.edges().map((edge) => this.edgeText(edge));
    return JSON.stringify([locations, edges]);
  }

  places(): readonly Range[] {
    const { graph } = this.fragment;
    const { tree } = this.home.facts;
    const found = new Map<Node, Range>();
    for (const edge of this.edges()) {
      for (let note = graph.noteOfEdge[edge]; note !== undefined; note = note.outer)
        found.set(note.node, { start: tree.start[note.node], end: tree.end[note.node] });
    }
    return [...found.values()];
  }

  private edges(): readonly number[] {
    const { source, target } = this.fragment.graph;
    return Array.from(source.keys()).filter((edge) => this.numbers.has(source[edge]) && this.numbers.has(target[edge]));
  }

  private edgeText(edge: number): string {
    const { source, target, derefs, isMaybe, passageOfEdge } = this.fragment.graph;
    const [from, to] = [source[edge], target[edge]].map((location) => this.numbers.get(location));
    return `${from}>${to} ${derefs[edge]}${isMaybe[edge] ? '?' : ''} ${passageText(passageOfEdge[edge])}`;
  }

  private locationText(location: number): string {
    const { graph, tooLarge } = this.fragment;
    const { kind, owner, depth, slot } = graph;
    const literal = this.literalAt.get(location);
    const parts = [kind[location], this.routineText(owner[location]), depth[location], slot[location], this.siteAt.get(location)?.offStack];
    return [...parts, tooLarge.has(location), literal === undefined ? undefined : this.routineText(literal)].join(' ');
  }

  private routineText(routine: number): string {
    const { routines, foreign } = this.fragment;
    if (routine < 0) return '';
    if (routine >= routines.length) return headOf(foreign[routine - routines.length].home);
    const known = this.routines.get(routine);
    if (known !== undefined) return String(known);
    this.routines.set(routine, this.routines.size);
    return `${this.routines.get(routine)} in ${this.routineText(routines[routine].parent)}`;
  }
}

/** Locations that parameters come to, with literals that give their results to one of them. */
function flowingOn({ graph, routines, closureOf }: Fragment): ReadonlySet<number> {
  const { source, target } = graph;
  const targets = new Map<number, number[]>();
  for (const edge of source.keys()) targets.set(source[edge], [...(targets.get(source[edge]) ?? []), target[edge]]);
  const literalOf = new Map(
    routines.flatMap(({ results }, routine) => results.map((location) => [location, closureOf.get(routine)] as const)),
  );
  const found = new Set<number>(routines[0].parameters);
  for (const location of found) {
    for (const each of targets.get(location) ?? []) found.add(each);
    const literal = literalOf.get(location);
    if (literal !== undefined) found.add(literal);
  }
  return found;
}

/** The called function, and the argument that goes in; where it comes out, the edge says. */
function passageText(passage: Passage | undefined): string {
  if (passage === undefined) return '';
  const { standIn, slot } = passage.port;
  const { callee } = standIn;
  return `${callee instanceof Home ? headOf(callee) : `${callee.path}.${callee.name}`} ${slot}`;
}

/** `func (c *conn) Close`, which is a function's own in its package. */
function headOf({ file: { tree }, node }: Home): string {
  return textBetween(tree, tree.start[node], tree.end[go.functionDeclaration.name(tree, node)]);
}
