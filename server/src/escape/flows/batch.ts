/**
 * One outermost function while it is lowered: its graph, its literals and what it calls of its component, and the places where
 * something is allocated. A hole is where a value goes: a location, reached over some dereferences.
 */
import type { GoSymbol } from '../../model/index.ts';
import { enclosingFunction, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import type { Cost } from '../costs/cost.ts';
import type { Home } from '../homes.ts';
import { declarationDepth } from '../lowering/loop-depth.ts';
import { bodyOf, type FileFacts, isLocalVariable, outermostFunction, type Routine, signatureOf } from '../program.ts';
import type { InlinedAllocation } from '../summaries/summaries.ts';
import { BLANK, Graph, HEAP, LocationKind, type Reach } from './graph.ts';
import { Note, type NotedCall, type Why } from './notes.ts';
import type { Passage } from './stand-ins.ts';

/** What allocates, by the names of the escapes record; `moved` is a variable, parameter or result. */
export type SiteKind =
  | 'moved'
  | 'composite'
  | 'new'
  | 'make'
  | 'append'
  | 'closure'
  | 'method-value'
  | 'variadic'
  | 'concat'
  | 'conversion'
  | 'interface';

/** Larger than gc puts on a stack, or of a length that it would have to know. */
export type OffStack = 'too-large' | 'unknown-length';

/** What is particular about a site. */
interface SiteTraits {
  /** Why no stack holds it, whatever flows. */
  readonly offStack?: OffStack | undefined;
  /** Where the node is a call: the called function's allocation that is copied into it. */
  readonly inlined?: InlinedAllocation;
  /** Of `moved`. */
  readonly name?: string;
  /** Of `moved`: rows from the home's to an occurrence of the variable. */
  use?: number;
}

/** A place where something is allocated, which moves with its function. */
export class Site {
  /** Whether an interface takes the expression's pointer as it is. */
  isInInterface = false;

  constructor(
    readonly kind: SiteKind,
    readonly home: Home,
    /** Rows from the home's. */
    private offset: number,
    readonly location: number,
    private readonly traits: SiteTraits,
  ) {}

  get facts(): FileFacts {
    return this.home.facts;
  }

  /** The allocating expression; of `moved` the declaring identifier. */
  get node(): Node {
    return this.home.node + this.offset;
  }

  get name(): string | undefined {
    return this.traits.name;
  }

  /** Of `moved`. */
  get symbol(): GoSymbol | undefined {
    const { use } = this.traits;
    return use === undefined ? undefined : this.facts.scopes.symbolOf(this.home.node + use);
  }

  get offStack(): OffStack | undefined {
    return this.traits.offStack;
  }

  get isInlined(): boolean {
    return this.traits.inlined !== undefined;
  }

  /** Where the node is a call, into which the called function's allocation is copied: what that costs. */
  get inlinedCost(): (() => Cost) | undefined {
    return this.traits.inlined?.cost;
  }

  /** Whether it is the same, be it elsewhere. */
  isLike(other: Site): boolean {
    const { name, offStack, inlined } = this.traits;
    const isSame = this.kind === other.kind && this.location === other.location && this.isInInterface === other.isInInterface;
    return isSame && name === other.traits.name && offStack === other.traits.offStack && inlined === other.traits.inlined;
  }

  moveTo(other: Site): void {
    this.offset = other.offset;
    if (other.traits.use !== undefined) this.traits.use = other.traits.use;
  }
}

/** Where a value goes. */
export interface Hole {
  readonly target: number;
  /** -1: the value's address goes there. */
  readonly derefs: number;
  readonly reach: Reach;
  readonly note: Note | undefined;
}

export const DISCARD: Hole = { target: BLANK, derefs: 0, reach: 'always', note: undefined };

/** Bytes of a declared variable that gc still puts on the stack (ir.MaxStackVarSize). */
const VARIABLE_STACK_LIMIT = 128 * 1024;

export class Batch {
  readonly graph = new Graph();
  readonly routines: Routine[] = [];
  readonly sites: Site[] = [];
  /** Locations of parameters (receiver first) and results, by routine. */
  readonly parameters: (readonly number[])[] = [];
  readonly results: (readonly number[])[] = [];
  /** Allocation of a literal, by its routine; absent where nothing evaluates the literal. */
  readonly closureOf = new Map<number, number>();
  readonly locationOf = new Map<GoSymbol, number>();
  /** Variables that no stack holds, whatever flows. */
  readonly tooLarge = new Set<number>();
  /** Functions of the same component that it calls, whose routines follow its own. */
  readonly foreign: Home[] = [];
  /** Number of its own routines: the function and its literals. */
  readonly own: number;
  private readonly inInterfaces = new Set<Node>();
  private readonly byNode = new Map<Node, Routine>();
  private readonly byHome = new Map<Home, Routine>();

  /** `home` with all literals in it. */
  constructor(readonly home: Home) {
    const { facts, node: outermost } = home;
    const { tree } = facts;
    this.addOwn(facts, outermost, undefined);
    for (let row = outermost + 1; row < tree.next[outermost]; row++) {
      if (tree.kind[row] !== Kind.func_literal) continue;
      this.addOwn(facts, row, this.routineAt(facts, enclosingFunction(tree, row)));
    }
    this.own = this.routines.length;
  }

  /** Its own routines. */
  routineAt(facts: FileFacts, node: Node): Routine | undefined {
    return facts.file === this.home.file.source ? this.byNode.get(node) : undefined;
  }

  /** A function of the same component. */
  foreignRoutine(home: Home): Routine {
    const known = this.byHome.get(home);
    if (known !== undefined) return known;
    const routine = this.addRoutine(home.facts, home.node, undefined);
    this.foreign.push(home);
    this.byHome.set(home, routine);
    return routine;
  }

  /** Notes that an interface takes the expression's pointer as it is. */
  giveToInterface(node: Node): void {
    this.inInterfaces.add(node);
  }

  /** When all is lowered. */
  markInterfaces(): void {
    for (const site of this.sites) site.isInInterface = this.inInterfaces.has(site.node);
  }

  private addOwn(facts: FileFacts, node: Node, parent: Routine | undefined): void {
    this.byNode.set(node, this.addRoutine(facts, node, parent));
  }

  private addRoutine(facts: FileFacts, node: Node, parent: Routine | undefined): Routine {
    const routine: Routine = { index: this.routines.length, facts, node, parent };
    const isForeign = facts.file !== this.home.file.source || outermostFunction(facts.tree, node) !== this.home.node;
    this.routines.push(routine);
    const signature = signatureOf(facts.tree, node);
    const declare = (names: readonly Node[], kind: number): number[] =>
      names.map((name, slot) => {
        const location = this.graph.addLocation(kind, routine.index, 1, slot);
        const symbol = name === NONE || isForeign ? undefined : facts.scopes.symbolOf(name);
        if (symbol !== undefined) this.locationOf.set(symbol, location);
        return location;
      });
    this.parameters.push(bodyOf(facts.tree, node) === NONE ? [] : declare(signature.parameters, LocationKind.parameter));
    this.results.push(declare(signature.results, LocationKind.result));
    return routine;
  }

  /** Location of a local variable; undefined for other names and for locals of functions outside the batch. */
  variable(facts: FileFacts, symbol: GoSymbol | undefined): number | undefined {
    if (!isLocalVariable(symbol)) return undefined;
    const known = this.locationOf.get(symbol);
    if (known !== undefined) return known;
    const routine = this.routineAt(facts, symbol.owner);
    if (routine === undefined) return undefined;
    const depth = declarationDepth(facts.tree, symbol.declaration, facts.file.go);
    const location = this.graph.addLocation(LocationKind.variable, routine.index, depth, 0);
    this.locationOf.set(symbol, location);
    const { types } = facts;
    if ((types.sizeOf(types.typeOfSymbol(symbol)) ?? 0) > VARIABLE_STACK_LIMIT) this.tooLarge.add(location);
    return location;
  }

  /** Whether the parameter has a name to be used by. */
  isNamed(routine: Routine, slot: number): boolean {
    const { tree } = routine.facts;
    const name = signatureOf(tree, routine.node).parameters[slot];
    return name !== undefined && name !== NONE && textOf(tree, name) !== '_';
  }

  flow(hole: Hole, source: number): void {
    this.graph.addEdge(hole.target, source, hole.derefs, hole.reach, hole.note);
  }

  /** A flow that is there if a called function has it so. */
  pass(hole: Hole, source: number, passage: Passage): void {
    this.graph.addEdge(hole.target, source, hole.derefs, hole.reach, hole.note, passage);
  }
}

export function heapHole(reach: Reach = 'always', derefs = 0): Hole {
  return { target: HEAP, derefs, reach, note: undefined };
}

export function shifted(hole: Hole, derefs: number): Hole {
  if (derefs === 0 || hole.target === BLANK) return hole;
  return { target: hole.target, derefs: Math.max(-1, hole.derefs + derefs), reach: hole.reach, note: hole.note };
}

/** The hole with a fact closer to the value. Facts further out stay reachable through it. */
export function noted(hole: Hole, why: Why, home: Home, node: Node, call?: NotedCall): Hole {
  if (hole.target === BLANK) return hole;
  const { target, derefs, reach, note: outer } = hole;
  return { target, derefs, reach, note: new Note(why, home, node - home.node, outer, call) };
}

/** The hole where only the pessimistic analysis believes that the value comes through. */
export function perhaps(hole: Hole): Hole {
  return hole.target === BLANK ? hole : { target: hole.target, derefs: hole.derefs, reach: 'maybe', note: hole.note };
}
