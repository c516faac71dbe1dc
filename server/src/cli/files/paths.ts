/** Paths of the command line to the absolute `/` spelling that everything inside uses, and back. */
import { resolve } from 'node:path';
import { joinPath } from '../../base/index.ts';

const IS_WINDOWS = process.platform === 'win32';

/** Absolute with `/`; a drive letter is lower case, as in the server. Elsewhere than on Windows a backslash is a letter of a name. */
export function absolutePath(cwd: string, path: string): string {
  const absolute = resolve(cwd, path);
  return joinPath('/', IS_WINDOWS ? canonicalDrive(absolute.replaceAll('\\', '/')) : absolute);
}

/** What the operating system calls a path of ours. */
export function nativePath(path: string): string {
  return IS_WINDOWS ? path.replaceAll('/', '\\') : path;
}

function canonicalDrive(path: string): string {
  return /^[A-Z]:/.test(path) ? path[0].toLowerCase() + path.slice(1) : path;
}
