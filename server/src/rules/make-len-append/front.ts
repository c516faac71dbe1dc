/**
 * Follows a slice from the `make` that gave it elements along the control flow. The elements are left over where the slice is
 * only appended to, and read or handed on behind the appends alone.
 */
import {
  type ControlFlow,
  type FlowPosition,
  type Mention,
  mentionsOf,
  ownAppendAround,
  type Place,
  positionOf,
} from '../../model/index.ts';
import { encloses, enclosingFunction, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import type { Options, RuleContext } from '../rule.ts';
import { type Use, useOf } from './uses.ts';

/** More mentions than anybody follows by eye. */
const MOST = 80;

interface Event {
  readonly use: Use;
  readonly mention: Mention;
}

/** Events by block, then by index of the node. */
type Events = ReadonlyMap<number, ReadonlyMap<number, readonly Event[]>>;

/**
 * The appends that come behind what `make`, in `statement`, put into the place; in source order. None where the elements may be wanted,
 * or where a mention cannot be placed.
 */
export function appendsBehind<O extends Options>(context: RuleContext<O>, place: Place, statement: Node): readonly Mention[] {
  const { tree } = context;
  const mentions = mentionsOf(context, place);
  if (mentions.length > MOST || !mentions.some((mention) => isOwnAppend(context, mention))) return [];
  const fn = enclosingFunction(tree, statement);
  const flow = context.flow(fn);
  const start = positionOf(flow, tree, statement);
  const events = eventsOf(context, mentions, flow);
  if (start === undefined || events === undefined) return [];
  const after = reachedFrom(flow, events, start);
  const appends = after.filter(({ use }) => use === 'append');
  if (appends.length === 0 || after.some(({ use }) => use === 'wanted')) return [];
  const behind = new Set(appends.flatMap((append) => reachedFrom(flow, events, placeIn(flow, tree, append))));
  const areBehind = after.every((event) => isBehind(flow, tree, events, behind, event));
  return areBehind ? [...new Set(appends.map(({ mention }) => mention))].sort((a, b) => a.node - b.node) : [];
}

function isOwnAppend<O extends Options>(context: RuleContext<O>, mention: Mention): boolean {
  return ownAppendAround(context, mention) !== undefined;
}

/** Whether what looks at the elements comes after an append, and no append after it. What only returns may come before. */
function isBehind(flow: ControlFlow, tree: Tree, events: Events, behind: ReadonlySet<Event>, event: Event): boolean {
  if (event.use !== 'read' && event.use !== 'returned') return true;
  if (event.use === 'read' && !behind.has(event)) return false;
  const position = placeIn(flow, tree, event);
  const isBeside = eventsAt(events, position).some(({ use }) => use === 'append');
  return !isBeside && reachedFrom(flow, events, position).every(({ use }) => use !== 'append');
}

function placeIn(flow: ControlFlow, tree: Tree, event: Event): FlowPosition {
  return positionInside(flow, tree, event.mention.node) ?? { block: flow.exit, index: 0 };
}

/** Where the node is evaluated; for one in a function literal, where the outermost literal is. */
function positionInside(flow: ControlFlow, tree: Tree, node: Node): FlowPosition | undefined {
  let outer = node;
  for (let at = tree.parent[node]; at !== flow.function && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.func_literal) outer = at;
  }
  return positionOf(flow, tree, outer);
}

function eventsOf<O extends Options>(context: RuleContext<O>, mentions: readonly Mention[], flow: ControlFlow): Events | undefined {
  const { tree } = context;
  const found = new Map<number, Map<number, Event[]>>();
  for (const mention of mentions) {
    const use = useOf(context, mention, flow.function);
    if (use === undefined || !encloses(tree, flow.function, mention.node) || isSignature(context, mention)) continue;
    const position = positionInside(flow, tree, mention.node);
    if (position === undefined) return undefined;
    const block = found.get(position.block) ?? new Map<number, Event[]>();
    found.set(position.block, block);
    block.set(position.index, [...(block.get(position.index) ?? []), { use, mention }]);
  }
  return found;
}

/** The declaration of a parameter or result, which is no part of the flow. */
function isSignature<O extends Options>({ scopes }: RuleContext<O>, { node }: Mention): boolean {
  const symbol = scopes.symbolOf(node);
  return symbol?.declaration === node && symbol.role !== 'local';
}

function eventsAt(events: Events, { block, index }: FlowPosition): readonly Event[] {
  return events.get(block)?.get(index) ?? [];
}

/** Events behind the position on some path, as far as the place keeps the slice. */
function reachedFrom(flow: ControlFlow, events: Events, start: FlowPosition): Event[] {
  const found = new Set<Event>();
  const seen = new Set<number>();
  const pending: FlowPosition[] = [{ block: start.block, index: start.index + 1 }];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (isKept(flow, events, at, found)) {
      for (const block of flow.blocks[at.block].successors) {
        if (!seen.has(block)) pending.push({ block, index: 0 });
        seen.add(block);
      }
    }
  }
  return [...found];
}

/** Collects the events of the rest of a block; whether the place still has the slice at its end. */
function isKept(flow: ControlFlow, events: Events, from: FlowPosition, found: Set<Event>): boolean {
  const ofBlock = events.get(from.block);
  if (ofBlock === undefined) return true;
  for (let index = from.index; index < flow.blocks[from.block].nodes.length; index++) {
    const here = ofBlock.get(index) ?? [];
    for (const event of here) if (event.use !== 'reset') found.add(event);
    if (here.some(({ use }) => use === 'reset')) return false;
  }
  return true;
}
