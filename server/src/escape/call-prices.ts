/**
 * What calls of functions cost the inliner, told from bodies alone, so that nobody has to analyse what flows in all that is called. Who calls
 * whom in a circle is not known here, and a call within one costs the same whatever it calls: hence two counts.
 */
import { isBroken, NONE } from '../syntax/index.ts';
import { Batch } from './batch.ts';
import { type CalleeSources, Callees } from './callees.ts';
import type { Home } from './homes.ts';
import { CALL, inlineCost } from './inline-cost.ts';
import { isNeverInlined } from './inlining.ts';
import { bodyOf } from './program.ts';
import type { DeclaredCallee, FunctionSummary } from './summaries.ts';

/** In nodes of the inliner's budget; undefined where the count says that the function is not inlined. */
export interface CallPrice {
  /** As if no call were within a circle. */
  readonly usual: number | undefined;
  /** Never more than the compiler counts. */
  readonly least: number | undefined;
}

export interface PriceSources extends Pick<CalleeSources, 'factsOf' | 'homeOf'> {
  /** Of a function outside of the package; undefined where nobody knows. */
  imported(callee: DeclaredCallee): CallPrice | undefined;
}

const NEVER: CallPrice = { usual: undefined, least: undefined };
const ANYTHING: CallPrice = { usual: undefined, least: 0 };
/** Functions of which one calls the other until no more are looked into. */
const DEEPEST = 50;

export class CallPrices {
  private readonly known = new Map<Home, CallPrice>();
  private readonly open = new Set<Home>();

  constructor(private readonly sources: PriceSources) {}

  of(home: Home): CallPrice {
    const known = this.known.get(home);
    if (known !== undefined) return known;
    if (this.open.has(home)) return NEVER;
    if (this.open.size >= DEEPEST) return ANYTHING;
    this.open.add(home);
    const price = this.count(home);
    this.open.delete(home);
    this.known.set(home, price);
    return price;
  }

  private count(home: Home): CallPrice {
    const { tree } = home.file;
    if (isBroken(tree, home.node) || bodyOf(tree, home.node) === NONE || isNeverInlined(tree, home.node)) return NEVER;
    return {
      usual: this.countWith(home, ({ usual }) => usual),
      least: this.countWith(home, ({ least }) => (least === undefined ? undefined : Math.min(least, CALL))),
    };
  }

  private countWith(home: Home, priceOf: (price: CallPrice) => number | undefined): number | undefined {
    const priced = (price: CallPrice): FunctionSummary => ({ parameters: [], inlined: [], cost: priceOf(price) });
    const { factsOf, homeOf, imported } = this.sources;
    const sources: CalleeSources = {
      factsOf,
      homeOf,
      answerOf: (callee) => priced(this.of(callee)),
      imported: (callee) => {
        const price = imported(callee);
        return price && priced(price);
      },
    };
    return inlineCost(new Callees(sources, new Batch(home)), home.facts, home.node);
  }
}
