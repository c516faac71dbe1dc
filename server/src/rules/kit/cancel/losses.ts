/**
 * A cancel or stop function that gets lost, with what a report of it says: which way, and the places on that way. Shared by the
 * rules that tell of such losses, so that they differ in what they look at alone.
 */
import type { GoSymbol } from '../../../model/index.ts';
import { encloses, Kind, type Node, nextSibling, type Tree } from '../../../syntax/index.ts';
import type { RelatedPlace, RuleContext } from '../../rule.ts';
import { statementAround } from '../edits.ts';
import { isMain } from '../hot-code.ts';
import { type Loss, lossesOf } from './paths.ts';
import { type CancelSource, cancelVariable, isBlank } from './sources.ts';
import { type CancelUses, cancelUses } from './uses.ts';

/** What was found out about one source. */
export interface LostCancel {
  readonly source: CancelSource;
  /** Undefined when the function is discarded. */
  readonly variable: GoSymbol | undefined;
  readonly uses: CancelUses;
  /** Empty when the function is discarded. */
  readonly losses: readonly Loss[];
}

/** What is known of a function that is discarded. */
export const NO_USES: CancelUses = { uses: [], writes: [], blanked: [] };

/** Undefined where every path calls the function or hands it over, where it is stored outside the function, and in `main`. */
export function lostCancelOf(context: RuleContext, source: CancelSource): LostCancel | undefined {
  if (isMain(context, source.fn)) return undefined;
  const variable = cancelVariable(context, source);
  if (variable === undefined) {
    const isDiscarded = isBlank(context.tree, source.cancel) || source.cancel === source.call;
    const isLost = isDiscarded && lossesOf(context, source, variable, NO_USES).length > 0;
    return isLost ? { source, variable, uses: NO_USES, losses: [] } : undefined;
  }
  const uses = cancelUses(context, source, variable);
  if (isHandledNext(context.tree, source, uses)) return undefined;
  const losses = lossesOf(context, source, variable, uses);
  return losses.length > 0 ? { source, variable, uses, losses } : undefined;
}

const PLAIN: ReadonlySet<number> = new Set([
  Kind.assignment_statement,
  Kind.defer_statement,
  Kind.expression_statement,
  Kind.short_var_declaration,
  Kind.var_declaration,
]);

/** Whether one of the next statements handles it, before any that branches, so that no path needs to be looked at. */
function isHandledNext(tree: Tree, { statement }: CancelSource, { uses, writes }: CancelUses): boolean {
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list) return false;
  for (let next = nextSibling(tree, statement); PLAIN.has(tree.kind[next]); next = nextSibling(tree, next)) {
    if (writes.some((node) => encloses(tree, next, node))) return false;
    if (uses.some(({ covers, at }) => covers === 'value' && statementAround(tree, at) === next)) return true;
  }
  return false;
}

export function kindOfLoss({ variable, uses, losses }: LostCancel): 'discarded' | 'overwritten' | 'unused' | 'path' {
  if (variable === undefined) return 'discarded';
  if (losses.every((loss) => loss.kind === 'overwritten')) return 'overwritten';
  return uses.uses.length === 0 ? 'unused' : 'path';
}

/** The ends of the paths that lose it, and where it is only seemingly used. */
export function placesOfLoss(context: RuleContext, { source, uses, losses }: LostCancel): RelatedPlace[] {
  const { tree } = context;
  const blanked = uses.blanked.map((node) => place(context, tree.start[node], tree.end[node], 'this only silences the compiler'));
  return [...losses.map((loss) => placeOfLoss(context, source, loss)), ...blanked];
}

function placeOfLoss(context: RuleContext, source: CancelSource, { kind, at }: Loss): RelatedPlace {
  const { tree } = context;
  switch (kind) {
    case 'return':
      return place(context, tree.start[at], lineEnd(tree, at), 'this return is reached without it having been called');
    case 'end':
      return place(context, tree.end[at] - 1, tree.end[at], 'the end of the function is reached without it having been called');
    case 'overwritten':
      return place(context, tree.start[at], tree.end[at], 'overwritten here');
    case 'next-iteration':
      return place(
        context,
        tree.start[source.cancel],
        tree.end[source.cancel],
        'the next iteration makes another one without this one having been called',
      );
  }
}

function place({ file }: RuleContext, start: number, end: number, note: string): RelatedPlace {
  return { at: { path: file.path, range: { start, end } }, note };
}

function lineEnd(tree: Tree, node: Node): number {
  const end = tree.source.indexOf(10, tree.start[node]);
  const isCrLf = end > 0 && tree.source[end - 1] === 13;
  return end < 0 ? tree.end[node] : Math.min(tree.end[node], isCrLf ? end - 1 : end);
}
