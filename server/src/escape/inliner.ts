/**
 * Which functions the compiler inlines, and what of theirs is then allocated by their callers. The budget of 80 nodes and the
 * prices are cmd/compile/internal/inline's; its nodes are counted here by the rows that stand for them, which is close: a
 * quarter more or less changes little (docs/escape-model.md).
 */
import { isFunction, isText, Kind, type Node } from '../syntax/index.ts';
import { type Batch, type Site, variablesOf } from './batch.ts';
import type { Callees } from './callees.ts';
import { costOf } from './cost.ts';
import { combinedCost } from './costs.ts';
import { LocationKind } from './graph.ts';
import { COUNTED, FORBIDDING, hasNoInlineDirective } from './inlining.ts';
import { bodyOf, type FileFacts, type Routine } from './program.ts';
import type { Solution } from './solve.ts';
import type { InlinedAllocation } from './summaries.ts';

const BUDGET = 80;
const CALL = 57;
const CLOSURE = 15;

/** Nodes that a call of the function costs; undefined where it is not inlined. */
export function inlineCost(callees: Callees, { tree, ...facts }: FileFacts, fn: Node): number | undefined {
  if (tree.kind[fn] !== Kind.function_declaration && tree.kind[fn] !== Kind.method_declaration) return undefined;
  if (hasNoInlineDirective(tree, fn)) return undefined;
  const body = bodyOf(tree, fn);
  let cost = 0;
  for (let row = body; row < tree.next[body]; row++) {
    const kind = tree.kind[row];
    if (FORBIDDING.has(kind) || (kind === Kind.identifier && isText(tree, row, 'recover'))) return undefined;
    if (COUNTED.has(kind)) cost++;
    if (kind === Kind.func_literal) cost += CLOSURE;
    if (kind === Kind.call_expression) cost += priceOfCall(callees, { tree, ...facts }, row);
    if (cost > BUDGET) return undefined;
    if (isFunction(tree, row)) row = tree.next[row] - 1;
  }
  return cost;
}

function priceOfCall(callees: Callees, facts: FileFacts, call: Node): number {
  const target = callees.resolve(facts, call);
  if (target.kind === 'builtin' || target.kind === 'conversion') return 1;
  return target.kind === 'summary' && target.summary.cost !== undefined ? target.summary.cost + 1 : CALL + 1;
}

/** What a caller of an inlined function allocates for it, each kind and way once. */
export function inlinedAllocations(batch: Batch, certain: Solution, possible: Solution, { index, parent }: Routine): InlinedAllocation[] {
  if (parent !== undefined) return [];
  const found = new Map<string, { allocation: Omit<InlinedAllocation, 'cost'>; sites: Site[] }>();
  for (const site of [...batch.sites, ...variablesOf(batch)]) {
    const { kind, location } = site;
    if (batch.graph.owner[location] !== index || !possible.escapes(location)) continue;
    const isCertain = certain.escapes(location);
    const result = resultOf(batch, isCertain ? certain : possible, location);
    const key = `${kind} ${result}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { allocation: { kind, result, isCertain }, sites: [site] });
    else {
      known.sites.push(site);
      if (isCertain) known.allocation = { kind, result, isCertain };
    }
  }
  return Array.from(found.values(), ({ allocation, sites }) => ({
    ...allocation,
    cost: () => combinedCost(sites.map((site) => costOf(site, 'heap'))),
  }));
}

/** The result that the allocation's address becomes, alone or inside another allocation; -1 where something else keeps it. */
function resultOf({ graph }: Batch, solution: Solution, location: number): number {
  const seen = new Set<number>();
  for (let at = location; !seen.has(at); ) {
    seen.add(at);
    const root = solution.paths.get(at)?.root;
    if (root === undefined) return -1;
    if (graph.kind[root] === LocationKind.result && graph.owner[root] === graph.owner[location]) return graph.slot[root];
    at = root;
  }
  return -1;
}
