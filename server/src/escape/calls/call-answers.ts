/**
 * What is answered of calls whose answers rest on each other, as in `t = t.Elem()`: true until something shows otherwise (a greatest
 * fixed point), and each answer found once, because asking again on every way to a call takes exponential time.
 */
import type { Node } from '../../syntax/index.ts';

export class CallAnswers {
  private readonly final = new Map<Node, boolean>();
  /** Calls that count as true while others are answered. */
  private readonly assumed = new Set<Node>();

  constructor(private readonly depthLimit: number) {}

  /** `decide` may ask of other calls, with a greater depth. A chain beyond the limit is not followed. */
  of(call: Node, depth: number, decide: () => boolean): boolean {
    const known = this.final.get(call);
    if (known !== undefined) return known;
    if (this.assumed.has(call) || depth >= this.depthLimit) return true;
    this.assumed.add(call);
    const answer = decide();
    if (!answer) this.refute(call);
    if (depth === 0) this.settle();
    return answer;
  }

  /** What is false stays so, whatever was assumed; what was true may have rested on this call. */
  private refute(call: Node): void {
    this.final.set(call, false);
    this.assumed.clear();
  }

  private settle(): void {
    for (const call of this.assumed) this.final.set(call, true);
    this.assumed.clear();
  }
}
