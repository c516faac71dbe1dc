/**
 * Escape analysis of a package, made on demand: asking about a function analyses the functions it calls first, one strongly
 * connected component of the call graph after the other (Tarjan), each solved twice. What is out of view flows to the heap in
 * the one reading and nowhere in the other, so that `heap` in both is certain.
 */
import { type GoSymbol, NEWEST_GO, type Package, type PackageImporter, type SourceFile, typesOf } from '../model/index.ts';
import { encloses, isBroken, Kind, NONE, type Node } from '../syntax/index.ts';
import { Batch, type Site, type SiteKind, variablesOf } from './batch.ts';
import { analysedFunction, Callees, type KnownFunction } from './callees.ts';
import { capturedBy, heldByReference, type ReferenceCapture } from './closures.ts';
import { costOf } from './cost.ts';
import type { Cost } from './costs.ts';
import { mainNote, type Sink, type Step, sinkOf, stepsOf } from './explain.ts';
import { LocationKind } from './graph.ts';
import { importedSummary } from './imported.ts';
import { inlineCost } from './inline-cost.ts';
import { inlinedAllocations } from './inliner.ts';
import { lowerBody } from './lower-statements.ts';
import { Lowering } from './lowering.ts';
import type { Why } from './notes.ts';
import { type ParameterVerdict, parameterVerdicts } from './parameter-verdicts.ts';
import { bodyOf, type FileFacts, outermostFunction, outermostFunctions } from './program.ts';
import { type Solution, solve } from './solve.ts';
import type { FunctionSummary, Leaks } from './summaries.ts';
import { flowsOf, Names, type Trace, traceOf } from './trace.ts';

export type Verdict = 'heap' | 'stack';

/** An allocation and where it lives. */
export interface EscapeSite {
  readonly kind: SiteKind;
  readonly file: SourceFile;
  /** The allocating expression; of `moved` the declaring identifier. */
  readonly node: Node;
  /** Of `moved`. */
  readonly name: string | undefined;
  /** `inlined` where the node is a call and the allocation stands in the function that it calls. */
  readonly origin: 'own' | 'inlined';
  /** Whether the allocating expression is given to an interface right there, which would put a value on the heap as well. */
  readonly isInInterface: boolean;
  /** What `go build -gcflags=-m` prints, which is not yet what it costs. */
  readonly gcSays: Verdict;
  /** What it costs each time it is reached: this, not the verdict, is what users are told. Worked out when it is read. */
  readonly cost: Cost;
  /** Of heap: `certain` whatever is out of view does; `possible` if that keeps what it gets. */
  readonly certainty: 'certain' | 'possible';
  /** Of heap: what keeps it, and how it comes there. */
  readonly sink: Sink | undefined;
  readonly steps: readonly Step[];
  /** Of heap: how the value's way begins. */
  readonly begins: Why | undefined;
}

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
}

const analyses = new WeakMap<PackageImporter, WeakMap<object, Analysis>>();

/** Kept until the package is let go. */
export function escapeOf(importer: PackageImporter, pkg: Package): PackageEscape {
  const ofImporter = analyses.get(importer) ?? new WeakMap<object, Analysis>();
  analyses.set(importer, ofImporter);
  const known = ofImporter.get(pkg.derived) ?? new Analysis(importer, pkg);
  ofImporter.set(pkg.derived, known);
  return known;
}

/** An outermost function on its way through Tarjan's algorithm. */
interface Vertex extends KnownFunction {
  index: number;
  low: number;
  isOnStack: boolean;
  successors: readonly Vertex[];
  next: number;
  result: Result | undefined;
}

type Summaries = ReadonlyMap<FileFacts, ReadonlyMap<Node, FunctionSummary>>;

interface Result {
  readonly summaries: Summaries;
  readonly sites: readonly EscapeSite[];
}

const NO_RESULT: Result = { summaries: new Map(), sites: [] };

class Analysis implements PackageEscape {
  private readonly facts = new Map<SourceFile, FileFacts>();
  private readonly vertices = new Map<FileFacts, Map<Node, Vertex>>();
  private readonly siteByNode = new Map<Result, Map<SourceFile, ReadonlyMap<Node, EscapeSite>>>();
  private count = 0;

  constructor(
    private readonly importer: PackageImporter,
    private readonly pkg: Package,
  ) {}

  sites(file: SourceFile): readonly EscapeSite[] {
    return sitesOfFile(this.resultsOf(file), file);
  }

  sitesIn(file: SourceFile, fn: Node): readonly EscapeSite[] {
    const result = this.resultAt(file, fn);
    return result === undefined
      ? []
      : sitesOfFile([result], file).filter((site) => site.origin === 'own' && encloses(file.tree, fn, site.node));
  }

  siteAt(file: SourceFile, node: Node): EscapeSite | undefined {
    const result = this.resultAt(file, node);
    return result === undefined ? undefined : this.sitesByNode(result, file).get(node);
  }

  private sitesByNode(result: Result, file: SourceFile): ReadonlyMap<Node, EscapeSite> {
    const ofResult = this.siteByNode.get(result) ?? new Map<SourceFile, ReadonlyMap<Node, EscapeSite>>();
    this.siteByNode.set(result, ofResult);
    const known = ofResult.get(file);
    if (known !== undefined) return known;
    const expressions = result.sites.filter((site) => site.file === file && isExpression(site));
    const byNode = new Map(expressions.map((site) => [site.node, site]));
    ofResult.set(file, byNode);
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
    return this.resultsOf(file).flatMap(({ summaries }) =>
      [...(summaries.get(facts) ?? [])].flatMap(([fn, summary]) => parameterVerdicts(facts, fn, summary, moved)),
    );
  }

  summaryOf(file: SourceFile, fn: Node): FunctionSummary | undefined {
    const facts = this.factsOf(file);
    return facts && this.resultAt(file, fn)?.summaries.get(facts)?.get(fn);
  }

  /** Gathered when first asked for, because most files of a package are never looked into after an edit of one. */
  private factsOf(file: SourceFile): FileFacts | undefined {
    const known = this.facts.get(file);
    if (known !== undefined || !this.pkg.files.includes(file)) return known;
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

  private resultAt(file: SourceFile, node: Node): Result | undefined {
    const facts = this.factsOf(file);
    if (facts === undefined) return undefined;
    const fn = outermostFunction(facts.tree, node) || node;
    const vertex = this.vertexOf({ facts, node: fn });
    return vertex === undefined ? undefined : this.analysed(vertex);
  }

  private resultsOf(file: SourceFile): Result[] {
    const facts = this.factsOf(file);
    if (facts === undefined) return [];
    const results = new Set<Result>();
    for (const node of outermostFunctions(facts.tree)) {
      const vertex = this.vertexOf({ facts, node });
      if (vertex !== undefined) results.add(this.analysed(vertex));
    }
    return [...results];
  }

  /** Undefined for functions with syntax errors or without a body. */
  private vertexOf({ facts, node }: KnownFunction): Vertex | undefined {
    const ofFile = this.vertices.get(facts) ?? new Map<Node, Vertex>();
    this.vertices.set(facts, ofFile);
    const known = ofFile.get(node);
    if (known !== undefined) return known;
    if (isBroken(facts.tree, node) || bodyOf(facts.tree, node) === NONE) return undefined;
    const vertex: Vertex = { facts, node, index: -1, low: 0, isOnStack: false, successors: [], next: 0, result: undefined };
    ofFile.set(node, vertex);
    return vertex;
  }

  private analysed(root: Vertex): Result {
    if (root.result === undefined) this.connect(root);
    return root.result ?? NO_RESULT;
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
      if (vertex.low === vertex.index) this.close(open.splice(open.indexOf(vertex)));
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

  private calledBy({ facts, node }: Vertex): Vertex[] {
    const { tree } = facts;
    const found = new Set<Vertex>();
    for (let row = node; row < tree.next[node]; row++) {
      if (tree.kind[row] !== Kind.call_expression && tree.kind[row] !== Kind.type_conversion_expression) continue;
      const known = analysedFunction((file) => this.factsOf(file), facts, row);
      const callee = known && this.vertexOf({ facts: known.facts, node: outermostFunction(known.facts.tree, known.node) || known.node });
      if (callee !== undefined) found.add(callee);
    }
    return [...found];
  }

  /** In source order, so that which of several ways to the heap is told does not depend on who asked first. */
  private close(component: readonly Vertex[]): void {
    const batch = new Batch();
    const { files } = this.pkg;
    for (const { facts, node } of inSourceOrder(component, files)) batch.add(facts, node);
    const callees = new Callees(
      {
        factsOf: (file) => this.factsOf(file),
        imported: (callee) =>
          importedSummary(this.importer, this.pkg, callee, (pkg, file, fn) => escapeOf(this.importer, pkg).summaryOf(file, fn)),
        summaryOf: ({ facts, node }) => this.vertices.get(facts)?.get(node)?.result?.summaries.get(facts)?.get(node),
      },
      batch,
    );
    for (const routine of batch.routines) lowerBody(new Lowering(batch, callees, routine.facts, routine));
    const result = resultOf(batch, callees);
    for (const vertex of component) {
      vertex.isOnStack = false;
      vertex.result = result;
    }
  }
}

function inSourceOrder(component: readonly Vertex[], files: readonly SourceFile[]): readonly Vertex[] {
  if (component.length === 1) return component;
  const order = new Map(files.map((file, i) => [file, i]));
  const place = ({ facts }: Vertex): number => order.get(facts.file) ?? -1;
  return [...component].sort((a, b) => place(a) - place(b) || a.node - b.node);
}

function sitesOfFile(results: readonly Result[], file: SourceFile): readonly EscapeSite[] {
  return results
    .flatMap((result) => result.sites)
    .filter((site) => site.file === file)
    .sort((a, b) => a.node - b.node);
}

function isExpression(site: EscapeSite): boolean {
  return site.kind !== 'interface' && site.kind !== 'variadic' && site.origin === 'own';
}

function resultOf(batch: Batch, callees: Callees): Result {
  const certain = solve(batch, false);
  const possible = batch.graph.hasMaybe ? solve(batch, true) : certain;
  const names = new Names(batch);
  const sites = batch.sites.map((site) => siteOf(batch, names, site, certain, possible));
  for (const moved of variablesOf(batch)) if (possible.escapes(moved.location)) sites.push(siteOf(batch, names, moved, certain, possible));
  return { sites, summaries: summariesOf(batch, callees, names, certain, possible) };
}

function siteOf(batch: Batch, names: Names, site: Site, certain: Solution, possible: Solution): EscapeSite {
  const { kind, node, location } = site;
  const isInInterface = batch.isGivenToInterface(site.facts, node);
  const base: SiteBase = {
    kind,
    file: site.facts.file,
    node,
    name: site.symbol?.name,
    origin: site.inlinedCost === undefined ? 'own' : 'inlined',
    isInInterface,
  };
  if (!possible.escapes(location)) return stackSite(base, site);
  const isCertain = certain.escapes(location);
  return heapSite(base, site, isCertain ? 'certain' : 'possible', traceOf(batch, isCertain ? certain : possible, names, location));
}

type SiteBase = Pick<EscapeSite, 'kind' | 'file' | 'node' | 'name' | 'origin' | 'isInInterface'>;

function stackSite(base: SiteBase, site: Site): EscapeSite {
  return {
    ...base,
    gcSays: 'stack',
    certainty: 'certain',
    sink: undefined,
    steps: [],
    begins: undefined,
    get cost() {
      return costOf(site, 'stack');
    },
  };
}

/** The words are made when somebody reads them. */
function heapSite(base: SiteBase, site: Site, certainty: EscapeSite['certainty'], trace: Trace): EscapeSite {
  return {
    ...base,
    gcSays: 'heap',
    get cost() {
      return costOf(site, 'heap');
    },
    certainty,
    get begins() {
      const [first] = trace.flows;
      return first === undefined ? undefined : mainNote(first).why;
    },
    get sink() {
      return sinkOf(trace, site.offStack);
    },
    get steps() {
      return stepsOf(trace);
    },
  };
}

function summariesOf(batch: Batch, callees: Callees, names: Names, certain: Solution, possible: Solution): Summaries {
  const summaries = new Map<FileFacts, Map<Node, FunctionSummary>>();
  for (const [i, routine] of batch.routines.entries()) {
    const parameters = batch.parameters[i].map((location) => ({
      certain: leaksOf(batch, names, certain, location),
      possible: leaksOf(batch, names, possible, location),
    }));
    const ofFile = summaries.get(routine.facts) ?? new Map<Node, FunctionSummary>();
    const cost = inlineCost(callees, routine.facts, routine.node);
    const inlined = cost === undefined ? [] : inlinedAllocations(batch, certain, possible, routine);
    summaries.set(routine.facts, ofFile.set(routine.node, { parameters, inlined, cost }));
  }
  return summaries;
}

function leaksOf(batch: Batch, names: Names, solution: Solution, location: number): Leaks {
  const leak = solution.leaks.get(location);
  if (leak === undefined) return { heap: -1, results: [], trace: undefined };
  const results = Array.from(leak.results, (derefs) => (derefs === undefined || (leak.heap >= 0 && leak.heap <= derefs) ? -1 : derefs));
  if (leak.heapPath === undefined) return { heap: leak.heap, results, trace: undefined };
  return { heap: leak.heap, results, trace: leakFlows(batch, names, solution, location, leak.heapPath) };
}

/** Flows of a parameter's value to the heap: its own, then those of the variable that took it there. */
function leakFlows(batch: Batch, names: Names, solution: Solution, location: number, path: { edges: readonly number[]; root: number }) {
  const own = flowsOf(batch, names, path);
  const isCarried = batch.graph.kind[path.root] !== LocationKind.heap && solution.paths.has(path.root);
  if (own.length > 0 && !isCarried) return own;
  return [...own, ...(isCarried || path.root === location ? traceOf(batch, solution, names, path.root).flows : [])];
}
