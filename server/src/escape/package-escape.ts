/**
 * Escape analysis of a package, made on demand: what is out of view flows to the heap in one reading of it and nowhere in the other, so that `heap` in both is
 * certain. Functions outlive the package object while its files are edited: flows of functions whose text and callees say the same are
 * taken as they are, and a component of such functions is not solved again.
 */
import type { GoSymbol, Package, PackageImporter, SourceFile, Type } from '../model/index.ts';
import { encloses, type Node } from '../syntax/index.ts';
import type { Home } from './homes.ts';
import { Inquiry } from './inquiry.ts';
import type { Allocation, EscapeSite } from './judgement.ts';
import { capturedBy, heldByReference, type ReferenceCapture } from './lowering/closures.ts';
import { type Outline, outlineOf } from './outline.ts';
import { PackageFunctions, wholeOf } from './package-functions.ts';
import { type ParameterVerdict, parameterVerdicts } from './parameter-verdicts.ts';
import { resultTypes } from './program.ts';
import { bodilessSummary } from './summaries/bodiless.ts';
import type { FunctionSummary, GrowingSummary, ParameterSummary, Wanted } from './summaries/summaries.ts';

export interface CapturedVariable {
  readonly symbol: GoSymbol;
  /** What makes the closure hold the variable's address. */
  readonly cause: ReferenceCapture | undefined;
}

export interface PackageEscape {
  /** Allocations in functions of the file in source order; code with syntax errors and package initialisers have none. */
  sites(file: SourceFile): readonly EscapeSite[];
  /** Those written in one function declaration or method that are of interest, in source order: no more is analysed than what these come to. */
  sitesIn(file: SourceFile, fn: Node, isOfInterest: (allocation: Allocation) => boolean): readonly EscapeSite[];
  /** The allocation at a node: an allocating expression, or a variable's declaring identifier. Not boxes and argument lists. */
  siteAt(file: SourceFile, node: Node): EscapeSite | undefined;
  /** Variables of functions around a literal that it uses, for which nothing is analysed. */
  captures(file: SourceFile, literal: Node): readonly CapturedVariable[];
  /** Parameters that can hold a pointer, receivers first, function by function; of generic functions and broken ones there is nothing. */
  parameters(file: SourceFile): readonly ParameterVerdict[];
  /** What becomes of all its parameters, receiver first; undefined when the function has no body in view. */
  parametersOf(file: SourceFile, fn: Node): FunctionSummary['parameters'] | undefined;
  /** What becomes of one parameter of a function declaration or method, by its slot, receiver first. */
  leaksOf(file: SourceFile, fn: Node, slot: number): ParameterSummary | undefined;
  /** The same without a look into what it calls; undefined where it has no body in view. */
  outlineOf(file: SourceFile, fn: Node): Outline | undefined;
  /** Nodes of the inliner's budget that a call of a function declaration or method costs; undefined where it is not inlined. */
  costOf(file: SourceFile, fn: Node): number | undefined;
  /** Whether callers may see which function it gives, or the type behind an interface that it gives: they do where it is inlined. */
  isSeenThrough(file: SourceFile, fn: Node): boolean;
}

const analyses = new WeakMap<PackageImporter, WeakMap<object, Analysis>>();

/** Kept until the package is let go. */
export function escapeOf(importer: PackageImporter, pkg: Package): PackageEscape {
  return analysisOf(importer, pkg);
}

function analysisOf(importer: PackageImporter, pkg: Package): Analysis {
  const ofImporter = analyses.get(importer) ?? new WeakMap<object, Analysis>();
  analyses.set(importer, ofImporter);
  const known = ofImporter.get(pkg.derived);
  if (known?.isCurrent === true) return known;
  const analysis = new Analysis(importer, pkg);
  ofImporter.set(pkg.derived, analysis);
  return analysis;
}

class Analysis implements PackageEscape {
  private readonly functions: PackageFunctions;
  private readonly inquiry: Inquiry;
  private readonly timesAsked = new Map<Home, number>();

  constructor(importer: PackageImporter, pkg: Package) {
    this.functions = new PackageFunctions(importer, pkg, {
      costOf: ({ pkg: other, file, node }) => analysisOf(importer, other).costOf(file, node),
      summaryOf: ({ pkg: other, file, node }, wanted) => analysisOf(importer, other).summaryFor(file, node, wanted),
    });
    this.inquiry = new Inquiry(this.functions);
  }

  /** False once its functions serve a later state of the package. */
  get isCurrent(): boolean {
    return this.functions.areCurrent;
  }

  sites(file: SourceFile): readonly EscapeSite[] {
    return this.functions.homesOf(file).flatMap((home) => inSourceOrder(this.inquiry.answer(home, ['all'])?.sites.get(home) ?? []));
  }

  sitesIn(file: SourceFile, fn: Node, isOfInterest: (allocation: Allocation) => boolean): readonly EscapeSite[] {
    const home = this.functions.homeAt(file, fn);
    if (home === undefined) return [];
    return this.judged(home, (site) => encloses(file.tree, fn, site.node) && isOfInterest(site));
  }

  siteAt(file: SourceFile, node: Node): EscapeSite | undefined {
    const home = this.functions.homeAt(file, node);
    return home && this.judged(home, (site) => site.node === node && isExpression(site))[0];
  }

  /** Of what is written in a function, in source order. */
  private judged(home: Home, isOfInterest: (allocation: Allocation) => boolean): readonly EscapeSite[] {
    const asked = this.inquiry.allocationsOf(home).filter((site) => !site.isInlined && isOfInterest(site));
    if (asked.length === 0) return [];
    const sites = this.inquiry.answer(home, this.isAskedAgainAndAgain(home) ? ['sites'] : asked)?.sites.get(home) ?? [];
    const places = new Set(asked.map(placeOf));
    return inSourceOrder(sites.filter((site) => site.origin === 'own' && places.has(placeOf(site))));
  }

  /** Each question may have the flows solved anew: beyond a few it is cheaper to ask about all that the function allocates. */
  private isAskedAgainAndAgain(home: Home): boolean {
    const times = (this.timesAsked.get(home) ?? 0) + 1;
    this.timesAsked.set(home, times);
    return times > MOST_TIMES;
  }

  captures(file: SourceFile, literal: Node): readonly CapturedVariable[] {
    const facts = this.functions.factsOf(file);
    if (facts === undefined) return [];
    return capturedBy(facts, literal).map((symbol) => ({ symbol, cause: heldByReference(facts, symbol) }));
  }

  parameters(file: SourceFile): readonly ParameterVerdict[] {
    const facts = this.functions.factsOf(file);
    if (facts === undefined) return [];
    const moved = new Set(this.sites(file).flatMap(({ kind, gcSays, node }) => (kind === 'moved' && gcSays === 'heap' ? [node] : [])));
    return this.functions.homesOf(file).flatMap((home) => {
      const bodiless = bodilessSummary(home.file.tree, home.node);
      if (bodiless !== undefined) return parameterVerdicts(facts, home.node, bodiless, moved);
      const judgement = this.inquiry.answer(home, ['all']);
      const routines = home.outline?.routines ?? [];
      if (judgement === undefined) return [];
      return routines.flatMap(({ offset }, i) => {
        const { slots } = wholeOf(home.file.tree, home.node + offset);
        const summary = { parameters: judgement.parametersOf(home, i, slots), inlined: [] };
        return parameterVerdicts(facts, home.node + offset, summary, moved);
      });
    });
  }

  parametersOf(file: SourceFile, fn: Node): FunctionSummary['parameters'] | undefined {
    const home = this.functions.homeAt(file, fn);
    const { slots } = wholeOf(file.tree, fn);
    const judgement = home && this.inquiry.answer(home, home.node === fn ? slots : ['all']);
    const routine = home?.outline?.routines.findIndex(({ offset }) => home.node + offset === fn);
    if (home === undefined || routine === undefined || routine < 0) return undefined;
    return routine === 0 ? home.summary?.parameters : judgement?.parametersOf(home, routine, slots);
  }

  leaksOf(file: SourceFile, fn: Node, slot: number): ParameterSummary | undefined {
    return this.summaryFor(file, fn, { slots: [slot], isWhole: false })?.parameters[slot];
  }

  /** What is wanted of a function declaration or method, and perhaps more. */
  summaryFor(file: SourceFile, fn: Node, { slots, isWhole }: Wanted): GrowingSummary | undefined {
    const home = this.functions.homeAt(file, fn);
    if (home?.node !== fn) return undefined;
    return this.inquiry.answer(home, isWhole ? ['all'] : slots) && home.summary;
  }

  costOf(file: SourceFile, fn: Node): number | undefined {
    const home = this.functions.homeAt(file, fn);
    return home && this.inquiry.costOf(home);
  }

  outlineOf(file: SourceFile, fn: Node): Outline | undefined {
    const home = this.functions.homeAt(file, fn);
    const fragment = home && this.inquiry.outlineOf(home);
    return fragment && outlineOf(home, fragment);
  }

  isSeenThrough(file: SourceFile, fn: Node): boolean {
    const facts = this.functions.factsOf(file);
    const maySee = facts !== undefined && resultTypes(facts, fn).some((type) => MAY_HIDE.has(facts.types.underlying(type).kind));
    return maySee && this.costOf(file, fn) !== undefined;
  }
}

const MOST_TIMES = 8;

const MAY_HIDE: ReadonlySet<Type['kind']> = new Set(['function', 'interface', 'type-parameter', 'unknown']);

function isExpression({ kind }: Allocation): boolean {
  return kind !== 'interface' && kind !== 'variadic';
}

function placeOf({ kind, node }: Allocation): string {
  return `${kind} ${node}`;
}

function inSourceOrder(sites: readonly EscapeSite[]): readonly EscapeSite[] {
  return [...sites].sort((a, b) => a.node - b.node);
}
