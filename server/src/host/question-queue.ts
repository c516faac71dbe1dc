/** Questions that no file is reviewed for, while they wait for a worker. */
import type { Answer, Question } from './worker-protocol.ts';

/** A question, and who waits for the answer. */
export interface Asked {
  /** Another one each time that a worker is asked. */
  id: number;
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  /** Whether it is answered, or nobody waits any more. */
  isOver: boolean;
}

export class QuestionQueue {
  private waiting: Asked[] = [];

  /** Of those that somebody waits for. */
  get length(): number {
    this.dropWhatIsOver();
    return this.waiting.length;
  }

  /** Whether somebody waits before the screen. */
  get isUrgent(): boolean {
    this.dropWhatIsOver();
    return this.waiting.some(({ question }) => !isPatient(question));
  }

  add(asked: Asked): void {
    this.waiting.push(asked);
  }

  /** The oldest one that somebody waits for; patient ones only where nothing is urgent. */
  take(isSomethingUrgent: boolean): Asked | undefined {
    this.dropWhatIsOver();
    const index = this.waiting.findIndex(({ question }) => !(isSomethingUrgent && isPatient(question)));
    return index < 0 ? undefined : this.waiting.splice(index, 1)[0];
  }

  /** Empties the queue; the caller rejects the questions. */
  clear(): readonly Asked[] {
    return this.waiting.splice(0);
  }

  private dropWhatIsOver(): void {
    this.waiting = this.waiting.filter(({ isOver }) => !isOver);
  }
}

/** A walk over a whole tree, which nobody waits for before the screen. */
export function isPatient({ kind }: Question): boolean {
  return kind === 'discover';
}

/** For whoever asked. Nothing where the worker was asked nothing. */
export function conclude(asked: Asked | undefined, how: (asked: Asked) => void): void {
  if (asked === undefined) return;
  asked.isOver = true;
  how(asked);
}
