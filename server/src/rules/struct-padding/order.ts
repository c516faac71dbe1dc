/**
 * A better order of a struct's fields. The fewest declarations move that reach the smallest size, and rather inside their group than
 * out of it, because the order is also what a reader sees; only where that does not do it are all of them sorted.
 */
import { type Layout, layoutOfFields } from '../../model/index.ts';
import type { Declaration, Groups } from './fields.ts';

/** Beyond, every move would be tried against too many places. */
const MOST_MOVABLE = 60;
const MOST_MOVES = 4;

/** What is to become small: all bytes, or those that the garbage collector scans. */
export type Aim = 'size' | 'pointerBytes';

export function layoutOfDeclarations(declarations: readonly { readonly parts: readonly Layout[] }[]): Layout {
  return layoutOfFields(declarations.flatMap(({ parts }) => parts));
}

/** Without size first, then by alignment, pointers in front, as cmd fieldalignment sorts; what is equal stays as it was. */
export function sorted<D extends { readonly parts: readonly Layout[] }>(declarations: readonly D[]): D[] {
  return [...declarations].sort((a, b) => compare(a.parts[0], b.parts[0]));
}

function compare(a: Layout, b: Layout): number {
  if ((a.size === 0) !== (b.size === 0)) return a.size === 0 ? -1 : 1;
  if (a.alignment !== b.alignment) return b.alignment - a.alignment;
  if ((a.pointerBytes === 0) !== (b.pointerBytes === 0)) return a.pointerBytes === 0 ? 1 : -1;
  const behind = a.size - a.pointerBytes - (b.size - b.pointerBytes);
  return a.pointerBytes === 0 || behind === 0 ? b.size - a.size : behind;
}

/** The groups in an order that reaches `goal`, or sorted and without groups. */
export function reordered(groups: Groups, aim: Aim, goal: Layout): Groups {
  const all = groups.flat();
  let current = groups;
  for (let moves = 0; moves < MOST_MOVES && all.length <= MOST_MOVABLE; moves++) {
    const next = bestMove(current, aim);
    if (next === undefined) break;
    current = next;
    const layout = layoutOfDeclarations(current.flat());
    if (layout[aim] <= goal[aim] && layout.size <= goal.size) return current;
  }
  return [sorted(all)];
}

interface Move {
  readonly groups: Groups;
  readonly value: number;
  /** What the move costs a reader. */
  readonly cost: number;
}

/** The single move that gains most, or undefined when none gains anything. */
function bestMove(groups: Groups, aim: Aim): Groups | undefined {
  const before = layoutOfDeclarations(groups.flat());
  let best: Move | undefined;
  for (const move of movesOf(groups)) {
    const layout = layoutOfDeclarations(move.groups.flat());
    const value = layout[aim];
    if (value >= before[aim] || layout.size > before.size) continue;
    if (best === undefined || value < best.value || (value === best.value && move.cost < best.cost)) best = { ...move, value };
  }
  return best?.groups;
}

function* movesOf(groups: Groups): Generator<Omit<Move, 'value'>> {
  for (const [from, group] of groups.entries()) {
    for (let to = 0; to < groups.length; to++) {
      if (to !== from) yield { groups: groups.toSpliced(from, 1).toSpliced(to, 0, group), cost: 5 + Math.abs(to - from) };
    }
    for (const [i, moved] of group.entries()) yield* movesOfOne(groups, from, i, moved);
  }
}

function* movesOfOne(groups: Groups, from: number, index: number, moved: Declaration): Generator<Omit<Move, 'value'>> {
  const without = groups.toSpliced(from, 1, groups[from].toSpliced(index, 1));
  for (const [to, target] of without.entries()) {
    for (let at = 0; at <= target.length; at++) {
      if (target.length === 0 || (to === from && at === index)) continue;
      yield {
        groups: inserted(without, to, at, moved),
        cost: costOf(moved, from === to ? Math.abs(at - index) : 10 + Math.abs(to - from)),
      };
    }
  }
}

function costOf(moved: Declaration, distance: number): number {
  return distance + (moved.doc.length > 0 ? 3 : 0);
}

function inserted(groups: Groups, to: number, at: number, moved: Declaration): Groups {
  return groups.map((each, g) => (g === to ? each.toSpliced(at, 0, moved) : each)).filter((each) => each.length > 0);
}
