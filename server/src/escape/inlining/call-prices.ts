/** What calls of a package's functions cost the inliner, counted where somebody wants to know: told from bodies alone, whatever flows in them. */

import { type CalleeSources, Callees } from '../calls/callees.ts';
import { Batch } from '../flows/batch.ts';
import { isStanding } from '../flows/fragment.ts';
import type { Home } from '../homes.ts';
import { UNASKED } from '../summaries/summaries.ts';
import { inlineCost } from './inline-cost.ts';
import { isNeverInlined } from './inlining.ts';

export interface PriceSources extends Pick<CalleeSources, 'factsOf' | 'homeOf' | 'imported'> {
  /** Whether one function is in the same component of the call graph as another. */
  areInCircle(one: Home, other: Home): boolean;
  /** Functions so that each comes after all that it calls, the given one last. */
  before(home: Home): Iterable<Home>;
}

/** Functions of which one calls the other that are counted one inside the other. */
const DEEPEST = 50;

export class CallPrices {
  private readonly known = new Map<Home, number | undefined>();
  private depth = 0;

  constructor(private readonly sources: PriceSources) {}

  /** Nodes of the budget; undefined where the function is not inlined. */
  of(home: Home): number | undefined {
    if (this.known.has(home)) return this.known.get(home);
    if (isNeverInlined(home.file.tree, home.node)) return undefined;
    if (this.depth >= DEEPEST) for (const each of this.sources.before(home)) this.price(each);
    else this.price(home);
    return this.known.get(home);
  }

  private price(home: Home): void {
    if (this.known.has(home)) return;
    this.depth++;
    this.known.set(home, this.standing(home) ? home.price?.cost : this.count(home));
    this.depth--;
  }

  private standing(home: Home): boolean {
    return home.price?.version === home.version && isStanding(home.price.rests, this.sourcesFor(home));
  }

  private count(home: Home): number | undefined {
    const callees = new Callees(this.sourcesFor(home), new Batch(home));
    const cost = inlineCost(callees, home.facts, home.node);
    home.price = { cost, version: home.version, rests: callees };
    return cost;
  }

  private sourcesFor(home: Home): CalleeSources {
    return {
      ...this.sources,
      answerOf: (callee) =>
        !isNeverInlined(callee.file.tree, callee.node) && this.sources.areInCircle(home, callee) ? 'same component' : UNASKED,
      costOf: (callee) => this.of(callee),
    };
  }
}
