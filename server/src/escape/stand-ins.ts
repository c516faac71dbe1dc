/**
 * What stands for a called function while nobody knows yet whether it matters: each argument goes through a port of its own, to the heap and to
 * all results. What comes to no port in which somebody is interested has the same verdict whatever the function does.
 */
import type { Node, Tree } from '../syntax/index.ts';
import type { Home, Price } from './homes.ts';
import { signatureOf } from './program.ts';
import type { FunctionSummary, Leaks, ParameterSummary } from './summaries.ts';

/** Where an argument goes in. */
export class Port implements Leaks {
  readonly heap = 0;
  readonly trace = undefined;

  constructor(
    readonly standIn: StandIn,
    /** Receiver first. */
    readonly slot: number,
    readonly results: readonly number[],
  ) {}
}

/** What may be asked about the function all the same. */
export interface StoodFor {
  /** See `FunctionSummary.cost`. */
  cost(): number | undefined;
  whole(): FunctionSummary | undefined;
}

export class StandIn implements FunctionSummary {
  readonly ports: readonly Port[];
  readonly parameters: readonly ParameterSummary[];
  readonly inlined = [];
  /** For a function of which nothing matters but what a call of it costs. */
  readonly muted: FunctionSummary;

  constructor(
    tree: Tree,
    fn: Node,
    /** Of the newest state of its package. */
    public stoodFor: StoodFor,
    /** Where it is of the package under analysis: what it was when this was made. */
    readonly home?: { readonly home: Home; readonly price: Price },
  ) {
    const { parameters, results } = signatureOf(tree, fn);
    const derefs = results.map(() => 0);
    this.ports = parameters.map((_, slot) => new Port(this, slot, derefs));
    this.parameters = this.ports.map((certain) => ({ certain, possible: NOWHERE }));
    this.muted = new Muted(this);
  }

  get cost(): number | undefined {
    return this.stoodFor.cost();
  }

  whole(): FunctionSummary | undefined {
    return this.stoodFor.whole();
  }
}

class Muted implements FunctionSummary {
  readonly parameters = [];
  readonly inlined = [];

  constructor(private readonly standIn: StandIn) {}

  get cost(): number | undefined {
    return this.standIn.cost;
  }

  whole(): FunctionSummary | undefined {
    return this.standIn.whole();
  }
}

const NOWHERE: Leaks = { heap: -1, results: [], trace: undefined };
