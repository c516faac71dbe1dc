/** Paths of the command line to the absolute `/` spelling that everything inside uses, and back. */
import { resolve } from 'node:path';
import { joinPath } from '../base/index.ts';

/** Absolute with `/`; a drive letter is lower case, as in the server. */
export function absolutePath(cwd: string, path: string): string {
  return joinPath('/', canonicalDrive(resolve(cwd, path).replaceAll('\\', '/')));
}

/** What the operating system calls a path of ours. */
export function nativePath(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('/', '\\') : path;
}

function canonicalDrive(path: string): string {
  return /^[A-Z]:/.test(path) ? path[0].toLowerCase() + path.slice(1) : path;
}
