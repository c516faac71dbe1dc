/** What of a function that the compiler inlines is then allocated by its callers. */

import { combinedCost } from '../costs/cost.ts';
import { costOf } from '../costs/site-cost.ts';
import type { Site } from '../flows/batch.ts';
import type { Component, PlacedSite } from '../flows/component.ts';
import { LocationKind } from '../flows/graph.ts';
import type { Solution } from '../flows/solve.ts';
import type { InlinedAllocation } from '../summaries/summaries.ts';

/** What a caller of an inlined function allocates for it, each kind and way once. `sites` are the function's own. */
export function inlinedAllocations(
  component: Component,
  certain: Solution,
  possible: Solution,
  sites: readonly PlacedSite[],
): InlinedAllocation[] {
  const found = new Map<string, { allocation: Omit<InlinedAllocation, 'cost'>; sites: Site[] }>();
  for (const { site, location } of sites) {
    const { kind } = site;
    if (!possible.escapes(location)) continue;
    const isCertain = certain.escapes(location);
    const result = resultOf(component, isCertain ? certain : possible, location);
    const key = `${kind} ${result}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { allocation: { kind, result, isCertain }, sites: [site] });
    else {
      known.sites.push(site);
      if (isCertain) known.allocation = { kind, result, isCertain };
    }
  }
  return Array.from(found.values(), ({ allocation, sites }) => ({
    ...allocation,
    cost: () => combinedCost(sites.map((site) => costOf(site, 'heap'))),
  }));
}

/** The result that the allocation's address becomes, alone or inside another allocation; -1 where something else keeps it. */
function resultOf({ graph }: Component, solution: Solution, location: number): number {
  const seen = new Set<number>();
  for (let at = location; !seen.has(at); ) {
    seen.add(at);
    const root = solution.paths.get(at)?.root;
    if (root === undefined) return -1;
    if (graph.kind[root] === LocationKind.result && graph.owner[root] === graph.owner[location]) return graph.slot[root];
    at = root;
  }
  return -1;
}
