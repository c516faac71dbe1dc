/** Answers that are worked out when somebody first asks, and then known, absent ones too. */

export class Memo<K, V> {
  private readonly known = new Map<K, { readonly value: V }>();

  constructor(private readonly find: (key: K) => V) {}

  get(key: K): V {
    const found = this.known.get(key);
    if (found !== undefined) return found.value;
    const value = this.find(key);
    this.known.set(key, { value });
    return value;
  }
}
