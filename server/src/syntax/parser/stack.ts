/** The stack of the LR machine, and the arena into which its entries go when a reduction makes them somebody's children. */

/** Set in an entry's first word beside the symbol: a comment, which belongs to no production. */
export const EXTRA = 0x8000;
export const SYMBOL = 0x7fff;

export class ParseStack {
  /** Four words per entry: symbol and EXTRA, start and end in bytes, and the arena's record of its children (0 for a token). */
  entries = new Int32Array(4 * 1024);
  /** State of the machine when the entry is the topmost. */
  states = new Uint16Array(1024);

  /** Makes room for one more entry than `height`. */
  reserve(height: number): void {
    if (height < this.states.length) return;
    const entries = new Int32Array(this.entries.length * 2);
    const states = new Uint16Array(this.states.length * 2);
    entries.set(this.entries);
    states.set(this.states);
    this.entries = entries;
    this.states = states;
  }
}

/**
 * Reduced nodes, in units of four words: a header with the count of children and the production, then the children's stack
 * entries. Record 0 stands for a token.
 */
export class Arena {
  words = new Int32Array(4 * 4096);
  /** First free record. */
  top = 1;

  /** Record of a node whose children are the stack's entries `[first, end)`. */
  add(stack: ParseStack, first: number, end: number, production: number): number {
    const record = this.open(end - first, production);
    const { words } = this;
    const { entries } = stack;
    let to = (record + 1) * 4;
    for (let from = first * 4; from < end * 4; from++) words[to++] = entries[from];
    return record;
  }

  /** Record of a node with room for that many children, to be filled in. */
  open(count: number, production: number): number {
    const record = this.top;
    this.top += count + 1;
    if (this.top * 4 > this.words.length) this.grow();
    this.words[record * 4] = count;
    this.words[record * 4 + 1] = production;
    return record;
  }

  private grow(): void {
    const larger = new Int32Array(Math.max(this.words.length * 2, this.top * 4));
    larger.set(this.words);
    this.words = larger;
  }
}
