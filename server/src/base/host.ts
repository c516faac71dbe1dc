/** What the analysis asks of the world outside. A host (Node, browser, test) passes these in; no layer reaches past them. */

export interface Logger {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface DirectoryEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/**
 * Reads only, synchronous, because it is called from a worker whose every step depends on the answer. Paths are absolute
 * with `/`. Nothing throws: what cannot be read is `undefined` or empty.
 */
export interface FileSystem {
  /** The file's bytes, or undefined when it is absent, unreadable or not a regular file. */
  readFile(path: string): Uint8Array | undefined;
  /** Entries of a directory sorted by name (bytewise); empty when it is absent. */
  list(directory: string): readonly DirectoryEntry[];
  /** Size in bytes of a regular file, or undefined. */
  size(path: string): number | undefined;
}

/**
 * Where what was worked out is kept from one run to the next. It may forget anything at any time, and gives back what was
 * put there by this very build of the program and nothing else. Synchronous; nothing throws.
 */
export interface Store {
  /** Undefined when there is nothing, or nothing whole. */
  get(key: string): Uint8Array | undefined;
  put(key: string, value: Uint8Array): void;
  /** Text that no other bytes have. */
  digest(bytes: Uint8Array): string;
}
