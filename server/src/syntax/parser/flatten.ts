/** The arena's records to the rows of the flat tree: hidden nodes dissolve, aliases and fields come from the productions. */
import type { Tree } from '../tree.ts';
import type { Root } from './driver.ts';
import { EXTRA, SYMBOL } from './stack.ts';
import { Shown, type Tables } from './tables.ts';

/** Words per level of the walk: next child, end of the children, production, row, children counted so far, field handed down, whether the node is hidden. */
const LEVEL = 7;

/** Rows that can be written anew for each file. */
interface Rows {
  readonly capacity: number;
  readonly kind: Uint16Array;
  readonly field: Uint8Array;
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  readonly parent: Uint32Array;
  readonly next: Uint32Array;
}

/** Iterations parsed files into trees, one at a time, with scratch space of its own. */
export class Flattener {
  private readonly tables: Tables;
  private rows = newRows(4096);
  private levels = new Int32Array(LEVEL * 256);

  constructor(tables: Tables) {
    this.tables = tables;
  }

  /** Tree of a file without errors. */
  flatten(root: Root, source: Uint8Array): Tree {
    if (this.rows.capacity < root.arena.top) this.rows = newRows(Math.ceil(root.arena.top * 1.3));
    const length = this.fill(root);
    const { kind, field, start, end, parent, next } = this.rows;
    return {
      source,
      length,
      kind: kind.slice(0, length),
      field: field.slice(0, length),
      flags: new Uint8Array(length),
      start: start.slice(0, length),
      end: end.slice(0, length),
      parent: parent.slice(0, length),
      next: next.slice(0, length),
    };
  }

  /** One loop with its registers in local variables: it touches every node of every file. */
  private fill(root: Root): number {
    const { shown, kind: kinds, alias, field: fields, width, extraField } = this.tables;
    const { words } = root.arena;
    const { kind, field, start, end, parent, next } = this.rows;
    let { levels } = this;
    kind[0] = kinds[root.symbol];
    field[0] = 0;
    start[0] = root.start;
    end[0] = root.end;
    parent[0] = 0;
    let length = 1;
    let depth = 0;
    let child = (root.record + 1) * 4;
    let stop = child + words[root.record * 4] * 4;
    let production = words[root.record * 4 + 1] * width;
    let row = 0;
    let counted = 0;
    let handedDown = 0;
    let isHidden = 0;
    for (;;) {
      if (child === stop) {
        if (isHidden === 0) next[row] = length;
        if (depth === 0) return length;
        depth -= LEVEL;
        child = levels[depth];
        stop = levels[depth + 1];
        production = levels[depth + 2];
        row = levels[depth + 3];
        counted = levels[depth + 4];
        handedDown = levels[depth + 5];
        isHidden = levels[depth + 6];
        continue;
      }
      const at = child;
      child += 4;
      const word = words[at];
      let symbol = word & SYMBOL;
      let own = 0;
      if ((word & EXTRA) !== 0) {
        own = extraField[symbol];
      } else {
        own = handedDown;
        if (counted < width) {
          const place = production + counted++;
          if (alias[place] !== 0) symbol = alias[place];
          if (fields[place] !== 0) own = fields[place];
        }
      }
      const record = words[at + 3];
      const visibility = shown[symbol];
      if (record === 0 && (visibility === Shown.hidden || (visibility === Shown.anonymous && own === 0))) continue;
      let me = row;
      if (visibility !== Shown.hidden) {
        me = length++;
        kind[me] = kinds[symbol];
        field[me] = own;
        start[me] = words[at + 1];
        end[me] = words[at + 2];
        parent[me] = row;
      }
      if (record === 0) {
        next[me] = length;
        continue;
      }
      if (depth + LEVEL > levels.length) levels = this.deepen();
      levels[depth] = child;
      levels[depth + 1] = stop;
      levels[depth + 2] = production;
      levels[depth + 3] = row;
      levels[depth + 4] = counted;
      levels[depth + 5] = handedDown;
      levels[depth + 6] = isHidden;
      depth += LEVEL;
      child = (record + 1) * 4;
      stop = child + words[record * 4] * 4;
      production = words[record * 4 + 1] * width;
      row = me;
      counted = 0;
      handedDown = visibility === Shown.hidden ? own : 0;
      isHidden = visibility === Shown.hidden ? 1 : 0;
    }
  }

  private deepen(): Int32Array<ArrayBuffer> {
    const deeper = new Int32Array(this.levels.length * 2);
    deeper.set(this.levels);
    this.levels = deeper;
    return deeper;
  }
}

function newRows(capacity: number): Rows {
  return {
    capacity,
    kind: new Uint16Array(capacity),
    field: new Uint8Array(capacity),
    start: new Uint32Array(capacity),
    end: new Uint32Array(capacity),
    parent: new Uint32Array(capacity),
    next: new Uint32Array(capacity),
  };
}
