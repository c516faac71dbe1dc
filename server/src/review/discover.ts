/**
 * Which Go files a target stands for, as the go command walks (go help packages): not into vendor, testdata, `_*`, `.*` or
 * another module. What is named explicitly is walked whatever it is called.
 */
import { baseName, type CancellationToken, directoryOf, type FileSystem, isWithin, throwIfCancelled } from '../base/index.ts';
import type { Discovery, Skipped } from './shapes.ts';

/** `targets` are absolute paths of files and directories; a trailing `/...` is allowed. `open` are paths of open documents, which need not be on disk. */
export function discoverFiles(fs: FileSystem, targets: readonly string[], open: readonly string[], token: CancellationToken): Discovery {
  const files = new Set<string>();
  const skipped: Skipped[] = [];
  for (const target of targets.map(withoutDots)) {
    throwIfCancelled(token);
    const before = files.size;
    if (fs.size(target) !== undefined || open.includes(target)) {
      if (target.endsWith('.go')) files.add(target);
      else skipped.push({ path: target, why: 'not a Go file' });
      continue;
    }
    const isEmpty = walk(fs, target, files, token) === 0;
    for (const path of open) if (isWithin(target, path) && isWalked(fs, target, path)) files.add(path);
    if (isEmpty && files.size === before) skipped.push({ path: target, why: 'no such file or directory' });
  }
  return { files: [...files].sort(byText), skipped };
}

function withoutDots(target: string): string {
  const path = target.endsWith('/...') ? target.slice(0, -4) : target;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path || '/';
}

/** Adds the Go files below a directory; answers how many entries it saw. */
function walk(fs: FileSystem, root: string, files: Set<string>, token: CancellationToken): number {
  let seen = 0;
  const pending = [root];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    throwIfCancelled(token);
    const entries = fs.list(directory);
    seen += entries.length;
    if (directory !== root && entries.some((entry) => entry.name === 'go.mod' && entry.kind === 'file')) continue;
    for (const { name, kind } of entries) {
      const path = directory === '/' ? `/${name}` : `${directory}/${name}`;
      if (kind === 'file' && isGoFileName(name)) files.add(path);
      else if (kind === 'directory' && isWalkedName(name)) pending.push(path);
    }
  }
  return seen;
}

function isGoFileName(name: string): boolean {
  return name.endsWith('.go') && !name.startsWith('_') && !name.startsWith('.');
}

function isWalkedName(name: string): boolean {
  return name !== 'vendor' && name !== 'testdata' && !name.startsWith('_') && !name.startsWith('.');
}

/** Whether a walk of `root` would have come by a file, were it on disk. */
function isWalked(fs: FileSystem, root: string, path: string): boolean {
  if (!isGoFileName(baseName(path))) return false;
  for (let directory = directoryOf(path); directory !== root; directory = directoryOf(directory)) {
    if (directory === '/' || !isWalkedName(baseName(directory))) return false;
    if (fs.size(`${directory}/go.mod`) !== undefined) return false;
  }
  return true;
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
