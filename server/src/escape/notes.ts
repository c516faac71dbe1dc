/** Why a value flows: the facts behind each edge, from which `explain.ts` makes sentences. */
import type { Node } from '../syntax/index.ts';
import type { FileFacts } from './program.ts';

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

export interface Note {
  readonly why: Why;
  readonly facts: FileFacts;
  readonly node: Node;
  /** Facts further out: an address inside an argument inside an assignment. */
  readonly outer: Note | undefined;
  /** Of arguments and receivers. */
  readonly call: NotedCall | undefined;
}

export interface NotedCall {
  readonly node: Node;
  readonly knowledge: CallKnowledge;
  /** What the called function does with it. */
  readonly leak: readonly Flow[] | undefined;
}

/** One step of a value on its way: who goes where, by which facts. */
export interface Flow {
  readonly note: Note;
  /** What flows: a variable's name, or what it is. */
  readonly subject: string;
  /** The subject's address flows, not its value. */
  readonly isAddress: boolean;
  readonly reachesHeap: boolean;
  /** Where it is told, if not at its own note. */
  readonly at?: Note;
}
