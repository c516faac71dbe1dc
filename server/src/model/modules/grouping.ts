/**
 * Which files of a directory are compiled together. For the reviewed target that is what `go list` says; a file that the
 * target leaves out is put among the files it would be compiled with, on the nearest target that takes it in.
 */
import { baseName, type FileSystem } from '../../base/index.ts';
import { evaluate, tagsOf } from './build-constraints.ts';
import type { LoadedFile } from './packages.ts';
import { includes, satisfyingTags, type TagSet } from './target.ts';

/** The loaded files of a directory, by path; undefined when something in its listing may use their names and is not among them. */
export function allFilesOf(
  loaded: ReadonlyMap<string, LoadedFile>,
  listing: ReturnType<FileSystem['list']>,
): readonly LoadedFile[] | undefined {
  const files = [...loaded.values()];
  const names = new Set(files.map(({ path }) => baseName(path)));
  const isUnread = listing.some(
    ({ name, kind }) => kind !== 'directory' && (/\.[sS]$/.test(name) || (name.endsWith('.go') && !names.has(name))),
  );
  return isUnread ? undefined : files;
}

/** Files grouped by package clause, in the order given. A file without a clause is in no group. */
export function groupFiles(files: readonly LoadedFile[], tags: TagSet): Map<string, LoadedFile[]> {
  const groups = new Map<string, LoadedFile[]>();
  for (const file of files) {
    if (file.packageName === '' || isHidden(file) || !includes(tags, file.text.constraint)) continue;
    const group = groups.get(file.packageName);
    if (group === undefined) groups.set(file.packageName, [file]);
    else group.push(file);
  }
  return groups;
}

/** The group that an import of the directory means: one with more than tests; where several are, the largest that is no `package documentation`. */
export function importableGroup(groups: ReadonlyMap<string, readonly LoadedFile[]>): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const [name, files] of groups) {
    const count = name === 'documentation' ? 0.5 : files.filter((file) => !file.isTest).length;
    if (count <= most || files.every((file) => file.isTest)) continue;
    best = name;
    most = count;
  }
  return best;
}

/** Tags under which a file is compiled with others; undefined for a file that stands alone, such as a `//go:build ignore` main. */
export function tagsForFile(file: LoadedFile, base: TagSet): TagSet | undefined {
  if (file.packageName === '' || isHidden(file)) return undefined;
  const { constraint } = file.text;
  if (constraint === undefined || includes(base, constraint)) return base;
  if (tagsOf(constraint).includes('ignore') && !evaluate(constraint, (tag) => tag !== 'ignore')) return undefined;
  return satisfyingTags(constraint, base);
}

/** The go command passes over files whose names begin so. */
function isHidden(file: LoadedFile): boolean {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return name.startsWith('_') || name.startsWith('.');
}
