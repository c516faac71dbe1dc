/** By UTF-16 units, so that the order is the same on every machine; bytewise it would differ only beyond the basic plane. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
