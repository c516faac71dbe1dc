/** Rules of Go identifiers. */

/** Whether other packages see the name: its first letter is of Unicode's upper case (Go spec, "Exported identifiers"). */
export function isExported(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
