/** Rules of Go identifiers. */

/** Whether other packages see the name: its first letter is of Unicode's upper case (Go spec, "Exported identifiers"). */
export function isExported(name: string): boolean {
  const first = name.charCodeAt(0);
  return first < 0x80 ? first >= 0x41 && first <= 0x5a : /^\p{Lu}/u.test(name);
}
