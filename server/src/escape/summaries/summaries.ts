/**
 * What is known of a function from outside: for each parameter the fewest dereferences after which it reaches the heap or a
 * result (gc's leak tags). Two readings stand side by side: what certainly happens, and what may if everything out of view is
 * at its worst.
 */
import type { Callee } from '../../model/index.ts';
import type { Cost } from '../costs/cost.ts';
import type { SiteKind } from '../flows/batch.ts';
import type { Flow } from '../flows/notes.ts';

export type DeclaredCallee = Extract<Callee, { kind: 'function' | 'method' }>;

/** -1 where the parameter does not get there. */
export interface Leaks {
  /** Dereferences on the way to the heap: 0 its value, 1 what it points at. */
  readonly heap: number;
  /** The same for each result. */
  readonly results: readonly number[];
  /** How it comes to the heap; after an edit that changes the way and nothing else, another way. */
  trace: readonly Flow[] | undefined;
}

export interface ParameterSummary {
  readonly certain: Leaks;
  /** At least what is certain. */
  readonly possible: Leaks;
}

/** An allocation of a function that the compiler copies into its callers: it then belongs to the call. */
export interface InlinedAllocation {
  readonly kind: SiteKind;
  /** Result that its address becomes; -1 where it goes to the heap whatever the caller does. */
  readonly result: number;
  readonly isCertain: boolean;
  /** Worked out when somebody reads it; another one after an edit that changes nothing else. */
  cost: () => Cost;
}

export interface FunctionSummary {
  /** Receiver first, where there is one; undefined where nobody asked. */
  readonly parameters: readonly (ParameterSummary | undefined)[];
  /** Empty where the function is not inlined, or nobody asked. */
  readonly inlined: readonly InlinedAllocation[];
}

/** Of a function about which nothing is asked. */
export const UNASKED: FunctionSummary = { parameters: [], inlined: [] };

/** What is asked of a function. */
export interface Wanted {
  /** Of parameters, receiver first. */
  readonly slots: readonly number[];
  /** With what it allocates where it is inlined. */
  readonly isWhole: boolean;
}

/** A summary that grows with what is asked, so that whoever rests on it rests on the same one. */
export interface GrowingSummary extends FunctionSummary {
  parameters: (ParameterSummary | undefined)[];
  inlined: readonly InlinedAllocation[];
  /** Whether `inlined` was asked for. */
  isWhole: boolean;
}

/**
 * The older summary where the newer one, which tells all that it does and perhaps more, says the same of what happens: it then takes over how, and
 * what is new, so that whoever rests on it need not be looked at again.
 */
export function renewed(known: GrowingSummary | undefined, now: GrowingSummary): GrowingSummary {
  if (known === undefined) return now;
  if (known.isWhole && !(now.isWhole && isSameList(known.inlined, now.inlined, isSameAllocation))) return now;
  const isSame = (one: ParameterSummary | undefined, other: ParameterSummary | undefined): boolean =>
    one === undefined || (other !== undefined && areSameLeaks(one.certain, other.certain) && areSameLeaks(one.possible, other.possible));
  if (!known.parameters.every((each, slot) => isSame(each, now.parameters[slot]))) return now;
  for (const [slot, parameter] of now.parameters.entries()) {
    const older = known.parameters[slot];
    if (older === undefined || parameter === undefined) {
      known.parameters[slot] = parameter;
      continue;
    }
    older.certain.trace = parameter.certain.trace;
    older.possible.trace = parameter.possible.trace;
  }
  if (!known.isWhole) known.inlined = now.inlined;
  else for (const [i, allocation] of known.inlined.entries()) allocation.cost = now.inlined[i].cost;
  known.isWhole = now.isWhole;
  return known;
}

function isSameAllocation(a: InlinedAllocation, b: InlinedAllocation): boolean {
  return a.kind === b.kind && a.result === b.result && a.isCertain === b.isCertain;
}

function areSameLeaks(a: Leaks, b: Leaks): boolean {
  return a.heap === b.heap && (a.trace === undefined) === (b.trace === undefined) && isSameList(a.results, b.results, Object.is);
}

function isSameList<T>(a: readonly T[], b: readonly T[], isSame: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, i) => isSame(each, b[i]));
}
