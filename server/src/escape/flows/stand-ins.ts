/**
 * What stands for a called function while nobody knows yet whether it matters: each argument goes through a port of its own, to the heap and to
 * all results. What comes to no port in which somebody is interested has the same verdict whatever the function does.
 */
import type { Node, Tree } from '../../syntax/index.ts';
import type { Home } from '../homes.ts';
import { signatureOf } from '../program.ts';
import type { DeclaredCallee, FunctionSummary, InlinedAllocation, Leaks, ParameterSummary } from '../summaries/summaries.ts';

/** Where an argument goes in. */
export class Port implements Leaks {
  readonly heap = 0;
  readonly trace = undefined;
  readonly toHeap: Passage;
  readonly toResults: readonly Passage[];

  constructor(
    readonly standIn: StandIn,
    /** Receiver first. */
    readonly slot: number,
    readonly results: readonly number[],
  ) {
    this.toHeap = { port: this, result: -1 };
    this.toResults = results.map((_, result) => ({ port: this, result }));
  }
}

/** One way out of the function. */
export interface Passage {
  readonly port: Port;
  /** The result that it leads to; -1 for the heap. */
  readonly result: number;
}

export class StandIn implements FunctionSummary {
  readonly ports: readonly Port[];
  readonly parameters: readonly ParameterSummary[];
  readonly inlined = [];
  private inlining: FunctionSummary = this;

  constructor(
    tree: Tree,
    fn: Node,
    /** A function of the package under analysis, or one of another. */
    readonly callee: Home | DeclaredCallee,
  ) {
    const { parameters, results } = signatureOf(tree, fn);
    const derefs = results.map(() => 0);
    this.ports = parameters.map((_, slot) => new Port(this, slot, derefs));
    this.parameters = this.ports.map((certain) => ({ certain, possible: NOWHERE }));
  }

  /** The same for a function of which it is known what it allocates where it is inlined. */
  with(inlined: readonly InlinedAllocation[]): FunctionSummary {
    if (this.inlining.inlined !== inlined) this.inlining = inlined.length === 0 ? this : { parameters: this.parameters, inlined };
    return this.inlining;
  }
}

const NOWHERE: Leaks = { heap: -1, results: [], trace: undefined };
