/** What an allocation costs when its site is reached, as far as that can be known without running. */

/** How often a site allocates when it is reached. */
export type Allocates = 'always' | 'sometimes' | 'never';

export interface Cost {
  readonly allocates: Allocates;
  /** Size of the value on the architecture that is built for, before the allocator rounds it up; undefined where it depends on values or is not known. */
  readonly bytes: number | undefined;
  /** When nothing is allocated, or of `never` why: continues "nothing is allocated …". */
  readonly unless: string | undefined;
}

export const FREE: Cost = { allocates: 'never', bytes: undefined, unless: undefined };

/** Most first. */
const ALLOCATES: readonly Allocates[] = ['always', 'sometimes', 'never'];

/** The cost of several allocations of which any may be made. */
export function combinedCost(costs: readonly Cost[]): Cost {
  const [only] = costs;
  if (only !== undefined && costs.length === 1) return only;
  const allocates = ALLOCATES.find((each) => costs.some((cost) => cost.allocates === each)) ?? 'never';
  return { allocates, bytes: undefined, unless: undefined };
}
