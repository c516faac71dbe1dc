/**
 * Room for a slice before the loop that fills it. Three forms, in order: `make` where the slice is declared, when the count is
 * known there and nobody can see nil; `slices.Grow` in front of the loop, which leaves nil nil; `make` in front of the loop.
 */
import { type Capacity, type Fill, isBackingShared, isNilVisible, placeText, Since, type SliceFill } from '../../model/index.ts';
import { enclosingFunction, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { replacement, unusedName } from '../kit/edits.ts';
import { declarationWithRoom, insertBeforeLoop, isKnownAtStart, isTypeSameAt, valueWithRoom } from '../kit/growth-edits.ts';
import { slicesAt } from '../kit/imports.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';

export function fixesFor<O extends Options>(context: RuleContext<O>, found: SliceFill): RuleFix[] {
  const { fill, capacity } = found;
  const room = roomAt(context, capacity, fill.loops[0]);
  if (room === undefined) return nameElements(context, fill);
  const name = placeText(fill.place);
  const doubt = doubtOf(context, found, room);
  const isVisible = isNilVisible(context, fill, !found.isEveryIteration || (capacity.elements ?? 0) === 0);
  const declared = isKnownAtStart(context, fill, capacity) ? atDeclaration(context, fill, room.text) : undefined;
  const made = `Make ${name} with room for ${room.text}`;
  const grown = isVisible || declared === undefined ? growBefore(context, fill, room.text) : undefined;
  const fixes = grown === undefined ? [] : [fixOf(`Grow ${name} by ${room.text} before the loop`, grown, doubt)];
  const edits = declared ?? (grown === undefined ? makeBefore(context, fill, room.text) : undefined);
  if (edits === undefined) return fixes;
  return [...fixes, fixOf(made, edits, isVisible ? 'without elements it is then empty instead of nil' : doubt)];
}

function fixOf(title: string, edits: readonly FileEdit[], doubt: string | undefined): RuleFix {
  return doubt === undefined ? { title, safety: 'safe', edits } : { title: `${title}; ${doubt}`, safety: 'suggestion', edits };
}

/** What could differ afterwards, or undefined where nothing can. */
function doubtOf<O extends Options>(context: RuleContext<O>, { fill, isEveryIteration }: SliceFill, room: Room): string | undefined {
  if (!room.isExact) return 'panics where the count is negative';
  if (!isEveryIteration) return 'more than is needed where iterations append nothing';
  if (isBackingShared(context, fill)) return 'its memory is shared or measured while it grows';
  return isSeenAfterPanic(context.tree, fill) ? 'after a panic in the loop it may be empty instead of nil' : undefined;
}

/** A capacity as it may be asked for; not exact where it could be negative and this Go version has no `max`. */
interface Room {
  readonly text: string;
  readonly isExact: boolean;
}

function roomAt<O extends Options>(context: RuleContext<O>, capacity: Capacity, loop: Node): Room | undefined {
  if (capacity.text === undefined || capacity.guardedText === undefined) return undefined;
  if (!areBuiltin(context, ['make', 'len', 'int'], loop)) return undefined;
  if (capacity.guardedText === capacity.text) return { text: capacity.text, isExact: true };
  const hasMax = context.file.go >= Since.maxAndSlices && areBuiltin(context, ['max'], loop);
  return hasMax ? { text: capacity.guardedText, isExact: true } : { text: capacity.text, isExact: false };
}

function areBuiltin<O extends Options>({ scopes }: RuleContext<O>, names: readonly string[], node: Node): boolean {
  return names.every((name) => scopes.lookup(name, node)?.file === undefined);
}

/** Whether a panic in the loop before the first append lets a caller see the slice no longer nil. */
function isSeenAfterPanic(tree: Tree, fill: Fill): boolean {
  const { root, fields } = fill.place;
  if (!fill.start.isNil) return false;
  if (root.role !== 'local' && fields.length > 0) return true;
  return (root.role === 'result' || fields.length > 0) && hasDefer(tree, enclosingFunction(tree, fill.loops[0]));
}

function hasDefer(tree: Tree, fn: Node): boolean {
  for (let row = fn; row < tree.next[fn]; row++) if (tree.kind[row] === Kind.defer_statement) return true;
  return false;
}

function atDeclaration<O extends Options>(context: RuleContext<O>, fill: Fill, room: string): FileEdit[] | undefined {
  const { tree } = context;
  const type = typeText(context, fill, fill.start.statement);
  if (type === undefined) return undefined;
  const edit = declarationWithRoom(tree, fill.start, room, type) ?? valueWithRoom(tree, fill.start, 'slice', room, type);
  return edit && [edit];
}

/** The slice's type as it is written at `node`. */
function typeText<O extends Options>(context: RuleContext<O>, fill: Fill, node: Node): string | undefined {
  const { tree, types } = context;
  const { type } = fill.start;
  if (type !== NONE && isTypeSameAt(context, type, node)) return textOf(tree, type);
  const target = fill.mentions.find((mention) => mention.kind === 'self');
  return target && types.typeText(types.typeOf(target.node), node);
}

function growBefore<O extends Options>(context: RuleContext<O>, fill: Fill, room: string): FileEdit[] | undefined {
  const [loop] = fill.loops;
  const slices = slicesAt(context, loop);
  if (slices === undefined) return undefined;
  const name = placeText(fill.place);
  return [...slices.imports, insertBeforeLoop(context.tree, loop, [`${name} = ${slices.name}.Grow(${name}, ${room})`])];
}

/** What is ranged over gets a name in front of the loop, so that its length can be asked for. It is evaluated once and at the same point, but reads differently. */
function nameElements<O extends Options>(context: RuleContext<O>, fill: Fill): RuleFix[] {
  const { tree, scopes, types } = context;
  const [{ operand }, ...more] = fill.counts;
  const kind = types.underlying(types.typeOf(operand)).kind;
  if (more.length > 0 || operand === NONE || (kind !== 'slice' && kind !== 'map') || !areBuiltin(context, ['make', 'len'], fill.loops[0]))
    return [];
  const name = unusedName(tree, scopes, kind === 'map' ? 'entries' : 'items', fill.loops[0]);
  const room = `len(${name})`;
  const named = insertBeforeLoop(tree, fill.loops[0], [`${name} := ${textOf(tree, operand)}`]);
  const filled = growBefore(context, fill, room) ?? makeBefore(context, fill, room);
  if (filled === undefined) return [];
  const edits = filled.map((edit) => (edit.range.start === named.range.start ? { ...edit, newText: named.newText + edit.newText } : edit));
  return [
    {
      title: `Name what is ranged over and make room for it in ${placeText(fill.place)}`,
      safety: 'suggestion',
      edits: [...edits, replacement(tree, operand, name)],
    },
  ];
}

function makeBefore<O extends Options>(context: RuleContext<O>, fill: Fill, room: string): FileEdit[] | undefined {
  const { tree } = context;
  const type = typeText(context, fill, fill.loops[0]);
  if (type === undefined) return undefined;
  return [insertBeforeLoop(tree, fill.loops[0], [`${placeText(fill.place)} = make(${type}, 0, ${room})`])];
}
