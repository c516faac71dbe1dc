/**
 * Control flow of one function as basic blocks, and what is asked of it: where a node stands, and whether the function can
 * return or fall off its end. Panics are no paths: code after them does not run, and deferred calls do.
 */
import { Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import type { ControlFlow } from '../shapes.ts';
import { buildControlFlow } from './control-flow-build.ts';
import { type CallResolver, neverReturns } from './no-return.ts';

/**
 * Graph of a function declaration, method or literal; literals inside it are values in it, not part of its flow. `types`
 * sharpen which calls never return. A broken body gives a graph of what was understood.
 */
export function controlFlow(tree: Tree, fn: Node, types?: CallResolver): ControlFlow {
  return buildControlFlow(tree, fn, (call) => neverReturns(tree, call, types));
}

/** A place in a graph: `block.nodes[index]`. */
export interface FlowPosition {
  readonly block: number;
  readonly index: number;
}

const positions = new WeakMap<ControlFlow, ReadonlyMap<Node, FlowPosition>>();

/** Where a node, or the statement or condition it belongs to, is evaluated; undefined for compound statements and other functions' nodes. */
export function positionOf(flow: ControlFlow, tree: Tree, node: Node): FlowPosition | undefined {
  const known = positionsOf(flow);
  for (let at = node; at !== NONE && at !== flow.function; at = tree.parent[at]) {
    const position = known.get(at);
    if (position !== undefined) return position;
    if (tree.kind[at] === Kind.statement_list) return undefined;
  }
  return undefined;
}

function positionsOf(flow: ControlFlow): ReadonlyMap<Node, FlowPosition> {
  const known = positions.get(flow);
  if (known !== undefined) return known;
  const found = new Map<Node, FlowPosition>();
  for (const block of flow.blocks) for (const [index, node] of block.nodes.entries()) found.set(node, { block: block.index, index });
  positions.set(flow, found);
  return found;
}

/** Whether the function can return at all, by a return statement or off its end. */
export function canReturn(flow: ControlFlow): boolean {
  return flow.blocks[flow.exit].predecessors.length > 0;
}

/** Blocks from which control falls off the closing brace, without a return statement. */
export function blocksFallingOff(flow: ControlFlow, tree: Tree): readonly number[] {
  return flow.blocks[flow.exit].predecessors.filter((from) => {
    const { nodes } = flow.blocks[from];
    return nodes.length === 0 || tree.kind[nodes[nodes.length - 1]] !== Kind.return_statement;
  });
}
