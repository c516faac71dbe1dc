/**
 * The tree of a commit as files in a temporary directory, read from git's objects: the work tree is not touched, no attribute or filter
 * of the repository has a say, and only what the analysis reads is written.
 */
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { baseName, directoryOf, joinPath } from '../../base/index.ts';
import { type Repository, remedyFor, shown } from '../files/git.ts';
import { absolutePath, nativePath } from '../files/paths.ts';
import { UsageError } from '../io.ts';
import { splitNames } from './new-code.ts';

export interface BaseTree {
  /** Absolute path of the directory that stands for the work tree's top. */
  readonly top: string;
  dispose(): void;
}

/** Throws UsageError when the commit or an object of it is not there. */
export function checkOutBase(repository: Repository, commit: string): BaseTree {
  const blobs = blobsOf(repository, commit);
  const top = absolutePath('/', realpathSync.native(mkdtempSync(join(tmpdir(), 'escapement-base-'))));
  const dispose = (): void => rmSync(nativePath(top), { recursive: true, force: true });
  try {
    const contents = contentsOf(repository, blobs, commit);
    for (const [i, { name }] of blobs.entries()) write(top, name, (path) => writeFileSync(path, contents[i]));
    for (const name of ignoredFiles(repository)) write(top, name, (path) => copyIfThere(joinPath(repository.top, name), path));
    return { top, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Of those of the names (relative to the top) that the commit has; by name. Throws UsageError when an object is not there. */
export function textsIn(repository: Repository, commit: string, names: ReadonlySet<string>): ReadonlyMap<string, Uint8Array> {
  const blobs = blobsOf(repository, commit).filter(({ name }) => names.has(name));
  const contents = blobs.length === 0 ? [] : contentsOf(repository, blobs, commit);
  return new Map(blobs.map(({ name }, i) => [name, contents[i]]));
}

interface Blob {
  readonly name: string;
  readonly object: string;
}

function blobsOf(repository: Repository, commit: string): readonly Blob[] {
  const listing = repository.text(['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listing === undefined) throw unreadable(repository, commit);
  return splitNames(listing).flatMap((line) => {
    // Links are not followed by the walk, and may lead anywhere.
    const [, object, name] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return name !== undefined && isRead(name) && isSafe(name) ? [{ name, object }] : [];
  });
}

const MODULE_FILES: ReadonlySet<string> = new Set(['go.mod', 'go.work', 'modules.txt']);

function isRead(name: string): boolean {
  return name.endsWith('.go') || MODULE_FILES.has(baseName(name));
}

/** A tree can be made by hand, with names that lead out of it. */
function isSafe(name: string): boolean {
  return !name.split(/[/\\]/).some((part) => part === '' || part === '.' || part === '..') && !/^[a-z]:/i.test(name);
}

/** In the order of the blobs. */
function contentsOf(repository: Repository, blobs: readonly Blob[], commit: string): readonly Uint8Array[] {
  const output = repository.bytes(['cat-file', '--batch'], blobs.map(({ object }) => `${object}\n`).join(''));
  if (output === undefined) throw unreadable(repository, commit);
  let at = 0;
  return blobs.map(() => {
    const end = output.indexOf(10, at);
    const size = Number(/ blob (\d+)$/.exec(output.toString('latin1', at, end))?.[1] ?? Number.NaN);
    if (end < 0 || Number.isNaN(size)) throw unreadable(repository, commit);
    at = end + 1 + size + 1;
    return output.subarray(end + 1, end + 1 + size);
  });
}

function unreadable(repository: Repository, commit: string): UsageError {
  return new UsageError(`${repository.option}: git cannot read ${shown(commit)}; ${remedyFor(repository) ?? 'git fsck may say why'}`);
}

/** What is generated and never committed is now what it was then, as far as anybody knows. */
function ignoredFiles({ text }: Repository): readonly string[] {
  return splitNames(text(['ls-files', '--others', '--ignored', '--exclude-standard', '--full-name', '-z']) ?? '').filter(isRead);
}

function write(top: string, name: string, fill: (path: string) => void): void {
  const path = joinPath(top, name);
  mkdirSync(nativePath(directoryOf(path)), { recursive: true });
  fill(nativePath(path));
}

function copyIfThere(from: string, to: string): void {
  try {
    copyFileSync(nativePath(from), to);
  } catch {
    // It went meanwhile, or is a link to nowhere.
  }
}
