/** Files as the analysis reads them, from Node. Only regular files: a pipe or a device named like one must not hang us. */

import type { Dirent, Stats } from 'node:fs';
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { type DirectoryEntry, type FileSystem, isForeign } from '../base/index.ts';

/** Larger files are nothing the analysis would look into. */
const MAX_BYTES = 64 * 1024 * 1024;
/** Links are not followed, and opening never waits for a writer. Windows lacks both flags. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function createNodeFileSystem(): FileSystem {
  return { readFile, list, size };
}

function readFile(path: string): Uint8Array | undefined {
  if (regular(path) === undefined) return undefined;
  let file: number | undefined;
  try {
    file = openSync(path, OPEN_FLAGS);
    const stats = fstatSync(file);
    return stats.isFile() && stats.size <= MAX_BYTES ? readWhole(file, stats.size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** The file may grow or shrink while it is read; what was there is returned. */
function readWhole(file: number, expected: number): Uint8Array {
  const bytes = new Uint8Array(expected);
  let length = 0;
  while (length < expected) {
    const read = readSync(file, bytes, length, expected - length, null);
    if (read === 0) break;
    length += read;
  }
  return length === expected ? bytes : bytes.slice(0, length);
}

function list(directory: string): readonly DirectoryEntry[] {
  if (isForeign(directory)) return [];
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    return entries
      .map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
      .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  } catch {
    return [];
  }
}

function kindOf(entry: Dirent): DirectoryEntry['kind'] {
  if (entry.isFile()) return 'file';
  return entry.isDirectory() ? 'directory' : 'other';
}

function size(path: string): number | undefined {
  return regular(path)?.size;
}

/** Nothing at the other end of a URI of an editor's is looked for here; Windows would take it for the name of a server. */
function regular(path: string): Stats | undefined {
  if (isForeign(path)) return undefined;
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats?.isFile() ? stats : undefined;
  } catch {
    return undefined;
  }
}
