/**
 * What stands for a called function while nobody knows yet whether it matters: each argument goes through a port of its own, to the heap and to
 * all results. What comes to no port in which somebody is interested has the same verdict whatever the function does.
 */
import type { Node, Tree } from '../syntax/index.ts';
import type { Home } from './homes.ts';
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

export class StandIn implements FunctionSummary {
  readonly ports: readonly Port[];
  readonly parameters: readonly ParameterSummary[];
  readonly inlined = [];

  constructor(
    tree: Tree,
    fn: Node,
    /** The function, where it is of the package under analysis. */
    readonly home?: Home,
  ) {
    const { parameters, results } = signatureOf(tree, fn);
    const derefs = results.map(() => 0);
    this.ports = parameters.map((_, slot) => new Port(this, slot, derefs));
    this.parameters = this.ports.map((certain) => ({ certain, possible: NOWHERE }));
  }
}

const NOWHERE: Leaks = { heap: -1, results: [], trace: undefined };
