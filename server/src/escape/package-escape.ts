/**
 * Escape analysis of a package, made on demand: a question about a function goes on to those of its calls that matter for the answer, and no other
 * call is looked into. The components of the call graph that are left are solved one after the other, each twice. What is out of view flows to the
 * heap in the one reading and nowhere in the other, so that `heap` in both is certain.
 * Functions outlive the package object while its files are edited: flows of functions whose text and callees say the same are
 * taken as they are, and a component of such functions is not solved again.
 */
import { type GoSymbol, NEWEST_GO, type Package, type PackageImporter, type SourceFile, typesOf } from '../model/index.ts';
import { encloses, isBroken, Kind, NONE, type Node, type Tree } from '../syntax/index.ts';
import { Batch } from './batch.ts';
import { CallGraph } from './call-graph.ts';
import { callNamesIn } from './call-names.ts';
import { CallPrices } from './call-prices.ts';
import { analysedFunction, type CalleeSources, Callees, type Summarised } from './callees.ts';
import { capturedBy, heldByReference, type ReferenceCapture } from './closures.ts';
import type { Answers } from './component.ts';
import { Demand, type Question } from './demand.ts';
import { type Answer, type Fragment, fragmentOf, isStanding, takesOver } from './fragment.ts';
import { Home, Homes } from './homes.ts';
import { importedFunction, isStandard, standardSummary } from './imported.ts';
import { type EscapeSite, type Judgement, judgementOf } from './judgement.ts';
import { lowerRoutines } from './lower-statements.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type ParameterVerdict, parameterVerdicts } from './parameter-verdicts.ts';
import { bodyOf, type FileFacts, outermostFunction, signatureOf } from './program.ts';
import { type Port, StandIn } from './stand-ins.ts';
import { storedCost, storedSummary } from './stored-summaries.ts';
import { type DeclaredCallee, type FunctionSummary, type GrowingSummary, type ParameterSummary, renewed, type Wanted } from './summaries.ts';

export interface CapturedVariable {
  readonly symbol: GoSymbol;
  /** What makes the closure hold the variable's address. */
  readonly cause: ReferenceCapture | undefined;
}

export interface PackageEscape {
  /** Allocations in functions of the file in source order; code with syntax errors and package initialisers have none. */
  sites(file: SourceFile): readonly EscapeSite[];
  /** Those written in one function declaration or method, for which only what it calls is analysed with it. */
  sitesIn(file: SourceFile, fn: Node): readonly EscapeSite[];
  /** The allocation at a node: an allocating expression, or a variable's declaring identifier. Not boxes and argument lists. */
  siteAt(file: SourceFile, node: Node): EscapeSite | undefined;
  /** Variables of functions around a literal that it uses, for which nothing is analysed. */
  captures(file: SourceFile, literal: Node): readonly CapturedVariable[];
  /** Parameters that can hold a pointer, receivers first, function by function; of generic functions and broken ones there is nothing. */
  parameters(file: SourceFile): readonly ParameterVerdict[];
  /** All that callers need to know; undefined when the function has no body in view. */
  summaryOf(file: SourceFile, fn: Node): FunctionSummary | undefined;
  /** What becomes of one parameter of a function declaration or method, by its slot, receiver first. */
  leaksOf(file: SourceFile, fn: Node, slot: number): ParameterSummary | undefined;
  /** The same without a look into what it calls; undefined where it has no body in view. */
  outlineOf(file: SourceFile, fn: Node): Outline | undefined;
  /** Nodes of the inliner's budget that a call of a function declaration or method costs; undefined where it is not inlined. */
  costOf(file: SourceFile, fn: Node): number | undefined;
}

const analyses = new WeakMap<PackageImporter, WeakMap<object, Analysis>>();
/** Functions of packages that are being edited, by what stands for such a package. */
const memories = new WeakMap<object, Memory>();

/** Functions of a package, and the analysis that they serve: the newest. */
interface Memory {
  readonly homes: Homes;
  /** Of functions of other packages. */
  readonly standIns: WeakMap<SourceFile, Map<Node, StandIn>>;
  current: Analysis;
}

/** Kept until the package is let go. */
export function escapeOf(importer: PackageImporter, pkg: Package): PackageEscape {
  return analysisOf(importer, pkg);
}

function analysisOf(importer: PackageImporter, pkg: Package): Analysis {
  const ofImporter = analyses.get(importer) ?? new WeakMap<object, Analysis>();
  analyses.set(importer, ofImporter);
  const known = ofImporter.get(pkg.derived);
  if (known?.isCurrent() === true) return known;
  const analysis = new Analysis(importer, pkg);
  ofImporter.set(pkg.derived, analysis);
  return analysis;
}

class Analysis implements PackageEscape {
  private readonly facts = new Map<SourceFile, FileFacts>();
  private readonly graph: CallGraph;
  private readonly demands = new Map<Home, Demand>();
  private readonly sitesByHome = new Map<Home, ReadonlyMap<Node, EscapeSite>>();
  private readonly memory: Memory;
  private readonly prices: CallPrices;

  constructor(
    private readonly importer: PackageImporter,
    private readonly pkg: Package,
  ) {
    const factsOf = (file: SourceFile): FileFacts => this.gather(file);
    const lineage = importer.lineageOf?.(pkg);
    const known = lineage && memories.get(lineage);
    const isKept = known?.homes.moveTo(pkg, factsOf) === true;
    this.memory = known !== undefined && isKept ? known : { homes: new Homes(pkg, factsOf), standIns: new WeakMap(), current: this };
    this.memory.current = this;
    if (lineage !== undefined) memories.set(lineage, this.memory);
    this.graph = new CallGraph({
      named: (home) => this.namedBy(home).filter(isAnalysed),
      called: (home) => this.calledBy(home).filter(isAnalysed),
      found: (homes) => this.open(inSourceOrder(homes, this.memory.homes)),
    });
    this.prices = new CallPrices({
      ...this.inView,
      imported: (callee) => this.imported(callee),
      areInCircle: (one, other) => this.graph.mayCircle(one, other) && this.demandOn(one).members.includes(other),
      before: (home) => this.graph.before(home),
    });
  }

  /** False once its functions serve a later state of the package. */
  isCurrent(): boolean {
    return this.memory.current === this;
  }

  sites(file: SourceFile): readonly EscapeSite[] {
    return this.homesOf(file).flatMap((home) => this.sitesAt(home, 'all'));
  }

  sitesIn(file: SourceFile, fn: Node): readonly EscapeSite[] {
    const home = this.homeAt(file, fn);
    if (home === undefined) return [];
    return this.sitesAt(home, 'sites').filter((site) => site.origin === 'own' && encloses(file.tree, fn, site.node));
  }

  siteAt(file: SourceFile, node: Node): EscapeSite | undefined {
    const home = this.homeAt(file, node);
    return home && this.sitesByNode(home).get(node);
  }

  /** In source order. */
  private sitesAt(home: Home, question: Question): readonly EscapeSite[] {
    return [...(this.answer(home, [question])?.sites.get(home) ?? [])].sort((a, b) => a.node - b.node);
  }

  private sitesByNode(home: Home): ReadonlyMap<Node, EscapeSite> {
    const known = this.sitesByHome.get(home);
    if (known !== undefined) return known;
    const expressions = (this.answer(home, ['sites'])?.sites.get(home) ?? []).filter(isExpression);
    const byNode = new Map(expressions.map((site) => [site.node, site]));
    this.sitesByHome.set(home, byNode);
    return byNode;
  }

  captures(file: SourceFile, literal: Node): readonly CapturedVariable[] {
    const facts = this.factsOf(file);
    if (facts === undefined) return [];
    return capturedBy(facts, literal).map((symbol) => ({ symbol, cause: heldByReference(facts, symbol) }));
  }

  parameters(file: SourceFile): readonly ParameterVerdict[] {
    const facts = this.factsOf(file);
    if (facts === undefined) return [];
    const moved = new Set(this.sites(file).flatMap(({ kind, gcSays, node }) => (kind === 'moved' && gcSays === 'heap' ? [node] : [])));
    return this.homesOf(file).flatMap((home) => {
      const judgement = this.answer(home, ['all']);
      const routines = home.outline?.routines ?? [];
      if (judgement === undefined) return [];
      return routines.flatMap(({ offset }, i) => {
        const { slots } = wholeOf(home.file.tree, home.node + offset);
        const summary = { parameters: judgement.parametersOf(home, i, slots), inlined: [] };
        return parameterVerdicts(facts, home.node + offset, summary, moved);
      });
    });
  }

  summaryOf(file: SourceFile, fn: Node): FunctionSummary | undefined {
    const home = this.homeAt(file, fn);
    const judgement = home && this.answer(home, ['all']);
    const routine = home?.outline?.routines.findIndex(({ offset }) => home.node + offset === fn);
    if (home === undefined || routine === undefined || routine < 0) return undefined;
    if (routine === 0) return home.summary;
    return judgement && { parameters: judgement.parametersOf(home, routine, wholeOf(file.tree, fn).slots), inlined: [] };
  }

  leaksOf(file: SourceFile, fn: Node, slot: number): ParameterSummary | undefined {
    return this.summaryFor(file, fn, { slots: [slot], isWhole: false })?.parameters[slot];
  }

  /** What is wanted of a function declaration or method, and perhaps more. */
  summaryFor(file: SourceFile, fn: Node, { slots, isWhole }: Wanted): GrowingSummary | undefined {
    const home = this.homeAt(file, fn);
    if (home?.node !== fn) return undefined;
    return this.answer(home, isWhole ? ['all'] : slots) && home.summary;
  }

  costOf(file: SourceFile, fn: Node): number | undefined {
    const home = this.homeAt(file, fn);
    return home === undefined || !isAnalysed(home) ? undefined : this.prices.of(home);
  }

  outlineOf(file: SourceFile, fn: Node): Outline | undefined {
    const home = this.homeAt(file, fn);
    if (home === undefined || !isAnalysed(home)) return undefined;
    return outlineOf(home, { ...this.inView, costOf: (each) => this.prices.of(each), standard: (callee) => this.standard(callee) });
  }

  private get inView(): Pick<CalleeSources, 'factsOf' | 'homeOf'> {
    return { factsOf: (file) => this.factsOf(file), homeOf: ({ facts, node }) => this.homeAt(facts.file, node) };
  }

  /** Undefined for a file that the analysis may not look into. */
  private factsOf(file: SourceFile): FileFacts | undefined {
    return this.facts.get(file) ?? (this.pkg.files.includes(file) ? this.gather(file) : undefined);
  }

  /** When first asked for, because most files of a package are never looked into after an edit of one. */
  private gather(file: SourceFile): FileFacts {
    const known = this.facts.get(file);
    if (known !== undefined) return known;
    const types = typesOf(this.importer, this.pkg, file);
    const facts: FileFacts = {
      file,
      tree: file.tree,
      package: this.pkg,
      scopes: types.scopes,
      types,
      compiler: this.importer.compiler ?? NEWEST_GO,
    };
    this.facts.set(file, facts);
    return facts;
  }

  private homesOf(file: SourceFile): readonly Home[] {
    return this.memory.homes.fileOf(file)?.homes ?? [];
  }

  private homeAt(file: SourceFile, node: Node): Home | undefined {
    return this.memory.homes.fileOf(file)?.homeAt(outermostFunction(file.tree, node) || node);
  }

  /** Undefined for functions with syntax errors or without a body. */
  private answer(home: Home, questions: readonly Question[]): Judgement | undefined {
    if (!isAnalysed(home)) return undefined;
    const demand = this.demandOn(home);
    for (const question of questions) if (!demand.isAsked(home, question)) this.ask(home, question);
    if (demand.judgement === undefined) this.settle(demand);
    return demand.judgement;
  }

  private demandOn(home: Home): Demand {
    this.graph.find(home);
    const demand = this.demands.get(home);
    if (demand === undefined) throw new Error(`no component has the function at row ${home.node} of ${home.file.source.path}`);
    return demand;
  }

  /** Asks on, function by function, and what was asked about these before, so that what is known of them stands. */
  private ask(root: Home, first: Question): void {
    const open: (readonly [Home, Question])[] = [[root, first]];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const [home, asked] = next;
      const demand = this.demandOn(home);
      // Where the linker lays out a variable, it looks at what is inlined.
      const question = home.file.tree.kind[home.node] === Kind.var_spec ? 'all' : asked;
      if (demand.isAsked(home, question)) continue;
      home.asked.add(question);
      const ports = demand.ask(home, question);
      if (demand.judgement !== undefined) this.grow(home, demand, demand.judgement);
      for (const port of ports) {
        const { callee } = port.standIn;
        if (!(callee instanceof Home)) continue;
        demand.below.add(this.demandOn(callee));
        open.push([callee, port.slot]);
      }
      if (question === 'all') for (const callee of this.inlinedInto(demand)) open.push([callee, 'all']);
      // Functions in a circle are solved together, so that all that may be asked about them is asked at once.
      if (demand.members.length > 1) for (const member of demand.members) for (const each of demand.questionsAbout(member)) open.push([member, each]);
      for (const member of demand.members) for (const known of member.asked) if (!demand.isAsked(member, known)) open.push([member, known]);
    }
  }

  private inlinedInto(demand: Demand): readonly Home[] {
    return demand.outlines.flatMap(({ fragment }) =>
      [...fragment.rests.answers.keys()].filter((callee) => {
        const isInlined = !demand.members.includes(callee) && this.isInlined(callee);
        if (isInlined) demand.below.add(this.demandOn(callee));
        return isInlined;
      }),
    );
  }

  /** Works out what is not known yet, what is called first. */
  private settle(root: Demand): void {
    const seen = new Set<Demand>([root]);
    const path = [{ demand: root, below: [...root.below] }];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = at.below.pop();
      if (next === undefined) {
        this.judge(at.demand);
        path.pop();
      } else if (next.judgement === undefined && !seen.has(next)) {
        seen.add(next);
        path.push({ demand: next, below: [...next.below] });
      }
    }
  }

  /** In source order, so that which of several ways to the heap is told does not depend on who asked first. */
  private judge(demand: Demand): void {
    const members = demand.isWhole ? demand.members.map((home) => ({ home, fragment: this.whole(home, demand) })) : demand.outlines;
    const judgement = judgementOf(members, this.answersFor(demand));
    for (const home of demand.members) this.grow(home, demand, judgement);
    demand.judgement = judgement;
  }

  private answersFor({ relevant }: Demand): Answers {
    const slots = new Map<StandIn, number[]>();
    for (const { standIn, slot } of relevant) slots.set(standIn, [...(slots.get(standIn) ?? []), slot]);
    const answers = new Map<Port, ParameterSummary>();
    for (const [{ callee, ports }, asked] of slots) {
      const summary = callee instanceof Home ? callee.summary : this.importedSummary(callee, { slots: asked, isWhole: false });
      for (const slot of asked) {
        const parameter = summary?.parameters[slot];
        if (parameter !== undefined) answers.set(ports[slot], parameter);
      }
    }
    return answers;
  }

  /** Tells callers all that they asked for. */
  private grow(home: Home, demand: Demand, judgement: Judgement): void {
    const slots = demand.slotsAsked(home);
    const isWhole = demand.isAsked(home, 'all');
    const inlined = isWhole && this.isInlined(home) ? judgement.inlinedOf(home) : [];
    home.summary = renewed(home.summary, { parameters: judgement.parametersOf(home, 0, slots), inlined, isWhole });
  }

  private calledBy(home: Home): readonly Home[] {
    if (home.calls?.version !== home.version) home.calls = { version: home.version, homes: this.callsIn(home) };
    return home.calls.homes;
  }

  private callsIn({ facts, node }: Home): readonly Home[] {
    const { tree } = facts;
    const found = new Set<Home>();
    for (let row = node; row < tree.next[node]; row++) {
      if (tree.kind[row] !== Kind.call_expression && tree.kind[row] !== Kind.type_conversion_expression) continue;
      const known = analysedFunction((file) => this.factsOf(file), facts, row);
      const callee = known && this.homeAt(known.facts.file, known.node);
      if (callee !== undefined) found.add(callee);
    }
    return [...found];
  }

  private namedBy(home: Home): readonly Home[] {
    if (home.named?.version !== home.version) home.named = { version: home.version, homes: this.memory.homes.named(callNamesIn(home.file.tree, home.node)) };
    return home.named.homes;
  }

  private open(members: readonly Home[]): void {
    const demand: Demand = new Demand(members, () => members.map((home) => ({ home, fragment: this.outlined(home, demand) })));
    for (const home of members) this.demands.set(home, demand);
  }

  /** The known one where its text and what it rests on are the same. */
  private outlined(home: Home, { members }: Pick<Demand, 'members'>): Fragment {
    const answerOf = (callee: Home): Answer => (members.includes(callee) ? 'same component' : this.standInOf(callee));
    const known = home.outline;
    if (known?.version === home.version && isStanding(known.rests, { ...this.sources, answerOf })) return known;
    const made = lowered(home, { ...this.sources, answerOf });
    if (known === undefined || !takesOver(known, made)) home.outline = made;
    return home.outline ?? made;
  }

  /** With what calls that are inlined allocate, of which all is known. */
  private whole(home: Home, demand: Demand): Fragment {
    const known = home.whole;
    const sources: CalleeSources = {
      ...this.sources,
      answerOf: (callee) => {
        const standIn = demand.members.includes(callee) ? 'same component' : this.standInOf(callee);
        return standIn === undefined || standIn === 'same component' ? standIn : standIn.with(this.isInlined(callee) ? callee.summary?.inlined ?? [] : []);
      },
      imported: (callee) => {
        const found = this.imported(callee);
        if (!(found?.summary instanceof StandIn)) return found;
        return { ...found, summary: found.summary.with(found.cost() === undefined ? [] : (found.whole()?.inlined ?? [])) };
      },
    };
    if (known?.version === home.version && isStanding(known.rests, sources)) return known;
    const made = lowered(home, sources);
    if (known === undefined || !takesOver(known, made)) home.whole = made;
    return home.whole ?? made;
  }

  private isInlined(home: Home): boolean {
    return isAnalysed(home) && this.prices.of(home) !== undefined;
  }

  private get sources(): Omit<CalleeSources, 'answerOf'> {
    return { ...this.inView, costOf: (callee) => this.prices.of(callee), imported: (callee) => this.imported(callee) };
  }

  /** Undefined for a function of the package that cannot be analysed. */
  private standInOf(home: Home): StandIn | undefined {
    if (!isAnalysed(home)) return undefined;
    home.standIn ??= new StandIn(home.file.tree, home.node, home);
    return home.standIn;
  }

  /** The compiler's words, or what stands for a function of another package in view. */
  private imported(callee: DeclaredCallee): Summarised | undefined {
    if (isStandard(this.importer, callee)) return this.standard(callee);
    const found = importedFunction(this.importer, this.pkg, callee);
    if (found === undefined || !hasBody(found.file.tree, found.node)) return undefined;
    const { pkg, file, node } = found;
    return {
      summary: this.standInFor(callee, file, node),
      cost: () => storedCost(this.importer, pkg, file, node, () => analysisOf(this.importer, pkg).costOf(file, node)),
      whole: () => this.importedSummary(callee, wholeOf(file.tree, node)),
    };
  }

  private standard(callee: DeclaredCallee): Summarised | undefined {
    const summary = standardSummary(this.importer, callee);
    return summary && { summary, cost: () => summary.cost, whole: () => summary };
  }

  private standInFor(callee: DeclaredCallee, file: SourceFile, fn: Node): StandIn {
    const ofFile = this.memory.standIns.get(file) ?? new Map<Node, StandIn>();
    this.memory.standIns.set(file, ofFile);
    const standIn = ofFile.get(fn) ?? new StandIn(file.tree, fn, callee);
    ofFile.set(fn, standIn);
    return standIn;
  }

  private importedSummary(callee: DeclaredCallee, wanted: Wanted): FunctionSummary | undefined {
    const found = importedFunction(this.importer, this.pkg, callee);
    if (found === undefined) return undefined;
    const { pkg, file, node } = found;
    const analyse = (): GrowingSummary | undefined => analysisOf(this.importer, pkg).summaryFor(file, node, wanted);
    return storedSummary(this.importer, pkg, file, node, wanted, analyse);
  }
}

/** Nothing is said of functions with syntax errors or without a body. */
function isAnalysed({ file: { tree }, node }: Home): boolean {
  return hasBody(tree, node);
}

function hasBody(tree: Tree, fn: Node): boolean {
  return !isBroken(tree, fn) && bodyOf(tree, fn) !== NONE;
}

function lowered(home: Home, sources: CalleeSources): Fragment {
  const batch = new Batch(home);
  const callees = new Callees(sources, batch);
  lowerRoutines(batch, callees);
  return fragmentOf(batch, home, callees);
}

function wholeOf(tree: Tree, fn: Node): Wanted {
  return { slots: signatureOf(tree, fn).parameters.map((_, slot) => slot), isWhole: true };
}

function inSourceOrder(homes: readonly Home[], { files }: Homes): readonly Home[] {
  if (homes.length === 1) return homes;
  const order = new Map(files.map((file, i) => [file, i]));
  const place = ({ file }: Home): number => order.get(file) ?? -1;
  return [...homes].sort((a, b) => place(a) - place(b) || a.node - b.node);
}

function isExpression(site: EscapeSite): boolean {
  return site.kind !== 'interface' && site.kind !== 'variadic' && site.origin === 'own';
}
