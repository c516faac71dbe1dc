/** Files that the workers of a pool do not read themselves, as the pool deals with them. */
import type { ProvidedFiles, WantedFiles } from '../lsp/index.ts';

export interface PoolFiles {
  /** Whether the path is one of them. */
  holds(path: string): boolean;
  /** All that is known, for a worker that starts. */
  snapshot(): ProvidedFiles;
  /** The files may have changed. */
  reconsider(paths: readonly string[]): void;
  /** A worker missed something. */
  want(wanted: WantedFiles): void;
}
