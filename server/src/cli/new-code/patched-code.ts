/** New code by a patch: its lines, and the code that it was made for, got by taking it back, as far as the files are what it makes of them. */
import { readFileSync, statSync } from 'node:fs';
import { applyPatch, reversePatch } from 'diff';
import { directoryOf, joinPath } from '../../base/index.ts';
import { shown } from '../files/git.ts';
import { absolutePath, nativePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { type Io, UsageError } from '../io.ts';
import { changedLines, type FileChange, parseDiff } from './changed-lines.ts';
import type { NewCode, PatchBase } from './new-code.ts';

/** `file` as given, `-` for standard input. Throws UsageError for what is no patch. */
export function patchedCode(file: string, io: Io): NewCode {
  const changes = parseDiff(textOf(file, io), `--new-from-patch: ${shown(file)}`);
  const lines = changedLines(changes);
  const roots = patchRoots(absolutePath(io.cwd, '.'));
  // Of the paths that a name may stand for, those that do not exist have no findings.
  const files = changes.flatMap(({ newName }, i) => pathsOf(newName, 'b/', roots).map((path) => [path, lines[i]] as const));
  const base = baseOf(changes, roots);
  return { files: new Map(files), bases: base === undefined ? [] : [base] };
}

function textOf(file: string, io: Io): string {
  try {
    return readFileSync(file === '-' ? 0 : nativePath(absolutePath(io.cwd, file)), 'utf8');
  } catch {
    throw new UsageError(`--new-from-patch: cannot read ${shown(file)}`);
  }
}

/** Names in a patch are relative to the working directory (`diff -u`) or to the repository's top (`git diff`). */
function patchRoots(cwd: string): readonly string[] {
  for (let directory = cwd; ; directory = directoryOf(directory)) {
    if (statSync(nativePath(joinPath(directory, '.git')), { throwIfNoEntry: false }) !== undefined) return [cwd, directory];
    if (directory === directoryOf(directory)) return [cwd];
  }
}

/** A name below each root, with and without git's prefix. */
function pathsOf(name: string | undefined, prefix: 'a/' | 'b/', roots: readonly string[]): readonly string[] {
  if (name === undefined) return [];
  const names = name.startsWith(prefix) ? [name.slice(prefix.length), name] : [name];
  return [...new Set(roots.flatMap((root) => names.map((each) => joinPath(root, each))))];
}

/** Undefined where a file is not there, or not what the patch makes of it. */
function baseOf(changes: readonly FileChange[], roots: readonly string[]): PatchBase | undefined {
  const texts = new Map<string, Uint8Array>();
  const files: { path: string | undefined; oldPath: string | undefined }[] = [];
  for (const change of changes) {
    if (![change.oldName, change.newName].some((name) => name?.endsWith('.go'))) continue;
    const path = pathsOf(change.newName, 'b/', roots).find((each) => readIfThere(each) !== undefined);
    const before = path === undefined && change.newName !== undefined ? undefined : takenBack(change, path);
    if (before === undefined) return undefined;
    const oldPath = change.oldName === undefined ? undefined : oldPathOf(change.oldName, path, change.newName, roots);
    if (oldPath !== undefined) texts.set(oldPath, new TextEncoder().encode(before));
    files.push({ path, oldPath });
  }
  return { kind: 'patch', files, texts };
}

/** The text before; undefined where the patch does not fit. */
function takenBack({ patch }: FileChange, path: string | undefined): string | undefined {
  const text = path === undefined ? '' : new TextDecoder('utf-8', { ignoreBOM: true }).decode(readIfThere(path));
  if (patch.hunks.length === 0) return text;
  const before = applyPatch(text, reversePatch(patch));
  return before === false ? undefined : before;
}

/** Below the same root as the new name. */
function oldPathOf(oldName: string, path: string | undefined, newName: string | undefined, roots: readonly string[]): string | undefined {
  const candidates = pathsOf(oldName, 'a/', roots);
  const place = path === undefined ? 0 : pathsOf(newName, 'b/', roots).indexOf(path);
  return candidates[place] ?? candidates[0];
}
