/** The PATH arguments of `review`: files, directories and `dir/...`, which means the same as the directory. */
import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { baseName, directoryOf, joinPath } from '../../base/index.ts';
import { nearestName } from '../../rules/index.ts';
import { UsageError } from '../io.ts';
import { absolutePath, nativePath } from './paths.ts';

export interface Target {
  /** Absolute with `/`, without `/...`. */
  readonly path: string;
  readonly isDirectory: boolean;
}

/** Throws UsageError for a path that does not exist or is neither a directory nor a Go file. No arguments mean the working directory. */
export function resolveTargets(cwd: string, paths: readonly string[]): readonly Target[] {
  return (paths.length === 0 ? ['.'] : paths).map((path) => resolveTarget(cwd, path));
}

/** Those of the paths (absolute) that are Go files or directories. */
export function existingTargets(paths: readonly string[]): readonly Target[] {
  return paths.flatMap((path): Target[] => {
    const stat = statSync(nativePath(path), { throwIfNoEntry: false });
    const isFile = stat?.isFile() === true && path.endsWith('.go');
    return isFile || stat?.isDirectory() === true ? [{ path, isDirectory: !isFile }] : [];
  });
}

/** Directory in which a target's configuration is looked for first. */
export function homeOf(target: Target): string {
  return target.isDirectory ? target.path : directoryOf(target.path);
}

/** The root of the module that a target belongs to, or where there is none, the directory that it is or lies in. */
export function moduleRootOf(target: Target): string {
  const home = homeOf(target);
  for (let directory = home; ; directory = directoryOf(directory)) {
    if (existsSync(nativePath(joinPath(directory, 'go.mod')))) return directory;
    if (directory === directoryOf(directory)) return home;
  }
}

function resolveTarget(cwd: string, argument: string): Target {
  const isTree = /(^|[/\\])\.\.\.$/.test(argument);
  const path = realPath(absolutePath(cwd, isTree ? argument.slice(0, -3) || '.' : argument));
  const stat = statSync(nativePath(path), { throwIfNoEntry: false });
  if (stat === undefined) throw new UsageError(`${argument}: no such file or directory${hint(path)}`);
  if (stat.isDirectory()) return { path, isDirectory: true };
  if (isTree) throw new UsageError(`${argument}: not a directory; leave out /...`);
  if (!stat.isFile()) throw new UsageError(`${argument}: neither a file nor a directory`);
  if (!path.endsWith('.go')) throw new UsageError(`${argument}: not a Go file; name a .go file or a directory`);
  return { path, isDirectory: false };
}

/** One name for each file, however it was reached: the walk follows no links, but one that is named is meant. */
function realPath(path: string): string {
  return existsSync(nativePath(path)) ? absolutePath('/', realpathSync.native(nativePath(path))) : path;
}

function hint(path: string): string {
  const directory = nativePath(directoryOf(path));
  if (lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) return '';
  const near = nearestName(baseName(path), readNames(directory));
  return near === undefined ? '' : `; did you mean ${near}?`;
}

function readNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
