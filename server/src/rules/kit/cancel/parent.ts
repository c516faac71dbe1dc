/**
 * The cancel function of the context that another one is derived from. Whoever calls it ends both, so that a derived context
 * whose own function is lost is kept no longer than that.
 */
import { encloses, Kind, NONE, type Node, type Tree } from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';
import { type CancelSource, cancelSourceAt, cancelVariable, parentOf } from './sources.ts';
import { cancelUses } from './uses.ts';

type Known = Pick<RuleContext, 'tree' | 'scopes' | 'types' | 'package'>;

export interface ParentEnds {
  /** The parent is cancelled, or bound to be when the function ends, before the derived context is made. */
  readonly isBefore: boolean;
  /** Nodes of the function at which the parent is cancelled or that is deferred. */
  readonly at: readonly Node[];
}

const NEVER: ParentEnds = { isBefore: false, at: [] };

/** Where the function itself ends the parent that it has made; never where the parent came from elsewhere or may be another by then. */
export function parentEnds(known: Known, source: CancelSource): ParentEnds {
  const { tree, scopes } = known;
  if (source.kind !== 'context' && source.kind !== 'callback') return NEVER;
  const symbol = scopes.symbolOf(parentOf(tree, source));
  const writes = symbol === undefined ? [] : scopes.references(symbol).filter(({ access }) => access !== 'read');
  const before = writes.filter(({ node }) => node < source.statement);
  const [written] = before;
  if (written === undefined || before.length > 1) return NEVER;
  const made = cancelSourceAt(known, tree.parent[tree.parent[written.node]]);
  const cancel = made === undefined || made.fn !== source.fn ? undefined : cancelVariable(known, made);
  if (made === undefined || cancel === undefined || made.context !== written.node) return NEVER;
  const { uses, writes: others } = cancelUses(known, made, cancel);
  if (others.length > 1) return NEVER;
  const ends = uses.filter(({ how, at }) => how !== 'handover' && at > made.statement).map(({ at }) => at);
  return { isBefore: ends.some((at) => at < source.statement && isOnTheWay(tree, at, source.statement)), at: ends };
}

/** Whether a call stands in a statement of a list in which, or deeper, the later node stands. */
function isOnTheWay(tree: Tree, call: Node, later: Node): boolean {
  let at = call;
  while (tree.kind[tree.parent[at]] !== Kind.statement_list && at !== NONE) at = tree.parent[at];
  return encloses(tree, tree.parent[at], later);
}
