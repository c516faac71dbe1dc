/**
 * Absolute `/`-separated paths, the one spelling of a file's identity inside the server on every platform: `/a/b.go`, `c:/a/b.go`,
 * `//server/share/b.go`, and `//scheme:authority/b.go` for what is on no disk.
 */

/** The directory that holds a path; a root is its own. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash === 1 && path.startsWith('//')) return path;
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Whether only an editor can read the path. */
export function isForeign(path: string): boolean {
  return /^\/\/[^/]*:/.test(path);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and resolves `.` and `..`; `part` may be absolute. */
export function joinPath(base: string, part: string): string {
  const isAbsolute = part.startsWith('/') || /^[A-Za-z]:\//.test(part);
  const whole = isAbsolute ? part : `${base}${base.endsWith('/') ? '' : '/'}${part}`;
  const kept: string[] = [];
  for (const segment of whole.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const joined = kept.join('/');
  if (/^[A-Za-z]:(\/|$)/.test(joined)) return joined;
  return `${whole.startsWith('//') ? '//' : '/'}${joined}`;
}

/** Whether `path` is `directory` itself or lies below it. */
export function isWithin(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** `path` relative to `base`, with `..` where it must; unrelated roots give `path` itself. */
export function relativePath(base: string, path: string): string {
  if (rootOf(base) !== rootOf(path)) return path;
  const from = base.split('/').filter((s) => s !== '');
  const to = path.split('/').filter((s) => s !== '');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...Array<string>(from.length - shared).fill('..'), ...to.slice(shared)].join('/');
}

/** A drive, a server or what stands for one; empty for the local tree. */
function rootOf(path: string): string {
  return /^(?:\/\/[^/]*|[A-Za-z]:)/.exec(path)?.[0] ?? '';
}
