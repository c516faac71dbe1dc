/**
 * The state in which one function's tree becomes flows: expressions that still wait, each with the hole its value goes to.
 * The order does not matter to the flows, so a stack replaces recursion and nesting costs no depth.
 */
import type { Type } from '../../model/index.ts';
import type { Node } from '../../syntax/index.ts';
import type { Callees, Summarised } from '../calls/callees.ts';
import { type Batch, type Hole, heapHole, noted, type OffStack, perhaps, Site, type SiteKind, shifted } from '../flows/batch.ts';
import { BLANK, LocationKind } from '../flows/graph.ts';
import type { CallKnowledge, NotedCall, Why } from '../flows/notes.ts';
import { BUDGET_IN_BIG, isBigFunction } from '../inlining/inline-cost.ts';
import type { FileFacts, Routine } from '../program.ts';
import type { Leaks } from '../summaries/summaries.ts';
import { loopDepth } from './loop-depth.ts';
import { isInterface, isPointerShaped } from './type-facts.ts';

export class Lowering {
  private readonly nodes: Node[] = [];
  private readonly holes: Hole[] = [];
  private isBigKnown: boolean | undefined;

  constructor(
    readonly batch: Batch,
    readonly callees: Callees,
    readonly facts: FileFacts,
    readonly routine: Routine,
  ) {}

  /** Queues an expression whose value goes to the hole. */
  push(hole: Hole, node: Node): void {
    this.nodes.push(node);
    this.holes.push(hole);
  }

  pop(): { readonly hole: Hole; readonly node: Node } | undefined {
    const node = this.nodes.pop();
    const hole = this.holes.pop();
    return node === undefined || hole === undefined ? undefined : { hole, node };
  }

  note(hole: Hole, why: Why, node: Node, call?: NotedCall): Hole {
    return noted(hole, why, this.batch.home, node, call);
  }

  /** What is noted of a call. */
  callOf(call: Node, knowledge: CallKnowledge, leaks?: Leaks): NotedCall {
    return { offset: call - this.batch.home.node, knowledge, leaks };
  }

  /** An allocation whose address goes to the hole; answers the hole for what it holds. */
  spill(hole: Hole, kind: SiteKind, node: Node, options: { readonly offStack?: OffStack | undefined; readonly depth?: number } = {}): Hole {
    const { batch } = this;
    const depth = options.depth ?? loopDepth(this.facts.tree, node);
    const location = batch.graph.addLocation(LocationKind.allocation, this.routine.index, depth, 0);
    batch.sites.push(new Site(kind, batch.home, node - batch.home.node, location, { offStack: options.offStack }));
    batch.flow(shifted(hole, -1), location);
    return { target: location, derefs: 0, reach: 'always', note: undefined };
  }

  /** Allocations of the called function that the compiler copies to the call. */
  inline({ summary, cost }: Summarised, results: readonly Hole[], call: Node): void {
    const { batch, facts } = this;
    if (summary.inlined.length === 0 || ((cost() ?? 0) > BUDGET_IN_BIG && this.isBig())) return;
    for (const inlined of summary.inlined) {
      const { kind, result, isCertain } = inlined;
      const hole = result < 0 ? heapHole() : results[result];
      const location = batch.graph.addLocation(LocationKind.allocation, this.routine.index, loopDepth(facts.tree, call), 0);
      batch.sites.push(new Site(kind, batch.home, call - batch.home.node, location, { inlined }));
      if (hole === undefined || hole.target === BLANK) continue;
      const noted = this.note(hole, 'call-result', call);
      batch.flow(shifted(isCertain ? noted : perhaps(noted), -1), location);
    }
  }

  private isBig(): boolean {
    this.isBigKnown ??= isBigFunction(this.callees, this.facts, this.routine.node);
    return this.isBigKnown;
  }

  /** Queues an expression that is assigned to something of the type, which boxes it where that is an interface. */
  convert(hole: Hole, node: Node, target: Type | undefined): void {
    const { types } = this.facts;
    if (target !== undefined && isInterface(types, target) === true) {
      const type = types.typeOf(node);
      const isConcrete = type.kind !== 'nil' && type.kind !== 'tuple' && isInterface(types, type) === false;
      if (isConcrete && isPointerShaped(types, type) === true) this.batch.giveToInterface(node);
      else if (isConcrete && isPointerShaped(types, type) === false) {
        this.push(this.spill(this.note(hole, 'box', node), 'interface', node), node);
        return;
      }
    }
    this.push(hole, node);
  }

  /** Holes for the values of one call, which box those that become interfaces; the boxes stand at the node. */
  boxed(holes: readonly Hole[], values: Type, targets: readonly (Type | undefined)[], node: Node): readonly Hole[] {
    const { types } = this.facts;
    return holes.map((hole, i) => {
      const target = targets[i];
      const type = values.kind === 'tuple' ? values.elements[i] : undefined;
      if (target === undefined || type === undefined || isInterface(types, target) !== true || isInterface(types, type) !== false)
        return hole;
      return isPointerShaped(types, type) === false ? this.spill(this.note(hole, 'box', node), 'interface', node) : hole;
    });
  }

  /** A location for what is on its way to several. */
  temporary(node: Node): number {
    return this.batch.graph.addLocation(LocationKind.temporary, this.routine.index, loopDepth(this.facts.tree, node), 0);
  }

  /** One hole that feeds all of these. */
  tee(holes: readonly Hole[], node: Node): Hole {
    const live = holes.filter((hole) => hole.target !== BLANK);
    const [only] = live;
    if (live.length === 1 && only !== undefined) return only;
    if (only === undefined) return { target: BLANK, derefs: 0, reach: 'always', note: undefined };
    const location = this.temporary(node);
    for (const hole of live) this.batch.flow(hole, location);
    return { target: location, derefs: 0, reach: 'always', note: undefined };
  }
}
