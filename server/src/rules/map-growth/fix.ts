/**
 * The size hint for a map: given where the map is made when the count is known there, otherwise by moving the declaration down
 * to the loop, which nothing can tell, because nothing in between names the map.
 */
import type { Range } from '../../base/index.ts';
import { type Capacity, type Fill, placeText, Since } from '../../model/index.ts';
import { children, descendants, encloses, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import { lineEndAt, lineStartAt, nextLineAt, removeLines } from '../kit/edits.ts';
import { insertBeforeLoop, isKnownAtStart, isTypeSameAt, madeText, valueWithRoom } from '../kit/growth-edits.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';

export function fixesFor<O extends Options>(context: RuleContext<O>, fill: Fill, capacity: Capacity): RuleFix[] {
  const { tree, types, scopes, file } = context;
  const { start, loops } = fill;
  // A hint below zero counts as none (Go spec, "Making slices, maps and channels"), but a product of two would be above.
  const needsMax = loops.length > 1 && capacity.guardedText !== capacity.text;
  const hasMax = file.go >= Since.maxAndSlices && scopes.lookup('max', loops[0])?.file === undefined;
  const room = needsMax && hasMax ? capacity.guardedText : capacity.text;
  const type = start.type === NONE ? types.typeText(types.typeOf(start.value)) : textOf(tree, start.type);
  if (room === undefined || type === undefined || !areBuiltin(context, ['make', 'len', 'int'], loops[0])) return [];
  const title = `Make ${placeText(fill.place)} with room for ${room}`;
  const safety = needsMax && !hasMax ? 'suggestion' : 'safe';
  if (isKnownAtStart(context, fill, capacity)) {
    const edit = valueWithRoom(tree, start, 'map', room, type);
    return edit === undefined ? [] : [{ title, safety, edits: [edit] }];
  }
  if (start.type === NONE || !isTypeSameAt(context, start.type, loops[0])) return [];
  const moved = moveToLoop(tree, fill, madeText('map', type, room));
  return moved === undefined ? [] : [{ title: `${title}, just before the loop`, safety, edits: moved }];
}

function areBuiltin<O extends Options>({ scopes }: RuleContext<O>, names: readonly string[], node: Node): boolean {
  return names.every((name) => scopes.lookup(name, node)?.file === undefined);
}

/** Takes `m := make(map[K]V)` from its line and writes it, with the size, in front of the loop. */
function moveToLoop(tree: Tree, fill: Fill, made: string): FileEdit[] | undefined {
  const { start, place, loops } = fill;
  const { statement } = start;
  if (place.fields.length > 0 || !isLoneDeclaration(tree, statement)) return undefined;
  const lines = ownLines(tree, statement);
  if (lines === undefined || jumpsOver(tree, statement, loops[0])) return undefined;
  const trailing = textBetween(tree, tree.end[statement], lineEndAt(tree, tree.end[statement]));
  return [removeLines(tree, lines), insertBeforeLoop(tree, loops[0], [`${place.root.name} := ${made}${trailing.trimEnd()}`])];
}

/** `m := …`, or `var m = …` with or without a type, alone in its statement. */
function isLoneDeclaration(tree: Tree, statement: Node): boolean {
  if (tree.kind[statement] === Kind.short_var_declaration) return children(tree, go.shortVarDeclaration.left(tree, statement)).length === 1;
  if (tree.kind[statement] !== Kind.var_declaration) return false;
  const [spec] = children(tree, statement);
  return tree.kind[spec] === Kind.var_spec && go.varSpec.name(tree, spec).length === 1 && go.varSpec.type(tree, spec) === NONE;
}

/** The whole lines of a statement that shares them with nothing but a comment behind it; undefined where a comment stands inside or directly above. */
function ownLines(tree: Tree, statement: Node): Range | undefined {
  const start = lineStartAt(tree, tree.start[statement]);
  const end = lineEndAt(tree, tree.end[statement]);
  const above = start === 0 ? '' : textBetween(tree, lineStartAt(tree, start - 1), start);
  const before = textBetween(tree, start, tree.start[statement]);
  const behind = textBetween(tree, tree.end[statement], end).trim();
  const isAlone = before.trim() === '' && (behind === '' || behind.startsWith('//'));
  if (!isAlone || descendants(tree, statement, Kind.comment).length > 0 || /^\s*(\/\/|\/\*)|\*\/\s*$/.test(above)) return undefined;
  return { start, end: nextLineAt(tree, end) };
}

/** A labelled statement in between could be jumped to, past the declaration. */
function jumpsOver(tree: Tree, statement: Node, loop: Node): boolean {
  return descendants(tree, tree.parent[statement], Kind.labeled_statement).some(
    (row) => row > statement && row < loop && !encloses(tree, row, loop),
  );
}
