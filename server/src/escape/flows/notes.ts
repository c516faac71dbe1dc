/** Why a value flows: the facts behind each edge, from which `explain.ts` makes sentences. */
import type { Node } from '../../syntax/index.ts';
import type { Home } from '../homes.ts';
import type { FileFacts } from '../program.ts';
import type { Leaks } from '../summaries/summaries.ts';
import type { Passed } from './graph.ts';

export type Why =
  | 'address'
  | 'assign'
  | 'element'
  | 'argument'
  | 'receiver'
  | 'return'
  | 'send'
  | 'panic'
  | 'capture-value'
  | 'capture-reference'
  | 'goroutine'
  | 'defer'
  | 'append'
  | 'copy'
  | 'map-key'
  | 'map-literal'
  | 'range'
  | 'call-result'
  | 'box'
  | 'method-value';

/** How much is known of what a call does with its argument. */
export type CallKnowledge = 'summary' | 'batch' | 'dynamic' | 'unknown';

/** One fact, at a place that moves with its function. */
export class Note {
  constructor(
    readonly why: Why,
    private readonly home: Home,
    /** Rows from the home's. */
    private offset: number,
    /** Facts further out: an address inside an argument inside an assignment. */
    readonly outer: Note | undefined,
    /** Of arguments and receivers. */
    readonly call: NotedCall | undefined,
  ) {}

  get facts(): FileFacts {
    return this.home.facts;
  }

  get node(): Node {
    return this.home.node + this.offset;
  }

  /** Node of the call. */
  get callNode(): Node {
    return this.home.node + (this.call?.offset ?? 0);
  }

  /** Whether it says the same, be it elsewhere. */
  isLike(other: Note): boolean {
    return this.why === other.why && this.call?.knowledge === other.call?.knowledge && this.call?.leaks === other.call?.leaks;
  }

  moveTo(other: Note): void {
    this.offset = other.offset;
    if (this.call !== undefined && other.call !== undefined) this.call.offset = other.call.offset;
  }
}

export interface NotedCall {
  /** Rows from the home of the note. */
  offset: number;
  readonly knowledge: CallKnowledge;
  /** What the called function does with it. */
  readonly leaks: Leaks | undefined;
}

/** One step of a value on its way: who goes where, by which facts. */
export interface Flow {
  readonly note: Note;
  /** What flows: a variable's name, or what it is. */
  readonly subject: string;
  /** The subject's address flows, not its value. */
  readonly isAddress: boolean;
  readonly reachesHeap: boolean;
  /** What is known of the call by which it flows, where that was not known to the note. */
  readonly passed: Passed | undefined;
  /** Where it is told, if not at its own note. */
  readonly at?: Note;
}
