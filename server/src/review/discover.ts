/**
 * Which Go files a target stands for, as the go command walks (go help packages): not into vendor, testdata, `_*`, `.*` or
 * another module. What is named explicitly is walked whatever it is called.
 */
import { baseName, type CancellationToken, compareText, directoryOf, type FileSystem, isWithin, throwIfCancelled } from '../base/index.ts';
import { isConfigurationName } from '../config/index.ts';
import type { Discovery, Skipped } from './shapes.ts';

/** `targets` are absolute paths of files and directories; a trailing `/...` is allowed. `open` are paths of open documents, which need not be on disk. */
export function discoverFiles(fs: FileSystem, targets: readonly string[], open: readonly string[], token: CancellationToken): Discovery {
  const files = new Set<string>();
  const skipped: Skipped[] = [];
  const modules = new Set<string>();
  const configured = new Set<string>();
  for (const target of targets.map(withoutDots)) {
    throwIfCancelled(token);
    if (fs.size(target) !== undefined || open.includes(target)) {
      if (target.endsWith('.go')) files.add(target);
      else skipped.push({ path: target, why: 'not a Go file' });
      continue;
    }
    const walked = walk(fs, target, token);
    const below = [...walked.files, ...open.filter((path) => isWithin(target, path) && isWalked(fs, target, path))];
    for (const path of below) files.add(path);
    for (const module of walked.modules) modules.add(module);
    for (const directory of walked.configured) configured.add(directory);
    if (below.length === 0) skipped.push({ path: target, why: walked.isEmpty ? 'no such file or directory' : 'no Go files here or below' });
  }
  const sorted = (paths: ReadonlySet<string>): string[] => [...paths].sort(compareText);
  return { files: sorted(files), skipped, modules: sorted(modules), configured: sorted(configured) };
}

/** Whether the targets stand for a path, were there a file. */
export function standFor(fs: FileSystem, targets: readonly string[], path: string): boolean {
  return targets.map(withoutDots).some((target) => target === path || (isWithin(target, path) && isWalked(fs, target, path)));
}

function withoutDots(target: string): string {
  const path = target.endsWith('/...') ? target.slice(0, -4) : target;
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path || '/';
}

interface Walked extends Omit<Discovery, 'skipped'> {
  /** There are no entries, as a directory that is absent has none. */
  readonly isEmpty: boolean;
}

function walk(fs: FileSystem, root: string, token: CancellationToken): Walked {
  const files: string[] = [];
  const modules: string[] = [];
  const configured: string[] = [];
  let isEmpty = true;
  const pending = [root];
  for (let directory = pending.pop(); directory !== undefined; directory = pending.pop()) {
    throwIfCancelled(token);
    const entries = fs.list(directory);
    if (entries.length > 0) isEmpty = false;
    if (directory !== root && entries.some((entry) => entry.name === 'go.mod' && entry.kind === 'file')) {
      modules.push(directory);
      continue;
    }
    if (entries.some(({ name, kind }) => kind === 'file' && isConfigurationName(name))) configured.push(directory);
    for (const { name, kind } of entries) {
      const path = directory === '/' ? `/${name}` : `${directory}/${name}`;
      if (kind === 'file' && isGoFileName(name)) files.push(path);
      else if (kind === 'directory' && isWalkedName(name)) pending.push(path);
    }
  }
  return { files, modules, configured, isEmpty };
}

function isGoFileName(name: string): boolean {
  return name.endsWith('.go') && !name.startsWith('_') && !name.startsWith('.');
}

function isWalkedName(name: string): boolean {
  return name !== 'vendor' && name !== 'testdata' && !name.startsWith('_') && !name.startsWith('.');
}

/** Whether a walk of `root` would have come by a file, were it on disk. What is a link there is another name of what it came by. */
function isWalked(fs: FileSystem, root: string, path: string): boolean {
  if (!isGoFileName(baseName(path)) || isLink(fs, path)) return false;
  for (let directory = directoryOf(path); directory !== root; directory = directoryOf(directory)) {
    if (directory === '/' || !isWalkedName(baseName(directory)) || isLink(fs, directory)) return false;
    if (fs.size(`${directory}/go.mod`) !== undefined) return false;
  }
  return true;
}

function isLink(fs: FileSystem, path: string): boolean {
  const name = baseName(path);
  return fs.list(directoryOf(path)).some((entry) => entry.name === name && entry.kind === 'other');
}
