/**
 * Escape analysis of a package, made on demand: asking about a function analyses the functions it calls first, one strongly
 * connected component of the call graph after the other (Tarjan), each solved twice. What is out of view flows to the heap in
 * the one reading and nowhere in the other, so that `heap` in both is certain.
 * Functions outlive the package object while its files are edited: flows of functions whose text and callees say the same are
 * taken as they are, and a component of such functions is not solved again.
 */
import { type GoSymbol, NEWEST_GO, type Package, type PackageImporter, type SourceFile, typesOf } from '../model/index.ts';
import { encloses, isBroken, Kind, NONE, type Node } from '../syntax/index.ts';
import { Batch } from './batch.ts';
import { type CallPrice, CallPrices } from './call-prices.ts';
import { analysedFunction, type CalleeSources, Callees } from './callees.ts';
import { capturedBy, heldByReference, type ReferenceCapture } from './closures.ts';
import { type Answer, type Fragment, fragmentOf, type Rests, takesOver } from './fragment.ts';
import { type Home, Homes } from './homes.ts';
import { importedFunction, importedSummary, isStandard, standardSummary } from './imported.ts';
import { inlineCost } from './inline-cost.ts';
import { type EscapeSite, type Judgement, judgementOf } from './judgement.ts';
import { lowerRoutines } from './lower-statements.ts';
import { type Outline, outlineOf } from './outline.ts';
import { type ParameterVerdict, parameterVerdicts } from './parameter-verdicts.ts';
import { bodyOf, type FileFacts, outermostFunction } from './program.ts';
import type { DeclaredCallee, FunctionSummary } from './summaries.ts';

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
  /** What callers need to know; undefined when the function has no body in view. */
  summaryOf(file: SourceFile, fn: Node): FunctionSummary | undefined;
  /** The same without a look into what it calls; undefined where it has no body in view. */
  outlineOf(file: SourceFile, fn: Node): Outline | undefined;
  /** What a call of a function declaration or method costs the inliner. */
  priceOf(file: SourceFile, fn: Node): CallPrice | undefined;
}

const analyses = new WeakMap<PackageImporter, WeakMap<object, Analysis>>();
/** Functions of packages that are being edited, by what stands for such a package. */
const memories = new WeakMap<object, Memory>();

/** Functions of a package, and the analysis that they serve: the newest. */
interface Memory {
  readonly homes: Homes;
  current: Analysis;
}

/** Kept until the package is let go. */
export function escapeOf(importer: PackageImporter, pkg: Package): PackageEscape {
  const ofImporter = analyses.get(importer) ?? new WeakMap<object, Analysis>();
  analyses.set(importer, ofImporter);
  const known = ofImporter.get(pkg.derived);
  if (known?.isCurrent() === true) return known;
  const analysis = new Analysis(importer, pkg);
  ofImporter.set(pkg.derived, analysis);
  return analysis;
}

/** An outermost function on its way through Tarjan's algorithm. */
interface Vertex {
  readonly home: Home;
  index: number;
  low: number;
  isOnStack: boolean;
  successors: readonly Vertex[];
  next: number;
  result: Judgement | undefined;
}

const NO_VERTEX = { index: -1, low: 0, isOnStack: false, successors: [], next: 0, result: undefined } as const;

class Analysis implements PackageEscape {
  private readonly facts = new Map<SourceFile, FileFacts>();
  private readonly vertices = new Map<Home, Vertex>();
  private readonly sitesByHome = new Map<Home, ReadonlyMap<Node, EscapeSite>>();
  private readonly memory: Memory;
  private readonly prices: CallPrices;
  private count = 0;

  constructor(
    private readonly importer: PackageImporter,
    private readonly pkg: Package,
  ) {
    const factsOf = (file: SourceFile): FileFacts => this.gather(file);
    const lineage = importer.lineageOf?.(pkg);
    const known = lineage && memories.get(lineage);
    const isKept = known?.homes.moveTo(pkg, factsOf) === true;
    this.memory = known !== undefined && isKept ? known : { homes: new Homes(pkg, factsOf), current: this };
    this.memory.current = this;
    if (lineage !== undefined) memories.set(lineage, this.memory);
    this.prices = new CallPrices({ ...this.inView, imported: (callee) => this.importedPrice(callee) });
  }

  /** False once its functions serve a later state of the package. */
  isCurrent(): boolean {
    return this.memory.current === this;
  }

  sites(file: SourceFile): readonly EscapeSite[] {
    return this.homesOf(file).flatMap((home) => this.sitesAt(home));
  }

  sitesIn(file: SourceFile, fn: Node): readonly EscapeSite[] {
    const home = this.homeAt(file, fn);
    if (home === undefined) return [];
    return this.sitesAt(home).filter((site) => site.origin === 'own' && encloses(file.tree, fn, site.node));
  }

  siteAt(file: SourceFile, node: Node): EscapeSite | undefined {
    const home = this.homeAt(file, node);
    return home && this.sitesByNode(home).get(node);
  }

  /** In source order. */
  private sitesAt(home: Home): readonly EscapeSite[] {
    return [...(this.resultAt(home)?.sites.get(home) ?? [])].sort((a, b) => a.node - b.node);
  }

  private sitesByNode(home: Home): ReadonlyMap<Node, EscapeSite> {
    const known = this.sitesByHome.get(home);
    if (known !== undefined) return known;
    const expressions = (this.resultAt(home)?.sites.get(home) ?? []).filter(isExpression);
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
    return this.homesOf(file).flatMap((home) =>
      (this.resultAt(home)?.summaries.get(home) ?? []).flatMap((summary, i) => {
        const routine = home.fragment?.routines[i];
        return routine === undefined ? [] : parameterVerdicts(facts, home.node + routine.offset, summary, moved);
      }),
    );
  }

  summaryOf(file: SourceFile, fn: Node): FunctionSummary | undefined {
    const home = this.homeAt(file, fn);
    const summaries = home && this.resultAt(home)?.summaries.get(home);
    const routine = home?.fragment?.routines.findIndex(({ offset }) => home.node + offset === fn);
    return routine === undefined ? undefined : summaries?.[routine];
  }

  outlineOf(file: SourceFile, fn: Node): Outline | undefined {
    const home = this.homeAt(file, fn);
    if (home === undefined || this.vertexOf(home) === undefined) return undefined;
    const standard = (callee: DeclaredCallee): FunctionSummary | undefined => standardSummary(this.importer, callee);
    return outlineOf(home, { ...this.inView, standard }, this.prices.of(home));
  }

  priceOf(file: SourceFile, fn: Node): CallPrice | undefined {
    const home = this.homeAt(file, fn);
    return home && this.prices.of(home);
  }

  private importedPrice(callee: DeclaredCallee): CallPrice | undefined {
    if (isStandard(this.importer, callee)) {
      const cost = standardSummary(this.importer, callee)?.cost;
      return { usual: cost, least: cost };
    }
    const found = importedFunction(this.importer, this.pkg, callee);
    return found && escapeOf(this.importer, found.pkg).priceOf(found.file, found.node);
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

  private resultAt(home: Home): Judgement | undefined {
    const vertex = this.vertexOf(home);
    if (vertex !== undefined && vertex.result === undefined) this.connect(vertex);
    return vertex?.result;
  }

  /** Undefined for functions with syntax errors or without a body. */
  private vertexOf(home: Home): Vertex | undefined {
    const known = this.vertices.get(home);
    if (known !== undefined) return known;
    const { tree } = home.file;
    if (isBroken(tree, home.node) || bodyOf(tree, home.node) === NONE) return undefined;
    const vertex: Vertex = { home, ...NO_VERTEX };
    this.vertices.set(home, vertex);
    return vertex;
  }

  /** Tarjan's algorithm from one function, with a stack of its own in place of recursion. */
  private connect(root: Vertex): void {
    const path: Vertex[] = [];
    const open: Vertex[] = [];
    this.enter(root, path, open);
    for (let vertex = path.at(-1); vertex !== undefined; vertex = path.at(-1)) {
      const successor = vertex.successors[vertex.next];
      if (successor !== undefined) {
        vertex.next++;
        if (successor.index < 0) this.enter(successor, path, open);
        else if (successor.isOnStack) vertex.low = Math.min(vertex.low, successor.index);
        continue;
      }
      path.pop();
      const caller = path.at(-1);
      if (caller !== undefined) caller.low = Math.min(caller.low, vertex.low);
      if (vertex.low === vertex.index) this.close(open.splice(open.lastIndexOf(vertex)));
    }
  }

  private enter(vertex: Vertex, path: Vertex[], open: Vertex[]): void {
    vertex.index = this.count++;
    vertex.low = vertex.index;
    vertex.isOnStack = true;
    vertex.successors = this.calledBy(vertex);
    path.push(vertex);
    open.push(vertex);
  }

  private calledBy(vertex: Vertex): Vertex[] {
    const { home } = vertex;
    if (home.calls?.version !== home.version) home.calls = { version: home.version, homes: this.callsIn(home) };
    return home.calls.homes.flatMap((callee) => this.vertexOf(callee) ?? []);
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

  /** In source order, so that which of several ways to the heap is told does not depend on who asked first. */
  private close(vertices: readonly Vertex[]): void {
    const homes = new Set(vertices.map(({ home }) => home));
    const answerOf = (home: Home): Answer => (homes.has(home) ? 'same component' : this.vertexOf(home)?.result?.summaries.get(home)?.[0]);
    const members = inSourceOrder([...homes], this.memory.homes).map((home) => ({ home, fragment: this.fragmentAt(home, answerOf) }));
    const result = judgementOf(members);
    for (const vertex of vertices) {
      vertex.isOnStack = false;
      vertex.result = result;
    }
  }

  /** The known one where its text and what it rests on are the same. */
  private fragmentAt(home: Home, answerOf: (home: Home) => Answer): Fragment {
    const known = home.fragment;
    if (known?.version === home.version && isStanding(known.rests, answerOf)) return known;
    const made = this.lowered(home, answerOf);
    if (known !== undefined && takesOver(known, made)) return known;
    home.fragment = made;
    return made;
  }

  private lowered(home: Home, answerOf: (home: Home) => Answer): Fragment {
    const batch = new Batch(home);
    const callees = new Callees(
      {
        ...this.inView,
        imported: (callee) =>
          importedSummary(this.importer, this.pkg, callee, (pkg, file, fn) => escapeOf(this.importer, pkg).summaryOf(file, fn)),
        answerOf,
      },
      batch,
    );
    lowerRoutines(batch, callees);
    const costs = batch.routines.slice(0, batch.own).map(({ facts, node }) => inlineCost(callees, facts, node));
    return fragmentOf(batch, home, costs, callees);
  }
}

function isStanding({ answers, read }: Rests, answerOf: (home: Home) => Answer): boolean {
  for (const [home, answer] of answers) if (answerOf(home) !== answer) return false;
  for (const [home, version] of read) if (home.version !== version) return false;
  return true;
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
