/**
 * Summaries of functions outside the package under analysis. Of the standard library they are the compiler's own words, which
 * stand behind the declarations in `server/facts`; of other packages in view they come from their source.
 */
import { membersOf, type Package, type PackageImporter, type SourceFile, wordsBehind } from '../../model/index.ts';
import type { Node } from '../../syntax/index.ts';
import type { Cost } from '../costs/cost.ts';
import type { SiteKind } from '../flows/batch.ts';
import type { DeclaredCallee, FunctionSummary, InlinedAllocation, Leaks, ParameterSummary } from './summaries.ts';

export function isStandard(importer: PackageImporter, { path }: DeclaredCallee): boolean {
  return importer.standardPackage?.(path) !== undefined;
}

export interface ImportedFunction {
  readonly pkg: Package;
  readonly file: SourceFile;
  readonly node: Node;
}

/** The function where the source of its package is in view, as that package is to the one that calls. */
export function importedFunction(
  importer: PackageImporter,
  from: Package,
  { path, declaration }: DeclaredCallee,
): ImportedFunction | undefined {
  if (declaration === undefined) return undefined;
  const { file, node } = declaration;
  const pkg = importer.packageHolding?.(file, path, from) ?? importer.importPackage(path, from);
  return pkg === undefined || !pkg.files.includes(file) ? undefined : { pkg, file, node };
}

export interface StandardSummary extends FunctionSummary {
  /** Nodes of the inliner's budget that a call of it costs; undefined where it is not inlined. */
  readonly cost: number | undefined;
}

/** The compiler's words on a function of the standard library; undefined where there are none. */
export function standardSummary(importer: PackageImporter, { path, name }: DeclaredCallee): StandardSummary | undefined {
  const stub = importer.standardPackage?.(path);
  return stub && summaryIn(stub, name);
}

/** `name` is `F` or `T.M`. */
function summaryIn(stub: Package, name: string): StandardSummary | undefined {
  const { symbols, methods } = membersOf(stub);
  const [first, second] = name.split('.');
  if (second !== undefined) {
    const method = methods.get(first)?.get(second);
    return method === undefined ? undefined : writtenSummary(method.file, method.node);
  }
  const symbol = symbols.get(first);
  const file = symbol?.kind === 'function' ? symbol.file : undefined;
  return symbol === undefined || file === undefined ? undefined : writtenSummary(file, file.tree.parent[symbol.declaration]);
}

const written = new WeakMap<SourceFile, Map<Node, StandardSummary>>();

/** One object for each function, because what rests on it is kept as long as it is the same. */
function writtenSummary(file: SourceFile, fn: Node): StandardSummary {
  const ofFile = written.get(file) ?? new Map<Node, StandardSummary>();
  written.set(file, ofFile);
  const known = ofFile.get(fn) ?? readSummary(file, fn);
  ofFile.set(fn, known);
  return known;
}

/** Without words nothing leaks. */
function readSummary(file: SourceFile, fn: Node): StandardSummary {
  const words = wordsBehind(file, fn);
  return {
    parameters: words.filter((word) => /^[-?hr]/.test(word)).map(parameterSummary),
    inlined: words.flatMap((word) => inlinedAllocation(word) ?? []),
    cost: words.flatMap((word) => (word.startsWith('@') ? [Number(word.slice(1))] : []))[0],
  };
}

/** `!composite.r0`, `!interface.h`. */
function inlinedAllocation(word: string): InlinedAllocation | undefined {
  const match = /^!([a-z-]+)\.(?:h|r(\d+))$/.exec(word);
  const kind = match?.[1];
  if (match === null || !isSiteKind(kind)) return undefined;
  return { kind, result: match[2] === undefined ? -1 : Number(match[2]), isCertain: true, cost: () => costOfKind(kind) };
}

function isSiteKind(word: string | undefined): word is SiteKind {
  return word !== undefined && KINDS.has(word);
}

const KINDS: ReadonlySet<string> = new Set<SiteKind>(['composite', 'new', 'make', 'append', 'closure', 'variadic', 'interface']);

/** The compiler's words do not tell whether a boxed value is a constant or a literal captures something. */
function costOfKind(kind: SiteKind): Cost {
  const isSure = kind === 'composite' || kind === 'new' || kind === 'make' || kind === 'variadic';
  return { allocates: isSure ? 'always' : 'sometimes', bytes: undefined, unless: undefined };
}

const NO_LEAK: Leaks = { heap: -1, results: [], trace: undefined };
const NO_LEAK_AT_ALL: ParameterSummary = { certain: NO_LEAK, possible: NO_LEAK };
const UNKNOWN: ParameterSummary = { certain: NO_LEAK, possible: { heap: 0, results: [], trace: undefined } };

/** `-`, `?`, or `h1`, `r0.0`, `h1r0.0` with the dereferences, after a `?` where these are possible only (scripts/std-facts/leaks.go). */
function parameterSummary(word: string): ParameterSummary {
  if (word === '-') return NO_LEAK_AT_ALL;
  if (word === '?') return UNKNOWN;
  const heap = /^\??h(\d+)/.exec(word);
  const results: number[] = [];
  for (const [, result, derefs] of word.matchAll(/r(\d+)\.(\d+)/g)) results[Number(result)] = Number(derefs);
  const leaks: Leaks = {
    heap: heap === null ? -1 : Number(heap[1]),
    results: Array.from(results, (derefs) => derefs ?? -1),
    trace: undefined,
  };
  return { certain: word.startsWith('?') ? NO_LEAK : leaks, possible: leaks };
}
