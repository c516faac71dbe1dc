/**
 * What was worked out, kept in files of the user's cache directory. An entry is written whole or not at all, tells by a digest
 * whether it is whole, and belongs to one build of the program: every other one takes it for nothing. They lie in folders by the first digit of their
 * names; when there are too many in one its oldest go, so that nobody ever looks at all of them. A disk that cannot be read or written costs the cache and
 * nothing else.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import type { Store } from '../base/index.ts';

export interface StoreOptions {
  /** Made when first needed, for the user alone. */
  readonly directory: string;
  /** What tells this build of the program from all others; asked for once, when first needed. */
  readonly build: () => string;
  /** Bytes that all entries together take on disk, beyond which the oldest are deleted. Default 128 MiB. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 128 << 20;
/** One for each hexadecimal digit. */
const FOLDERS = 16;
/** Bytes of which a file takes a whole number on most disks. */
const BLOCK = 4096;
/** Share of the limit that is left after the oldest are deleted, so that this is not done for every entry. */
const KEPT_SHARE = 0.75;
/** Entries written between two looks at how many there are in a folder. */
const WRITES_PER_LOOK = 200;
/** Milliseconds after which an entry that is read counts as new again. */
const RENEWAL = 86_400_000;
/** No entry is larger. */
const MAX_ENTRY = 4 << 20;

export function createStore(options: StoreOptions): Store {
  return new FileStore(options);
}

class FileStore implements Store {
  /** Of one folder. */
  private readonly limit: number;
  private build: string | undefined;
  private writes = 0;
  private isBroken = false;
  /** Folders that were there, or were made. */
  private readonly folders = new Set<string>();

  constructor(private readonly options: StoreOptions) {
    this.limit = (options.limit ?? DEFAULT_LIMIT) / FOLDERS;
  }

  get(key: string): Uint8Array | undefined {
    const name = this.nameOf(key);
    const path = join(this.folderOf(name), name);
    try {
      const { size, mtimeMs, isFile } = facts(path);
      if (!isFile || size > MAX_ENTRY) return undefined;
      const value = unwrapped(readFileSync(path), name);
      if (value !== undefined && Date.now() - mtimeMs > RENEWAL) renew(path);
      return value;
    } catch {
      return undefined;
    }
  }

  put(key: string, value: Uint8Array): void {
    if (this.isBroken || value.length > MAX_ENTRY / 2) return;
    const name = this.nameOf(key);
    const folder = this.folderOf(name);
    const temporary = join(folder, `.${name}.${process.pid}.${threadId}`);
    try {
      if (!this.folders.has(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
      this.folders.add(folder);
      if (this.writes++ % WRITES_PER_LOOK === 0) this.evict(folder);
      writeFileSync(temporary, wrapped(value, name), { mode: 0o600 });
      renameSync(temporary, join(folder, name));
    } catch {
      this.isBroken = true;
      remove(temporary);
    }
  }

  digest(bytes: Uint8Array): string {
    return digest(bytes);
  }

  /** Of the file, which it also begins with. */
  private nameOf(key: string): string {
    this.build ??= this.options.build();
    return digest(`${this.build}\n${key}`);
  }

  private folderOf(name: string): string {
    return join(this.options.directory, name[0]);
  }

  private evict(folder: string): void {
    const files = readdirSync(folder).map((name) => ({ path: join(folder, name), ...facts(join(folder, name)) }));
    let total = files.reduce((sum, { size }) => sum + onDisk(size), 0);
    if (total <= this.limit) return;
    for (const { path, size, isFile } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= this.limit * KEPT_SHARE) return;
      if (isFile && remove(path)) total -= onDisk(size);
    }
  }
}

function facts(path: string): { readonly size: number; readonly mtimeMs: number; readonly isFile: boolean } {
  const stats = statSync(path, { throwIfNoEntry: false });
  return { size: stats?.size ?? 0, mtimeMs: stats?.mtimeMs ?? 0, isFile: stats?.isFile() === true };
}

function onDisk(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK;
}

/** Its name, the digest of the value, and the value. */
function wrapped(value: Uint8Array, name: string): Uint8Array {
  return Buffer.concat([Buffer.from(`${name} ${digest(value)}\n`), value]);
}

function unwrapped(bytes: Uint8Array, name: string): Uint8Array | undefined {
  const end = bytes.indexOf(10);
  const value = bytes.subarray(end + 1);
  return Buffer.from(bytes.subarray(0, Math.max(end, 0))).toString('latin1') === `${name} ${digest(value)}` ? value : undefined;
}

function digest(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function renew(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch {
    // It stays old, and goes earlier than it should.
  }
}

/** Whether it is gone, by us or by another process. */
function remove(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
