/**
 * Summaries of packages that never change, kept from one run to the next. One entry holds what was asked about one package so
 * far; what is asked beyond that is worked out and added when somebody says that there is time. Such a summary tells what
 * happens and not by which way, whether it was kept or just made, so that keeping changes no answer.
 */
import { baseName } from '../../base/index.ts';
import type { Package, PackageImporter } from '../../model/index.ts';
import type { ImportedFunction } from './imported.ts';
import type { FunctionSummary, GrowingSummary, InlinedAllocation, Leaks, ParameterSummary, Wanted } from './summaries.ts';

/** By file name and row, which stay as long as file and parser do. */
interface Kept {
  /** `null` where nothing is known of a function. */
  readonly summaries: Record<string, KeptSummary | null>;
  /** What calls cost the inliner; `null` where the function is not inlined. */
  readonly costs: Record<string, number | null>;
}

interface KeptSummary {
  readonly parameters: readonly (ParameterSummary | null)[];
  readonly inlined: readonly KeptAllocation[];
  readonly isWhole: boolean;
}

interface KeptAllocation extends Omit<InlinedAllocation, 'cost'> {
  readonly cost: ReturnType<InlinedAllocation['cost']>;
}

interface Entry {
  readonly key: string;
  readonly summaries: Map<string, GrowingSummary | undefined>;
  readonly costs: Map<string, number | undefined>;
  /** What the store does not have yet. */
  added: Set<string>;
}

/** By what decides a package, because the package itself comes and goes with the memory there is. */
const entries = new WeakMap<PackageImporter, Map<string, Entry>>();
const entryOfPackage = new WeakMap<Package, Entry | 'may change'>();
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What is wanted of a function, and perhaps more, from the store or by `analyse`. */
export function storedSummary(
  importer: PackageImporter,
  fn: ImportedFunction,
  wanted: Wanted,
  analyse: () => GrowingSummary | undefined,
): FunctionSummary | undefined {
  const entry = entryOf(importer, fn.pkg);
  if (entry === undefined) return analyse();
  const name = nameOf(fn);
  const known = entry.summaries.get(name);
  if (known === undefined ? entry.summaries.has(name) : tells(known, wanted)) return known;
  const made = analyse();
  const summary = made && (known === undefined ? withoutWays(made) : joined(known, withoutWays(made)));
  entry.summaries.set(name, summary);
  entry.added.add(name);
  return summary;
}

/** What a call of a function costs the inliner. */
export function storedCost(importer: PackageImporter, fn: ImportedFunction, count: () => number | undefined): number | undefined {
  const entry = entryOf(importer, fn.pkg);
  if (entry === undefined) return count();
  const name = nameOf(fn);
  if (!entry.costs.has(name)) {
    entry.costs.set(name, count());
    entry.added.add(name);
  }
  return entry.costs.get(name);
}

function nameOf({ file, node }: ImportedFunction): string {
  return `${baseName(file.path)} ${node}`;
}

function tells({ parameters, isWhole }: GrowingSummary, wanted: Wanted): boolean {
  return (isWhole || !wanted.isWhole) && wanted.slots.every((slot) => parameters[slot] !== undefined);
}

/** What was known stays the same object. */
function joined(known: GrowingSummary, more: GrowingSummary): GrowingSummary {
  for (const [slot, parameter] of more.parameters.entries()) known.parameters[slot] ??= parameter;
  if (!known.isWhole) known.inlined = more.inlined;
  known.isWhole ||= more.isWhole;
  return known;
}

/** Puts what was worked out since the last time into the store. */
export function keepSummaries(importer: PackageImporter): void {
  const { store } = importer;
  if (store === undefined) return;
  for (const entry of entries.get(importer)?.values() ?? []) {
    if (entry.added.size === 0) continue;
    // Another thread may have added to it meanwhile.
    const kept: Kept = parseKept(store.get(entry.key));
    for (const name of entry.added) {
      if (entry.summaries.has(name)) kept.summaries[name] = keptSummary(entry.summaries.get(name));
      if (entry.costs.has(name)) kept.costs[name] = entry.costs.get(name) ?? null;
    }
    entry.added = new Set();
    store.put(entry.key, encoder.encode(JSON.stringify(kept)));
  }
}

/** Undefined for a package that may change. */
function entryOf(importer: PackageImporter, pkg: Package): Entry | undefined {
  const known = entryOfPackage.get(pkg) ?? findEntry(importer, pkg);
  entryOfPackage.set(pkg, known);
  return known === 'may change' ? undefined : known;
}

function findEntry(importer: PackageImporter, pkg: Package): Entry | 'may change' {
  const key = importer.keyOf?.(pkg);
  if (key === undefined) return 'may change';
  const ofImporter = entries.get(importer) ?? new Map<string, Entry>();
  entries.set(importer, ofImporter);
  const entry = ofImporter.get(key) ?? readEntry(importer, key);
  ofImporter.set(key, entry);
  return entry;
}

function readEntry({ store }: PackageImporter, key: string): Entry {
  const kept = parseKept(store?.get(key));
  const summaries = Object.entries(kept.summaries).map(
    ([name, summary]) => [name, summary === null ? undefined : revived(summary)] as const,
  );
  const costs = Object.entries(kept.costs).map(([name, cost]) => [name, cost ?? undefined] as const);
  return { key, summaries: new Map(summaries), costs: new Map(costs), added: new Set() };
}

/** The store gives back only what this build put there. */
function parseKept(bytes: Uint8Array | undefined): Kept {
  const { summaries, costs }: Partial<Kept> = bytes === undefined ? {} : JSON.parse(decoder.decode(bytes));
  return { summaries: Object.assign(Object.create(null), summaries), costs: Object.assign(Object.create(null), costs) };
}

function revived({ parameters, inlined, isWhole }: KeptSummary): GrowingSummary {
  return {
    parameters: parameters.map((parameter) => parameter ?? undefined),
    inlined: inlined.map((allocation) => ({ ...allocation, cost: () => allocation.cost })),
    isWhole,
  };
}

function keptSummary(summary: GrowingSummary | undefined): KeptSummary | null {
  if (summary === undefined) return null;
  const { parameters, inlined, isWhole } = summary;
  return {
    parameters: Array.from(parameters, (parameter) => parameter ?? null),
    inlined: inlined.map((allocation) => ({ ...allocation, cost: allocation.cost() })),
    isWhole,
  };
}

/** Holds on to nothing of the analysis that made it. */
function withoutWays({ parameters, inlined, isWhole }: GrowingSummary): GrowingSummary {
  const bare = ({ heap, results }: Leaks): Leaks => ({ heap, results, trace: undefined });
  return {
    parameters: Array.from(parameters, (each) => each && { certain: bare(each.certain), possible: bare(each.possible) }),
    inlined: inlined.map((allocation) => {
      const known = allocation.cost();
      return { ...allocation, cost: () => known };
    }),
    isWhole,
  };
}
