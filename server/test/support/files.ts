/** File systems for tests: one of literal texts, one of the disk. Both as a host would pass them in. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import type { DirectoryEntry, FileSystem } from '../../src/base/index.ts';

/** Absolute paths to texts. */
export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): FileSystem {
  const bytes = new Map(
    Object.entries(files).map(([path, text]) => [path, typeof text === 'string' ? new TextEncoder().encode(text) : text]),
  );
  return {
    readFile: (path) => bytes.get(path),
    size: (path) => bytes.get(path)?.length,
    list: (directory) => {
      const prefix = directory === '/' ? '/' : `${directory}/`;
      const entries = new Map<string, DirectoryEntry>();
      for (const path of bytes.keys()) {
        if (!path.startsWith(prefix)) continue;
        const [name, ...below] = path.slice(prefix.length).split('/');
        entries.set(name, { name, kind: below.length === 0 ? 'file' : 'directory' });
      }
      return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

export const diskFiles: FileSystem = {
  readFile: (path) => (isFile(path) ? readFileSync(path) : undefined),
  size: (path) => (isFile(path) ? statSync(path).size : undefined),
  list: (directory) => {
    try {
      return readdirSync(directory, { withFileTypes: true })
        .map((entry): DirectoryEntry => ({ name: entry.name, kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other' }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch {
      return [];
    }
  },
};

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
