/** Absolute `/`-separated paths, the one spelling of a file's identity inside the server on every platform. */

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins and resolves `.` and `..`; `part` may be absolute. */
export function joinPath(base: string, part: string): string {
  const whole = part.startsWith('/') || /^[A-Za-z]:\//.test(part) ? part : `${base}/${part}`;
  const kept: string[] = [];
  for (const segment of whole.split('/')) {
    if (segment === '..') kept.pop();
    else if (segment !== '' && segment !== '.') kept.push(segment);
  }
  const joined = kept.join('/');
  return /^[A-Za-z]:(\/|$)/.test(joined) ? joined : `/${joined}`;
}

/** Whether `path` is `directory` itself or lies below it. */
export function isWithin(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** `path` relative to `base`, with `..` where it must; unrelated roots give `path` itself. */
export function relativePath(base: string, path: string): string {
  const from = base.split('/').filter((s) => s !== '');
  const to = path.split('/').filter((s) => s !== '');
  if (/^[A-Za-z]:$/.test(to[0] ?? '') && from[0] !== to[0]) return path;
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...Array<string>(from.length - shared).fill('..'), ...to.slice(shared)].join('/');
}
