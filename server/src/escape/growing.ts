/** A typed array that grows at its end: a column of a table whose length is not known beforehand. */

type Column = Uint8Array | Int8Array | Int32Array | Uint32Array;

export class Growing {
  private array: Column;
  private count = 0;

  constructor(private readonly make: new (length: number) => Column) {
    this.array = new make(64);
  }

  get length(): number {
    return this.count;
  }

  at(index: number): number {
    return this.array[index];
  }

  set(index: number, value: number): void {
    this.array[index] = value;
  }

  /** Index of the value it adds. */
  push(value: number): number {
    if (this.count === this.array.length) {
      const wider = new this.make(this.count * 2);
      wider.set(this.array);
      this.array = wider;
    }
    this.array[this.count] = value;
    return this.count++;
  }
}
