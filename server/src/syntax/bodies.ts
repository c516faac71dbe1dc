/**
 * What stays while people type: bodies of functions change, and what is around them does not. Two trees of one file are held
 * against each other; where everything outside of bodies is the same, byte for byte, functions answer to each other one by one.
 */
import type { Range } from '../base/index.ts';
import * as go from './accessors.ts';
import { Kind } from './kinds.ts';
import { NONE, type Node, type Tree } from './tree.ts';

/** One function, method or declaration of package variables in both trees. */
export interface BodyMatch {
  readonly before: Node;
  readonly now: Node;
  /** Bytes of its body in both texts where they differ; undefined where they are the same. */
  readonly change: { readonly before: Range; readonly now: Range } | undefined;
}

/** Of a kind that is outermost where nothing of such a kind is around it. */
export function isOutermost(tree: Tree, node: Node): boolean {
  const kind = tree.kind[node];
  return kind === Kind.function_declaration || kind === Kind.method_declaration || kind === Kind.var_spec;
}

/** Rows of functions, methods and package variables, those with syntax errors included. */
export function outermostRows(tree: Tree): Node[] {
  const found: Node[] = [];
  for (let row = 1; row < tree.length; ) {
    const isFound = isOutermost(tree, row);
    if (isFound) found.push(row);
    row = isFound ? tree.next[row] : row + 1;
  }
  return found;
}

/** One for each of `outermostRows` of the older tree; undefined where the trees differ outside of bodies. */
export function matchBodies(before: Tree, now: Tree): readonly BodyMatch[] | undefined {
  const rows = outermostRows(before);
  const rowsNow = outermostRows(now);
  if (rows.length !== rowsNow.length) return undefined;
  const matches: BodyMatch[] = [];
  let [row, rowNow, at, atNow] = [1, 1, 0, 0];
  for (const [i, fn] of rows.entries()) {
    const fnNow = rowsNow[i];
    const body = outlineEnd(before, fn);
    const bodyNow = outlineEnd(now, fnNow);
    const [from, fromNow] = [edgeAt(before, body, fn), edgeAt(now, bodyNow, fnNow)];
    if (!sameRows(before, row, body, now, rowNow, bodyNow) || !sameBytes(before, at, from, now, atNow, fromNow)) return undefined;
    [row, rowNow] = [before.next[fn], now.next[fnNow]];
    [at, atNow] = [before.end[fn], now.end[fnNow]];
    const isSame = sameRows(before, body, row, now, bodyNow, rowNow) && sameBytes(before, from, at, now, fromNow, atNow);
    if (!isSame && before.kind[fn] === Kind.var_spec) return undefined;
    const change = isSame ? undefined : { before: { start: from, end: at }, now: { start: fromNow, end: atNow } };
    matches.push({ before: fn, now: fnNow, change });
  }
  const isSameBehind =
    sameRows(before, row, before.length, now, rowNow, now.length) &&
    sameBytes(before, at, before.source.length, now, atNow, now.source.length);
  return isSameBehind ? matches : undefined;
}

/** Row at which what everybody sees of a declaration ends: its body, or what comes after it. */
function outlineEnd(tree: Tree, fn: Node): Node {
  const body = tree.kind[fn] === Kind.var_spec ? NONE : go.functionDeclaration.body(tree, fn);
  return body === NONE ? tree.next[fn] : body;
}

function edgeAt(tree: Tree, body: Node, fn: Node): number {
  return body < tree.next[fn] ? tree.start[body] : tree.end[fn];
}

function sameRows(a: Tree, from: Node, to: Node, b: Tree, fromB: Node, toB: Node): boolean {
  if (to - from !== toB - fromB) return false;
  for (let row = from, other = fromB; row < to; row++, other++) {
    if (a.kind[row] !== b.kind[other] || a.field[row] !== b.field[other]) return false;
    if (a.kind[a.parent[row]] !== b.kind[b.parent[other]]) return false;
  }
  return true;
}

function sameBytes(a: Tree, from: number, to: number, b: Tree, fromB: number, toB: number): boolean {
  if (to - from !== toB - fromB) return false;
  for (let at = from, other = fromB; at < to; at++, other++) if (a.source[at] !== b.source[other]) return false;
  return true;
}
