/**
 * The flat syntax tree: one row per node in typed arrays, in preorder. A node is its row number, so there is no object to
 * allocate, keep alive or free, and one loop over the rows is a walk of the file. Row i's subtree is the rows
 * `[i, next[i])`: its first child is row i+1 when that is below next[i], and a child's next sibling is its `next`.
 *
 * Rows exist for named nodes (comments and errors too) and for anonymous tokens that have a field, such as operators.
 */
import { Field, Kind } from './kinds.ts';

/** Row of a node. */
export type Node = number;

/** The absent node. Row 0 is the file itself, which is nobody's child, so accessors chain over it without harm. */
export const NONE: Node = 0;

export const Flag = {
  /** An ERROR node, or a token the parser made up. */
  error: 1,
  /** An error lies in the node or below it. */
  broken: 2,
} as const;

export interface Tree {
  /** UTF-8 bytes of the file. */
  readonly source: Uint8Array;
  /** Number of rows. */
  readonly length: number;
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly flags: Uint8Array;
  /** Byte offsets. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Uint32Array;
  /** Row after the node's subtree. */
  readonly next: Uint32Array;
}

export function isBroken(tree: Tree, node: Node): boolean {
  return (tree.flags[node] & Flag.broken) !== 0;
}

/** First child with the field, or NONE. */
export function childOf(tree: Tree, node: Node, field: number): Node {
  const end = tree.next[node];
  for (let child = node + 1; child < end; child = tree.next[child]) if (tree.field[child] === field) return child;
  return NONE;
}

/** Children with the field, comments left out, in source order. */
export function childrenOf(tree: Tree, node: Node, field: number): Node[] {
  const found: Node[] = [];
  const end = tree.next[node];
  for (let child = node + 1; child < end; child = tree.next[child]) {
    if (tree.field[child] === field && tree.kind[child] !== Kind.comment) found.push(child);
  }
  return found;
}

/** Every named child but comments, in source order. */
export function children(tree: Tree, node: Node): Node[] {
  const found: Node[] = [];
  const end = tree.next[node];
  for (let child = node + 1; child < end; child = tree.next[child]) {
    if (tree.kind[child] !== Kind.comment) found.push(child);
  }
  return found;
}

/** First child but comments, or NONE. */
export function firstChild(tree: Tree, node: Node): Node {
  const end = tree.next[node];
  for (let child = node + 1; child < end; child = tree.next[child]) if (tree.kind[child] !== Kind.comment) return child;
  return NONE;
}

/** Sibling after the node but comments, or NONE. */
export function nextSibling(tree: Tree, node: Node): Node {
  const end = tree.next[tree.parent[node]];
  for (let sibling = tree.next[node]; sibling < end; sibling = tree.next[sibling]) {
    if (tree.kind[sibling] !== Kind.comment) return sibling;
  }
  return NONE;
}

/** Rows of a kind in the node's subtree, itself included, in source order. */
export function descendants(tree: Tree, node: Node, kind: number): Node[] {
  const found: Node[] = [];
  const end = tree.next[node];
  for (let row = node; row < end; row++) if (tree.kind[row] === kind) found.push(row);
  return found;
}

/** Whether `inner` is `outer` or lies below it. */
export function encloses(tree: Tree, outer: Node, inner: Node): boolean {
  return outer <= inner && inner < tree.next[outer];
}

/** Nearest ancestor (not the node itself) of one of the kinds, or NONE. */
export function ancestor(tree: Tree, node: Node, ...kinds: readonly number[]): Node {
  for (let up = tree.parent[node]; up !== NONE; up = tree.parent[up]) if (kinds.includes(tree.kind[up])) return up;
  return NONE;
}

const FUNCTIONS: readonly number[] = [Kind.function_declaration, Kind.method_declaration, Kind.func_literal];

export function isFunction(tree: Tree, node: Node): boolean {
  return FUNCTIONS.includes(tree.kind[node]);
}

/** Innermost function declaration, method or literal around the node (not itself), or NONE. */
export function enclosingFunction(tree: Tree, node: Node): Node {
  let at = node === NONE ? NONE : tree.parent[node];
  while (at !== NONE && !isFunction(tree, at)) at = tree.parent[at];
  return at;
}

/** The expression without the parentheses around it. */
export function unparenthesized(tree: Tree, node: Node): Node {
  let inner = node;
  while (tree.kind[inner] === Kind.parenthesized_expression) inner = firstChild(tree, inner);
  return inner;
}

/** The identifier that names what a call_expression calls, the last one of a selector; NONE when that has no name. */
export function calledName(tree: Tree, call: Node): Node {
  const called = unparenthesized(tree, childOf(tree, call, Field.function));
  switch (tree.kind[called]) {
    case Kind.identifier:
      return called;
    case Kind.selector_expression:
      return childOf(tree, called, Field.field);
    default:
      return NONE;
  }
}

const decoder = new TextDecoder();

/** Source text of a node; of NONE it is empty. */
export function textOf(tree: Tree, node: Node): string {
  return node === NONE ? '' : textBetween(tree, tree.start[node], tree.end[node]);
}

/** Source text of a byte range. */
export function textBetween(tree: Tree, start: number, end: number): string {
  const length = end - start;
  return length > MAX_NAME ? decoder.decode(tree.source.subarray(start, end)) : nameAt(tree.source, start, length);
}

/** Whether the node's source is this text, which must be ASCII; nothing is decoded. */
export function isText(tree: Tree, node: Node, text: string): boolean {
  return node !== NONE && tree.end[node] - tree.start[node] === text.length && isWrittenAt(tree.source, tree.start[node], text);
}

/** Longer texts are rarely names, and rarely asked for twice. */
const MAX_NAME = 64;
/** A power of two. */
const NAMES = 8192;

/**
 * The last text met with each hash: code says the same few hundred names thousands of times, so that most need no new string,
 * and maps find one they know by its address. Holds ASCII only and is a cache of a fixed size, so it never has to be emptied.
 */
const names: string[] = new Array<string>(NAMES).fill('');

function nameAt(source: Uint8Array, start: number, length: number): string {
  let hash = length;
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 31) + source[start + i]) | 0;
  const slot = (hash ^ (hash >>> 13)) & (NAMES - 1);
  const known = names[slot];
  if (known.length === length && isWrittenAt(source, start, known)) return known;
  let text = '';
  for (let i = start; i < start + length; i++) {
    const byte = source[i];
    if (byte >= 0x80) return decoder.decode(source.subarray(start, start + length));
    text += String.fromCharCode(byte);
  }
  names[slot] = text;
  return text;
}

function isWrittenAt(source: Uint8Array, start: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (source[start + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Byte offset of the first occurrence of a token between two offsets, comments skipped, or -1. For keywords and punctuation, which have no rows. */
export function tokenOffset(tree: Tree, token: string, start: number, end: number): number {
  const { source } = tree;
  for (let at = start; at < end; at++) {
    if (source[at] === 0x2f && source[at + 1] === 0x2f) at = skipTo(source, '\n', at, end);
    else if (source[at] === 0x2f && source[at + 1] === 0x2a) at = skipTo(source, '*/', at + 2, end) + 1;
    else if (isWrittenAt(source, at, token)) return at;
  }
  return -1;
}

function skipTo(source: Uint8Array, token: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isWrittenAt(source, at, token)) at++;
  return at;
}

/** Whether a `range` clause or a `select` receive declares its variables (`:=`) rather than assigning them. */
export function declaresVariables(tree: Tree, clause: Node): boolean {
  const left = childOf(tree, clause, Field.left);
  const right = childOf(tree, clause, Field.right);
  return left !== NONE && tokenOffset(tree, ':=', tree.end[left], tree.start[right]) >= 0;
}
