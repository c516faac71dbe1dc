/**
 * Files that the client reads, as the server's thread and its workers hold them: each has a copy, all are told the same, and what
 * any of them misses the client is asked for.
 */
import { type FileSystem, isForeign } from '../base/index.ts';
import type { ClientReadFiles, WantedFiles } from '../lsp/index.ts';
import { MemoryFiles } from './memory-files.ts';
import type { PoolFiles } from './pool-files.ts';
import type { WorkerService } from './pool-options.ts';

export interface SharedFiles {
  /** Of the server's thread. */
  readonly memory: MemoryFiles;
  readonly ofPool: PoolFiles;
  /** What the language server is given. */
  ofClient(service: WorkerService): ClientReadFiles;
}

/** `holds` tells paths that the client reads from those that workers read themselves. */
export function shareFiles(holds: (path: string) => boolean): SharedFiles {
  let listener: (wanted: WantedFiles) => void = () => {};
  const memory = new MemoryFiles({ readsPackages: false, onWanted: () => setTimeout(askForOwn) });
  const askForOwn = (): void => {
    const wanted = memory.takeWanted();
    if (wanted !== undefined) listener(wanted);
  };
  return {
    memory,
    ofPool: {
      holds,
      snapshot: () => memory.snapshot(),
      reconsider: (paths) => memory.reconsider(paths),
      want: (wanted) => listener(wanted),
    },
    ofClient: (service) => ({
      onWanted: (each) => {
        listener = each;
      },
      provide: (files) => {
        memory.provide(files);
        service.provide(files);
      },
    }),
  };
}

/** What is on no disk is read from memory. */
export function withForeignFiles(disk: FileSystem, memory: MemoryFiles): FileSystem {
  const of = (path: string): FileSystem => (isForeign(path) ? memory : disk);
  return {
    readFile: (path) => of(path).readFile(path),
    list: (directory) => of(directory).list(directory),
    size: (path) => of(path).size(path),
  };
}
