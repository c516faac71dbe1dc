/**
 * Where a key stands in a TOML text. The TOML parser gives values without places, and a message without a line is of little
 * use; so headers and keys are found line by line, which is exact for everything but keys inside inline tables (they get
 * the place of the key that holds the table).
 */
import type { Place } from './document.ts';

/** A function from key path to the key's place (UTF-16 offsets); an unknown path gives that of its nearest parent. */
export function tomlLocator(text: string): (path: readonly string[]) => Place {
  const places = new Map<string, Place>();
  let table: string[] = [];
  let lineStart = 0;
  for (const line of text.split('\n')) {
    const header = /^(\s*\[{1,2}\s*)([^\]]+?)\s*\]/.exec(line);
    const key = /^(\s*)((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(line);
    const found = header ?? key;
    if (found !== null) {
      const names = segmentsOf(found[2]);
      const start = lineStart + found[1].length;
      if (header !== null) table = names;
      const path = header === null ? [...table, ...names] : names;
      const known = places.has(keyOf(path));
      if (!known) places.set(keyOf(path), { start, end: start + found[2].length });
    }
    lineStart += line.length + 1;
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(keyOf(path.slice(0, length))) ?? placeBelow(places, path.slice(0, length));
      if (place !== undefined) return place;
    }
    return { start: 0, end: 0 };
  };
}

/** Tables that only exist by a longer header stand where that does. */
function placeBelow(places: ReadonlyMap<string, Place>, path: readonly string[]): Place | undefined {
  const prefix = `${keyOf(path)}\0`;
  for (const [key, place] of places) if (key.startsWith(prefix)) return place;
  return undefined;
}

function keyOf(path: readonly string[]): string {
  return path.join('\0');
}

function segmentsOf(dotted: string): string[] {
  return [...dotted.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map((match) => match[1] ?? match[2] ?? match[3]);
}
