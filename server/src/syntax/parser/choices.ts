/**
 * Where the driver may step back to: the grammar's conflicts, of which it always takes the likeliest alternative first. The
 * last 64 are kept. Instead of a copy of the stack each, a trail keeps what has been overwritten since (as Warren's machine
 * does), so that a choice costs the same however deep the nesting.
 */
import type { ParseStack } from './stack.ts';

/** Tokens and choices behind which there is no way back: what was read there is settled. */
const REACH = 64;
/** Words per entry of the trail: index, the entry's four words, its state. */
const TRAIL_STRIDE = 6;
/** Words of the trail at which what no choice needs any more is dropped. */
const TRAIL_LIMIT = 1 << 16;

/** The driver's registers when the choice was made, and which alternative is next. */
export interface Choice {
  height: number;
  arenaTop: number;
  /** Lookahead: its token, offsets, and whether it may be an identifier. */
  symbol: number;
  start: number;
  end: number;
  isSoft: boolean;
  /** Tokens read before the lookahead. */
  tokens: number;
  /** Numbers of actions. */
  next: number;
  stop: number;
  trail: number;
}

export class Choices {
  private readonly ring: Choice[] = Array.from({ length: REACH }, emptyChoice);
  private count = 0;
  /** The most there have been since the last `clear`: what lies REACH below it has been overwritten. */
  private high = 0;
  private trail = new Int32Array(TRAIL_STRIDE * 256);
  private trailLength = 0;
  /** Entries of the stack below this are as they were when the latest choice was made. */
  private intact = 0;

  /** Settles everything. */
  clear(): void {
    this.count = 0;
    this.high = 0;
    this.trailLength = 0;
    this.intact = 0;
  }

  /** Slot of a new choice at this height, to be filled in by the caller. */
  push(height: number): Choice {
    if (this.trailLength > TRAIL_LIMIT) this.dropSettled();
    const choice = this.ring[this.count++ % REACH];
    if (this.count > this.high) this.high = this.count;
    choice.height = height;
    choice.trail = this.trailLength;
    this.intact = height;
    return choice;
  }

  /** Must be called before entries from `height` up are overwritten. */
  protect(stack: ParseStack, height: number): void {
    if (height < this.intact) this.save(stack, height);
  }

  /** The latest choice with an alternative left, the stack being as it was then; undefined when there is none within reach. */
  retreat(stack: ParseStack, tokens: number): Choice | undefined {
    while (this.count > 0 && this.high < this.count + REACH) {
      const choice = this.ring[(this.count - 1) % REACH];
      if (choice.tokens + REACH < tokens) return undefined;
      if (choice.next < choice.stop) {
        this.restore(stack, choice);
        return choice;
      }
      this.count--;
    }
    return undefined;
  }

  private save(stack: ParseStack, height: number): void {
    const needed = this.trailLength + (this.intact - height) * TRAIL_STRIDE;
    if (needed > this.trail.length) {
      const larger = new Int32Array(needed * 2);
      larger.set(this.trail);
      this.trail = larger;
    }
    const { trail } = this;
    for (let i = height; i < this.intact; i++) {
      const at = this.trailLength;
      trail[at] = i;
      for (let word = 0; word < 4; word++) trail[at + 1 + word] = stack.entries[i * 4 + word];
      trail[at + 5] = stack.states[i];
      this.trailLength += TRAIL_STRIDE;
    }
    this.intact = height;
  }

  private restore(stack: ParseStack, choice: Choice): void {
    const { trail } = this;
    while (this.trailLength > choice.trail) {
      this.trailLength -= TRAIL_STRIDE;
      const at = this.trailLength;
      const i = trail[at];
      for (let word = 0; word < 4; word++) stack.entries[i * 4 + word] = trail[at + 1 + word];
      stack.states[i] = trail[at + 5];
    }
    this.intact = choice.height;
  }

  private dropSettled(): void {
    const kept = Math.min(this.count, REACH);
    const first = kept === 0 ? this.trailLength : this.ring[(this.count - kept) % REACH].trail;
    this.trail.copyWithin(0, first, this.trailLength);
    this.trailLength -= first;
    for (let i = this.count - kept; i < this.count; i++) this.ring[i % REACH].trail -= first;
  }
}

function emptyChoice(): Choice {
  return { height: 0, arenaTop: 0, symbol: 0, start: 0, end: 0, isSoft: false, tokens: 0, next: 0, stop: 0, trail: 0 };
}
