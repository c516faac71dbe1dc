/**
 * The tree of an edited text, made of the tree of the text before it: only the declarations that the edit touched are read
 * again. That is exact, because the driver settles everything before it reads a declaration (driver.ts, `settle`): what
 * it makes of one hangs on that declaration's bytes alone, as long as there is no error.
 */
import { Flag, NONE, type Node, type Tree } from './tree.ts';

/** The longest keyword and the byte behind it, which tells the keyword from a longer word. */
const LONGEST_KEYWORD = 'package '.length;
const LINE_FEED = 10;

/** Bytes that are read again, and the rows of the tree before that stay. */
interface Cut {
  /** Bytes `[start, end)` of the new text. */
  readonly start: number;
  readonly end: number;
  /** Rows below `head` stay as they are, those from `tail` on move. */
  readonly head: Node;
  readonly tail: Node;
}

/**
 * Undefined where nothing is won, and where an error forbids it. `read` gives the tree of a text by itself, undefined when
 * that has errors. The same rows as reading the whole text gives.
 */
export function spliced(before: Tree, source: Uint8Array, read: (text: Uint8Array) => Tree | undefined): Tree | undefined {
  if ((before.flags[NONE] & Flag.broken) !== 0) return undefined;
  const cut = cutAround(before, source);
  if ((cut.end - cut.start) * 2 > source.length) return undefined;
  const middle = read(source.subarray(cut.start, cut.end));
  return middle === undefined ? undefined : joined(before, middle, source, cut);
}

/** From the last declaration that begins before the edit to the first that begins in column 0 behind it. */
function cutAround(before: Tree, source: Uint8Array): Cut {
  const old = before.source;
  const shorter = Math.min(old.length, source.length);
  let same = 0;
  while (same < shorter && old[same] === source[same]) same++;
  let sameBehind = 0;
  while (sameBehind < shorter - same && old[old.length - 1 - sameBehind] === source[source.length - 1 - sameBehind]) sameBehind++;
  let head = NONE;
  let tail = before.length;
  for (let row = 1; row < before.length; row = before.next[row]) {
    const start = before.start[row];
    if (!isDeclaration(before, row)) continue;
    if (start + LONGEST_KEYWORD <= same) head = row;
    else if (start > old.length - sameBehind && old[start - 1] === LINE_FEED) {
      tail = row;
      break;
    }
  }
  return {
    start: head === NONE ? 0 : before.start[head],
    end: tail === before.length ? source.length : before.start[tail] + source.length - old.length,
    head: head === NONE ? 1 : head,
    tail,
  };
}

/** Comments and empty statements are no place to begin. */
function isDeclaration(tree: Tree, row: Node): boolean {
  return tree.next[row] > row + 1;
}

function joined(before: Tree, middle: Tree, source: Uint8Array, { start, head, tail }: Cut): Tree {
  const behind = head + middle.length - 1;
  const length = behind + before.length - tail;
  const tree: Tree = {
    source,
    length,
    kind: new Uint16Array(length),
    field: new Uint8Array(length),
    flags: new Uint8Array(length),
    start: new Uint32Array(length),
    end: new Uint32Array(length),
    parent: new Uint32Array(length),
    next: new Uint32Array(length),
  };
  for (const column of ['kind', 'field', 'start', 'end', 'parent', 'next'] as const) tree[column].set(before[column].subarray(0, head));
  copyRows(tree, head, middle, 1, start);
  copyRows(tree, behind, before, tail, source.length - before.source.length);
  const last = tail < before.length ? before.end[NONE] + source.length - before.source.length : middle.end[NONE] + start;
  tree.start[NONE] = length > 1 ? tree.start[1] : middle.start[NONE];
  tree.end[NONE] = last;
  tree.next[NONE] = length;
  return tree;
}

/** Rows of `from` beginning with `first`, to stand at `to`, their text `shift` bytes further on. */
function copyRows(tree: Tree, to: Node, from: Tree, first: Node, shift: number): void {
  const moved = to - first;
  tree.kind.set(from.kind.subarray(first), to);
  tree.field.set(from.field.subarray(first), to);
  for (let row = first; row < from.length; row++) {
    tree.start[row + moved] = from.start[row] + shift;
    tree.end[row + moved] = from.end[row] + shift;
    tree.next[row + moved] = from.next[row] + moved;
    tree.parent[row + moved] = from.parent[row] === NONE ? NONE : from.parent[row] + moved;
  }
}
