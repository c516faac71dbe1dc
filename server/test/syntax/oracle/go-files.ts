/** Go files of a folder and those below it, in the order of their paths. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export function goFilesBelow(directory: string, isWanted: (name: string) => boolean = () => true): string[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isWanted(entry.name) ? goFilesBelow(path, isWanted) : [];
    return entry.name.endsWith('.go') ? [path] : [];
  });
}
