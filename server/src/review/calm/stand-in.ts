/**
 * The text that is reviewed while one is being typed: that of the editor, in which every declaration that does not parse is as
 * it was when it last did. Callers of a function that is half typed thus see the function they saw before, and its own findings
 * stay, moved to where their code is now. Nothing is matched by name: the two texts are compared, and what a broken place
 * touches in the sound one is put there whole.
 */
import { applyEdits, type Range } from '../../base/index.ts';
import { isBroken, Kind, NONE, parse, type Tree } from '../../syntax/index.ts';
import { soundRows } from '../dispatch.ts';
import { endAt, inverse, type Run, startAt, type TextMap, textMap } from './text-map.ts';

const NEWLINE = 10;

export interface StandIn {
  /** Sound Go. */
  readonly tree: Tree;
  /** From the stand-in to the text of the editor; what is not in it is gone there. */
  readonly map: TextMap;
  /** Byte ranges of the stand-in that are of the earlier text. */
  readonly kept: readonly Range[];
}

interface Region {
  /** What does not parse, with all declarations that it touches. */
  readonly current: Range;
  /** What stood there. */
  readonly sound: Range;
}

interface Maps {
  /** From the sound text to the broken one. */
  readonly there: TextMap;
  readonly back: TextMap;
  /** In bytes. */
  readonly lengths: { readonly sound: number; readonly broken: number };
}

/** `broken` is the editor's text, `sound` the last one without a problem. Undefined when they do not fit together. */
export function standInFor(broken: Tree, sound: Tree): StandIn | undefined {
  const there = textMap(sound.source, broken.source);
  const maps = { there, back: inverse(there), lengths: { sound: sound.source.length, broken: broken.source.length } };
  const [pieces, declarations] = [piecesOf(broken), piecesOf(sound)];
  const unsound = pieces.filter(({ isSound }) => !isSound).map((piece) => regionAround(piece, pieces, declarations, maps));
  const regions = joined([...lostClause(broken, sound, maps), ...unsound]);
  if (regions.length === 0) return undefined;
  const decoder = new TextDecoder();
  const text = applyEdits(
    broken.source,
    regions.map(({ current, sound: { start, end } }) => ({
      path: '',
      range: current,
      newText: decoder.decode(sound.source.subarray(start, end)),
    })),
  );
  const isKnown = isSame(text, sound.source);
  const { tree, problems } = isKnown ? { tree: sound, problems: [] } : parse(text);
  return isWhole({ tree, isSound: problems.length === 0 }) ? { tree, ...mapOf(regions, broken.source.length, there) } : undefined;
}

/** The grammar takes a text without a package clause. To who types it is what was there before it was deleted, or is to come. */
export function isWhole({ tree, isSound }: { readonly tree: Tree; readonly isSound: boolean }): boolean {
  return isSound && packageClause(tree) !== NONE;
}

function packageClause(tree: Tree): number {
  for (let row = 1; row < tree.length; row = tree.next[row]) if (tree.kind[row] === Kind.package_clause) return row;
  return NONE;
}

export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A declaration, or a piece of what is none. */
interface Piece extends Range {
  readonly isSound: boolean;
}

/** What stands at the top of a file, comments left out: what rules may see, and what they may not. */
function piecesOf(tree: Tree): Piece[] {
  const rescued = soundRows(tree).filter(({ from }) => tree.parent[from] !== NONE);
  const pieces: Piece[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    let start = tree.start[row];
    for (const { from } of rescued.filter((each) => row < each.from && each.from < tree.next[row])) {
      pieces.push({ start, end: tree.start[from], isSound: false }, { start: tree.start[from], end: tree.end[from], isSound: true });
      start = tree.end[from];
    }
    const isSound = !isBroken(tree, row);
    if (!isSound || tree.kind[row] !== Kind.comment) pieces.push({ start, end: tree.end[row], isSound });
  }
  return pieces.filter(({ start, end }) => start < end);
}

/** A package clause that was taken out, or into a comment, leaves no piece that is broken. */
function lostClause(broken: Tree, sound: Tree, { there, lengths }: Maps): Region[] {
  const row = packageClause(sound);
  if (packageClause(broken) !== NONE || row === NONE) return [];
  const clause = { start: sound.start[row], end: sound.end[row] };
  const left = { start: startAt(there, clause.start), end: endAt(there, clause.end, lengths.broken) };
  const current = withAll(topOf(broken), { start: Math.min(left.start, left.end), end: Math.max(left.start, left.end) });
  const isLastOnLine = current.end === lengths.broken || broken.source[current.end] === NEWLINE;
  return [{ current, sound: isLastOnLine ? clause : { start: clause.start, end: lineAfter(sound, clause.end) } }];
}

function topOf({ start, end, next, length }: Tree): Range[] {
  const rows: Range[] = [];
  for (let row = 1; row < length; row = next[row]) rows.push({ start: start[row], end: end[row] });
  return rows;
}

function lineAfter({ source }: Tree, offset: number): number {
  const newline = source.indexOf(NEWLINE, offset);
  return newline < 0 ? source.length : newline + 1;
}

/** Grows until it begins and ends between declarations in both texts. */
function regionAround(range: Range, pieces: readonly Range[], declarations: readonly Range[], maps: Maps): Region {
  const { there, back, lengths } = maps;
  for (let current = range; ; ) {
    const [start, end] = [startAt(back, current.start), endAt(back, current.end, lengths.sound)];
    const sound = withAll(declarations, { start: Math.min(start, end), end: Math.max(start, end) });
    const wider = withAll(pieces, {
      start: Math.min(current.start, startAt(there, sound.start)),
      end: Math.max(current.end, endAt(there, sound.end, lengths.broken)),
    });
    if (wider.start === current.start && wider.end === current.end) return { current, sound };
    current = wider;
  }
}

/** The range with all of every declaration of which it has a part. */
function withAll(declarations: readonly Range[], range: Range): Range {
  const touched = declarations.filter(({ start, end }) => start < range.end && range.start < end);
  return touched.reduce(around, range);
}

/** Regions that share a byte are one, because their texts overlap in at least one of the two. */
function joined(regions: readonly Region[]): Region[] {
  const result: Region[] = [];
  for (const region of [...regions].sort((a, b) => a.current.start - b.current.start)) {
    const last = result.at(-1);
    const overlap = last !== undefined && (region.current.start <= last.current.end || region.sound.start < last.sound.end);
    if (overlap) result[result.length - 1] = { current: around(last.current, region.current), sound: around(last.sound, region.sound) };
    else result.push(region);
  }
  return result;
}

function around(a: Range, b: Range): Range {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

function mapOf(regions: readonly Region[], length: number, there: TextMap): Pick<StandIn, 'map' | 'kept'> {
  const map: Run[] = [];
  const kept: Range[] = [];
  let [from, to] = [0, 0];
  for (const { current, sound } of regions) {
    map.push({ from, to, length: current.start - to });
    from += current.start - to;
    for (const run of there) {
      const start = Math.max(run.from, sound.start, run.from + current.start - run.to);
      const end = Math.min(run.from + run.length, sound.end, run.from + current.end - run.to);
      if (start < end) map.push({ from: from + start - sound.start, to: run.to + start - run.from, length: end - start });
    }
    kept.push({ start: from, end: from + sound.end - sound.start });
    from += sound.end - sound.start;
    to = current.end;
  }
  map.push({ from, to, length: length - to });
  return { map: map.filter((run) => run.length > 0), kept };
}
