/**
 * The functions of a package as the escape analysis sees them: what the model knows of their files, what they call, and what is known of functions of
 * other packages. They outlive the package object while its files are edited.
 */
import { Memo } from '../base/index.ts';
import { NEWEST_GO, type Package, type PackageImporter, type SourceFile, typesOf } from '../model/index.ts';
import { childOf, Field, isBroken, Kind, NONE, type Node, type Tree, textOf } from '../syntax/index.ts';
import { CallGraph } from './calls/call-graph.ts';
import { calledMethod, callNamesIn, mayBeFunctionValue, nameIn } from './calls/call-names.ts';
import { analysedFunction, type CalleeSources, functionValue, type Summarised, summarised } from './calls/callees.ts';
import { StandIn } from './flows/stand-ins.ts';
import { type Home, Homes } from './homes.ts';
import { bodyOf, type FileFacts, outermostFunction, signatureOf } from './program.ts';
import { bodilessSummary } from './summaries/bodiless.ts';
import { type ImportedFunction, importedFunction, isStandard, standardSummary } from './summaries/imported.ts';
import { storedCost, storedSummary } from './summaries/stored.ts';
import type { DeclaredCallee, FunctionSummary, GrowingSummary, Wanted } from './summaries/summaries.ts';

/** What the analyses of other packages say of their functions. */
export interface Neighbours {
  /** See `Summarised`. */
  costOf(fn: ImportedFunction): number | undefined;
  /** What is wanted of the function, and perhaps more. */
  summaryOf(fn: ImportedFunction, wanted: Wanted): GrowingSummary | undefined;
}

/** What is kept through edits, and whom it serves: the newest state of the package. */
interface Memory {
  readonly homes: Homes;
  /** Of functions of other packages. */
  readonly standIns: WeakMap<SourceFile, Map<Node, StandIn>>;
  graph: CallGraph | undefined;
  current: PackageFunctions;
}

/** Functions of packages that are being edited, by what stands for such a package. */
const memories = new WeakMap<object, Memory>();

export class PackageFunctions {
  private readonly facts = new Map<SourceFile, FileFacts>();
  private readonly memory: Memory;
  private readonly names = new Memo((homes: ReadonlySet<Home>) => new Set([...homes].map(nameOf)));

  constructor(
    private readonly importer: PackageImporter,
    private readonly pkg: Package,
    private readonly neighbours: Neighbours,
  ) {
    const factsOf = (file: SourceFile): FileFacts => this.gather(file);
    const lineage = importer.lineageOf?.(pkg);
    const known = lineage && memories.get(lineage);
    const isKept = known?.homes.moveTo(pkg, factsOf) === true;
    this.memory =
      known !== undefined && isKept ? known : { homes: new Homes(pkg, factsOf), standIns: new WeakMap(), graph: undefined, current: this };
    this.memory.current = this;
    if (lineage !== undefined) memories.set(lineage, this.memory);
  }

  /** False once the functions serve a later state of the package. */
  get areCurrent(): boolean {
    return this.memory.current === this;
  }

  get inView(): Pick<CalleeSources, 'factsOf' | 'homeOf'> {
    return { factsOf: (file) => this.factsOf(file), homeOf: ({ facts, node }) => this.homeAt(facts.file, node) };
  }

  /** Undefined for a file that the analysis may not look into. */
  factsOf(file: SourceFile): FileFacts | undefined {
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

  homesOf(file: SourceFile): readonly Home[] {
    return this.memory.homes.fileOf(file)?.homes ?? [];
  }

  homeAt(file: SourceFile, node: Node): Home | undefined {
    return this.memory.homes.fileOf(file)?.homeAt(outermostFunction(file.tree, node) || node);
  }

  inSourceOrder(homes: readonly Home[]): readonly Home[] {
    if (homes.length === 1) return homes;
    const order = new Map(this.memory.homes.files.map((file, i) => [file, i]));
    const place = ({ file }: Home): number => order.get(file) ?? -1;
    return [...homes].sort((a, b) => place(a) - place(b) || a.node - b.node);
  }

  /** Of the state that the functions serve. */
  get callGraph(): CallGraph {
    const { memory } = this;
    if (memory.graph === undefined || !memory.graph.isStanding())
      memory.graph = new CallGraph({
        named: (home) => memory.current.namedBy(home),
        called: (home, circle) => memory.current.calledBy(home, circle),
      });
    return memory.graph;
  }

  /** Those of the functions that it calls, or whose values it uses: gc follows both (ir/scc.go). */
  calledBy(home: Home, circle: ReadonlySet<Home>): readonly Home[] {
    const { version } = home;
    if (home.calls?.version !== version || home.calls.circle !== circle)
      home.calls = { version, circle, homes: this.callsIn(home, circle) };
    return home.calls.homes;
  }

  private callsIn({ facts, node }: Home, circle: ReadonlySet<Home>): readonly Home[] {
    const { tree } = facts;
    const names = this.names.get(circle);
    const found = new Set<Home>();
    for (let row = node; row < tree.next[node]; row++) {
      const isCall = tree.kind[row] === Kind.call_expression || tree.kind[row] === Kind.type_conversion_expression;
      if (!isCall && !mayBeFunctionValue(tree, row)) continue;
      // Which type a method is of costs most to tell.
      const name = isCall ? calledMethod(tree, row) : nameIn(tree, row);
      if (name !== undefined && !names.has(name)) continue;
      const factsOf = (file: SourceFile): FileFacts | undefined => this.factsOf(file);
      const known = isCall ? analysedFunction(factsOf, facts, row) : functionValue(factsOf, facts, row);
      const callee = known && this.homeAt(known.facts.file, known.node);
      if (callee !== undefined && circle.has(callee)) found.add(callee);
    }
    return [...found];
  }

  /** Functions of the package with the name of one that it calls. */
  namedBy(home: Home): readonly Home[] {
    const { version } = home;
    if (home.named?.version !== version) home.named = { version, homes: this.memory.homes.named(callNamesIn(home.file.tree, home.node)) };
    return home.named.homes;
  }

  /** Undefined for a function of the package that cannot be analysed. */
  standInOf(home: Home): StandIn | undefined {
    if (!isAnalysed(home)) return undefined;
    home.standIn ??= new StandIn(home.file.tree, home.node, home);
    return home.standIn;
  }

  /** The compiler's words, or what stands for a function of another package in view. */
  imported(callee: DeclaredCallee): Summarised | undefined {
    if (isStandard(this.importer, callee)) return this.standard(callee);
    const found = importedFunction(this.importer, this.pkg, callee);
    if (found === undefined) return undefined;
    const { file, node } = found;
    const bodiless = bodilessSummary(file.tree, node);
    if (bodiless !== undefined) return summarised(bodiless);
    if (!hasBody(file.tree, node)) return undefined;
    return {
      summary: this.standInFor(callee, file, node),
      cost: () => storedCost(this.importer, found, () => this.neighbours.costOf(found)),
      whole: () => this.importedSummary(callee, wholeOf(file.tree, node)),
    };
  }

  /** The compiler's words, where the function is one of the standard library. */
  standard(callee: DeclaredCallee): Summarised | undefined {
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

  /** Of a function of another package. */
  importedSummary(callee: DeclaredCallee, wanted: Wanted): FunctionSummary | undefined {
    const found = importedFunction(this.importer, this.pkg, callee);
    return found && storedSummary(this.importer, found, wanted, () => this.neighbours.summaryOf(found, wanted));
  }
}

function nameOf({ file: { tree }, node }: Home): string {
  return textOf(tree, childOf(tree, node, Field.name));
}

/** Nothing is said of functions with syntax errors or without a body. */
export function isAnalysed({ file: { tree }, node }: Home): boolean {
  return hasBody(tree, node);
}

function hasBody(tree: Tree, fn: Node): boolean {
  return !isBroken(tree, fn) && bodyOf(tree, fn) !== NONE;
}

/** All that can be asked about a function. */
export function wholeOf(tree: Tree, fn: Node): Wanted {
  return { slots: signatureOf(tree, fn).parameters.map((_, slot) => slot), isWhole: true };
}
