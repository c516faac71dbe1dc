/** Flows in words: one sentence and one place for each step, so that a reader can follow a verdict through the code. */
import type { Location } from '../base/index.ts';
import type { Callee } from '../model/index.ts';
import { ancestor, go, Kind, NONE, type Node, type Tree, textOf } from '../syntax/index.ts';
import { calleeName } from './calls/callees.ts';
import type { OffStack } from './flows/batch.ts';
import type { CallKnowledge, Flow, Note, Why } from './flows/notes.ts';
import { ARGUMENT_LIST, type Trace } from './flows/trace.ts';
import type { Leaks } from './summaries/summaries.ts';

export interface Step {
  readonly at: Location;
  readonly note: string;
}

/** Where a value ends up that must outlive its frame. */
export interface Sink {
  readonly kind: Why | 'outer-variable' | 'too-large';
  /** Continues "its address is …". */
  readonly text: string;
  /** The same in two or three words. */
  readonly brief: string;
  /** Of calls: what is called. */
  readonly called: Callee | undefined;
  /** Whether a call decides that nobody looked into, here or in the function it is passed to: gc assumes that such a call keeps it. */
  readonly isAssumed: boolean;
}

/** Steps of called functions that are told before the rest is left to the reader. */
const STEP_LIMIT = 12;

export function stepsOf(trace: Trace): Step[] {
  const steps: Step[] = [];
  addSteps(trace.flows, steps);
  const last = trace.flows.at(-1);
  if (trace.end === 'outer-variable' && last !== undefined) {
    steps.push({ at: placeOf(mainNote(last)), note: `${trace.outer} outlives the iteration or call in which the value is made` });
  }
  return steps;
}

/** Callees' own flows follow the argument; the depth of that is bounded by the limit on steps. */
function addSteps(flows: readonly Flow[], steps: Step[]): void {
  const pending = withoutArgumentLists(flows).reverse();
  for (let flow = pending.pop(); flow !== undefined && steps.length < STEP_LIMIT; flow = pending.pop()) {
    const note = mainNote(flow);
    if (note.why === 'address') continue;
    steps.push({ at: placeOf(flow.at ?? note), note: sentence(flow, note) });
    for (const inner of withoutArgumentLists(leaksOf(flow)?.trace ?? []).reverse()) pending.push(inner);
  }
}

/** Nobody writes the slice of a variadic call: an argument in it is passed to the call itself. */
function withoutArgumentLists(flows: readonly Flow[]): Flow[] {
  return flows.flatMap((flow, i) => {
    const [before, next] = [flows[i - 1], flows[i + 1]];
    if (next?.subject === ARGUMENT_LIST && mainNote(flow).why === 'element') return [];
    if (flow.subject !== ARGUMENT_LIST || before === undefined || mainNote(before).why !== 'element') return [flow];
    return [{ ...flow, subject: before.subject, isAddress: before.isAddress, at: mainNote(before) }];
  });
}

/** `offStack` is the site's. */
export function sinkOf(trace: Trace, offStack?: OffStack): Sink {
  const last = trace.flows.at(-1);
  if (last === undefined || trace.end === 'too-large') {
    const text = offStack === 'unknown-length' ? 'of a length that is known at run time only' : 'too large for the stack';
    const brief = offStack === 'unknown-length' ? 'unknown length' : 'too large';
    return { kind: 'too-large', text, brief, called: undefined, isAssumed: false };
  }
  const note = mainNote(last);
  if (trace.end === 'outer-variable')
    return {
      kind: 'outer-variable',
      text: `kept in ${trace.outer}, which outlives it`,
      brief: `kept in ${trace.outer}`,
      called: undefined,
      isAssumed: false,
    };
  // A named result is assigned to, and returned all the same.
  if (trace.end === 'result') return { kind: 'return', text: 'returned', brief: 'returned', called: undefined, isAssumed: false };
  const text = FROM_AFAR[note.why] ?? predicate(last, note);
  const brief = BRIEF[note.why] ?? text.replace(/, (?:which|whose) .*/, '');
  return { kind: note.why, text, brief, called: calledBy(note), isAssumed: isAssumed(last) };
}

/** Called functions whose flows are known are followed to their end; of the standard library only the verdict is known. */
function isAssumed(given: Flow): boolean {
  let flow = given;
  for (let last = leaksOf(flow)?.trace?.at(-1); last !== undefined; last = leaksOf(flow)?.trace?.at(-1)) flow = last;
  const knowledge = knowledgeOf(flow);
  return knowledge !== undefined && knowledge !== 'batch';
}

function leaksOf(flow: Flow): Leaks | undefined {
  return flow.passed?.leaks ?? mainNote(flow).call?.leaks;
}

function knowledgeOf(flow: Flow): CallKnowledge | undefined {
  return flow.passed?.knowledge ?? mainNote(flow).call?.knowledge;
}

/** Where the step says "this" or "here", which means nothing beside the allocation. */
const FROM_AFAR: Readonly<Partial<Record<Why, string>>> = {
  'capture-reference': 'shared by reference with a function literal',
  'capture-value': 'copied into a function literal',
  goroutine: 'handed to a goroutine',
  defer: 'kept for a deferred call, in a loop',
};

/** Where the full text is too long to stand in a line of code. */
const BRIEF: Readonly<Partial<Record<Why, string>>> = {
  'capture-reference': 'shared with a closure',
  'capture-value': 'copied into a closure',
  goroutine: 'goroutine',
  defer: 'deferred in a loop',
  'map-key': 'key of a map',
  box: 'boxed',
};

/** The outermost fact that says something: an address or element is told by what is done with it. */
export function mainNote(flow: Flow): Note {
  let main = flow.note;
  for (let note: Note | undefined = flow.note; note !== undefined; note = note.outer) main = note;
  return main;
}

function sentence(flow: Flow, note: Note): string {
  const isAddress = flow.isAddress && note.why !== 'capture-reference';
  const subject = isAddress ? `the address of ${flow.subject}` : flow.subject;
  return `${subject} is ${predicate(flow, note)}${because(note)}`;
}

function because(note: Note): string {
  return note.why === 'capture-reference' ? ', because it changes later or its address is taken' : '';
}

function predicate(flow: Flow, note: Note): string {
  const { tree } = note.facts;
  switch (note.why) {
    case 'assign':
      return `${tree.kind[note.node] === Kind.identifier ? 'assigned to' : 'stored in'} ${short(tree, note.node)}`;
    case 'argument':
    case 'receiver':
      return passed(flow, note);
    case 'return':
      return 'returned';
    case 'send':
      return `sent on ${short(tree, go.sendStatement.channel(tree, note.node))}`;
    case 'panic':
      return 'passed to panic';
    case 'capture-reference':
      return 'shared by reference with this function literal';
    case 'capture-value':
      return 'copied into this function literal';
    case 'goroutine':
      return 'handed to the goroutine started here';
    case 'defer':
      return 'kept for the call deferred here, in a loop';
    case 'append':
      return 'appended to a slice';
    case 'copy':
      return 'copied into a slice';
    case 'map-key':
      return 'stored as a key of a map';
    case 'map-literal':
      return 'put into a map literal';
    case 'element':
      return `put into ${literalName(tree, note.node)}`;
    case 'range':
      return `ranged over into ${short(tree, note.node)}`;
    case 'call-result':
      return `returned by ${calleeName(note.facts, note.node)}`;
    case 'address':
      return 'taken by address';
    case 'box':
      return 'converted to an interface';
    case 'method-value':
      return 'bound into a method value';
  }
}

/** The literal around an element, by its type where that is short. */
function literalName(tree: Tree, element: Node): string {
  const literal = ancestor(tree, element, Kind.composite_literal);
  const type = literal === NONE ? '' : short(tree, go.compositeLiteral.type(tree, literal));
  return type === '' || type.length === LONGEST_NAME ? 'a literal' : `${type}{…}`;
}

function nameOf({ call, callNode, facts }: Note): string | undefined {
  return call === undefined ? undefined : calleeName(facts, callNode);
}

function calledBy({ call, callNode, facts }: Note): Callee | undefined {
  if (call === undefined || facts.tree.kind[callNode] === Kind.selector_expression) return undefined;
  return facts.types.calleeOf(callNode);
}

function passed(flow: Flow, note: Note): string {
  const name = nameOf(note) ?? 'a function';
  const verb = note.why === 'receiver' ? 'the receiver of' : 'passed to';
  switch (knowledgeOf(flow)) {
    case 'summary':
      return `${verb} ${name}, which ${flow.reachesHeap ? 'keeps' : 'returns'} it`;
    case 'dynamic':
      return `${verb} ${name}, which is known only at run time, so the compiler assumes that it is kept`;
    case 'unknown':
      return `${verb} ${name}, whose code is not in view`;
    default:
      return `${verb} ${name}`;
  }
}

const LONGEST_NAME = 40;

/** Source text on one line, shortened. */
function short(tree: Tree, node: Node): string {
  const text = textOf(tree, node).replace(/\s+/g, ' ');
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, LONGEST_NAME - 1)}…`;
}

function placeOf(note: Note): Location {
  const { tree, file } = note.facts;
  const start = tree.start[note.node];
  const lineEnd = tree.source.indexOf(10, start);
  const end = Math.min(tree.end[note.node], lineEnd < 0 ? tree.source.length : lineEnd);
  return { path: file.path, range: { start, end } };
}
