/**
 * Where what stands under the cursor lives, and why: the innermost expression that allocates, or the variable that is named there.
 * What is inside a literal or among the arguments of a call speaks for itself, not for what is around it.
 */
import { type EscapeSite, escapeOf, type PackageEscape } from '../../escape/index.ts';
import { type GoSymbol, type Package, type SourceFile, type Types, typesOf, type Workspace } from '../../model/index.ts';
import { firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { Explanation } from '../shapes.ts';

/** At a byte offset; of several, what is written there before what inlining brings. */
export function explanationsAt(workspace: Workspace, pkg: Package, file: SourceFile, offset: number): readonly Explanation[] {
  const { tree } = file;
  const leaf = leafAt(tree, offset);
  if (!IN_CODE.has(tree.kind[outermostAround(tree, leaf)])) return [];
  const analysis = escapeOf(workspace, pkg);
  const types = typesOf(workspace, pkg, file);
  const variable = tree.kind[leaf] === Kind.identifier ? types.scopes.symbolOf(leaf) : undefined;
  const byNode = sitesByNode(analysis.sites(file));
  const boxes = (byNode.get(leaf) ?? []).filter(({ kind }) => kind !== 'moved').map(explanationOf);
  if (variable?.kind === 'variable' && variable.role !== 'package')
    return [...variableExplanation(analysis, file, leaf, variable, byNode), ...boxes];
  for (let at = leaf; at !== NONE; at = tree.parent[at]) {
    const sites = sitesFor(tree, at, byNode);
    if (sites.length > 0) return sites.map(explanationOf);
    const channel = channelExplanation(types, tree, at);
    if (channel !== undefined) return [channel];
    if (ENDS.has(tree.kind[at])) return [];
  }
  return [];
}

/** Of a site, as plain data. */
export function explanationOf(site: EscapeSite): Explanation {
  const { tree } = site.file;
  const { kind, origin, gcSays, certainty, cost, sink, steps, node } = site;
  return {
    at: { start: tree.start[node], end: tree.end[node] },
    kind,
    name: origin === 'inlined' ? calledName(tree, node) : kind === 'make' ? madeType(tree, node) : site.name,
    origin,
    gcSays,
    certainty,
    cost: { ...cost },
    reason: sink?.text,
    brief: sink?.brief,
    steps,
    leaks: [],
  };
}

/** Nodes beyond which the cursor is inside something else. */
const ENDS: ReadonlySet<number> = new Set([Kind.argument_list, Kind.literal_value, Kind.block, Kind.expression_list, Kind.func_literal]);
const IN_CODE: ReadonlySet<number> = new Set([Kind.function_declaration, Kind.method_declaration, Kind.var_declaration]);

function sitesByNode(sites: readonly EscapeSite[]): ReadonlyMap<Node, readonly EscapeSite[]> {
  const byNode = new Map<Node, EscapeSite[]>();
  for (const site of sites) byNode.set(site.node, [...(byNode.get(site.node) ?? []), site]);
  return byNode;
}

/** The innermost node around the byte, or NONE. */
function leafAt(tree: Tree, offset: number): Node {
  let at: Node = NONE;
  for (let row = NONE + 1; row < tree.next[at]; ) {
    const isAround = tree.start[row] <= offset && offset < tree.end[row];
    if (isAround) at = row;
    row = isAround ? row + 1 : tree.next[row];
  }
  return at;
}

function outermostAround(tree: Tree, node: Node): Node {
  let outermost = node;
  for (let at = node; at !== NONE; at = tree.parent[at]) outermost = at;
  return outermost;
}

/** Of a slice or map literal the site is its body, of a literal under `&` the `&`. */
function sitesFor(tree: Tree, node: Node, byNode: ReadonlyMap<Node, readonly EscapeSite[]>): readonly EscapeSite[] {
  const own = byNode.get(node) ?? [];
  const body = tree.kind[node] === Kind.composite_literal ? (byNode.get(go.compositeLiteral.body(tree, node)) ?? []) : [];
  return [...body, ...own].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The value comes before its box, and what is written before what inlining brings. */
function rankOf({ kind, origin }: EscapeSite): number {
  return origin === 'inlined' ? 2 : kind === 'interface' ? 1 : 0;
}

function variableExplanation(
  analysis: PackageEscape,
  file: SourceFile,
  named: Node,
  { declaration, name, owner, file: home }: GoSymbol,
  byNode: ReadonlyMap<Node, readonly EscapeSite[]>,
): Explanation[] {
  const { tree } = file;
  if (home !== file || analysis.parametersOf(file, owner) === undefined) return [];
  const at = { start: tree.start[named], end: tree.end[named] };
  const leaks = analysis.parameters(file).find((parameter) => parameter.name === declaration)?.leaks ?? [];
  const moved = byNode.get(declaration)?.find(({ kind }) => kind === 'moved');
  if (moved !== undefined) return [{ ...explanationOf(moved), at, leaks }];
  const cost = { allocates: 'never', bytes: undefined, unless: undefined } as const;
  return [{ ...STACK, at, kind: 'moved', name, cost, leaks }];
}

const STACK = { origin: 'own', gcSays: 'stack', certainty: 'certain', reason: undefined, brief: undefined, steps: [] } as const;

/** The compiler says nothing of channels: the runtime always makes them on the heap. */
function channelExplanation(types: Types, tree: Tree, call: Node): Explanation | undefined {
  if (tree.kind[call] !== Kind.call_expression || types.underlying(types.typeOf(call)).kind !== 'channel') return undefined;
  const callee = types.calleeOf(call);
  if (callee.kind !== 'builtin' || callee.name !== 'make') return undefined;
  const cost = { allocates: 'always', bytes: undefined, unless: undefined } as const;
  const at = { start: tree.start[call], end: tree.end[call] };
  return { ...STACK, at, kind: 'channel', name: undefined, gcSays: 'heap', cost, leaks: [] };
}

/** The called function as written, unless that is long or a literal; undefined where the node is no call. */
export function calledName(tree: Tree, call: Node): string | undefined {
  if (tree.kind[call] !== Kind.call_expression) return undefined;
  const called = go.callExpression.function(tree, call);
  return tree.end[called] - tree.start[called] > LONGEST_NAME ? undefined : textOf(tree, called);
}

/** The type as written, unless that is long. */
function madeType(tree: Tree, call: Node): string | undefined {
  const type = firstChild(tree, go.callExpression.arguments(tree, call));
  return type === NONE || tree.end[type] - tree.start[type] > LONGEST_NAME ? undefined : textOf(tree, type);
}

/** Bytes of a callee's name or a type beyond which it is not repeated. */
const LONGEST_NAME = 60;
