/**
 * Writes that leave a file either as it was or as it should be, whenever the process dies: a temporary file in the same
 * folder, synced, then renamed over the old one. The mode stays, and a symbolic link keeps pointing where it did.
 */
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { directoryOf, isWithin } from '../../base/index.ts';
import { absolutePath, nativePath } from './paths.ts';
import { readIfThere } from './read-file.ts';

export type WriteRefusal = 'moved' | 'outside' | 'not a regular file';

/**
 * Replaces a file's bytes. Refuses (and says why) when it no longer holds `expected` or when it really lies below none of the
 * real directories `roots`. Throws what the file system throws.
 */
export function replaceFile(path: string, expected: Uint8Array, bytes: Uint8Array, roots: readonly string[]): WriteRefusal | undefined {
  const real = realPath(path);
  if (!roots.some((root) => isWithin(realPath(root), real))) return 'outside';
  const stat = statSync(nativePath(real));
  if (!stat.isFile()) return 'not a regular file';
  const temporary = writeTemporary(real, bytes, stat.mode & 0o7777);
  const now = readIfThere(real);
  if (now === undefined || Buffer.compare(now, expected) !== 0) {
    rmSync(temporary, { force: true });
    return 'moved';
  }
  commit(temporary, real);
  return undefined;
}

/**
 * Why a file could not be replaced, and what to do, as far as can be told before. One without any right to write is left alone by those
 * too who may do everything: somebody meant it.
 */
export function whyNotWritable(path: string): string | undefined {
  try {
    const real = realPath(path);
    if ((statSync(nativePath(real)).mode & 0o222) === 0) return READ_ONLY;
    accessSync(nativePath(directoryOf(real)), constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return writeProblem(error);
  }
}

/** What kept a file from being written, and what to do, to follow the file's name. */
export function writeProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = error instanceof Error ? error.message.replace(/, \w+ '.*$/s, '') : String(error);
  return PROBLEMS[code] ?? message;
}

const READ_ONLY = 'it is read-only; make it writable (chmod u+w), or write a patch with --fix-patch';
const FULL = 'the disk is full; make room there and run again';
const FORBIDDEN = 'its folder may not be written to; change the rights or the owner';
const PROBLEMS: Readonly<Record<string, string | undefined>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: 'files may not become that large here (ulimit -f)',
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: FORBIDDEN,
};

/** Creates or replaces a file of ours, such as a report. Throws what the file system throws. */
export function writeOutput(path: string, text: string): void {
  const link = lstatSync(nativePath(path), { throwIfNoEntry: false });
  const stat = statSync(nativePath(path), { throwIfNoEntry: false });
  const real = link === undefined || stat === undefined ? path : realPath(path);
  const bytes = Buffer.from(text);
  if (stat !== undefined && !stat.isFile()) {
    writeThrough(real, bytes);
    return;
  }
  commit(writeTemporary(real, bytes, stat === undefined ? undefined : stat.mode & 0o7777), real);
}

/** Devices and pipes such as /dev/stdout cannot be replaced. */
function writeThrough(path: string, bytes: Uint8Array): void {
  const file = openSync(nativePath(path), 'w');
  try {
    writeAll(file, bytes);
  } finally {
    closeSync(file);
  }
}

function realPath(path: string): string {
  return absolutePath('/', realpathSync.native(nativePath(path)));
}

function writeTemporary(path: string, bytes: Uint8Array, mode: number | undefined): string {
  const directory = nativePath(directoryOf(path));
  removeOrphans(directory);
  const temporary = join(directory, `.escapement-${process.pid}-${Date.now().toString(36)}.tmp`);
  const file = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o666);
  try {
    writeAll(file, bytes);
    if (mode !== undefined) fchmodSync(file, mode);
    fsyncSync(file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return temporary;
}

const TEMPORARY = /^\.escapement-(\d+)-([a-z0-9]+)\.tmp$/;
/** A temporary file lives for milliseconds; one this old has no writer, whoever has its number now. */
const LONGEST_WRITE_MS = 3_600_000;

/**
 * Temporary files of runs that were killed. One with our own number is of an earlier process that had it, as in containers, where
 * every run has the same: none of ours is there, because the next is only begun when the last one has its name.
 */
function removeOrphans(directory: string): void {
  for (const name of readdirSync(directory)) {
    const [, processId, stamp] = TEMPORARY.exec(name) ?? [];
    if (processId === undefined) continue;
    const isWritten = Number(processId) !== process.pid && isAlive(Number(processId));
    const isOld = Date.now() - Number.parseInt(stamp, 36) > LONGEST_WRITE_MS;
    if (!isWritten || isOld) rmSync(join(directory, name), { force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function commit(temporary: string, path: string): void {
  try {
    renameSync(temporary, nativePath(path));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
