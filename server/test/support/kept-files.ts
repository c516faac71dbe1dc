/** What a store keeps on disk, for tests that count it or spoil it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Paths of all entries, in its folders. */
export function keptFiles(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((folder) => readdirSync(join(directory, folder)).map((name) => join(directory, folder, name)));
}
