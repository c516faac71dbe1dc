/**
 * Deadlines in processor time. On a machine with more work than processors a healthy worker makes little headway, and by the
 * clock on the wall it would be killed for it. No platform tells the time of a single thread to another on Node 20, so what the
 * process used is shared out among the workers that are at work, none of them more than what passed on the wall: an endless loop
 * on an idle machine is stopped as soon as by the wall, and never sooner. A worker that waits for a disk uses nothing; there the
 * wall has the last word. A browser tells nobody what it used: there only time counts in which this thread came by to look, which
 * it does not on a machine that sleeps, and seldom on one that is busy.
 */

/** What a piece of work may use up, in milliseconds; whichever ends first. */
export interface Patience {
  readonly processor: number;
  readonly wall: number;
}

interface Run {
  processorLeft: number;
  /** On the clock of `performance.now()`. */
  readonly end: number;
  readonly onOverrun: () => void;
}

/** A timer that fires early would only be set again. */
const SHORTEST_TIMER_MS = 5;
/** Where nobody knows what was used, no more than this counts between two looks, which are half of it apart. */
const LONGEST_LOOK_MS = 500;

/** The clocks of workers that are at work. */
export class Deadlines {
  private readonly runs = new Set<Run>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastLook = performance.now();
  private lastUse = 0;

  /** `processorTime`: of all threads of this process, in milliseconds; absent where nobody knows. */
  constructor(private readonly processorTime?: () => number) {}

  /** Calls `onOverrun` once, unless the returned function is called before. */
  start({ processor, wall }: Patience, onOverrun: () => void): () => void {
    this.charge();
    const run = { processorLeft: processor, end: this.lastLook + wall, onOverrun };
    this.runs.add(run);
    this.wind();
    return () => {
      this.charge();
      if (this.runs.delete(run)) this.wind();
    };
  }

  /** Shares out what was used since the last time. */
  private charge(): void {
    const [now, use] = [performance.now(), this.processorTime?.()];
    const share = Math.min(now - this.lastLook, use === undefined ? LONGEST_LOOK_MS : (use - this.lastUse) / this.runs.size);
    for (const run of this.runs) run.processorLeft -= share;
    this.lastLook = now;
    this.lastUse = use ?? 0;
  }

  /** No run can be over before as much time has passed as it has left. */
  private wind(): void {
    clearTimeout(this.timer);
    if (this.runs.size === 0) return;
    const left = Math.min(...[...this.runs].map((run) => this.timeLeft(run)));
    const next = this.processorTime === undefined ? Math.min(left, LONGEST_LOOK_MS / 2) : left;
    this.timer = setTimeout(() => this.look(), Math.max(SHORTEST_TIMER_MS, next));
  }

  /** A worker may long be done when this thread was the one that had to wait: what it said is heard before it is judged. */
  private look(): void {
    this.charge();
    const over = [...this.runs].filter((run) => this.timeLeft(run) <= 0);
    if (over.length === 0) this.wind();
    else setTimeout(() => this.end(over));
  }

  private end(over: readonly Run[]): void {
    for (const run of over) if (this.runs.delete(run)) run.onOverrun();
    this.wind();
  }

  private timeLeft({ processorLeft, end }: Run): number {
    return Math.min(processorLeft, end - this.lastLook);
  }
}
